"""The waiting lines: who waits, in order of seniority, kept so that a call need not look at
everybody.

Tickets that need the same skills and have the same dispatch class stand in one line (a *kind*).
Joining and leaving cost O(log n); a call looks at the heads of the kinds its window can serve.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

Kind = tuple[str, frozenset[str]]
Place = tuple[int, int, str]  # seniority, order of issue, ticket id


@dataclass(slots=True)
class WaitingLines:
    """Lines by kind, and counts by skill."""

    _lines: dict[Kind, list[Place]] = field(default_factory=dict)
    _kind_of: dict[str, tuple[Kind, Place]] = field(default_factory=dict)
    _by_skill: dict[str, list[Place]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._kind_of)

    def __contains__(self, ticket: str) -> bool:
        return ticket in self._kind_of

    def join(
        self, ticket: str, seniority: int, order: int, cls: str, skills: frozenset[str]
    ) -> None:
        """Let a ticket wait for these skills. A ticket that waits already takes its new place."""
        self.leave(ticket)
        kind, place = (cls, skills), (seniority, order, ticket)
        heapq.heappush(self._lines.setdefault(kind, []), place)
        self._kind_of[ticket] = (kind, place)
        for skill in skills:
            heapq.heappush(self._by_skill.setdefault(skill, []), place)
            self._counts[skill] = self._counts.get(skill, 0) + 1

    def leave(self, ticket: str) -> None:
        """Let a ticket wait no longer; nothing happens if it does not wait."""
        entry = self._kind_of.pop(ticket, None)
        if entry is None:
            return
        for skill in entry[0][1]:
            self._counts[skill] -= 1
        self._prune(self._lines, entry[0])

    def count(self, skill: str) -> int:
        """How many waiting tickets need this skill for at least one remaining item."""
        return self._counts.get(skill, 0)

    def oldest(self, skill: str) -> int | None:
        """Seniority of the one who waits longest for this skill."""
        line = self._by_skill.get(skill)
        if not line:
            return None
        self._drop_stale(line, skill)
        return line[0][0] if line else None

    def heads(self, skills: frozenset[str]) -> Iterator[tuple[Kind, Place]]:
        """The longest waiting of every kind that a window with these skills can serve in part."""
        for kind, line in self._lines.items():
            if not skills.isdisjoint(kind[1]):
                yield kind, line[0]

    def tickets(self) -> Iterator[str]:
        """Everybody who waits, in no particular order."""
        return iter(self._kind_of)

    def _stands(self, place: Place, kind: Kind) -> bool:
        return self._kind_of.get(place[2]) == (kind, place)

    def _prune(self, lines: dict[Kind, list[Place]], kind: Kind) -> None:
        """Keep the head of a line alive, so that readers need not change anything."""
        line = lines[kind]
        while line and not self._stands(line[0], kind):
            heapq.heappop(line)
        if not line:
            del lines[kind]

    def _drop_stale(self, line: list[Place], skill: str) -> None:
        while line:
            entry = self._kind_of.get(line[0][2])
            if entry is not None and entry[1] == line[0] and skill in entry[0][1]:
                return
            heapq.heappop(line)
