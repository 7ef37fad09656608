"""The waiting lines: who waits, in order of seniority, kept so that a call need not look at
everybody.

Tickets of one *kind* (the same remaining services, class, weight and main service) stand in one
line. Joining and leaving cost O(log n); a call looks at the heads of the kinds that its window can
serve. The lines also remember how often priority went before them, because that may be bounded.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Place = tuple[int, int, str]  # seniority, order of issue, ticket id

PRIORITY = "priority"


class Kind(NamedTuple):
    """What dispatch needs to know of a waiting ticket but its age. `services` are the remaining
    ones, sorted; `main` is the first service the ticket was issued for; `windows` the ones that
    may call it, None for any that can."""

    cls: str
    weight: float
    main: str
    services: tuple[str, ...]
    skills: frozenset[str]
    windows: frozenset[int] | None = None

    @property
    def groups(self) -> tuple[tuple[object, ...], tuple[object, ...]]:
        """Those who compare themselves: own class and weight, and the same main service or the
        same remaining services."""
        return self[:3], (self[0], self[1], self[3])

    def fits(self, no: int | None, skills: frozenset[str]) -> bool:
        """Whether window `no` (None: any) with these skills may call it, and can do some of it."""
        allowed = no is None or self.windows is None or no in self.windows
        return allowed and not skills.isdisjoint(self.skills)


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
    """Lines by kind, and counts by skill and by service."""

    _lines: dict[Kind, Line] = field(default_factory=dict)
    _entries: dict[str, tuple[Line, Place, int]] = field(default_factory=dict)
    _of_skill: dict[str, dict[Kind, Line]] = field(default_factory=dict)
    """Lines that need one skill, by it; `_several` are those that need more, `_meant` those that
    only some windows may call."""
    _several: dict[Kind, Line] = field(default_factory=dict)
    _meant: dict[Kind, Line] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    """How many remaining items of each service wait."""
    _jumpers: dict[str, int] = field(default_factory=dict)
    """The step at which each priority ticket that is away was called."""
    _step: int = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, ticket: str) -> bool:
        return ticket in self._entries

    def join(self, ticket: str, seniority: int, order: int, kind: Kind) -> None:
        """Let a ticket wait. A ticket that waits already takes its new place."""
        self.leave(ticket)
        self._jumpers.pop(ticket, None)
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

    def call(self, ticket: str, skills: frozenset[str], no: int) -> None:
        """Window `no` with these skills calls the ticket: it leaves, and whom priority overtook is
        kept."""
        entry = self._entries.get(ticket)
        if entry is None:
            return
        line, place, _ = entry
        self.leave(ticket)
        self._step += 1
        if line.kind.cls == PRIORITY:
            self._jumpers[ticket] = self._step
            for other in self.lines(skills, no):
                if other.kind.cls != PRIORITY and other.head < place:
                    other.jumps.append((self._step, place))

    def take_back(self, ticket: str) -> None:
        """The last call of the ticket was none: it overtook nobody."""
        step = self._jumpers.pop(ticket, None)
        if step is not None:
            for line in self._lines.values():
                line.jumps = [jump for jump in line.jumps if jump[0] != step]

    def count(self, skill: str) -> int:
        """How many waiting tickets need this skill for at least one remaining item."""
        return self._counts.get(skill, 0)

    def oldest(self, skill: str) -> int | None:
        """Seniority of the one who waits longest for this skill."""
        lines = self.lines(frozenset([skill]), None)
        return min((line.head[0] for line in lines), default=None)

    def lines(self, skills: frozenset[str], no: int | None) -> list[Line]:
        """Every line that window `no` with these skills can serve in part, once; `no` None: any
        window with these skills."""
        found: list[Line] = []
        for skill in skills:
            plain = self._of_skill.get(skill)
            if plain:
                found += plain.values()
        if self._several:
            found += [x for x in self._several.values() if not skills.isdisjoint(x.kind.skills)]
        if self._meant:
            found += [x for x in self._meant.values() if x.kind.fits(no, skills)]
        return found

    def all_lines(self) -> Iterator[tuple[Kind, list[str]]]:
        """Every kind and who waits with it, the longest waiting first."""
        for line in self._lines.values():
            standing = sorted({p for p in line.heap if self._stands(line, p)})
            yield line.kind, [place[2] for place in standing]

    def line_of(self, ticket: str) -> Line | None:
        """Where a ticket waits."""
        entry = self._entries.get(ticket)
        return None if entry is None else entry[0]

    def before_in_line(self, ticket: str) -> int:
        """How many of its own kind wait longer."""
        line, place, _ = self._entries[ticket]
        return sum(1 for other in set(line.heap) if other < place and self._stands(line, other))

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
        self._shelf(kind)[kind] = line
        return line

    def _shut(self, line: Line) -> None:
        kind = line.kind
        del self._lines[kind]
        del self._shelf(kind)[kind]

    def _shelf(self, kind: Kind) -> dict[Kind, Line]:
        if kind.windows is not None:
            return self._meant
        if len(kind.skills) > 1:
            return self._several
        return self._of_skill.setdefault(next(iter(kind.skills)), {})
