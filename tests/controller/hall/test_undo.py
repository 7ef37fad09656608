"""FR-45: the last key is taken back within five seconds, unless the ticket has gone on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.model import (
    DropReason,
    Hall,
    PauseReason,
    PrintState,
    Result,
    TicketState,
)
from tests.controller.hall.desk import CLERKS, Desk
from tests.controller.hall_fixture import auto_plan, small_plan

S = TicketState
DONE = {"item": 0, "result": Result.DONE}

KEYS: dict[str, Callable[[Desk], object]] = {
    "arrive": lambda desk: desk.key(c.Arrive, 1),
    "pass": lambda desk: desk.key(c.Pass, 1),
    "hold": lambda desk: desk.key(c.Hold, 1),
    "transfer": lambda desk: desk.key(c.Transfer, 1, to_window=2),
    "another matter": lambda desk: desk.key(c.Transfer, 1, to_item="T-1"),
    "finish": lambda desk: desk.key(c.Finish, 1, **DONE),
    "finish and requeue": lambda desk: desk.key(c.Finish, 1, **DONE),
    "finish one of two": lambda desk: desk.key(c.Finish, 1, **DONE),
}
ITEMS = {"finish and requeue": ("C-1", "T-1"), "finish one of two": ("C-1", "C-2")}


def before(key: str, desk: Desk | None = None) -> tuple[Desk, str]:
    """A ticket in hand at window 1, just before that key; window 2 is open."""
    desk = desk or Desk()
    ticket = desk.called(*ITEMS.get(key, ("C-1",)))
    if desk.hall.windows[2].clerk is None:
        desk.open(2)
    if key.startswith("finish"):
        desk.key(c.Arrive, 1)
        desk.wait(300)
    return desk, ticket


def told(hall: Hall) -> tuple[object, ...]:
    """What an undone key must leave as it was, beside the ticket."""
    window = hall.windows[1]
    return (
        window.ticket,
        window.held,
        window.offer,
        hall.today,
        sorted(hall.waiting.tickets()),
        list(hall.deadlines),
        hall.meant,
        hall.returned,
    )


@pytest.mark.parametrize("key", KEYS)
def test_fr_45_a_key_is_taken_back_whole(key: str) -> None:
    desk, ticket = before(key)
    was, hall = desk.ticket(ticket), told(desk.hall)
    KEYS[key](desk)
    assert desk.ticket(ticket) != was
    desk.wait(5)
    (undone,) = desk.key(c.UndoLast, 1)
    assert undone.type == "ticket.undone"
    assert desk.ticket(ticket) == was
    assert told(desk.hall) == hall


@pytest.mark.parametrize("key", KEYS)
def test_fr_45_not_after_five_seconds(key: str) -> None:
    desk, _ = before(key)
    KEYS[key](desk)
    desk.wait(5.000001)
    with pytest.raises(x.TooLateToUndo, match="5 seconds"):
        desk.key(c.UndoLast, 1)


@pytest.mark.parametrize("key", KEYS)
def test_fr_45_not_twice(key: str) -> None:
    desk, _ = before(key)
    KEYS[key](desk)
    desk.key(c.UndoLast, 1)
    with pytest.raises(x.NothingToUndo):
        desk.key(c.UndoLast, 1)


@pytest.mark.parametrize("key", sorted(set(KEYS) - {"arrive", "finish one of two"}))
def test_fr_45_the_next_call_ends_it(key: str) -> None:
    desk, _ = before(key)
    other = desk.issue("C-2")
    KEYS[key](desk)
    assert desk.call(1) == other
    with pytest.raises(x.NothingToUndo):
        desk.key(c.UndoLast, 1)


@pytest.mark.parametrize("key", sorted(set(KEYS) - {"finish"}))
def test_fr_45_it_ends_when_the_ticket_goes_on_elsewhere(key: str) -> None:
    """Whatever happens to it: nobody is taken from another's hand or back from where they went."""
    after: dict[str, Callable[[Desk, str], object]] = {
        "pass": lambda desk, t: desk.do(c.Return(t)),
        "hold": lambda desk, t: desk.key(c.CallBack, 1, ticket=t),
        "transfer": lambda desk, t: desk.key(c.Accept, 2, ticket=t),
        "another matter": lambda desk, t: desk.call(2),
        "arrive": lambda desk, t: desk.key(c.Drop, 1, reason=DropReason.LEFT),
        "finish and requeue": lambda desk, t: desk.call(2),
        "finish one of two": lambda desk, t: desk.key(c.Drop, 1, reason=DropReason.LEFT),
    }
    desk, ticket = before(key)
    KEYS[key](desk)
    after[key](desk, ticket)
    was = desk.ticket(ticket)
    with pytest.raises(x.NothingToUndo):
        desk.key(c.UndoLast, 1)
    assert desk.ticket(ticket) == was


@pytest.mark.parametrize("key", ["pass", "hold", "transfer", "another matter"])
def test_fr_45_who_cancelled_is_not_brought_back(key: str) -> None:
    desk, ticket = before(key)
    KEYS[key](desk)
    desk.do(c.Cancel(ticket))
    with pytest.raises(x.NothingToUndo):
        desk.key(c.UndoLast, 1)
    assert desk.state(ticket) is S.CANCELLED


def test_fr_45_what_the_guide_desk_arranged_meanwhile_stays() -> None:
    desk, ticket = before("pass")
    KEYS["pass"](desk)
    desk.do(c.Move(ticket, "0900", to_item="T-1"))
    with pytest.raises(x.NothingToUndo):
        desk.key(c.UndoLast, 1)


@pytest.mark.parametrize("elsewhere", [True, False])
def test_fr_45_an_offer_in_between_is_withdrawn(elsewhere: bool) -> None:
    """The requeued ticket is reserved for another window already, or another ticket for this."""
    desk = Desk(auto_plan(2 if elsewhere else 1))
    ticket = desk.issue("C-1", "T-1")
    desk.open(1)
    assert desk.call(1) == ticket
    desk.key(c.Arrive, 1)
    desk.open(2)
    other = None if elsewhere else desk.issue("C-1")
    desk.wait(60)
    desk.key(c.Finish, 1, **DONE)
    offered = ticket if elsewhere else other
    assert desk.hall.windows[2 if elsewhere else 1].offer == offered
    assert [e.type for e in desk.key(c.UndoLast, 1)] == ["ticket.declined", "ticket.undone"]
    assert {w.offer for w in desk.hall.windows.values()} == {None}
    assert desk.hall.windows[1].ticket == ticket
    assert desk.wait(60) == [], "nobody is called to a window that is busy"
    desk.key(c.Finish, 1, **DONE)
    assert desk.hall.windows[2 if elsewhere else 1].offer == offered, "and it is offered again"


def test_fr_45_the_window_s_times_are_not_learned_from_a_slip() -> None:
    desk, _ = before("finish")
    KEYS["finish"](desk)
    assert desk.hall.today.served == {("0517", "C-1"): (1, 300_000_000)}
    desk.key(c.UndoLast, 1)
    assert desk.hall.today.served == {}
    desk.wait(60)
    KEYS["finish"](desk)
    assert desk.hall.today.served == {("0517", "C-1"): (1, 360_000_000)}, "the clock ran on"


def test_fr_45_the_paper_that_came_meanwhile_is_proven() -> None:
    desk, ticket = before("pass")
    KEYS["pass"](desk)
    desk.do(c.ConfirmPrint(ticket, PrintState.PRINTED))
    desk.do(c.Reprint(ticket))
    desk.key(c.UndoLast, 1)
    found = desk.ticket(ticket)
    assert (found.state, found.print, found.reprints) == (S.CALLED, PrintState.PRINTED, 1)


@pytest.mark.parametrize(
    "leaves",
    [
        lambda desk: desk.key(c.PauseWindow, 1, reason=PauseReason.REST),
        lambda desk: desk.key(c.CloseWindow, 1),
        lambda desk: desk.do(c.OpenWindow(1, "9001", take_over=True)),
    ],
    ids=["pauses", "closes", "is taken over"],
)
def test_fr_45_a_window_that_went_has_nothing_to_take_back(
    leaves: Callable[[Desk], object],
) -> None:
    desk, _ = before("pass")
    KEYS["pass"](desk)
    leaves(desk)
    clerk = desk.hall.windows[1].clerk or ""
    with pytest.raises(x.HallError) as refused:
        desk.do(c.UndoLast(1, clerk))
    assert isinstance(refused.value, x.NothingToUndo | x.WindowClosedError)


def test_fr_45_nobody_takes_another_window_s_key_back() -> None:
    desk, _ = before("pass")
    KEYS["pass"](desk)
    with pytest.raises(x.NotYourWindow):
        desk.do(c.UndoLast(1, CLERKS[2]))
    with pytest.raises(x.NothingToUndo):
        desk.key(c.UndoLast, 2)


def test_fr_45_where_arriving_and_starting_are_apart_the_arrival_is_taken_back_with_the_start() -> (
    None
):
    desk, ticket = before("arrive", Desk(small_plan(separate_arrival=True)))
    was = desk.ticket(ticket)
    desk.key(c.Arrive, 1)
    desk.key(c.Start, 1)
    desk.key(c.UndoLast, 1)
    assert desk.ticket(ticket) == was


def test_fr_45_the_last_of_two_keys_is_the_one() -> None:
    desk, ticket = before("arrive")
    desk.key(c.Arrive, 1)
    desk.key(c.Hold, 1)
    desk.key(c.UndoLast, 1)
    assert desk.state(ticket) is S.SERVING
    with pytest.raises(x.NothingToUndo):
        desk.key(c.UndoLast, 1)


def test_fr_45_every_item_that_is_finished_has_a_result() -> None:
    desk, ticket = before("finish")
    with pytest.raises(x.ResultNeeded) as refused:
        desk.key(c.Finish, 1, item=0)
    assert "办结" in refused.value.chinese()
    desk.key(c.Finish, 1, item=0, result=Result.SUPPLEMENT)
    assert desk.ticket(ticket).items[0].result is Result.SUPPLEMENT
