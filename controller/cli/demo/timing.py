"""How long things took, in a few figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds of a number of calls: the median, what 95 of 100 stay within, the slowest."""

    p50: int
    p95: int
    max: int
    calls: int


def spread(milliseconds: Sequence[float]) -> Spread:
    """The figures of at least one measurement, rounded up; percentiles by nearest rank."""
    ordered = sorted(milliseconds)

    def rank(share: float) -> int:
        return math.ceil(ordered[max(0, math.ceil(share * len(ordered)) - 1)])

    return Spread(rank(0.5), rank(0.95), rank(1.0), len(ordered))
