"""Counts what the roll has given, so that a new one is ready before the old one ends.

Most sensors only say "near the end"; many printers have none. The count is kept in a file of its
own, because staff may reset it with a command while the kiosk runs.
"""

import sqlite3
import threading
from dataclasses import replace
from enum import Enum
from pathlib import Path

from printers.page import Page
from printers.printer import Outcome, Printer, Proof
from printers.status import PrinterState, PrinterStatus

_SCHEMA = """
CREATE TABLE IF NOT EXISTS roll (
    one INTEGER PRIMARY KEY CHECK (one = 1), used_mm INTEGER NOT NULL, slips INTEGER NOT NULL,
    seen TEXT NOT NULL
) STRICT;
INSERT OR IGNORE INTO roll VALUES (1, 0, 0, 'plenty');
"""
_TYPICAL_MM = 165  # a ticket with its feed, until this roll has given some


class Seen(Enum):
    """What is known of this roll. OPENED: it ended, or was low when the cover was opened."""

    PLENTY = "plenty"
    LOW = "low"
    OPENED = "opened"


def look(seen: Seen, state: PrinterState) -> tuple[Seen, bool]:
    """What a new state tells of the roll, and whether it is a new one. Pure.

    A roll is new when there is enough paper after it had run out, or had run low and the cover
    was opened. "Low" that only flickers is the same roll, a printer that was away says nothing,
    and an open cover while there was enough paper is somebody clearing a jam.
    """
    match state:
        case PrinterState.OK:
            return (Seen.PLENTY, True) if seen is Seen.OPENED else (seen, False)
        case PrinterState.NEAR_END:
            return Seen.LOW, False
        case PrinterState.PAPER_OUT:
            return Seen.OPENED, False
        case PrinterState.COVER_OPEN if seen is Seen.LOW:
            return Seen.OPENED, False
        case _:
            return seen, False


class RollBook:
    """How much of a roll of `length_mm` is used, kept in the SQLite file `path`.

    Every change is durable when its call returns. Two processes may use one file.
    """

    def __init__(self, path: Path, length_mm: int) -> None:
        self._length_mm = length_mm
        self._turn = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._store.execute("PRAGMA synchronous = EXTRA")
        self._store.executescript(_SCHEMA)

    @property
    def used_mm(self) -> int:
        """Paper taken from this roll."""
        return self._row()[0]

    @property
    def slips_left(self) -> int:
        """About how many more slips of the usual length it gives; never negative."""
        used, slips, _ = self._row()
        usual = used / slips if slips else _TYPICAL_MM
        return max(int((self._length_mm - used) / usual), 0)

    def spend(self, mm: int) -> None:
        """One slip took so much."""
        self._write("UPDATE roll SET used_mm = used_mm + ?, slips = slips + 1", (mm,))

    def observe(self, state: PrinterState) -> bool:
        """The printer was seen in this state. True if the roll is a new one now."""
        before = Seen(self._row()[2])
        seen, new = look(before, state)
        if new:
            self.new_roll()
        elif seen is not before:
            self._write("UPDATE roll SET seen = ?", (seen.value,))
        return new

    def new_roll(self) -> None:
        """Somebody put in a new roll."""
        self._write("UPDATE roll SET used_mm = 0, slips = 0, seen = ?", (Seen.PLENTY.value,))

    def close(self) -> None:
        """Close the file."""
        with self._turn:
            self._store.close()

    def _row(self) -> tuple[int, int, str]:
        with self._turn:
            row = self._store.execute("SELECT used_mm, slips, seen FROM roll").fetchone()
        return int(row[0]), int(row[1]), str(row[2])

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        with self._turn:
            self._store.execute(statement, values)


class CountedPrinter:
    """A printer whose paper is counted.

    When fewer than `warn_slips` are left, a printer that says it is well is NEAR_END: that is
    what tells staff, also where no sensor does.
    """

    def __init__(self, printer: Printer, book: RollBook, warn_slips: int) -> None:
        self._printer, self._book, self._warn_slips = printer, book, warn_slips

    @property
    def book(self) -> RollBook:
        """The count."""
        return self._book

    def status(self) -> PrinterStatus:
        """The printer's own status, with the slips that are left."""
        return self._counted(self._printer.status())

    def print(self, page: Page) -> Proof:
        """Print, and count the paper unless nothing was sent."""
        proof = self._printer.print(page)
        if proof.outcome is not Outcome.NOT_SENT:
            self._book.spend(page.mm)
        return replace(proof, status=self._counted(proof.status))

    def distrust(self) -> None:
        """As the printer does."""
        self._printer.distrust()

    def close(self) -> None:
        """Let go of the printer and the count."""
        self._printer.close()
        self._book.close()

    def _counted(self, status: PrinterStatus) -> PrinterStatus:
        self._book.observe(status.state)
        left, state = self._book.slips_left, status.state
        if state is PrinterState.OK and left < self._warn_slips:
            state = PrinterState.NEAR_END
            self._book.observe(state)
        return replace(status, state=state, slips_left=left)
