"""How long the hall's rule thinks about one call, and that this does not grow with the queue."""

from __future__ import annotations

import time
from dataclasses import replace
from random import Random
from typing import Any

from controller.dispatch.rule import HallRule
from controller.hall import commands as c
from controller.hall.evolve import evolve
from controller.hall.instants import MINUTE, Moment
from controller.hall.lifecycle import decide
from controller.hall.model import DispatchClass, Hall
from controller.simulate.live import OPENING, HallRoom
from controller.simulate.scenario import BASE, day, layout

WAITING = (100, 500, 10_000, 100_000)
DECISIONS = 400
KINDS = 300
"""Whoever comes is like one of so many, so that a longer queue is not a more various one."""
HALL = replace(BASE, services=120, groups=12, special=32, dual=28, integrated=20)
"""Eighty windows, of which twenty can do almost everything."""


def decisions() -> dict[str, dict[str, Any]]:
    """By number of waiting tickets: the time of a decision, and of a bare walk over the heads.

    Every decision is followed by its call, and by somebody new who takes the place, so that what
    is remembered between two decisions has to be kept up.
    """
    return {str(waiting): _measure(waiting) for waiting in WAITING}


def _measure(waiting: int) -> dict[str, Any]:
    rng = Random(waiting)
    bench = _Bench(rng)
    for _ in range(waiting):
        bench.somebody_comes()
    bench.call(bench.integrated[0])  # the tables of the staffing are worked out once
    spent, floor = [], []
    for n in range(DECISIONS):
        window = bench.integrated[n % len(bench.integrated)]
        floor.append(bench.heads(window))
        spent.append(bench.call(window))
        bench.somebody_comes()
    spent.sort()
    floor.sort()
    p50, floor_p50 = spent[len(spent) // 2], floor[len(floor) // 2]
    return {
        "p50_us": round(p50 / 1000, 1),
        "p99_us": round(spent[int(0.99 * len(spent))] / 1000, 1),
        "floor_p50_us": round(floor_p50 / 1000, 1),
        "ratio": round(p50 / floor_p50, 2),
    }


class _Bench:
    """A hall of eighty open windows, and time that goes on by a second a step."""

    def __init__(self, rng: Random) -> None:
        drawn = layout(HALL, rng)
        self.tickets = day("bench", drawn, rng).tickets
        self.rng = rng
        self.policy = HallRule()
        self.hall: Hall = HallRoom(day("bench", drawn, rng), self.policy).hall
        windows = self.hall.windows.values()
        self.integrated = [w.no for w in windows if w.no > HALL.special + HALL.dual]
        self._now = round(OPENING.timestamp()) * 1_000_000 + 60 * MINUTE
        self._seq = 1000

    def somebody_comes(self) -> None:
        """One more ticket, of a kind that the day has."""
        like = self.rng.choice(self.tickets[:KINDS])
        self._do(c.Issue(like.items, "kiosk", DispatchClass(like.cls)))

    def heads(self, no: int) -> int:
        """Nanoseconds to look once at everybody whom a decision must look at."""
        window = self.hall.windows[no]
        began = time.perf_counter_ns()
        min(line.head for line in self.hall.waiting.lines(window.skills, window.no))
        return time.perf_counter_ns() - began

    def call(self, no: int) -> int:
        """Nanoseconds of one decision; then the call happens, and the window is free again."""
        window, now = self.hall.windows[no], self._moment()
        began = time.perf_counter_ns()
        self.policy.choose(self.hall, window, now)
        spent = time.perf_counter_ns() - began
        clerk = window.clerk or ""
        (called,) = self._do(c.CallNext(no, clerk))
        self._do(c.Pass(no, clerk, ticket=called.ticket))
        return spent

    def _moment(self) -> Moment:
        return Moment(self._now, OPENING)

    def _do(self, command: c.Command) -> list[Any]:
        self._now += 1_000_000
        events = decide(self.hall, command, self._moment(), self.policy)
        for event in events:
            self._seq += 1
            evolve(self.hall, event, self._seq, self._now)
        return events
