"""What becomes of the paper: FR-18, FR-20, FR-21."""

from __future__ import annotations

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall import refusals as r
from controller.hall.model import OPEN_STATES, PrintState, TicketState
from tests.controller.hall.desk import Desk, desk_with
from tests.controller.hall_fixture import small_plan

S, P = TicketState, PrintState


def test_fr_18_what_was_not_sent_is_void_and_its_number_is_not_given_again() -> None:
    desk = Desk()
    ticket = desk.issue("C-1")
    desk.do(c.ConfirmPrint(ticket, P.VOID))
    assert (desk.state(ticket), desk.ticket(ticket).print) == (S.VOID, P.VOID)
    assert desk.ticket(desk.issue("C-1")).number == "C002"


def test_fr_18_what_is_not_proven_stays_callable_and_can_be_proven_by_a_reprint() -> None:
    desk = Desk()
    ticket = desk.issue("C-1")
    desk.do(c.ConfirmPrint(ticket, P.UNPROVEN))
    with pytest.raises(x.WrongState):
        desk.do(c.ConfirmPrint(ticket, P.VOID))
    desk.do(c.Reprint(ticket))
    desk.do(c.ConfirmPrint(ticket, P.PRINTED))
    assert desk.ticket(ticket).print is P.PRINTED
    desk.open(1)
    assert desk.call(1) == ticket


@pytest.mark.parametrize("state", [S.OFFERED, S.CALLED])
def test_fr_18_a_void_number_that_was_called_already_frees_the_window(state: TicketState) -> None:
    desk, ticket = desk_with(state)
    desk.do(c.ConfirmPrint(ticket, P.VOID))
    window = desk.hall.windows[1]
    assert (window.ticket, window.offer) == (None, None)
    assert desk.wait(60) == []


def test_fr_20_the_third_reprint_is_refused() -> None:
    desk = Desk()
    ticket = desk.issue("C-1")
    for n in (1, 2):
        desk.do(c.Reprint(ticket))
        assert desk.ticket(ticket).reprints == n
    with pytest.raises(r.ReprintLimit, match="2 times"):
        desk.do(c.Reprint(ticket))


def test_fr_20_within_ten_minutes() -> None:
    desk = Desk()
    ticket = desk.issue("C-1")
    desk.wait(600)
    desk.do(c.Reprint(ticket))
    desk.wait(0.000001)
    with pytest.raises(r.TooLateToReprint, match="10 minutes"):
        desk.do(c.Reprint(ticket))


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_fr_20_a_reprint_changes_nothing_else(state: TicketState) -> None:
    desk, ticket = desk_with(state)
    where = (desk.ticket(ticket).window, desk.ticket(ticket).origin, desk.ticket(ticket).seniority)
    desk.do(c.Reprint(ticket))
    found = desk.ticket(ticket)
    assert (found.window, found.origin, found.seniority) == where
    assert found.state is state


@pytest.mark.parametrize("state", sorted(OPEN_STATES - {S.SERVING}))
def test_fr_21_an_owner_takes_the_number_back_wherever_it_stands(state: TicketState) -> None:
    desk, ticket = desk_with(state)
    desk.do(c.Cancel(ticket, by="k-1"))
    assert desk.state(ticket) is S.CANCELLED
    window = desk.hall.windows[1]
    assert (window.ticket, window.offer, window.held) == (None, None, ())
    hall = desk.hall
    assert (len(hall.waiting), list(hall.deadlines), hall.returned, hall.meant) == (
        0,
        [],
        {},
        set(),
    )
    assert desk.wait(3 * 3600) == []


def test_fr_21_who_is_being_served_cannot() -> None:
    desk, ticket = desk_with(S.SERVING)
    with pytest.raises(x.WrongState, match="serving"):
        desk.do(c.Cancel(ticket))


def test_the_rules_of_reprints_are_the_hall_s() -> None:
    desk = Desk(small_plan(reprint_limit=0))
    with pytest.raises(r.ReprintLimit):
        desk.do(c.Reprint(desk.issue("C-1")))


def test_fr_08_a_number_that_is_printed_again_elsewhere_is_proven_there() -> None:
    desk = Desk()
    ticket = desk.issue("C-1", by="k-1")
    with pytest.raises(x.IssuedElsewhere):
        desk.do(c.ConfirmPrint(ticket, P.PRINTED, by="k-2"))
    desk.do(c.Reprint(ticket))
    desk.do(c.ConfirmPrint(ticket, P.PRINTED, by="k-2"))
    assert desk.ticket(ticket).print is P.PRINTED
    with pytest.raises(x.IssuedElsewhere):
        desk.do(c.ConfirmPrint(ticket, P.VOID, by="k-2"))
