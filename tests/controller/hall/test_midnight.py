"""The day turns with everything open: nobody is carried over; what staff decided for good is."""

from __future__ import annotations

import copy

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.evolve import evolve
from controller.hall.model import ENDED_STATES, Hall, TicketState, WindowState
from controller.hall.plan import Mode
from tests.controller.hall.desk import CLERKS, Desk, desk_with
from tests.controller.hall_fixture import auto_plan, small_plan

S = TicketState
OPEN = sorted(set(TicketState) - ENDED_STATES)


@pytest.mark.parametrize("state", OPEN)
def test_at_midnight_every_open_number_is_given_up_and_every_window_closes(
    state: TicketState,
) -> None:
    desk, ticket = desk_with(state)
    last = next(a for a in reversed(desk.log) if a.ticket is not None)
    assert last.ticket is not None
    desk.clock.set("2026-03-18 00:00:00")
    events = [e.type for e in desk.turn()]
    assert events[:-1] == ["ticket.dropped", "window.closed", "window.closed", "day.opened"]
    assert events[-1] == "day.learned"
    dropped = next(a for a in reversed(desk.log) if a.event.type == "ticket.dropped")
    assert dropped.ticket is not None
    assert (dropped.ticket.id, dropped.ticket.state) == (ticket, S.DROPPED)
    if dropped.window is not None:
        assert ticket not in {dropped.window.ticket, dropped.window.offer, *dropped.window.held}


@pytest.mark.parametrize("state", OPEN)
def test_the_new_day_begins_as_the_first_one_did(state: TicketState) -> None:
    desk, _ = desk_with(state)
    desk.do(c.SetSkills(3, ("civil",)))
    desk.do(c.TurnRoster((1, 2)))
    desk.do(c.Lease("k-1", "C", 5))
    desk.clock.set("2026-03-18 00:00:00")
    desk.turn()
    fresh = Desk(desk.hall.plan, desk.clock)
    today = copy.deepcopy(desk.hall)
    today.known, fresh.hall.known = fresh.hall.known, fresh.hall.known
    assert today == fresh.hall
    assert {w.state for w in desk.hall.windows.values()} == {WindowState.CLOSED}
    assert desk.ticket(desk.issue("C-1")).number == "C001"


def test_a_changed_rule_holds_at_once_and_on_the_days_after_and_after_a_restart() -> None:
    desk = Desk()
    desk.do(c.ChangePolicy("recall_limit", 1))
    desk.do(c.ChangePolicy("priority_mode", "strict"))
    desk.do(c.ChangePolicy("overtaking_cap", 2))
    desk.do(c.ChangePolicy("overtaking_cap", None))
    desk.do(c.ChangePolicy("return_within_min", 45))
    for _ in range(2):
        rules = desk.hall.plan.rules
        assert (rules.recall_limit, rules.mode, rules.overtaking_cap) == (1, Mode.STRICT, None)
        assert rules.return_within == 45 * 60 * 1_000_000
        desk.wait(24 * 3600)
    again = Hall(small_plan())
    opened = max(n for n, a in enumerate(desk.log) if a.event.type == "day.opened")
    for a in desk.log[opened:]:
        evolve(again, a.event, a.seq, a.at)
    assert again.plan == desk.hall.plan
    assert again == desk.hall


def test_a_changed_rule_holds_over_a_new_configuration() -> None:
    desk = Desk()
    desk.do(c.ChangePolicy("recall_limit", 1))
    desk.hall.tomorrow = small_plan(recall_limit=5, recall_gap=7)
    desk.wait(24 * 3600)
    assert (desk.hall.plan.rules.recall_limit, desk.hall.plan.rules.recall_gap) == (1, 7)


def test_a_value_that_holds_already_is_no_event() -> None:
    desk = Desk()
    assert desk.do(c.ChangePolicy("recall_limit", 3)) == []
    assert desk.do(c.ChangePolicy("recall_limit", 2))
    assert desk.do(c.ChangePolicy("recall_limit", 2)) == []
    assert desk.do(c.ChangePolicy("recall_limit", 3)), "back to what is configured"


def test_a_value_that_is_no_rule_is_refused() -> None:
    with pytest.raises(x.UnknownPolicy):
        Desk().do(c.ChangePolicy("digits", 4))


@pytest.mark.parametrize("month_end", ["2026-03-31", "2026-12-31", "2028-02-29"])
def test_one_process_lives_through_midnight_and_month_end(month_end: str) -> None:
    """peers.md 10."""
    desk = Desk(auto_plan(1))
    desk.clock.set(f"{month_end} 23:59:59")
    first = desk.issue("C-1")
    assert first == f"{month_end}-C001"
    desk.open(1)
    desk.wait(1)
    assert desk.hall.day > month_end
    second = desk.issue("C-1")
    assert second == f"{desk.hall.day}-C001"
    desk.open(1)
    desk.wait(10)
    assert desk.hall.windows[1].ticket == second
    assert desk.hall.windows[1].clerk == CLERKS[1]
