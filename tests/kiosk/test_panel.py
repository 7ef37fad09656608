"""The real panel on gpiozero's mock pins."""

from __future__ import annotations

import queue
from collections.abc import Iterator

import gpiozero
import pytest
from gpiozero.pins.mock import MockFactory, MockPWMPin

from kiosk.lamps import Light, Look
from kiosk.panel import Panel, Pins, Told
from kiosk.session.model import Act, DoorChanged, NearChanged

PINS = Pins(17, 27, 22, 5, 6, 13, staff_hold_s=0.05, settle_s=0.005)
LONG_S = 5.0


@pytest.fixture
def factory() -> Iterator[MockFactory]:
    before = gpiozero.Device.pin_factory
    gpiozero.Device.pin_factory = found = MockFactory(pin_class=MockPWMPin)
    yield found
    found.reset()
    gpiozero.Device.pin_factory = before


class Heard:
    """What a panel told."""

    def __init__(self) -> None:
        self.told: queue.Queue[Told] = queue.Queue()

    def next(self) -> Told:
        return self.told.get(timeout=LONG_S)

    def nothing(self) -> bool:
        return self.told.empty()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def panel(factory: MockFactory, heard: Heard) -> Iterator[Panel]:
    found = Panel(PINS)
    found.start(heard.told.put)
    assert heard.next() == DoorChanged(True)  # a mock pin is not at ground when it is set up
    factory.pin(6).drive_low()
    assert heard.next() == DoorChanged(False)
    yield found
    found.close()


def test_the_button_for_staff_counts_when_it_was_held(
    panel: Panel, factory: MockFactory, heard: Heard
) -> None:
    factory.pin(5).drive_low()
    assert heard.next() == Act("staff")


def test_a_bouncing_door_is_opened_once(panel: Panel, factory: MockFactory, heard: Heard) -> None:
    for _ in range(4):
        factory.pin(6).drive_high()
        factory.pin(6).drive_low()
    factory.pin(6).drive_high()
    assert heard.next() == DoorChanged(True)
    assert panel.word == "door_open"
    factory.pin(6).drive_low()
    assert heard.next() == DoorChanged(False)
    assert panel.word == "ok"
    assert heard.nothing()


def test_a_door_that_is_open_at_the_start_is_told(factory: MockFactory, heard: Heard) -> None:
    factory.pin(6).drive_high()
    panel = Panel(PINS)
    panel.start(heard.told.put)
    assert heard.next() == DoorChanged(True)
    panel.close()


def test_somebody_who_comes_near_is_told(panel: Panel, factory: MockFactory, heard: Heard) -> None:
    factory.pin(13).drive_high()
    assert heard.next() == NearChanged(True)
    factory.pin(13).drive_low()
    assert heard.next() == NearChanged(False)


def test_lamps_and_buzzer_follow_the_look(panel: Panel, factory: MockFactory) -> None:
    reader, mouth, buzzer = (factory.pin(n) for n in (17, 27, 22))
    panel.show(Look(Light.ON, Light.OFF, False))
    assert (reader.state, mouth.state, buzzer.state) == (1, 0, 0)
    panel.show(Look(Light.OFF, Light.ON, False))
    assert (reader.state, mouth.state) == (0, 1)
    reader.clear_states()
    panel.show(Look(Light.FAST, Light.OFF, True))
    blinked = [state.state for state in _until(reader, 4)]
    assert blinked[:4] == [0, 1, 0, 1]
    panel.show(Look())
    assert (reader.state, mouth.state, buzzer.state) == (0, 0, 0)


def _until(pin: MockPWMPin, states: int) -> list[object]:
    import time

    deadline = time.monotonic() + LONG_S
    while len(pin.states) < states:
        assert time.monotonic() < deadline, "the lamp does not blink"
        time.sleep(0.01)
    return list(pin.states)


def test_the_same_look_again_does_not_start_the_blinking_anew(
    panel: Panel, factory: MockFactory
) -> None:
    panel.show(Look(Light.SLOW))
    factory.pin(17).clear_states()
    panel.show(Look(Light.SLOW))
    assert len(factory.pin(17).states) == 1


def test_a_panel_with_a_single_lamp_works(factory: MockFactory, heard: Heard) -> None:
    panel = Panel(Pins(reader_lamp=17))
    panel.start(heard.told.put)
    panel.show(Look(Light.ON, Light.FAST, True))
    assert factory.pin(17).state == 1
    panel.close()


def test_a_machine_without_pins_goes_on_without_a_panel(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "native")
    monkeypatch.setattr(gpiozero.Device, "pin_factory", None)
    panel = Panel(PINS)
    panel.start(heard.told.put)
    assert panel.word == "gone"
    panel.show(Look(Light.ON))
    panel.close()


def test_two_parts_on_one_pin_are_out_of_order_and_not_a_crash(
    factory: MockFactory, heard: Heard
) -> None:
    panel = Panel(Pins(reader_lamp=17, printer_lamp=17))
    panel.start(heard.told.put)
    assert panel.word == "gone"
    panel.close()
