"""Invented halls and their days, from a seed: the published scenarios S1 to S9 (docs/dispatch.md).

A `Shape` says what a hall and its days are like; a `Layout` is one such hall, drawn once; days are
drawn from a layout. The same seed gives the same days.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from controller.simulate.figures import mean as mean_of
from controller.simulate.trace import (
    Day,
    DayBreak,
    DayService,
    DayTicket,
    DayWindow,
    Truth,
)

SLOT = 15.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of hall. Spreads are standard deviations of logarithms; `load` is work over capacity;
    `specialists` of the services integrated windows cannot do; `humps` are minutes of the two
    peaks."""

    services: int = 60
    groups: int = 8
    special: int = 16
    dual: int = 14
    integrated: int = 10
    mean: float = 9.0
    mean_spread: float = 0.5
    noise: float = 0.75
    speed: float = 0.15
    fit: float = 1.25
    error: float = 0.10
    specialists: float = 0.15
    closes: float = 480.0
    last: float = 450.0
    humps: tuple[float, float] = (75.0, 325.0)
    load: float = 0.82
    priority: float = 0.15
    appointment: float = 0.10
    several: float = 0.15
    no_show: float = 0.05
    busier_group: float = 1.0
    absent: int = 0
    surge: float = 1.0

    @property
    def windows(self) -> int:
        """All windows."""
        return self.special + self.dual + self.integrated


BASE = Shape()
SCENARIOS: dict[str, Shape] = {
    "S1": BASE,
    "S2": replace(BASE, load=0.90),
    "S3": replace(BASE, load=0.84, busier_group=1.6),
    "S4": replace(BASE, absent=4),
    "S5": replace(BASE, special=26, dual=10, integrated=4),
    "S6": replace(BASE, load=0.86, priority=0.30, appointment=0.30),
    "S7": replace(BASE, load=0.84, fit=1.6, speed=0.25),
    "S8": replace(BASE, special=5, dual=4, integrated=3, services=20, groups=4, load=0.78),
    "S9": replace(BASE, load=0.78, surge=2.5),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """One hall: who can do what, the truth, the usual demand (items a day) and the breaks."""

    shape: Shape
    services: tuple[DayService, ...]
    groups: dict[str, str]
    windows: tuple[DayWindow, ...]
    breaks: tuple[DayBreak, ...]
    truth: Truth


def days(name: str, shape: Shape, seed: int, count: int) -> Iterator[Day]:
    """`count` days of one hall of this shape, named ``NAME-SEED-000`` and so on."""
    drawn = layout(shape, Random(f"{name}/{seed}/layout"))
    for n in range(count):
        yield day(f"{name}-{seed}-{n:03}", drawn, Random(f"{name}/{seed}/{n}"))


# --- a hall ---


def layout(shape: Shape, rng: Random) -> Layout:
    """Draw a hall."""
    ids = [f"s{n}" for n in range(shape.services)]
    group_names = [f"g{n}" for n in range(shape.groups)]
    groups = {s: group_names[n % shape.groups] for n, s in enumerate(ids)}
    drift = shape.mean_spread**2 / 2
    means = {s: shape.mean * math.exp(rng.gauss(-drift, shape.mean_spread)) for s in ids}
    skills, homes = _skills(shape, ids, groups, group_names, rng)
    speed = {w: math.exp(rng.gauss(0, shape.speed)) for w in skills}
    fit = {
        w: {s: 1.0 if groups[s] == homes[w] else rng.uniform(1.0, shape.fit) for s in ids}
        for w in skills
    }
    mean = {
        w: {
            s: means[s] * speed[w] * fit[w][s]
            for s in ids
            if s in skills[w] or groups[s] == homes[w]
        }
        for w in skills
    }
    windows = tuple(_window(shape, w, skills[w], homes[w], mean[w], rng) for w in skills)
    pooled = {s: means[s] * mean_of([fit[w][s] for w in skills if s in skills[w]]) for s in ids}
    demand = _demand(shape, ids, groups, homes, pooled, rng)
    return Layout(
        shape=shape,
        services=tuple(DayService(s, round(means[s], 4), round(demand[s], 3)) for s in ids),
        groups=groups,
        windows=windows,
        breaks=tuple(_breaks(list(skills), rng)),
        truth=Truth(mean, 1.0, pooled, speed),
    )


def _skills(
    shape: Shape, ids: list[str], groups: dict[str, str], names: list[str], rng: Random
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Skills and home group by window; every service has at least two capable windows."""
    guarded = set(rng.sample(ids, round(shape.specialists * len(ids))))
    can: dict[str, set[str]] = {}
    homes: dict[str, str] = {}
    for n in range(shape.windows):
        w = f"w{n}"
        home = homes[w] = names[n % len(names)]
        if n < shape.special + shape.dual:
            mine = {home}
            if n >= shape.special:
                mine.add(rng.choice([g for g in names if g != home]))
            can[w] = {s for s in ids if groups[s] in mine}
        else:
            can[w] = {s for s in ids if s not in guarded}
    for s in ids:
        able = [w for w in can if s in can[w]]
        others = sorted((w for w in can if w not in able), key=lambda w: homes[w] != groups[s])
        for w in others[: max(0, 2 - len(able))]:
            can[w].add(s)
    return {w: tuple(s for s in ids if s in can[w]) for w in can}, homes


def _window(
    shape: Shape,
    id: str,
    skills: tuple[str, ...],
    home: str,
    mean: dict[str, float],
    rng: Random,
) -> DayWindow:
    seen = max(1, round((math.exp(shape.noise**2) - 1) / shape.error**2))
    return DayWindow(
        id=id,
        skills=skills,
        estimate={s: mean[s] * math.exp(rng.gauss(0, shape.error)) for s in skills},
        n=dict.fromkeys(skills, float(seen)),
        home=home,
    )


def _demand(
    shape: Shape,
    ids: list[str],
    groups: dict[str, str],
    homes: dict[str, str],
    minutes: dict[str, float],
    rng: Random,
) -> dict[str, float]:
    """Items a day by service: groups about in proportion to the windows at home in them."""
    at_home = {g: sum(1 for h in homes.values() if h == g) for g in groups.values()}
    size = {g: max(0.5, count) * math.exp(rng.gauss(0, 0.1)) for g, count in at_home.items()}
    share = {s: math.exp(rng.gauss(0, 0.6)) for s in ids}
    of_group = {g: sum(share[s] for s in ids if groups[s] == g) for g in size}
    work = {s: size[groups[s]] * share[s] / of_group[groups[s]] for s in ids}
    capacity = shape.load * shape.windows * shape.closes
    scale = capacity / sum(work.values())
    served = 1 - shape.no_show
    return {s: work[s] * scale / minutes[s] / served for s in ids}


def _breaks(windows: list[str], rng: Random) -> Iterator[DayBreak]:
    """Lunch in two shifts, as halls do, and ten minutes' rest somewhere else."""
    for n, window in enumerate(windows):
        yield DayBreak(window, 165.0 if n % 2 else 210.0, 45.0)
        early = rng.random() < 0.5
        rest = rng.uniform(60, 140) if early else rng.uniform(280, 400)
        yield DayBreak(window, round(rest, 2), 10.0)


# --- a day ---


def day(name: str, hall: Layout, rng: Random) -> Day:
    """Draw a day in a hall."""
    shape = hall.shape
    demand = {s.id: float(s.expected or 0) for s in hall.services}
    if shape.busier_group != 1.0:
        busy = rng.choice(sorted(set(hall.groups.values())))
        demand = {
            s: d * (shape.busier_group if hall.groups[s] == busy else 1.0)
            for s, d in demand.items()
        }
    surge_at = rng.uniform(60, 380) if shape.surge != 1.0 else None
    items_each = 1 + shape.several * 1.5
    visits = sum(demand.values()) / items_each
    arrivals = sorted(_arrivals(shape, visits, surge_at, rng))
    services, weights = list(demand), list(demand.values())
    tickets = [
        _ticket(n, at, shape, services, weights, hall.groups, rng) for n, at in enumerate(arrivals)
    ]
    tickets.sort(key=lambda t: t.at)
    absent = rng.sample([w.id for w in hall.windows], shape.absent)
    away = tuple(DayBreak(w, 0.0, 240.0) for w in absent)
    return Day(
        name=name,
        closes_min=shape.closes,
        services=hall.services,
        windows=hall.windows,
        breaks=hall.breaks + away,
        tickets=tuple(replace(t, id=f"t{n}") for n, t in enumerate(tickets)),
        truth=hall.truth,
        groups=hall.groups,
    )


def intensity(shape: Shape, at: float, surge_at: float | None = None) -> float:
    """How many come at a minute of the day, in proportion: two humps over a level."""
    hump = sum(math.exp(-(((at - peak) / 45.0) ** 2) / 2) for peak in shape.humps)
    level = 0.55 + 1.45 * hump
    if surge_at is not None and surge_at <= at < surge_at + 30:
        level *= shape.surge
    return level


def _arrivals(shape: Shape, visits: float, surge_at: float | None, rng: Random) -> Iterator[float]:
    """A Poisson process with the day's intensity, by thinning; a surge comes on top."""
    steps = [intensity(shape, m + 0.5) for m in range(int(shape.last))]
    top = 2.2 * (shape.surge if surge_at is not None else 1.0)
    rate = visits / sum(steps)
    at = 0.0
    while (at := at + rng.expovariate(rate * top)) < shape.last:
        if rng.random() * top < intensity(shape, at, surge_at):
            yield at


def _ticket(
    n: int,
    at: float,
    shape: Shape,
    services: list[str],
    weights: list[float],
    groups: dict[str, str],
    rng: Random,
) -> DayTicket:
    items = [rng.choices(services, weights)[0]]
    if rng.random() < shape.several:
        for _ in range(rng.randint(1, 2)):
            other = rng.choices(services, weights)[0]
            if other not in items:
                items.append(other)
    draw, slot, cls = rng.random(), None, "ordinary"
    if draw < shape.priority:
        cls = "priority"
    elif draw < shape.priority + shape.appointment:
        cls = "appointment"
        slot = min(math.floor(at / SLOT) * SLOT, shape.last)
        at = max(0.0, slot + rng.uniform(-6, 6))
    drift = shape.noise**2 / 2
    return DayTicket(
        id=f"t{n}",
        at=round(at, 4),
        cls=cls,
        slot=slot,
        items=tuple(items),
        no_show=rng.random() < shape.no_show,
        noise=tuple(math.exp(rng.gauss(-drift, shape.noise)) for _ in items),
    )
