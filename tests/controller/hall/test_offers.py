"""FR-32: a free window is offered a number, and calls it unless its clerk keeps it back."""

from __future__ import annotations

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.model import DispatchClass, TicketState, WindowState
from tests.controller.hall.desk import CLERKS, Desk
from tests.controller.hall_fixture import auto_plan

S = TicketState


def idle(*windows: int, **rules: object) -> Desk:
    """A hall whose windows 1, 2 and 3 are offered tickets; these are open, and nobody waits."""
    desk = Desk(auto_plan(1, 2, 3, **rules))
    for no in windows:
        desk.open(no)
        desk.wait(1)
    return desk


def offer(desk: Desk, window: int) -> str | None:
    return desk.hall.windows[window].offer


def test_fr_32_a_ticket_that_comes_is_offered_and_called_after_ten_seconds() -> None:
    desk = idle(1)
    ticket = desk.issue("C-1")
    assert (desk.state(ticket), offer(desk, 1)) == (S.OFFERED, ticket)
    assert desk.wait(9.999999) == []
    (called,) = desk.wait(0.000001)
    assert called.type == "ticket.called"
    assert called.clerk == CLERKS[1]  # type: ignore[attr-defined]
    assert called.reason.rule == "hall"  # type: ignore[attr-defined]
    assert (desk.state(ticket), offer(desk, 1)) == (S.CALLED, None)


def test_fr_32_without_grace_it_is_called_at_once() -> None:
    desk = idle(1, offer_grace=0)
    ticket = desk.issue("C-1")
    assert desk.state(ticket) is S.CALLED


def test_fr_32_a_window_that_becomes_free_is_offered_the_next() -> None:
    desk = idle(1)
    first, second = desk.issue("C-1"), desk.issue("C-1")
    desk.wait(10)
    desk.serve(first, 1, CLERKS[1])
    assert offer(desk, 1) == second


def test_fr_32_a_window_that_is_not_asked_to_is_offered_nothing() -> None:
    desk = Desk(auto_plan(2))
    desk.open(1)
    ticket = desk.issue("C-1")
    assert desk.wait(60) == []
    assert desk.state(ticket) is S.WAITING


def test_fr_32_each_window_has_one_offer_and_each_ticket_one_window() -> None:
    desk = idle(1, 2, 3)
    tickets = [desk.issue("C-1") for _ in range(3)]
    assert sorted([offer(desk, 1) or "", offer(desk, 2) or ""]) == tickets[:2]
    assert offer(desk, 3) is None
    assert desk.state(tickets[2]) is S.WAITING


def test_fr_32_flexible_windows_stay_free_for_what_only_they_can_do() -> None:
    desk = idle(2, 1)
    assert offer(desk, 1) is None
    ticket = desk.issue("C-1")
    assert offer(desk, 1) == ticket, "window 2 does taxes besides"


def test_fr_32_the_clerk_may_call_at_once() -> None:
    desk = idle(1)
    ticket = desk.issue("C-1")
    assert desk.call(1) == ticket


def test_fr_32_what_the_clerk_keeps_back_waits_as_before() -> None:
    desk = idle(1)
    ticket = desk.issue("C-1")
    seniority = desk.ticket(ticket).seniority
    desk.key(c.Decline, 1)
    assert (desk.state(ticket), desk.ticket(ticket).seniority) == (S.WAITING, seniority)
    assert desk.wait(3600) == [], "the window is offered none until its clerk wants one"
    assert desk.call(1) == ticket


def test_fr_32_what_one_clerk_keeps_back_another_is_offered() -> None:
    desk = idle(1, 2)
    ticket = desk.issue("C-1")
    assert offer(desk, 1) == ticket
    desk.key(c.Decline, 1)
    assert (offer(desk, 1), offer(desk, 2)) == (None, ticket)
    desk.key(c.Decline, 2)
    assert desk.state(ticket) is S.WAITING


def test_fr_32_a_press_of_the_call_key_ends_the_hold_although_nobody_waits() -> None:
    desk = idle(1)
    first = desk.issue("C-1")
    desk.key(c.Decline, 1)
    desk.do(c.Cancel(first))
    (ready,) = desk.key(c.CallNext, 1)
    assert ready.type == "window.ready"
    assert desk.key(c.CallNext, 1) == []
    assert offer(desk, 1) is None
    second = desk.issue("C-1")
    assert offer(desk, 1) == second


@pytest.mark.parametrize("command", [c.PauseWindow, c.CloseWindow])
def test_fr_32_a_window_that_goes_leaves_its_offer_to_the_others(
    command: type[c.AtWindow],
) -> None:
    desk = idle(1, 2)
    ticket = desk.issue("C-1")
    assert offer(desk, 1) == ticket
    desk.key(command, 1)
    assert (offer(desk, 1), offer(desk, 2)) == (None, ticket)


def test_fr_32_a_window_whose_skills_change_is_offered_again() -> None:
    desk = idle(1)
    desk.issue("C-1")
    desk.do(c.SetSkills(1, ("tax",)))
    assert offer(desk, 1) is None
    ticket = desk.issue("T-1")
    assert offer(desk, 1) == ticket, "an offer that was withdrawn is not one that was kept back"


def test_fr_32_a_supervisor_s_choice_and_a_call_back_come_before_the_offer() -> None:
    desk = idle(1)
    held = desk.issue("C-1")
    desk.call(1)
    desk.key(c.Hold, 1)
    offered, chosen = desk.issue("C-1"), desk.issue("C-2")
    assert offer(desk, 1) == offered
    desk.do(c.CallChosen(1, "0001", True, ticket=chosen, why="急事"))
    assert (offer(desk, 1), desk.state(offered)) == (None, S.WAITING)
    desk.serve(chosen, 1, CLERKS[1])
    assert offer(desk, 1) == offered
    desk.key(c.CallBack, 1, ticket=held)
    assert (offer(desk, 1), desk.state(offered)) == (None, S.WAITING)


def test_fr_32_who_cancels_is_not_called() -> None:
    desk = idle(1)
    ticket = desk.issue("C-1")
    desk.do(c.Cancel(ticket))
    assert offer(desk, 1) is None
    assert desk.wait(60) == []


def test_fr_32_nothing_is_offered_to_a_window_that_rests() -> None:
    desk = idle(1)
    desk.key(c.PauseWindow, 1)
    desk.issue("C-1")
    assert offer(desk, 1) is None
    assert desk.hall.windows[1].state is WindowState.PAUSED
    desk.key(c.ResumeWindow, 1)
    assert offer(desk, 1) is not None


def test_fr_32_nothing_to_keep_back_is_said_so() -> None:
    desk = idle(1)
    with pytest.raises(x.NothingOffered):
        desk.key(c.Decline, 1)


def test_fr_32_another_window_that_presses_gets_another_person() -> None:
    desk = Desk(auto_plan(1))
    desk.open(1, 2)
    offered = desk.issue("C-1")
    assert offer(desk, 1) == offered
    assert desk.call(2) is None
    other = desk.issue("C-1")
    assert desk.call(2) == other


def test_fr_27_an_offer_that_was_kept_back_has_overtaken_nobody() -> None:
    desk = idle(1, overtaking_cap=1)
    desk.key(c.PauseWindow, 1)
    desk.issue("C-1")
    first, second = (desk.issue("C-2", cls=DispatchClass.PRIORITY) for _ in range(2))
    desk.clock.forward(600)
    desk.key(c.ResumeWindow, 1)
    assert offer(desk, 1) == first
    desk.key(c.Decline, 1)
    assert desk.call(1) == first, "one may go first, and none has"
    desk.serve(first, 1, CLERKS[1])
    assert offer(desk, 1) != second, "and one has"
