"""Rating a visit 好差评: one rating per visit, at its last window or by the code on the slip, five
levels that are all alike, none chosen beforehand (FR-52, FR-53, T10). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from controller.hall import refusals as r
from controller.hall.instants import SECOND, Instant

LEVELS = (5, 4, 3, 2, 1)
"""非常满意, 满意, 基本满意, 不满意, 非常不满意: the order in which they are shown."""
LOW = frozenset({2, 1})
"""差评: they may be given with reasons."""
LATE: Instant = 10 * SECOND
"""How much longer the answer of a screen may be on its way."""
EXPLAINED_WITHIN: Instant = 60 * SECOND
FAST: Instant = 2 * SECOND
MOST_SLIP_DAYS = 30
"""A hall lets the code on a slip rate for so many days at most (`rating_code_days`)."""


class Why(StrEnum):
    """Why a rating is low: wait 等候太久, speed 办理太慢, attitude 服务态度, explanation 告知不清,
    result 没有办成, place 环境设施."""

    WAIT = "wait"
    SPEED = "speed"
    ATTITUDE = "attitude"
    EXPLANATION = "explanation"
    RESULT = "result"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit whose last matter is done, as far as a rating has to know: `current`: nobody was
    called to its window since. `rated`: somebody has said what they think of it."""

    window: int
    finished_at: Instant
    rated: bool
    current: bool


def check_reasons(level: int, reasons: tuple[str, ...]) -> None:
    """Refuse reasons of a rating that needs none."""
    if reasons and level not in LOW:
        raise r.NoReasonsNeeded()


def check_at_window(visit: Visit | None, now: Instant, asked_for: Instant, days: int) -> None:
    """Refuse a rating at the window that comes too late, or a second one, or any in a hall whose
    windows do not ask (`asked_for` is 0). `days`: for how many the slip's code may rate."""
    if visit is None or not visit.current or not asked_for:
        raise r.RatingOver(days=days)
    if now - visit.finished_at > asked_for + LATE:
        raise r.RatingOver(days=days)
    if visit.rated:
        raise r.AlreadyRated()


def slip_is_over(day: str, today: str, days: int) -> bool:
    """Whether the code on a slip of a hall day rates no more, `days` after it."""
    return date.fromisoformat(today) - date.fromisoformat(day) > timedelta(days=days)


def is_fast(visit: Visit, now: Instant) -> bool:
    """Whether nobody can have read the question and pressed by then (T10)."""
    return now - visit.finished_at < FAST
