"""What came true corrects what is foretold: a curve for the expected wait, and an interval that
keeps its promise. Pure: pairs of a raw forecast and the truth in, a `Calibration` out.

The curve is piecewise linear and never falls (isotonic); where there are few pairs it stays near
what the runs say. The interval is the runs' own (one run in ten below, one above), widened or
narrowed until it holds in `LEVEL` of the pairs *as it is printed*, rounded outward to five minutes:
split conformal prediction with nested sets, separately for "will wait" and "will not wait".
Sources: Romano, Patterson and Candès (2019) on conformalised quantiles; Gupta, Kuchibhotla and
Ramdas on nested sets.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from controller.forecast.sample import AT_ONCE_MIN, Raw

LEVEL = 0.80
"""The promise. Over all it holds in more, because who need not wait is hardly ever told wrong."""
STEP = 5
"""Minutes that printed waits are rounded to."""
BINS, IN_BIN = 10, 20
BELIEF = 25.0
"""So many pairs weigh as much as the runs' own word."""
FEWEST = 30
"""Pairs that a group needs for an interval of its own."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A raw forecast and the wait that came true, minutes."""

    raw: Raw
    actual: float


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait to be told. `low` and `high` are the printed minutes, multiples of five: (0, 0) says
    that nobody need wait."""

    minutes: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """`knots` of the curve: (raw, corrected) minutes, both rising. `waits`, `not_waits`: how far
    the intervals of the two groups are widened, in units of their own scale."""

    knots: tuple[tuple[float, float], ...] = ()
    waits: float = 0.0
    not_waits: float = 0.0

    def corrected(self, point: float) -> float:
        """The expected wait, for a raw one."""
        return max(0.0, point + _shift(self.knots, point))

    def wait(self, raw: Raw) -> Wait:
        """The wait to be told for a raw forecast."""
        low, high, scale = _interval(self.knots, raw)
        widen = scale * (self.waits if raw.waits else self.not_waits)
        point = self.corrected(raw.point)
        return Wait(point, *printed(min(low - widen, point), max(high + widen, point)))


def printed(low: float, high: float) -> tuple[int, int]:
    """An interval rounded outward to whole steps; (0, 0) for no wait at all."""
    if high <= AT_ONCE_MIN:
        return 0, 0
    return (
        max(0, STEP * math.floor(low / STEP)),
        max(STEP, STEP * math.ceil(high / STEP)),
    )


def covers(low: int, high: int, actual: float) -> bool:
    """Whether a printed interval came true; no wait means less than a minute."""
    return low <= actual <= max(high, 1)


def calibrated(pairs: Sequence[Pair], level: float = LEVEL) -> Calibration:
    """Learn from pairs. Without pairs: what the runs say."""
    knots = _curve(pairs)
    scores: dict[bool, list[float]] = {True: [], False: []}
    for pair in pairs:
        scores[pair.raw.waits].append(_score(knots, pair))
    together = _quantile([*scores[True], *scores[False]], level)
    waits, not_waits = (
        _quantile(own, level) if len(own) >= FEWEST else together
        for own in (scores[True], scores[False])
    )
    return Calibration(knots, waits, not_waits)


def _interval(knots: Sequence[tuple[float, float]], raw: Raw) -> tuple[float, float, float]:
    """Low, high and the scale on which it is widened."""
    shift = _shift(knots, raw.point)
    return raw.low + shift, raw.high + shift, 1.0 + (raw.high - raw.low) / 2


def _score(knots: Sequence[tuple[float, float]], pair: Pair) -> float:
    """By how much (in scales) the interval must be widened so that its printed form holds."""
    low, high, scale = _interval(knots, pair.raw)
    step_below = STEP * (math.floor(pair.actual / STEP) + 1)
    step_above = STEP * (math.ceil(pair.actual / STEP) - 1)
    return max(low - step_below, step_above - high) / scale


def _quantile(scores: Sequence[float], level: float) -> float:
    """The conformal quantile, with its correction for a finite sample; 0 of too few."""
    if len(scores) < FEWEST:
        return 0.0
    place = math.ceil((len(scores) + 1) * level) - 1
    return sorted(scores)[min(place, len(scores) - 1)] + 1e-9


# --- the curve ---


def _curve(pairs: Sequence[Pair]) -> tuple[tuple[float, float], ...]:
    ordered = sorted(pairs, key=lambda p: p.raw.point)
    bins = max(1, min(BINS, len(ordered) // IN_BIN))
    found: list[tuple[float, float, float]] = []  # raw, corrected, weight
    for n in range(bins):
        here = ordered[n * len(ordered) // bins : (n + 1) * len(ordered) // bins]
        if not here:
            continue
        raw = sum(p.raw.point for p in here) / len(here)
        error = _middle([p.actual - p.raw.point for p in here])
        found.append((raw, raw + error * len(here) / (len(here) + BELIEF), len(here)))
    return _rising(found)


def _middle(errors: Sequence[float]) -> float:
    """Between mean and median: near the least absolute error, and hardly biased."""
    ordered = sorted(errors)
    half = len(ordered) // 2
    median = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return 0.7 * sum(ordered) / len(ordered) + 0.3 * median


def _rising(points: Sequence[tuple[float, float, float]]) -> tuple[tuple[float, float], ...]:
    """Pool adjacent violators."""
    pools: list[tuple[float, float, float]] = []
    for point in points:
        pools.append(point)
        while len(pools) > 1 and (pools[-2][1] > pools[-1][1] or pools[-2][0] >= pools[-1][0]):
            (a, b, n), (c, d, m) = pools[-2:]
            pools[-2:] = [((a * n + c * m) / (n + m), (b * n + d * m) / (n + m), n + m)]
    return tuple((raw, corrected) for raw, corrected, _ in pools)


def _shift(knots: Sequence[tuple[float, float]], point: float) -> float:
    """How much is added at a raw wait: between knots linear, beyond the last ones as there."""
    if not knots:
        return 0.0
    n = bisect_right(knots, point, key=lambda k: k[0])
    if n == 0:
        return knots[0][1] - knots[0][0]
    if n == len(knots):
        return knots[-1][1] - knots[-1][0]
    (a, b), (c, d) = knots[n - 1], knots[n]
    return (b - a) + ((d - c) - (b - a)) * (point - a) / (c - a)
