"""How loud it is at which hour, and when it is silent.  PURE.  The controller's clock rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Hours = tuple[str, str]
"""``("12:00", "13:30")`` on the hall's wall, the end excluded."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """``volume`` from 0 to 1 where no level says another."""

    volume: float = 1.0
    levels: Sequence[tuple[Hours, float]] = ()
    silent: Sequence[Hours] = ()
    zones: Mapping[str, Sequence[Hours]] = field(default_factory=dict)
    """When a zone is called without sound, as the hall says (无声叫号, FR-49)."""

    def at(self, wall: str) -> float:
        """The volume at a time of day."""
        return next((level for hours, level in self.levels if _within(hours, wall)), self.volume)

    def hears(self, zone: str, wall: str) -> bool:
        """Whether calls are spoken in the zone at a time of day."""
        spans = (*self.silent, *self.zones.get(zone, ()))
        return not any(_within(hours, wall) for hours in spans)


def wall_time(at_ms: int, tz: str) -> str:
    """``"09:30"`` in the hall."""
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(tz)):%H:%M}"


def _within(hours: Hours, wall: str) -> bool:
    return hours[0] <= wall < hours[1]
