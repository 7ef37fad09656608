"""The printing thread on a serial line: what the session hears, and when (FR-18, FR-19)."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.press import Press
from kiosk.session.model import Lamp, PrintEnded, PrinterChanged, Sent
from printers.escpos import EscposPrinter
from printers.page import compose
from printers.paper import Paper
from printers.paper_roll import CountedPrinter, RollBook
from printers.serial_link import SerialLink
from printers.slips import Slip
from printers.spool import Spool
from printers.virtual_serial import VirtualSerialPrinter
from tests.printers.samples import BOOKING, NOTICE, slip
from tests.printers.wires import PATIENT, same_picture


@dataclass
class Rig:
    machine: VirtualSerialPrinter
    press: Press
    heard: queue.Queue[PrintEnded | PrinterChanged]

    def lamp(self, wanted: Lamp, timeout: float = 20.0) -> None:
        """Until the session hears that the printer is so."""
        deadline = time.monotonic() + timeout
        while True:
            event = self.heard.get(timeout=max(deadline - time.monotonic(), 0.01))
            if isinstance(event, PrinterChanged) and event.lamp is wanted:
                return

    def end(self) -> PrintEnded:
        while True:
            event = self.heard.get(timeout=30)
            if isinstance(event, PrintEnded):
                return event


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with VirtualSerialPrinter(tmp_path / "kiosk-printer") as machine:
        link = SerialLink(machine.port)
        book = RollBook(tmp_path / "roll.sqlite", 6_000)
        printer = CountedPrinter(EscposPrinter(link, limits=PATIENT, queued_proof=True), book, 20)
        heard: queue.Queue[PrintEnded | PrinterChanged] = queue.Queue()
        with Spool(tmp_path / "spool.sqlite", printer, Paper.MM80) as spool:
            press = Press(printer, spool, Paper.MM80, heard.put)
            press.start()
            rig = Rig(machine, press, heard)
            rig.lamp(Lamp.OK)
            yield rig
            press.close()
        printer.close()


@pytest.mark.parametrize(
    ("fault", "lamp"),
    [
        ("paper_near_end", Lamp.NEAR_END),
        ("paper_out", Lamp.OUT),
        ("cover_open", Lamp.COVER),
        ("cutter", Lamp.CUTTER),
        ("offline", Lamp.OFFLINE),
    ],
)
def test_what_is_wrong_is_known_before_anyone_starts(rig: Rig, fault: str, lamp: Lamp) -> None:
    setattr(rig.machine.faults, fault, True)
    rig.lamp(lamp)
    setattr(rig.machine.faults, fault, False)
    rig.lamp(Lamp.OK)


def test_a_ticket_and_its_reprint_come_out_and_are_told(rig: Rig) -> None:
    rig.press.print("t-1", slip())
    assert rig.end() == PrintEnded("t-1", Sent.PRINTED, Lamp.OK, reprint=False)
    rig.press.reprint("t-1")
    assert rig.end() == PrintEnded("t-1", Sent.PRINTED, Lamp.OK, reprint=True)
    assert rig.machine.cuts == 2


@pytest.mark.parametrize("paper", [NOTICE, BOOKING])
def test_another_paper_is_printed_and_only_who_asked_hears_of_it(rig: Rig, paper: Slip) -> None:
    told: queue.Queue[PrintEnded] = queue.Queue()
    rig.press.print_paper("paper-1", paper, told.put)
    assert told.get(timeout=30).sent is Sent.PRINTED
    assert rig.heard.empty()
    assert same_picture(rig.machine.wait_for_ticket(), compose(paper, Paper.MM80))


def test_the_slips_that_are_left_are_known_and_warned_of(rig: Rig) -> None:
    page = compose(slip(), Paper.MM80)
    assert rig.press.slips_left == 6_000 // 165
    for n in range(6_000 // page.mm):
        rig.press.print(f"t-{n}", slip())
        if rig.end().printer is Lamp.NEAR_END:
            break
    assert rig.press.slips_left == 19
