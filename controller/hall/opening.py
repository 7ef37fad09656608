"""When the hall works and gives out numbers (FR-12, FR-40): pure arithmetic on days and spans.

Every moment is a naive datetime on the hall's wall; days turn at its midnight (law 8).
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from controller.hall.spans import DAY_MINUTES, Span, at, merged, minute_of, within

LOOK_AHEAD_DAYS = 400
"""How far ahead is looked for an opening: over any holiday and any closure of a season."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours that some windows work together, and when numbers are given for them. No window
    named: all of the hall."""

    hours: tuple[Span, ...]
    ticketing: tuple[Span, ...]
    windows: tuple[int, ...] = ()

    def staffs(self, window: int) -> bool:
        """Whether the window takes part."""
        return not self.windows or window in self.windows


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day: its shifts and, of all of them together, when windows work and when numbers are
    given. `working` marks a working day 工作日: not a Saturday that only some windows serve."""

    shifts: tuple[Shift, ...] = ()
    working: bool = False
    hours: tuple[Span, ...] = field(init=False)
    ticketing: tuple[Span, ...] = field(init=False)

    def __post_init__(self) -> None:
        """The spans of all shifts, overlaps joined."""
        hours = merged(span for shift in self.shifts for span in shift.hours)
        ticketing = merged(span for shift in self.shifts for span in shift.ticketing)
        object.__setattr__(self, "hours", hours)
        object.__setattr__(self, "ticketing", ticketing)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A date that is not as its weekday: shut (no hours) as on a holiday, or worked."""

    day: date
    hours: DayHours = DayHours()
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """A service item: the windows that can do it, its own narrower ticketing spans if it has any,
    and the most numbers in one slot (FR-12)."""

    code: str
    windows: tuple[int, ...]
    ticketing: tuple[Span, ...] | None = None
    quota: int | None = None


@dataclass(frozen=True, slots=True)
class OpeningPlan:
    """The hall's week, Monday first, and everything that deviates from it.

    `special` ascends by day, `breaks` tells the planned pauses of a window, `standby` are windows
    that work only when somebody opens them (潮汐窗口), `services` ascends by code.
    `known_years` are the years whose holidays and make-up days are settled; None if the hall keeps
    no public ones.
    """

    week: tuple[DayHours, ...]
    special: tuple[SpecialDay, ...] = ()
    breaks: tuple[tuple[int, tuple[Span, ...]], ...] = ()
    standby: tuple[int, ...] = ()
    services: tuple[ServiceHours, ...] = ()
    known_years: tuple[int, ...] | None = None

    def day(self, day: date) -> DayHours:
        """The hours of a calendar day."""
        special = self.special_day(day)
        return self.week[day.weekday()] if special is None else special.hours

    def special_day(self, day: date) -> SpecialDay | None:
        """What is special about a calendar day, if anything is."""
        at = bisect_left(self.special, day, key=lambda special: special.day)
        found = self.special[at : at + 1]
        return found[0] if found and found[0].day == day else None

    def service(self, code: str) -> ServiceHours:
        """The hours of a service item. Raises KeyError for a code that is none."""
        at = bisect_left(self.services, code, key=lambda service: service.code)
        found = self.services[at : at + 1]
        if not found or found[0].code != code:
            raise KeyError(code)
        return found[0]

    def shifts_for(self, service: ServiceHours, day: date) -> list[Shift]:
        """The shifts of a day in which a window works that can do the service item."""
        return [s for s in self.day(day).shifts if any(map(s.staffs, service.windows))]

    def knows(self, year: int) -> bool:
        """Whether the holidays and make-up days of a year are settled."""
        return self.known_years is None or year in self.known_years


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether numbers are given now; if not, why, and when next (on the hall's wall).

    `why` is before, lunch, night, weekend or holiday; a holiday or a special closure has a name.
    """

    open: bool
    why: str | None = None
    next: datetime | None = None
    name: str = ""
    name_en: str = ""


def opening(plan: OpeningPlan, now: datetime) -> Opening:
    """The state of ticketing at `now`."""
    minute, today = minute_of(now), plan.day(now.date())
    if within(today.ticketing, minute):
        return Opening(True)
    following = next_start(plan, now)
    if today.ticketing:
        return Opening(False, _why_of_an_open_day(today, minute), following)
    special = plan.special_day(now.date())
    if special is None:
        return Opening(False, "weekend", following)
    return Opening(False, "holiday", following, special.name, special.name_en)


def _why_of_an_open_day(day: DayHours, minute: int) -> str:
    if all(start <= minute for start, _ in day.ticketing):
        return "night"
    return "lunch" if any(end <= minute for _, end in day.ticketing) else "before"


def closes_at(plan: OpeningPlan, now: datetime) -> datetime | None:
    """When the windows close that are open now: the end of the span of hours that `now` is in."""
    span = within(plan.day(now.date()).hours, minute_of(now))
    return at(now.date(), span[1]) if span else None


def last_close(plan: OpeningPlan, day: date) -> datetime | None:
    """When the last window closes on a day; None if the hall stays shut."""
    hours = plan.day(day).hours
    return at(day, hours[-1][1]) if hours else None


def next_start(plan: OpeningPlan, now: datetime) -> datetime | None:
    """When numbers are given next, after `now`; None if not within `LOOK_AHEAD_DAYS`."""
    for day in days_from(now.date()):
        for start, _ in plan.day(day).ticketing:
            if (found := at(day, start)) > now:
                return found
    return None


def working_days_ahead(plan: OpeningPlan, day: date, n: int) -> date | None:
    """The `n`-th working day after `day` (FR-16, FR-54); `day` itself for 0, None if the plan has
    no such day within `LOOK_AHEAD_DAYS`."""
    if n == 0:
        return day
    working = (d for d in days_from(day) if d > day and plan.day(d).working)
    return next((d for count, d in enumerate(working, 1) if count == n), None)


def unknown_years(plan: OpeningPlan, day: date, ahead: int) -> tuple[int, ...]:
    """The years that the next `ahead` days from `day` on touch and whose holidays are not
    settled."""
    years = range(day.year, (day + timedelta(days=ahead)).year + 1)
    return tuple([year for year in years if not plan.knows(year)])


def round_the_clock(plan: OpeningPlan) -> OpeningPlan:
    """The same hall without hours, as for a demo or training: every window, every item, always.
    Quotas hold, for a whole day."""
    whole = ((0, DAY_MINUTES),)
    week = (DayHours((Shift(whole, whole),), working=True),) * 7
    services = tuple([replace(service, ticketing=None) for service in plan.services])
    return OpeningPlan(week, services=services)


def days_from(first: date) -> Iterator[date]:
    """The days that are looked at for something to come, `first` included."""
    return (first + timedelta(days=ahead) for ahead in range(LOOK_AHEAD_DAYS))
