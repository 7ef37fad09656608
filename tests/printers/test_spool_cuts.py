"""A real process, killed at every step of printing; and the power cut that loses what was not
synced (FR-18, peers 5 and 9): no ticket comes out twice, and no paper is denied."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.cli.bench.crash.power import build_shim
from controller.cli.bench.crash.preload import CannotPlay
from printers.escpos import EscposPrinter, Limits
from printers.link import NetworkLink
from printers.page import compose
from printers.paper import Paper
from printers.slips import reprint_of
from printers.spool import JobState, JobUnknown, ReprintRefused, Spool
from printers.virtual import VirtualPrinter
from tests.printers.samples import slip
from tests.printers.wires import same_picture

ROOT = Path(__file__).parents[2]
TICKET = compose(slip(), Paper.MM80)
AGAIN = compose(reprint_of(slip()), Paper.MM80)
NEVER = 1_000_000
PATIENT = Limits(connect=30, status=30, send=30, proof=30)


class Doomed:
    """The program that dies; `left` is where only what was synced stands."""

    def __init__(self, folder: Path, shim: Path | None) -> None:
        self.state, self.left = folder / "state", folder / "left"
        self.state.mkdir()
        self.left.mkdir()
        env = dict(os.environ)
        if shim is not None:
            env |= {"LD_PRELOAD": str(shim)}
            env |= {"SYNCED_FROM": str(self.state), "SYNCED_TO": str(self.left)}
        self._power = shim is not None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.printers.doomed"],
            cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def close(self) -> None:
        self._process.communicate(timeout=30)

    def fresh(self) -> None:
        for folder in (self.state, self.left):
            for file in folder.iterdir():
                file.unlink()

    def run(self, last: int, port: int, what: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{last} {self.state / 'spool.db'} {port} {what}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def found(self) -> Path:
        """The database as the next start finds it."""
        return (self.left if self._power else self.state) / "spool.db"


@pytest.fixture(params=["power", pytest.param("kill", marks=pytest.mark.long)])
def doomed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Doomed]:
    shim = None
    if request.param == "power":
        try:
            shim = build_shim(tmp_path)
        except CannotPlay as reason:
            pytest.skip(str(reason))
    doomed = Doomed(tmp_path, shim)
    yield doomed
    doomed.close()


def driver(machine: VirtualPrinter) -> EscposPrinter:
    link = NetworkLink(machine.host, machine.port)
    return EscposPrinter(link, Paper.MM80, PATIENT, queued_proof=True)


def whole(machine: VirtualPrinter, reprints: bool = False) -> int:
    """How many whole tickets came out."""
    page = AGAIN if reprints else TICKET
    return sum(same_picture(piece, page) for piece in machine.tickets)


def settled(machine: VirtualPrinter) -> None:
    """Nothing more comes out: a new connection is served only after the old one has ended."""
    assert driver(machine).status().can_print


def test_killed_at_any_step_of_a_job_it_is_never_printed_twice_nor_paper_denied(
    doomed: Doomed,
) -> None:
    ends: set[JobState | None] = set()
    for step in range(NEVER):
        doomed.fresh()
        with VirtualPrinter() as machine:
            said = doomed.run(step, machine.port, "submit")
            settled(machine)
            ends.add(_checked(doomed.found(), machine))
        if said.startswith("done"):
            break
        assert said == "died"
    assert step > 25
    assert ends == {None, JobState.FAILED, JobState.UNPROVEN, JobState.PRINTED}


def _checked(database: Path, machine: VirtualPrinter) -> JobState | None:
    sent, came_out = machine.job_bytes, whole(machine)
    with Spool(database, driver(machine), Paper.MM80) as spool:
        try:
            known = spool.job("r-1")
        except JobUnknown:
            assert sent == 0
            assert spool.submit("r-1", slip()).state is JobState.PRINTED
            assert whole(machine) == 1
            return None
        assert known.state is not JobState.FAILED or sent == 0
        assert known.state is not JobState.PRINTED or came_out == 1
        assert spool.submit("r-1", slip()) == known
        assert (machine.job_bytes, whole(machine)) == (sent, came_out)
        if known.state is JobState.UNPROVEN:
            # the person asks for a reprint: a whole one, on a piece of paper of its own
            assert spool.reprint("r-1").state is JobState.PRINTED
            assert same_picture(machine.tickets[-1], AGAIN)
        return known.state


def reprinted(spool: Spool) -> bool:
    try:
        return spool.reprint("r-1").state is JobState.PRINTED
    except ReprintRefused:
        return False


@pytest.mark.long
def test_killed_at_any_step_of_a_reprint_the_limit_still_holds(doomed: Doomed) -> None:
    for step in range(NEVER):
        doomed.fresh()
        with VirtualPrinter() as machine:
            assert doomed.run(NEVER, machine.port, "submit").startswith("done")
            said = doomed.run(step, machine.port, "reprint")
            settled(machine)
            with Spool(doomed.found(), driver(machine), Paper.MM80) as spool:
                while reprinted(spool):
                    pass
                assert whole(machine, reprints=True) <= 2
                assert spool.job("r-1").state is JobState.PRINTED
            assert whole(machine) == 1
        if said.startswith("done"):
            break
        assert said == "died"
    assert step > 20
