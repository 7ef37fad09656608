"""Tell the service manager how we are: sd_notify(3), and a watchdog that is not fed for nothing.

Standard library only: kiosks and screens use it too.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LOOK_S = 1.0
"""How often a watchdog looks at its loops."""


def notify(state: str) -> bool:
    """Send `state` ("READY=1", "WATCHDOG=1", "STATUS=...", lines joined by a newline).

    Returns True when it was handed to the service manager and False when nobody
    asked to be told (NOTIFY_SOCKET is not set) or nobody listens any more: being
    watched must never be the reason why the hall stands still. Does not block: a
    manager whose queue is full counts as one that does not listen.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):  # Linux's abstract namespace begins with a zero byte
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as manager:
            manager.setblocking(False)
            manager.sendto(state.encode(), address)
    except OSError:
        return False
    return True


def watchdog_seconds() -> float | None:
    """How often at most WATCHDOG=1 is due, in seconds; None when nobody watches.

    Half of what the unit's WatchdogSec allows, as sd_watchdog_enabled(3) advises.
    A WATCHDOG_PID that is not ours means that the watch is on another process.
    """
    if os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    microseconds = os.environ.get("WATCHDOG_USEC", "")
    return int(microseconds) / 2_000_000 if microseconds.isdigit() else None


@dataclass(frozen=True, slots=True)
class Loop:
    """One thread that has to go round: how long ago it did, and how long its turn may take."""

    name: str
    turned_s: float
    bound_s: float

    @property
    def stuck(self) -> bool:
        """Whether it takes longer than anything honest does."""
        return self.turned_s > self.bound_s


class Turn:
    """The mark that a loop sets each time it goes round.  Any thread may read it."""

    def __init__(self, name: str, bound_s: float) -> None:
        self._name, self._usual = name, bound_s
        self._mark = (time.monotonic(), bound_s)

    def __call__(self, bound_s: float | None = None) -> None:
        """The loop goes round; what it does next may take `bound_s` seconds this once."""
        self._mark = (time.monotonic(), self._usual if bound_s is None else bound_s)

    @property
    def loop(self) -> Loop:
        """How the loop is now."""
        turned, bound_s = self._mark
        return Loop(self._name, time.monotonic() - turned, bound_s)


class Watchdog:
    """Feeds the service manager's watchdog while every loop goes round, and not otherwise.

    `loops` are asked each second. What is stuck is told once to `tell` and stands in the unit's
    status; whether that is the end is up to the manager. Does nothing when nobody watches.
    """

    def __init__(
        self, loops: Callable[[], Iterable[Loop]], tell: Callable[[Loop], None] = lambda loop: None
    ) -> None:
        self._loops, self._tell = loops, tell
        self._stop = threading.Event()
        self._known: frozenset[str] = frozenset()
        self._told: frozenset[str] = frozenset()
        """What the manager has been told to be stuck: it may be too busy to take it at once."""
        self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin, if the manager wants to be fed."""
        if watchdog_seconds() is not None:
            self._thread.start()

    def close(self) -> None:
        """No more food."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def feed(self) -> bool:
        """One look at all loops. True if they were found well and the manager was told so."""
        stuck = [loop for loop in self._loops() if loop.stuck]
        names = frozenset(loop.name for loop in stuck)
        for loop in stuck:
            if loop.name not in self._known:
                self._tell(loop)
        self._known = names
        if names != self._told:
            said = f"stuck: {', '.join(sorted(names))}" if names else "all loops go round"
            if notify(f"STATUS={said}"):
                self._told = names
        return not stuck and notify("WATCHDOG=1")

    def _run(self) -> None:
        pause = min(LOOK_S, watchdog_seconds() or LOOK_S)
        while not self._stop.is_set():
            self.feed()
            self._stop.wait(pause)
