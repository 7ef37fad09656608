"""Who goes first, and how that is given: FR-25, FR-27, FR-28, FR-29."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall import refusals as r
from controller.hall.model import DispatchClass, GrantReason, TicketState
from controller.hall.plan import Group, Mode
from tests.controller.hall.desk import CLERKS, Desk, desk_with
from tests.controller.hall_fixture import at, low_plan, small_plan

S = TicketState
GUIDE = "0900"
ORDINARY, PRIORITY, APPOINTMENT = DispatchClass


@pytest.fixture
def desk() -> Desk:
    return Desk()


def standing(desk: Desk, ticket: str) -> tuple[DispatchClass, float]:
    return desk.ticket(ticket).cls, desk.ticket(ticket).weight


def test_fr_25_a_group_is_configuration_and_gives_class_and_weight() -> None:
    plan = small_plan()
    groups = {**plan.groups, "hero": Group("hero", "priority", 5.5)}
    desk = Desk(replace(plan, groups=groups))
    ticket = desk.issue("C-1", group="hero", grant=GrantReason.CERTIFICATE)
    assert standing(desk, ticket) == (PRIORITY, 5.5)


def test_fr_25_what_the_card_proves_needs_nobody_s_word(desk: Desk) -> None:
    assert standing(desk, desk.issue("C-1", group="eldest")) == (PRIORITY, 4.0)


def test_fr_25_what_it_does_not_prove_staff_must_have_seen(desk: Desk) -> None:
    with pytest.raises(r.EvidenceNeeded):
        desk.issue("C-1", group="disabled")
    assert desk.hall.tickets == {}


def test_fr_25_a_group_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(r.UnknownGroup):
        desk.issue("C-1", group="vip")


def test_the_journal_holds_class_and_weight_and_never_the_group(desk: Desk) -> None:
    desk.issue("C-1", group="disabled", grant=GrantReason.CERTIFICATE)
    assert "disabled" not in repr([a.event for a in desk.log])


def test_fr_28_a_grant_without_a_reason_is_refused(desk: Desk) -> None:
    ticket = desk.issue("C-1")
    for group in ("elder", "disabled", None):
        with pytest.raises(x.ReasonNeeded):
            desk.do(c.Grant(ticket, group, None))
    assert standing(desk, ticket) == (ORDINARY, 1.0)


def test_fr_28_every_grant_is_in_the_journal_with_its_reason(desk: Desk) -> None:
    ticket = desk.issue("C-1", group="disabled", grant=GrantReason.CERTIFICATE)
    desk.do(c.Grant(ticket, "eldest", GrantReason.AGE))
    desk.do(c.Grant(ticket, None, GrantReason.SUPERVISOR))
    issued, first, second = (a.event for a in desk.log[-3:])
    assert issued.granted == "certificate"  # type: ignore[attr-defined]
    assert (first.reason, first.weight) == ("age", 4.0)  # type: ignore[attr-defined]
    assert (second.reason, second.cls) == ("supervisor", "ordinary")  # type: ignore[attr-defined]


def test_fr_28_a_grant_that_changes_nothing_is_no_event(desk: Desk) -> None:
    ticket = desk.issue("C-1", group="elder")
    assert desk.do(c.Grant(ticket, "elder", GrantReason.AGE)) == []


def test_fr_28_whom_it_was_granted_goes_first_from_then_on(desk: Desk) -> None:
    desk.issue("C-1")
    desk.clock.forward(60)
    ticket = desk.issue("C-1")
    desk.clock.forward(600)
    desk.open(1)
    desk.do(c.Grant(ticket, "disabled", GrantReason.CERTIFICATE))
    assert desk.call(1) == ticket


@pytest.mark.parametrize("state", [S.PASSED, S.RETURNED, S.HANDED])
def test_fr_28_a_grant_moves_nobody_into_line(state: TicketState) -> None:
    desk, ticket = desk_with(state)
    desk.do(c.Grant(ticket, "elder", GrantReason.AGE))
    assert desk.state(ticket) is state
    assert len(desk.hall.waiting) == 0


# --- an appointment and a group -----------------------------------------------------------------


@pytest.mark.parametrize("at_issue", [True, False], ids=["at issue", "later"])
def test_who_has_a_right_and_an_appointment_has_the_better_of_both(
    desk: Desk, at_issue: bool
) -> None:
    slot = at("2026-03-17 09:10:00")
    more: dict[str, object] = {"group": "eldest"} if at_issue else {}
    ticket = desk.issue("C-1", cls=APPOINTMENT, slot=slot, **more)
    if not at_issue:
        desk.do(c.Grant(ticket, "eldest", GrantReason.AGE))
    assert standing(desk, ticket) == (PRIORITY, 4.0)
    assert desk.ticket(ticket).seniority == slot
    desk.do(c.Grant(ticket, None, GrantReason.SUPERVISOR))
    assert standing(desk, ticket) == (APPOINTMENT, 3.0)


def test_a_weak_right_takes_nothing_from_an_appointment() -> None:
    plan = small_plan()
    groups = {"weak": Group("weak", "ordinary", 1.5, by_card=True)}
    desk = Desk(replace(plan, groups=groups))
    ticket = desk.issue("C-1", cls=APPOINTMENT, slot=at("2026-03-17 09:00:00"), group="weak")
    assert standing(desk, ticket) == (APPOINTMENT, 3.0)


def test_fr_27_in_strict_order_a_right_comes_before_an_appointment() -> None:
    desk = Desk(small_plan(mode=Mode.STRICT))
    slot = at("2026-03-17 09:00:00")
    desk.issue("C-1", cls=APPOINTMENT, slot=slot)
    both = desk.issue("C-1", cls=APPOINTMENT, slot=slot, group="elder")
    desk.open(1)
    assert desk.call(1) == both


# --- FR-29 --------------------------------------------------------------------------------------


def test_fr_29_who_needs_a_low_counter_is_called_to_one() -> None:
    desk = Desk(low_plan(2))
    ticket = desk.issue("C-1", low_counter=True)
    desk.open(1, 2)
    assert desk.call(1) is None
    assert desk.call(2) == ticket


def test_fr_29_others_are_called_to_it_as_well() -> None:
    desk = Desk(low_plan(2))
    desk.open(2)
    ticket = desk.issue("C-1")
    assert desk.call(2) == ticket


def test_fr_29_a_matter_that_no_low_counter_does_goes_to_the_guide_desk() -> None:
    desk = Desk(low_plan(1))
    with pytest.raises(r.NoLowCounter) as refused:
        desk.issue("C-1", "T-1", low_counter=True)
    assert "咨询台" in refused.value.chinese()
    desk.open(1)
    desk.called("C-1", low_counter=True)
    with pytest.raises(r.NoLowCounter):
        desk.key(c.Transfer, 1, to_item="T-1")


def test_fr_29_each_matter_may_have_a_low_counter_of_its_own() -> None:
    desk = Desk(low_plan(1, 3))
    ticket = desk.issue("C-1", "T-1", low_counter=True)
    desk.open(1, 2, 3)
    assert desk.call(2) is None
    assert desk.call(1) == ticket
    desk.serve(ticket, 1, "0517")
    assert desk.call(3) == ticket


def test_fr_29_another_matter_finds_the_low_counter_that_does_it() -> None:
    desk = Desk(low_plan(1, 3))
    ticket = desk.called("C-1", low_counter=True)
    desk.key(c.Transfer, 1, to_item="T-1")
    desk.open(2, 3)
    assert desk.call(2) is None
    assert desk.call(3) == ticket


def test_fr_29_a_low_counter_that_learned_the_skill_today_counts() -> None:
    desk = Desk(low_plan(1))
    desk.do(c.SetSkills(1, ("civil", "tax")))
    ticket = desk.issue("T-1", low_counter=True)
    desk.open(1)
    assert desk.call(1) == ticket


@pytest.mark.parametrize("state", [S.WAITING, S.PASSED, S.RETURNED])
def test_fr_29_a_ticket_that_is_there_is_bound_to_low_counters_and_let_go_again(
    state: TicketState,
) -> None:
    desk, ticket = desk_with(state)
    since = desk.ticket(ticket).seniority
    desk.do(c.LowCounter(ticket, GUIDE, True))
    assert desk.do(c.LowCounter(ticket, GUIDE, True)) == []
    assert desk.ticket(ticket).only == (2,)
    if state is S.PASSED:
        desk.do(c.Return(ticket))
    desk.wait(5 * 60)
    assert desk.call(1) is None
    desk.do(c.LowCounter(ticket, GUIDE, False))
    assert desk.call(1) == ticket
    assert desk.ticket(ticket).seniority == since


def test_fr_29_whoever_needs_a_low_counter_is_meant_for_no_other_window_any_more() -> None:
    desk = Desk(low_plan(2))
    ticket = desk.issue("C-1")
    desk.open(1, 2)
    desk.do(c.Move(ticket, GUIDE, to_window=1))
    events = desk.do(c.LowCounter(ticket, GUIDE, True))
    assert [e.type for e in events] == ["ticket.arranged", "ticket.bound"]
    assert desk.call(1) is None
    assert desk.call(2) == ticket


def test_fr_29_a_ticket_meant_for_a_low_counter_stays_meant_for_it() -> None:
    desk = Desk(low_plan(2))
    ticket = desk.issue("C-1")
    desk.open(2)
    desk.do(c.Move(ticket, GUIDE, to_window=2))
    desk.do(c.LowCounter(ticket, GUIDE, True))
    assert desk.ticket(ticket).target == 2


def test_fr_29_only_what_is_left_of_a_ticket_must_have_a_low_counter() -> None:
    desk = Desk(low_plan(1))
    ticket = desk.issue("T-1", "C-1")
    with pytest.raises(r.NoLowCounter):
        desk.do(c.LowCounter(ticket, GUIDE, True))
    desk.open(1, 3)
    assert desk.call(3) == ticket
    desk.serve(ticket, 3, CLERKS[3])
    desk.do(c.LowCounter(ticket, GUIDE, True))
    assert desk.call(1) == ticket
