"""Queues whose waits are known exactly, as days of a hall; and statistics of what they came to."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from controller.simulate.figures import mean
from controller.simulate.trace import Day, DayService, DayTicket, DayWindow, Truth
from controller.simulate.world import MINUTE, Played, TrueMinutes, Waiting, World

Noise = Callable[[Random], float]


def exponential(rng: Random) -> float:
    return rng.expovariate(1.0)


def lognormal(sd: float) -> Noise:
    return lambda rng: math.exp(rng.gauss(-(sd**2) / 2, sd))


@dataclass(frozen=True)
class Flow:
    """Poisson arrivals of one kind."""

    service: str
    rate: float
    cls: str = "ordinary"
    weight: float | None = None


@dataclass(frozen=True)
class Queue:
    """`servers`: what each can do, and its rate."""

    flows: Sequence[Flow]
    servers: Sequence[tuple[str, float]]
    noise: Noise = exponential

    def day(self, arrivals: int, seed: int) -> Day:
        rng = Random(seed)
        services = sorted({f.service for f in self.flows})
        means = {f"w{n}": dict.fromkeys(can, 1 / mu) for n, (can, mu) in enumerate(self.servers)}
        windows = tuple(
            DayWindow(w, tuple(row), estimate=row, n=dict.fromkeys(row, 1e6))
            for w, row in means.items()
        )
        tickets = tuple(self._tickets(arrivals, rng))
        return Day(
            name="queue",
            closes_min=tickets[-1].at,
            services=tuple(DayService(s, 1.0) for s in services),
            windows=windows,
            breaks=(),
            tickets=tickets,
            truth=Truth(means, 1.0),
            groups={},
        )

    def _tickets(self, arrivals: int, rng: Random) -> Iterator[DayTicket]:
        rates = [f.rate for f in self.flows]
        at, total = 0.0, sum(rates)
        for n, flow in enumerate(rng.choices(self.flows, rates, k=arrivals)):
            at += rng.expovariate(total)
            noise = (self.noise(rng),)
            yield DayTicket(f"t{n}", at, flow.cls, None, (flow.service,), False, noise, flow.weight)


def run(day: Day, room: Waiting) -> Played:
    return World(day, room, TrueMinutes(day)).play()


@dataclass(frozen=True)
class Estimate:
    """A mean and its standard error by batch means."""

    value: float
    error: float

    def agrees(self, exact: float) -> bool:
        """Within three standard errors, which must be small enough to mean something."""
        assert self.error < 0.25 * exact, f"too few arrivals: {self} against {exact}"
        return abs(self.value - exact) <= 3 * self.error

    def near(self, exact: float) -> bool:
        return abs(self.value - exact) <= 0.03 * exact


def estimate(samples: Sequence[Sequence[float]], batches: int = 20) -> Estimate:
    """From one series or several independent ones; the first tenth of each is warming up."""
    each = max(1, batches // len(samples))
    means = []
    for series in samples:
        steady = series[len(series) // 10 :]
        size = len(steady) // each
        means += [mean(steady[b * size : (b + 1) * size]) for b in range(each)]
    middle = mean(means)
    spread = sum((m - middle) ** 2 for m in means) / (len(means) - 1)
    return Estimate(middle, math.sqrt(spread / len(means)))


def waits_of(day: Day, played: Played, flow: Flow | None = None) -> list[float]:
    """Waits in order of arrival; of one flow, or of all."""
    found: list[tuple[int, float]] = []
    for c in played.calls:
        t = day.tickets[c.ticket]
        if flow is None or (t.items[0], t.cls, t.weight) == (flow.service, flow.cls, flow.weight):
            found.append((c.ticket, c.called / MINUTE - t.at))
    return [wait for _, wait in sorted(found)]


def all_busy(day: Day, played: Played, slices: int = 400) -> list[float]:
    """The share of time in which every server works, by slices of the time."""
    last = played.calls[-1].called
    width = last / slices
    changes = sorted(
        [(c.called, 1) for c in played.calls] + [(c.finished, -1) for c in played.calls]
    )
    full, busy, since = [0.0] * slices, 0, 0
    for at, change in changes:
        if busy == len(day.windows):
            low, high = since, min(at, last)
            while low < high:
                n = min(int(low / width), slices - 1)
                end = min(high, round((n + 1) * width) + 1) if n + 1 < slices else high
                full[n] += end - low
                low = end
        busy, since = busy + change, at
    return [share / width for share in full]
