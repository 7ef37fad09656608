"""The slip counter: what the roll has given, how much is left, and when it is a new one."""

import subprocess
import sys
from pathlib import Path

import pytest

from printers.escpos import EscposPrinter, network_printer
from printers.faults import Faults
from printers.page import compose
from printers.paper import Paper
from printers.paper_roll import CountedPrinter, RollBook, Seen, look
from printers.printer import Outcome
from printers.status import PrinterState
from printers.virtual import VirtualPrinter
from tests.printers.samples import slip

ROOT = Path(__file__).parents[2]
S = PrinterState
TICKET = compose(slip(), Paper.MM80)
ROLL_MM = 80_000


def seen_after(*states: S, seen: Seen = Seen.PLENTY) -> tuple[Seen, bool]:
    new = False
    for state in states:
        seen, new = look(seen, state)
    return seen, new


@pytest.mark.parametrize(
    ("states", "new"),
    [
        ((S.PAPER_OUT, S.OK), True),
        ((S.NEAR_END, S.COVER_OPEN, S.OK), True),
        ((S.NEAR_END, S.PAPER_OUT, S.COVER_OPEN, S.OK), True),
        ((S.PAPER_OUT, S.ABSENT, S.OK), True),
        ((S.NEAR_END, S.OK), False),  # the sensor flickers
        ((S.NEAR_END, S.SILENT, S.OK), False),  # the cable was out
        ((S.COVER_OPEN, S.OK), False),  # somebody cleared a jam
        ((S.CUTTER, S.COVER_OPEN, S.OK), False),
        ((S.PAPER_OUT, S.NEAR_END, S.OK), False),  # an old roll was put in
        ((S.PAPER_OUT,), False),
    ],
)
def test_what_the_sensors_tell_of_a_new_roll(states: tuple[S, ...], new: bool) -> None:
    assert seen_after(*states)[1] is new


def test_a_roll_is_new_once() -> None:
    assert seen_after(S.PAPER_OUT, S.OK, S.OK) == (Seen.PLENTY, False)


@pytest.fixture
def counted(machine: VirtualPrinter, driver: EscposPrinter, tmp_path: Path) -> CountedPrinter:
    return CountedPrinter(driver, RollBook(tmp_path / "roll.sqlite", ROLL_MM), warn_slips=50)


def test_each_ticket_takes_its_length_from_the_roll(counted: CountedPrinter) -> None:
    for n in range(1, 3):
        assert counted.print(TICKET).status.slips_left == (ROLL_MM - n * TICKET.mm) // TICKET.mm
    assert counted.book.used_mm == 2 * TICKET.mm
    counted.close()


def test_paper_that_may_have_moved_counts_and_paper_that_did_not_does_not(
    machine: VirtualPrinter, counted: CountedPrinter
) -> None:
    machine.faults = Faults(close_after_bytes=5000)
    assert counted.print(TICKET).outcome is Outcome.UNPROVEN
    machine.faults = Faults(cover_open=True)
    assert counted.print(TICKET).outcome is Outcome.NOT_SENT
    assert counted.book.used_mm == TICKET.mm
    counted.close()


def test_few_slips_left_are_told_like_a_sensor_would(counted: CountedPrinter) -> None:
    while counted.book.used_mm < ROLL_MM - 49 * TICKET.mm:
        counted.book.spend(TICKET.mm)
    status = counted.status()
    assert (status.state, status.slips_left) == (S.NEAR_END, 48)
    assert f"约剩 {status.slips_left} 张" in status.zh
    counted.close()


def test_a_new_roll_is_noticed_by_the_sensor_or_told_by_staff(
    machine: VirtualPrinter, counted: CountedPrinter
) -> None:
    for by_staff in (False, True):
        counted.print(TICKET)
        assert counted.book.used_mm > 0
        if by_staff:
            counted.book.new_roll()
        else:
            machine.faults.paper_out = True
            assert counted.status().state is S.PAPER_OUT
            machine.faults.paper_out = False
        assert counted.status().state is S.OK
        assert counted.book.used_mm == 0
    counted.close()


def test_a_cover_that_is_opened_when_few_are_left_means_a_new_roll(
    machine: VirtualPrinter, counted: CountedPrinter
) -> None:
    """Also on a printer without a sensor for the end of the roll."""
    counted.book.spend(ROLL_MM)
    assert counted.status().state is S.NEAR_END
    machine.faults.cover_open = True
    assert counted.status().state is S.COVER_OPEN
    machine.faults.cover_open = False
    assert counted.status().state is S.OK
    assert counted.book.used_mm == 0
    counted.close()


_SPENDING = """
import os, signal, sys
from pathlib import Path
from printers.paper_roll import RollBook
book = RollBook(Path(sys.argv[1]), 80_000)
for _ in range(7):
    book.spend(100)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_count_survives_a_kill_and_two_processes_share_it(tmp_path: Path) -> None:
    path = tmp_path / "roll.sqlite"
    book = RollBook(path, 80_000)
    book.spend(100)
    killed = subprocess.run([sys.executable, "-c", _SPENDING, str(path)], cwd=ROOT, timeout=60)
    assert killed.returncode == -9
    assert book.used_mm == 800
    book.close()


def test_an_unreachable_printer_keeps_its_count(tmp_path: Path) -> None:
    printer = CountedPrinter(
        network_printer("127.0.0.1", 1), RollBook(tmp_path / "roll.sqlite", ROLL_MM), warn_slips=50
    )
    printer.book.spend(1000)
    assert printer.status().state is S.ABSENT
    assert printer.book.used_mm == 1000
    printer.close()
