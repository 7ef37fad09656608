"""A hall that is told commands and remembers what happened: for tests of the rules alone."""

from __future__ import annotations

import copy

from controller.dispatch.rule import HallRule
from controller.hall import commands as c
from controller.hall.events import Event, TicketDropped
from controller.hall.evolve import Applied, evolve
from controller.hall.lifecycle import decide, turn_day
from controller.hall.model import Hall, Plan, PrintState, Ticket, TicketState
from controller.hall.port import Policy
from tests.controller.hall_fixture import FakeClock, small_plan

S = TicketState


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
        """Turn the day, decide the command and let it happen."""
        self.turn()
        return [self.fold(e) for e in self.ask(command)]

    def fold(self, event: Event) -> Event:
        """Let an event happen."""
        self.log.append(evolve(self.hall, event, len(self.log) + 1, self.clock.now().at))
        return event

    def issue(self, *items: str, by: str = "k-1", **more: object) -> str:
        """Issue a ticket; its id."""
        (issued,) = self.do(c.Issue(items or ("C-1",), by, **more))  # type: ignore[arg-type]
        return issued.ticket  # type: ignore[attr-defined, no-any-return]

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
            self.do(c.Finish(window, clerk, ticket=ticket, item=item))


def desk_with(state: TicketState) -> tuple[Desk, str]:
    """A desk whose first ticket is in `state`; clerk 0517 is at window 1, long after the call."""
    desk = Desk()
    ticket = desk.issue("C-1")
    desk.do(c.OpenWindow(1, "0517"))
    if state is S.WAITING:
        return desk, ticket
    if state is S.VOID:
        desk.do(c.ConfirmPrint(ticket, PrintState.VOID))
        return desk, ticket
    if state is S.DROPPED:
        desk.fold(TicketDropped(ticket, "rule", None))
        return desk, ticket
    if state is S.CANCELLED:
        desk.do(c.Cancel(ticket))
        return desk, ticket
    desk.do(c.CallNext(1, "0517"))
    desk.clock.forward(120)
    if state is S.PASSED:
        desk.do(c.Pass(1, "0517", ticket=ticket))
    if state in {S.SERVING, S.FINISHED}:
        desk.do(c.Arrive(1, "0517", ticket=ticket))
    if state is S.FINISHED:
        desk.do(c.Finish(1, "0517", ticket=ticket, item=0))
    assert desk.ticket(ticket).state is state
    return desk, ticket
