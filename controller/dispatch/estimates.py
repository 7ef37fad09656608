"""How long a clerk will take for a service: observed means, shrunk towards what many days say.

A mean of a few observations is mostly luck, and a rule that sends work to whoever was lucky does
worse than no rule. On a log scale a time is taken as

    service + clerk + clerk in this group + clerk with this service + sampling error,

each part a normal effect around nought whose spread is estimated from the data (empirical Bayes),
so that an effect is believed as far as it stands out of its sampling error. Sources: Efron and
Morris on shrinkage; the parts are those of a two-way table with interaction.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from controller.hall.knowledge import Observed
from controller.hall.plan import Service

CV2 = 0.755
"""Squared coefficient of variation of one service time: lognormal with ln-sd .75."""
UNCOUNTED_SPREAD2 = 0.05**2
"""Where nobody counted the observations, this much of a single cell's difference is believed
real."""
MOST_SPREAD2 = 0.2**2
"""A clerk's own way with one service spreads no more than this (ln-sd .2); what seems to is error,
whatever the counts say."""
ROUNDS = 8

Cell = tuple[str, str]  # clerk, service


@dataclass(slots=True)
class _Part:
    """One part of the model: what its cells share, and how far it spreads."""

    unit: Callable[[Cell], object]
    effects: dict[object, float]
    spread2: float = 0.02

    def fit(self, left: Mapping[Cell, float], variance: Mapping[Cell, float]) -> None:
        """Estimate the effects from what the other parts leave, and their spread."""
        sums: dict[object, list[float]] = {}
        for cell, rest in left.items():
            total = sums.setdefault(self.unit(cell), [0.0, 0.0])
            total[0] += rest / variance[cell]
            total[1] += 1 / variance[cell]
        squares = 0.0
        for unit, (weighted, precision) in sums.items():
            belief = self.spread2 / (1 + self.spread2 * precision)
            self.effects[unit] = belief * weighted
            squares += self.effects[unit] ** 2 + belief
        self.spread2 = max(1e-6, squares / len(sums))


@dataclass(frozen=True, slots=True)
class Estimates:
    """Minutes by clerk and service; the service's own mean where nothing is known of the clerk."""

    services: Mapping[str, Service]
    _means: Mapping[str, float]
    _speed: Mapping[str, float]
    _group: Mapping[tuple[str, str], float]
    _cell: Mapping[Cell, float]

    def minutes(self, clerk: str, service: str) -> float:
        """The expected time of the service in this clerk's hands, in minutes."""
        group = self.services[service].family
        return self._means[service] * math.exp(
            self._speed.get(clerk, 0.0)
            + self._group.get((clerk, group), 0.0)
            + self._cell.get((clerk, service), 0.0)
        )


def shrunk(
    services: Mapping[str, Service], observed: Mapping[str, Mapping[str, Observed]]
) -> Estimates:
    """Estimates from observed means. Observations of services that are no more are left out."""
    left0 = {
        (clerk, code): math.log(seen.minutes / services[code].minutes)
        for clerk, row in sorted(observed.items())
        for code, seen in sorted(row.items())
        if code in services and seen.minutes > 0 and (seen.n is None or seen.n > 0)
    }
    error = {(c, s): _error(observed[c][s]) for c, s in left0}
    service = _Part(lambda cell: cell[1], {})
    clerk = _Part(lambda cell: cell[0], {})
    group = _Part(lambda cell: (cell[0], services[cell[1]].family), {})
    own = _Part(lambda cell: cell, {}, UNCOUNTED_SPREAD2)
    counted = all(v is not None for v in error.values())
    if left0:
        _fit(left0, error, (service, clerk, group), own, counted)
    return Estimates(
        services,
        {
            code: s.minutes * math.exp(service.effects.get(code, 0.0))
            for code, s in services.items()
        },
        clerk.effects,  # type: ignore[arg-type]
        group.effects,  # type: ignore[arg-type]
        own.effects,  # type: ignore[arg-type]
    )


def _error(seen: Observed) -> float | None:
    """The sampling variance of the logarithm of a mean."""
    return None if seen.n is None else math.log1p(CV2 / seen.n)


def _fit(
    seen: Mapping[Cell, float],
    error: Mapping[Cell, float | None],
    shared: tuple[_Part, ...],
    own: _Part,
    counted: bool,
) -> None:
    parts = (*shared, own)
    excess = 0.0
    for _ in range(ROUNDS):
        noise = {cell: (v or 0.0) + excess for cell, v in error.items()}
        for part in shared:
            others = [p for p in parts if p is not part and p is not own]
            left = _left(seen, others)
            part.fit(left, {cell: v + own.spread2 + 1e-6 for cell, v in noise.items()})
        left = _left(seen, shared)
        total = sum(rest * rest for rest in left.values()) / len(left)
        spread2, excess = _own_spread(total, error.values(), counted)
        own.spread2 = spread2
        for cell, rest in left.items():
            variance = (error[cell] or 0.0) + excess
            own.effects[cell] = rest * spread2 / (spread2 + variance + 1e-9)


def _own_spread(total: float, errors: Iterable[float | None], counted: bool) -> tuple[float, float]:
    """How much of what is left over is real, and how much is error beyond the counted one."""
    known = [v for v in errors if v is not None]
    if not counted:
        return UNCOUNTED_SPREAD2, max(0.0, total - UNCOUNTED_SPREAD2)
    spread2 = max(0.0, total - sum(known) / len(known))
    return min(spread2, MOST_SPREAD2), max(0.0, spread2 - MOST_SPREAD2)


def _left(seen: Mapping[Cell, float], parts: Iterable[_Part]) -> dict[Cell, float]:
    left = dict(seen)
    for part in parts:
        for cell in left:
            left[cell] -= part.effects.get(part.unit(cell), 0.0)
    return left
