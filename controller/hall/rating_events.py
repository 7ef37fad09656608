"""What visitors said of their visit (see `events`): no person, no number, no member of staff."""

from dataclasses import dataclass
from typing import ClassVar

from controller.hall.events import Event

AT_WINDOW, BY_SLIP = "window", "slip"


@dataclass(frozen=True, slots=True)
class RatingGiven(Event):
    """Somebody rated a visit that ended at `window` on `day` (FR-52). `level`: 5 非常满意 … 1
    非常不满意; `reasons` of a low one. `channel`: the window's screen, or the code on the slip.
    `fast`: sooner than anybody can read the question."""

    type: ClassVar[str] = "rating.given"
    window: int
    day: str
    level: int
    reasons: tuple[str, ...]
    channel: str
    fast: bool


@dataclass(frozen=True, slots=True)
class RatingExplained(Event):
    """Whoever gave the low rating with the seq `rating` said why."""

    type: ClassVar[str] = "rating.explained"
    rating: int
    reasons: tuple[str, ...]
