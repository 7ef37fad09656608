"""The simulated citizens: they come by the day's profile and want what the hall offers."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from config import DEMO, HallConfig, load_hall
from controller.cli.demo.busy_day import Day
from controller.cli.demo.busy_line import LONGEST_PAUSE_S, BackOff
from controller.views.profile import Slot, share_between, slots

SPANS = [(8 * 60 + 45, 11 * 60 + 45), (13 * 60 + 15, 16 * 60 + 45)]


@pytest.fixture(scope="module")
def hall() -> HallConfig:
    return load_hall(DEMO)


def test_a_slot_ends_where_the_next_begins_or_no_more_numbers_are_given() -> None:
    day = slots({"08:45": 0.25, "11:00": 0.25, "13:15": 0.5}, SPANS)
    assert day == (Slot(525, 660, 0.25), Slot(660, 705, 0.25), Slot(795, 1005, 0.5))


def test_shares_add_up_to_a_whole_day_whatever_was_written() -> None:
    day = slots({"09:00": 3, "13:15": 1}, SPANS)
    assert share_between(day, 0, 1440) == pytest.approx(1)
    assert share_between(day, 0, 720) == pytest.approx(0.75)


def test_without_a_profile_the_day_is_even() -> None:
    day = slots({}, SPANS)
    assert share_between(day, 525, 705) == pytest.approx(180 / 390)


def test_nobody_is_drawn_to_the_hall_at_lunch_or_at_night(hall: HallConfig) -> None:
    day = Day(hall, Random(3))
    at, clocks = 0.0, []
    while at < day.length:
        at = day.next(at)
        clocks.append(day.clock(at % day.length))
    assert all(any(a <= clock < b for a, b in SPANS) for clock in clocks)


def test_as_many_come_as_the_items_daily_numbers_say(hall: HallConfig) -> None:
    day = Day(hall, Random(4))
    at, came = 0.0, 0
    while at < 20 * day.length:
        at, came = day.next(at), came + 1
    assert came / 20 == pytest.approx(day.tickets, rel=0.05)


def test_the_morning_peak_is_busier_than_the_late_afternoon(hall: HallConfig) -> None:
    day = Day(hall, Random(5))
    at, hours = 0.0, Counter[int]()
    while at < 20 * day.length:
        at = day.next(at)
        hours[day.clock(at % day.length) // 60] += 1
    assert hours[10] > 2 * hours[16] > 0


def test_a_day_watched_at_night_begins_before_the_peak(hall: HallConfig) -> None:
    day = Day(hall, Random(1))
    assert day.clock(day.begins(3 * 60)) in range(9 * 60, 10 * 60 + 16)
    assert day.clock(day.begins(14 * 60 + 7)) == 14 * 60 + 7


def test_visitors_want_items_or_a_bundle_of_this_hall(hall: HallConfig) -> None:
    day = Day(hall, Random(6))
    everybody = [day.visitor() for _ in range(800)]
    codes = {item.code for item in hall.items}
    assert all(bool(who.items) != bool(who.bundle) for who in everybody)
    assert all(set(who.items) <= codes for who in everybody)
    kinds = Counter(who.cls for who in everybody)
    assert kinds["priority"] / 800 == pytest.approx(hall.demand.priority_share, abs=0.04)
    assert {who.bundle for who in everybody} > {None}


def test_service_times_have_the_mean_of_the_item(hall: HallConfig) -> None:
    day = Day(hall, Random(7))
    item = hall.items[0]
    taken = [day.service_minutes(item.code, 1.0) for _ in range(4000)]
    assert sum(taken) / 4000 == pytest.approx(item.minutes, rel=0.05)


def test_the_same_seed_draws_the_same_day(hall: HallConfig) -> None:
    one, other = Day(hall, Random(8)), Day(hall, Random(8))
    assert [one.visitor() for _ in range(20)] == [other.visitor() for _ in range(20)]
    assert one.next(10) == other.next(10)


def test_trouble_is_waited_for_longer_each_time_up_to_a_bound() -> None:
    back_off = BackOff()
    waits = [back_off.failed() for _ in range(12)]
    assert all(a < b or a == b == LONGEST_PAUSE_S for a, b in pairwise(waits))
    back_off.succeeded()
    assert back_off.failed() == waits[0]
