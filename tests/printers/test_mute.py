"""Printers that cannot be asked: they print, and nothing is ever claimed (FR-18)."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from printers.device_link import DeviceLink
from printers.faults import Faults
from printers.link import NetworkLink
from printers.mute import MutePrinter, QueuePrinter
from printers.page import compose
from printers.paper import Paper
from printers.printer import Limits, Outcome
from printers.status import PrinterState
from printers.virtual import VirtualPrinter
from printers.virtual_serial import VirtualSerialPrinter
from tests.printers.cups import INSTALLED, cups
from tests.printers.samples import slip
from tests.printers.wires import PATIENT, same_picture

S = PrinterState
TICKET = compose(slip(), Paper.MM80)
NEXT = compose(slip(number="R056"), Paper.MM80)


def test_a_printer_that_never_answers_prints_and_proves_nothing(tmp_path: Path) -> None:
    """As /dev/usb/lp0 of a printer without a way back."""
    with VirtualSerialPrinter(tmp_path / "lp0", faults=Faults(silent=True)) as machine:
        printer = MutePrinter(DeviceLink(machine.port, answers=False), limits=PATIENT)
        assert printer.status().state is S.MUTE
        proof = printer.print(TICKET)
        assert (proof.outcome, proof.status.state) == (Outcome.UNPROVEN, S.MUTE)
        assert same_picture(machine.wait_for_ticket(), TICKET)


def test_without_the_device_nothing_is_sent(tmp_path: Path) -> None:
    printer = MutePrinter(DeviceLink(str(tmp_path / "lp0"), answers=False))
    assert printer.status().state is S.ABSENT
    assert printer.print(TICKET).outcome is Outcome.NOT_SENT


def test_after_a_job_that_was_torn_unseen_the_next_ticket_is_whole() -> None:
    with VirtualPrinter(faults=Faults(close_after_bytes=20_000)) as machine:
        printer = MutePrinter(NetworkLink(machine.host, machine.port), limits=PATIENT)
        printer.print(TICKET)
        assert printer.print(NEXT).outcome is Outcome.UNPROVEN
        piece = machine.wait_for_ticket(count=machine.cuts or 1)
        start = piece.height - 6 * 30 - NEXT.image.height
        assert same_picture(piece.crop((0, start, piece.width, piece.height)), NEXT)


def test_a_job_that_was_torn_before_our_eyes_is_cut_away(tmp_path: Path) -> None:
    with VirtualSerialPrinter(tmp_path / "lp0", faults=Faults(close_after_bytes=20_000)) as machine:
        printer = MutePrinter(DeviceLink(machine.port, answers=False), limits=PATIENT)
        assert printer.print(TICKET).status.state is S.ABSENT
        machine.plug()
        assert printer.print(NEXT).outcome is Outcome.UNPROVEN
        machine.wait_for_ticket(count=2)
        assert [same_picture(piece, NEXT) for piece in machine.tickets] == [False, True]


# CUPS: Debian's own cupsd, its socket backend, and the virtual printer behind it


@pytest.fixture
def machine() -> Iterator[VirtualPrinter]:
    with VirtualPrinter() as machine:
        yield machine


@pytest.fixture
def server(machine: VirtualPrinter) -> Iterator[str]:
    if not INSTALLED:
        pytest.skip("CUPS is not installed")
    with cups(machine.port) as server:
        yield server


def queue(server: str, name: str = "tickets", send: float = 30) -> QueuePrinter:
    return QueuePrinter(name, limits=Limits(send=send), server=server)


def test_a_queue_prints_dot_for_dot_and_proves_nothing(
    machine: VirtualPrinter, server: str
) -> None:
    assert queue(server).status().state is S.MUTE
    proof = queue(server).print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.UNPROVEN, S.MUTE)
    assert same_picture(machine.wait_for_ticket(), TICKET)
    assert machine.cuts == 1


def test_a_queue_that_is_not_there_gets_nothing(machine: VirtualPrinter, server: str) -> None:
    proof = queue(server, "elsewhere").print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.NOT_SENT, S.ABSENT)
    assert machine.job_bytes == 0


def test_a_stopped_queue_gets_nothing(machine: VirtualPrinter, server: str) -> None:
    subprocess.run(["/usr/sbin/cupsdisable", "-h", server, "tickets"], check=True, timeout=30)
    proof = queue(server).print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.NOT_SENT, S.OFFLINE)
    assert machine.job_bytes == 0


def test_a_job_that_stays_in_the_queue_is_cancelled_and_never_comes_out_late(
    machine: VirtualPrinter, server: str
) -> None:
    machine.unplug()
    proof = queue(server, send=3).print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.UNPROVEN, S.SILENT)
    machine.plug()
    assert queue(server).print(NEXT).outcome is Outcome.UNPROVEN
    assert same_picture(machine.wait_for_ticket(), NEXT)
    assert machine.cuts == 1


def test_without_cups_nothing_is_sent(machine: VirtualPrinter) -> None:
    proof = queue("127.0.0.1:1", send=5).print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.NOT_SENT, S.ABSENT)
