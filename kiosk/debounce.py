"""When a contact counts: it bounces, and a child presses in passing.  PURE.

gpiozero's own `bounce_time` is not played by its mock pins, and what is not tested is not used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact that must be still for `settle_s` before its new level counts, and must be held
    for `hold_s` more before a press does.  Times are seconds of one monotonic clock."""

    settle_s: float = 0.03
    hold_s: float = 0.0
    level: bool = False
    """The level that counts."""
    raw: bool = False
    since: float = 0.0
    """When the raw level last changed."""
    told: bool = False
    """Whether the present press has counted."""

    def edge(self, raw: bool, now: float) -> Contact:
        """The pin is at another level."""
        return self if raw == self.raw else replace(self, raw=raw, since=now)

    def due(self) -> float | None:
        """When the contact wants to be looked at again, None if only an edge can change it."""
        if self.raw != self.level:
            return self.since + self.settle_s
        if self.level and self.hold_s and not self.told:
            return self.since + self.settle_s + self.hold_s
        return None

    def at(self, now: float) -> tuple[Contact, bool | None]:
        """The contact at `now`, and the level that has just begun to count, if one has.

        With `hold_s` a press is told once, when it has been held; its end is not told.
        """
        due = self.due()
        if due is None or now < due:
            return self, None
        if self.raw != self.level:
            settled = replace(self, level=self.raw, told=False)
            if not self.hold_s:
                return settled, settled.level
            return settled.at(now) if settled.level else (settled, None)
        return replace(self, told=True), True
