"""Copies of a hall: as a restart reads it, to go two ways from it, and to compare with later."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from controller.hall.evolve import Applied, evolve
from controller.hall.model import Hall
from controller.hall.plan import Plan


def restored(plan: Plan, events: Sequence[Applied]) -> Hall:
    """The hall as a restart reads it."""
    hall = Hall(plan)
    for a in events:
        evolve(hall, copy.deepcopy(a.event), a.seq, a.at)
    return hall


def shallow(hall: Hall) -> dict[str, Any]:
    """What the hall holds; values are frozen, so copies of its containers are enough."""
    held = {f.name: copy.copy(getattr(hall, f.name)) for f in fields(Hall)}
    held["waiting"] = dict(hall.waiting.all_lines()), dict(hall.waiting.items)
    held["deadlines"] = dict(hall.deadlines)
    held["told"] = dict(hall.told.notices), hall.told.emergency
    today = hall.today
    held["today"] = dict(today.served), dict(today.issued), dict(today.quarters)
    return held


def forked(hall: Hall) -> Hall:
    """A copy that shares the frozen values only."""
    deep = {"waiting", "deadlines", "today", "told"}
    other = Hall(hall.plan)
    for f in fields(Hall):
        value = getattr(hall, f.name)
        setattr(other, f.name, copy.deepcopy(value) if f.name in deep else copy.copy(value))
    return other
