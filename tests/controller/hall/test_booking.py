"""FR-16: which days and times may be booked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from controller.hall.booking import bookable_days, booking_slots
from controller.hall.opening import OpeningPlan
from controller.hall.spans import within
from tests.controller.hall.week import MONDAY, PLAN, SHUT, plans, when


def days(text: str) -> list[date]:
    return [date(2026, 3, int(n)) for n in text.split()]


def test_fr_16_days_from_tomorrow_to_the_fifth_working_day_without_those_that_are_shut() -> None:
    assert list(bookable_days(PLAN, MONDAY, 5)) == days("17 18 20 21 22 23")
    # the 19th is a holiday; the 21st a Saturday with some windows; the 22nd is made up


def test_fr_16_the_lead_is_counted_in_days() -> None:
    assert list(bookable_days(PLAN, MONDAY, 2, lead=0)) == days("16 17 18")
    assert list(bookable_days(PLAN, MONDAY, 2, lead=2)) == days("18")
    assert bookable_days(PLAN, MONDAY, 2, lead=3) == ()


def test_nothing_is_bookable_in_a_hall_that_never_works() -> None:
    assert bookable_days(OpeningPlan((SHUT,) * 7), MONDAY, 5) == ()


@pytest.mark.parametrize(
    ("service", "day", "first", "last", "count"),
    [
        ("EVERY", "16", "16 09:00", "16 16:45", 32),  # noon too: window 1 works
        ("LATE", "16", "16 09:00", "16 16:45", 12 + 14),  # window 2 rests at noon
        ("LATE", "18", "18 09:00", "18 18:45", 12 + 22),  # and works late on Wednesday
        ("NARROW", "16", "16 09:00", "16 13:45", 4 + 10),
    ],
)
def test_fr_16_slots_lie_in_the_hours_of_the_windows_that_can_do_the_item(
    service: str, day: str, first: str, last: str, count: int
) -> None:
    slots = booking_slots(PLAN, service, when(f"{day} 00:00").date(), 15)
    assert (slots[0], slots[-1], len(slots)) == (when(first), when(last), count)


def test_a_rest_too_short_for_a_slot_is_not_booked() -> None:
    starts = [f"{s:%H:%M}" for s in booking_slots(PLAN, "NARROW", MONDAY, 40)]
    assert starts == ["09:00", "11:30", "12:10", "12:50"]  # not 09:40, which would end at 10:20


@settings(max_examples=50)
@given(plans())
def test_fr_16_every_slot_ends_before_the_windows_close(plan: OpeningPlan) -> None:
    for day in (MONDAY + timedelta(days=n) for n in range(10)):
        slots = booking_slots(plan, "SOME", day, 20)
        assert list(slots) == sorted(set(slots))
        for start in slots:
            minute = start.hour * 60 + start.minute
            span = within(plan.day(day).hours, minute)
            assert span is not None
            assert minute + 20 <= span[1]
