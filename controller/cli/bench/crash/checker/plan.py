"""What the checker knows of the hall's configuration: read from hall.toml, by itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """Skills by service item, zones by skill and by window."""

    skills: dict[str, str]
    zones: dict[str, str]
    windows: dict[int, str]

    @classmethod
    def read(cls, hall: Path) -> Plan:
        """From a hall.toml that a controller has accepted."""
        data = tomllib.loads(hall.read_text(encoding="utf-8"))
        return cls(
            skills={item["code"]: item["skill"] for item in data["item"]},
            zones={skill["id"]: skill["zone"] for skill in data["skill"]},
            windows={window["no"]: window["zone"] for window in data["window"]},
        )
