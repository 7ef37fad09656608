"""When numbers are given: the pure arithmetic, and the configured hours of a real week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import load_hall
from controller.clock import moment
from controller.hall.instants import SECOND
from controller.hall.opening import (
    DayHours,
    OpeningPlan,
    closes_at,
    last_close,
    opening,
    unknown_years,
    working_days_ahead,
)
from controller.openings import Openings
from tests.controller.hall.week import PLAN, SHIFT, SHUT, minutes_from, plans, when
from tests.controller.hall_fixture import at

DEMO = Path(__file__).resolve().parents[3] / "config" / "demo"


@pytest.mark.parametrize(
    ("now", "is_open", "why", "following"),
    [
        ("17 08:44:59", False, "before", "17 08:45"),
        ("17 08:45:00", True, None, None),
        ("17 12:30:00", True, None, None),  # lunch duty
        ("17 16:44:59", True, None, None),
        ("17 16:45:00", False, "night", "18 08:45"),
        ("18 16:45:00", True, None, None),  # late on Wednesday
        ("18 18:45:00", False, "night", "20 08:45"),  # the 19th is a holiday
        ("19 10:00:00", False, "holiday", "20 08:45"),
        ("20 23:59:59", False, "night", "21 08:45"),
        ("21 11:45:00", False, "night", "22 08:45"),  # Sunday the 22nd is made up
        ("22 10:00:00", True, None, None),
        ("29 10:00:00", False, "weekend", "30 08:45"),
        ("17 00:00:00", False, "before", "17 08:45"),
    ],
)
def test_fr_12_the_hall_says_whether_why_and_when(
    now: str, is_open: bool, why: str | None, following: str | None
) -> None:
    state = opening(PLAN, when(now))
    assert (state.open, state.why) == (is_open, why)
    assert state.next == (when(following) if following else None)


def test_a_hall_without_lunch_duty_gives_no_numbers_at_noon() -> None:
    plain = DayHours((SHIFT,), working=True)
    state = opening(OpeningPlan((plain,) * 7), when("17 12:00"))
    assert (state.open, state.why, state.next) == (False, "lunch", when("17 13:15"))


def test_a_holiday_has_its_name() -> None:
    state = opening(PLAN, when("19 10:00"))
    assert (state.name, state.name_en) == ("清明节", "Tomb-Sweeping Day")


def test_windows_close_at_the_end_of_the_span_they_work_in() -> None:
    assert closes_at(PLAN, when("21 09:00")) == when("21 12:00")
    assert closes_at(PLAN, when("17 16:59")) == when("17 17:00")  # noon is joined by lunch duty
    assert closes_at(PLAN, when("17 17:00")) is None
    assert last_close(PLAN, date(2026, 3, 18)) == when("18 19:00")
    assert last_close(PLAN, date(2026, 3, 19)) is None


def test_a_hall_that_never_opens_again_says_so() -> None:
    never = OpeningPlan(week=(SHUT,) * 7)
    assert opening(never, when("17 10:00")).next is None
    assert working_days_ahead(never, date(2026, 3, 17), 1) is None


def test_fr_16_working_days_leave_out_holidays_and_saturdays_and_count_make_up_days() -> None:
    wednesday = date(2026, 3, 18)
    ahead = [working_days_ahead(PLAN, wednesday, n) for n in range(4)]
    assert ahead == [wednesday, date(2026, 3, 20), date(2026, 3, 22), date(2026, 3, 23)]


def test_law_8_the_years_whose_holidays_are_not_settled_are_named() -> None:
    plan = replace(PLAN, known_years=(2025, 2026))
    assert unknown_years(plan, date(2026, 12, 1), 30) == ()
    assert unknown_years(plan, date(2026, 12, 1), 31) == (2027,)
    assert unknown_years(PLAN, date(2026, 12, 1), 31) == ()


@settings(max_examples=25)
@given(plans())
def test_fr_12_the_next_opening_is_open_and_nothing_before_it_is(plan: OpeningPlan) -> None:
    told = None
    for now in minutes_from(datetime(2026, 3, 16), 7 * 24 * 60):
        state = opening(plan, now)
        assert state.open == (state.why is None)
        if state.open:
            assert told in (None, now)
            told = None
        else:
            assert told in (None, state.next)
            told = state.next
            if told is None:
                rest = [now.date() + timedelta(days=n) for n in range(1, 9)]
                assert not any(plan.day(day).ticketing for day in rest)
                return
            assert now < told


ZONES = {
    "Asia/Shanghai": "2026-03-27 00:00",
    "Europe/Berlin": "2026-03-27 00:00",  # an hour is left out on the 29th
    "America/New_York": "2026-10-30 00:00",  # an hour comes twice on the 1st
}


@settings(max_examples=25)
@given(plans(earliest=240), st.sampled_from(sorted(ZONES)))
def test_fr_12_the_instant_told_is_right_where_clocks_change_too(
    plan: OpeningPlan, zone: str
) -> None:
    openings = Openings(load_hall(DEMO))
    openings.plan, openings.zone = plan, ZoneInfo(zone)
    first = int(datetime.fromisoformat(ZONES[zone]).replace(tzinfo=openings.zone).timestamp())
    told: set[int | None] = set()
    for at_s in range(first, first + 4 * 24 * 3600, 60):
        found = openings.json(moment(at_s * SECOND, openings.zone))
        if found["hall_open"]:
            assert told <= {at_s * 1000}
            told = set()
        else:
            told.add(found["opens_at"])
            assert len(told) == 1
            if told == {None}:
                return


def demo() -> Openings:
    return Openings(load_hall(DEMO))


def json_at(text: str) -> dict[str, object]:
    return demo().json(moment(at(text), ZoneInfo("Asia/Shanghai")))


def test_the_demo_s_lunch_duty_keeps_numbers_coming_at_noon() -> None:
    assert json_at("2026-03-17 12:30:00")["hall_open"] is True


def test_the_demo_is_open_late_on_wednesdays_and_on_saturday_mornings_only() -> None:
    assert json_at("2026-03-18 18:00:00")["hall_open"] is True
    assert json_at("2026-03-17 18:00:00") == {
        "hall_open": False,
        "closed_why": "night",
        "closed_name": None,
        "closed_name_en": None,
        "opens_at": at("2026-03-18 08:45:00") // 1000,
    }
    assert json_at("2026-03-21 09:00:00")["hall_open"] is True
    assert json_at("2026-03-22 09:00:00")["closed_why"] == "weekend"


def test_the_demo_says_when_its_windows_close() -> None:
    now = moment(at("2026-03-18 17:30:00"), ZoneInfo("Asia/Shanghai"))
    assert demo().closes_at_ms(now) == at("2026-03-18 19:00:00") // 1000
    assert demo().last_close("2026-03-17") == datetime(2026, 3, 17, 17, 0)
    assert demo().last_close("2026-03-22") is None


def test_round_the_clock_is_always_open() -> None:
    always = Openings(load_hall(DEMO), round_the_clock=True)
    night = moment(at("2026-03-22 03:00:00"), ZoneInfo("Asia/Shanghai"))
    assert always.json(night)["hall_open"] is True
