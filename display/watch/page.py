"""How the page on this screen is, by the beats that it sends to its agent.

A beat says how the page's line to the controller is and how many pictures were drawn since the
last one. A script that hangs sends none; a browser whose picture stands still sends beats without
pictures.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

HUNG_S = 8.0
"""Beats come each second; a busy machine may lose a few."""
START_S = 60.0
"""How long a small board may take from a browser's start to the first beat."""
LIVE = "live"
"""The one word of a page's line that means it shows what is true now."""


class Word(StrEnum):
    """How the page is, as it is told to the controller."""

    STARTING = "starting"
    FRESH = "fresh"
    STALE = "stale"
    """It is drawn, says so itself, and waits for the controller."""
    HUNG = "hung"
    GONE = "gone"
    """No browser has shown it for longer than a start takes."""

    @property
    def shown(self) -> bool:
        """Whether a page is drawn."""
        return self in (Word.FRESH, Word.STALE)


@dataclass(slots=True)
class PageWatch:
    """What was heard of the page. Any thread may tell and ask."""

    clock: Callable[[], float] = time.monotonic
    hung_s: float = HUNG_S
    start_s: float = START_S
    _begun: float = field(init=False)
    _heard: float | None = None
    _drawn: float = 0.0
    _link: str = ""
    _ill: Word | None = None
    """How the page was when it was begun anew; told until one is seen again."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._begun = self.clock()

    def began(self) -> None:
        """A browser was started anew: its page is given time, an old one's beats count no more."""
        with self._lock:
            found = self._look()
            self._ill = found if found in (Word.HUNG, Word.GONE) else self._ill
            self._begun, self._heard = self.clock(), None

    def beat(self, link: str, frames: int) -> None:
        """The page lives; its line is `link`, and it drew so many pictures since its last beat."""
        with self._lock:
            now = self.clock()
            if self._heard is None or frames > 0:
                self._drawn = now
            self._heard, self._link, self._ill = now, link, None

    @property
    def word(self) -> Word:
        """How it is now. What hung or was gone is told so until a page is there again."""
        with self._lock:
            found = self._look()
            return self._ill or found if found is Word.STARTING else found

    @property
    def starting(self) -> bool:
        """Whether a browser still has time to show its page."""
        with self._lock:
            return self._look() is Word.STARTING

    def _look(self) -> Word:
        now = self.clock()
        if self._heard is None:
            return Word.GONE if now - self._begun > self.start_s else Word.STARTING
        if max(now - self._heard, now - self._drawn) > self.hung_s:
            return Word.HUNG
        return Word.FRESH if self._link == LIVE else Word.STALE
