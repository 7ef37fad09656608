"""No job prints twice, whatever happens between two steps (FR-18, FR-20)."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from printers.escpos import EscposPrinter, Outcome, Proof
from printers.facts import SlipError
from printers.job import encode
from printers.page import Page, compose
from printers.paper import Paper
from printers.spool import Job, JobConflict, JobState, JobUnknown, ReprintRefused, Spool
from printers.status import PrinterState, PrinterStatus
from printers.virtual import Faults, VirtualPrinter
from tests.printers.samples import KINDS, slip

ROOT = Path(__file__).parents[2]
JOB_BYTES = len(encode(compose(slip(), Paper.MM80), Paper.MM80))
OK = PrinterStatus(PrinterState.OK)


class PaperTray:
    """A printer that only counts; `outcome` is what it says, `before` runs before the paper."""

    def __init__(self, outcome: Outcome = Outcome.PRINTED) -> None:
        self.outcome, self.printed = outcome, 0
        self.distrusted = False
        self.before: Callable[[], None] = lambda: None

    def status(self) -> PrinterStatus:
        return OK

    def print(self, page: Page) -> Proof:
        self.before()
        self.printed += self.outcome is not Outcome.NOT_SENT
        return Proof(self.outcome, OK)

    def distrust(self) -> None:
        self.distrusted = True

    def close(self) -> None:
        pass


class Clock:
    """A time that moves when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 17, 10, 0)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def tray() -> PaperTray:
    return PaperTray()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def spool(tmp_path: Path, tray: PaperTray, clock: Clock) -> Iterator[Spool]:
    with Spool(tmp_path / "spool.db", tray, Paper.MM58, now=clock) as spool:
        yield spool


def test_a_submitted_ticket_is_printed_and_recorded(
    tmp_path: Path, machine: VirtualPrinter, driver: EscposPrinter
) -> None:
    with Spool(tmp_path / "state" / "spool.db", driver, Paper.MM80) as spool:
        job = spool.submit("r-1", slip())
        assert (job.state, job.copy) == (JobState.PRINTED, 0)
        assert spool.job("r-1") == job
    assert machine.cuts == 1


def test_the_same_job_submitted_again_prints_nothing(spool: Spool, tray: PaperTray) -> None:
    first = spool.submit("r-1", slip())
    assert spool.submit("r-1", slip()) == first
    assert tray.printed == 1


def test_one_id_cannot_stand_for_two_tickets(spool: Spool, tray: PaperTray) -> None:
    spool.submit("r-1", slip())
    with pytest.raises(JobConflict, match="r-1"):
        spool.submit("r-1", slip(number="R056"))
    assert tray.printed == 1


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.PRINTED, JobState.PRINTED),
        (Outcome.UNPROVEN, JobState.UNPROVEN),
        (Outcome.NOT_SENT, JobState.FAILED),
    ],
)
def test_each_outcome_is_recorded_and_survives_a_restart(
    tmp_path: Path, outcome: Outcome, state: JobState
) -> None:
    tray = PaperTray(outcome)
    with Spool(tmp_path / "spool.db", tray, Paper.MM58) as spool:
        assert spool.submit("r-1", slip()).state is state
    with Spool(tmp_path / "spool.db", tray, Paper.MM58) as spool:
        assert spool.submit("r-1", slip()).state is state
    assert tray.printed == (outcome is not Outcome.NOT_SENT)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_ticket_is_kept_as_it_was(spool: Spool, kind: str) -> None:
    spool.submit(kind, KINDS[kind])
    assert spool.submit(kind, KINDS[kind]).state is JobState.PRINTED


def test_a_ticket_that_cannot_be_painted_is_recorded_as_failed(
    spool: Spool, tray: PaperTray
) -> None:
    with pytest.raises(SlipError):
        spool.submit("r-1", slip(number="R1055"))
    assert spool.job("r-1").state is JobState.FAILED
    assert tray.printed == 0


# Reprints


def test_a_reprint_is_marked_and_the_third_is_refused(
    tmp_path: Path, machine: VirtualPrinter, driver: EscposPrinter
) -> None:
    with Spool(tmp_path / "spool.db", driver, Paper.MM80) as spool:
        spool.submit("r-1", slip())
        assert spool.reprint("r-1").copy == 1
        assert spool.reprint("r-1").copy == 2
        with pytest.raises(ReprintRefused, match="2 times"):
            spool.reprint("r-1")
    original, first, second = (ticket.height for ticket in machine.tickets)
    assert first == second > original  # the mark 补打 adds a line


def test_a_reprint_survives_a_restart_in_the_count(
    tmp_path: Path, tray: PaperTray, clock: Clock
) -> None:
    for _ in range(2):
        with Spool(tmp_path / "spool.db", tray, Paper.MM58, now=clock) as spool:
            spool.submit("r-1", slip())
            spool.reprint("r-1")
    with Spool(tmp_path / "spool.db", tray, Paper.MM58, now=clock) as spool:
        with pytest.raises(ReprintRefused):
            spool.reprint("r-1")
        assert [job.copy for job in spool.copies("r-1")] == [0, 1, 2]


def test_a_reprint_that_was_never_sent_does_not_count(spool: Spool, tray: PaperTray) -> None:
    spool.submit("r-1", slip())
    tray.outcome = Outcome.NOT_SENT
    for _ in range(4):
        assert spool.reprint("r-1").state is JobState.FAILED
    tray.outcome = Outcome.PRINTED
    assert spool.reprint("r-1").state is JobState.PRINTED


def test_a_reprint_is_offered_for_ten_minutes(spool: Spool, clock: Clock) -> None:
    spool.submit("r-1", slip())
    clock.now += timedelta(minutes=10)
    spool.reprint("r-1")
    clock.now += timedelta(seconds=1)
    with pytest.raises(ReprintRefused, match="older"):
        spool.reprint("r-1")


def test_an_unproven_ticket_may_be_reprinted_a_failed_one_not(
    spool: Spool, tray: PaperTray
) -> None:
    tray.outcome = Outcome.UNPROVEN
    spool.submit("unproven", slip())
    tray.outcome = Outcome.NOT_SENT
    spool.submit("failed", slip())
    tray.outcome = Outcome.PRINTED
    assert spool.reprint("unproven").state is JobState.PRINTED
    with pytest.raises(ReprintRefused, match="never sent"):
        spool.reprint("failed")


def test_an_unknown_job_is_named(spool: Spool) -> None:
    with pytest.raises(JobUnknown, match="r-9"):
        spool.reprint("r-9")
    with pytest.raises(JobUnknown, match="r-9"):
        spool.job("r-9")


def test_old_jobs_are_forgotten_with_all_their_copies(spool: Spool, clock: Clock) -> None:
    spool.submit("old", slip())
    spool.reprint("old")
    clock.now += timedelta(days=1)
    spool.submit("new", slip())
    assert spool.forget(clock.now) == 1
    with pytest.raises(JobUnknown):
        spool.job("old")
    assert spool.job("new").state is JobState.PRINTED


# Power cuts


class PowerCut(BaseException):
    """The plug is pulled here."""


class DyingSpool(Spool):
    """Loses power before its `dies_at`-th durable step, or right after it."""

    steps, dies_at, after = 0, -1, False

    def _write(self, statement: str, values: tuple[object, ...]) -> int:
        if statement.startswith("UPDATE copy SET state = CASE"):
            return super()._write(statement, values)
        here = self.steps == self.dies_at
        self.steps += 1
        if here and not self.after:
            raise PowerCut
        rows = super()._write(statement, values)
        if here:
            raise PowerCut
        return rows


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(4))
def test_a_power_cut_at_any_step_never_prints_twice_nor_denies_paper(
    tmp_path: Path, tray: PaperTray, step: int, after: bool
) -> None:
    dying = DyingSpool(tmp_path / "spool.db", tray, Paper.MM58)
    dying.dies_at, dying.after = step, after
    with pytest.raises(PowerCut):
        dying.submit("r-1", slip())
    shutil.copytree(tmp_path, tmp_path / "after", ignore=shutil.ignore_patterns("after"))
    dying.close()

    printed = tray.printed
    with Spool(tmp_path / "after" / "spool.db", tray, Paper.MM58) as spool:
        known = _recorded(spool, "r-1")
        if known is None:
            assert printed == 0  # never heard of: free to start again
        else:
            assert known.state in (JobState.UNPROVEN, JobState.FAILED, JobState.PRINTED)
            assert not (printed and known.state is JobState.FAILED)
            assert not (known.state is JobState.PRINTED and not printed)
            assert spool.submit("r-1", slip()) == known
            assert tray.printed == printed


def _recorded(spool: Spool, job_id: str) -> Job | None:
    try:
        return spool.job(job_id)
    except JobUnknown:
        return None


def test_a_power_cut_inside_the_driver_leaves_the_job_unproven(
    tmp_path: Path, tray: PaperTray
) -> None:
    def pull_the_plug() -> None:
        raise PowerCut

    tray.before = pull_the_plug
    with (
        pytest.raises(PowerCut),
        Spool(tmp_path / "spool.db", tray, Paper.MM58) as spool,
    ):
        spool.submit("r-1", slip())
    with Spool(tmp_path / "spool.db", tray, Paper.MM58) as spool:
        assert spool.job("r-1").state is JobState.UNPROVEN
        assert spool.submit("r-1", slip()).state is JobState.UNPROVEN
    assert tray.printed == 0


def test_a_driver_that_raises_never_claims_that_nothing_was_printed(
    spool: Spool, tray: PaperTray
) -> None:
    def fail() -> None:
        raise RuntimeError("a fault in a driver")

    tray.before = fail
    with pytest.raises(RuntimeError):
        spool.submit("r-1", slip())
    assert spool.job("r-1").state is JobState.UNPROVEN


_KIOSK = """
import sys
from pathlib import Path
from printers.escpos import network_printer
from printers.paper import Paper
from printers.spool import Spool
from tests.printers.samples import slip
spool = Spool(Path(sys.argv[1]), network_printer("127.0.0.1", int(sys.argv[2])), Paper.MM80)
spool.submit("r-1", slip())
"""


def test_a_process_killed_while_sending_leaves_an_unproven_job(
    tmp_path: Path, machine: VirtualPrinter, driver: EscposPrinter
) -> None:
    path = tmp_path / "spool.db"
    machine.faults = Faults(print_seconds=60)
    kiosk = subprocess.Popen([sys.executable, "-c", _KIOSK, str(path), str(machine.port)], cwd=ROOT)
    try:
        machine.wait_for_job(timeout=60, least=JOB_BYTES)
    finally:
        kiosk.send_signal(signal.SIGKILL)
        kiosk.wait(timeout=10)
    machine.faults = Faults()
    machine.wait_for_ticket()  # a whole job had left: the paper lies on the counter
    with Spool(path, driver, Paper.MM80) as spool:
        assert spool.submit("r-1", slip()).state is JobState.UNPROVEN
        assert machine.cuts == 1
        assert spool.reprint("r-1").state is JobState.PRINTED
    assert machine.cuts == 2


def test_the_file_holds_the_ticket_and_nothing_about_a_person(tmp_path: Path, spool: Spool) -> None:
    spool.submit("r-1", slip())
    with sqlite3.connect(f"file:{tmp_path / 'spool.db'}?mode=ro", uri=True) as reader:
        columns = {
            table: [row[1] for row in reader.execute(f"PRAGMA table_info({table})")]
            for table in ("job", "copy")
        }
    reader.close()
    assert columns == {
        "job": ["job_id", "slip", "submitted_at"],
        "copy": ["job_id", "copy", "state", "printer", "detail"],
    }
