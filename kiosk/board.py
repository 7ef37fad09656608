"""The newest view, for every page that listens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from kiosk.screen import meaning, view
from kiosk.session.model import Session

MISSED_S = 10.0
"""A page that is loaded anew, or a browser that starts again, is back by then."""
PANEL = 21.5
"""Inches across of the panel that the page is drawn for."""


class Board:
    """Holds one view; listeners wait for the next.  Any thread.

    `rev` grows when a touch would mean something else, `turn` with every view.
    """

    def __init__(
        self,
        no: int,
        name: str,
        panel: float = PANEL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.no = no
        self._name, self._panel, self._clock = name, panel, clock
        self._changed = threading.Condition()
        self._meaning = ""
        self._session: Session | None = None
        self.rev = 0
        self.turn = 0
        self.closed = False
        self._listeners = 0
        self._left_at: float | None = None

    def show(self, session: Session) -> None:
        """The session as it is now."""
        with self._changed:
            if session == self._session:
                return
            now_means = meaning(session)
            if now_means != self._meaning:
                self._meaning = now_means
                self.rev += 1
            self._session = session
            self.turn += 1
            self._changed.notify_all()

    def come(self) -> None:
        """A page listens."""
        with self._changed:
            self._listeners += 1

    def leave(self) -> None:
        """A page listens no more."""
        with self._changed:
            self._listeners -= 1
            self._left_at = self._clock()

    @property
    def page(self) -> str:
        """Whether anybody shows the page, in one word for staff."""
        with self._changed:
            if self._listeners:
                return "ok"
            if self._left_at is None:
                return "starting"
            return "ok" if self._clock() - self._left_at < MISSED_S else "gone"

    def close(self) -> None:
        """Send every listener home."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def view(self) -> dict[str, Any]:
        """The view of this moment."""
        with self._changed:
            assert self._session is not None, "show comes first"
            now_ms = time.time_ns() // 1_000_000
            drawn = view(
                self._session, no=self.no, name=self._name, now=self._clock(), now_ms=now_ms
            )
            return {"rev": self.rev, "panel": self._panel} | drawn

    def wait(self, after: int, within_s: float) -> int:
        """The turn that is newer than `after`, or `after` itself when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self.turn != after or self.closed, within_s)
            return self.turn
