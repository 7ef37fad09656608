"""Pads as they are plugged in: a line of text, serial or over the network, or a Linux input device.

Each says the names of the keys that were pressed and can show a lamp and make a beep.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import select
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from display.wire import Gone, Wire

LONGEST_LINE = 64


class Pad(Protocol):
    """An open pad. Raises `Gone` from `pressed`, `lamp` and `beep` when it is no longer there."""

    def pressed(self, timeout_s: float) -> list[str]:
        """The keys that were pressed, in order; empty if none within this time."""

    def lamp(self, state: str, number: str) -> None:
        """Show how the window is."""

    def beep(self, what: str) -> None:
        """Tell how a press ended: ``ok``, ``none``, ``no``, ``busy`` or ``lost``."""

    def close(self) -> None:
        """Let go of it; never fails."""


class LinePad:
    """Lines of ASCII (docs/keypad.md): ``KEY call`` comes, ``LAMP serving R046`` and ``BEEP ok``
    go."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._rest = b""

    def pressed(self, timeout_s: float) -> list[str]:
        """See `Pad.pressed`."""
        self._rest += self._wire.receive(timeout_s)
        *lines, self._rest = self._rest.replace(b"\r", b"\n").split(b"\n")
        self._rest = self._rest[-LONGEST_LINE:]
        words = [line.decode("ascii", errors="replace").split() for line in lines]
        return [line[1] for line in words if len(line) == 2 and line[0] == "KEY"]

    def lamp(self, state: str, number: str) -> None:
        """See `Pad.lamp`."""
        self._say(f"LAMP {state} {number}".rstrip())

    def beep(self, what: str) -> None:
        """See `Pad.beep`."""
        self._say(f"BEEP {what}")

    def close(self) -> None:
        """See `Pad.close`."""
        self._wire.close()

    def _say(self, line: str) -> None:
        self._wire.send(f"{line}\n".encode("ascii", errors="replace"))


EVENT = struct.Struct("llHHi")
"""``struct input_event`` of this machine: two words of time, type, code, value."""
EV_KEY, EV_LED, EV_SND = 0x01, 0x11, 0x12
LED_NUML, SND_BELL = 0x00, 0x01
DOWN = 1
EVIOCGRAB = 0x40044590
IN_HAND = frozenset({"called", "serving"})
GOOD = frozenset({"ok"})


class InputPad:
    """A keyboard or number pad of its own, read past everything else that listens to keyboards."""

    def __init__(self, path: Path) -> None:
        """Raises `Gone`."""
        try:
            self._file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise Gone(f"{path}: {error.strerror}") from error
        try:
            # Without it every press would be typed into whatever this machine shows, too.
            fcntl.ioctl(self._file, EVIOCGRAB, 1)
        except OSError as error:
            if error.errno not in (errno.ENOTTY, errno.EINVAL):  # no input device: no one to steal
                os.close(self._file)
                raise Gone(f"{path}: another program has it") from error

    def pressed(self, timeout_s: float) -> list[str]:
        """See `Pad.pressed`. A key that is held repeats, which is no press."""
        try:
            ready, _, _ = select.select([self._file], [], [], timeout_s)
            data = os.read(self._file, EVENT.size * 64) if ready else b""
        except (OSError, ValueError) as error:
            raise Gone(str(error)) from error
        whole = len(data) - len(data) % EVENT.size
        found = (EVENT.unpack_from(data, at) for at in range(0, whole, EVENT.size))
        return [str(code) for _, _, kind, code, value in found if (kind, value) == (EV_KEY, DOWN)]

    def lamp(self, state: str, number: str) -> None:
        """The Num lamp is lit while somebody is in hand."""
        self._write(EV_LED, LED_NUML, int(state in IN_HAND))

    def beep(self, what: str) -> None:
        """The bell, where the pad has one, when a press did nothing."""
        if what not in GOOD:
            self._write(EV_SND, SND_BELL, 1)
            self._write(EV_SND, SND_BELL, 0)

    def close(self) -> None:
        """See `Pad.close`."""
        with contextlib.suppress(OSError):
            os.close(self._file)

    def _write(self, kind: int, code: int, value: int) -> None:
        with contextlib.suppress(OSError):  # most pads have neither lamp nor bell
            os.write(self._file, EVENT.pack(0, 0, kind, code, value))


Open = Callable[[], Pad]
"""Opens the configured pad. Raises `Gone`."""
