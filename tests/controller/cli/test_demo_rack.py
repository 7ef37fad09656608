"""The rack and the switches of the demo, on its real devices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.cli.demo.cards import CHIPS, DOCUMENTS, RACK
from controller.cli.demo.devices import Devices
from controller.cli.demo.memory import State
from controller.cli.demo.ports import choose_ports
from controller.cli.demo.weather import SWITCHES, Group, UnknownSwitch, Weather
from controller.cli.demo.witness import Witness
from kiosk.readers.base import DocumentType
from kiosk.readers.layout import UnknownLayout, read_text
from kiosk.readers.virtual_chip import BankCard, SocialCard
from printers.faults import Faults

UNREACHED = "http://127.0.0.1:9"


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[Devices]:
    state = State(tmp_path)
    state.make()
    with Devices(state, choose_ports({})) as made:
        yield made


@pytest.fixture
def weather(devices: Devices) -> Weather:
    return Weather(devices, Witness(UNREACHED, UNREACHED, ""))


def is_on(weather: Weather) -> set[str]:
    return {name for name, told in weather.json().items() if told["on"]}


def test_the_rack_has_every_document_that_the_reader_knows_and_one_it_does_not() -> None:
    cards = {one.id: one.card for one in DOCUMENTS if one.card}
    assert {card.flag for card in cards.values()} == {" ", "I", "J", "Y", "?"}
    with pytest.raises(UnknownLayout):
        read_text(cards.pop("other").text())
    read = {name: read_text(card.text()) for name, card in cards.items()}
    assert {card.document_type for card in read.values()} == {
        DocumentType.RESIDENT,
        DocumentType.RESIDENCE_PERMIT,
        DocumentType.FOREIGN_RESIDENT,
    }
    assert {one.id: one.name for one in DOCUMENTS if one.id in read} == {
        name: card.name for name, card in read.items()
    }


def test_the_rack_has_a_social_security_card_and_a_bank_card_for_the_chip_reader() -> None:
    made = [type(one.chip()) for one in CHIPS if one.chip]
    assert {SocialCard, BankCard} <= set(made)


def test_no_two_cards_and_no_two_switches_have_one_name() -> None:
    assert len({one.id for one in RACK}) == len(RACK)
    assert len({(one.name, one.note) for one in RACK}) == len(RACK)
    assert len({one.id for one in SWITCHES}) == len({one.zh for one in SWITCHES}) == len(SWITCHES)


def test_there_is_one_cable_and_mending_it_ends_whatever_it_had(weather: Weather) -> None:
    weather.throw({"cable_cut": True})
    weather.throw({"cable_delay": True})
    assert is_on(weather) == {"cable_delay"}
    weather.throw({"cable_delay": False})
    assert is_on(weather) == set()


@pytest.mark.parametrize("switch", [one.id for one in SWITCHES if one.group is Group.PRINTER])
def test_every_fault_of_the_printer_comes_and_goes(
    weather: Weather, devices: Devices, switch: str
) -> None:
    weather.throw({switch: True})
    assert devices.printer.faults != Faults()
    assert is_on(weather) == {switch}
    weather.throw({switch: False})
    assert devices.printer.faults == Faults()


def test_mending_a_tear_leaves_the_roll_out_that_was_out_before(
    weather: Weather, devices: Devices
) -> None:
    weather.throw({"paper_out": True, "paper_torn": True})
    weather.throw({"paper_torn": False})
    assert devices.printer.faults == Faults(paper_out=True)


def test_an_unknown_switch_is_refused_before_anything_is_done(weather: Weather) -> None:
    with pytest.raises(UnknownSwitch, match="lightning"):
        weather.throw({"paper_out": True, "lightning": True})
    assert is_on(weather) == set()


def test_a_card_lies_on_one_reader_at_a_time(devices: Devices) -> None:
    if devices.chips.why is not None:
        pytest.skip(f"no virtual chip reader here: {devices.chips.why}")
    devices.lay("social")
    assert (devices.card, devices.chips.holds, devices.reader.holds) == ("social", True, False)
    devices.lay("ordinary")
    assert (devices.card, devices.chips.holds, devices.reader.holds) == ("ordinary", False, True)
    devices.lift()
    assert devices.card is None


def test_a_machine_without_chip_cards_says_what_is_missing_and_offers_none(
    devices: Devices, weather: Weather, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("controller.cli.demo.chips.LIBRARY", str(tmp_path / "libifdvpcd.so"))
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/sbin/{name}")
    without = Devices(State(tmp_path), choose_ports({}))
    assert without.chips.why == "vsmartcard-vpcd"
    offered = {one.id for one in Weather(without, Witness(UNREACHED, UNREACHED, "")).offered()}
    assert {one.id for one in SWITCHES} - offered == {"chip_unplugged", "pcscd_down"}
