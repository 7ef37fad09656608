"""A program that dies at the n-th step of printing, by SIGKILL, again and again.

Reads lines `N DATABASE PORT WHAT` (WHAT: submit or reprint), forks, and lets the child print the
sample ticket until step N, where it kills itself. Answers `died` or `done STEPS`. Steps are: each
SQL statement of the spool, opening the wire, the first and the second half of each write, and
each read; so every gap between two of them is covered.
"""

import os
import signal
import sqlite3
import sys
from pathlib import Path

from printers.escpos import EscposPrinter, Limits
from printers.link import NetworkLink
from printers.page import compose
from printers.paper import Paper
from printers.spool import Spool
from tests.printers.samples import slip


class Fate:
    """Counts steps and ends the process at one of them."""

    def __init__(self, last: int) -> None:
        self.last, self.steps = last, 0

    def step(self) -> None:
        if self.steps == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.steps += 1


class DoomedLink(NetworkLink):
    """A wire whose every move is a step."""

    def __init__(self, port: int, fate: Fate) -> None:
        super().__init__("127.0.0.1", port)
        self._fate = fate

    def open(self, timeout: float) -> None:
        self._fate.step()
        super().open(timeout)

    def write(self, data: bytes, timeout: float) -> None:
        self._fate.step()
        half = len(data) // 2
        super().write(data[:half], timeout)
        self._fate.step()
        super().write(data[half:], timeout)

    def read(self, timeout: float) -> bytes:
        self._fate.step()
        return super().read(timeout)


class DoomedSpool(Spool):
    """A spool whose every statement is a step."""

    fate: Fate

    def _prepare(self, store: sqlite3.Connection) -> None:
        super()._prepare(store)
        store.set_trace_callback(lambda statement: self.fate.step())


def print_once(last: int, database: Path, port: int, what: str) -> int:
    fate = Fate(last)
    link = DoomedLink(port, fate)
    limits = Limits(connect=30, status=30, send=30, proof=30)
    printer = EscposPrinter(link, Paper.MM80, limits, queued_proof=True)
    DoomedSpool.fate = fate
    with DoomedSpool(database, printer, Paper.MM80) as spool:
        spool.submit("r-1", slip()) if what == "submit" else spool.reprint("r-1")
    return fate.steps


def main() -> None:
    compose(slip(), Paper.MM80)  # load the fonts once
    for line in sys.stdin:
        last, database, port, what = line.split()
        child = os.fork()
        if child == 0:
            print("done", print_once(int(last), Path(database), int(port), what), flush=True)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            print("died", flush=True)
        elif os.WEXITSTATUS(status):
            print("failed", flush=True)


if __name__ == "__main__":
    main()
