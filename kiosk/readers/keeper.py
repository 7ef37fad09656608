"""Keeps one device connected: tries again, reports every change once, shows progress.

All readers have this in common: connect, serve until something breaks, say why,
wait a little longer each time, connect again.  None of them ever gives up.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Callable

import structlog

from kiosk.readers.base import Down, Emit, ReaderDown, ReaderEvent, ReaderKind, ReaderUp
from kiosk.readers.condition import STUCK_S, Health

BACKOFF_S = (0.2, 0.4, 0.8, 1.6, 3.0)
CLOSE_S = 2.0
"""How long closing waits for a thread that hangs in a driver; it is a daemon."""

log = structlog.get_logger("kiosk.reader")


class Lost(Exception):
    """The device cannot be used now, for `reason`."""

    def __init__(self, reason: Down) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Closed(Exception):
    """The reader is being shut down."""


class Keeper:
    """Runs `serve` again and again in a thread of its own.

    `serve` connects, calls `up()` when the device answers and works until it raises
    `Lost` or `Closed`.  Within it, `rest()` waits and `turn()` shows progress.
    `wake` is a file descriptor that becomes readable when the reader closes.
    """

    def __init__(self, kind: ReaderKind, where: str, serve: Callable[[], None]) -> None:
        self.kind, self.where = kind, where
        self._serve = serve
        self._emit: Emit = lambda event: None
        self._pipe = os.pipe()
        self._thread: threading.Thread | None = None
        self._down: Down | None = Down.STARTING
        self._turned = time.monotonic()
        self.failures = 0
        """Attempts since the device last answered."""

    @property
    def wake(self) -> int:
        return self._pipe[0]

    def start(self, emit: Emit) -> None:
        """Begin; see `kiosk.readers.condition.Reader`."""
        self._emit = emit
        self._turned = time.monotonic()
        self._thread = threading.Thread(target=self._run, name=self.kind.value, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread.  A thread that hangs in a driver is left behind after a while."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        os.write(self._pipe[1], b"x")
        thread.join(CLOSE_S)
        if not thread.is_alive():
            for fd in self._pipe:
                os.close(fd)

    def health(self) -> Health:
        """How the device is; see `kiosk.readers.condition.Reader`."""
        turned_s = time.monotonic() - self._turned
        down = self._down
        if turned_s > STUCK_S and self._thread is not None:
            down = Down.STUCK
        return Health(self.kind, self.where, down, turned_s)

    # -- for the device's own loop ----------------------------------------------

    def emit(self, event: ReaderEvent) -> None:
        self._emit(event)

    def up(self) -> None:
        """The device answers."""
        self.failures = 0
        if self._down is not None:
            self._down = None
            log.info("reader up", reader=self.kind.value, where=self.where)
            self._emit(ReaderUp())

    def down(self, reason: Down) -> None:
        """The device does not work; said once however long it lasts."""
        if self._down is not reason:
            self._down = reason
            say = self.health().say.en
            log.warning("reader down", reader=self.kind.value, where=self.where, say=say)
            self._emit(ReaderDown(reason))

    def turn(self) -> None:
        """The loop makes progress."""
        self._turned = time.monotonic()

    def rest(self, seconds: float) -> None:
        """Wait, unless the reader closes: then raises `Closed`."""
        self.turn()
        if select.select([self.wake], [], [], seconds)[0]:
            raise Closed

    # -- the thread ---------------------------------------------------------------

    def _run(self) -> None:
        with contextlib.suppress(Closed):
            while True:
                self.down(self._once())
                self.rest(BACKOFF_S[min(self.failures, len(BACKOFF_S) - 1)])
                self.failures += 1

    def _once(self) -> Down:
        try:
            self._serve()
        except Lost as lost:
            return lost.reason
        except Closed:
            raise
        except Exception as error:
            # a reader never goes deaf for good; no traceback: frames may hold a person
            log.error("reader stumbled", reader=self.kind.value, error=type(error).__name__)
        return Down.GONE
