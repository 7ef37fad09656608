"""Contacts that bounce, made steady.  PURE: times are arguments, in seconds of one clock.

A contact that closes or opens makes and breaks for some milliseconds; a wire beside a motor catches
a spike.  A level counts when it has lasted.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Steady:
    """One contact.  `on_s` and `off_s`: how long a new level must last to count."""

    on_s: float
    off_s: float
    active: bool = False
    """The level that counts."""
    _raw: bool = field(default=False, init=False)
    _since: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._raw = self.active

    def feel(self, active: bool, now: float) -> None:
        """The contact as it is now; also told without a change, it does no harm."""
        if active != self._raw:
            self._raw, self._since = active, now

    def due(self) -> float | None:
        """When a level counts that does not yet, unless it changes again."""
        if self._raw == self.active:
            return None
        return self._since + (self.on_s if self._raw else self.off_s)

    def settle(self, now: float) -> bool:
        """Whether the level that counts has changed by now."""
        due = self.due()
        if due is None or now < due:
            return False
        self.active = self._raw
        return True


@dataclass(slots=True)
class Hold:
    """A button that must be held: children press everything once."""

    hold_s: float
    _down_at: float | None = field(default=None, init=False)

    def press(self, down: bool, now: float) -> None:
        """Its steady level has changed."""
        self._down_at = now if down else None

    def due(self) -> float | None:
        """When the press counts, if the button stays down."""
        return None if self._down_at is None else self._down_at + self.hold_s

    def counts(self, now: float) -> bool:
        """Whether the press counts; once for each time it is held."""
        due = self.due()
        if due is None or now < due:
            return False
        self._down_at = None
        return True
