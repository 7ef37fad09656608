"""FR-37: a ticket is handed on 转移 to a window or as another matter, and the guide desk arranges
those who wait. Number and seniority stay (law 9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.model import TicketState
from tests.controller.hall.desk import CLERKS, Desk, desk_with
from tests.controller.hall_fixture import small_plan

S = TicketState
GUIDE = "0900"


def handed(**rules: object) -> tuple[Desk, str]:
    """A ticket on its way from window 1 to window 2; ten others have come meanwhile."""
    desk = Desk(small_plan(**rules))
    ticket = desk.called("C-1")
    desk.open(2)
    for _ in range(10):
        desk.issue("C-1")
    desk.key(c.Transfer, 1, to_window=2)
    return desk, ticket


def test_fr_37_a_transfer_is_the_sender_s_until_the_other_has_it_in_hand() -> None:
    desk, ticket = handed()
    assert (desk.ticket(ticket).owner, desk.ticket(ticket).target) == (CLERKS[1], 2)
    desk.key(c.Accept, 2, ticket=ticket)
    assert desk.ticket(ticket).owner == CLERKS[1]
    desk.call(2)
    assert desk.ticket(ticket).owner == CLERKS[1]
    desk.key(c.Arrive, 2)
    assert (desk.ticket(ticket).owner, desk.ticket(ticket).target) == (None, None)


def test_fr_37_with_its_seniority_it_goes_before_who_came_later() -> None:
    desk, ticket = handed()
    number = desk.ticket(ticket).number
    assert desk.call(1) != ticket, "it waits for window 2 alone"
    desk.key(c.Accept, 2, ticket=ticket)
    assert desk.call(2) == ticket
    assert desk.ticket(ticket).number == number


def test_fr_37_nobody_calls_what_has_not_been_accepted() -> None:
    desk, ticket = handed()
    assert desk.call(2) != ticket


def test_fr_37_who_does_not_take_it_sends_it_back_and_the_sender_holds_it() -> None:
    desk, ticket = handed()
    desk.key(c.SendBack, 2, ticket=ticket)
    assert desk.state(ticket) is S.HELD
    assert desk.hall.windows[1].held == (ticket,)
    assert desk.ticket(ticket).target is None
    desk.key(c.CallBack, 1, ticket=ticket)


def test_fr_37_after_ten_minutes_unanswered_it_goes_back() -> None:
    desk, ticket = handed()
    assert desk.wait(600) == []
    (back,) = desk.wait(0.000001)
    assert (back.why, back.window) == ("timeout", 1)  # type: ignore[attr-defined]
    assert desk.state(ticket) is S.HELD


def test_fr_37_if_the_sender_has_gone_it_waits_for_all_with_its_seniority() -> None:
    desk, ticket = handed()
    desk.key(c.CloseWindow, 1)
    desk.key(c.SendBack, 2, ticket=ticket)
    assert desk.state(ticket) is S.WAITING
    assert desk.call(2) == ticket


def test_fr_37_somebody_else_in_the_sender_s_place_does_not_get_it() -> None:
    desk, ticket = handed()
    desk.do(c.OpenWindow(1, "9001", take_over=True))
    desk.key(c.SendBack, 2, ticket=ticket)
    assert desk.state(ticket) is S.WAITING
    assert desk.hall.windows[1].held == ()


def test_fr_37_a_sender_who_holds_enough_gets_no_more_back() -> None:
    desk, ticket = handed(hold_limit=1)
    desk.call(1)
    desk.key(c.Hold, 1)
    desk.key(c.SendBack, 2, ticket=ticket)
    assert desk.state(ticket) is S.WAITING
    assert len(desk.hall.windows[1].held) == 1


def test_fr_37_a_supervisor_who_hands_on_leaves_the_ticket_the_clerk_s() -> None:
    desk, ticket = desk_with(S.SERVING)
    desk.do(c.Transfer(1, "0001", True, ticket=ticket, to_window=2))
    assert desk.ticket(ticket).owner == "0517"
    desk.key(c.SendBack, 2, ticket=ticket)
    assert desk.hall.windows[1].held == (ticket,)


@pytest.mark.parametrize(
    "leaves",
    [
        lambda desk: desk.key(c.CloseWindow, 2),
        lambda desk: desk.do(c.SetSkills(2, ("tax",))),
    ],
    ids=["closes", "gives the skill up"],
)
def test_fr_37_a_window_that_can_no_more_keeps_nobody_waiting(
    leaves: Callable[[Desk], object],
) -> None:
    desk, ticket = handed()
    leaves(desk)
    assert desk.state(ticket) is S.HELD
    desk, ticket = handed()
    desk.key(c.Accept, 2, ticket=ticket)
    leaves(desk)
    assert (desk.state(ticket), desk.ticket(ticket).target) == (S.WAITING, None)
    assert desk.call(1) == ticket


def test_fr_37_who_is_in_hand_already_is_served_there_whatever_the_window_does_next() -> None:
    desk, ticket = handed()
    desk.key(c.Accept, 2, ticket=ticket)
    assert desk.call(2) == ticket
    desk.do(c.SetSkills(2, ("tax",)))
    assert (desk.state(ticket), desk.ticket(ticket).target) == (S.CALLED, 2)
    desk.serve(ticket, 2, CLERKS[2])
    assert desk.state(ticket) is S.FINISHED


def test_fr_37_whom_a_supervisor_calls_elsewhere_is_held_there_alone() -> None:
    """The window it was meant for may close meanwhile."""
    desk, ticket = handed()
    desk.key(c.Accept, 2, ticket=ticket)
    desk.do(c.CallChosen(1, "0001", True, ticket=ticket, why="急事"))
    desk.key(c.Hold, 1)
    desk.key(c.CloseWindow, 2)
    assert desk.state(ticket) is S.HELD
    assert desk.hall.windows[1].held == (ticket,)
    desk.key(c.CloseWindow, 1)
    assert (desk.state(ticket), desk.ticket(ticket).target) == (S.WAITING, None)


@pytest.mark.parametrize(
    ("to", "error"),
    [
        ({"to_window": 1}, x.SameWindow),
        ({"to_window": 3}, x.WindowClosedError),
        ({"to_window": 9}, x.UnknownWindow),
        ({}, x.UnknownWindow),
        ({"to_item": "X-1"}, x.UnknownItem),
        ({"to_item": "C-1"}, x.SameItem),
        ({"to_item": "C-2"}, x.SameItem),
    ],
)
def test_fr_37_where_it_cannot_go_it_does_not_go(
    to: dict[str, object], error: type[x.HallError]
) -> None:
    desk = Desk()
    desk.called("C-1", "C-2")
    before = desk.frozen()
    with pytest.raises(error):
        desk.key(c.Transfer, 1, **to)
    assert desk.hall == before


def test_fr_37_a_window_that_can_do_nothing_of_it_does_not_get_it() -> None:
    desk = Desk()
    desk.called("C-1")
    desk.open(3)
    with pytest.raises(x.CannotServe):
        desk.key(c.Transfer, 1, to_window=3)


def test_fr_37_as_another_matter_it_waits_for_whoever_does_that() -> None:
    desk = Desk()
    ticket = desk.called("C-1", "C-2")
    desk.key(c.Arrive, 1)
    seniority = desk.ticket(ticket).seniority
    desk.issue("T-1")
    desk.key(c.Transfer, 1, to_item="T-1")
    assert [i.service for i in desk.ticket(ticket).items] == ["T-1", "C-2"]
    assert desk.ticket(ticket).active is None
    assert desk.ticket(ticket).seniority == seniority
    desk.open(3)
    assert desk.call(3) == ticket
    assert desk.ticket(ticket).planned == (0,)


def test_fr_37_what_nobody_does_today_is_no_matter_to_hand_on() -> None:
    desk = Desk()
    desk.called("C-1")
    for no in (2, 3):
        desk.do(c.SetSkills(no, ("civil",)))
    with pytest.raises(x.ItemWithoutWindow):
        desk.key(c.Transfer, 1, to_item="T-1")
    with pytest.raises(x.ItemWithoutWindow):
        desk.issue("T-1")


# --- the guide desk -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", [S.WAITING, S.PASSED, S.RETURNED])
def test_fr_37_the_guide_desk_makes_another_matter_of_it(state: TicketState) -> None:
    desk, ticket = desk_with(state)
    seniority = desk.ticket(ticket).seniority
    (redirected,) = desk.do(c.Move(ticket, GUIDE, to_item="T-2"))
    assert redirected.window is None  # type: ignore[attr-defined]
    found = desk.ticket(ticket)
    assert (found.state, found.items[0].service, found.seniority) == (state, "T-2", seniority)
    assert found.owner == GUIDE
    assert desk.call(1) is None
    desk.open(3)
    if state is S.WAITING:
        assert desk.call(3) == ticket


@pytest.mark.parametrize("state", [S.WAITING, S.PASSED, S.RETURNED])
def test_fr_37_the_guide_desk_arranges_one_window_without_its_acceptance(
    state: TicketState,
) -> None:
    desk, ticket = desk_with(state)
    desk.do(c.Move(ticket, GUIDE, to_window=2))
    assert (desk.state(ticket), desk.ticket(ticket).target) == (state, 2)
    if state is S.PASSED:
        desk.do(c.Return(ticket))
    desk.wait(5 * 60)
    assert desk.call(1) is None
    assert desk.call(2) == ticket


def test_fr_37_the_guide_desk_lets_any_window_call_it_again() -> None:
    desk, ticket = desk_with(S.WAITING)
    assert desk.do(c.Move(ticket, GUIDE)) == []
    desk.do(c.Move(ticket, GUIDE, to_window=2))
    assert desk.do(c.Move(ticket, GUIDE, to_window=2)) == []
    desk.do(c.Move(ticket, GUIDE))
    assert desk.call(1) == ticket


def test_fr_37_the_guide_desk_chooses_which_matter_is_another() -> None:
    desk = Desk()
    ticket = desk.issue("C-1", "T-1")
    desk.do(c.Move(ticket, GUIDE, item=1, to_item="T-2"))
    assert [i.service for i in desk.ticket(ticket).items] == ["C-1", "T-2"]
    desk.open(1)
    desk.call(1)
    desk.serve(ticket, 1, CLERKS[1])
    with pytest.raises(x.ItemDone, match="item 1"):
        desk.do(c.Move(ticket, GUIDE, item=0, to_item="C-2"))
    for item in (2, -1):
        with pytest.raises(x.UnknownItem):
            desk.do(c.Move(ticket, GUIDE, item=item, to_item="C-2"))
    with pytest.raises(x.SameItem):
        desk.do(c.Move(ticket, GUIDE, item=1, to_item="T-2"))


@pytest.mark.parametrize(
    ("window", "error"),
    [(3, x.WindowClosedError), (9, x.UnknownWindow), (0, x.UnknownWindow)],
)
def test_fr_37_the_guide_desk_arranges_no_window_that_nobody_is_at(
    window: int, error: type[x.HallError]
) -> None:
    desk, ticket = desk_with(S.WAITING)
    with pytest.raises(error):
        desk.do(c.Move(ticket, GUIDE, to_window=window))


def test_fr_37_a_matter_that_the_arranged_window_does_not_do_frees_the_ticket() -> None:
    desk, ticket = desk_with(S.WAITING)
    desk.do(c.Move(ticket, GUIDE, to_window=1))
    desk.do(c.Move(ticket, GUIDE, to_item="T-1"))
    assert desk.ticket(ticket).target is None
    assert desk.call(2) == ticket


def test_fr_31_the_guide_desk_cannot_take_a_number_from_a_window() -> None:
    for state in (S.OFFERED, S.CALLED, S.SERVING, S.HELD, S.HANDED):
        desk, ticket = desk_with(state)
        with pytest.raises(x.WrongState):
            desk.do(c.Move(ticket, GUIDE, to_window=2))
