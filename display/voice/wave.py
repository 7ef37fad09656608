"""Sound as numbers, mono, 16 bit, one rate: WAV files, trimming, levelling, the chime."""

from __future__ import annotations

import io
import math
import wave
from array import array
from pathlib import Path
from typing import TypeAlias

RATE = 22_050
"""Samples a second of every clip."""
PEAK = 23_000
"""Loudest sample of a clip that we make: 3 dB below full scale."""
SILENT = 220
"""What is quieter than this at the ends of a clip is cut off."""
MARGIN_S = 0.02
FADE_S = 0.005
CHIME_S = 0.7
CHIME_NOTES_HZ = (659.26, 523.25)
"""Two notes, e and c."""

Samples: TypeAlias = "array[int]"


class NotAClip(ValueError):
    """A file that cannot be played as it is; says what is wrong."""


def read_wav(source: Path | bytes) -> Samples:
    """The samples of a clip.  Raises `NotAClip` for another format, `OSError` for no file."""
    try:
        with wave.open(io.BytesIO(source) if isinstance(source, bytes) else str(source)) as file:
            found = (file.getframerate(), file.getnchannels(), file.getsampwidth() * 8)
            if found != (RATE, 1, 16):
                raise NotAClip(
                    f"{found[0]} Hz, {found[1]} channels, {found[2]} bit: "
                    f"save it as {RATE} Hz, mono, 16 bit"
                )
            samples = array("h", file.readframes(file.getnframes()))
    except (wave.Error, EOFError) as error:
        raise NotAClip(f"not a WAV file: {error}") from error
    if not samples:
        raise NotAClip("empty")
    return samples


def write_wav(path: Path, samples: Samples) -> None:
    """Write a clip."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        file.writeframes(samples.tobytes())


def seconds(samples: Samples) -> float:
    """How long it sounds."""
    return len(samples) / RATE


def trimmed(samples: Samples) -> Samples:
    """Without the silence at both ends; what is all silence stays as it is."""
    loud = [n for n, value in enumerate(samples) if abs(value) > SILENT]
    if not loud:
        return samples
    margin = int(MARGIN_S * RATE)
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def levelled(samples: Samples, peak: int = PEAK) -> Samples:
    """As loud as every other clip, and faded in and out so that nothing clicks."""
    loudest = max((abs(value) for value in samples), default=0)
    if not loudest:
        return samples
    fade = min(int(FADE_S * RATE), len(samples) // 2)
    last = len(samples) - 1
    gains = (min(1.0, n / fade, (last - n) / fade) if fade else 1.0 for n in range(len(samples)))
    scale = peak / loudest
    return array("h", (round(v * scale * g) for v, g in zip(samples, gains, strict=True)))


def louder(samples: Samples, volume: float) -> Samples:
    """At a share of its level, 0 to 1."""
    if volume >= 1:
        return samples
    return array("h", (round(value * volume) for value in samples))


def silence(length_s: float) -> Samples:
    """Nothing, for so long."""
    return array("h", bytes(2 * int(length_s * RATE)))


def chime() -> Samples:
    """Two soft notes, 0.7 s."""
    half = int(CHIME_S / 2 * RATE)
    found = array("h")
    for hertz in CHIME_NOTES_HZ:
        turn = 2 * math.pi * hertz / RATE
        for n in range(half):
            decay = math.exp(-4.0 * n / half)
            tone = math.sin(turn * n) + 0.25 * math.sin(2 * turn * n)
            found.append(round(12_000 * decay * tone))
    return levelled(found)
