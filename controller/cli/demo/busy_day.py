"""The simulated citizens: when the next one comes, what for, and how long a matter takes.

Pure but for the `Random` it is given. Times are minutes of *open* day: the hours in which nobody
takes a number are left out, and after the last minute the day begins anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from config import HallConfig
from config.fields import minutes
from controller.catalogue import usual_result
from controller.views.profile import Slot, slots

BUNDLES, SEVERAL = 0.04, 0.06
"""Of all tickets, those for 一件事, and those for two items of one department."""
NOISE, SPEED = 0.5, 0.15
"""How much service times differ from case to case and from clerk to clerk (sd of the logarithm)."""
SHORTEST_MIN = 0.5
NAMES = (
    "王小禾",
    "李青",
    "张禾",
    "欧阳小满",
    "陈雨",
    "刘一苗",
    "吴长青",
    "周小暑",
    "郑禾禾",
    "孙青",
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """What somebody wants; `name` is invented and only ever told masked."""

    items: tuple[str, ...]
    bundle: str | None
    cls: str
    name: str


class Day:
    """The usual day of a hall, drawn at random. Not for several threads."""

    def __init__(self, config: HallConfig, rng: Random) -> None:
        self._config, self._rng = config, rng
        self._items = {item.code: item for item in config.items if item.daily}
        self._weights = list(accumulate(float(item.daily) for item in self._items.values()))
        self._codes = list(self._items)
        hall = config.hall
        spans = [(minutes(a) or 0, minutes(b) or 0) for a, b in hall.ticketing]
        self._slots = slots(config.demand.arrival_profile, spans)
        self._ends = list(accumulate(float(slot.minutes) for slot in self._slots))

    @property
    def length(self) -> float:
        """Open minutes of a day."""
        return self._ends[-1]

    @property
    def tickets(self) -> int:
        """How many a usual day has."""
        return sum(item.daily for item in self._items.values())

    def begins(self, wall_minute: int) -> float:
        """Where a day that is watched from now on begins: at the wall's time if the hall is at
        work then, else before the morning's peak."""
        for slot, end in zip(self._slots, self._ends, strict=True):
            if slot.start <= wall_minute < slot.end:
                return end - slot.minutes + wall_minute - slot.start
        peak = max(self._slots, key=lambda slot: slot.share / slot.minutes)
        return max(0.0, self._start_of(peak) - 20)

    def clock(self, position: float) -> int:
        """The minute of the day, from 00:00, at an open minute."""
        slot, start = self._at(position)
        return slot.start + int(position - start)

    def next(self, position: float) -> float:
        """The open minute of the next arrival after `position`; beyond `length` on the next
        day."""
        left = self._rng.expovariate(self.tickets)  # in shares of a day's tickets
        while True:
            slot, start = self._at(position % self.length)
            ahead = start + slot.minutes - position % self.length
            if slot.share > 0:
                needed = left * slot.minutes / slot.share
                if needed < ahead:
                    return position + needed
                left -= ahead * slot.share / slot.minutes
            position += ahead

    def visitor(self) -> Visitor:
        """The next one through the door."""
        rng, demand = self._rng, self._config.demand
        first = self._draw()
        kind, draw = "ordinary", rng.random()
        if draw < demand.priority_share:
            kind = "priority"
        elif (
            draw < demand.priority_share + demand.appointment_share
            and self._items[first].appointment
        ):
            kind = "appointment"
        name = rng.choice(NAMES)
        if self._config.bundles and rng.random() < BUNDLES:
            return Visitor((), rng.choice(self._config.bundles).id, kind, name)
        items = [first]
        if rng.random() < SEVERAL:
            mine = self._items[first].department
            beside = [c for c, i in self._items.items() if i.department == mine and c != first]
            items += [rng.choice(beside)] if beside else []
        return Visitor(tuple(items), None, kind, name)

    def stays_away(self) -> bool:
        """Whether somebody who is called does not come."""
        return self._rng.random() < self._config.demand.no_show_share

    def service_minutes(self, code: str, speed: float) -> float:
        """How long an item takes at a clerk of this speed (1 is usual, more is slower)."""
        item = self._items.get(code) or next(i for i in self._config.items if i.code == code)
        # exp(sd z) has the mean exp(sd²/2): taken out, so that the mean is the item's
        noise = math.exp(self._rng.gauss(0, NOISE) - NOISE * NOISE / 2)
        return max(SHORTEST_MIN, item.minutes * speed * noise)

    def clerk_speed(self) -> float:
        """What a clerk's service times are multiplied by."""
        return math.exp(self._rng.gauss(0, SPEED))

    def between(self, low: float, high: float) -> float:
        """Any time in a range."""
        return self._rng.uniform(low, high)

    def result(self, code: str) -> str:
        """How an item ends: most are done or accepted."""
        usual = usual_result(next(i for i in self._config.items if i.code == code))
        return "supplement" if self._rng.random() < 0.08 else str(usual)

    def key(self) -> str:
        """Stands for a person nobody knows: 64 hexadecimal digits."""
        return f"{self._rng.getrandbits(256):064x}"

    def _draw(self) -> str:
        return self._rng.choices(self._codes, cum_weights=self._weights)[0]

    def _start_of(self, wanted: Slot) -> float:
        return next(start for slot, start in self._starts() if slot is wanted)

    def _starts(self) -> Iterator[tuple[Slot, float]]:
        for slot, end in zip(self._slots, self._ends, strict=True):
            yield slot, end - slot.minutes

    def _at(self, position: float) -> tuple[Slot, float]:
        """The slot of an open minute, and its first open minute."""
        found = next(iter(self._starts()))
        for slot, start in self._starts():
            if start <= position:
                found = slot, start
        return found
