"""A real announcer that speaks into a file, and what it says of itself."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from controller.cli.bench.processes import ROOT

PATIENCE_S = 120.0
"""Twelve calls, each said once, take less than a minute."""
LOOK_S = 0.01

Said = dict[str, Any]


class Silent(click.ClickException):
    """The announcer did not say what it should have."""


def build_clips(folder: Path) -> None:
    """The placeholder voice, as a hall makes it.  Raises `Silent`."""
    done = _jiaohao("voice", "build", str(folder))
    _, complaint = done.communicate()
    if done.returncode:
        raise Silent(complaint.strip())


@dataclass(slots=True)
class Voice:
    """The announcer of all zones, known to the controller as one of its screens."""

    process: subprocess.Popen[str]
    lines: list[Said] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Said]:
        """What it has told of these kinds ("say", "said", "cut", …), in order."""
        return [line for line in self.lines if line["what"] in kinds]

    def began(self, number: str) -> float:
        """Wall milliseconds at which it began to say a number; waits for it."""
        return float(self.wait(lambda: self._find(number, "say"), f"the call of {number}")["at"])

    def ended(self, number: str) -> None:
        """Wait until it no longer says a number."""
        self.wait(lambda: self._find(number, "said", "cut"), f"the end of {number}")

    def wait(self, holds: Callable[[], Any], what: str) -> Any:
        """Wait for something and return it.  Raises `Silent`."""
        deadline = time.monotonic() + PATIENCE_S
        while not (found := holds()):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise Silent(f"the announcer: waited in vain for {what}")
            time.sleep(LOOK_S)
        return found

    def _find(self, number: str, *kinds: str) -> Said | None:
        return next((line for line in self.of(*kinds) if line["number"] == number), None)


@contextmanager
def speaking(
    place: Path, address: str, token: str, zones: list[str], clips: Path
) -> Iterator[Voice]:
    """A running announcer; it ends with the block.  What is called before it has joined the hall it
    says then."""
    state = place / "voice"
    state.mkdir(parents=True)
    known = {"secret": token, "code": "", "approved": True}
    (state / "device.json").write_text(json.dumps(known))
    (place / "announcer.toml").write_text(
        f'[controller]\nurl = "{address}"\n[announcer]\nzones = {json.dumps(zones)}\n'
        f'clips = "{clips}"\nstate_dir = "{state}"\n'
    )
    process = _jiaohao(
        "announcer", "--config", str(place), "--record", str(place / "said.wav"), complaints=None
    )
    voice = Voice(process)
    reader = threading.Thread(target=_read, args=(voice,), daemon=True)
    reader.start()
    try:
        yield voice
    finally:
        process.terminate()
        process.wait(30)
        reader.join(30)


def _jiaohao(*words: str, complaints: int | None = subprocess.PIPE) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "controller.cli", *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=complaints, text=True)


def _read(voice: Voice) -> None:
    assert voice.process.stdout is not None
    with voice.process.stdout as lines:
        for line in lines:
            voice.lines.append(json.loads(line))
