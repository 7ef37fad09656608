"""Recall, pass, come back, give up: FR-34, FR-35, FR-36."""

from __future__ import annotations

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.model import DropReason, TicketState
from tests.controller.hall.desk import CLERKS, Desk, desk_with
from tests.controller.hall_fixture import small_plan

S = TicketState


def called_now(**rules: object) -> tuple[Desk, str]:
    """A ticket that is called this very second."""
    desk = Desk(small_plan(**rules))
    ticket = desk.issue("C-1")
    desk.open(1)
    desk.call(1)
    return desk, ticket


# --- FR-34 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 3, 5])
def test_fr_34_one_recall_more_than_the_limit_is_refused(limit: int) -> None:
    desk, _ = called_now(recall_limit=limit)
    for _ in range(limit):
        desk.wait(15)
        desk.key(c.Recall, 1)
    desk.wait(15)
    with pytest.raises(x.RecallLimit):
        desk.key(c.Recall, 1)


def test_fr_34_between_two_calls_lie_fifteen_seconds() -> None:
    desk, _ = called_now()
    desk.wait(14.999999)
    with pytest.raises(x.TooSoon, match="Wait 1 more"):
        desk.key(c.Recall, 1)
    desk.wait(0.000001)
    desk.key(c.Recall, 1)


def test_fr_34_a_new_call_may_be_recalled_as_often_again() -> None:
    desk, ticket = called_now(recall_limit=1)
    desk.wait(15)
    desk.key(c.Recall, 1)
    desk.wait(60)
    desk.key(c.Pass, 1)
    desk.do(c.Return(ticket))
    desk.wait(5 * 60)
    assert desk.call(1) == ticket
    desk.wait(15)
    desk.key(c.Recall, 1)


def test_a_clock_that_was_set_back_keeps_no_clerk_waiting() -> None:
    desk, _ = called_now()
    desk.clock.forward(-3600)
    desk.key(c.Recall, 1)
    desk.clock.forward(-3600)
    desk.key(c.Pass, 1)


# --- FR-35 --------------------------------------------------------------------------------------


def test_fr_35_a_pass_is_allowed_a_minute_after_the_last_call_and_never_happens_by_itself() -> None:
    desk, ticket = called_now()
    desk.wait(59.999999)
    with pytest.raises(x.TooSoon):
        desk.key(c.Pass, 1)
    assert desk.wait(3600) == []
    assert desk.state(ticket) is S.CALLED
    desk.key(c.Pass, 1)
    assert desk.state(ticket) is S.PASSED
    assert desk.hall.windows[1].ticket is None


def test_fr_35_who_is_back_within_half_an_hour_keeps_seniority() -> None:
    desk, ticket = desk_with(S.PASSED)
    seniority = desk.ticket(ticket).seniority
    desk.wait(30 * 60)
    desk.do(c.Return(ticket))
    assert (desk.state(ticket), desk.ticket(ticket).seniority) == (S.RETURNED, seniority)


def test_fr_35_after_that_the_number_is_given_up_and_the_refusal_says_what_to_do() -> None:
    desk, ticket = desk_with(S.PASSED)
    assert desk.wait(30 * 60) == []
    (dropped,) = desk.wait(0.000001)
    assert (dropped.type, dropped.why) == ("ticket.dropped", "not-returned")  # type: ignore[attr-defined]
    with pytest.raises(x.NumberGivenUp) as refused:
        desk.do(c.Return(ticket))
    assert "重新取号" in refused.value.chinese()
    assert "take a new number" in refused.value.english()
    assert refused.value.code == "wrong-state"


def test_fr_35_who_is_back_stands_in_line_after_five_minutes() -> None:
    desk, ticket = desk_with(S.RETURNED)
    desk.wait(5 * 60 - 0.000001)
    assert desk.call(1) is None
    desk.wait(0.000001)
    assert desk.call(1) == ticket


def test_fr_35_or_after_three_calls_from_its_services() -> None:
    desk, ticket = desk_with(S.RETURNED)
    others = [desk.issue("C-1") for _ in range(4)]
    for other in others[:3]:
        assert desk.state(ticket) is S.RETURNED
        assert desk.call(1) == other
        desk.serve(other, 1, "0517")
    assert desk.state(ticket) is S.WAITING
    assert desk.call(1) == ticket, "with its seniority it goes before who came later"


def test_fr_35_calls_for_other_services_bring_nobody_back_sooner() -> None:
    desk, ticket = desk_with(S.RETURNED)
    for _ in range(4):
        other = desk.issue("C-2")
        assert desk.call(1) == other
        desk.serve(other, 1, "0517")
    assert desk.state(ticket) is S.RETURNED


@pytest.mark.parametrize("rules", [{"return_behind": 0}, {"return_after": 0}])
def test_fr_35_a_hall_may_let_people_back_at_once(rules: dict[str, int]) -> None:
    desk, ticket = called_now(**rules)
    desk.wait(60)
    desk.key(c.Pass, 1)
    desk.do(c.Return(ticket))
    assert desk.state(ticket) is S.WAITING


def test_fr_35_a_supervisor_may_call_somebody_who_is_back_before_the_turn() -> None:
    desk, ticket = desk_with(S.RETURNED)
    desk.do(c.CallChosen(1, "0001", True, ticket=ticket, why="已向值班长说明"))
    assert desk.state(ticket) is S.CALLED
    assert desk.hall.returned == {}
    assert desk.wait(10 * 60) == []


# --- FR-36 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [DropReason.ABSENT, DropReason.LEFT])
def test_fr_36_a_clerk_cannot_give_up_who_was_called_five_seconds_ago(reason: DropReason) -> None:
    desk, ticket = called_now()
    desk.wait(5)
    with pytest.raises(x.TooSoon, match="55"):
        desk.key(c.Drop, 1, reason=reason)
    desk.wait(55)
    desk.key(c.Drop, 1, reason=reason)
    assert desk.state(ticket) is S.DROPPED


@pytest.mark.parametrize("reason", [DropReason.MISMATCH, DropReason.WISH])
def test_fr_36_what_the_clerk_sees_at_once_needs_no_wait(reason: DropReason) -> None:
    desk, _ = called_now()
    (dropped,) = desk.key(c.Drop, 1, reason=reason)
    assert dropped.why == reason  # type: ignore[attr-defined]
    assert desk.hall.windows[1].ticket is None


def test_fr_36_who_was_sent_for_a_document_may_be_away_as_long_as_was_said() -> None:
    desk, ticket = desk_with(S.HELD)
    with pytest.raises(x.TooSoon) as refused:
        desk.key(c.Drop, 1, ticket=ticket, reason=DropReason.ABSENT)
    assert refused.value.facts["wait_s"] == 60 * 60
    desk.key(c.Drop, 1, ticket=ticket, reason=DropReason.WISH)
    assert desk.hall.windows[1].held == ()


def test_fr_36_another_window_gives_up_nobody() -> None:
    desk, ticket = desk_with(S.CALLED)
    with pytest.raises(x.NotYourTicket):
        desk.do(c.Drop(2, CLERKS[2], ticket=ticket, reason=DropReason.WISH))


def test_fr_36_who_gives_up_never_comes_back() -> None:
    desk, ticket = desk_with(S.DROPPED)
    for command in (c.Return(ticket), c.Move(ticket, "0900", to_window=1), c.Cancel(ticket)):
        with pytest.raises(x.NumberGivenUp):
            desk.do(command)


def test_fr_21_who_cancels_is_not_a_no_show() -> None:
    desk, ticket = desk_with(S.PASSED)
    desk.do(c.Cancel(ticket))
    assert desk.wait(31 * 60) == []
    assert desk.state(ticket) is S.CANCELLED
    assert "ticket.dropped" not in {a.event.type for a in desk.log}
