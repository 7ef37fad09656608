"""Appointments: kept, given back, booked; who is barred from booking and for how long."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from controller.hall import refusals as r
from controller.hall.appointments import (
    Booking,
    BookingRules,
    BookingState,
    Due,
    blocked_by,
    check_booking,
    check_cancel,
    check_kept,
    due_of,
)
from controller.hall.instants import MINUTE, Moment

SLOT = datetime(2026, 3, 17, 10, 0)
TODAY = SLOT.date()
BOOKING = Booking("2026-03-17-1000-1", TODAY, SLOT, "C-1")
RULES = BookingRules()


def at(minutes: int, seconds: int = 0) -> Moment:
    """A moment so long after the slot; negative: before."""
    return Moment(0, SLOT + timedelta(minutes=minutes, seconds=seconds))


@pytest.mark.parametrize("state", [s for s in BookingState if s is not BookingState.BOOKED])
def test_an_appointment_that_is_over_or_used_lets_nobody_in(state: BookingState) -> None:
    with pytest.raises(r.UnknownBooking):
        check_kept(Booking(BOOKING.id, TODAY, SLOT, "C-1", state), at(0))


def test_tomorrow_s_appointment_is_none_today() -> None:
    tomorrow = SLOT + timedelta(days=1)
    with pytest.raises(r.UnknownBooking):
        check_kept(Booking("x", tomorrow.date(), tomorrow, "C-1"), at(0))
    check_kept(BOOKING, at(0))


@pytest.mark.parametrize(
    ("minutes", "seconds", "due"),
    [
        (-15, -1, Due.EARLY),
        (-15, 0, Due.DUE),
        (0, 0, Due.DUE),
        (0, 1, Due.LATE),
        (15, 0, Due.LATE),
        (15, 1, Due.OVER),
    ],
)
def test_fr_14_whoever_comes_is_told_how_early_or_late_to_the_second(
    minutes: int, seconds: int, due: Due
) -> None:
    opens = SLOT - timedelta(minutes=15)
    assert due_of(BOOKING, at(minutes, seconds), 15 * MINUTE, 15 * MINUTE) == (due, opens)


def test_fr_14_without_bounds_the_whole_day_is_in_time() -> None:
    midnight = datetime.combine(TODAY, datetime.min.time())
    assert due_of(BOOKING, at(-600), None, None) == (Due.DUE, midnight)
    assert due_of(BOOKING, at(700), None, None) == (Due.LATE, midnight)


@pytest.mark.parametrize("state", [s for s in BookingState if s is not BookingState.BOOKED])
def test_what_became_of_an_appointment_is_told_whatever_the_time(state: BookingState) -> None:
    over = Booking(BOOKING.id, TODAY, SLOT, "C-1", state)
    assert due_of(over, at(0), MINUTE, MINUTE)[0] == Due(state.value)


def test_an_appointment_of_another_day_is_told_as_such() -> None:
    tomorrow = SLOT + timedelta(days=1)
    other = Booking("x", tomorrow.date(), tomorrow, "C-1")
    assert due_of(other, at(0), MINUTE, MINUTE)[0] is Due.OTHER_DAY


@pytest.mark.parametrize(("minutes", "seconds", "late"), [(-120, 0, False), (-120, 1, True)])
def test_fr_16_a_time_is_given_back_two_hours_before_at_the_latest(
    minutes: int, seconds: int, late: bool
) -> None:
    if late:
        with pytest.raises(r.TooLateToCancel, match="120 minutes"):
            check_cancel(BOOKING, RULES, at(minutes, seconds))
    else:
        check_cancel(BOOKING, RULES, at(minutes, seconds))


def test_fr_16_one_person_has_one_appointment_a_day() -> None:
    free = [(SLOT, 1), (SLOT + timedelta(minutes=15), 1)]
    with pytest.raises(r.BookedThatDay):
        check_booking(free, SLOT, [BOOKING], None)
    cancelled = Booking(BOOKING.id, TODAY, SLOT, "C-1", BookingState.CANCELLED)
    check_booking(free, SLOT, [cancelled], None)


def test_fr_16_one_that_was_kept_counts_it_is_open_again_if_its_paper_never_came() -> None:
    kept = Booking(BOOKING.id, TODAY, SLOT, "C-1", BookingState.ARRIVED)
    with pytest.raises(r.BookedThatDay, match="kept included"):
        check_booking([(SLOT, 1)], SLOT, [kept], None)


def test_fr_16_a_full_slot_names_the_next_free_one() -> None:
    with pytest.raises(r.SlotFull, match="03-17 10:30"):
        check_booking([(SLOT + timedelta(minutes=30), 1)], SLOT, [], None)


def test_fr_15_who_is_barred_is_told_until_when_and_that_numbers_go_on() -> None:
    with pytest.raises(r.BookingBlocked, match="2026-04-16") as refused:
        check_booking([(SLOT, 1)], SLOT, [], "2026-04-16")
    assert "现场取号不受影响" in refused.value.chinese()


def days_ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=n) for n in days]


@pytest.mark.parametrize(
    ("absences", "barred"),
    [
        ((0,), False),
        ((1, 0), False),
        ((29, 1, 0), True),
        ((30, 1, 0), False),
        ((60, 45, 30, 0), False),
        ((9, 8, 7, 0), True),
    ],
)
def test_fr_15_three_absences_within_thirty_days_bar_for_thirty_days(
    absences: tuple[int, ...], barred: bool
) -> None:
    until = blocked_by(days_ago(*absences), RULES, TODAY)
    assert until == (TODAY + timedelta(days=30) if barred else None)
