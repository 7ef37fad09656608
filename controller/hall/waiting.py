"""The waiting lines: who waits, in order of seniority, kept so that a call need not look at
everybody.

Tickets of one *kind* (the same remaining services, class, weight and main service) stand in one
line. Joining and leaving cost O(log n); a call looks at the heads of the kinds that its window can
serve. The lines also remember who was overtaken, because the rule bounds that.
"""

import heapq
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Place = tuple[int, int, str]  # seniority, order of issue, ticket id

PRIORITY = "priority"


class Kind(NamedTuple):
    """What dispatch needs to know of a waiting ticket but its age. `services` are the remaining
    ones, sorted; `main` is the first service the ticket was issued for."""

    cls: str
    weight: float
    main: str
    services: tuple[str, ...]
    skills: frozenset[str]

    @property
    def group(self) -> tuple[str, str]:
        """Those who may fairly compare themselves: own class and main service."""
        return self.cls, self.main


@dataclass(slots=True)
class Overtakings:
    """Calls of younger tickets, kept as far as somebody who waits may have been overtaken by
    them.

    Entries are (step, place) with rising steps and falling places: a later call of a still younger
    ticket makes an earlier entry needless.
    """

    _steps: list[int] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)

    def add(self, step: int, place: Place) -> None:
        """A ticket at `place` was called at `step`."""
        while self._places and self._places[-1] <= place:
            self._places.pop()
            self._steps.pop()
        self._steps.append(step)
        self._places.append(place)

    def over(self, place: Place, joined: int) -> bool:
        """Whether somebody younger than `place` was called since step `joined`."""
        first = bisect_right(self._steps, joined)
        return first < len(self._places) and self._places[first] > place


@dataclass(slots=True)
class Line:
    """All who wait with one kind. `jumps` holds the priority calls that went before its head."""

    kind: Kind
    heap: list[Place] = field(default_factory=list)
    jumps: list[tuple[int, Place]] = field(default_factory=list)

    @property
    def head(self) -> Place:
        """The longest waiting."""
        return self.heap[0]


@dataclass(slots=True)
class WaitingLines:
    """Lines by kind, counts by skill and by service, and who was overtaken."""

    _lines: dict[Kind, Line] = field(default_factory=dict)
    _entries: dict[str, tuple[Line, Place, int]] = field(default_factory=dict)
    _of_skill: dict[str, dict[Kind, Line]] = field(default_factory=dict)
    _in_group: dict[tuple[str, str], dict[Kind, Line]] = field(default_factory=dict)
    _overtakings: dict[tuple[str, str], Overtakings] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    """How many remaining items of each service wait."""
    _step: int = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, ticket: str) -> bool:
        return ticket in self._entries

    def join(self, ticket: str, seniority: int, order: int, kind: Kind) -> None:
        """Let a ticket wait. A ticket that waits already takes its new place."""
        self.leave(ticket)
        line = self._lines.get(kind) or self._open(kind)
        place = (seniority, order, ticket)
        heapq.heappush(line.heap, place)
        self._step += 1
        self._entries[ticket] = (line, place, self._step)
        self._count(kind, 1)

    def leave(self, ticket: str) -> None:
        """Let a ticket wait no longer; nothing happens if it does not wait."""
        entry = self._entries.pop(ticket, None)
        if entry is None:
            return
        line = entry[0]
        self._count(line.kind, -1)
        heap = line.heap
        while heap and not self._stands(line, heap[0]):
            heapq.heappop(heap)
        if not heap:
            self._shut(line)
        elif line.jumps:
            head = heap[0]
            line.jumps = [jump for jump in line.jumps if jump[1] > head]

    def call(self, ticket: str, skills: frozenset[str]) -> None:
        """A window with these skills calls the ticket: it leaves, and whom it overtook is kept."""
        entry = self._entries.get(ticket)
        if entry is None:
            return
        line, place, _ = entry
        self.leave(ticket)
        self._step += 1
        group = line.kind.group
        if any(other.head < place for other in self._in_group.get(group, {}).values()):
            self._overtakings.setdefault(group, Overtakings()).add(self._step, place)
        if line.kind.cls == PRIORITY:
            for other in self.lines(skills):
                if other.kind.cls != PRIORITY and other.head < place:
                    other.jumps.append((self._step, place))

    def count(self, skill: str) -> int:
        """How many waiting tickets need this skill for at least one remaining item."""
        return self._counts.get(skill, 0)

    def oldest(self, skill: str) -> int | None:
        """Seniority of the one who waits longest for this skill."""
        lines = self._of_skill.get(skill, {})
        return min((line.head[0] for line in lines.values()), default=None)

    def lines(self, skills: frozenset[str]) -> Iterator[Line]:
        """Every line that a window with these skills can serve in part, once."""
        several = len(skills) > 1
        for skill in skills:
            for line in self._of_skill.get(skill, {}).values():
                # A line that needs several of the skills is told under the first of them only.
                if not several or len(line.kind.skills) == 1 or _first(line, skills) == skill:
                    yield line

    def line_of(self, ticket: str) -> Line | None:
        """Where a ticket waits."""
        entry = self._entries.get(ticket)
        return None if entry is None else entry[0]

    def before_in_line(self, ticket: str) -> int:
        """How many of its own kind wait longer."""
        line, place, _ = self._entries[ticket]
        return sum(1 for other in set(line.heap) if other < place and self._stands(line, other))

    def overtaken(self, line: Line) -> bool:
        """Whether a younger ticket of its group was called since the head of the line waits."""
        calls = self._overtakings.get(line.kind.group)
        if calls is None:
            return False
        return calls.over(line.head, self._entries[line.head[2]][2])

    def jumped(self, line: Line) -> int:
        """How many younger priority tickets were called before the head of the line, at windows
        that could have served it, since it waits."""
        if not line.jumps:
            return 0
        joined = self._entries[line.head[2]][2]
        return sum(1 for step, place in line.jumps if step > joined and place > line.head)

    def tickets(self) -> Iterator[str]:
        """Everybody who waits, in no particular order."""
        return iter(self._entries)

    def _stands(self, line: Line, place: Place) -> bool:
        entry = self._entries.get(place[2])
        return entry is not None and entry[0] is line and entry[1] == place

    def _count(self, kind: Kind, change: int) -> None:
        for skill in kind.skills:
            self._counts[skill] = self._counts.get(skill, 0) + change
        for service in kind.services:
            self.items[service] = self.items.get(service, 0) + change

    def _open(self, kind: Kind) -> Line:
        line = self._lines[kind] = Line(kind)
        for skill in kind.skills:
            self._of_skill.setdefault(skill, {})[kind] = line
        self._in_group.setdefault(kind.group, {})[kind] = line
        return line

    def _shut(self, line: Line) -> None:
        kind = line.kind
        del self._lines[kind]
        for skill in kind.skills:
            del self._of_skill[skill][kind]
        group = self._in_group[kind.group]
        del group[kind]
        if not group:
            del self._in_group[kind.group]
            self._overtakings.pop(kind.group, None)


def _first(line: Line, skills: frozenset[str]) -> str:
    return min(line.kind.skills & skills)
