"""When the hall gives out numbers (FR-12, FR-40): pure arithmetic on a plan of days and spans.

Spans are minutes after midnight on the hall's wall, half open: ``[start, end)``.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

Span = tuple[int, int]
LOOK_AHEAD_DAYS = 30


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day: when windows work, and when numbers are given."""

    hours: tuple[Span, ...] = ()
    ticketing: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningPlan:
    """The hall's week and its exceptions. `week` has seven days, Monday first."""

    week: tuple[DayHours, ...]
    workday: DayHours
    closed_on: frozenset[date] = frozenset()
    open_on: frozenset[date] = frozenset()

    def day(self, day: date) -> DayHours:
        """The hours of a calendar day."""
        if day in self.open_on:
            return self.workday
        return DayHours() if day in self.closed_on else self.week[day.weekday()]


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether numbers are given now; if not, why, and when next (on the hall's wall)."""

    open: bool
    why: str | None = None
    next: datetime | None = None


def minute_of(moment: datetime) -> int:
    """Minutes after midnight."""
    return moment.hour * 60 + moment.minute


def opening(plan: OpeningPlan, now: datetime) -> Opening:
    """The state of ticketing at `now`; `why` is before, lunch, night or weekend."""
    minute, today = minute_of(now), plan.day(now.date())
    if any(start <= minute < end for start, end in today.ticketing):
        return Opening(True)
    following = _next_start(plan, now)
    later_today = [s for s in today.ticketing if s[0] > minute]
    if not today.ticketing:
        return Opening(False, "weekend", following)
    if not later_today:
        return Opening(False, "night", following)
    earlier = any(end <= minute for _, end in today.ticketing)
    return Opening(False, "lunch" if earlier else "before", following)


def closes_at(plan: OpeningPlan, now: datetime) -> datetime | None:
    """When the windows close that are open now: the end of the span of hours that `now` is in."""
    minute = minute_of(now)
    for start, end in plan.day(now.date()).hours:
        if start <= minute < end:
            return _at(now.date(), end)
    return None


def last_close(plan: OpeningPlan, day: date) -> datetime | None:
    """When the last window closes on a day; None if the hall stays shut."""
    ends = [end for _, end in plan.day(day).hours]
    return _at(day, max(ends)) if ends else None


def _next_start(plan: OpeningPlan, now: datetime) -> datetime | None:
    for ahead in range(LOOK_AHEAD_DAYS):
        day = now.date() + timedelta(days=ahead)
        for start, _ in sorted(plan.day(day).ticketing):
            if (found := _at(day, start)) > now:
                return found
    return None


def _at(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
