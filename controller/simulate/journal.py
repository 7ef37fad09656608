"""A past day of the hall as a trace, from its own events.

Service times are as they truly were, from the call to the end of the work, in the hands that did
it; in other hands they are the service's mean times the clerk's ways, estimated from all days up
to this one. What the hall is taken to have known in the morning comes from the days before.

Left out: who gave up before being called, tickets whose paper never came, and items that nobody
finished that day. Who was called and never came is a no-show.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from controller.dispatch.estimates import Estimates, shrunk
from controller.hall import events as e
from controller.hall.instants import MINUTE, Instant
from controller.hall.knowledge import Observed
from controller.hall.plan import Plan
from controller.simulate.trace import (
    CLASSES,
    Day,
    DayBreak,
    DayService,
    DayTicket,
    DayWindow,
    Truth,
)

NO_SHOW_MINUTES = 1.0
SHORTEST = 0.02
"""Minutes; work that was finished at once is taken to have lasted so long."""


class JournalDayError(ValueError):
    """A journal that holds no such day, or none that can be played."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, when it happened and on which day of the hall."""

    day: str
    at: Instant
    event: e.Event


@dataclass(frozen=True, slots=True)
class _Seat:
    """A clerk at a window with the skills they have there."""

    window: int
    clerk: str
    skills: frozenset[str]


@dataclass(slots=True)
class _Visit:
    """What became of one ticket."""

    issued: e.TicketIssued
    at: Instant
    called: bool = False
    void: bool = False
    since: Instant = 0
    seat: _Seat | None = None
    done: dict[int, tuple[_Seat, float]] = field(default_factory=dict)


@dataclass(slots=True)
class _Past:
    """One day as it went."""

    visits: dict[str, _Visit] = field(default_factory=dict)
    present: dict[_Seat, list[tuple[Instant, Instant]]] = field(default_factory=dict)
    first: Instant = 0
    last: Instant = 0


def days_in(happened: Iterable[Happened]) -> dict[str, list[Happened]]:
    """The events by day, in order."""
    found: dict[str, list[Happened]] = {}
    for one in happened:
        found.setdefault(one.day, []).append(one)
    return found


def day_of(
    happened: Mapping[str, list[Happened]], plan: Plan, daily: Mapping[str, float], day: str | None
) -> Day:
    """The trace of a day (the last one on which somebody was served, if not told). `daily`: items
    a day by service, where no earlier day tells. Raises `JournalDayError`."""
    pasts = {name: _Replayer(rows).past() for name, rows in sorted(happened.items())}
    served = [n for n, p in pasts.items() if any(v.done for v in p.visits.values())]
    if not served:
        raise JournalDayError("nobody was served in this journal")
    name = day or served[-1]
    if name not in served:
        raise JournalDayError(
            f"nobody was served on {name}; days that can be played: {', '.join(served[-8:])}"
        )
    before = [pasts[n] for n in served if n < name]
    return _Writer(name, pasts[name], before, plan, daily).day()


@dataclass(slots=True)
class _Replayer:
    """Reads the events of one day."""

    rows: list[Happened]
    seats: dict[int, _Seat] = field(default_factory=dict)
    since: dict[int, Instant] = field(default_factory=dict)
    found: _Past = field(default_factory=_Past)

    def past(self) -> _Past:
        of_hall = [r for r in self.rows if isinstance(r.event, e.TicketEvent | e.WindowEvent)]
        if of_hall:
            self.found.first, self.found.last = of_hall[0].at, of_hall[-1].at
        for row in of_hall:
            if isinstance(row.event, e.WindowEvent):
                self._window(row.event, row.at)
            elif isinstance(row.event, e.TicketIssued):
                self.found.visits[row.event.ticket] = _Visit(row.event, row.at)
            elif isinstance(row.event, e.TicketEvent):
                visit = self.found.visits.get(row.event.ticket)
                if visit is not None:
                    self._ticket(row.event, visit, row.at)
        for no in list(self.since):
            self._leave(no, self.found.last)
        return self.found

    def _window(self, event: e.WindowEvent, at: Instant) -> None:
        no = event.window
        if isinstance(event, e.WindowOpened):
            self._leave(no, at)
            self.seats[no] = _Seat(no, event.clerk, frozenset(event.skills))
            self.since[no] = at
        elif isinstance(event, e.WindowResumed) and no in self.seats:
            self.since.setdefault(no, at)
        else:
            self._leave(no, at)
            if isinstance(event, e.WindowClosed):
                self.seats.pop(no, None)

    def _leave(self, no: int, at: Instant) -> None:
        since = self.since.pop(no, None)
        if since is not None:
            self.found.present.setdefault(self.seats[no], []).append((since, at))

    def _ticket(self, event: e.TicketEvent, visit: _Visit, at: Instant) -> None:
        match event:
            case e.TicketCalled():
                visit.called, visit.since = True, at
                visit.seat = self.seats.get(event.window)
            case e.ItemFinished() if visit.seat is not None:
                minutes = max(SHORTEST, (at - visit.since) / MINUTE)
                visit.done[event.item] = (visit.seat, minutes)
                visit.since = at
            case e.TicketVoided():
                visit.void = True


@dataclass(slots=True)
class _Writer:
    """Writes a past day as a trace."""

    name: str
    past: _Past
    before: list[_Past]
    plan: Plan
    daily: Mapping[str, float]

    def day(self) -> Day:
        seats = sorted(self.past.present, key=lambda s: (s.window, s.clerk, sorted(s.skills)))
        codes = {
            s: tuple(c for c, v in self.plan.services.items() if v.skill in s.skills) for s in seats
        }
        seats = [s for s in seats if codes[s]]
        ids = {s: _seat_id(s, seats) for s in seats}
        morning = self._observed(self.before)
        truth = shrunk(self.plan.services, self._observed([*self.before, self.past]))
        windows = tuple(
            DayWindow(
                ids[s],
                codes[s],
                estimate={c: o.minutes for c, o in row.items() if c in codes[s]},
                n={c: float(o.n or 0) for c, o in row.items() if c in codes[s]},
                home=self._home(s),
            )
            for s in seats
            for row in [morning.get(s.clerk, {})]
        )
        able = {c for s in seats for c in codes[s]}
        tickets = sorted(self._tickets(able, truth), key=lambda t: t.at)
        mean = {ids[s]: {c: truth.minutes(s.clerk, c) for c in codes[s]} for s in seats}
        return Day(
            name=self.name,
            closes_min=max(1.0, self._minute(self.past.last)),
            services=tuple(self._services(able)),
            windows=windows,
            breaks=tuple(b for s in seats for b in self._absences(s, ids[s])),
            tickets=tuple(tickets),
            truth=Truth(mean, NO_SHOW_MINUTES),
            groups={c: self.plan.services[c].family for c in able},
        )

    def _minute(self, at: Instant) -> float:
        return max(0.0, (at - self.past.first) / MINUTE)

    def _services(self, able: set[str]) -> Iterator[DayService]:
        for code in self.plan.services:
            if code in able:
                yield DayService(code, self.plan.services[code].minutes, self._expected(code))

    def _expected(self, code: str) -> float | None:
        if self.before:
            came = sum(v.issued.items.count(code) for p in self.before for v in p.visits.values())
            return came / len(self.before)
        return self.daily.get(code) or None

    def _observed(self, pasts: Iterable[_Past]) -> dict[str, dict[str, Observed]]:
        sums: dict[tuple[str, str], list[float]] = defaultdict(list)
        for past in pasts:
            for visit in past.visits.values():
                for item, (seat, minutes) in visit.done.items():
                    sums[seat.clerk, visit.issued.items[item]].append(minutes)
        found: dict[str, dict[str, Observed]] = {}
        for (clerk, code), times in sums.items():
            if code in self.plan.services:
                mean = sum(times) / len(times)
                found.setdefault(clerk, {})[code] = Observed(mean, float(len(times)))
        return found

    def _home(self, seat: _Seat) -> str | None:
        """The group it worked most for."""
        work: dict[str, float] = defaultdict(float)
        for visit in self.past.visits.values():
            for item, (where, minutes) in visit.done.items():
                service = self.plan.services.get(visit.issued.items[item])
                if where == seat and service is not None:
                    work[service.family] += minutes
        return max(sorted(work), key=lambda g: work[g]) if work else None

    def _tickets(self, able: set[str], truth: Estimates) -> Iterator[DayTicket]:
        for number, visit in self.past.visits.items():
            issued = visit.issued
            items = [i for i in sorted(visit.done) if issued.items[i] in able]
            no_show = not visit.done and visit.called
            if visit.void or not (items or no_show):
                continue
            if no_show:
                items = [i for i, c in enumerate(issued.items) if c in able]
            if not items:
                continue
            noise = []
            for i in items:
                seat, minutes = visit.done.get(i, (None, 0.0))
                usual = truth.minutes(seat.clerk, issued.items[i]) if seat else 1.0
                noise.append(minutes / usual if seat else 1.0)
            at = visit.at if issued.slot is not None else min(visit.at, issued.seniority)
            yield DayTicket(
                id=number,
                at=self._minute(at),
                cls=issued.cls if issued.cls in CLASSES else "ordinary",
                slot=None if issued.slot is None else self._minute(issued.slot),
                items=tuple(issued.items[i] for i in items),
                no_show=no_show,
                noise=tuple(noise),
                weight=issued.weight or None,
            )

    def _absences(self, seat: _Seat, id: str) -> Iterator[DayBreak]:
        at, end = 0.0, self._minute(self.past.last)
        for since, until in self.past.present[seat]:
            begin = self._minute(since)
            if begin > at:
                yield DayBreak(id, at, begin - at)
            at = self._minute(until)
        if end > at:
            yield DayBreak(id, at, end - at)


def _seat_id(seat: _Seat, seats: list[_Seat]) -> str:
    """The window's number; with the clerk's where several worked there, and once more counted
    where one came back with other skills."""
    here = [s for s in seats if s.window == seat.window]
    if len(here) == 1:
        return str(seat.window)
    same = [s for s in here if s.clerk == seat.clerk]
    told = f"{seat.window}/{seat.clerk}"
    return told if len(same) == 1 else f"{told}.{same.index(seat) + 1}"
