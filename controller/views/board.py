"""The board: what is durable and true now, folded from events; every reader reads here.

`fold` is called by the service's writer for each durable event, in order; it notes what the event
changed, so that screens get whole entities and never add or subtract.
"""

from collections import deque
from dataclasses import dataclass, field

from controller.hall.change import changed
from controller.hall.events import DayOpened, ItemFinished, TicketCalled, TicketRecalled
from controller.hall.evolve import Applied
from controller.hall.model import (
    DispatchClass,
    Instant,
    ItemState,
    Plan,
    Reason,
    Ticket,
    TicketState,
    Window,
    closed_windows,
)
from controller.hall.waiting import WaitingLines

CALLS_KEPT = 40
DECISIONS_KEPT = 200
_CALL_STATES = {
    TicketState.CALLED: "called",
    TicketState.SERVING: "serving",
    TicketState.WAITING: "done",
    TicketState.FINISHED: "done",
    TicketState.PASSED: "passed",
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a ticket to a window, as a screen shows it."""

    id: int
    ticket: str
    number: str
    window: int
    zone: str
    ticket_zone: str
    state: str
    times: int
    called_at: Instant
    last_called_at: Instant
    arrived_at: Instant | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One call: whom, where, for which services, after what wait (microseconds), and why."""

    seq: int
    at: Instant
    ticket: str
    number: str
    window: int
    cls: DispatchClass
    waited: Instant
    services: tuple[str, ...]
    reason: Reason


@dataclass(slots=True)
class Served:
    """What a window has done today."""

    items: int = 0
    micros: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What an event changed on the board."""

    applied: Applied
    call: Call | None = None
    zones: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


@dataclass(slots=True)
class Board:
    """The durable state of the hall's day, for reading. `tomorrow`: see `Hall`."""

    plan: Plan
    tomorrow: Plan | None = None
    seq: int = 0
    day: str = ""
    tickets: dict[str, Ticket] = field(default_factory=dict)
    windows: dict[int, Window] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    lines: WaitingLines = field(default_factory=WaitingLines)
    in_zone: dict[str, int] = field(default_factory=dict)
    served: dict[int, Served] = field(default_factory=dict)
    decisions: deque[Decision] = field(default_factory=lambda: deque(maxlen=DECISIONS_KEPT))

    def __post_init__(self) -> None:
        """Before the first event all windows are closed."""
        self.windows = closed_windows(self.plan)

    def fold(self, applied: Applied) -> Change:
        """Take over one durable event."""
        self.seq = applied.seq
        if isinstance(applied.event, DayOpened):
            self._new_day(applied.event.day)
            return Change(applied, None, tuple(self._all_zones()), tuple(self.plan.skills))
        if applied.window is not None:
            self.windows[applied.window.no] = applied.window
        if applied.ticket is None:
            return Change(applied)
        before = self.tickets.get(applied.ticket.id)
        self.tickets[applied.ticket.id] = applied.ticket
        zones, skills = self._queue(before, applied.ticket)
        self._count_service(applied, applied.ticket)
        return Change(applied, self._call(applied, applied.ticket), zones, skills)

    def zone_of(self, ticket: Ticket) -> str:
        """Where the ticket waits: the zone of the first item that is not done."""
        item = next((i for i in ticket.items if i.state is not ItemState.DONE), ticket.items[-1])
        return self.plan.skills[item.skill].zone

    def waiting(self) -> dict[str, int]:
        """People waiting, by zone."""
        return {zone: self.in_zone.get(zone, 0) for zone in self._all_zones()}

    def ahead(self, skill: str) -> int:
        """How many wait for a skill."""
        return self.lines.count(skill)

    def ahead_of(self, ticket: Ticket) -> int:
        """How many waiting tickets that need one of the same skills were there first."""
        mine = ticket.skills_needed()
        return sum(
            1
            for other in (self.tickets[t] for t in self.lines.tickets())
            if (other.seniority, other.order) < (ticket.seniority, ticket.order)
            and not mine.isdisjoint(other.skills_needed())
        )

    def _new_day(self, day: str) -> None:
        self.day = day
        self.plan, self.tomorrow = self.tomorrow or self.plan, None
        self.tickets.clear()
        self.calls.clear()
        self.in_zone.clear()
        self.served.clear()
        self.decisions.clear()
        self.lines = WaitingLines()
        self.windows = closed_windows(self.plan)

    def _all_zones(self) -> list[str]:
        return sorted({s.zone for s in self.plan.skills.values()})

    def _queue(
        self, before: Ticket | None, after: Ticket
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        waited = before is not None and before.state is TicketState.WAITING
        waits = after.state is TicketState.WAITING
        if waited == waits:
            return (), ()
        if waited and before is not None:
            zone, skills = self.zone_of(before), before.skills_needed()
            self.in_zone[zone] -= 1
            self.lines.leave(after.id)
        else:
            zone, skills = self.zone_of(after), after.skills_needed()
            self.in_zone[zone] = self.in_zone.get(zone, 0) + 1
            self.lines.join(after.id, after.seniority, after.order, after.kind())
        return (zone,), tuple(skills)

    def _count_service(self, applied: Applied, ticket: Ticket) -> None:
        event = applied.event
        if not isinstance(event, ItemFinished):
            return
        ends = [i.finished_at for i in ticket.items if i.finished_at and i.finished_at < applied.at]
        began = max([ticket.arrived_at or applied.at, *ends])
        served = self.served.setdefault(event.window, Served())
        served.items += 1
        served.micros += applied.at - began

    def _call(self, applied: Applied, ticket: Ticket) -> Call | None:
        if isinstance(applied.event, TicketCalled):
            window = applied.event.window
            self.decisions.append(_decision(applied, applied.event, ticket))
            return self._keep(
                Call(
                    id=applied.seq,
                    ticket=ticket.id,
                    number=ticket.number,
                    window=window,
                    zone=self.windows[window].zone,
                    ticket_zone=self.zone_of(ticket),
                    state="called",
                    times=1,
                    called_at=applied.at,
                    last_called_at=applied.at,
                    arrived_at=None,
                )
            )
        call = self.calls.get(ticket.id)
        if call is None:
            return None
        state = _CALL_STATES.get(ticket.state, "gone")
        if (state, ticket.calls) == (call.state, call.times):
            return call
        call = changed(
            call,
            state=state,
            times=ticket.calls,
            last_called_at=ticket.last_called_at or call.last_called_at,
            arrived_at=ticket.arrived_at,
        )
        if isinstance(applied.event, TicketRecalled):
            return self._keep(call)
        self.calls[ticket.id] = call
        return call

    def _keep(self, call: Call) -> Call:
        """Put the call last, as the newest; forget the oldest beyond `CALLS_KEPT`."""
        self.calls.pop(call.ticket, None)
        self.calls[call.ticket] = call
        while len(self.calls) > CALLS_KEPT:
            del self.calls[next(iter(self.calls))]
        return call


def _decision(applied: Applied, event: TicketCalled, ticket: Ticket) -> Decision:
    return Decision(
        seq=applied.seq,
        at=applied.at,
        ticket=ticket.id,
        number=ticket.number,
        window=event.window,
        cls=ticket.cls,
        waited=max(0, applied.at - ticket.seniority),
        services=tuple(ticket.items[i].service for i in event.items),
        reason=event.reason,
    )
