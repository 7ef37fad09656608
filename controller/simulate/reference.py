"""The reference policies that the hall's rule is measured against (docs/dispatch.md)."""

import heapq
from collections.abc import Callable

from controller.simulate.trace import Day, TraceError
from controller.simulate.world import Visit, micros

SLOT_AHEAD = micros(5)
Place = tuple[int, int, int]  # when it began to wait, a running number, the ticket


class ReferenceRoom:
    """Strict class order, longest waiting first; an arriving ticket goes to the longest idle
    capable window. Items in their order; it stops at the first that cannot be done here and
    rejoins at the tail.

    `able(window, service)` says what a window does. `classes` off: one class for all.
    """

    def __init__(self, day: Day, able: Callable[[int, str], bool], classes: bool = True) -> None:
        self.day = day
        self._able: dict[str, frozenset[int]] = {
            s.id: frozenset(w for w in range(len(day.windows)) if able(w, s.id))
            for s in day.services
        }
        self._services_of = [
            tuple(s.id for s in day.services if w in self._able[s.id])
            for w in range(len(day.windows))
        ]
        self._classes = classes
        self._next: list[int] = [0] * len(day.tickets)
        self._waiting: dict[tuple[str, str], list[Place]] = {}
        self._count = 0
        self._check()

    def _check(self) -> None:
        for n, ticket in enumerate(self.day.tickets):
            for i, service in enumerate(ticket.items):
                if not self._able[service]:
                    raise TraceError(
                        self.day.name,
                        f"$.tickets[{n}].items[{i}]",
                        f'under this policy no window does the service "{service}"',
                    )

    def arrive(self, ticket: int, now: int) -> None:
        """See `Waiting`."""
        one = self.day.tickets[ticket]
        self._count += 1
        cls = one.cls if self._classes else "ordinary"
        line = self._waiting.setdefault((cls, one.items[self._next[ticket]]), [])
        heapq.heappush(line, (now, self._count, ticket))

    def place(self, ticket: int, idle: list[tuple[int, int]]) -> int | None:
        """See `Waiting`."""
        able = self._able[self.day.tickets[ticket].items[self._next[ticket]]]
        found = min(((since, w) for w, since in idle if w in able), default=None)
        return None if found is None else found[1]

    def call(self, window: int, now: int) -> Visit | None:
        """See `Waiting`."""
        best: tuple[int, int, int, int] | None = None
        chosen: list[Place] | None = None
        for service in self._services_of[window]:
            for cls in ("priority", "appointment", "ordinary"):
                line = self._waiting.get((cls, service))
                if not line:
                    continue
                for entry in self._heads(cls, line, now):
                    if best is None or entry < best:
                        best, chosen = entry, line
        if best is None or chosen is None:
            return None
        place = best[1:]
        if chosen[0] == place:
            heapq.heappop(chosen)
        else:
            chosen.remove(place)
            heapq.heapify(chosen)
        return Visit(place[2], self._items(place[2], window))

    def _heads(self, cls: str, line: list[Place], now: int) -> list[tuple[int, int, int, int]]:
        """The first of the line of each rank: among appointments some are not yet due."""
        if cls != "appointment":
            return [(0 if cls == "priority" else 2, *line[0])]
        firsts: dict[int, Place] = {}
        for place in line:
            slot = self.day.tickets[place[2]].slot
            due = slot is None or now >= micros(slot) - SLOT_AHEAD
            rank = 1 if due else 2
            firsts[rank] = min(firsts.get(rank, place), place)
        return [(rank, *place) for rank, place in firsts.items()]

    def _items(self, ticket: int, window: int) -> tuple[int, ...]:
        items, first = self.day.tickets[ticket].items, self._next[ticket]
        last = first
        while last < len(items) and window in self._able[items[last]]:
            last += 1
        return tuple(range(first, last))

    def no_show(self, ticket: int, window: int, now: int) -> None:
        """See `Waiting`."""

    def item_done(self, ticket: int, item: int, window: int, now: int) -> bool:
        """See `Waiting`."""
        self._next[ticket] = item + 1
        items = self.day.tickets[ticket].items
        if item + 1 == len(items) or window in self._able[items[item + 1]]:
            return False
        self.arrive(ticket, now)
        return True

    def absent(self, window: int, now: int) -> None:
        """See `Waiting`."""

    def present(self, window: int, now: int) -> None:
        """See `Waiting`."""


def fifo(day: Day) -> ReferenceRoom:
    """Longest waiting first among what the window can do."""
    skills = [frozenset(w.skills) for w in day.windows]
    return ReferenceRoom(day, lambda w, s: s in skills[w])


def dedicated(day: Day) -> ReferenceRoom:
    """A window does every service of its home group and nothing else."""

    def able(w: int, service: str) -> bool:
        window = day.windows[w]
        known = service in day.truth.mean.get(window.id, {})
        return known and window.home is not None and day.groups.get(service) == window.home

    return ReferenceRoom(day, able)


def pooled(day: Day) -> ReferenceRoom:
    """Every window does everything, first come first served: a reference, not a bound."""
    missing = [s.id for s in day.services if s.id not in (day.truth.pooled or {})]
    if missing:
        path = f"$.truth.pooled.service.{missing[0]}"
        raise TraceError(day.name, path, "is missing; the policy pooled needs it")
    return ReferenceRoom(day, lambda w, s: True, classes=False)
