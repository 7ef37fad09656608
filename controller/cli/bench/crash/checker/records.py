"""What the checker is given: what was asked and answered, what screens heard and show.

`Finding` is what it gives back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

LOST, DOUBLED, TWICE_CALLED, UNEXPLAINED = "lost", "doubled", "twice_called", "unexplained"
KINDS = (LOST, DOUBLED, TWICE_CALLED, UNEXPLAINED)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `kind` is one of `KINDS`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: an HTTP status and a JSON object."""

    status: int
    body: Json


@dataclass(slots=True)
class Asked:
    """One deed a client asked for, with all answers to it, the first one first.

    `by` is who asked, as the journal names an actor; `ticket`, `window` and `booking` are what it
    was about, where that was known before the answer.
    """

    id: str
    by: str
    deed: str
    path: str
    body: Json
    window: int | None = None
    ticket: str | None = None
    booking: str | None = None
    answers: list[Answer] = field(default_factory=list)

    @property
    def answer(self) -> Answer | None:
        """The first answer."""
        return self.answers[0] if self.answers else None

    @property
    def granted(self) -> Json | None:
        """The first answer's body, if the deed was done."""
        return self.answers[0].body if self.answers and self.answers[0].status < 300 else None


@dataclass(frozen=True, slots=True)
class Heard:
    """One event as a screen heard it. `ticket`, `state` and `window` are those of its ticket."""

    screen: str
    seq: int
    type: str
    ticket: str | None
    state: str | None
    window: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a screen's board holds at `seq`; calls newest first, all as on the wire."""

    screen: str
    seq: int
    day: str
    windows: dict[int, Json]
    calls: list[Json]
    waiting: dict[str, int]
    queues: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of the staff was answered: the guide desk's ``list``, the ``console`` of a
    window, or today's ``appointments``."""

    kind: str
    window: int | None
    seq: int
    told: Any
