"""The configured hours as an `OpeningPlan`, and what screens are told of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from config import Calendar, HallConfig
from config.fields import minutes
from config.hall import Item
from config.opening import Duty, Hall
from config.opening import Opening as OpeningHours
from controller.hall.instants import Moment
from controller.hall.opening import (
    DayHours,
    Opening,
    OpeningPlan,
    ServiceHours,
    Shift,
    SpecialDay,
    closes_at,
    last_close,
    opening,
    unknown_years,
)
from controller.hall.opening import (
    round_the_clock as round_the_clock_of,
)
from controller.hall.spans import Span
from controller.public_days import PublicDays, public_days

SETTLED_AHEAD_DAYS = 31
"""A year's holidays and make-up days must be known this long before: bookings reach into it."""

SHUT = DayHours()
_UNSETTLED = (
    "The make-up days (调休) of {year} are not known to this release: only the holidays of the law "
    "are kept and no weekend is worked for them. Update jiaohao once the State Council has "
    "announced them, or write the whole year into calendar.toml with complete = [{year}]."
)
_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def opening_plan(config: HallConfig) -> OpeningPlan:
    """The hall's calendar, its windows' roster and its items' slots: everything about time that
    is configured, duties included."""
    hall, public = config.hall, _public(config.calendar)
    keeps_public_days = config.calendar.public_holidays != "none"
    breaks = [(w.no, spans_of(w.breaks)) for w in config.windows if w.breaks]
    return OpeningPlan(
        week=tuple([_weekday(hall, name) for name in _WEEK]),
        special=_special(config, public),
        breaks=tuple(sorted(breaks)),
        standby=tuple(sorted([w.no for w in config.windows if not w.open_by_default])),
        services=tuple(sorted([_service(config, i) for i in config.items], key=lambda s: s.code)),
        known_years=public.arranged if keeps_public_days else None,
    )


def calendar_warnings(config: HallConfig, today: date) -> list[str]:
    """What to tell whoever looks after the hall: public holidays that nobody has settled though
    they are near."""
    years = unknown_years(opening_plan(config), today, SETTLED_AHEAD_DAYS)
    return [_UNSETTLED.format(year=year) for year in years]


def _workday(hall: Hall) -> DayHours:
    """A working day that is no weekday in particular, as one made up for a holiday."""
    lunch = [_duty(hall.lunch_duty)] if hall.lunch_duty else []
    return DayHours((_shift(hall), *lunch), working=True)


def _weekday(hall: Hall, name: str) -> DayHours:
    day = _workday(hall) if name in hall.weekdays else DayHours()
    duties = [duty for duty in hall.extended if duty.weekday == name]
    more = [_duty(duty) for duty in duties]
    if name == "Sat" and hall.saturday is not None:
        more.append(_duty(hall.saturday))
    return DayHours((*day.shifts, *more), day.working)


def _special(config: HallConfig, public: PublicDays) -> tuple[SpecialDay, ...]:
    """Public days, over them the lists of ``[hall]``, over them ``calendar.toml``."""
    hall, workday = config.hall, _workday(config.hall)
    days = {off.day: SpecialDay(off.day, SHUT, off.name, off.name_en) for off in public.off}
    days |= {day: SpecialDay(day, workday) for day in public.worked}
    for day in hall.closed_on:
        days[day] = replace(days.get(day, SpecialDay(day)), hours=SHUT)
    days |= {day: SpecialDay(day, workday) for day in hall.open_on}
    for told in config.calendar.days:
        known = days.get(told.date, SpecialDay(told.date))
        name, name_en = (known.name, known.name_en) if told.note is None else (told.note, "")
        hours = _hours_like(hall, told.like) if told.open else SHUT
        days[told.date] = SpecialDay(told.date, hours, name, told.note_en or name_en)
    return tuple([days[day] for day in sorted(days)])


def _hours_like(hall: Hall, weekday: str | None) -> DayHours:
    return _workday(hall) if weekday is None else _weekday(hall, weekday)


def _public(calendar: Calendar) -> PublicDays:
    """What the library knows, without the years that the file tells in full."""
    if calendar.public_holidays == "none":
        return PublicDays((), (), ())
    known, told = public_days(), set(calendar.complete)
    return PublicDays(
        tuple([off for off in known.off if off.day.year not in told]),
        tuple([day for day in known.worked if day.year not in told]),
        tuple(sorted({*known.arranged, *told})),
    )


def _service(config: HallConfig, item: Item) -> ServiceHours:
    windows = tuple([w.no for w in config.windows_for(item.skill)])
    own = None if item.ticketing is None else spans_of(item.ticketing)
    return ServiceHours(item.code, windows, own, item.quota)


def _shift(written: OpeningHours) -> Shift:
    return Shift(spans_of(written.hours), spans_of(written.ticketing))


def _duty(written: Duty) -> Shift:
    windows = tuple(sorted(written.windows))
    return Shift(spans_of(written.hours), spans_of(written.ticketing), windows)


def spans_of(written: Any) -> tuple[Span, ...]:
    """Checked ``["HH:MM", "HH:MM"]`` pairs as minutes."""
    return tuple([(minutes(start) or 0, minutes(end) or 0) for start, end in written])


class Openings:
    """What the configured hours say at a moment. `round_the_clock` serves demos and training."""

    def __init__(self, config: HallConfig, round_the_clock: bool = False) -> None:
        self.plan = opening_plan(config)
        self.round_the_clock = round_the_clock
        self.planned = round_the_clock_of(self.plan) if round_the_clock else self.plan
        """What may be booked."""
        self.text = "\u3000".join(f"{start.lstrip('0')}–{end}" for start, end in config.hall.hours)
        self.zone = ZoneInfo(config.hall.timezone)

    def json(self, now: Moment) -> dict[str, Any]:
        """``hall_open``, ``closed_why``, ``closed_name``, ``closed_name_en`` and ``opens_at`` of a
        snapshot."""
        state = Opening(True) if self.round_the_clock else opening(self.plan, now.local)
        return {
            "hall_open": state.open,
            "closed_why": state.why,
            "closed_name": state.name or None,
            "closed_name_en": state.name_en or None,
            "opens_at": self.ms(state.next),
        }

    def closes_at_ms(self, now: Moment) -> int | None:
        """When the windows that work now close."""
        return self.ms(closes_at(self.plan, now.local))

    def last_close(self, day: str) -> datetime | None:
        """When the last window of a hall day closes, on the wall."""
        return last_close(self.plan, date.fromisoformat(day))

    def ticketing_ms(self, day: str) -> list[list[int | None]]:
        """When numbers are given on a hall day, from and to."""
        midnight = datetime.fromisoformat(day)
        spans = self.planned.day(midnight.date()).ticketing
        return [[self.ms(midnight + timedelta(minutes=m)) for m in span] for span in spans]

    def purge_at(self, day: str, after_min: int) -> datetime | None:
        """When what links a day's tickets to people must go, on the wall: so many minutes after
        the last closing; None where the hall never closes, or did not open."""
        closing = None if self.round_the_clock else self.last_close(day)
        return None if closing is None else closing + timedelta(minutes=after_min)

    def purge_at_ms(self, day: str, after_min: int) -> int | None:
        """The same as an instant."""
        return self.ms(self.purge_at(day, after_min))

    def ms(self, wall: datetime | None) -> int | None:
        """A time on the hall's wall in milliseconds."""
        return None if wall is None else int(wall.replace(tzinfo=self.zone).timestamp() * 1000)
