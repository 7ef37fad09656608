"""The journal's file, read with plain SQLite; and its hash chain, worked out anew."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Row:
    """An event as it stands in the file."""

    seq: int
    at: int
    day: str
    actor: str
    type: str
    version: int
    body: str
    digest: str


@contextmanager
def reading(journal: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write and sees one state of the file. Raises sqlite3.Error."""
    uri = f"{journal.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=10, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        yield connection


def rows(connection: sqlite3.Connection, after: int) -> Iterator[Row]:
    """The events after a seq."""
    sql = (
        "SELECT seq, at, day, actor, type, version, body, digest FROM events"
        " WHERE seq > ? ORDER BY seq"
    )
    return (Row(*values) for values in connection.execute(sql, (after,)))


def digest_at(connection: sqlite3.Connection, seq: int) -> str | None:
    """The digest of an event, if there is that event."""
    found = connection.execute("SELECT digest FROM events WHERE seq = ?", (seq,)).fetchone()
    return None if found is None else str(found[0])


def last_seq(journal: Path) -> int:
    """The newest event's seq; 0 without one. Raises sqlite3.Error."""
    with reading(journal) as connection:
        return int(connection.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])


def linked(previous: str, row: Row) -> str:
    """The digest that an event must have after the one with the digest `previous`.

    SHA-256 over the JSON list of the predecessor's digest and every column, without blanks.
    """
    columns = [previous, row.seq, row.at, row.day, row.actor, row.type, row.version, row.body]
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def kept_answer(connection: sqlite3.Connection, request_id: str) -> tuple[int, str] | None:
    """Status and body that are kept for repeats of a request."""
    found = connection.execute(
        "SELECT status, body FROM answers WHERE request_id = ?", (request_id,)
    ).fetchone()
    return None if found is None else (int(found[0]), str(found[1]))


def is_kept(journal: Path, request_id: str) -> bool:
    """Whether a repeat of this request is known as one."""
    with reading(journal) as connection:
        return kept_answer(connection, request_id) is not None


def people(connection: sqlite3.Connection, day: str) -> list[tuple[str, str | None]]:
    """Ticket and key of everybody who took a number on a day."""
    return list(connection.execute("SELECT ticket, key FROM persons WHERE day = ?", (day,)))


def numbers(connection: sqlite3.Connection) -> list[tuple[int, str, str, int]]:
    """Seq, day, series and ordinal of every number given out, in order."""
    return list(connection.execute("SELECT seq, day, series, ordinal FROM numbers ORDER BY seq"))


def days_with_people(connection: sqlite3.Connection) -> list[str]:
    """The days of which somebody is known."""
    return [row[0] for row in connection.execute("SELECT DISTINCT day FROM persons")]


def bookings(connection: sqlite3.Connection) -> list[tuple[str, str, str | None, str]]:
    """Id, day, owner and state of the appointments that are kept."""
    return list(connection.execute("SELECT booking, day, person, state FROM bookings"))


def absences(connection: sqlite3.Connection) -> list[str]:
    """The appointments whose owners did not come, unless that was cleared."""
    return [row[0] for row in connection.execute("SELECT booking FROM absences WHERE NOT cleared")]


def blocks(connection: sqlite3.Connection) -> dict[str, str]:
    """Who may book nothing, and until when."""
    return dict(connection.execute("SELECT person, until FROM blocks"))
