"""Where all chance of a lived hall comes from, so that a seed or a shrinking search may drive it;
and halls with everything that a hall may have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Protocol, TypeVar

from controller.hall.opening import ServiceHours
from controller.hall.plan import Bundle, Plan
from tests.controller.hall.week import PLAN as WEEK
from tests.controller.hall_fixture import small_plan

T = TypeVar("T")
CODES = ("C-1", "C-2", "T-1", "T-2")


class Chance(Protocol):
    """Where all choices come from."""

    def of(self, options: Sequence[T]) -> T:
        """One of these."""
        ...


class TapeEnds(Exception):
    """There is no more chance on the tape."""


class Taped:
    """Chance from a tape of bytes, which hypothesis writes and shortens."""

    def __init__(self, tape: bytes) -> None:
        self._tape = iter(tape)

    def of(self, options: Sequence[T]) -> T:
        byte = next(self._tape, None)
        if byte is None:
            raise TapeEnds
        return options[byte % len(options)]


class Seeded:
    """Chance from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def of(self, options: Sequence[T]) -> T:
        return self._random.choice(options)


def any_plan(chance: Chance, **rules: object) -> Plan:
    """The small hall with everything a hall may have: a window that is offered tickets, a low
    counter, matters in order, hours with lunch, a quota."""
    rules = {
        "digits": 3,
        "reserve_series": ("X",),
        "tickets_per_person": 3,
        "tickets_per_item": 2,
        "items_per_ticket": 3,
        "lease_blocks": 2,
        "offer_grace": chance.of((0, 10_000_000)),
        "separate_arrival": chance.of((False, True)),
        "overtaking_cap": chance.of((None, 1)),
        **rules,
    }
    plan = small_plan(**rules)
    auto = chance.of(((), (2,), (1, 2, 3)))
    windows = {
        no: replace(w, auto=no in auto, low_counter=no == 2) for no, w in plan.windows.items()
    }
    hours = tuple(ServiceHours(s, (1, 2, 3), None, 4 if s == "C-2" else None) for s in CODES)
    return replace(
        plan,
        windows=windows,
        bundles={"b": Bundle("b", ("C-1", "T-1", "C-2", "T-2"), in_order=True)},
        clerks={"0801": frozenset({"tax"})},
        opening=chance.of((None, replace(WEEK, services=hours))),
    )
