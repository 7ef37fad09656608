"""A hall that is told commands and remembers what happened: for tests of the rules alone."""

from __future__ import annotations

import copy
from collections.abc import Callable

from controller.dispatch.rule import HallRule
from controller.hall import commands as c
from controller.hall.days import turn_day
from controller.hall.due import next_due
from controller.hall.events import Event
from controller.hall.evolve import Applied, evolve
from controller.hall.lifecycle import decide
from controller.hall.model import DropReason, Hall, PrintState, Result, Ticket, TicketState
from controller.hall.plan import Plan
from controller.hall.port import Policy
from tests.controller.hall_fixture import FakeClock, auto_plan, low_plan, small_plan

S = TicketState
CLERKS = {1: "0517", 2: "0620", 3: "0700"}


class Desk:
    """A hall of today, at nine in the morning."""

    def __init__(
        self,
        plan: Plan | None = None,
        clock: FakeClock | None = None,
        policy: Policy | None = None,
    ) -> None:
        self.policy = policy or HallRule()
        self.hall = Hall(plan or small_plan())
        self.clock = clock or FakeClock()
        self.log: list[Applied] = []
        self.turn()

    def turn(self) -> list[Event]:
        """Turn to the clock's day."""
        return [self.fold(e) for e in turn_day(self.hall, self.clock.now())]

    def ask(self, command: c.Command) -> list[Event]:
        """What the command would cause; the hall stays as it is."""
        return decide(self.hall, command, self.clock.now(), self.policy)

    def do(self, command: c.Command) -> list[Event]:
        """Turn the day, decide the command and let it happen, and what is due before and after;
        the command's own events."""
        self.turn()
        self.due()
        done = [self.fold(e) for e in self.ask(command)]
        self.due()
        return done

    def due(self) -> list[Event]:
        """Let happen what is due by itself."""
        happened: list[Event] = []
        while events := next_due(self.hall, self.clock.now(), self.policy):
            happened += [self.fold(e) for e in events]
        return happened

    def wait(self, seconds: float) -> list[Event]:
        """Let time pass; what happened by itself."""
        self.clock.forward(seconds)
        return [*self.turn(), *self.due()]

    def fold(self, event: Event) -> Event:
        """Let an event happen."""
        self.log.append(evolve(self.hall, event, len(self.log) + 1, self.clock.now().at))
        return event

    def issue(self, *items: str, by: str = "k-1", **more: object) -> str:
        """Issue a ticket; its id."""
        (issued,) = self.do(c.Issue(items or ("C-1",), by, **more))  # type: ignore[arg-type]
        return issued.ticket  # type: ignore[attr-defined, no-any-return]

    def open(self, *windows: int) -> None:
        """Let the usual clerks sign on."""
        for no in windows:
            self.do(c.OpenWindow(no, CLERKS[no]))

    def call(self, window: int) -> str | None:
        """Press 叫号; whom it called."""
        called = self.do(c.CallNext(window, CLERKS[window]))
        return called[0].ticket if called else None  # type: ignore[attr-defined, no-any-return]

    def key(self, command: type[c.AtWindow], window: int, **more: object) -> list[Event]:
        """A key of the usual clerk, for the ticket in hand unless it is told."""
        if issubclass(command, c.WithTicket) and "ticket" not in more:
            more["ticket"] = self.hall.windows[window].ticket or ""
        return self.do(command(window, CLERKS[window], **more))  # type: ignore[arg-type]

    def called(self, *items: str, window: int = 1, **more: object) -> str:
        """A ticket that is called to a window, which opens for it; a minute and more ago."""
        ticket = self.issue(*items, **more)
        if self.hall.windows[window].clerk is None:
            self.open(window)
        if self.ticket(ticket).state is not S.CALLED:
            assert self.call(window) == ticket
        self.wait(61)
        return ticket

    def state(self, ticket: str) -> TicketState:
        """How the ticket stands."""
        return self.hall.tickets[ticket].state

    def ticket(self, ticket: str) -> Ticket:
        """The ticket as it stands."""
        return self.hall.tickets[ticket]

    def frozen(self) -> Hall:
        """A deep copy, to compare with later."""
        return copy.deepcopy(self.hall)

    def serve(self, ticket: str, window: int, clerk: str) -> None:
        """Arrive and finish everything the window planned."""
        self.do(c.Arrive(window, clerk, ticket=ticket))
        while self.ticket(ticket).window == window:
            item = self.ticket(ticket).active
            assert item is not None
            self.do(c.Finish(window, clerk, ticket=ticket, item=item, result=Result.DONE))


def desk_with(state: TicketState) -> tuple[Desk, str]:
    """A desk whose first ticket is in `state`; clerk 0517 is at window 1, long after the call, and
    clerk 0620 at window 2, a low counter. The last key that was pressed is the one that led
    there."""
    desk = Desk(low_plan(2, plan=auto_plan(1) if state is S.OFFERED else None))
    ticket = desk.issue("C-1")
    desk.do(c.OpenWindow(1, "0517"))
    desk.do(c.OpenWindow(2, "0620"))
    if state not in {S.WAITING, S.OFFERED, S.VOID, S.CANCELLED}:
        desk.do(c.CallNext(1, "0517"))
        desk.clock.forward(120)
    for command in WAYS[state]:
        desk.do(command(ticket))
    assert desk.ticket(ticket).state is state
    return desk, ticket


Way = Callable[[str], c.Command]
_pass: Way = lambda t: c.Pass(1, "0517", ticket=t)  # noqa: E731
_arrive: Way = lambda t: c.Arrive(1, "0517", ticket=t)  # noqa: E731

WAYS: dict[TicketState, tuple[Way, ...]] = {
    S.WAITING: (),
    S.OFFERED: (),
    S.CALLED: (),
    S.SERVING: (_arrive,),
    S.HELD: (lambda t: c.Hold(1, "0517", ticket=t),),
    S.PASSED: (_pass,),
    S.RETURNED: (_pass, lambda t: c.Return(t)),
    S.HANDED: (lambda t: c.Transfer(1, "0517", ticket=t, to_window=2),),
    S.FINISHED: (_arrive, lambda t: c.Finish(1, "0517", ticket=t, item=0, result=Result.DONE)),
    S.CANCELLED: (lambda t: c.Cancel(t),),
    S.DROPPED: (lambda t: c.Drop(1, "0517", ticket=t, reason=DropReason.ABSENT),),
    S.VOID: (lambda t: c.ConfirmPrint(t, PrintState.VOID),),
}
"""How a ticket that was called, or of which nobody knows yet, gets into each state."""
