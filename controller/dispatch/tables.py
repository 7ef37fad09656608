"""What does not change between two calls: who can do what, how fast, and whose work is whose.

One `Tables` belongs to one staffing (which clerks sit where with which skills). All numbers that a
decision compares are integers, so that a replay decides identically on every machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from controller.dispatch.estimates import Estimates
from controller.dispatch.split import Shares, split
from controller.hall.model import Staffing
from controller.hall.plan import Plan

MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Post:
    """A staffed window. `micros`: microminutes per service it can do; `flexibility`: the share of
    the hall's services that is."""

    no: int
    clerk: str
    micros: Mapping[str, int]
    flexibility: float
    load: float
    """Its planned share of the day's work, as a multiple of the average post's."""


@dataclass(frozen=True, slots=True)
class Tables:
    """`harmonic`: microminutes per service, the harmonic mean over the posts that can do it.
    `able`: how many posts can do each service.
    `pull`: by service, then service, microminutes of pressure on the first that one waiting item
    of the second makes."""

    posts: Mapping[int, Post]
    harmonic: Mapping[str, int]
    able: Mapping[str, int]
    pull: Mapping[str, Mapping[str, int]]
    shares: Shares
    _pressures: "_Pressures" = field(compare=False)

    def pressures(self, waiting: Mapping[str, int]) -> Mapping[str, int]:
        """Microminutes of pressure on each service, from the waiting items by service."""
        return self._pressures.now(waiting)


@dataclass(slots=True)
class _Pressures:
    """Pressure kept up incrementally: a memo of a pure function, exact because it is integer."""

    pull: Mapping[str, Mapping[str, int]]
    seen: dict[str, int]
    sums: dict[str, int]

    def now(self, waiting: Mapping[str, int]) -> Mapping[str, int]:
        seen = self.seen
        if waiting != seen:
            for service, count in waiting.items():
                step = count - seen.get(service, 0)
                if step:
                    self._add(service, step)
                    seen[service] = count
            for service in seen.keys() - waiting.keys():
                self._add(service, -seen.pop(service))
        return self.sums

    def _add(self, service: str, step: int) -> None:
        sums = self.sums
        for other, micros in self.pull.get(service, {}).items():
            sums[other] += step * micros


def tables(
    plan: Plan, staffing: Staffing, estimates: Estimates, expected: Mapping[str, float]
) -> Tables:
    """Work the tables out. `expected` are items a day by service; one where nothing is known."""
    minutes: dict[str, dict[int, float]] = {code: {} for code in plan.services}
    for no, clerk, skills in staffing:
        for code, service in plan.services.items():
            if service.skill in skills:
                minutes[code][no] = estimates.minutes(clerk, code)
    shares = split({code: expected.get(code, 1.0) for code in plan.services}, minutes)
    harmonic = {
        code: round(MICRO * len(row) / sum(1 / m for m in row.values()))
        for code, row in minutes.items()
        if row
    }
    pull = _pull(shares, minutes)
    loads = _loads(shares, minutes, expected)
    posts = {no: _post(no, clerk, minutes, loads.get(no, 0.0)) for no, clerk, _ in staffing}
    able = {code: len(row) for code, row in minutes.items()}
    pressures = _Pressures(pull, {}, dict.fromkeys(plan.services, 0))
    return Tables(posts, harmonic, able, pull, shares, pressures)


def _post(no: int, clerk: str, minutes: Mapping[str, Mapping[int, float]], load: float) -> Post:
    can = {code: max(1, round(MICRO * row[no])) for code, row in minutes.items() if no in row}
    return Post(no, clerk, can, len(can) / len(minutes), load)


def _loads(
    shares: Shares, minutes: Mapping[str, Mapping[int, float]], expected: Mapping[str, float]
) -> dict[int, float]:
    loads: dict[int, float] = {}
    for code, row in shares.items():
        for no, share in row.items():
            work = expected.get(code, 1.0) * share * minutes[code][no]
            loads[no] = loads.get(no, 0.0) + work
    mean = sum(loads.values()) / max(1, len(loads))
    return {no: load / mean for no, load in loads.items()} if mean > 0 else {}


def _pull(shares: Shares, minutes: Mapping[str, Mapping[int, float]]) -> dict[str, dict[str, int]]:
    """Σ over windows of share[first, w] × share[second, w] × minutes[second, w], by second."""
    planned: dict[int, list[tuple[str, float]]] = {}
    for code, row in shares.items():
        for no, share in row.items():
            planned.setdefault(no, []).append((code, share))
    pull: dict[str, dict[str, float]] = {code: {} for code in shares}
    for no, here in planned.items():
        for second, share in here:
            minute = share * minutes[second][no]
            row_of = pull[second]
            for first, other in here:
                row_of[first] = row_of.get(first, 0.0) + other * minute
    return {
        second: {first: round(MICRO * m) for first, m in row.items()}
        for second, row in pull.items()
    }
