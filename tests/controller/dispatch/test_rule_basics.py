"""What the rule does whatever it weighs: nobody unable, nobody overtaken without cause."""

from __future__ import annotations

from controller.dispatch.rule import HallRule
from controller.hall import commands as c
from controller.hall.port import Choice
from tests.controller.hall.desk import Desk

CLERKS = {1: "0517", 2: "0620", 3: "0700"}


def choose(desk: Desk, window: int) -> Choice | None:
    desk.do(c.OpenWindow(window, CLERKS[window]))
    return HallRule().choose(desk.hall, desk.hall.windows[window], desk.clock.now())


def test_nobody_is_called_to_a_window_that_can_serve_nobody() -> None:
    desk = Desk()
    assert choose(desk, 1) is None
    desk.issue("T-1")
    assert choose(desk, 1) is None


def test_of_two_with_the_same_instant_the_earlier_issue_goes_first() -> None:
    desk = Desk()
    first, second = desk.issue("C-1"), desk.issue("C-1")
    assert desk.ticket(first).seniority == desk.ticket(second).seniority
    found = choose(desk, 1)
    assert found is not None
    assert found.ticket == first


def test_same_class_and_service_are_called_in_the_order_of_arrival() -> None:
    desk = Desk()
    issued = []
    for n in range(20):
        issued.append(desk.issue("C-1"))
        desk.clock.forward(n % 3)
    desk.do(c.OpenWindow(1, "0517"))
    called = []
    for _ in issued:
        (event,) = desk.do(c.CallNext(1, "0517"))
        called.append(event.ticket)  # type: ignore[attr-defined]
        desk.do(c.Cancel(called[-1]))
    assert called == issued


def test_all_the_window_can_do_is_planned_in_the_ticket_s_order() -> None:
    desk = Desk()
    desk.issue("T-1", "C-1", "T-2")
    found = choose(desk, 3)
    assert found is not None
    assert found.items == (0, 2)
    facts = dict(found.reason.facts)
    assert (facts["waited_s"], facts["can_do"], facts["remaining"]) == (0, 2, 3)


def test_choosing_changes_nothing_and_falls_the_same_way_every_time() -> None:
    desk = Desk()
    for n in range(8):
        desk.issue(("C-1", "T-1")[n % 2])
    choose(desk, 2)
    before = desk.frozen()
    assert len({choose(desk, 2) for _ in range(5)}) == 1
    assert desk.hall == before
