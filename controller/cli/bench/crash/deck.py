"""Which fault comes next, and when it is enough."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from controller.cli.bench.crash.faults import ClockJump, Fault, FullDisk, Kill, PowerCut, Tally
from controller.cli.bench.crash.stage import Stage


@dataclass(frozen=True, slots=True)
class Goal:
    """What a run lasts for: so many seconds, and at least so many kills and full disks."""

    seconds: float
    kills: int = 0
    full_disks: int = 0


class Deck:
    """Draws faults by chance: first one of each kind that can be played, then by their weights."""

    def __init__(self, place: Stage, chance: Random, goal: Goal) -> None:
        self._chance, self._goal = chance, goal
        self._kill = Kill()
        self._full = FullDisk(place.disk) if place.disk else None
        faults: list[tuple[Fault, float]] = [(self._kill, 5), (Kill(early=True), 2)]
        if place.power is not None:
            faults += [(PowerCut(place.power), 2), (PowerCut(place.power, early=True), 1)]
        if place.clock is not None:
            faults.append((ClockJump(place.clock), 2))
        if self._full is not None:
            faults.append((self._full, 1))
        self._faults = [fault for fault, _ in faults]
        self._weights = [weight for _, weight in faults]
        self._first = chance.sample(self._faults, len(self._faults))

    def missing(self, tally: Tally, seconds: float) -> str | None:
        """What is still to be done: time, kills or full disks; None if it is enough."""
        if seconds < self._goal.seconds or self._first:
            return "seconds"
        if tally.kills < self._goal.kills:
            return "kills"
        if self._full is not None and tally.full_disks < self._goal.full_disks:
            return "full_disks"
        return None

    def draw(self, missing: str) -> Fault:
        """The fault of the next life; `missing`: what for."""
        if self._first:
            return self._first.pop()
        if missing == "full_disks" and self._full is not None:
            return self._full
        if missing == "kills":
            return self._kill
        return self._chance.choices(self._faults, self._weights)[0]
