"""Notices that windows print for people: on their way to a printer, or how they ended.

Kept in memory: a notice that a restart cut off is asked for again by its clerk, who sees that it
did not come.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from controller.deed import Json
from controller.hall.instants import SECOND, Instant

FRESH = 120 * SECOND
"""A notice that no printer took by then is not printed: its person has gone."""
MOST = 200
"""Notices remembered, of the whole hall."""


class Outcome(StrEnum):
    """How far a notice came."""

    SENT = "sent"
    PRINTED = "printed"
    UNPROVEN = "unproven"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Paper:
    """One notice for one ticket. `word`: the printer's own, when it ended."""

    id: str
    window: int
    number: str
    item: str
    missing: tuple[str, ...]
    told_at: Instant
    outcome: Outcome = Outcome.SENT
    word: str = ""

    def json(self) -> Json:
        """PAPER of docs/protocol.md."""
        return {
            "id": self.id,
            "window": self.window,
            "number": self.number,
            "item": self.item,
            "missing": list(self.missing),
            "told_at": self.told_at // 1000,
            "outcome": str(self.outcome),
            "word": self.word,
        }


class Papers:
    """The notices of a hall, by their id. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, Paper] = {}
        self._listeners: list[Callable[[int], None]] = []

    def listen(self, changed: Callable[[int], None]) -> None:
        """`changed` hears the window of every notice that is new or has ended."""
        self._listeners.append(changed)

    def offer(self, paper: Paper) -> None:
        """A new notice; one whose id is known changes nothing."""
        with self._lock:
            if paper.id in self._known:
                return
            self._known[paper.id] = paper
            while len(self._known) > MOST:
                self._known.pop(next(iter(self._known)))
        self._tell(paper.window)

    def settle(self, id_: str, window: int, outcome: Outcome, word: str) -> Paper | None:
        """A window's printer says how a notice ended; None if the window has no such notice.

        What was printed stays printed, whatever is said later."""
        with self._lock:
            known = self._known.get(id_)
            if known is None or known.window != window:
                return None
            if known.outcome is Outcome.PRINTED:
                return known
            ended = replace(known, outcome=outcome, word=word)
            self._known[id_] = ended
        self._tell(window)
        return ended

    def pending(self, now: Instant) -> list[Paper]:
        """What printers are still to be told, the oldest first."""
        with self._lock:
            return [
                paper
                for paper in self._known.values()
                if paper.outcome is Outcome.SENT and now - paper.told_at < FRESH
            ]

    def last(self, window: int) -> Paper | None:
        """The newest notice of a window."""
        with self._lock:
            mine = [paper for paper in self._known.values() if paper.window == window]
        return mine[-1] if mine else None

    def _tell(self, window: int) -> None:
        for changed in self._listeners:
            changed(window)
