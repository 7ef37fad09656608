"""A panel on the pins of gpiozero's mock factory: the real code down to the library."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gpiozero.pins.mock import MockFactory, MockPWMPin

from kiosk.panel.base import Contact, DoorMoved, PanelEvent, Place
from kiosk.panel.contacts import Manner
from kiosk.panel.panel import Panel
from kiosk.panel.pins import Pins, Wiring
from tests.kiosk.heard import until

READER, MOUTH, BUTTON, DOOR, PRESENCE, TAKEN, BUZZER = 17, 18, 23, 24, 25, 5, 12
WIRING = Wiring(
    lamps={Place.READER: (READER,), Place.MOUTH: (MOUTH,)},
    contacts={
        Contact.STAFF_BUTTON: BUTTON,
        Contact.DOOR: DOOR,
        Contact.PRESENCE: PRESENCE,
        Contact.TAKEN: TAKEN,
    },
    buzzer=BUZZER,
)
QUICK = Manner(settle=0.01, hold=0.05, stays=0.1)


class Bench:
    """A panel, the pins under it, and what it told."""

    def __init__(self, wiring: Wiring = WIRING, manner: Manner = QUICK) -> None:
        self.factory = MockFactory(pin_class=MockPWMPin)
        self.events: list[PanelEvent] = []
        self.threads: set[str] = set()
        self.panel = Panel(lambda felt: Pins(wiring, felt, self.factory), manner)

    def pin(self, number: int) -> Any:
        return self.factory.pin(number)

    def hear(self, event: PanelEvent) -> None:
        self.threads.add(threading.current_thread().name)
        self.events.append(event)

    def move_door(self, open: bool) -> None:
        """And wait until it is told: whatever was felt before has counted by then."""
        times = self.events.count(DoorMoved(open)) + 1
        self.pin(DOOR).drive_high() if open else self.pin(DOOR).drive_low()
        self.heard(DoorMoved(open), times)

    def heard(self, event: PanelEvent, times: int = 1) -> None:
        until(lambda: self.events.count(event) >= times, f"{event} among {self.events}")

    def levels(self, number: int) -> list[float]:
        """What a pin was driven to, in order."""
        return [state.state for state in self.pin(number).states]


@contextmanager
def bench(wiring: Wiring = WIRING, manner: Manner = QUICK) -> Iterator[Bench]:
    """A running panel in order."""
    made = Bench(wiring, manner)
    made.panel.start(made.hear)
    try:
        if wiring is WIRING:
            made.heard(DoorMoved(True))  # a wire that leads nowhere is an open door
            made.move_door(open=False)
            made.events = [e for e in made.events if not isinstance(e, DoorMoved)]
            until(lambda: made.panel.word == "ok", "the shut door")
        until(lambda: made.panel.word != "starting", "the panel")
        yield made
    finally:
        made.panel.close()
        made.factory.reset()
