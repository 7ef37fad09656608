"""What staff hear of without asking: crowded lines (FR-13), and people who wait in vain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.hall import commands as c
from controller.hall.alarms import Stranded, Why, crowded, stranded
from controller.hall.model import PauseReason
from tests.controller.hall.desk import CLERKS, Desk
from tests.controller.hall_fixture import small_plan


@pytest.mark.parametrize(("waiting", "told"), [(19, {}), (20, {"civil": 20}), (21, {"civil": 21})])
def test_fr_13_the_twentieth_who_waits_for_a_skill_raises_the_alarm(
    waiting: int, told: dict[str, int]
) -> None:
    desk = Desk()
    for _ in range(waiting):
        desk.issue("C-1")
    desk.issue("T-1")
    assert crowded(desk.hall) == told


def test_fr_13_the_alarm_s_limit_is_the_hall_s_and_a_call_ends_it() -> None:
    desk = Desk(small_plan(waiting_alarm=2))
    desk.issue("C-1", "T-1")
    desk.issue("T-2")
    assert crowded(desk.hall) == {"tax": 2}
    desk.open(3)
    desk.call(3)
    assert crowded(desk.hall) == {}


def test_whoever_needs_what_no_window_does_waits_in_vain() -> None:
    desk = Desk()
    civil, tax = desk.issue("C-1"), desk.issue("T-1")
    assert stranded(desk.hall) == (Stranded(civil, Why.SKILL), Stranded(tax, Why.SKILL))
    desk.open(1)
    assert stranded(desk.hall) == (Stranded(tax, Why.SKILL),)
    desk.open(2)
    assert stranded(desk.hall) == ()


def test_several_matters_wait_for_the_first_that_can_be_done() -> None:
    desk = Desk()
    desk.issue("T-1", "C-1")
    desk.open(1)
    assert stranded(desk.hall) == ()


def test_fr_29_whoever_needs_a_low_counter_that_nobody_sits_at_waits_in_vain() -> None:
    plan = small_plan()
    windows = {**plan.windows, 2: replace(plan.windows[2], low_counter=True)}
    desk = Desk(replace(plan, windows=windows))
    desk.issue("C-1")
    ticket = desk.issue("C-1", low_counter=True)
    desk.open(1)
    assert stranded(desk.hall) == (Stranded(ticket, Why.WINDOWS),)
    desk.open(2)
    assert stranded(desk.hall) == ()


def test_at_a_window_that_pauses_nobody_waits_in_vain() -> None:
    desk = Desk()
    desk.issue("C-1")
    desk.open(1)
    desk.key(c.PauseWindow, 1, reason=PauseReason.MEAL, minutes=45)
    assert stranded(desk.hall) == ()


def test_at_a_window_that_went_off_duty_everybody_does() -> None:
    desk = Desk()
    desk.open(1, 2)
    first, second = desk.issue("C-1"), desk.issue("C-1")
    desk.do(c.Move(second, "0900", to_window=2))
    desk.do(c.TurnRoster((3,)))
    assert [s.ticket for s in stranded(desk.hall)] == [first, second]
    assert desk.ticket(second).target is None, "nobody waits for a window that has gone"
    desk.do(c.ResumeWindow(2, CLERKS[2]))
    assert stranded(desk.hall) == ()


def test_the_longest_waiting_stand_first() -> None:
    desk = Desk()
    tickets = [desk.issue(item) for item in ("T-2", "C-1", "T-1", "C-1", "T-2")]
    assert [s.ticket for s in stranded(desk.hall)] == tickets
