"""Ghosts: tickets that are not there, to see when the rule would call them.

A ghost stands in no line. Each time a window calls, the rule is asked whether the ghost would have
gone before the one it chose; so ghosts see the hall as a visitor would who came now, and cost
nobody anything, each other least of all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from controller.dispatch.rule import Candidate, HallRule
from controller.hall.instants import Instant, Moment
from controller.hall.model import DispatchClass, Hall, Window
from controller.hall.plan import Plan
from controller.hall.port import Choice
from controller.hall.waiting import Kind, Line

LAST = 1 << 60
"""The order of issue of a ghost: after everybody who came in the same instant."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """Somebody who would come now for these services (for all that one window can do)."""

    cls: DispatchClass
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """When a ghost would be called (microseconds from now), and after how many others: tickets
    called by windows that could have called it instead."""

    after: int
    ahead: int


def ordinary_ghosts(plan: Plan) -> list[Ghost]:
    """One ghost for each service, ordinary and with priority."""
    classes = (DispatchClass.ORDINARY, DispatchClass.PRIORITY)
    return [Ghost(cls, (code,)) for code in plan.services for cls in classes]


class GhostRule(HallRule):
    """The hall's rule, looked at by ghosts while it decides for the others."""

    def __init__(self) -> None:
        super().__init__()
        self._ghosts: list[Ghost] = []
        self._lines: list[Line] = []
        self._kinds: list[Kind] = []
        self._all_at_window: dict[int, list[int]] = {}
        self._at_window: dict[int, list[int]] = {}
        self._open: set[int] = set()
        self._able: list[list[int]] = []
        self._zero: Instant = 0
        self._seen: list[Candidate] = []
        self.shown: dict[Ghost, Shown] = {}
        self.calls: dict[int, int] = {}

    def haunt(
        self, ghosts: Iterable[Ghost], plan: Plan, skills: Mapping[int, frozenset[str]]
    ) -> None:
        """Let these ghosts look on; `skills` are those of the windows, by number."""
        self._ghosts = list(ghosts)
        needs = [frozenset(plan.skill_of(s) for s in g.services) for g in self._ghosts]
        self._able = [
            [no for no, can in skills.items() if not can.isdisjoint(need)] for need in needs
        ]
        self._all_at_window = {no: [] for no in skills}
        for n, able in enumerate(self._able):
            for no in able:
                self._all_at_window[no].append(n)
        self._kinds = [
            Kind(str(g.cls), plan.rules.weights[str(g.cls)], g.services[0], g.services, need)
            for g, need in zip(self._ghosts, needs, strict=True)
        ]

    def begin(self, zero: Instant) -> None:
        """The ghosts come, at the instant `zero`; whatever they saw before is forgotten."""
        self._zero = zero
        self._at_window = {no: list(here) for no, here in self._all_at_window.items()}
        self._lines = [Line(kind, [(zero, LAST, str(n))]) for n, kind in enumerate(self._kinds)]
        self._open = {n for n, able in enumerate(self._able) if able}
        self.shown = {}
        self.calls = dict.fromkeys(self._at_window, 0)

    @property
    def waiting(self) -> bool:
        """Whether a ghost has still to be called."""
        return bool(self._open)

    def candidates(self, hall: Hall, window: Window, now: Moment) -> Iterator[Candidate]:
        """See `HallRule.candidates`."""
        self._seen = list(super().candidates(hall, window, now))
        return iter(self._seen)

    def choose(self, hall: Hall, window: Window, now: Moment) -> Choice | None:
        """See `Policy.choose`."""
        choice = super().choose(hall, window, now)
        best = None
        if choice is not None:
            best = next(c for c in self._seen if c.line.head[2] == choice.ticket)
        if self._open:
            self._look(hall, window, now, best)
        if choice is not None:
            self.calls[window.no] = self.calls.get(window.no, 0) + 1
        return choice

    def _look(self, hall: Hall, window: Window, now: Moment, best: Candidate | None) -> None:
        here = self._at_window.get(window.no, [])
        left = [n for n in here if n in self._open]
        if len(left) < len(here):
            self._at_window[window.no] = left
        lines = [self._lines[n] for n in left]
        for ghost, other in self.hypothetical(hall, window, now, lines, best):
            if other is None or ghost.before(other):
                n = int(ghost.line.head[2])
                self._open.remove(n)
                ahead = sum([self.calls[no] for no in self._able[n]])
                self.shown[self._ghosts[n]] = Shown(now.at - self._zero, ahead)
