"""The contacts of one panel, and what it means when they move.  PURE."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.panel.base import (
    Contact,
    DoorMoved,
    PanelEvent,
    PresenceChanged,
    Signal,
    StaffWanted,
)
from kiosk.panel.signals import Show
from kiosk.panel.steady import Hold, Steady

BUZZ_AFTER_S = 4.0
"""Time to take the card before the buzzer says so."""


@dataclass(frozen=True, slots=True)
class Manner:
    """Seconds.  `stays`: how long nobody must be felt before nobody is there."""

    settle: float = 0.03
    hold: float = 0.8
    stays: float = 20.0


ORDINARY = Manner()


class Contacts:
    """All of them; one that is not wired is never felt.  Times are seconds of one clock."""

    def __init__(self, manner: Manner) -> None:
        settle = manner.settle
        self._contacts = {what: Steady(settle, settle) for what in Contact}
        # somebody is taken to be there until nobody was felt for long enough
        self._contacts[Contact.PRESENCE] = Steady(settle, manner.stays, active=True)
        self._button = Hold(manner.hold)
        self._left = Steady(BUZZ_AFTER_S, 0.0)
        self._waiting = False
        self.taken = False
        """Whether the slip that was to be taken is gone from the mouth."""

    @property
    def door_open(self) -> bool:
        """Whether the cabinet is open."""
        return self._contacts[Contact.DOOR].active

    @property
    def buzzes(self) -> bool:
        """Whether the buzzer is to sound."""
        return self._left.active

    def feel(self, what: Contact, active: bool, now: float) -> None:
        """A contact as it is at `now`."""
        self._contacts[what].feel(active, now)

    def due(self) -> float | None:
        """When something will have lasted long enough."""
        dues = [one.due() for one in (*self._contacts.values(), self._left)]
        return min((due for due in (*dues, self._button.due()) if due is not None), default=None)

    def tell(self, wanted: Show, now: float) -> list[PanelEvent]:
        """What has become true by now."""
        told: list[PanelEvent] = []
        self._left.feel(wanted.buzz, now)
        self._left.settle(now)
        if (wanted.mouth is Signal.TAKE) is not self._waiting:
            self._waiting, self.taken = not self._waiting, False
        for what, contact in self._contacts.items():
            if contact.settle(now):
                told += self._moved(what, contact.active, now)
        if self._button.counts(now):
            told.append(StaffWanted())
        return told

    def _moved(self, what: Contact, active: bool, now: float) -> list[PanelEvent]:
        match what:
            case Contact.STAFF_BUTTON:
                self._button.press(active, now)
                return []
            case Contact.DOOR:
                return [DoorMoved(active)]
            case Contact.PRESENCE:
                return [PresenceChanged(active)]
            case Contact.TAKEN:
                self.taken = self.taken or (self._waiting and not active)
                return []
