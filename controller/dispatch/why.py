"""Why a waiting ticket was not called yet: pure data about the hall as it is now.

`controller.dispatch.because` puts it into words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from controller.dispatch.rule import Candidate, HallRule, barred, worth_here
from controller.dispatch.score import Worth
from controller.dispatch.tables import MICRO
from controller.hall.instants import Instant, Moment
from controller.hall.model import DispatchClass, Hall, Ticket, TicketState, Window, WindowState
from controller.hall.plan import Mode
from controller.hall.waiting import Place


class Answer(StrEnum):
    """The answer in a word."""

    NOT_WAITING = "not-waiting"
    NO_WINDOW = "no-window"
    """No window with the needed skill has a clerk."""
    PAUSED = "paused"
    """All windows that could are paused."""
    BUSY = "busy"
    """All windows that could have somebody in hand."""
    NEXT = "next"
    """A free window will call it next."""
    LATER = "later"
    """The free windows will call others first."""


class Cause(StrEnum):
    """What speaks for another ticket, at one window."""

    STRICT = "strict"
    BOUND = "bound"
    CAP = "cap"
    OLDER = "older"
    PRIORITY = "priority"
    APPOINTMENT = "appointment"
    FASTER = "faster"
    SCARCE = "scarce"
    SHORTER = "shorter"
    TOGETHER = "together"


FASTER, SHORTER = 1.05, 0.9
"""How much quicker or shorter something must be to be told as a cause."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another ticket that a window calls first, or has called first, and what speaks for it."""

    ticket: str
    number: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class AtWindow:
    """One window that could serve the ticket. `in_hand` is the ticket there; `before` the same if
    it was called while ours waited; `next` whom the window would call now, None if it is ours."""

    no: int
    state: WindowState
    until: Instant | None = None
    in_hand: str | None = None
    since: Instant | None = None
    before: Rival | None = None
    next: Rival | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that keeps one ticket waiting. `missing` are skills it needs that no window with a
    clerk has; `early` microseconds until its appointment."""

    ticket: Ticket
    answer: Answer
    waited: Instant
    early: Instant = 0
    same_before: int = 0
    """How many of its own kind wait longer."""
    missing: tuple[str, ...] = ()
    windows: tuple[AtWindow, ...] = ()


def why_not_called(hall: Hall, ticket: str, now: Moment, rule: HallRule) -> Why:
    """Why the ticket waits. Raises KeyError for a ticket that the hall does not know."""
    mine = hall.tickets[ticket]
    waited = max(0, now.at - mine.seniority)
    if mine.state is not TicketState.WAITING:
        return Why(mine, Answer.NOT_WAITING, waited)
    staffed = frozenset(skill for _, _, skills in hall.staffing for skill in skills)
    missing = tuple(sorted(mine.skills_needed() - staffed))
    windows = tuple(_Case(hall, mine, now, rule).windows())
    early = max(0, (mine.slot or 0) - now.at)
    same = hall.waiting.before_in_line(ticket)
    return Why(mine, _answer(windows), waited, early, same, missing, windows)


def _answer(windows: tuple[AtWindow, ...]) -> Answer:
    if not windows:
        return Answer.NO_WINDOW
    open_ = [w for w in windows if w.state is WindowState.OPEN]
    if not open_:
        return Answer.PAUSED
    free = [w for w in open_ if w.in_hand is None]
    if not free:
        return Answer.BUSY
    return Answer.NEXT if any(w.next is None for w in free) else Answer.LATER


@dataclass(slots=True)
class _Case:
    """One ticket against all windows."""

    hall: Hall
    mine: Ticket
    now: Moment
    rule: HallRule

    def windows(self) -> Iterator[AtWindow]:
        """The windows with a clerk that could do one of its items, by number."""
        for no, _, skills in self.hall.staffing:
            if self.mine.doable(skills) and self.mine.may_go_to(no):
                yield self._at(self.hall.windows[no])

    def _at(self, window: Window) -> AtWindow:
        if window.state is not WindowState.OPEN:
            return AtWindow(window.no, window.state, until=window.until)
        held = self.hall.tickets.get(window.ticket or "")
        return AtWindow(
            window.no,
            window.state,
            in_hand=held.number if held else None,
            since=held.called_at if held else None,
            before=self._before(window, held) if held else None,
            next=self._next(window),
        )

    # --- whom the window would call now ---

    def _next(self, window: Window) -> Rival | None:
        choice = self.rule.choose(self.hall, window, self.now)
        if choice is None or choice.ticket == self.mine.id:
            return None
        theirs = self.hall.tickets[choice.ticket]
        line = self.hall.waiting.line_of(self.mine.id)
        seen = {c.line.head[2]: c for c in self.rule.candidates(self.hall, window, self.now)}
        our = next((c for c in seen.values() if c.line is line), None)
        their = seen[choice.ticket]
        if our is their:
            return Rival(theirs.id, theirs.number, (Cause.OLDER,))
        if our is None:
            bar = barred(self.hall, window, line) if line is not None else ""
            return Rival(theirs.id, theirs.number, (Cause.CAP if bar == "cap" else Cause.BOUND,))
        return Rival(theirs.id, theirs.number, self._causes(our, their))

    def _causes(self, our: Candidate, their: Candidate) -> tuple[Cause, ...]:
        if their.rank < our.rank:
            return (Cause.STRICT,)
        gap = their.pressure(self.now) - our.pressure(self.now)
        kinds = self._standing(our.line.kind.cls, their.line.kind.cls)
        older = [Cause.OLDER] if their.line.head < _place(self.mine) else []
        scarce = [Cause.SCARCE] if gap >= MICRO else []
        causes = (*older, *kinds, *scarce, *_speed(our.worth, their.worth))
        return causes or (Cause.TOGETHER,)

    def _standing(self, ours: str, theirs: str) -> list[Cause]:
        weights = self.hall.plan.rules.weights
        if ours == theirs or weights[theirs] <= weights[ours]:
            return []
        return [Cause.PRIORITY if theirs == DispatchClass.PRIORITY else Cause.APPOINTMENT]

    # --- whom the window called while the ticket waited ---

    def _before(self, window: Window, held: Ticket) -> Rival | None:
        called = held.called_at or 0
        if called < _waits_since(self.mine):
            return None
        facts = dict(held.reason.facts) if held.reason else {}
        if self.hall.plan.rules.mode is Mode.STRICT and (
            held.cls is DispatchClass.PRIORITY and self.mine.cls is not DispatchClass.PRIORITY
        ):
            return Rival(held.id, held.number, (Cause.STRICT,))
        causes = [Cause.OLDER] if _place(held) < _place(self.mine) else []
        causes += self._standing(str(self.mine.cls), str(held.cls))
        known = self.rule.tables(self.hall)
        ours = self._worth(window, [self.mine.items[i].service for i in self.mine.remaining])
        theirs = self._worth(window, [held.items[i].service for i in held.planned])
        if int(facts.get("posts", 0)) and int(facts["posts"]) < known.able[ours.service]:
            causes.append(Cause.SCARCE)
        causes += _speed(ours, theirs)
        return Rival(held.id, held.number, tuple(causes) or (Cause.TOGETHER,))

    def _worth(self, window: Window, services: list[str]) -> Worth:
        return worth_here(self.rule.tables(self.hall), window.no, services)


def _speed(ours: Worth, theirs: Worth) -> list[Cause]:
    """What of their matter is done quicker here than ours."""
    fit, other = ours.harmonic / ours.micros, theirs.harmonic / theirs.micros
    faster = [Cause.FASTER] if other > fit * FASTER else []
    shorter = [Cause.SHORTER] if theirs.total < ours.total * SHORTER else []
    return faster + shorter


def _place(ticket: Ticket) -> Place:
    return ticket.seniority, ticket.order, ticket.id


def _waits_since(ticket: Ticket) -> Instant:
    """Since when it waits: its issue, or the end of its last item."""
    return max([ticket.issued_at, *(i.finished_at for i in ticket.items if i.finished_at)])
