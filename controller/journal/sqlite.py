"""The journal in one SQLite file: WAL, synchronous FULL, one writer. The only user of
sqlite-utils here."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from controller.hall.day_events import DayOpened
from controller.hall.events import TicketIssued
from controller.journal import base
from controller.journal.base import Answer, Batch, ChainBroken, Record, Row, StoredAnswer, Verdict
from controller.journal.codec import GENESIS, body_of, digest, event_from
from controller.journal.schema import migrations

Read = TypeVar("Read")

TABLES: dict[type[Row], str] = {
    base.PersonRow: "persons",
    base.DayKeyRow: "day_keys",
    base.DeviceRow: "devices",
    base.StaffRow: "staff",
    base.SetupRow: "setups",
    base.SessionRow: "sessions",
    base.BookingRow: "bookings",
    base.AbsenceRow: "absences",
    base.BlockRow: "blocks",
    base.BookingKeyRow: "booking_keys",
    base.AnnouncementRow: "announcements",
    base.VisitRow: "visits",
}
_VALUES = {kind: attrgetter(*(f.name for f in fields(kind))) for kind in TABLES}
ROWS_A_STATEMENT = 500
_FLAGS = {"active", "used", "ended", "cleared"}
_PURGED = (
    ("persons", "day", 0),
    ("answers", "day", base.ANSWER_DAYS),
    ("day_keys", "day", 0),
    ("bookings", "day", 0),
    ("announcements", "day", 0),
    ("absences", "day", base.ABSENCE_DAYS),
    ("blocks", "until", 0),
    ("booking_keys", "since", base.BOOKING_KEY_DAYS),
    ("visits", "day", base.VISIT_DAYS),
)
"""Table, the column that dates a row, and for how many days longer it is kept."""


@lru_cache(maxsize=2 * ROWS_A_STATEMENT)
def _insert_sql(table: str, columns: int, rows: int, conflict: str) -> str:
    row = f"({', '.join('?' * columns)})"
    return f"INSERT OR {conflict} INTO {table} VALUES {', '.join([row] * rows)}"


class SqliteJournal:
    """See `Journal`. May be used from any one thread at a time; opens and migrates the file at
    once."""

    def __init__(self, path: Path) -> None:
        """Open the journal at `path`, making it if it is not there. Raises `JournalError`."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                path, check_same_thread=False, timeout=5, cached_statements=512
            )
            self._db = Database(connection)
            self._db.enable_wal()
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA wal_autocheckpoint = 4000")
            migrations.apply(self._db)
            # A purge that a crash cut short left its traces in the write-ahead log.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (OSError, sqlite3.Error) as error:
            raise base.JournalError(
                f"{path}: {error}. Check that the directory exists, is writable and has space."
            ) from error
        self._conn = connection
        self._unclean = False
        last = self._one("SELECT seq, digest FROM events ORDER BY seq DESC LIMIT 1")
        self._last_seq: int = last[0] if last else 0
        self._last_digest: str = last[1] if last else GENESIS

    def append(self, batch: Batch) -> None:
        """See `Journal.append`."""
        events, numbers, last = self._event_rows(batch.records)
        answers = [
            (a.request_id, a.day, a.deed, a.answer.status, a.answer.body) for a in batch.answers
        ]
        run = self._conn.execute
        run("BEGIN IMMEDIATE")
        try:
            self._insert("events", events)
            self._insert("numbers", numbers)
            self._insert("answers", answers)
            for kind, table in TABLES.items():
                values = _VALUES[kind]
                self._insert(table, [values(r) for r in batch.rows if type(r) is kind], "REPLACE")
            run("COMMIT")
        except BaseException:
            if self._conn.in_transaction:
                run("ROLLBACK")
            raise
        if batch.records:
            self._last_seq, self._last_digest = batch.records[-1].seq, last

    def read(self, after: int = 0, limit: int | None = None) -> Iterator[Record]:
        """See `Journal.read`."""
        rows = self._conn.execute(
            "SELECT seq, at, day, actor, type, version, body FROM events"
            " WHERE seq > ? ORDER BY seq LIMIT ?",
            (after, -1 if limit is None else limit),
        )
        for seq, at, day, actor, type_, version, body in rows:
            yield Record(seq, at, day, actor, event_from(type_, version, body))

    def day_start(self) -> int:
        """See `Journal.day_start`."""
        row = self._one(
            "SELECT seq FROM events WHERE type = ? ORDER BY seq DESC LIMIT 1", DayOpened.type
        )
        return int(row[0]) - 1 if row else 0

    def last_seq(self) -> int:
        """See `Journal.last_seq`."""
        return self._last_seq

    def digest(self, seq: int) -> str:
        """See `Journal.digest`. That of the newest event costs nothing."""
        if seq == self._last_seq:
            return self._last_digest if seq else ""
        row = self._one("SELECT digest FROM events WHERE seq = ?", seq)
        return str(row[0]) if row else ""

    def answer(self, request_id: str) -> StoredAnswer | None:
        """See `Journal.answer`."""
        row = self._one("SELECT * FROM answers WHERE request_id = ?", request_id)
        return row and StoredAnswer(row[0], row[1], row[2], Answer(row[3], row[4]))

    def request_ids(self) -> Iterator[str]:
        """See `Journal.request_ids`."""
        return (row[0] for row in self._conn.execute("SELECT request_id FROM answers"))

    def rows(self, kind: type[Row]) -> Iterator[Row]:
        """See `Journal.rows`."""
        names = [f.name for f in fields(kind)]
        for row in self._conn.execute(f"SELECT {', '.join(names)} FROM {TABLES[kind]}"):
            values = dict(zip(names, row, strict=True))
            flags = {name: bool(values[name]) for name in _FLAGS & values.keys()}
            yield kind(**{**values, **flags})

    def purge(self, before_day: str) -> int:
        """See `Journal.purge`. Overwrites the rows, rebuilds the file, empties the write-ahead log.

        Raises `JournalError` if a reader keeps the log from being emptied; purge again then.
        """
        with self._conn:
            gone = sum(
                self._conn.execute(
                    f"DELETE FROM {table} WHERE {column} < ?",
                    (base.days_before(before_day, longer),),
                ).rowcount
                for table, column, longer in _PURGED
            )
        self._unclean = self._unclean or gone > 0
        if self._unclean:
            self._conn.execute("VACUUM")
            busy, *_ = self._one("PRAGMA wal_checkpoint(TRUNCATE)")
            if busy:
                raise base.JournalError(
                    f"{self.path}: another process reads the file, so the purge could not "
                    f"overwrite everything. Let it end; the next purge finishes the work."
                )
            self._unclean = False
        return gone

    def verify(self) -> Verdict:
        """See `Journal.verify`."""
        return _verify(self._conn)

    def close(self) -> None:
        """See `Journal.close`."""
        self._db.close()

    def _insert(self, table: str, rows: list[Any], conflict: str = "ABORT") -> None:
        """Insert rows with one statement for many.

        Each step of a statement gives Python's lock away and must wait to get it back from a busy
        hub; `executemany` takes a step per row.
        """
        for start in range(0, len(rows), ROWS_A_STATEMENT):
            some = rows[start : start + ROWS_A_STATEMENT]
            self._conn.execute(
                _insert_sql(table, len(some[0]), len(some), conflict),
                tuple(chain.from_iterable(some)),
            )

    def _event_rows(self, records: list[Record]) -> tuple[list[Any], list[Any], str]:
        events, numbers, previous, seq = [], [], self._last_digest, self._last_seq
        for r in records:
            seq += 1
            if r.seq != seq:
                raise base.JournalError(f"event {r.seq} does not follow event {seq - 1}")
            body = body_of(r.event)
            kind = r.event
            previous = digest(previous, r, kind.version, body)
            events.append((r.seq, r.at, r.day, r.actor, kind.type, kind.version, body, previous))
            if isinstance(kind, TicketIssued):
                numbers.append((r.day, kind.series, kind.ordinal, r.seq))
        return events, numbers, previous

    def _one(self, sql: str, *args: object) -> Any:
        return self._conn.execute(sql, args).fetchone()


def verify_file(path: Path) -> Verdict:
    """Verify a journal's file without changing it; its controller may be running.

    Raises `ChainBroken`, or `JournalError` if this is no journal.
    """
    return _reading(path, _verify)


def last_day_of(path: Path) -> list[Record]:
    """The events of the newest day in a journal's file, in order; see `verify_file`."""
    return _reading(path, _last_day)


def _reading(path: Path, read: Callable[[sqlite3.Connection], Read]) -> Read:
    # Without a log nobody has the file open; a plain read would leave files of its own there,
    # which might belong to a user whose files the controller may not open.
    idle = not path.with_name(f"{path.name}-wal").exists()
    how = "mode=ro&immutable=1" if idle else "mode=ro"
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=5)
        try:
            return read(connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise base.JournalError(f"this is not a readable journal ({error})") from error


def _last_day(connection: sqlite3.Connection) -> list[Record]:
    rows = connection.execute(
        "SELECT seq, at, day, actor, type, version, body FROM events"
        " WHERE seq >= (SELECT max(seq) FROM events WHERE type = ?) ORDER BY seq",
        (DayOpened.type,),
    )
    return [
        Record(seq, at, day, actor, event_from(type_, version, body))
        for seq, at, day, actor, type_, version, body in rows
    ]


def _verify(connection: sqlite3.Connection) -> Verdict:
    previous, expected = GENESIS, 0
    rows = connection.execute(
        "SELECT seq, at, day, actor, type, version, body, digest FROM events ORDER BY seq"
    )
    for seq, at, day, actor, type_, version, body, stored in rows:
        expected += 1
        if seq != expected:
            raise ChainBroken(expected, f"is missing, the next is {seq}")
        try:
            record = Record(seq, at, day, actor, event_from(type_, version, body))
        except (ValueError, TypeError, KeyError) as error:
            raise ChainBroken(seq, f"cannot be read ({error})") from error
        previous = digest(previous, record, version, body)
        if previous != stored:
            raise ChainBroken(seq, "does not match its digest")
    return Verdict(expected, previous)


def records_of_file(path: Path) -> Iterator[Record]:
    """The events of a journal's file, which is only read; its controller may be running.

    Raises `JournalError` if this is no journal.
    """
    idle = not path.with_name(f"{path.name}-wal").exists()
    how = "mode=ro&immutable=1" if idle else "mode=ro"
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=5)
        try:
            for seq, at, day, actor, type_, version, body in connection.execute(
                "SELECT seq, at, day, actor, type, version, body FROM events ORDER BY seq"
            ):
                yield Record(seq, at, day, actor, event_from(type_, version, body))
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise base.JournalError(f"this is not a readable journal ({error})") from error
