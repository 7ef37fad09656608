"""When numbers are given: the pure arithmetic, and the configured hours of a real week."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config import load_hall
from controller.clock import moment
from controller.hall.opening import DayHours, OpeningPlan, closes_at, last_close, opening
from controller.openings import Openings
from tests.controller.hall_fixture import at

DEMO = Path(__file__).resolve().parents[3] / "config" / "demo"
DAY = DayHours(hours=((540, 720), (810, 1020)), ticketing=((525, 705), (795, 1005)))
SHUT = DayHours()
PLAN = OpeningPlan(
    week=(DAY, DAY, DAY, DAY, DAY, SHUT, SHUT),
    workday=DAY,
    closed_on=frozenset({date(2026, 3, 18)}),
    open_on=frozenset({date(2026, 3, 22)}),
)


def when(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}")


@pytest.mark.parametrize(
    ("now", "is_open", "why", "following"),
    [
        ("17 08:44:59", False, "before", "17 08:45"),
        ("17 08:45:00", True, None, None),
        ("17 11:44:59", True, None, None),
        ("17 11:45:00", False, "lunch", "17 13:15"),
        ("17 13:15:00", True, None, None),
        ("17 16:45:00", False, "night", "19 08:45"),  # the 18th is a holiday
        ("18 10:00:00", False, "weekend", "19 08:45"),
        ("20 23:59:59", False, "night", "22 08:45"),  # Sunday the 22nd is a make-up day
        ("21 10:00:00", False, "weekend", "22 08:45"),
        ("22 10:00:00", True, None, None),
        ("17 00:00:00", False, "before", "17 08:45"),
    ],
)
def test_the_hall_says_whether_why_and_when(
    now: str, is_open: bool, why: str | None, following: str | None
) -> None:
    state = opening(PLAN, when(now))
    assert (state.open, state.why) == (is_open, why)
    assert state.next == (when(following) if following else None)


def test_windows_close_at_the_end_of_the_span_they_work_in() -> None:
    assert closes_at(PLAN, when("17 09:00")) == when("17 12:00")
    assert closes_at(PLAN, when("17 16:59")) == when("17 17:00")
    assert closes_at(PLAN, when("17 12:00")) is None
    assert last_close(PLAN, date(2026, 3, 17)) == when("17 17:00")
    assert last_close(PLAN, date(2026, 3, 18)) is None


def test_a_hall_that_never_opens_again_says_so() -> None:
    never = OpeningPlan(week=(SHUT,) * 7, workday=DAY)
    assert opening(never, when("17 10:00")).next is None


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
