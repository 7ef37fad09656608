"""A whole kiosk with a panel: from the button to the controller, from the card to the lamps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from gpiozero.pins.mock import MockFactory, MockPWMPin

from config import load_kiosk
from kiosk.build import panel
from kiosk.link import Link
from kiosk.readers.sam import SamReader
from kiosk.readers.virtual import VirtualSamReader
from kiosk.session.model import Act, Timing
from kiosk.station import Machine, Station
from printers.escpos import EscposPrinter
from printers.link import NetworkLink
from printers.virtual import VirtualPrinter
from tests.config.minimal import KIOSK, write
from tests.kiosk.conftest import PATIENT
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import PATIENCE_S, until
from tests.kiosk.people import ALLOWED, CARD

PANEL = """
[panel]
reader_lamp = [17]
mouth_lamp = [18]
staff_button = 23
staff_hold_s = 0.1
door = 24
presence = 25
presence_stays_s = 1.0
settle_ms = 5
"""


@dataclass
class Kiosk:
    station: Station
    controller: FakeController
    device: VirtualSamReader
    factory: MockFactory

    def view(self) -> dict[str, Any]:
        return self.station.board.view()

    def lamp(self, pin: int) -> float:
        return float(self.factory.pin(pin).state)


@pytest.fixture
def kiosk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kiosk]:
    """Its panel as kiosk.toml says, its cabinet shut."""
    monkeypatch.setattr("kiosk.press.LOOK_S", 0.05)
    monkeypatch.setattr("kiosk.uplink.BEAT_S", 0.1)
    config = load_kiosk(write(tmp_path, kiosk=KIOSK + PANEL))
    factory = MockFactory(pin_class=MockPWMPin)
    with (
        FakeController() as controller,
        VirtualSamReader(link=str(tmp_path / "idreader")) as device,
        VirtualPrinter() as printer,
    ):
        station = Station(
            Machine(1, "1 号取号机", tmp_path / "state", Timing(), ALLOWED),
            Link(controller.url),
            [SamReader(device.port, poll_s=0.02)],
            EscposPrinter(NetworkLink("127.0.0.1", printer.port), limits=PATIENT),
            panel=panel(config, factory),
        )
        station.start()
        until(lambda: controller.health.get("panel") == "door_open", "the open cabinet")
        factory.pin(24).drive_low()
        until(lambda: controller.health.get("panel") == "ok", "the shut cabinet")
        yield Kiosk(station, controller, device, factory)
        station.close()


def test_the_staff_button_reaches_the_controller_and_shows_on_the_page(kiosk: Kiosk) -> None:
    kiosk.factory.pin(23).drive_low()
    until(lambda: kiosk.controller.health.get("staff") == "asked", "the call")
    until(lambda: kiosk.view()["staff_called"], "the page to say so")


def test_an_opened_cabinet_reaches_the_controller(kiosk: Kiosk) -> None:
    kiosk.factory.pin(24).drive_high()
    until(lambda: kiosk.controller.health.get("panel") == "door_open", "the word")
    until(lambda: kiosk.controller.health.get("staff") == "door", "the alert")


def test_the_screen_sleeps_and_wakes_by_itself(kiosk: Kiosk) -> None:
    kiosk.factory.pin(25).drive_low()
    until(lambda: kiosk.view()["asleep"], "sleep")
    kiosk.factory.pin(25).drive_high()
    until(lambda: not kiosk.view()["asleep"], "waking")


def test_a_touch_wakes_the_screen_too(kiosk: Kiosk) -> None:
    kiosk.factory.pin(25).drive_low()
    until(lambda: kiosk.view()["asleep"], "sleep")
    assert kiosk.station.act(kiosk.view()["rev"], Act("touch"), PATIENCE_S)
    assert kiosk.view()["asleep"] is False


def test_the_lamps_follow_a_card_to_its_ticket(kiosk: Kiosk) -> None:
    reader, mouth = 17, 18
    until(lambda: kiosk.view()["state"] == "idle", "the idle page")
    until(lambda: 0 < kiosk.lamp(reader) < 1, "the swell that invites")
    kiosk.device.lay(CARD)
    until(lambda: kiosk.lamp(reader) == 1, "the card to be known")
    until(lambda: kiosk.view()["state"] == "home", "the home page")
    assert kiosk.lamp(mouth) == 0
    for act in (Act("choose", "RS-003"), Act("take")):
        assert kiosk.station.act(kiosk.view()["rev"], act, PATIENCE_S)
    until(lambda: kiosk.lamp(mouth) == 1, "the mouth")
    until(lambda: kiosk.view()["state"] == "done", "the ticket")
    until(lambda: kiosk.lamp(mouth) == 0, "the lamp that blinks")
    kiosk.device.lift()
    until(lambda: kiosk.lamp(reader) == 0, "the dark reader")
