"""The lifecycle table: every state of a ticket with every command, written out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.conditions import TICKET_LIFE
from controller.hall.model import DropReason, GrantReason, PrintState, Result, TicketState
from tests.controller.hall.desk import Desk, desk_with

S = TicketState

COMMANDS: dict[str, Callable[[str], c.Command]] = {
    "call": lambda t: c.CallNext(1, "0517"),
    "choose": lambda t: c.CallChosen(1, "0001", True, ticket=t, why="急事"),
    "recall": lambda t: c.Recall(1, "0517", ticket=t),
    "arrive": lambda t: c.Arrive(1, "0517", ticket=t),
    "start": lambda t: c.Start(1, "0517", ticket=t),
    "finish": lambda t: c.Finish(1, "0517", ticket=t, item=0, result=Result.DONE),
    "pass": lambda t: c.Pass(1, "0517", ticket=t),
    "drop": lambda t: c.Drop(1, "0517", ticket=t, reason=DropReason.WISH),
    "hold": lambda t: c.Hold(1, "0517", ticket=t),
    "call-back": lambda t: c.CallBack(1, "0517", ticket=t),
    "transfer": lambda t: c.Transfer(1, "0517", ticket=t, to_window=2),
    "redirect": lambda t: c.Transfer(1, "0517", ticket=t, to_item="T-1"),
    "accept": lambda t: c.Accept(2, "0620", ticket=t),
    "send-back": lambda t: c.SendBack(2, "0620", ticket=t),
    "return": lambda t: c.Return(t),
    "move": lambda t: c.Move(t, "0900", to_window=2),
    "move-item": lambda t: c.Move(t, "0900", to_item="T-1"),
    "free": lambda t: c.Move(t, "0900"),
    "low": lambda t: c.LowCounter(t, "0900", True),
    "not-low": lambda t: c.LowCounter(t, "0900", False),
    "grant": lambda t: c.Grant(t, "elder", GrantReason.AGE),
    "cancel": lambda t: c.Cancel(t),
    "reprint": lambda t: c.Reprint(t),
    "printed": lambda t: c.ConfirmPrint(t, PrintState.PRINTED),
    "unproven": lambda t: c.ConfirmPrint(t, PrintState.UNPROVEN),
    "void": lambda t: c.ConfirmPrint(t, PrintState.VOID),
    "decline": lambda t: c.Decline(1, "0517"),
    "undo": lambda t: c.UndoLast(1, "0517"),
}

# One line per command, one word per state: the event it causes, "-" for nothing to do, or the
# error's name with an exclamation mark.
TABLE = """
          waiting offered called serving held passed returned handed finished cancelled dropped void
call      called called !WindowBusy !WindowBusy - - - - - - - -
choose    called !WrongState !WindowBusy !WindowBusy !WrongState called called !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
recall    !WrongState !WrongState recalled !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
arrive    !WrongState !WrongState arrived !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
start     !WrongState !WrongState !WrongState - !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
finish    !WrongState !WrongState !WrongState item.finished !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
pass      !WrongState !WrongState passed !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
drop      !WrongState !WrongState dropped dropped dropped !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
hold      !WrongState !WrongState held held !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
call-back !WrongState !WrongState !WrongState !WrongState called !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
transfer  !WrongState !WrongState handed handed !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
redirect  !WrongState !WrongState redirected redirected !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
accept    !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState accepted !WrongState !WrongState !NumberGivenUp !WrongState
send-back !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState sent_back !WrongState !WrongState !NumberGivenUp !WrongState
return    !WrongState !WrongState !WrongState !WrongState !WrongState returned !WrongState !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
move      arranged !WrongState !WrongState !WrongState !WrongState arranged arranged !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
move-item redirected !WrongState !WrongState !WrongState !WrongState redirected redirected !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
free      - !WrongState !WrongState !WrongState !WrongState - - !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
low       bound !WrongState !WrongState !WrongState !WrongState bound bound !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
not-low   - !WrongState !WrongState !WrongState !WrongState - - !WrongState !WrongState !WrongState !NumberGivenUp !WrongState
grant     granted !WrongState !WrongState !WrongState !WrongState granted granted granted !WrongState !WrongState !NumberGivenUp !WrongState
cancel    cancelled cancelled cancelled !WrongState cancelled cancelled cancelled cancelled !WrongState !WrongState !NumberGivenUp !WrongState
reprint   reprinted reprinted reprinted reprinted reprinted reprinted reprinted reprinted !WrongState !WrongState !NumberGivenUp !WrongState
printed   printed printed printed printed printed printed printed printed printed printed printed !WrongState
unproven  unproven unproven unproven unproven unproven unproven unproven unproven unproven unproven unproven !WrongState
void      voided voided voided !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !WrongState !NumberGivenUp -
decline   !NothingOffered declined !NothingOffered !NothingOffered !NothingOffered !NothingOffered !NothingOffered !NothingOffered !NothingOffered !NothingOffered !NothingOffered !NothingOffered
undo      !NothingToUndo !NothingToUndo !NothingToUndo undone undone undone !NothingToUndo undone undone !NothingToUndo !NothingToUndo !NothingToUndo
"""  # noqa: E501

HEADER, *LINES = TABLE.strip().splitlines()
STATES = HEADER.split()
CELLS = [
    (state, line.split()[0], expected)
    for line in LINES
    for state, expected in zip(STATES, line.split()[1:], strict=True)
]


def test_the_table_names_every_state_and_every_command_on_a_ticket() -> None:
    assert set(STATES) == {str(s) for s in TicketState}
    assert {type(make("t")) for make in COMMANDS.values()} >= set(TICKET_LIFE)
    assert {name for _, name, _ in CELLS} == set(COMMANDS)


@pytest.mark.parametrize(("state", "command", "expected"), CELLS)
def test_a_command_does_what_the_table_says_and_a_refused_one_changes_nothing(
    state: str, command: str, expected: str
) -> None:
    desk, ticket = desk_with(TicketState(state))
    before, events = desk.frozen(), len(desk.log)
    if expected.startswith("!"):
        with pytest.raises(getattr(x, expected[1:])) as refused:
            desk.do(COMMANDS[command](ticket))
        assert refused.value.english()
        assert refused.value.chinese()
        assert (desk.hall, len(desk.log)) == (before, events)
    elif expected == "-":
        assert desk.do(COMMANDS[command](ticket)) == []
        assert desk.hall == before
    else:
        happened = desk.do(COMMANDS[command](ticket))[0].type
        assert happened.removeprefix("ticket.") == expected


@pytest.mark.parametrize("command", ["recall", "arrive", "finish", "pass"])
def test_a_window_cannot_touch_a_ticket_in_another_window_s_hand(command: str) -> None:
    desk, ticket = desk_with(S.CALLED if command != "finish" else S.SERVING)
    made = COMMANDS[command](ticket)
    other = type(made)(2, "0620", ticket=ticket)  # type: ignore[call-arg]
    with pytest.raises(x.NotYourTicket):
        desk.do(other)


@pytest.mark.parametrize("command", ["call", "recall", "arrive", "finish", "pass"])
def test_nobody_acts_at_a_window_where_somebody_else_is_signed_on(command: str) -> None:
    desk, ticket = desk_with(S.CALLED)
    made = COMMANDS[command](ticket)
    with pytest.raises(x.NotYourWindow):
        desk.do(
            type(made)(1, "9999", **({} if command == "call" else {"ticket": ticket}))  # type: ignore[call-arg]
        )


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"call", "decline", "undo"}))
def test_a_ticket_that_is_not_there_is_named_as_unknown(command: str) -> None:
    desk, _ = desk_with(S.CALLED)
    with pytest.raises(x.UnknownTicket, match="2026-03-17-C999"):
        desk.do(COMMANDS[command]("2026-03-17-C999"))


def test_a_kiosk_may_only_speak_of_the_tickets_it_gave_out() -> None:
    desk = Desk()
    ticket = desk.issue("C-1", by="k-1")
    with pytest.raises(x.IssuedElsewhere):
        desk.do(c.Cancel(ticket, by="k-2"))
    with pytest.raises(x.IssuedElsewhere):
        desk.do(c.ConfirmPrint(ticket, PrintState.VOID, by="k-2"))
    desk.do(c.Cancel(ticket, by="k-1"))
    assert desk.ticket(ticket).state is S.CANCELLED


def test_cancelling_a_called_ticket_frees_its_window() -> None:
    desk, ticket = desk_with(S.CALLED)
    desk.do(c.Cancel(ticket))
    assert desk.hall.windows[1].ticket is None
    assert desk.ticket(ticket).window is None


def test_what_is_proven_printed_stays_printed() -> None:
    desk, ticket = desk_with(S.WAITING)
    desk.do(c.ConfirmPrint(ticket, PrintState.PRINTED))
    assert desk.do(c.ConfirmPrint(ticket, PrintState.UNPROVEN)) == []
    with pytest.raises(x.WrongState):
        desk.do(c.ConfirmPrint(ticket, PrintState.VOID))
    assert desk.ticket(ticket).print is PrintState.PRINTED


def test_a_recall_counts_and_ends_at_the_limit() -> None:
    desk, ticket = desk_with(S.CALLED)
    for times in (2, 3, 4):
        desk.do(c.Recall(1, "0517", ticket=ticket))
        assert desk.ticket(ticket).calls == times
        desk.clock.forward(15)
    with pytest.raises(x.RecallLimit, match="3 times"):
        desk.do(c.Recall(1, "0517", ticket=ticket))


@pytest.mark.parametrize(("command", "gap"), [(c.Recall, 15), (c.Pass, 60)], ids=["recall", "pass"])
def test_a_recall_and_a_pass_must_wait_after_the_last_call(
    command: type[c.WithTicket], gap: int
) -> None:
    desk, ticket = desk_with(S.CALLED)
    desk.do(c.Recall(1, "0517", ticket=ticket))
    desk.clock.forward(gap - 1)
    with pytest.raises(x.TooSoon) as refused:
        desk.do(command(1, "0517", ticket=ticket))
    assert refused.value.facts["wait_s"] == 1
    desk.clock.forward(1)
    assert desk.do(command(1, "0517", ticket=ticket))


def test_the_wait_is_counted_from_the_last_call_and_not_from_the_first() -> None:
    desk, ticket = desk_with(S.CALLED)
    desk.do(c.Recall(1, "0517", ticket=ticket))
    desk.clock.forward(59)
    with pytest.raises(x.TooSoon):
        desk.do(c.Pass(1, "0517", ticket=ticket))


def test_finishing_names_the_item_in_hand() -> None:
    desk, ticket = desk_with(S.SERVING)
    with pytest.raises(x.WrongItem, match="item 2"):
        desk.do(c.Finish(1, "0517", ticket=ticket, item=1, result=Result.DONE))


def test_a_window_does_all_it_can_and_the_next_window_does_the_rest() -> None:
    desk = Desk()
    ticket = desk.issue("C-1", "T-1", "C-2")
    desk.do(c.OpenWindow(1, "0517"))
    desk.do(c.CallNext(1, "0517"))
    desk.do(c.Arrive(1, "0517", ticket=ticket))
    assert desk.ticket(ticket).active == 0
    done = [e.type for e in desk.do(c.Finish(1, "0517", ticket=ticket, item=0, result=Result.DONE))]
    assert done == ["item.finished", "item.started"]
    assert desk.ticket(ticket).active == 2
    done = [e.type for e in desk.do(c.Finish(1, "0517", ticket=ticket, item=2, result=Result.DONE))]
    assert done == ["item.finished", "ticket.requeued"]
    assert desk.hall.windows[1].ticket is None
    desk.do(c.OpenWindow(3, "0620"))
    desk.do(c.CallNext(3, "0620"))
    desk.do(c.Arrive(3, "0620", ticket=ticket))
    done = [e.type for e in desk.do(c.Finish(3, "0620", ticket=ticket, item=1, result=Result.DONE))]
    assert done == ["item.finished", "ticket.finished"]


@pytest.mark.parametrize(
    ("items", "error"),
    [
        ((), x.UnknownItem),
        (("C-9",), x.UnknownItem),
        (("C-1", "X-1"), x.UnknownItem),
    ],
)
def test_a_number_for_an_item_that_is_not_there_is_refused(
    items: tuple[str, ...], error: type[Exception]
) -> None:
    desk = Desk()
    with pytest.raises(error):
        desk.do(c.Issue(items, "k-1"))
    assert desk.hall.tickets == {}


def test_no_reason_that_somebody_types_brings_a_long_number_into_the_journal() -> None:
    desk, ticket = desk_with(S.WAITING)
    secret = "9999" + "0119490307" + "1238"
    desk.do(c.CallChosen(1, "0001", True, ticket=ticket, why=f"证件 {secret}"))
    desk.issue("C-1", earlier=(ticket,), waived=f"证件 {secret}")
    events = repr([a.event for a in desk.log])
    assert "证件" in events
    assert secret not in events


def test_a_refusal_never_repeats_a_long_number() -> None:
    desk = Desk()
    secret = "9999" + "0119490307" + "1238"
    for command in (c.Cancel(secret), c.Issue((secret,), "k-1")):
        with pytest.raises(x.HallError) as refused:
            desk.do(command)
        assert secret not in refused.value.english() + refused.value.chinese()
        assert secret not in str(refused.value)
