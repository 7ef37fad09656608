"""The usual day: which share of its tickets comes when. Minutes are of the day, from 00:00."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """Between `start` and `end` comes this share of the day's tickets, evenly."""

    start: int
    end: int
    share: float

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start

    def within(self, start: float, end: float) -> float:
        """The share that comes between two minutes of the day."""
        both = min(end, self.end) - max(start, self.start)
        return self.share * both / self.minutes if both > 0 else 0.0


def slots(profile: Mapping[str, float], ticketing: Iterable[Span]) -> tuple[Slot, ...]:
    """The slots of ``[demand] arrival_profile``, by time.

    A slot lasts until the next one starts, or until numbers are no longer given (`ticketing`, the
    spans in which they are) if that is sooner. Without a profile the day is even.
    """
    spans = sorted(ticketing)
    if not profile:
        whole = sum(end - start for start, end in spans)
        return tuple(Slot(start, end, (end - start) / whole) for start, end in spans)
    starts = sorted((_minutes(text), share) for text, share in profile.items())
    found = []
    for n, (start, share) in enumerate(starts):
        ends = [end for _, end in spans if end > start]
        following = starts[n + 1][0] if n + 1 < len(starts) else 24 * 60
        end = min(following, ends[0] if ends else following)
        found.append(Slot(start, end, share))
    whole_share = sum(slot.share for slot in found) or 1.0
    return tuple(Slot(slot.start, slot.end, slot.share / whole_share) for slot in found)


def share_between(day: Iterable[Slot], start: float, end: float) -> float:
    """The share of the day's tickets that comes between two minutes of the day."""
    return sum(slot.within(start, end) for slot in day)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
