"""Who works when (FR-40): of each window, on duty or not, why not, and until when. Pure.

Boundaries fall on whole minutes and are half open: at the minute of an end the window is off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from controller.hall.opening import OpeningPlan, days_from
from controller.hall.spans import DAY_MINUTES, Span, at, merged, minute_of, within

State = tuple[bool, str | None]


@dataclass(frozen=True, slots=True)
class Duty:
    """What the roster says of a window now, and when it says something else (on the hall's wall;
    None if nothing is planned to change).

    `why` it is off: "break" a planned pause, "lunch" between its hours of the day, "off-duty" when
    others work, "closed" when nobody does.
    """

    on: bool
    why: str | None = None
    until: datetime | None = None


def duty(plan: OpeningPlan, window: int, local: datetime) -> Duty:
    """What the roster says of a window at `local`. A clerk may open it at other times all the
    same."""
    state = _state(plan, window, local.date(), minute_of(local))
    return Duty(*state, _changes(plan, window, local, state))


def work_spans(plan: OpeningPlan, window: int, day: date) -> tuple[Span, ...]:
    """The window's hours of a day, with its breaks still in them."""
    if window in plan.standby:
        own = [s for s in plan.day(day).shifts if window in s.windows]
    else:
        own = [s for s in plan.day(day).shifts if s.staffs(window)]
    return merged(span for shift in own for span in shift.hours)


def break_spans(plan: OpeningPlan, window: int) -> tuple[Span, ...]:
    """The planned pauses of the window."""
    return next((spans for no, spans in plan.breaks if no == window), ())


def _state(plan: OpeningPlan, window: int, day: date, minute: int) -> State:
    work = work_spans(plan, window, day)
    if within(work, minute):
        return (False, "break") if within(break_spans(plan, window), minute) else (True, None)
    if work and work[0][0] <= minute < work[-1][1]:
        return False, "lunch"
    return False, "off-duty" if within(plan.day(day).hours, minute) else "closed"


def _changes(plan: OpeningPlan, window: int, after: datetime, state: State) -> datetime | None:
    """The first moment after `after` at which the state is another one."""
    for day in days_from(after.date()):
        for minute in _edges(plan, window, day):
            if at(day, minute) > after and _state(plan, window, day, minute) != state:
                return at(day, minute)
    return None


def _edges(plan: OpeningPlan, window: int, day: date) -> list[int]:
    """The minutes of a day at which a state may begin; midnight is one of them."""
    spans: Iterator[Span] = chain(
        work_spans(plan, window, day), plan.day(day).hours, break_spans(plan, window)
    )
    return sorted({0, *(minute for span in spans for minute in span if minute < DAY_MINUTES)})
