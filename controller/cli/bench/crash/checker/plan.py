"""What the checker knows of the hall's configuration: read from hall.toml, by itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

Standing = tuple[str, float]
"""Class and weight."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Values of ``[policy]`` by their names there, with the defaults of a file that is silent."""

    reprint_limit: int = 2
    lease_numbers: int = 50
    lease_blocks: int = 4
    appointment_weight: float = 3.0
    check_in_before_min: int = 15
    check_in_after_min: int = 15
    no_show_limit: int = 3
    no_show_within_days: int = 30
    no_show_block_days: int = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """Skills by service item; zones by skill and by window; the windows that are automatic, and
    those with a low counter; places in a slot by skill; groups with a right to go first; how many
    digits a number has."""

    skills: Mapping[str, str]
    zones: Mapping[str, str]
    windows: Mapping[int, str]
    automatic: frozenset[int] = frozenset()
    low: tuple[int, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, Standing] = field(default_factory=dict)
    digits: int = 3
    rules: Rules = Rules()

    @classmethod
    def read(cls, hall: Path) -> Plan:
        """From a hall.toml that a controller has accepted."""
        data = tomllib.loads(hall.read_text(encoding="utf-8"))
        windows, told = data["window"], data["appointments"]
        policy = {f.name: data["policy"][f.name] for f in fields(Rules) if f.name in data["policy"]}
        return cls(
            skills={item["code"]: item["skill"] for item in data["item"]},
            zones={skill["id"]: skill["zone"] for skill in data["skill"]},
            windows={window["no"]: window["zone"] for window in windows},
            automatic=frozenset(w["no"] for w in windows if w.get("auto_assign")),
            low=tuple(sorted(w["no"] for w in windows if w.get("low_counter"))),
            places={s["id"]: told["per_slot"] for s in data["skill"]} | told["capacity"],
            groups={group["id"]: _standing(group) for group in data["priority"]},
            digits=data["series"].get("digits", 3),
            rules=Rules(**policy),
        )

    def standing(self, group: str | None, booked: bool) -> Standing:
        """Class and weight of somebody of a group (None: of none), with an appointment or without:
        the better of both."""
        usual = ("appointment", self.rules.appointment_weight) if booked else ("ordinary", 1.0)
        if group is None:
            return usual
        cls, weight = self.groups[group]
        if not booked:
            return cls, weight
        return ("priority" if cls == "priority" else usual[0]), max(weight, usual[1])


def _standing(group: Mapping[str, Any]) -> Standing:
    return group.get("dispatch_class", "priority"), group.get("weight", 3.8)
