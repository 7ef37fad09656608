"""Every two deeds of anybody, one after the other, on one ticket in each state (peers.md 4).

Windows 1 and 2, the guide desk, a supervisor, the kiosk and time all want something of the same
ticket. Whatever comes first, the second does what the table allows where the ticket then is, or is
refused by a rule that is named; the ledger sees that nobody is in two places.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall import refusals as r
from controller.hall.model import (
    ENDED_STATES,
    DropReason,
    GrantReason,
    PrintState,
    Result,
    TicketState,
)
from tests.controller.hall.desk import CLERKS, Desk, desk_with
from tests.property.copies import forked
from tests.property.ledger import (
    AWAY,
    BACK,
    ENDED,
    HAND,
    HOLD,
    LINE,
    OFFER,
    SENT,
    SERVED,
    STATE_OF,
    Ledger,
)

S = TicketState
Make = Callable[[str], c.Command]
NOWHERE = frozenset[str]()
ANYWHERE = frozenset(STATE_OF.values())
OPEN = ANYWHERE - {ENDED}


@dataclass(frozen=True)
class Deed:
    """A command on the ticket and where it may be done: `places`; by `window` only where the
    window has it, if one is named. `unless`: rules that may refuse it even so."""

    make: Make
    places: frozenset[str]
    window: int | None = None
    unless: tuple[type[x.HallError], ...] = ()


def _at(no: int) -> dict[str, Deed]:
    """What the clerk of a window may do with the ticket."""
    who = CLERKS[no]
    here = {HAND, SERVED}
    gone = (x.WindowClosedError, x.NotYourWindow)
    idle = (*gone, x.WindowPausedError, x.WindowBusy)

    def key(kind: type[c.WithTicket], places: set[str], *unless: type, **more: object) -> Deed:
        def make(ticket: str) -> c.Command:
            return kind(no, who, ticket=ticket, **more)  # type: ignore[arg-type]

        return Deed(make, frozenset(places), no, (*gone, *unless))

    other = 3 - no
    unable = (x.WindowClosedError, x.CannotServe)
    finish = key(c.Finish, {SERVED}, x.WrongItem, item=0, result=Result.DONE)
    return {
        "recall": key(c.Recall, {HAND}, x.TooSoon, x.RecallLimit),
        "arrive": key(c.Arrive, {HAND}),
        "start": key(c.Start, {SERVED}),
        "finish": finish,
        "pass": key(c.Pass, {HAND}, x.TooSoon),
        "drop": key(c.Drop, {HAND, SERVED, HOLD}, reason=DropReason.WISH),
        "absent": key(c.Drop, {HAND, SERVED, HOLD}, x.TooSoon, reason=DropReason.ABSENT),
        "hold": key(c.Hold, here, x.HoldLimit),
        "call-back": key(c.CallBack, {HOLD}, *idle, x.CannotServe),
        "transfer": key(c.Transfer, here, *unable, to_window=other),
        "redirect": key(c.Transfer, here, x.SameItem, r.NoLowCounter, to_item="T-1"),
        "accept": key(c.Accept, {SENT}),
        "send-back": key(c.SendBack, {SENT}),
        "choose": Deed(
            lambda t: c.CallChosen(no, "0001", True, ticket=t, why="急事"),
            frozenset({LINE, AWAY, BACK}),
            None,
            (*idle, x.CannotServe),
        ),
        "call": Deed(lambda t: c.CallNext(no, who), ANYWHERE, None, idle),
        "decline": Deed(lambda t: c.Decline(no, who), frozenset({OFFER}), no, gone),
        "undo": Deed(
            lambda t: c.UndoLast(no, who),
            ANYWHERE,
            None,
            (*gone, x.NothingToUndo, x.TooLateToUndo),
        ),
        "pause": Deed(lambda t: c.PauseWindow(no, who), ANYWHERE, None, idle),
        "resume": Deed(
            lambda t: c.ResumeWindow(no, who), ANYWHERE, None, (*gone, x.WindowNotPaused)
        ),
        "close": Deed(lambda t: c.CloseWindow(no, who), ANYWHERE, None, idle),
        "taken over": Deed(
            lambda t: c.OpenWindow(no, f"90{no}0", take_over=True), ANYWHERE, None, idle
        ),
        "other skill": Deed(lambda t: c.SetSkills(no, ("tax",)), ANYWHERE, None),
    }


ANYBODY: dict[str, Deed] = {
    "cancel": Deed(lambda t: c.Cancel(t, by="k-1"), OPEN - {SERVED}),
    "another kiosk cancels": Deed(lambda t: c.Cancel(t, by="k-2"), NOWHERE),
    "void": Deed(
        lambda t: c.ConfirmPrint(t, PrintState.VOID),
        frozenset({LINE, OFFER, HAND, ENDED}),
        None,
        (x.WrongState,),
    ),
    "printed": Deed(
        lambda t: c.ConfirmPrint(t, PrintState.PRINTED), ANYWHERE, None, (x.WrongState,)
    ),
    "reprint": Deed(lambda t: c.Reprint(t), OPEN, None, (r.ReprintLimit, r.TooLateToReprint)),
    "return": Deed(lambda t: c.Return(t), frozenset({AWAY})),
    "grant": Deed(
        lambda t: c.Grant(t, "elder", GrantReason.AGE), frozenset({LINE, AWAY, BACK, SENT})
    ),
    "move": Deed(
        lambda t: c.Move(t, "0900", to_window=2),
        frozenset({LINE, AWAY, BACK}),
        None,
        (x.WindowClosedError, x.CannotServe),
    ),
    "free": Deed(lambda t: c.Move(t, "0900"), frozenset({LINE, AWAY, BACK})),
    "move-item": Deed(
        lambda t: c.Move(t, "0900", to_item="T-1"),
        frozenset({LINE, AWAY, BACK}),
        None,
        (x.SameItem, x.ItemDone, r.NoLowCounter),
    ),
    "low counter": Deed(
        lambda t: c.LowCounter(t, "0900", True),
        frozenset({LINE, AWAY, BACK}),
        None,
        (r.NoLowCounter,),
    ),
    "no low counter": Deed(lambda t: c.LowCounter(t, "0900", False), frozenset({LINE, AWAY, BACK})),
    "roster": Deed(lambda t: c.TurnRoster((3,)), ANYWHERE),
}
DEEDS: dict[str, Deed] = {
    **{f"{name} at 1": deed for name, deed in _at(1).items()},
    **{f"{name} at 2": deed for name, deed in _at(2).items()},
    **ANYBODY,
}
WAITS = (4, 60, 10 * 60, 30 * 60 + 1, 60 * 60 + 1)


class Branch:
    """A desk and its ledger, from which others branch off."""

    def __init__(self, desk: Desk, ledger: Ledger, ticket: str) -> None:
        self.desk, self.ledger, self.ticket = desk, ledger, ticket

    @classmethod
    def of(cls, state: TicketState) -> Branch:
        desk, ticket = desk_with(state)
        branch = cls(desk, Ledger(), ticket)
        branch._note(0)
        return branch

    def fork(self) -> Branch:
        desk = copy.copy(self.desk)
        desk.hall, desk.log = forked(self.desk.hall), [*self.desk.log]
        desk.clock = copy.copy(self.desk.clock)
        return Branch(desk, copy.deepcopy(self.ledger), self.ticket)

    def _note(self, since: int) -> None:
        for applied in self.desk.log[since:]:
            self.ledger.note(applied.event)
        self.ledger.agree(self.desk.hall)

    def do(self, name: str) -> None:
        """The deed, or its refusal, as the table says for where the ticket is now."""
        deed, before = DEEDS[name], self.place()
        since = len(self.desk.log)
        refused: x.HallError | None = None
        try:
            self.desk.do(deed.make(self.ticket))
        except x.HallError as error:
            refused = error
        self._note(since)
        if refused is None:
            assert self.allows(deed, before), f"{name} although it is {before}"
        elif self.allows(deed, before):
            assert isinstance(refused, deed.unless), f"{name} refused by {refused!r}"

    def allows(self, deed: Deed, place: tuple[str, int | None]) -> bool:
        at, window = place
        return at in deed.places and deed.window in {None, window}

    def place(self) -> tuple[str, int | None]:
        """Where the ticket is, and which window has it or was sent it."""
        ticket, entry = self.desk.hall.tickets[self.ticket], self.ledger.tickets[self.ticket]
        window = ticket.target if entry["at"] == SENT else entry["window"]
        return entry["at"], window

    def wait(self, seconds: float) -> None:
        since = len(self.desk.log)
        self.desk.wait(seconds)
        self._note(since)


@pytest.mark.parametrize("state", sorted(set(S) - ENDED_STATES))
def test_04_any_two_deeds_on_one_ticket_end_as_the_table_allows(state: TicketState) -> None:
    start = Branch.of(state)
    for first in DEEDS:
        after = start.fork()
        after.do(first)
        for second in DEEDS:
            after.fork().do(second)


@pytest.mark.parametrize("state", sorted(S))
def test_04_time_may_pass_before_a_deed_and_after_it(state: TicketState) -> None:
    start = Branch.of(state)
    for seconds in WAITS:
        later = start.fork()
        later.wait(seconds)
        for deed in DEEDS:
            done = later.fork()
            done.do(deed)
            for more in WAITS:
                done.fork().wait(more)


@pytest.mark.parametrize("state", sorted(ENDED_STATES))
def test_04_what_has_ended_stays_ended_but_for_a_key_taken_back(state: TicketState) -> None:
    start = Branch.of(state)
    for name in DEEDS:
        branch = start.fork()
        branch.do(name)
        ended = branch.desk.state(branch.ticket) in ENDED_STATES
        assert ended == (not (state is S.FINISHED and name == "undo at 1"))


def test_the_deeds_are_all_that_is_done_to_a_ticket() -> None:
    made = {type(deed.make("t")) for deed in DEEDS.values()}
    elsewhere = {c.OpenDay, c.Issue, c.Lease, c.Doubt, c.ChangePolicy}
    helping = {c.AskHelp, c.WithdrawHelp, c.TakeHelp}
    telling = {c.WriteNotice, c.ReleaseNotice, c.WithdrawNotice, c.RaiseEmergency, c.EndEmergency}
    assert made | elsewhere | helping | telling == set(c.Command.__args__)


@pytest.mark.parametrize("state", sorted(set(S) - ENDED_STATES))
def test_nobody_stays_in_between_for_ever(state: TicketState) -> None:
    """Three hours later a ticket is in somebody's hand, in line, or given up; nothing is due."""
    branch = Branch.of(state)
    for _ in range(18):
        branch.wait(600)
    assert branch.place()[0] in {LINE, HAND, SERVED, ENDED}
    assert list(branch.desk.hall.deadlines) == []
