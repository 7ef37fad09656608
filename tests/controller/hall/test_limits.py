"""How many numbers one person may take: FR-08, FR-09, FR-10; and items in order (FR-10, FR-11)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall import refusals as r
from controller.hall.model import PrintState, Result, TicketState
from controller.hall.plan import Bundle
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import small_plan

S = TicketState


class Person:
    """Somebody who takes numbers, and of whom the earlier ones are known."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.taken = desk, list[str]()

    def takes(self, *items: str, **more: object) -> str:
        ticket = self.desk.issue(*items, earlier=tuple(self.taken), **more)
        self.taken.append(ticket)
        return ticket

    def takes_and_is_served(self, *items: str) -> str:
        ticket = self.takes(*items)
        self.desk.call(2)
        self.desk.serve(ticket, 2, "0620")
        assert self.desk.state(ticket) is S.FINISHED
        return ticket


@pytest.fixture
def person() -> Person:
    desk = Desk(small_plan(tickets_per_person=3, tickets_per_item=2, items_per_ticket=2))
    desk.open(2)
    return Person(desk)


def test_fr_08_a_second_number_for_the_same_line_is_refused_and_names_the_first(
    person: Person,
) -> None:
    first = person.takes("C-1")
    with pytest.raises(r.AlreadyWaiting) as refused:
        person.takes("C-2")
    assert refused.value.facts["ticket"] == first
    assert "补打" in refused.value.chinese()
    assert len(person.desk.hall.tickets) == 1


@pytest.mark.parametrize("state", ["called", "serving", "held", "passed"])
def test_fr_08_a_number_is_open_until_it_has_ended(person: Person, state: str) -> None:
    ticket = person.takes("C-1")
    desk = person.desk
    desk.call(2)
    desk.wait(61)
    if state == "serving":
        desk.key(c.Arrive, 2)
    if state == "held":
        desk.key(c.Hold, 2)
    if state == "passed":
        desk.key(c.Pass, 2)
    assert desk.state(ticket) == state
    with pytest.raises(r.AlreadyWaiting):
        person.takes("C-1")


def test_fr_08_another_line_is_another_matter_and_so_is_one_that_has_ended(person: Person) -> None:
    person.takes("C-1")
    person.takes("T-1")
    desk = person.desk
    desk.do(c.Cancel(person.taken[0]))
    assert person.takes("C-2") not in person.taken[:-1]


def test_fr_08_the_items_that_are_done_leave_their_line(person: Person) -> None:
    ticket = person.takes("C-1", "T-1")
    desk = person.desk
    desk.open(1)
    assert desk.call(1) == ticket
    desk.serve(ticket, 1, "0517")
    with pytest.raises(r.AlreadyWaiting):
        person.takes("T-2")
    assert person.takes("C-1")


def test_fr_09_the_fourth_number_of_a_day_is_refused_and_the_guide_desk_named(
    person: Person,
) -> None:
    for item in ("C-1", "T-1", "C-2"):
        person.takes_and_is_served(item)
    with pytest.raises(r.DailyLimit) as refused:
        person.takes("T-2")
    assert refused.value.facts["limit"] == 3
    assert "咨询台" in refused.value.chinese()


def test_fr_09_the_third_number_for_the_same_item_is_refused(person: Person) -> None:
    person.takes_and_is_served("C-1")
    person.takes_and_is_served("C-1")
    with pytest.raises(r.ItemLimit, match="2 numbers"):
        person.takes("C-1")
    assert person.takes("C-2")


def test_fr_09_a_cancelled_number_counts_and_a_void_one_does_not(person: Person) -> None:
    person.desk.do(c.ConfirmPrint(person.takes("C-1"), PrintState.VOID))
    for _ in range(2):
        person.desk.do(c.Cancel(person.takes("C-1")))
    with pytest.raises(r.ItemLimit):
        person.takes("C-1")


def test_fr_10_a_ticket_counts_once_in_every_line_it_touches(person: Person) -> None:
    person.takes_and_is_served("C-1", "T-1")  # two lines
    person.takes_and_is_served("C-2")
    with pytest.raises(r.DailyLimit):
        person.takes("T-2")


def test_fr_10_several_matters_of_one_line_count_once(person: Person) -> None:
    for _ in range(2):
        person.takes_and_is_served("C-1", "C-2")
    assert person.takes("T-1")


def test_fr_09_the_limits_end_with_the_day(person: Person) -> None:
    for item in ("C-1", "T-1", "C-2"):
        person.takes_and_is_served(item)
    person.desk.wait(24 * 3600)
    assert person.takes("C-1")


def test_fr_09_staff_may_waive_a_limit_and_the_event_says_why(person: Person) -> None:
    person.takes("C-1")
    again = person.takes("C-1", waived="给家人代取")
    event = next(a.event for a in person.desk.log if a.ticket and a.ticket.id == again)
    assert event.beyond == "给家人代取"  # type: ignore[attr-defined]


def test_fr_09_nothing_is_waived_that_was_not_in_the_way(person: Person) -> None:
    ticket = person.takes("C-1", waived="给家人代取")
    assert person.desk.log[-1].ticket == person.desk.ticket(ticket)
    assert person.desk.log[-1].event.beyond is None  # type: ignore[attr-defined]


def test_fr_08_of_somebody_whom_nobody_knows_no_limit_is_checked(person: Person) -> None:
    for _ in range(9):
        person.desk.issue("C-1")


def test_fr_10_more_items_than_one_number_holds_are_refused(person: Person) -> None:
    with pytest.raises(r.TooManyItems):
        person.takes("C-1", "C-2", "T-1")


# --- bundles ------------------------------------------------------------------------------------


def bundled(in_order: bool) -> Desk:
    plan = small_plan(items_per_ticket=2)
    bundle = Bundle("home", ("C-1", "T-1", "C-2"), in_order)
    return Desk(replace(plan, bundles={"home": bundle}))


def test_fr_11_a_bundle_may_hold_more_than_a_person_may_pick() -> None:
    desk = bundled(in_order=False)
    ticket = desk.issue("C-1", "T-1", "C-2", bundle="home")
    assert desk.ticket(ticket).bundle == "home"
    for bundle, items in (("home", ("C-1", "C-2", "T-2")), ("none", ("C-1", "C-2", "T-1"))):
        with pytest.raises(r.TooManyItems):
            desk.issue(*items, bundle=bundle)


def test_fr_10_matters_in_order_are_done_in_order_whatever_was_tapped_first() -> None:
    desk = bundled(in_order=True)
    ticket = desk.issue("C-2", "C-1", "T-1", bundle="home")
    assert [i.service for i in desk.ticket(ticket).items] == ["C-1", "T-1", "C-2"]
    seniority = desk.ticket(ticket).seniority
    desk.open(1, 3)
    assert desk.call(3) is None, "the tax matter comes second"
    for window, done in ((1, 0), (3, 1), (1, 2)):
        assert desk.call(window) == ticket
        assert desk.ticket(ticket).planned == (done,)
        desk.key(c.Arrive, window)
        desk.key(c.Finish, window, item=done, result=Result.DONE)
    assert desk.state(ticket) is S.FINISHED
    assert desk.ticket(ticket).seniority == seniority


def test_fr_10_a_window_that_can_does_matters_in_order_one_after_the_other() -> None:
    desk = bundled(in_order=True)
    ticket = desk.called("C-1", "T-1", "C-2", window=2, bundle="home")
    assert desk.ticket(ticket).planned == (0, 1, 2)
    desk.key(c.Arrive, 2)
    with pytest.raises(x.WrongItem):
        desk.key(c.Finish, 2, item=2, result=Result.DONE)


def test_fr_10_without_order_a_window_takes_what_it_can_and_seniority_stays() -> None:
    desk = bundled(in_order=False)
    ticket = desk.issue("C-1", "T-1", "C-2", bundle="home")
    seniority = desk.ticket(ticket).seniority
    desk.open(1, 3)
    assert desk.call(3) == ticket
    assert desk.ticket(ticket).planned == (1,)
    desk.serve(ticket, 3, "0700")
    assert desk.state(ticket) is S.WAITING
    assert desk.ticket(ticket).seniority == seniority
    assert desk.call(1) == ticket
    assert desk.ticket(ticket).planned == (0, 2)
