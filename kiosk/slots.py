"""When numbers are given for a service item today, for a kiosk that is cut off (FR-12).  PURE."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of today, end excluded, in milliseconds; `left` numbers of its quota were to come
    when the controller was last heard (None: no limit)."""

    start: int
    end: int
    left: int | None = None

    def has_left(self, given: Iterable[int]) -> bool:
        """Whether a number is left when the kiosk itself gave some at these moments."""
        if self.left is None:
            return True
        return self.left > sum(self.start <= at < self.end for at in given)


def slots_from_json(value: Any) -> tuple[Slot, ...] | None:
    """As the protocol writes them; None where no hours are kept."""
    if value is None:
        return None
    return tuple(
        Slot(int(start), int(end), None if left is None else int(left))
        for start, end, left in value
    )


def standing(
    slots: tuple[Slot, ...], now_ms: int, given: Iterable[int] = ()
) -> tuple[str, int | None]:
    """Whether numbers are given now ("open", "closed" or "exhausted"), and when again today."""
    own = tuple(given)
    running = next((slot for slot in slots if slot.start <= now_ms < slot.end), None)
    if running is not None and running.has_left(own):
        return "open", None
    later = [slot.start for slot in slots if slot.start > now_ms and slot.has_left(own)]
    return "closed" if running is None else "exhausted", min(later, default=None)
