"""The hall's rule: whom a window calls, and which window a ticket goes to (docs/dispatch.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from controller.dispatch.estimates import Estimates, shrunk
from controller.dispatch.score import Worth, beats, urgency, worth
from controller.dispatch.tables import Tables, tables
from controller.hall.knowledge import Knowledge
from controller.hall.model import (
    MINUTE,
    SECOND,
    Hall,
    Mode,
    Moment,
    Plan,
    Reason,
    Staffing,
    Ticket,
    Window,
)
from controller.hall.port import Choice
from controller.hall.waiting import PRIORITY, Kind, Line, Place

APPOINTMENT = "appointment"
SLOT_AHEAD = 5 * MINUTE
"""In strict order an appointment counts as one from this long before its slot."""
FLEXIBLE, LOADED = 0.3, 0.5
"""What a wide range of skills and a full plan weigh against speed, when windows are idle."""
STAFFINGS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """The longest waiting of one kind, as one window sees it. `rank` is its class in strict
    order; `barred` says that somebody older must go first."""

    line: Line
    worth: Worth
    x: int
    rank: int
    barred: str = ""

    def before(self, other: "Candidate") -> bool:
        """Whether it is called rather than the other."""
        if self.rank != other.rank:
            return self.rank < other.rank
        if beats(self.x, self.worth, other.x, other.worth):
            return True
        if beats(other.x, other.worth, self.x, self.worth):
            return False
        return self.line.head < other.line.head


class HallRule:
    """Accumulating priority × speed of the visit here × scarcity, with bounded overtaking.

    Depends on its arguments only; what it keeps between calls are memos of pure functions.
    """

    name = "hall"

    def __init__(self) -> None:
        self._staffings: dict[Staffing, _Known] = {}
        self._newest: _Known | None = None

    # --- pull ---

    def choose(self, hall: Hall, window: Window, now: Moment) -> Choice | None:
        """See `Policy.choose`."""
        seen = [c for c in self.candidates(hall, window, now) if not c.barred]
        best = _best(seen)
        if best is None:
            return None
        ticket = hall.tickets[best.line.head[2]]
        items = ticket.doable(window.skills)
        return Choice(ticket.id, items, self._reason(hall, window, now, best, ticket, seen))

    def candidates(self, hall: Hall, window: Window, now: Moment) -> list[Candidate]:
        """The head of every line the window can serve in part, barred ones marked."""
        lines = list(hall.waiting.lines(window.skills))
        if not lines:
            return []
        known = self._known_of(hall)
        worths = known.worths.setdefault(window.no, {})
        pressures = known.tables.pressures(hall.waiting.items)
        strict = hall.plan.rules.mode is Mode.STRICT
        bars = _Bars(hall, lines)
        found = []
        for line in lines:
            kind = line.kind
            of = worths.get(kind)
            if of is None:
                of = worths[kind] = _worth(known.tables, window, kind)
            age = now.at - line.head[0]
            x = urgency(kind.weight, age, pressures[of.service])
            rank = _rank(kind.cls, age) if strict else 0
            found.append(Candidate(line, of, x, rank, bars.why(line)))
        return found

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
        waits adds to the pressure. The window can serve all of the lines in part."""
        known = self._known_of(hall)
        worths = known.worths.setdefault(window.no, {})
        pressures, pull = known.tables.pressures(hall.waiting.items), known.tables.pull
        strict = hall.plan.rules.mode is Mode.STRICT
        found = []
        for line in lines:
            kind = line.kind
            of = worths.get(kind)
            if of is None:
                of = worths[kind] = _worth(known.tables, window, kind)
            own = sum([pull[s].get(of.service, 0) for s in kind.services if s in pull])
            age = now.at - line.head[0]
            x = urgency(kind.weight, age, pressures[of.service] + own)
            one = Candidate(line, of, x, _rank(kind.cls, age) if strict else 0)
            other = best
            if best is not None:
                service = best.worth.service
                more = sum([pull[s].get(service, 0) for s in kind.services if s in pull])
                other = Candidate(best.line, best.worth, best.x + urgency(0, 0, more), best.rank)
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

    # --- why ---

    def _reason(
        self,
        hall: Hall,
        window: Window,
        now: Moment,
        best: Candidate,
        ticket: Ticket,
        seen: list[Candidate],
    ) -> Reason:
        head = best.line.head
        older = sum(1 for c in seen if c.line.head < head)
        return Reason(
            self.name,
            (
                ("waited_s", max(0, now.at - ticket.seniority) // SECOND),
                ("cls", str(ticket.cls)),
                ("service", best.worth.service),
                ("fit_pct", best.worth.harmonic * 100 // best.worth.micros),
                ("can_do", len(ticket.doable(window.skills))),
                ("remaining", len(ticket.remaining)),
                ("before_older", older),
                ("kinds", len(seen)),
                ("strict", int(hall.plan.rules.mode is Mode.STRICT)),
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

    def fits(self, hall: Hall) -> bool:
        """Whether it is about this hall as it is staffed now."""
        return (
            self.staffing is hall.staffing and self.plan is hall.plan and self.learned is hall.known
        )


class _Bars:
    """Who may not be called now, because the window could serve somebody who waits longer and
    was overtaken as often as may be."""

    def __init__(self, hall: Hall, lines: list[Line]) -> None:
        waiting, cap = hall.waiting, hall.plan.rules.overtaking_cap
        self._groups: dict[tuple[str, str], Place] = {}
        self._ordinary: Place | None = None
        for line in lines:
            group = line.kind.group
            if waiting.overtaken(line):
                oldest = self._groups.get(group)
                self._groups[group] = line.head if oldest is None else min(oldest, line.head)
            if cap is not None and line.kind.cls != PRIORITY and waiting.jumped(line) >= cap:
                longest: Place | None = self._ordinary
                self._ordinary = line.head if longest is None else min(longest, line.head)

    def why(self, line: Line) -> str:
        """What bars the head of a line, or nothing."""
        oldest = self._groups.get(line.kind.group)
        if oldest is not None and oldest < line.head:
            return "overtaken"
        if line.kind.cls == PRIORITY and self._ordinary is not None:
            return "cap" if self._ordinary < line.head else ""
        return ""


def _best(candidates: list[Candidate]) -> Candidate | None:
    best: Candidate | None = None
    for candidate in candidates:
        if best is None or candidate.before(best):
            best = candidate
    return best


def _rank(cls: str, age: int) -> int:
    if cls == PRIORITY:
        return 0
    return 1 if cls == APPOINTMENT and age >= -SLOT_AHEAD else 2


def _worth(known: Tables, window: Window, kind: Kind) -> Worth:
    micros: Mapping[str, int] = known.posts[window.no].micros
    here = [s for s in kind.services if s in micros]
    best = max(here, key=lambda s: (known.harmonic[s] / micros[s], s))
    return worth(best, known.harmonic[best], micros[best], sum(micros[s] for s in here))
