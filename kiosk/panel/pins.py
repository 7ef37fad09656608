"""The panel's pins.  The only user of gpiozero, whose mock factory is the panel's virtual twin.

Numbers are those of the processor (BCM).  A button or a door switch connects its pin to ground; a
sensor drives its pin high.  `inverted` names what is wired the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from gpiozero import PWMLED, RGBLED, Buzzer, DigitalInputDevice
from gpiozero.exc import GPIOPinInUse

from kiosk.panel.base import Contact, Felt, PinsLost, Place, Signal, Word

SWELL_S = 1.2
BLINK_S = 0.5
"""Half a period: lamps blink once a second and never faster."""
BEEP_S, PAUSE_S = 0.15, 1.35

_TO_GROUND = frozenset({Contact.STAFF_BUTTON, Contact.DOOR})
_OPENS = frozenset({Contact.DOOR})
"""Active when the switch is open: a cut wire is an open door."""
_COLOURS = {
    Signal.INVITE: (1.0, 1.0, 1.0),
    Signal.BUSY: (1.0, 1.0, 1.0),
    Signal.GOOD: (0.0, 1.0, 0.0),
    Signal.TAKE: (0.0, 1.0, 0.0),
    Signal.BAD: (1.0, 0.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Wiring:
    """Which pin is what.  A lamp has one pin, or three: red, green, blue."""

    lamps: Mapping[Place, tuple[int, ...]] = field(default_factory=dict)
    contacts: Mapping[Contact, int] = field(default_factory=dict)
    buzzer: int | None = None
    inverted: frozenset[str] = frozenset()


class Pins:
    """The devices on the pins, all opened at once: a `Board`."""

    def __init__(self, wiring: Wiring, felt: Felt, factory: Any = None) -> None:
        """`factory`: gpiozero's; None: that of a Raspberry Pi.  `felt` is called on threads of
        gpiozero's.  Raises `PinsLost`."""
        self._inverted = wiring.inverted
        self._felt = felt
        self._devices: list[Any] = []
        self._own = None if factory else _raspberry_pi()
        self._factory = factory or self._own
        try:
            with _or_lost():
                self._lamps = {at: self._lamp(at, pins) for at, pins in wiring.lamps.items()}
                self._buzzer = None if wiring.buzzer is None else self._horn(wiring.buzzer)
                self._contacts = {w: self._contact(w, pin) for w, pin in wiring.contacts.items()}
        except PinsLost:
            self.close()
            raise

    def levels(self) -> dict[Contact, bool]:
        """Every contact, and whether it is active now.  Raises `PinsLost`."""
        with _or_lost():
            return {what: self._active(what, d.is_active) for what, d in self._contacts.items()}

    def light(self, at: Place, signal: Signal) -> None:
        """Have a lamp say something; one that is not there says nothing.  Raises `PinsLost`."""
        lamp = self._lamps.get(at)
        if lamp is None:
            return
        with _or_lost():
            if isinstance(lamp, RGBLED):
                _colour(lamp, signal)
            else:
                _blink(lamp, signal)

    def buzz(self, on: bool) -> None:
        """Beep, or be silent.  Raises `PinsLost`."""
        if self._buzzer is None:
            return
        with _or_lost():
            if on:
                self._buzzer.beep(BEEP_S, PAUSE_S)
            else:
                self._buzzer.off()

    def close(self) -> None:
        """Free the pins; lamps go out."""
        for device in self._devices:
            device.close()
        self._devices.clear()
        if self._own is not None:
            self._own.close()
            self._own = None

    def _lamp(self, at: Place, pins: tuple[int, ...]) -> Any:
        high = at not in self._inverted
        if len(pins) == 1:
            return self._keep(PWMLED(pins[0], active_high=high, pin_factory=self._factory))
        return self._keep(RGBLED(*pins, active_high=high, pin_factory=self._factory))

    def _horn(self, pin: int) -> Any:
        high = "buzzer" not in self._inverted
        return self._keep(Buzzer(pin, active_high=high, pin_factory=self._factory))

    def _contact(self, what: Contact, pin: int) -> Any:
        pull_up = what in _TO_GROUND
        device = DigitalInputDevice(pin, pull_up=pull_up, pin_factory=self._factory)
        device.when_activated = lambda: self._felt(what, self._active(what, True))
        device.when_deactivated = lambda: self._felt(what, self._active(what, False))
        return self._keep(device)

    def _active(self, what: Contact, closed: bool) -> bool:
        return closed ^ (what in _OPENS) ^ (what in self._inverted)

    def _keep(self, device: Any) -> Any:
        self._devices.append(device)
        return device


def _colour(lamp: Any, signal: Signal) -> None:
    if signal is Signal.OFF:
        lamp.off()
        return
    colour = _COLOURS[signal]
    if signal is Signal.INVITE:
        lamp.pulse(SWELL_S, SWELL_S, on_color=colour)
    elif signal in (Signal.BAD, Signal.TAKE):
        lamp.blink(BLINK_S, BLINK_S, on_color=colour)
    else:
        lamp.color = colour


def _blink(lamp: Any, signal: Signal) -> None:
    match signal:
        case Signal.OFF:
            lamp.off()
        case Signal.INVITE:
            lamp.pulse(SWELL_S, SWELL_S)
        case Signal.BUSY | Signal.GOOD:
            lamp.on()
        case Signal.TAKE | Signal.BAD:
            lamp.blink(BLINK_S, BLINK_S)


def _raspberry_pi() -> Any:
    """The pins of this machine.  Raises `PinsLost`."""
    try:
        from gpiozero.pins.lgpio import LGPIOFactory
    except ImportError as error:
        raise PinsLost(Word.NOT_INSTALLED, f"{error.name} is missing") from error
    with _or_lost():
        return LGPIOFactory()


@contextmanager
def _or_lost() -> Iterator[None]:
    """Whatever goes wrong at the pins is `PinsLost`: lgpio raises a class of its own."""
    try:
        yield
    except Exception as error:
        text = str(error) or type(error).__name__
        raise PinsLost(_word_of(error, text.lower()), text) from error


def _word_of(error: Exception, text: str) -> Word:
    if isinstance(error, GPIOPinInUse) or "busy" in text:
        return Word.HELD
    if isinstance(error, PermissionError) or "permission" in text:
        return Word.NOT_ALLOWED
    return Word.GONE
