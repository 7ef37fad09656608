"""What a day teaches the next ones: who is fast at what, how many come, and when."""

from __future__ import annotations

import dataclasses

import pytest

from controller.dispatch.rule import HallRule
from controller.engine import ThreadingEngine
from controller.hall import commands as c
from controller.hall import learning
from controller.hall.day_events import DayLearned
from controller.hall.evolve import evolve
from controller.hall.knowledge import Knowledge, Statistics, Tally
from controller.hall.model import Hall, Result
from controller.hall.plan import Plan
from controller.journal.base import Batch, Record
from controller.journal.memory import MemoryJournal
from controller.service import Service
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import FakeClock, small_plan

FAST, SLOW = "0517", "0620"


def plan() -> Plan:
    """The small hall, whose configuration expects eight of C-1 a day."""
    usual = small_plan()
    services = {**usual.services, "C-1": dataclasses.replace(usual.services["C-1"], daily=8.0)}
    return dataclasses.replace(usual, services=services)


def serve(desk: Desk, window: int, clerk: str, minutes: float, item: str = "C-1") -> None:
    desk.issue(item)
    (called,) = desk.do(c.CallNext(window, clerk))
    ticket = called.ticket  # type: ignore[attr-defined]
    desk.do(c.Arrive(window, clerk, ticket=ticket))
    desk.clock.forward(minutes * 60)
    desk.do(c.Finish(window, clerk, ticket=ticket, item=0, result=Result.DONE))


def a_day(desk: Desk, day: str, fast: int = 6, slow: int = 4) -> None:
    desk.clock.set(f"{day} 09:00:00")
    desk.turn()
    desk.do(c.OpenWindow(1, FAST))
    for _ in range(fast):
        serve(desk, 1, FAST, 5)
    desk.do(c.CloseWindow(1, FAST))
    desk.do(c.OpenWindow(2, SLOW))
    for _ in range(slow):
        serve(desk, 2, SLOW, 20)


def two_days() -> Desk:
    desk = Desk(plan(), FakeClock("2026-03-16 08:00:00"))
    a_day(desk, "2026-03-16")
    a_day(desk, "2026-03-17")
    desk.clock.set("2026-03-18 08:30:00")
    desk.turn()
    return desk


def test_before_any_day_the_configuration_is_believed() -> None:
    assert Hall(plan()).known == Knowledge(expected={"C-1": 8.0})


def test_the_third_morning_knows_a_fast_and_a_slow_clerk() -> None:
    known = two_days().hall.known
    fast, slow = known.observed[FAST]["C-1"], known.observed[SLOW]["C-1"]
    assert (fast.minutes, slow.minutes) == pytest.approx((5, 20), abs=0.01)
    assert (fast.n, slow.n) == pytest.approx((6 * 1.9659, 4 * 1.9659), abs=0.01)
    assert known.days == pytest.approx(1.9659, abs=0.001)


def test_the_third_morning_expects_what_came_and_a_little_of_what_was_guessed() -> None:
    expected = two_days().hall.known.expected
    assert expected["C-1"] == pytest.approx((10 * 1.9659 + 2 * 8) / 3.9659, abs=0.01)
    assert expected["T-1"] == pytest.approx(2 * 1.0 / 3.9659, abs=0.01)


def test_the_third_morning_knows_at_which_quarter_of_an_hour_people_came() -> None:
    profile = two_days().hall.known.profile
    assert sum(profile.values()) == pytest.approx(10)
    assert profile[36] == pytest.approx(3), "at 9:00, 9:05 and 9:10"
    assert min(profile) == 36


def test_the_estimates_of_the_third_day_follow_what_was_seen() -> None:
    desk = two_days()
    desk.do(c.OpenWindow(1, FAST))
    desk.do(c.OpenWindow(2, SLOW))
    posts = HallRule().tables(desk.hall).posts
    fast, slow = posts[1].micros["C-1"], posts[2].micros["C-1"]
    assert 1.3 < slow / fast < 4, "believed as far as ten services go"


def test_a_day_that_taught_nothing_is_opened_without_more_and_ages_nothing() -> None:
    desk = Desk()
    desk.clock.set("2026-03-18 08:00:00")
    assert [e.type for e in desk.turn()] == ["day.opened"]
    desk = two_days()
    before = desk.hall.known
    desk.clock.set("2026-03-21 08:00:00")
    assert [e.type for e in desk.turn()] == ["day.opened", "day.learned"]
    assert desk.hall.known == before


@pytest.mark.parametrize("minutes", [0, 4 / 60, 4 * 60 + 1])
def test_a_slip_of_the_keys_and_a_forgotten_screen_teach_nothing(minutes: float) -> None:
    desk = Desk()
    desk.do(c.OpenWindow(1, FAST))
    serve(desk, 1, FAST, minutes)
    assert desk.hall.today.served == {}
    assert desk.hall.today.issued == {"C-1": 1}


def test_every_item_of_a_ticket_has_a_time_of_its_own() -> None:
    desk = Desk()
    desk.do(c.OpenWindow(2, FAST))
    ticket = desk.issue("C-1", "T-1")
    desk.do(c.CallNext(2, FAST))
    desk.do(c.Arrive(2, FAST, ticket=ticket))
    for item, seconds in ((0, 60), (1, 90)):
        desk.clock.forward(seconds)
        desk.do(c.Finish(2, FAST, ticket=ticket, item=item, result=Result.DONE))
    assert desk.hall.today.served == {
        (FAST, "C-1"): (1, 60_000_000),
        (FAST, "T-1"): (1, 90_000_000),
    }


def test_after_the_half_life_a_day_counts_half_and_what_is_long_gone_is_forgotten() -> None:
    known = Statistics(0, ((FAST, "C-1", 4000, 20_000),), (("C-1", 4000),))
    other = Tally(issued={"T-1": 1})
    for _ in range(learning.HALF_LIFE_DAYS):
        known = learning.merged(known, other)
    assert known.served[0][2:] == pytest.approx((2000, 10_000), abs=5)
    for _ in range(8 * learning.HALF_LIFE_DAYS):
        known = learning.merged(known, other)
    assert known.served == ()


def test_what_was_learned_names_clerks_by_number_and_holds_whole_numbers_only() -> None:
    (learned,) = [a.event for a in two_days().log if isinstance(a.event, DayLearned)][-1:]
    assert {clerk for clerk, *_ in learned.served} == {FAST, SLOW}
    numbers = [n for row in (*learned.served, *learned.issued) for n in row[-2:]]
    assert all(isinstance(n, int) for n in numbers if not isinstance(n, str))


def test_a_restart_on_the_third_day_knows_the_same() -> None:
    desk, journal = two_days(), MemoryJournal()
    day, records = "", []
    for a in desk.log:
        day = getattr(a.event, "day", day)
        records.append(Record(a.seq, a.at, day, "system", a.event))
    journal.append(Batch(records))
    restarted = Service(plan(), HallRule(), journal, desk.clock, ThreadingEngine()).hall
    assert (restarted.known, restarted.today) == (desk.hall.known, desk.hall.today)
    again = Hall(plan())
    for a in desk.log:
        evolve(again, a.event, a.seq, a.at)
    assert again == desk.hall
