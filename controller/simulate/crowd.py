"""How many windows are away at once: of all, and of those that can do a service."""

import math

from controller.simulate.trace import Day

STEP = 5.0
"""Minutes of the slots that are counted in."""
AT_ONCE = 2
"""One in so many windows may be away; one always may."""


class Crowd:
    """Counts of absent windows by slot, for every set of windows that matters."""

    def __init__(self, day: Day) -> None:
        slots = math.ceil(day.closes_min / STEP) + 1
        able: dict[str, set[int]] = {s.id: set() for s in day.services}
        for n, window in enumerate(day.windows):
            for service in window.skills:
                able[service].add(n)
        sets = {frozenset(row) for row in able.values() if row}
        sets.add(frozenset(range(len(day.windows))))
        ordered = sorted(sets, key=lambda row: (len(row), sorted(row)))
        self._counts = [[0] * slots for _ in ordered]
        self._most = [max(1, len(row) // AT_ONCE) for row in ordered]
        self._sets_of = [
            [k for k, row in enumerate(ordered) if n in row] for n in range(len(day.windows))
        ]
        self._slots = slots

    def take(self, window: int, at: float, minutes: float, sign: int) -> None:
        """A window goes away (1), or does not after all (-1)."""
        for k in self._sets_of[window]:
            counts = self._counts[k]
            for b in self._span(at, minutes):
                counts[b] += sign

    def added(self, window: int, at: float, minutes: float) -> float:
        """How many slots would become too crowded, or more so."""
        span = self._span(at, minutes)
        total = 0
        for k in self._sets_of[window]:
            counts, most = self._counts[k], self._most[k]
            for b in span:
                if counts[b] >= most:
                    total += 1
        return float(total)

    def total(self) -> float:
        """By how many windows too many, summed over slots and sets."""
        return float(
            sum(
                max(0, count - most)
                for counts, most in zip(self._counts, self._most, strict=True)
                for count in counts
            )
        )

    def _span(self, at: float, minutes: float) -> range:
        return range(int(at / STEP), min(self._slots, math.ceil((at + minutes) / STEP)))
