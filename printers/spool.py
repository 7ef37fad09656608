"""A durable record of print jobs, so that no job is ever printed twice by accident.

Every step is committed with a full sync before the next one begins:

    queued -> sending -> printed | unproven | failed

After a power cut a job found in `sending` may lie on the counter or not: it becomes `unproven`
and is only printed again by an explicit `reprint`. A job found in `queued` never left: it
becomes `failed`, so that its number can be void. The record holds what the ticket says and
nothing about a person.
"""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

from printers.facts import SlipError
from printers.fonts import FontMissing
from printers.page import compose
from printers.paper import Paper
from printers.printer import Outcome, Printer
from printers.slips import Slip, from_json, reprint_of, to_json
from printers.status import PrinterState, PrinterStatus

_SCHEMA = """
CREATE TABLE IF NOT EXISTS job (
    job_id TEXT PRIMARY KEY, slip TEXT NOT NULL, submitted_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS copy (
    job_id TEXT NOT NULL REFERENCES job ON DELETE CASCADE, copy INTEGER NOT NULL,
    state TEXT NOT NULL, printer TEXT NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (job_id, copy)
) STRICT;
"""


class JobState(Enum):
    """How far one copy of a ticket came. FAILED: nothing was sent."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    UNPROVEN = "unproven"
    FAILED = "failed"


_ENDS = {
    Outcome.PRINTED: JobState.PRINTED,
    Outcome.UNPROVEN: JobState.UNPROVEN,
    Outcome.NOT_SENT: JobState.FAILED,
}


class SpoolError(Exception):
    """The spool refuses; the message says why."""


class JobConflict(SpoolError):
    """This job id already belongs to another ticket."""


class JobUnknown(SpoolError):
    """No job of this id was ever submitted."""


class ReprintRefused(SpoolError):
    """This ticket may not be printed again: too often, too late, or it was never sent."""


@dataclass(frozen=True, slots=True)
class Job:
    """One copy of one ticket: `copy` 0 is the original, 1 and more are reprints.

    `status` is the printer's when this copy ended.
    """

    job_id: str
    copy: int
    state: JobState
    status: PrinterStatus


class Spool:
    """The jobs of one printer, kept in the SQLite file `path`.

    `submit` and `reprint` block until the outcome is known and recorded; calls from several
    threads take turns. `native_qr`: the printer draws codes itself. `now` gives the time for
    the reprint limit. Opening settles what a power cut left behind.
    """

    def __init__(
        self,
        path: Path,
        printer: Printer,
        paper: Paper,
        *,
        native_qr: bool = False,
        max_reprints: int = 2,
        reprint_within: timedelta = timedelta(minutes=10),
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._printer, self._paper, self._now = printer, paper, now
        self._native_qr = native_qr
        self._max_reprints, self._reprint_within = max_reprints, reprint_within
        self._turn = threading.RLock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._prepare(self._store)
        self._settle()

    def submit(self, job_id: str, slip: Slip) -> Job:
        """Print `slip` once under `job_id`; a repeat prints nothing and returns the first answer.

        Raises JobConflict when the id belongs to another ticket, SlipError and FontMissing when
        the ticket cannot be painted (recorded as failed).
        """
        with self._turn:
            known = self._slip(job_id)
            if known is None:
                return self._print(job_id, 0, slip)
            if known != slip:
                raise JobConflict(f"job {job_id} was submitted for another ticket")
            return self.job(job_id)

    def reprint(self, job_id: str) -> Job:
        """Print the same ticket again, marked 补打.

        Raises JobUnknown, and ReprintRefused after `max_reprints` copies, after
        `reprint_within`, or when the original was never sent.
        """
        with self._turn:
            slip = self._slip(job_id)
            if slip is None:
                raise JobUnknown(f"no job {job_id}")
            copies = self._copies(job_id)
            self._refuse_reprint(job_id, copies)
            return self._print(job_id, copies[-1].copy + 1, reprint_of(slip))

    def job(self, job_id: str) -> Job:
        """The original of this job as recorded. Raises JobUnknown."""
        copies = self.copies(job_id)
        return copies[0]

    def copies(self, job_id: str) -> tuple[Job, ...]:
        """The original and its reprints in order. Raises JobUnknown."""
        with self._turn:
            found = self._copies(job_id)
        if not found:
            raise JobUnknown(f"no job {job_id}")
        return found

    def forget(self, before: datetime) -> int:
        """Delete jobs submitted before this time; returns how many."""
        with self._turn:
            return self._write("DELETE FROM job WHERE submitted_at < ?", (before.isoformat(),))

    def close(self) -> None:
        """Close the file. The printer is left to its owner."""
        with self._turn:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _prepare(self, store: sqlite3.Connection) -> None:
        # EXTRA also syncs the folder when the rollback journal goes: durable at every commit.
        store.execute("PRAGMA synchronous = EXTRA")
        store.execute("PRAGMA foreign_keys = ON")
        store.execute("PRAGMA secure_delete = ON")
        store.executescript(_SCHEMA)

    def _print(self, job_id: str, copy: int, slip: Slip) -> Job:
        self._enqueue(job_id, copy, slip)
        try:
            page = compose(slip, self._paper, native_qr=self._native_qr)
        except (SlipError, FontMissing) as error:
            unpaintable = PrinterStatus(PrinterState.OK, f"cannot be painted: {error}")
            self._mark(Job(job_id, copy, JobState.FAILED, unpaintable))
            raise
        self._mark(Job(job_id, copy, JobState.SENDING, PrinterStatus(PrinterState.OK)))
        try:
            proof = self._printer.print(page)
        except Exception as error:
            # A driver never raises; if one does, paper may have moved. Never claim it did not.
            strange = PrinterStatus(PrinterState.ERROR, f"{type(error).__name__} in the driver")
            with suppress(sqlite3.Error):
                self._mark(Job(job_id, copy, JobState.UNPROVEN, strange))
            raise
        return self._mark(Job(job_id, copy, _ENDS[proof.outcome], proof.status))

    def _enqueue(self, job_id: str, copy: int, slip: Slip) -> None:
        """Record the copy, and with the original the ticket itself, in one commit."""
        self._store.execute("BEGIN IMMEDIATE")
        try:
            if copy == 0:
                self._write(
                    "INSERT INTO job VALUES (?, ?, ?)",
                    (job_id, to_json(slip), self._now().isoformat()),
                )
            self._write(
                "INSERT INTO copy VALUES (?, ?, ?, ?, ?)",
                (job_id, copy, JobState.QUEUED.value, PrinterState.OK.value, ""),
            )
            self._store.execute("COMMIT")
        except BaseException:
            self._store.execute("ROLLBACK")
            raise

    def _refuse_reprint(self, job_id: str, copies: tuple[Job, ...]) -> None:
        if not copies or copies[0].state is JobState.FAILED:
            raise ReprintRefused(f"job {job_id} was never sent; submit a new one")
        used = sum(copy.state is not JobState.FAILED for copy in copies[1:])
        if used >= self._max_reprints:
            raise ReprintRefused(f"job {job_id} was reprinted {used} times; that is the limit")
        if self._now() - self._submitted_at(job_id) > self._reprint_within:
            raise ReprintRefused(f"job {job_id} is older than {self._reprint_within}")

    def _settle(self) -> None:
        """After a restart: what was being sent is unproven, what only waited has failed."""
        sending = (JobState.SENDING.value,)
        if self._store.execute("SELECT 1 FROM copy WHERE state = ?", sending).fetchone():
            self._printer.distrust()
        self._write(
            "UPDATE copy SET state = CASE state WHEN ? THEN ? ELSE ? END, detail = ?"
            " WHERE state IN (?, ?)",
            (
                JobState.SENDING.value,
                JobState.UNPROVEN.value,
                JobState.FAILED.value,
                "restarted before the outcome was known",
                JobState.SENDING.value,
                JobState.QUEUED.value,
            ),
        )

    def _mark(self, job: Job) -> Job:
        self._write(
            "UPDATE copy SET state = ?, printer = ?, detail = ? WHERE job_id = ? AND copy = ?",
            (job.state.value, job.status.state.value, job.status.detail, job.job_id, job.copy),
        )
        return job

    def _write(self, statement: str, values: tuple[object, ...]) -> int:
        """One step; outside a transaction it is committed and synced when this returns."""
        return self._store.execute(statement, values).rowcount

    def _slip(self, job_id: str) -> Slip | None:
        row = self._store.execute("SELECT slip FROM job WHERE job_id = ?", (job_id,)).fetchone()
        return None if row is None else from_json(row[0])

    def _submitted_at(self, job_id: str) -> datetime:
        row = self._store.execute(
            "SELECT submitted_at FROM job WHERE job_id = ?", (job_id,)
        ).fetchone()
        return datetime.fromisoformat(row[0])

    def _copies(self, job_id: str) -> tuple[Job, ...]:
        rows = self._store.execute(
            "SELECT copy, state, printer, detail FROM copy WHERE job_id = ? ORDER BY copy",
            (job_id,),
        )
        return tuple(
            Job(job_id, copy, JobState(state), PrinterStatus(PrinterState(printer), detail))
            for copy, state, printer, detail in rows
        )
