"""The numbers of a hall day: each given once, in order, or set aside for a kiosk before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from controller.cli.bench.crash.checker.records import DOUBLED, UNEXPLAINED, Json

Wrong = Iterator[tuple[str, str]]
"""Kinds and words of what is wrong."""


@dataclass(slots=True)
class Numbers:
    """What was given and set aside since the day began: numbers from the beginning of a series,
    blocks for kiosks from its end."""

    digits: int = 3
    given: set[str] = field(default_factory=set)
    leased: dict[tuple[str, int], str] = field(default_factory=dict)
    """Series and ordinal of what is set aside and was not given yet, by kiosk."""
    _last: dict[str, int] = field(default_factory=dict)
    _ceiling: dict[str, int] = field(default_factory=dict)

    def issue(self, body: Json) -> Wrong:
        """A number is given out."""
        number, place = body["number"], (body["series"], body["ordinal"])
        if number in self.given:
            yield DOUBLED, f"{number} was given before"
        self.given.add(number)
        if number != self._written(*place):
            yield UNEXPLAINED, f"{number} is not the number {place[1]} of {place[0]}"
        owner = self.leased.pop(place, None)
        if owner is not None:
            if owner != body["issuer"]:
                yield DOUBLED, f"{number} is set aside for {owner} and given by {body['issuer']}"
            return
        series, ordinal = place
        expected = self._last.get(series, 0) + 1
        if ordinal > self._top(series):
            yield DOUBLED, f"{number} is set aside for a kiosk"
        elif ordinal != expected:
            kind = UNEXPLAINED if ordinal > expected else DOUBLED
            yield kind, f"{number} comes, and {self._written(series, expected)} was next"
        self._last[series] = max(ordinal, expected - 1)

    def lease(self, body: Json, most: int, blocks: int) -> Wrong:
        """Numbers are set aside: so many at `most`, with so many `blocks` open at most."""
        series, first, last = body["series"], body["first"], body["last"]
        mine = [n for n, owner in self.leased.items() if (n[0], owner) == (series, body["device"])]
        if len(mine) + most > blocks * most:
            yield UNEXPLAINED, f"{body['device']} has {len(mine)} numbers of {series} already"
        if not first <= last < first + most:
            yield UNEXPLAINED, f"{last - first + 1} numbers at once"
        if first <= self._last.get(series, 0) or last > self._top(series):
            yield DOUBLED, f"{self._written(series, first)} was given or set aside before"
        elif last < self._top(series):
            yield UNEXPLAINED, f"{self._written(series, last)} is not the last that is left"
        for ordinal in range(first, last + 1):
            self.leased[series, ordinal] = body["device"]
        self._ceiling[series] = min(first - 1, self._top(series))

    def _top(self, series: str) -> int:
        return self._ceiling.get(series, int(10**self.digits) - 1)

    def _written(self, series: str, ordinal: int) -> str:
        return f"{series}{ordinal:0{self.digits}}"
