"""The board: what is durable and true now, folded from events; every reader reads here.

`fold` is called by the service's writer for each durable event, in order; it notes what the event
changed, so that screens get whole entities and never add or subtract.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from controller.hall.change import changed
from controller.hall.day_events import DayOpened, PolicyChanged
from controller.hall.events import ItemFinished, TicketCalled, TicketRecalled, TicketUndone
from controller.hall.evolve import Applied, stands_anew
from controller.hall.folds.telling import TELLING, tell
from controller.hall.instants import Instant
from controller.hall.model import (
    PATIENT_STATES,
    DispatchClass,
    ItemState,
    Reason,
    Ticket,
    TicketState,
    Window,
    closed_windows,
)
from controller.hall.notices import Told
from controller.hall.plan import Plan, Value
from controller.hall.waiting import WaitingLines
from controller.views.ratings import Ratings

CALLS_KEPT = 40
DECISIONS_KEPT = 200
_CALL_STATES = {
    TicketState.OFFERED: "done",
    TicketState.RETURNED: "done",
    TicketState.HANDED: "done",
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
    desks: frozenset[int] = frozenset()
    """The windows whose clerks have to do with it, before or after."""
    told: bool = False
    """Whether it changed the notices or the emergency that every screen shows."""


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
    handed: set[str] = field(default_factory=set)
    """Tickets handed on that nobody has accepted yet."""
    in_zone: dict[str, int] = field(default_factory=dict)
    served: dict[int, Served] = field(default_factory=dict)
    changes: dict[str, Value] = field(default_factory=dict)
    """Policy values changed today, by configured name."""
    told: Told = field(default_factory=Told)
    ratings: Ratings = field(default_factory=Ratings)
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
        if isinstance(applied.event, PolicyChanged):
            self.changes[applied.event.name] = applied.event.value
            self.plan = self.plan.ruled(applied.event.name, applied.event.value)
        if isinstance(applied.event, TELLING):
            return Change(applied, told=tell(self.told, applied.event))
        if applied.window is not None:
            self.windows[applied.window.no] = applied.window
        before = self.tickets.get(applied.ticket.id) if applied.ticket else None
        self.ratings.fold(self.day, before, applied, self.plan.rules.rating_asked_for)
        if applied.ticket is None:
            return Change(applied)
        self.tickets[applied.ticket.id] = applied.ticket
        if applied.ticket.state is TicketState.HANDED:
            self.handed.add(applied.ticket.id)
        else:
            self.handed.discard(applied.ticket.id)
        zones, skills = self._queue(before, applied.ticket)
        self._count_service(applied, before, applied.ticket)
        desks = _desks(before) | _desks(applied.ticket)
        return Change(applied, self._call(applied, applied.ticket), zones, skills, desks)

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

    def handed_to(self, no: int) -> list[str]:
        """The tickets that were handed to a window and not accepted yet, the longest first."""
        return self._on_their_way(lambda t: t.target == no)

    def handed_by(self, no: int) -> list[str]:
        """The tickets that a window handed on and nobody has accepted yet."""
        return self._on_their_way(lambda t: t.origin == no)

    def _on_their_way(self, mine: Callable[[Ticket], bool]) -> list[str]:
        found = [t for t in map(self.tickets.__getitem__, self.handed) if mine(t)]
        return [t.id for t in sorted(found, key=lambda t: (t.deadline or 0, t.id))]

    def _new_day(self, day: str) -> None:
        self.day = day
        self.plan, self.tomorrow = self.tomorrow or self.plan, None
        self.tickets.clear()
        self.calls.clear()
        self.in_zone.clear()
        self.handed.clear()
        self.served.clear()
        self.decisions.clear()
        self.changes.clear()
        self.told, self.ratings = Told(), Ratings()
        self.lines = WaitingLines()
        self.windows = closed_windows(self.plan)

    def _all_zones(self) -> list[str]:
        return sorted({s.zone for s in self.plan.skills.values()})

    def _queue(
        self, before: Ticket | None, after: Ticket
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Follow who waits in the hall, and who of them stands in line."""
        zones = self._sit(before, after)
        waited = before is not None and before.state is TicketState.WAITING
        left = before.skills_needed() if before is not None and waited else frozenset[str]()
        if waited and after.state is not TicketState.WAITING:
            self.lines.leave(after.id)
            return zones, tuple(left)
        if stands_anew(before, after):
            self.lines.join(after.id, after.seniority, after.order, after.kind())
            return zones, tuple(left | after.skills_needed())
        return zones, ()

    def _sit(self, before: Ticket | None, after: Ticket) -> tuple[str, ...]:
        was = self.zone_of(before) if before and before.state in PATIENT_STATES else None
        is_ = self.zone_of(after) if after.state in PATIENT_STATES else None
        if was == is_:
            return ()
        if was is not None:
            self.in_zone[was] -= 1
        if is_ is not None:
            self.in_zone[is_] = self.in_zone.get(is_, 0) + 1
        return tuple(zone for zone in (was, is_) if zone is not None)

    def _count_service(self, applied: Applied, before: Ticket | None, ticket: Ticket) -> None:
        event = applied.event
        if isinstance(event, ItemFinished):
            self._count(event.window, ticket, event.item, 1)
        elif isinstance(event, TicketUndone) and event.what == "finish" and before is not None:
            undone = ticket.active
            if undone is not None:
                self._count(event.window, before, undone, -1)

    def _count(self, window: int, ticket: Ticket, item: int, sign: int) -> None:
        """Count a finished item, or one that was finished by mistake."""
        done = ticket.items[item]
        served = self.served.setdefault(window, Served())
        served.items += sign
        served.micros += sign * ((done.finished_at or 0) - (done.started_at or 0))

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


def _desks(ticket: Ticket | None) -> frozenset[int]:
    if ticket is None:
        return frozenset()
    return frozenset(n for n in (ticket.window, ticket.target, ticket.origin) if n is not None)


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
