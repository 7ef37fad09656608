"""Expected waits for screens and staff: as data and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.hall.instants import Instant
from controller.views.wire import Json, ms

Range = tuple[int, int]
"""Minutes from and to, multiples of five; (0, 0): nobody need wait."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What somebody who comes now is expected to wait, by zone or by skill; what nothing is known
    of is left out. `at`: the instant at which it was last known to hold."""

    at: Instant
    told: Mapping[str, Range]


def waits_json(waits: Waits | None) -> Json | None:
    """WAITS, by zone."""
    if waits is None:
        return None
    return {"at": ms(waits.at), "zones": {zone: list(told) for zone, told in waits.told.items()}}


def wait_words(told: Range) -> dict[str, str]:
    """A wait as it is told, without a full stop."""
    low, high = told
    if high == 0:
        return {"zh": "无需等候", "en": "no wait"}
    if low == 0:
        return {"zh": f"{high} 分钟以内", "en": f"within {high} min"}
    span = str(low) if low == high else f"{low}–{high}"
    return {"zh": f"约 {span} 分钟", "en": f"about {span} min"}
