"""How a command that started processes is told to end: it unwinds once, and cleans up in peace."""

from __future__ import annotations

import signal
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Leave(BaseException):
    """Somebody told the command to end."""


def leave_on_signals() -> None:
    """Raise `Leave` in the main thread at the first of `SIGNALS`; later ones change nothing."""
    for number in SIGNALS:
        signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    """Unwind once; what ends the children must not be interrupted."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise Leave
