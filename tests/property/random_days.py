"""Days of a small hall in which anything happens, from a seed."""

from __future__ import annotations

from contextlib import suppress
from random import Random

from controller.hall import commands as c
from controller.hall.errors import HallError
from controller.hall.instants import MINUTE
from controller.hall.model import DispatchClass, PauseReason, PrintState, Result, WindowState
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import FakeClock, small_plan

CODES = ("C-1", "C-2", "T-1", "T-2")
CLERKS = {1: "0517", 2: "0620", 3: "0700"}


class RandomHall:
    """A desk at which people of all kinds come and clerks come and go."""

    def __init__(self, seed: int, **rules: object) -> None:
        self.rng = Random(seed)
        self.desk = Desk(small_plan(digits=4, **rules), FakeClock("2026-03-17 09:00:00"))

    def live(self, steps: int) -> None:
        """Let so many things happen, a few seconds or minutes apart; a day may turn between."""
        for no in CLERKS:
            self.desk.do(c.OpenWindow(no, CLERKS[no]))
        for _ in range(steps):
            self.desk.clock.forward(self.rng.choice((0, 1, 20, 61, 240)))
            self.try_(self.rng.choices(self.DEEDS, self.WEIGHTS)[0](self))

    def a_night(self) -> None:
        """Turn to nine o'clock of the next day."""
        self.desk.clock.forward(24 * 3600)
        self.desk.turn()

    def try_(self, command: c.Command) -> None:
        """Do it, unless a rule refuses."""
        with suppress(HallError):
            self.desk.do(command)

    def _issue(self) -> c.Command:
        rng = self.rng
        cls = rng.choices([*DispatchClass], (6, 2, 2))[0]
        items = tuple(rng.sample(CODES, rng.choice((1, 1, 1, 2, 3))))
        slot = None
        if cls is DispatchClass.APPOINTMENT:
            slot = self.desk.clock.at + rng.randint(-20, 20) * MINUTE
        weight = rng.choice((None, None, 4.0)) if cls is DispatchClass.PRIORITY else None
        return c.Issue(items, "k-1", cls, slot=slot, weight=weight)

    def _at_window(self) -> c.Command:
        """The next sensible thing at some window."""
        hall, rng = self.desk.hall, self.rng
        no = rng.choice([*CLERKS])
        window, clerk = hall.windows[no], CLERKS[no]
        if window.state is WindowState.CLOSED:
            return c.OpenWindow(no, clerk)
        if window.state is WindowState.PAUSED:
            return c.ResumeWindow(no, clerk)
        if window.ticket is None:
            return c.CallNext(no, clerk)
        ticket = hall.tickets[window.ticket]
        if ticket.active is not None:
            return c.Finish(no, clerk, ticket=ticket.id, item=ticket.active, result=Result.DONE)
        kind = rng.choices((c.Arrive, c.Recall, c.Pass), (6, 1, 1))[0]
        return kind(no, clerk, ticket=ticket.id)

    def _leave(self) -> c.Command:
        no = self.rng.choice([*CLERKS])
        if self.rng.random() < 0.5:
            return c.CloseWindow(no, CLERKS[no])
        return c.PauseWindow(no, CLERKS[no], reason=PauseReason.REST, minutes=5)

    def _give_up(self) -> c.Command:
        ticket = self.rng.choice([*self.desk.hall.tickets] or ["2026-03-17-C0001"])
        if self.rng.random() < 0.5:
            return c.Cancel(ticket)
        return c.ConfirmPrint(ticket, self.rng.choice([PrintState.PRINTED, PrintState.VOID]))

    DEEDS = (_issue, _at_window, _leave, _give_up)
    WEIGHTS = (30, 60, 4, 3)
