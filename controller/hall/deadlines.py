"""When something happens to a ticket by itself: the earliest first."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

from controller.hall.instants import Instant


@dataclass(slots=True)
class Deadlines:
    """The deadlines of tickets. A ticket has one at a time; setting it anew replaces it."""

    _heap: list[tuple[Instant, str]] = field(default_factory=list)
    _of: dict[str, Instant] = field(default_factory=dict)

    def set(self, ticket: str, at: Instant | None) -> None:
        """Give a ticket its deadline, or none."""
        if self._of.get(ticket) == at:
            return
        if at is None:
            self._of.pop(ticket, None)
        else:
            self._of[ticket] = at
            heapq.heappush(self._heap, (at, ticket))
        while self._heap and self._of.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)

    def passed(self, now: Instant) -> str | None:
        """The ticket whose deadline is the earliest that has come; None if none has."""
        return self._heap[0][1] if self._heap and self._heap[0][0] <= now else None

    def __iter__(self) -> Iterator[tuple[str, Instant]]:
        return iter(sorted(self._of.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Deadlines) and self._of == other._of

    __hash__ = None  # type: ignore[assignment]
