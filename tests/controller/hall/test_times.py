"""FR-44: called, arrived, started and finished are separate times of every finished ticket."""

from __future__ import annotations

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.instants import SECOND
from controller.hall.model import Result
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import small_plan


def served(desk: Desk) -> str:
    """A ticket that was called, waited for, and finished after two more minutes."""
    ticket = desk.issue("C-1")
    desk.do(c.OpenWindow(1, "0517"))
    desk.clock.forward(30)
    desk.do(c.CallNext(1, "0517"))
    desk.clock.forward(20)
    desk.do(c.Arrive(1, "0517", ticket=ticket))
    if desk.hall.plan.rules.separate_arrival:
        desk.clock.forward(10)
        desk.do(c.Start(1, "0517", ticket=ticket))
    desk.clock.forward(120)
    desk.do(c.Finish(1, "0517", ticket=ticket, item=0, result=Result.DONE))
    return ticket


@pytest.mark.parametrize(("separate", "apart"), [(False, 0), (True, 10)])
def test_fr_44_a_finished_ticket_has_all_its_times(separate: bool, apart: int) -> None:
    desk = Desk(small_plan(separate_arrival=separate))
    found = desk.ticket(served(desk))
    (item,) = found.items
    called, arrived = found.called_at or 0, found.arrived_at or 0
    started, finished = item.started_at or 0, item.finished_at or 0
    assert called - found.issued_at == 30 * SECOND
    assert arrived - called == 20 * SECOND
    assert started - arrived == apart * SECOND
    assert finished - started == 120 * SECOND


def test_fr_44_one_key_says_arrived_and_started_unless_the_hall_separates_them() -> None:
    desk = Desk(small_plan(separate_arrival=True))
    ticket = desk.issue("C-1")
    desk.do(c.OpenWindow(1, "0517"))
    desk.do(c.CallNext(1, "0517"))
    desk.do(c.Arrive(1, "0517", ticket=ticket))
    assert desk.ticket(ticket).active is None
    with pytest.raises(x.WrongItem):
        desk.do(c.Finish(1, "0517", ticket=ticket, item=0, result=Result.DONE))
    desk.do(c.Start(1, "0517", ticket=ticket))
    assert desk.do(c.Start(1, "0517", ticket=ticket)) == []
    assert desk.ticket(ticket).active == 0
