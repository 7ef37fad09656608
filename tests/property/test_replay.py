"""Replaying a journal gives the same hall, and the rule decides everything as it did."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.dispatch.rule import HallRule
from controller.hall import commands as c
from controller.hall.instants import Moment
from controller.hall.model import DropReason, Hall, Window
from controller.hall.plan import Mode
from controller.hall.port import Choice
from controller.simulate.asking_again import Stored, asked_again
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import small_plan
from tests.property.random_days import RandomHall


def stored(hall: RandomHall) -> list[Stored]:
    return [(a.seq, a.at, a.event) for a in hall.desk.log]


@settings(max_examples=15)
@given(
    seed=st.integers(0, 10**6),
    mode=st.sampled_from(Mode),
    cap=st.sampled_from([None, 1, 3]),
)
def test_replaying_its_journal_gives_the_same_decisions(
    seed: int, mode: Mode, cap: int | None
) -> None:
    hall = RandomHall(seed, mode=mode, overtaking_cap=cap)
    hall.live(150)
    hall.a_night()
    hall.live(150)
    again = asked_again(hall.desk.hall.plan, stored(hall), HallRule())
    assert again.differing == []
    assert again.calls > 20
    assert again.hall == hall.desk.hall


def test_a_replay_from_the_second_day_s_opening_decides_the_same() -> None:
    """As a restart reads it."""
    hall = RandomHall(7)
    hall.live(200)
    hall.a_night()
    hall.live(200)
    events = stored(hall)
    start = max(n for n, (_, _, event) in enumerate(events) if event.type == "day.opened")
    again = asked_again(hall.desk.hall.plan, events[start:], HallRule())
    assert (again.differing, again.hall) == ([], hall.desk.hall)
    assert again.calls > 20


class YoungestFirst(HallRule):
    """A rule nobody would want."""

    def choose(self, hall: Hall, window: Window, now: Moment) -> Choice | None:
        usual = super().choose(hall, window, now)
        able = [t for t in hall.waiting.tickets() if hall.tickets[t].doable(window.skills)]
        return usual and replace(usual, ticket=max(able))


@pytest.mark.parametrize("seed", [1, 2])
def test_another_rule_is_found_out(seed: int) -> None:
    hall = RandomHall(seed)
    hall.live(200)
    assert asked_again(hall.desk.hall.plan, stored(hall), YoungestFirst()).differing


def test_calls_of_people_and_offers_of_the_rule_are_each_asked_about_once() -> None:
    plan = small_plan()
    windows = {no: replace(w, auto=no == 1) for no, w in plan.windows.items()}
    desk = Desk(replace(plan, windows=windows))
    first, second, third = (desk.issue("C-1") for _ in range(3))
    desk.do(c.OpenWindow(1, "0517"))
    assert desk.hall.windows[1].offer == first
    desk.wait(10)
    desk.do(c.Hold(1, "0517", ticket=first))
    desk.do(c.Decline(1, "0517"))
    chosen = c.CallChosen(1, "0901", authority=True, ticket=third, why="急重病")
    desk.do(chosen)
    desk.do(c.Drop(1, "0517", ticket=third, reason=DropReason.WISH))
    desk.do(c.Decline(1, "0517"))
    desk.do(c.CallBack(1, "0517", ticket=first))
    again = asked_again(desk.hall.plan, [(a.seq, a.at, a.event) for a in desk.log], HallRule())
    offers = [a for a in desk.log if a.event.type == "ticket.offered"]
    assert (again.differing, again.calls) == ([], len(offers))
    assert desk.ticket(second).state == "waiting"
