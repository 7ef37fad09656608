"""A whole kiosk with all its readers: pty, real pcscd and HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.link import Link
from kiosk.readers.pcsc import PcscReader
from kiosk.readers.sam import SamReader
from kiosk.readers.scanner import Scanner
from kiosk.readers.virtual import VirtualSamReader
from kiosk.readers.virtual_chip import BankCard, SocialCard
from kiosk.readers.virtual_pcscd import VirtualPcscd, VirtualSlot
from kiosk.readers.virtual_scanner import VirtualScanner
from kiosk.session.model import Timing
from kiosk.station import Machine, Station
from printers.virtual import VirtualPrinter
from tests.kiosk.conftest import Rig
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import until
from tests.kiosk.people import ALLOWED, CARD, ELDER


@pytest.fixture
def whole(
    tmp_path: Path, slot: VirtualSlot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Rig, VirtualScanner]]:
    """A kiosk with a reader of each kind and no printer: its numbers are shown."""
    monkeypatch.setattr("kiosk.uplink.BEAT_S", 0.1)
    monkeypatch.setattr("kiosk.uplink.PENDING_S", 0.02)
    monkeypatch.setattr("kiosk.readers.keeper.BACKOFF_S", (0.02,))
    with (
        FakeController() as controller,
        VirtualSamReader(link=str(tmp_path / "idreader")) as device,
        VirtualScanner(link=str(tmp_path / "scanner")) as scanner,
        VirtualPrinter() as printer,
    ):
        station = Station(
            Machine(1, "1 号取号机", tmp_path / "state", Timing(), ALLOWED),
            Link(controller.url),
            [SamReader(device.port, poll_s=0.02), PcscReader(), Scanner(scanner.port)],
        )
        rig = Rig(controller, device, printer, station, tmp_path / "state")
        station.start()
        rig.wait_for("idle")
        until(lambda: set(conditions(rig).values()) == {"ok"}, "all readers")
        yield rig, scanner
        station.close()


def conditions(rig: Rig) -> dict[str, str]:
    """What the controller has heard of the readers."""
    kinds = ("reader", "resident_id", "chip_card", "scanner")
    return {kind: rig.controller.health.get(kind, "") for kind in kinds}


def test_a_social_security_card_ends_in_a_number(
    whole: tuple[Rig, VirtualScanner], slot: VirtualSlot
) -> None:
    """FR-01, FR-03"""
    rig, _ = whole
    slot.insert(SocialCard(ELDER.name, ELDER.birth, ELDER.sequence))
    assert rig.wait_for("home")["visitor"]["masked"] == "欧阳**"
    rig.take()
    until(lambda: len(rig.controller.tickets) == 1, "the number")
    assert rig.controller.tickets["2026-03-17-R001"]["priority"] == "elder"


def test_the_same_person_is_the_same_whichever_card_is_used(
    whole: tuple[Rig, VirtualScanner], slot: VirtualSlot
) -> None:
    """FR-08"""
    rig, _ = whole
    keys = []
    for use in (
        lambda: rig.device.lay(CARD),
        lambda: slot.insert(SocialCard(CARD.name, CARD.birth, CARD.sequence)),
    ):
        use()
        rig.wait_for("home")
        visitor = rig.station._session.visit.visitor
        assert visitor is not None
        keys.append(visitor.key)
        assert rig.act("exit")
    assert keys[0] == keys[1]


def test_an_expired_card_is_flagged_and_served(
    whole: tuple[Rig, VirtualScanner], slot: VirtualSlot
) -> None:
    rig, _ = whole
    slot.insert(SocialCard(CARD.name, CARD.birth, valid_to=date(2020, 1, 1)))
    assert rig.wait_for("home")["visitor"]["expired"] is True


def test_a_bank_card_is_answered_with_what_to_do(
    whole: tuple[Rig, VirtualScanner], slot: VirtualSlot
) -> None:
    rig, _ = whole
    slot.insert(BankCard())
    error = rig.wait_for("error")["error"]
    assert (error["code"], error["title"]) == ("card_unsupported", "这台读卡器不能读这种卡")
    assert "pad" in error["actions"]


def test_each_reader_is_reported_and_the_lamp_is_that_of_the_id_reader(
    whole: tuple[Rig, VirtualScanner], pcscd: VirtualPcscd
) -> None:
    rig, scanner = whole
    scanner.unplug()
    pcscd.kill()
    until(lambda: conditions(rig)["scanner"] == "gone", "the scanner to be missed")
    until(lambda: conditions(rig)["chip_card"] == "no_service", "pcscd to be missed")
    assert conditions(rig)["reader"] == "ok"
    assert rig.view()["reader"] == "ok"
    rig.device.unplug()
    until(lambda: conditions(rig)["resident_id"] == "gone", "the reader to be missed")
    until(lambda: rig.view()["reader"] == "out", "the lamp")
    pcscd.start()
    scanner.plug()
    rig.device.plug()
    until(lambda: set(conditions(rig).values()) == {"ok"}, "all readers again")


def test_what_is_no_code_of_ours_disturbs_nobody(whole: tuple[Rig, VirtualScanner]) -> None:
    rig, scanner = whole
    rig.lay(CARD)
    scanner.scan("something else")
    scanner.scan("6901234567892")
    rig.take()
    until(lambda: len(rig.controller.tickets) == 1, "the number")
