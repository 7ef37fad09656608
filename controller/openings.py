"""The configured hours as an `OpeningPlan`, and what screens are told of it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from config import HallConfig
from config.fields import minutes
from config.opening import Opening as OpeningHours
from controller.hall.model import Moment
from controller.hall.opening import DayHours, OpeningPlan, Span, closes_at, last_close, opening

_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def opening_plan(config: HallConfig) -> OpeningPlan:
    """The hours of every weekday, duties included."""
    hall = config.hall
    workday = _with(DayHours(), hall, hall.lunch_duty)
    week = []
    for name in _WEEK:
        day = workday if name in hall.weekdays else DayHours()
        for duty in hall.extended:
            if duty.weekday == name:
                day = _with(day, duty)
        if name == "Sat" and hall.saturday is not None:
            day = _with(day, hall.saturday)
        week.append(day)
    return OpeningPlan(tuple(week), workday, frozenset(hall.closed_on), frozenset(hall.open_on))


def _with(day: DayHours, *more: OpeningHours | None) -> DayHours:
    for hours in more:
        if hours is not None:
            day = DayHours(
                _merged(day.hours + _spans(hours.hours)),
                _merged(day.ticketing + _spans(hours.ticketing)),
            )
    return day


def _spans(written: Any) -> tuple[Span, ...]:
    return tuple((minutes(start) or 0, minutes(end) or 0) for start, end in written)


def _merged(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


class Openings:
    """What the configured hours say at a moment. `round_the_clock` serves demos and training."""

    def __init__(self, config: HallConfig, round_the_clock: bool = False) -> None:
        self.plan = opening_plan(config)
        self.round_the_clock = round_the_clock
        self.text = "\u3000".join(f"{start.lstrip('0')}–{end}" for start, end in config.hall.hours)
        self._zone = ZoneInfo(config.hall.timezone)

    def json(self, now: Moment) -> dict[str, Any]:
        """``hall_open``, ``closed_why`` and ``opens_at`` of a snapshot."""
        if self.round_the_clock:
            return {"hall_open": True, "closed_why": None, "opens_at": None}
        state = opening(self.plan, now.local)
        return {
            "hall_open": state.open,
            "closed_why": state.why,
            "opens_at": self._ms(state.next),
        }

    def closes_at_ms(self, now: Moment) -> int | None:
        """When the windows that work now close."""
        return self._ms(closes_at(self.plan, now.local))

    def last_close(self, day: str) -> datetime | None:
        """When the last window of a hall day closes, on the wall."""
        return last_close(self.plan, date.fromisoformat(day))

    def _ms(self, wall: datetime | None) -> int | None:
        return None if wall is None else int(wall.replace(tzinfo=self._zone).timestamp() * 1000)
