"""FR-38: hold 挂起 and call back 回呼; at most three at a window, each for an hour at most."""

from __future__ import annotations

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.model import TicketState
from tests.controller.hall.desk import CLERKS, Desk, desk_with
from tests.controller.hall_fixture import small_plan

S = TicketState


def holding(number: int, **rules: object) -> tuple[Desk, list[str]]:
    """Window 1 with so many people sent for documents."""
    desk = Desk(small_plan(**rules))
    held = []
    for _ in range(number):
        held.append(desk.called("C-1"))
        desk.key(c.Hold, 1)
    return desk, held


def test_fr_38_a_window_holds_three_and_not_four() -> None:
    desk, held = holding(3)
    assert desk.hall.windows[1].held == tuple(held)
    desk.called("C-1")
    with pytest.raises(x.HoldLimit, match="3"):
        desk.key(c.Hold, 1)


def test_fr_38_who_was_called_back_makes_room() -> None:
    desk, held = holding(3)
    desk.key(c.CallBack, 1, ticket=held[1])
    assert desk.hall.windows[1].held == (held[0], held[2])
    desk.key(c.Hold, 1)
    assert desk.hall.windows[1].held == (held[0], held[2], held[1])


def test_fr_38_the_others_are_called_while_somebody_fetches_something() -> None:
    desk, _ = holding(1)
    other = desk.issue("C-1")
    assert desk.call(1) == other
    with pytest.raises(x.WindowBusy):
        desk.key(c.CallBack, 1, ticket=desk.hall.windows[1].held[0])


def test_fr_38_a_hold_ends_after_an_hour_and_counts_as_passed() -> None:
    desk, (ticket,) = holding(1)
    assert desk.wait(60 * 60) == []
    (lapsed,) = desk.wait(0.000001)
    assert lapsed.type == "ticket.lapsed"
    assert desk.state(ticket) is S.PASSED
    assert desk.hall.windows[1].held == ()
    desk.wait(30 * 60)
    desk.do(c.Return(ticket))
    desk.wait(5 * 60)
    assert desk.call(1) == ticket


def test_fr_38_a_call_back_is_a_call_and_says_so() -> None:
    desk, (ticket,) = holding(1)
    (called,) = desk.key(c.CallBack, 1, ticket=ticket)
    assert called.reason.rule == "called-back"  # type: ignore[attr-defined]
    assert desk.ticket(ticket).calls == 1
    desk.wait(3600)
    assert desk.state(ticket) is S.CALLED, "its hold has ended with the call"


def test_fr_38_nobody_calls_back_whom_another_window_holds() -> None:
    desk, (ticket,) = holding(1)
    desk.open(2)
    with pytest.raises(x.NotYourTicket):
        desk.do(c.CallBack(2, CLERKS[2], ticket=ticket))
    assert desk.call(2) is None


def test_fr_38_work_that_was_begun_begins_anew_after_a_hold() -> None:
    desk, ticket = desk_with(S.SERVING)
    desk.key(c.Hold, 1)
    assert desk.ticket(ticket).active is None
    assert [i.started_at for i in desk.ticket(ticket).items] == [None]
    desk.key(c.CallBack, 1, ticket=ticket)
    desk.wait(10)
    desk.key(c.Arrive, 1)
    assert desk.ticket(ticket).items[0].started_at == desk.clock.at


def test_fr_38_the_window_that_closes_sends_its_people_to_the_others() -> None:
    desk, held = holding(2)
    seniority = [desk.ticket(t).seniority for t in held]
    desk.key(c.CloseWindow, 1)
    assert [desk.state(t) for t in held] == [S.WAITING] * 2
    assert [desk.ticket(t).seniority for t in held] == seniority
    desk.open(2)
    assert desk.call(2) == held[0]


def test_fr_38_in_another_s_place_a_clerk_holds_nobody() -> None:
    desk, (ticket,) = holding(1)
    desk.do(c.OpenWindow(1, "9001", take_over=True))
    assert desk.hall.windows[1].held == ()
    assert desk.state(ticket) is S.WAITING


def test_fr_38_a_pause_does_not_end_a_hold() -> None:
    desk, (ticket,) = holding(1)
    desk.key(c.PauseWindow, 1)
    assert desk.state(ticket) is S.HELD
    with pytest.raises(x.WindowPausedError):
        desk.key(c.CallBack, 1, ticket=ticket)
    desk.key(c.ResumeWindow, 1)
    desk.key(c.CallBack, 1, ticket=ticket)


def test_who_is_held_may_cancel() -> None:
    desk, (ticket,) = holding(1)
    desk.do(c.Cancel(ticket))
    assert desk.hall.windows[1].held == ()


def test_fr_38_what_the_window_does_no_more_it_does_not_call_back_for() -> None:
    desk, (ticket,) = holding(1)
    desk.do(c.SetSkills(1, ("tax",)))
    with pytest.raises(x.CannotServe):
        desk.key(c.CallBack, 1, ticket=ticket)
