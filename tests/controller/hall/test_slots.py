"""FR-12: outside a slot closed, and when next; its quota used up exhausted, and which is next."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.hall.opening import OpeningPlan, opening, round_the_clock
from controller.hall.slots import (
    Availability,
    Slot,
    Ticketing,
    availability,
    next_slot,
    slot_of,
    slots_of_day,
)
from tests.controller.hall.week import MONDAY, PLAN, minutes_from, plans, when


def slot(service: str, start: str, end: str, quota: int | None = None) -> Slot:
    return Slot(service, when(start), when(end), quota)


def test_fr_12_an_item_has_the_slots_of_the_shifts_that_can_do_it() -> None:
    assert slots_of_day(PLAN, "EVERY", MONDAY) == (
        slot("EVERY", "16 08:45", "16 11:45"),
        slot("EVERY", "16 11:45", "16 13:15"),  # window 1 works at noon
        slot("EVERY", "16 13:15", "16 16:45"),
    )
    assert slots_of_day(PLAN, "LATE", MONDAY) == (
        slot("LATE", "16 08:45", "16 11:45", 5),
        slot("LATE", "16 13:15", "16 16:45", 5),
    )


def test_fr_12_an_items_own_spans_narrow_the_hall_s() -> None:
    assert slots_of_day(PLAN, "NARROW", MONDAY) == (
        slot("NARROW", "16 09:00", "16 10:00", 2),
        slot("NARROW", "16 11:30", "16 14:00", 2),
    )
    assert slots_of_day(PLAN, "NARROW", when("19 00:00").date()) == ()  # a holiday


@pytest.mark.parametrize(
    ("now", "state", "following", "why"),
    [
        ("16 08:59:59", "closed", "16 09:00", "slot"),  # the hall gives numbers for others
        ("16 09:00:00", "open", None, None),
        ("16 09:59:59", "open", None, None),
        ("16 10:00:00", "closed", "16 11:30", "slot"),
        ("16 20:00:00", "closed", "17 09:00", "night"),
        ("18 14:00:00", "closed", "20 09:00", "slot"),
        ("19 10:00:00", "closed", "20 09:00", "holiday"),
        ("21 10:00:00", "closed", "22 09:00", "slot"),  # Saturday: window 1 is off
    ],
)
def test_fr_12_outside_its_slots_an_item_is_closed_and_says_when_next(
    now: str, state: str, following: str | None, why: str | None
) -> None:
    found = availability(PLAN, "NARROW", when(now), {})
    assert (found.state, found.why) == (state, why)
    assert (found.next and found.next.start) == (when(following) if following else None)


def test_fr_12_a_slot_whose_quota_is_used_up_is_exhausted_and_names_the_next() -> None:
    morning = slot("NARROW", "16 09:00", "16 10:00", 2)
    noon = slot("NARROW", "16 11:30", "16 14:00", 2)
    now = when("16 09:30")
    one_taken = availability(PLAN, "NARROW", now, {morning.key: 1})
    assert one_taken == Availability(Ticketing.OPEN, morning, 1)
    two_taken = availability(PLAN, "NARROW", now, {morning.key: 2})
    assert two_taken == Availability(Ticketing.EXHAUSTED, morning, 0, noon)
    too_many = availability(PLAN, "NARROW", now, {morning.key: 7})  # a kiosk was offline
    assert too_many == two_taken
    both = availability(PLAN, "NARROW", now, {morning.key: 2, noon.key: 2})
    assert both.next is not None
    assert both.next.start == when("17 09:00")


def test_without_a_quota_a_slot_is_never_exhausted() -> None:
    found = availability(PLAN, "EVERY", when("16 09:00"), {("EVERY", when("16 08:45")): 5000})
    assert (found.state, found.left) == (Ticketing.OPEN, None)


def test_round_the_clock_every_item_is_open_and_quotas_hold() -> None:
    always = round_the_clock(PLAN)
    found = availability(always, "NARROW", when("19 03:00"), {})
    assert (found.state, found.left) == (Ticketing.OPEN, 2)


def test_an_unknown_item_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        slot_of(PLAN, "NONE", when("16 09:00"))


@settings(max_examples=25)
@given(plans(), st.sampled_from(["ALL", "SOME"]))
def test_fr_12_every_minute_of_a_week_is_in_one_slot_or_none_and_next_is_the_first_to_come(
    plan: OpeningPlan, service: str
) -> None:
    told: Slot | None = None
    for now in minutes_from(datetime(2026, 3, 16), 7 * 24 * 60):
        found = slot_of(plan, service, now)
        holding = [s for s in slots_of_day(plan, service, now.date()) if s.start <= now < s.end]
        assert holding == ([] if found is None else [found])
        if found is not None:
            assert opening(plan, now).open
            assert found.start < now or told in (None, found)
        if told is None or told.start == now:
            told = next_slot(plan, service, now)
            if told is None:
                return
        assert now < told.start
        if found is not None and found.start == now:
            assert found != told
