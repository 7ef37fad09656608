"""FR-40: the roster opens and closes the right windows to the minute."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.hall.opening import OpeningPlan, round_the_clock
from controller.hall.roster import Duty, break_spans, duty, work_spans
from controller.hall.spans import within
from tests.controller.hall.week import MONDAY, PLAN, SHUT, minutes_from, plans, when


@pytest.mark.parametrize(
    ("window", "now", "why", "until"),
    [
        (2, "16 08:59:59", "closed", "16 09:00"),
        (2, "16 09:00:00", None, "16 12:00"),
        (2, "16 11:59:59", None, "16 12:00"),
        (2, "16 12:00:00", "lunch", "16 13:30"),
        (2, "16 13:30:00", None, "16 17:00"),
        (2, "16 17:00:00", "closed", "17 09:00"),
        (1, "16 10:09:59", None, "16 10:10"),
        (1, "16 10:10:00", "break", "16 10:20"),
        (1, "16 10:20:00", None, "16 11:15"),
        (1, "16 11:15:00", "break", "16 12:00"),
        (1, "16 12:00:00", None, "16 17:00"),  # lunch duty joins morning and afternoon
        (1, "18 17:00:00", "off-duty", "18 19:00"),  # Wednesday: window 2 works late
        (2, "18 18:59:00", None, "18 19:00"),
        (2, "18 19:00:00", "closed", "20 09:00"),  # the 19th is a holiday
        (3, "16 10:00:00", "off-duty", "16 17:00"),  # works if opened; at noon window 1 works
        (3, "21 10:00:00", None, "21 12:00"),  # named for Saturday
        (1, "21 10:00:00", "off-duty", "21 12:00"),
        (2, "22 09:00:00", None, "22 12:00"),  # Sunday made up
    ],
)
def test_fr_40_a_window_is_on_duty_to_the_minute(
    window: int, now: str, why: str | None, until: str
) -> None:
    assert duty(PLAN, window, when(now)) == Duty(why is None, why, when(until))


def test_a_roster_that_never_changes_says_so() -> None:
    assert duty(OpeningPlan((SHUT,) * 7), 1, when("16 10:00")) == Duty(False, "closed", None)
    assert duty(round_the_clock(PLAN), 3, when("16 03:00")) == Duty(True, None, None)


@settings(max_examples=25)
@given(plans(), st.sampled_from([1, 2, 3]))
def test_fr_40_every_minute_of_a_week_is_in_one_state_and_until_tells_the_next(
    plan: OpeningPlan, window: int
) -> None:
    told: Duty | None = None
    for now in minutes_from(datetime(2026, 3, 16), 7 * 24 * 60):
        here = duty(plan, window, now) if told is None or told.until == now else told
        if told is not None and here is not told:
            assert (here.on, here.why) != (told.on, told.why)
        told = here
        assert (told.on, told.why) == expected(plan, window, now)


def expected(plan: OpeningPlan, window: int, now: datetime) -> tuple[bool, str | None]:
    """The same said minute by minute, from the words of FR-40."""
    minute, day = now.hour * 60 + now.minute, plan.day(now.date())
    mine = [
        span
        for shift in day.shifts
        if window in shift.windows or (not shift.windows and window not in plan.standby)
        for span in shift.hours
    ]
    if within(mine, minute):
        return (False, "break") if within(break_spans(plan, window), minute) else (True, None)
    if any(s <= minute for s, _ in mine) and any(e > minute for _, e in mine):
        return False, "lunch"
    others = any(within(shift.hours, minute) for shift in day.shifts)
    return False, "off-duty" if others else "closed"


def test_the_hours_of_a_window_are_those_of_its_shifts() -> None:
    assert work_spans(PLAN, 1, MONDAY) == ((540, 1020),)
    assert work_spans(PLAN, 2, MONDAY) == ((540, 720), (810, 1020))
    assert work_spans(PLAN, 3, MONDAY) == ()
