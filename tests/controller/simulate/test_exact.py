"""The simulated world against queues that mathematics has solved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from controller.dispatch.rule import HallRule
from controller.hall.plan import Mode
from controller.simulate.figures import waits
from controller.simulate.live import HallRoom
from controller.simulate.reference import fifo
from controller.simulate.trace import Day
from controller.simulate.world import Played, Waiting
from tests.controller.simulate.queues import (
    Estimate,
    Flow,
    Queue,
    all_busy,
    estimate,
    lognormal,
    run,
    waits_of,
)

Room = Callable[[Day], Waiting]
A_FEW = 12_000
"""Arrivals where the real hall plays, which takes its time over each."""
Measure = Callable[[Day, Played], list[float]]


def hall(day: Day) -> Waiting:
    """The real hall, the real rule."""
    return HallRoom(day, HallRule())


def strict(day: Day) -> Waiting:
    return HallRoom(day, HallRule(), Mode.STRICT)


def waited(day: Day, played: Played) -> list[float]:
    return [float(wait > 1e-6) for wait in waits_of(day, played)]


def wait(flow: Flow | None = None) -> Measure:
    return lambda day, played: waits_of(day, played, flow)


@dataclass(frozen=True)
class Case:
    """Exact values of a queue under one way of calling."""

    name: str
    queue: Queue
    room: Room
    exact: Sequence[tuple[Measure, float]]
    arrivals: int = 30_000
    runs: int = 12
    """Runs of a hundred thousand arrivals that tell the value to one per cent."""


def erlang(servers: int, load: float, exact: float, runs: int = 12) -> Case:
    queue = Queue([Flow("A", load)], [("A", 1.0)] * servers)
    name = f"Erlang C, {servers} servers at {load}"
    return Case(name, queue, fifo, [(waited, exact)], runs=runs)


def flows(*rates: float, weights: Sequence[float | None] = (None, None, None)) -> list[Flow]:
    classes = ("priority", "appointment", "ordinary")
    return [Flow("A", r, c, w) for r, c, w in zip(rates, classes, weights, strict=True)]


def by_flow(found: Sequence[Flow], *exact: float) -> list[tuple[Measure, float]]:
    return [(wait(flow), value) for flow, value in zip(found, exact, strict=True)]


def accumulating(b: Sequence[float], *exact: float) -> Case:
    found = flows(0.15, 0.10, 0.60, weights=b)
    return Case(
        f"accumulating priority M/M/1, b = {b}",
        Queue(found, [("A", 1.0)]),
        hall,
        by_flow(found, *exact),
        arrivals=A_FEW,
    )


NON_PREEMPTIVE = flows(1.0, 1.0, 2.4)
TWO = [Flow("A", 0.9), Flow("B", 0.6)]
FOUR = [Flow("A", 1.2), Flow("B", 1.0), Flow("C", 0.9)]
UNEVEN = Queue([Flow("A", 1.4)], [("A", 0.5), ("A", 1.5)])

CASES = [
    erlang(5, 4, 0.554113),
    erlang(10, 8, 0.409180),
    erlang(10, 9, 0.668732),
    erlang(40, 36, 0.411562),
    erlang(100, 95, 0.506457, runs=48),  # busy for long, then idle for long
    Case(
        "M/G/1, lognormal",
        Queue([Flow("A", 0.8)], [("A", 1.0)], lognormal(0.75)),
        fifo,
        [(wait(), 3.510109)],
    ),
    Case(
        "M/M/5, non-preemptive priority",
        Queue(NON_PREEMPTIVE, [("A", 1.0)] * 5),
        strict,
        arrivals=A_FEW,
        exact=by_flow(NON_PREEMPTIVE, 0.179597, 0.299328, 1.995523),
    ),
    accumulating((3, 3, 1), 2.946667, 2.946667, 6.8),
    accumulating((4, 2, 1), 2.425306, 3.931693, 6.766169),
    Case(
        "FCFS with longest idle, two servers",
        Queue(TWO, [("A", 1.0), ("AB", 1.0)]),
        fifo,
        [*by_flow(TWO, 1.20382, 2.87580), (all_busy, 0.60191)],
    ),
    Case(
        "FCFS with longest idle, four servers",
        Queue(FOUR, [("A", 1.0), ("AB", 0.9), ("BC", 0.8), ("ABC", 1.1)]),
        fifo,
        by_flow(FOUR, 0.86579, 1.27896, 1.68668),
        arrivals=90_000,
    ),
    Case("M/M/2, fastest first", UNEVEN, hall, [(wait(), 0.96979)], arrivals=A_FEW),
    Case("M/M/2, longest idle", UNEVEN, fifo, [(wait(), 1.00513)]),
]


def measured(case: Case, arrivals: int, runs: int) -> Iterator[tuple[Estimate, float]]:
    """What several runs come to, beside the exact values."""
    series: list[list[list[float]]] = [[] for _ in case.exact]
    for seed in range(runs):
        day = case.queue.day(arrivals, seed)
        played = run(day, case.room(day))
        for samples, (measure, _) in zip(series, case.exact, strict=True):
            samples.append(measure(day, played))
    for samples, (_, exact) in zip(series, case.exact, strict=True):
        yield estimate(samples), exact


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_the_world_agrees_with_the_formula(case: Case) -> None:
    for found, exact in measured(case, case.arrivals, runs=1):
        assert found.agrees(exact), f"{found} against {exact}"


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_over_a_million_arrivals_it_agrees_within_three_per_cent(case: Case) -> None:
    for found, exact in measured(case, 100_000, case.runs):
        assert found.near(exact), f"{found} against {exact}"


@pytest.mark.parametrize("room", [hall, strict])
def test_the_work_that_waits_is_the_same_in_any_order(room: Room) -> None:
    """Conservation: Σ service × wait depends on the arrivals alone, not on who is called first."""
    found = flows(0.15, 0.10, 0.60, weights=(1.0, 2.0, 5.0))
    day = Queue(found, [("A", 1.0)]).day(3_000, 4)

    def work_that_waits(play: Room) -> float:
        return sum(
            day.tickets[w.ticket].noise[0] * w.minutes for w in waits(day, run(day, play(day)))
        )

    assert work_that_waits(room) == pytest.approx(work_that_waits(fifo), rel=1e-6)
