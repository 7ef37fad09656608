"""How much work waits over a day, as a fluid with a little randomness, for planning breaks.

Work is looked at in pools: the whole hall, and each set of services that the same windows can do,
which has the part of those windows' time that the planned split of the day's work gives it. In a
slot, with `q` minutes of work waiting, `a` arriving and room for `c`:

    q' = (y + sqrt(y² + 2 v)) / 2,   y = q + a - c,   v = variance of the work that comes

which for a steady load is Kingman's heavy-traffic mean, v / (2 (c - a)), and in overload grows
as a fluid does. The cost of a day is the sum of q² / c̄ over slots: people times how long they wait.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from controller.dispatch.estimates import CV2, shrunk
from controller.dispatch.split import split
from controller.simulate.live import knowledge_of, plan_of
from controller.simulate.profile import Profile
from controller.simulate.trace import Day

BIN = 15.0
AFTER = 4
"""So many slots after closing are looked at as well: what waits then still waits."""
UNKNOWN_LOAD = 0.85
"""How busy a hall is taken to be if nobody says how much is expected."""
HALL_WEIGHT = 2.0
"""What the whole hall's backlog weighs against the pools'."""


@dataclass(slots=True)
class Pool:
    """`work` and `spread` (twice its variance) by slot; `room` by slot, minutes, as things stand;
    `part` of each window's time that is the pool's."""

    weight: float
    work: list[float]
    spread: list[float]
    room: list[float]
    part: dict[int, float]
    per_slot: float

    def cost(self, away: dict[int, float] | None = None, part: float = 0.0) -> float:
        """The cost of the day if the rooms shrink by `part` of `away` (minutes by slot)."""
        q = total = 0.0
        sqrt = math.sqrt
        for b, room in enumerate(self.room):
            if away is not None and b in away:
                room -= part * away[b]
            y = q + self.work[b] - room
            q = (y + sqrt(y * y + self.spread[b])) / 2
            total += q * q
        return self.weight * total / self.per_slot


def pools_of(day: Day, profile: Profile) -> tuple[list[Pool], int]:
    """The pools of a day with every window present all day, and the number of slots."""
    slots = max(1, math.ceil(day.closes_min / BIN))
    shares = [*profile.shares(BIN, slots), *[0.0] * AFTER]
    estimates = shrunk(plan_of(day).services, knowledge_of(day).observed)
    minutes = {
        s.id: {
            n: estimates.minutes(w.id, s.id) for n, w in enumerate(day.windows) if s.id in w.skills
        }
        for s in day.services
    }
    demand = _demand(day, minutes)
    shared = split(demand, minutes)
    work = {
        s: {w: demand[s] * share * minutes[s][w] for w, share in row.items()}
        for s, row in shared.items()
    }
    of_window = [sum(row.get(n, 0.0) for row in work.values()) for n in range(len(day.windows))]
    by_set: dict[frozenset[int], list[str]] = {}
    for s in work:
        by_set.setdefault(frozenset(minutes[s]), []).append(s)
    pools = []
    for services in by_set.values():
        mine: dict[int, float] = {}
        for s in services:
            for w, load in work[s].items():
                mine[w] = mine.get(w, 0.0) + load
        part = {w: load / of_window[w] for w, load in mine.items() if of_window[w] > 0}
        lumps = sum(sum(work[s].values()) * _mean(minutes[s].values()) for s in services)
        pools.append(_pool(1.0, sum(mine.values()), lumps, shares, part))
    everyone = dict.fromkeys(range(len(day.windows)), 1.0)
    lumps = sum(sum(row.values()) * _mean(minutes[s].values()) for s, row in work.items())
    pools.append(_pool(HALL_WEIGHT, sum(of_window), lumps, shares, everyone))
    return pools, slots


def _pool(
    weight: float, work: float, lumps: float, shares: Sequence[float], part: dict[int, float]
) -> Pool:
    per_slot = max(1e-9, sum(part.values()) * BIN)
    return Pool(
        weight=weight,
        work=[work * share for share in shares],
        spread=[2 * lumps * (1 + CV2) * share for share in shares],
        room=[per_slot] * len(shares),
        part=part,
        per_slot=per_slot,
    )


def _demand(day: Day, minutes: dict[str, dict[int, float]]) -> dict[str, float]:
    """Items a day by service. A service nobody counts is expected as often as the others; where
    nothing is counted the hall is taken to be well busy."""
    told = [s.expected for s in day.services if s.expected is not None]
    able = [s for s in day.services if minutes[s.id]]
    if told:
        usual = _mean(told)
    else:
        one_each = sum(_mean(minutes[s.id].values()) for s in able)
        usual = UNKNOWN_LOAD * len(day.windows) * day.closes_min / max(1e-9, one_each)
    return {s.id: usual if s.expected is None else s.expected for s in able}


def _mean(values: Iterable[float]) -> float:
    rows = list(values)
    return sum(rows) / len(rows) if rows else 0.0
