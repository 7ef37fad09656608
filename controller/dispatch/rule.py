"""The hall's rule: whom a window calls, and which window a ticket goes to (docs/dispatch.md)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from controller.dispatch.estimates import Estimates, shrunk
from controller.dispatch.score import CLOSE, Worth, beats, log_score, urgency, worth
from controller.dispatch.tables import MICRO, Tables, tables
from controller.hall.instants import MINUTE, SECOND, Instant, Moment
from controller.hall.knowledge import Knowledge
from controller.hall.model import Hall, Reason, Staffing, Ticket, Window
from controller.hall.plan import Mode, Plan
from controller.hall.port import Choice
from controller.hall.waiting import PRIORITY, Kind, Line, Place

APPOINTMENT = "appointment"
SLOT_AHEAD = 5 * MINUTE
"""In strict order an appointment counts as one from this long before its slot."""
FLEXIBLE, LOADED = 0.5, 0.1
"""What a wide range of skills and a full plan weigh against speed, when windows are idle."""
STAFFINGS_KEPT = 8


@dataclass(slots=True)
class Candidate:
    """The longest waiting of one kind, as one window sees it. `rank` is its class in strict
    order; `log` its score as far as a logarithm tells it."""

    line: Line
    worth: Worth
    x: int
    rank: int
    log: float

    def pressure(self, now: Moment) -> int:
        """What scarcity adds to its age, in microminutes."""
        age = urgency(self.line.kind.weight, now.at - self.line.head[0], 0)
        return (self.x - age) // urgency(0, 0, 1)

    def before(self, other: "Candidate") -> bool:
        """Whether it is called rather than the other."""
        if self.rank != other.rank:
            return self.rank < other.rank
        if abs(self.log - other.log) > CLOSE * max(1.0, abs(self.log)):
            return self.log > other.log
        if beats(self.x, self.worth, other.x, other.worth):
            return True
        if beats(other.x, other.worth, self.x, self.worth):
            return False
        return self.line.head < other.line.head


class HallRule:
    """Accumulating priority × speed of the visit here × scarcity; nobody younger of the same class
    and matter goes first at a window that could serve the older one.

    Depends on its arguments only; what it keeps between calls are memos of pure functions.
    """

    name = "hall"

    def __init__(self) -> None:
        self._staffings: dict[Staffing, _Known] = {}
        self._newest: _Known | None = None

    # --- pull ---

    def choose(self, hall: Hall, window: Window, now: Moment) -> Choice | None:
        """See `Policy.choose`."""
        best: Candidate | None = None
        for candidate in self.candidates(hall, window, now):
            if best is None or candidate.before(best):
                best = candidate
        if best is None:
            return None
        head = best.line.head
        older = sum(1 for line in hall.waiting.lines(window.skills, window.no) if line.head < head)
        ticket = hall.tickets[head[2]]
        items = ticket.doable(window.skills)
        return Choice(ticket.id, items, self._reason(hall, now, best, ticket, items, older))

    def candidates(self, hall: Hall, window: Window, now: Moment) -> Iterator[Candidate]:
        """Everybody among whom the window chooses: the head of every line that it can serve in
        part, unless a bound on overtaking bars it (`barred`)."""
        lines = _unbarred(hall, window)
        if not lines:
            return
        known = self._known_of(hall)
        pressures = known.tables.pressures(hall.waiting.items)
        strict = hall.plan.rules.mode is Mode.STRICT
        for line in lines:
            kind = line.kind
            of = known.worth(window.no, kind)
            age = now.at - line.heap[0][0]
            x = urgency(kind.weight, age, pressures[of.service])
            rank = _rank(kind.cls, age) if strict else 0
            yield Candidate(line, of, x, rank, log_score(x, of))

    def hypothetical(
        self,
        hall: Hall,
        window: Window,
        now: Moment,
        lines: Iterable[Line],
        best: Candidate | None,
    ) -> list[tuple[Candidate, Candidate | None]]:
        """How the heads of lines that are not there would stand, each as if it alone waited beside
        the others; with `best`, the candidate of those who are there, as it would stand then: who
        waits adds to the pressure, and bars younger ones of its group (None). The window can serve
        all of the lines in part; barred ones are left out."""
        known = self._known_of(hall)
        pressures, pull = known.tables.pressures(hall.waiting.items), known.tables.pull
        strict = hall.plan.rules.mode is Mode.STRICT
        there = hall.waiting.lines(window.skills, window.no)
        seniors, capped = _seniors(there), _capped(hall, there)
        found = []
        for line in lines:
            kind = line.kind
            if _junior(line, seniors) or _jumps(line, capped):
                continue
            of = known.worth(window.no, kind)
            own = sum([pull[s].get(of.service, 0) for s in kind.services if s in pull])
            age = now.at - line.head[0]
            x = urgency(kind.weight, age, pressures[of.service] + own)
            rank = _rank(kind.cls, age) if strict else 0
            one = Candidate(line, of, x, rank, log_score(x, of))
            other = best
            if best is not None and _bars(line, best.line):
                other = None  # barred by the older one, which was as good as any other already
            elif best is not None:
                service = best.worth.service
                more = sum([pull[s].get(service, 0) for s in kind.services if s in pull])
                y = best.x + urgency(0, 0, more)
                score = log_score(y, best.worth)
                other = Candidate(best.line, best.worth, y, best.rank, score)
            found.append((one, other))
        return found

    def tables(self, hall: Hall) -> Tables:
        """The tables of the hall's staffing now, with what the hall has learned."""
        return self._known_of(hall).tables

    def _known_of(self, hall: Hall) -> "_Known":
        newest = self._newest
        if newest is not None and newest.fits(hall):
            return newest
        found = self._staffings.pop(hall.staffing, None)
        if found is None or found.plan is not hall.plan or found.learned is not hall.known:
            found = self._work_out(hall)
        self._staffings[hall.staffing] = found
        while len(self._staffings) > STAFFINGS_KEPT:
            del self._staffings[next(iter(self._staffings))]
        self._newest = found
        return found

    def _work_out(self, hall: Hall) -> "_Known":
        estimates = next(
            (
                k.estimates
                for k in self._staffings.values()
                if k.plan is hall.plan and k.learned is hall.known
            ),
            None,
        ) or shrunk(hall.plan.services, hall.known.observed)
        made = tables(hall.plan, hall.staffing, estimates, hall.known.expected)
        return _Known(hall.plan, hall.known, hall.staffing, estimates, made)

    # --- push ---

    def place(self, hall: Hall, ticket: Ticket, idle: Iterable[tuple[Window, int]]) -> int | None:
        """Which of the idle windows should call a ticket that just came; each with the instant
        since when it is idle. None if no one of them can serve it."""
        known = self.tables(hall)
        able = []
        for window, since in idle:
            items = ticket.doable(window.skills)
            if items:
                able.append((self._cost(known, ticket, items, window.no), since, window.no))
        return min(able)[2] if able else None

    def _cost(self, known: Tables, ticket: Ticket, items: tuple[int, ...], no: int) -> float:
        post = known.posts[no]
        slowness = min(
            post.micros[s] / known.harmonic[s] for s in (ticket.items[i].service for i in items)
        )
        return round(slowness + FLEXIBLE * post.flexibility + LOADED * post.load, 9)

    def clears_in(self, hall: Hall, service: str) -> Instant | None:
        """See `Policy.clears_in`: the pressure on the service."""
        known = self.tables(hall)
        if not known.able.get(service):
            return None
        return known.pressures(hall.waiting.items)[service] * MINUTE // MICRO

    # --- why ---

    def _reason(
        self,
        hall: Hall,
        now: Moment,
        best: Candidate,
        ticket: Ticket,
        items: tuple[int, ...],
        older: int,
    ) -> Reason:
        known = self.tables(hall)
        pressure = known.pressures(hall.waiting.items)[best.worth.service]
        return Reason(
            self.name,
            (
                ("waited_s", max(0, now.at - ticket.seniority) // SECOND),
                ("cls", str(ticket.cls)),
                ("service", best.worth.service),
                ("fit_pct", best.worth.harmonic * 100 // best.worth.micros),
                ("can_do", len(items)),
                ("remaining", len(ticket.remaining)),
                ("before_older", older),
                ("strict", int(hall.plan.rules.mode is Mode.STRICT)),
                ("posts", known.able[best.worth.service]),
                ("pressure_min", pressure // MICRO),
            ),
        )


@dataclass(slots=True)
class _Known:
    """What one staffing comes to, and the worths of the kinds that each of its posts has met."""

    plan: Plan
    learned: Knowledge
    staffing: Staffing
    estimates: Estimates
    tables: Tables
    worths: dict[int, dict[Kind, Worth]] = field(default_factory=dict)

    def worth(self, no: int, kind: Kind) -> Worth:
        """What the post makes of a ticket of this kind; worked out once."""
        here = self.worths.setdefault(no, {})
        found = here.get(kind)
        if found is None:
            found = here[kind] = worth_here(self.tables, no, kind.services)
        return found

    def fits(self, hall: Hall) -> bool:
        """Whether it is about this hall as it is staffed now."""
        return (
            self.staffing is hall.staffing and self.plan is hall.plan and self.learned is hall.known
        )


def barred(hall: Hall, window: Window, line: Line) -> str:
    """What keeps the head of a line from being called to a window, though it could be served:
    ``"senior"`` (an older one of its class and matter goes first), ``"cap"`` (an ordinary ticket
    was overtaken by priority as often as may be), or nothing."""
    lines = hall.waiting.lines(window.skills, window.no)
    if _junior(line, _seniors(lines)):
        return "senior"
    return "cap" if _jumps(line, _capped(hall, lines)) else ""


def _unbarred(hall: Hall, window: Window) -> list[Line]:
    """The lines whose heads may be called: nobody older of a group of theirs is there."""
    lines = hall.waiting.lines(window.skills, window.no)
    seniors, capped = _seniors(lines), _capped(hall, lines)
    return [x for x in lines if not _junior(x, seniors) and not _jumps(x, capped)]


def _seniors(lines: list[Line]) -> Mapping[tuple[object, ...], Place]:
    """The longest waiting of every group."""
    seniors: dict[tuple[object, ...], Place] = {}
    for line in lines:
        head = line.heap[0]
        for group in line.kind.groups:
            oldest = seniors.get(group)
            if oldest is None or head < oldest:
                seniors[group] = head
    return seniors


def _junior(line: Line, seniors: Mapping[tuple[object, ...], Place]) -> bool:
    head = line.heap[0]
    return any(seniors.get(group, head) < head for group in line.kind.groups)


def _bars(line: Line, other: Line) -> bool:
    """Whether the head of the line keeps that of the other from going first."""
    alike = any(a == b for a, b in zip(line.kind.groups, other.kind.groups, strict=True))
    return alike and line.head < other.head


def _capped(hall: Hall, lines: list[Line]) -> Place | None:
    """The longest waiting who was overtaken by priority tickets as often as the cap allows."""
    cap = hall.plan.rules.overtaking_cap
    if cap is None:
        return None
    heads = [x.head for x in lines if x.kind.cls != PRIORITY and hall.waiting.jumped(x) >= cap]
    return min(heads, default=None)


def _jumps(line: Line, capped: Place | None) -> bool:
    return capped is not None and line.kind.cls == PRIORITY and capped < line.head


def _rank(cls: str, age: int) -> int:
    if cls == PRIORITY:
        return 0
    return 1 if cls == APPOINTMENT and age >= -SLOT_AHEAD else 2


def worth_here(known: Tables, no: int, services: Iterable[str]) -> Worth:
    """What the window makes of a ticket with these remaining services, of which it can do some."""
    micros: Mapping[str, int] = known.posts[no].micros
    here = [s for s in services if s in micros]
    best = max(here, key=lambda s: (known.harmonic[s] / micros[s], s))
    return worth(best, known.harmonic[best], micros[best], sum(micros[s] for s in here))
