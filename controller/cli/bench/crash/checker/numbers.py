"""The numbers of a hall day: each given once, in order, or set aside for a kiosk before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from controller.cli.bench.crash.checker.records import DOUBLED, UNEXPLAINED, Json

Wrong = Iterator[tuple[str, str]]
"""Kinds and words of what is wrong."""


@dataclass(slots=True)
class Numbers:
    """What was given and set aside since the day began."""

    given: set[str] = field(default_factory=set)
    leased: dict[tuple[str, int], str] = field(default_factory=dict)
    """Series and ordinal of what is set aside and was not given yet, by kiosk."""
    _last: dict[str, int] = field(default_factory=dict)

    def issue(self, body: Json) -> Wrong:
        """A number is given out."""
        number, place = body["number"], (body["series"], body["ordinal"])
        if number in self.given:
            yield DOUBLED, f"{number} was given before"
        self.given.add(number)
        if number != f"{place[0]}{place[1]:03}":
            yield UNEXPLAINED, f"{number} is not the number {place[1]} of {place[0]}"
        owner = self.leased.pop(place, None)
        if owner is None:
            yield from self._next(*place, place[1])
        elif owner != body["issuer"]:
            yield DOUBLED, f"{number} is set aside for {owner} and given by {body['issuer']}"

    def lease(self, body: Json, most: int) -> Wrong:
        """Numbers are set aside."""
        series, first, last = body["series"], body["first"], body["last"]
        if not first <= last < first + most:
            yield UNEXPLAINED, f"{last - first + 1} numbers at once"
        yield from self._next(series, first, last)
        for ordinal in range(first, last + 1):
            if (series, ordinal) in self.leased:
                yield DOUBLED, f"{series}{ordinal:03} is set aside already"
            self.leased[series, ordinal] = body["device"]

    def _next(self, series: str, first: int, last: int) -> Wrong:
        expected = self._last.get(series, 0) + 1
        if first > expected:
            yield UNEXPLAINED, f"{series}{first:03} comes, and {series}{expected:03} was next"
        if first < expected:
            yield DOUBLED, f"{series}{first:03} was given or set aside before"
        self._last[series] = max(last, expected - 1)
