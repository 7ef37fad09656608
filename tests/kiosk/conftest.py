"""A whole kiosk on real lines: pty, TCP and HTTP, with a virtual reader and printer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.link import Link
from kiosk.readers import keeper, sam
from kiosk.readers.sam import SamReader
from kiosk.readers.virtual import VirtualCard, VirtualSamReader
from kiosk.readers.virtual_pcscd import VirtualPcscd, VirtualSlot
from kiosk.session.model import Act, Timing
from kiosk.station import Machine, Station
from printers.escpos import EscposPrinter, Limits
from printers.link import NetworkLink
from printers.virtual import VirtualPrinter
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import PATIENCE_S, until
from tests.kiosk.people import ALLOWED, CARD

PATIENT = Limits(connect=5, status=5, send=10, proof=10)
"""A busy machine holds everybody up, a printer that is well included."""
BRISK = Limits(connect=5, status=1, send=5, proof=0.4)
"""For a printer that is silent, so that nobody waits for it in vain."""


@pytest.fixture
def patient_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ID reader that answers is waited for, however busy the machine is."""
    for name in ("ANSWER_S", "READ_S", "PROBE_S"):
        monkeypatch.setattr(sam, name, 10.0)
    monkeypatch.setattr(keeper, "BACKOFF_S", (0.02,))


@dataclass
class Rig:
    """A kiosk and everything around it."""

    controller: FakeController
    device: VirtualSamReader
    printer: VirtualPrinter
    station: Station
    state_dir: Path

    def view(self) -> dict[str, Any]:
        return self.station.board.view()

    def wait_for(self, state: str) -> dict[str, Any]:
        """The view that showed this state; the next one may show another."""
        seen: list[dict[str, Any]] = []

        def shown() -> bool:
            seen[:] = [self.view()]
            return bool(seen[0]["state"] == state)

        until(shown, f"{state}, not {self.view()['state']},")
        return seen[0]

    def act(self, name: str, arg: str = "") -> bool:
        return self.station.act(self.view()["rev"], Act(name, arg), PATIENCE_S)

    def waits_for_the_printer(self, limits: Limits) -> None:
        """From now on no longer than this."""
        assert self.station._press is not None
        driver = self.station._press._printer
        assert isinstance(driver, EscposPrinter)
        driver.limits = limits

    def lay(self, card: VirtualCard = CARD) -> None:
        self.device.lay(card)
        self.wait_for("home")

    def take(self, code: str = "RS-003") -> None:
        # As a hand does: a tap on what has just been drawn anew is repeated.
        until(lambda: self.act("choose", code), "the item")
        until(lambda: self.act("take"), "the wish")

    def outcomes(self, number: str) -> list[str]:
        return self.controller.outcomes.get(f"2026-03-17-{number}", [])


def station_of(
    rig_dir: Path,
    controller: FakeController,
    port: str,
    printer: int,
    backup: FakeController | None = None,
) -> Station:
    return Station(
        Machine(1, "1 号取号机", rig_dir, Timing(), ALLOWED),
        Link(controller.url, backup=backup.url if backup else None),
        [SamReader(port, poll_s=0.02)],
        EscposPrinter(NetworkLink("127.0.0.1", printer), limits=PATIENT),
    )


@pytest.fixture(scope="session")
def pcscd() -> Iterator[VirtualPcscd]:
    """One for the process: the client library looks for the socket's name once."""
    with VirtualPcscd() as daemon, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PCSCLITE_CSOCK_NAME", daemon.socket_name)
        yield daemon


@pytest.fixture
def slot(pcscd: VirtualPcscd) -> Iterator[VirtualSlot]:
    """The first slot, empty and without a fault; its daemon is new for the next test."""
    first, second = pcscd.slots
    yield first
    first.remove()
    second.remove()
    first.mute = first.silent = False
    first.pull_at = 0
    pcscd.kill()
    pcscd.start()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kiosk that soon gives up waiting for the answer to a wish."""
    monkeypatch.setattr("kiosk.issuer.ANSWER_S", 1.0)


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """A kiosk that is enrolled and idle."""
    monkeypatch.setattr("kiosk.press.LOOK_S", 0.05)
    monkeypatch.setattr("kiosk.uplink.BEAT_S", 0.1)
    monkeypatch.setattr("kiosk.uplink.FAST_S", 0.05)
    monkeypatch.setattr("kiosk.uplink.PENDING_S", 0.02)
    monkeypatch.setattr("kiosk.settle.RETRY_S", 0.05)
    monkeypatch.setattr("kiosk.standby.LOOK_S", 0.05)
    with (
        FakeController() as controller,
        VirtualSamReader(link=str(tmp_path / "idreader")) as device,
        VirtualPrinter() as printer,
    ):
        station = station_of(tmp_path / "state", controller, device.port, printer.port)
        whole = Rig(controller, device, printer, station, tmp_path / "state")
        station.start()
        whole.wait_for("idle")
        until(lambda: whole.view()["reader"] == "ok", "the reader")
        yield whole
        whole.station.close()
