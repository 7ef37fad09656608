"""Lamps, buttons and the buzzer of the case, through gpiozero.  All of it is optional.

Callbacks come on gpiozero's threads and only put edges into a queue; one thread of ours decides
what counts (`debounce`) and tells it.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import structlog

from kiosk.debounce import Contact
from kiosk.lamps import Light, Look
from kiosk.session.model import Act, DoorChanged, NearChanged

SLOW_S, FAST_S = 0.5, 0.12
BEEP_S, QUIET_S = 0.15, 0.85

log = structlog.get_logger("kiosk.panel")

Told = Act | DoorChanged | NearChanged


@dataclass(frozen=True, slots=True)
class Pins:
    """BCM numbers; None for what is not there.  Contacts close to ground."""

    reader_lamp: int | None = None
    printer_lamp: int | None = None
    buzzer: int | None = None
    staff_button: int | None = None
    door_switch: int | None = None
    presence: int | None = None
    staff_hold_s: float = 0.8
    """How long the button for staff is held; shorter presses are children's."""
    settle_s: float = 0.03

    def outputs(self) -> Iterator[tuple[str, int]]:
        """Name and pin of every lamp and the buzzer."""
        yield from self._some("reader_lamp", "printer_lamp", "buzzer")

    def inputs(self) -> Iterator[tuple[str, int]]:
        """Name and pin of every contact and sensor."""
        yield from self._some("staff_button", "door_switch", "presence")

    def _some(self, *names: str) -> Iterator[tuple[str, int]]:
        mine = {field.name: getattr(self, field.name) for field in fields(self)}
        yield from ((name, mine[name]) for name in names if mine[name] is not None)


class Panel:
    """The panel of one kiosk.  `start` opens the pins; a machine without pins goes on without."""

    def __init__(self, pins: Pins, clock: Callable[[], float] = time.monotonic) -> None:
        self._pins, self._clock = pins, clock
        self._devices: dict[str, Any] = {}
        self._shown: Look | None = None
        self._lock = threading.Lock()
        self._edges: queue.Queue[tuple[str, bool] | None] = queue.Queue()
        self._contacts = {
            "staff_button": Contact(pins.settle_s, pins.staff_hold_s),
            "door_switch": Contact(pins.settle_s, level=True, raw=True),  # shut until seen open
            "presence": Contact(pins.settle_s),
        }
        self._tell: Callable[[Told], None] = lambda told: None
        self._thread = threading.Thread(target=self._run, name="panel", daemon=True)
        self.word = "starting"
        """``ok``, ``door_open``, or ``gone``: no pins, or not these."""

    def start(self, tell: Callable[[Told], None]) -> None:
        """Open the pins and begin to tell."""
        self._tell = tell
        try:
            self._open()
        except Exception as error:
            # gpiozero raises many kinds: no pin factory, a pin in use, a pin that is none
            log.error("the panel is out of order", why=type(error).__name__, said=str(error))
            self._close_devices()
            self.word = "gone"
            return
        self.word = "ok"
        self._thread.start()

    def close(self) -> None:
        """Everything dark and silent; the thread ends."""
        self._edges.put(None)
        if self._thread.is_alive():
            self._thread.join(1.0)
        with self._lock:
            self._close_devices()

    def show(self, look: Look) -> None:
        """Light the lamps; a look that is already shown costs nothing."""
        with self._lock:
            if look == self._shown or not self._devices:
                return
            self._shown = look
            _light(self._devices.get("reader_lamp"), look.reader)
            _light(self._devices.get("printer_lamp"), look.mouth)
            _beep(self._devices.get("buzzer"), look.buzzer)

    def _open(self) -> None:
        import gpiozero  # only where there is a panel: it looks for pins at the first device

        for name, pin in self._pins.outputs():
            made = gpiozero.Buzzer if name == "buzzer" else gpiozero.LED
            self._devices[name] = made(pin)
        for name, pin in self._pins.inputs():
            self._devices[name] = device = gpiozero.Button(pin, pull_up=name != "presence")
            device.when_pressed = self._edge(name, True)
            device.when_released = self._edge(name, False)
            self._edges.put((name, device.is_pressed))

    def _edge(self, name: str, level: bool) -> Callable[[], None]:
        return lambda: self._edges.put((name, level))

    def _close_devices(self) -> None:
        for device in self._devices.values():
            device.close()
        self._devices = {}

    # -- our own thread -----------------------------------------------------------

    def _run(self) -> None:
        while True:
            try:
                edge = self._edges.get(timeout=self._patience())
            except queue.Empty:
                pass
            else:
                if edge is None:
                    return
                name, level = edge
                self._contacts[name] = self._contacts[name].edge(level, self._clock())
            self._look(self._clock())

    def _patience(self) -> float | None:
        dues = [due for contact in self._contacts.values() if (due := contact.due()) is not None]
        return max(0.0, min(dues) - self._clock()) if dues else None

    def _look(self, now: float) -> None:
        for name, contact in self._contacts.items():
            self._contacts[name], level = contact.at(now)
            if level is not None:
                self._told(name, level)

    def _told(self, name: str, level: bool) -> None:
        if name == "staff_button":
            self._tell(Act("staff"))
        elif name == "presence":
            self._tell(NearChanged(level))
        else:  # the switch is closed while the door is
            self.word = "ok" if level else "door_open"
            self._tell(DoorChanged(not level))


def _light(lamp: Any, light: Light) -> None:
    if lamp is None:
        return
    if light is Light.SLOW:
        lamp.blink(SLOW_S, SLOW_S)
    elif light is Light.FAST:
        lamp.blink(FAST_S, FAST_S)
    elif light is Light.ON:
        lamp.on()
    else:
        lamp.off()


def _beep(buzzer: Any, sounds: bool) -> None:
    if buzzer is None:
        return
    if sounds:
        buzzer.beep(BEEP_S, QUIET_S)
    else:
        buzzer.off()
