"""When people come: the shape of a usual day, known the evening before."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from controller.simulate.trace import Day

SLOT = 15.0
"""Minutes of the slots that a profile is learned in."""
HUMPS, WIDTH, LEVEL, HEIGHT, LAST = (0.156, 0.677), 0.094, 0.55, 1.45, 0.9375
"""The usual day of a service hall: a peak after opening and one after noon, over an even level,
until shortly before closing; in shares of the day."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Weights of equal slots of `slot` minutes from opening on; only their proportion counts."""

    slot: float
    weights: tuple[float, ...]

    def shares(self, width: float, count: int) -> list[float]:
        """Shares of the day's arrivals in `count` bins of `width` minutes, summing to 1. Later
        arrivals fall into the last bin."""
        total = sum(self.weights)
        bins = [0.0] * count
        if total <= 0:
            return [1.0 / count] * count
        for n, weight in enumerate(self.weights):
            _spread(bins, width, n * self.slot, self.slot, weight / total)
        return bins


def _spread(bins: list[float], width: float, at: float, length: float, weight: float) -> None:
    """Spread a weight evenly over the bins that its span covers."""
    end = at + length
    first = min(int(at / width), len(bins) - 1)
    for b in range(first, len(bins)):
        high = end if b == len(bins) - 1 else min(end, (b + 1) * width)
        low = max(at, b * width)
        if high > low:
            bins[b] += weight * (high - low) / length
        if high >= end:
            return


def usual(closes: float) -> Profile:
    """The day that is assumed where nothing is known."""
    slots = max(1, math.ceil(closes / SLOT))
    weights = []
    for n in range(slots):
        at = (n + 0.5) * SLOT / closes
        hump = sum(math.exp(-(((at - peak) / WIDTH) ** 2) / 2) for peak in HUMPS)
        weights.append(LEVEL + HEIGHT * hump if at < LAST else 0.0)
    return Profile(SLOT, tuple(weights))


@dataclass(frozen=True, slots=True)
class Seen:
    """What one past day tells: `hall` says whose day it was, `counts` how many came by slot."""

    hall: tuple[object, ...]
    counts: tuple[int, ...]


def seen(day: Day) -> Seen:
    """What is kept of a day for later ones."""
    counts = [0] * max(1, math.ceil(day.closes_min / SLOT))
    for ticket in day.tickets:
        counts[min(int(ticket.at / SLOT), len(counts) - 1)] += 1
    hall = day.closes_min, tuple(w.id for w in day.windows), tuple(s.id for s in day.services)
    return Seen(hall, tuple(counts))


def learned(earlier: Sequence[Seen], hall: tuple[object, ...]) -> Profile | None:
    """The shape of the hall's earlier days, neighbours evened out a little; None without any."""
    rows = [s.counts for s in earlier if s.hall == hall]
    if not rows or not any(map(sum, rows)):
        return None
    sums = [float(sum(column)) for column in zip(*rows, strict=True)]
    padded = [sums[0], *sums, sums[-1]]
    even = [
        (a + 2 * b + c) / 4 for a, b, c in zip(padded[:-2], padded[1:-1], padded[2:], strict=True)
    ]
    return Profile(SLOT, tuple(even))


def profiles(days: Sequence[Seen | None], known: Profile | None = None) -> list[Profile | None]:
    """For each of the days in turn, what the ones before it tell; else `known`; None for a day
    that could not be read."""
    result: list[Profile | None] = []
    for n, one in enumerate(days):
        if one is None:
            result.append(None)
            continue
        before = [s for s in days[:n] if s is not None]
        closes = one.hall[0]
        assert isinstance(closes, float)
        result.append(learned(before, one.hall) or known or usual(closes))
    return result


def from_slots(starts: Mapping[float, float], end: float) -> Profile:
    """A profile from shares by the minute their slot starts; each lasts until the next one, the
    last one as long as the one before it, at most until `end`."""
    order = sorted(starts)
    weights = [0.0] * max(1, math.ceil(end))
    for n, at in enumerate(order):
        before = at - order[n - 1] if n else SLOT
        until = order[n + 1] if n + 1 < len(order) else min(end, at + before)
        _spread(weights, 1.0, max(0.0, at), max(1.0, until - at), starts[at])
    return Profile(1.0, tuple(weights))
