"""Halls to take pictures of: the small hall, opened and filled by commands."""

from __future__ import annotations

from controller.dispatch.rule import HallRule
from controller.forecast.picture import Coming, Picture, take
from controller.hall import commands as c
from controller.hall.days import turn_day
from controller.hall.evolve import Applied, evolve
from controller.hall.lifecycle import decide
from controller.hall.model import DispatchClass, Hall, Result
from controller.hall.plan import Plan
from tests.controller.hall_fixture import FakeClock, small_plan

QUIET = Coming(priority=0.0, appointment=0.0, no_show=0.0)


class Desk:
    """A hall that commands change, with a clock that stands still."""

    def __init__(self, plan: Plan | None = None) -> None:
        self.hall = Hall(plan or small_plan(digits=4))
        self.clock = FakeClock()
        self.seq = 0
        for event in turn_day(self.hall, self.clock.now()):
            self._fold(event)

    def do(self, command: c.Command) -> Applied:
        """Decide and fold; the first thing that happened."""
        events = decide(self.hall, command, self.clock.now(), HallRule())
        happened = [self._fold(event) for event in events]
        return happened[0]

    def open(self, *windows: int) -> None:
        for no in windows:
            self.do(c.OpenWindow(no, f"c{no}"))

    def issue(self, *items: str, cls: DispatchClass = DispatchClass.ORDINARY) -> str:
        ticket = self.do(c.Issue(items, "k", cls)).ticket
        assert ticket is not None
        return ticket.id

    def serve(self, window: int) -> str:
        """Call the next one, who comes."""
        ticket = self.do(c.CallNext(window, f"c{window}")).ticket
        assert ticket is not None
        self.do(c.Arrive(window, f"c{window}", ticket=ticket.id))
        return ticket.id

    def finish(self, window: int, item: int = 0) -> None:
        ticket = self.hall.windows[window].ticket
        assert ticket is not None
        done = c.Finish(window, f"c{window}", ticket=ticket, item=item, result=Result.DONE)
        self.do(done)

    def picture(self, coming: Coming = QUIET) -> Picture:
        hall = self.hall
        return take(
            self.clock.at,
            hall.plan,
            hall.known,
            hall.windows.values(),
            hall.tickets,
            hall.waiting.tickets(),
            coming=coming,
        )

    def _fold(self, event: object) -> Applied:
        self.seq += 1
        return evolve(self.hall, event, self.seq, self.clock.at)  # type: ignore[arg-type]
