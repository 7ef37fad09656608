"""Where sound goes: a loudspeaker through ALSA, or a file that a test reads.

A sink plays one run of samples at a time and says how it ended.  What it cannot play it says in
words; it never raises.
"""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Protocol

from display.voice.wave import RATE, Samples, louder, seconds, silence, write_wav

STARTING_S = 5.0
"""How long `aplay` may take beyond the sound itself before it counts as stuck."""
LOOK_S = 0.02


class Ended(Enum):
    """How a run of samples ended."""

    PLAYED = "played"
    CUT = "cut"
    """Somebody asked for silence."""
    NO_SOUND = "no_sound"
    """The device is not there or failed."""


class Sink(Protocol):
    """Plays; called by one thread at a time."""

    trouble: str
    """What is wrong with the device in its own words, "" if nothing is known to be."""

    def play(self, samples: Samples, volume: float, hush: threading.Event) -> Ended:
        """Play to the end, or until `hush` is set.  `volume` from 0 to 1."""
        ...


class AlsaSink:
    """A loudspeaker through `aplay`; `device` as `aplay -L` names it, "" for the system's own."""

    def __init__(self, device: str = "") -> None:
        self.trouble = ""
        self._command = ["aplay", "-q", "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1"]
        if device:
            self._command += ["-D", device]

    def play(self, samples: Samples, volume: float, hush: threading.Event) -> Ended:
        """See `Sink`."""
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(
                self._command, stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe
            )
        except OSError as error:
            return self._failed(f"aplay: {error.strerror}")
        with process:
            feeder = threading.Thread(target=_feed, args=(process, louder(samples, volume)))
            feeder.start()
            ended = self._wait(process, seconds(samples), hush)
            feeder.join()
        return ended

    def _wait(
        self, process: subprocess.Popen[bytes], length_s: float, hush: threading.Event
    ) -> Ended:
        deadline = time.monotonic() + length_s + STARTING_S
        while process.poll() is None:
            if hush.wait(LOOK_S):
                process.kill()
                return Ended.CUT
            if time.monotonic() > deadline:
                process.kill()
                return self._failed("the sound device takes nothing")
        if process.returncode != 0:
            assert process.stderr is not None
            said = process.stderr.read().decode(errors="replace").strip()
            return self._failed(said.splitlines()[-1] if said else "aplay failed")
        self.trouble = ""
        return Ended.PLAYED

    def _failed(self, why: str) -> Ended:
        self.trouble = why
        return Ended.NO_SOUND


def _feed(process: subprocess.Popen[bytes], samples: Samples) -> None:
    """Hand the samples over; a process that ends early stops listening."""
    assert process.stdin is not None
    try:
        process.stdin.write(samples.tobytes())
        process.stdin.close()
    except OSError:
        return


@dataclass(frozen=True, slots=True)
class Span:
    """A run of samples in the file: when it began on the monotonic clock, and how long it is."""

    began: float
    seconds: float
    ended: Ended


@dataclass(slots=True)
class FileSink:
    """A loudspeaker for tests: takes as long as a real one (times `pace`) and keeps what sounded.

    `write` makes one WAV of it, with the silences between.
    """

    pace: float = 1.0
    trouble: str = ""
    spans: list[Span] = field(default_factory=list)
    _sounded: list[Samples] = field(default_factory=list)

    def play(self, samples: Samples, volume: float, hush: threading.Event) -> Ended:
        """See `Sink`."""
        began = time.monotonic()
        length = seconds(samples) * self.pace
        cut = hush.wait(length)
        share = min(1.0, (time.monotonic() - began) / length) if cut and length else 1.0
        sounded = louder(samples[: round(len(samples) * share)], volume)
        ended = Ended.CUT if cut else Ended.PLAYED
        self.spans.append(Span(began, seconds(sounded), ended))
        self._sounded.append(sounded)
        return ended

    def write(self, path: Path) -> None:
        """Everything that sounded, at the times at which it did."""
        whole = silence(0)
        for span, samples in zip(self.spans, self._sounded, strict=True):
            at = span.began - self.spans[0].began
            whole += silence(max(0.0, at - seconds(whole)))
            whole += samples
        write_wav(path, whole)


class NoSink:
    """A machine without a loudspeaker: says so."""

    trouble = "no sound device is configured"

    def play(self, samples: Samples, volume: float, hush: threading.Event) -> Ended:
        """See `Sink`."""
        return Ended.NO_SOUND
