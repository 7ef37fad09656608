"""The journal's file: whole, honest, unique in its schema, and clean after a purge."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.hall import day_events as d
from controller.hall import events as e
from controller.journal.base import Batch, ChainBroken, DayKeyRow, JournalError
from controller.journal.sqlite import SqliteJournal, verify_file
from tests.controller.journal.samples import DAY, LATER, NEXT, answer, batch, issued, person

COLUMNS = {
    "seq": "seq + 100",
    "at": "at + 1",
    "day": "'2026-03-16'",
    "actor": "'admin:0001'",
    "type": "CASE type WHEN 'ticket.printed' THEN 'ticket.unproven' ELSE 'ticket.printed' END",
    "version": "version + 1",
    "body": "replace(body, '1', '2')",
    "digest": "replace(digest, substr(digest, 1, 1), 'g')",
}
EVENTS = (
    d.DayOpened(DAY),
    issued(1),
    issued(2),
    e.TicketPrinted(f"{DAY}-C001"),
    e.WindowResumed(1),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.db"


@pytest.fixture
def written(path: Path) -> Path:
    """A journal of five events, closed."""
    journal = SqliteJournal(path)
    journal.append(batch(0, *EVENTS))
    journal.close()
    return path


def tamper(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_journal_that_nobody_touched_verifies(written: Path) -> None:
    assert verify_file(written).events == 5


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 2, 4, 5])
def test_a_change_of_any_column_of_any_row_is_seen(written: Path, column: str, seq: int) -> None:
    tamper(written, f"UPDATE events SET {column} = {COLUMNS[column]} WHERE seq = {seq}")
    with pytest.raises(JournalError):
        verify_file(written)
    journal = SqliteJournal(written)
    with pytest.raises(JournalError):
        journal.verify()
    journal.close()


@pytest.mark.parametrize("seq", [1, 3, 4])
def test_a_row_that_was_taken_out_is_missed(written: Path, seq: int) -> None:
    tamper(written, f"DELETE FROM events WHERE seq = {seq}")
    with pytest.raises(ChainBroken, match=f"event {seq}: is missing"):
        verify_file(written)


def test_taking_a_row_out_and_closing_the_ranks_is_seen(written: Path) -> None:
    tamper(
        written,
        "DELETE FROM events WHERE seq = 3",
        "UPDATE events SET seq = 3 WHERE seq = 4",
        "UPDATE events SET seq = 4 WHERE seq = 5",
    )
    with pytest.raises(ChainBroken):
        verify_file(written)


def test_rows_that_changed_places_are_seen(written: Path) -> None:
    tamper(
        written,
        "UPDATE events SET seq = 99 WHERE seq = 2",
        "UPDATE events SET seq = 2 WHERE seq = 3",
        "UPDATE events SET seq = 3 WHERE seq = 99",
    )
    with pytest.raises(ChainBroken):
        verify_file(written)


def test_a_row_that_was_slipped_in_is_seen(written: Path) -> None:
    tamper(
        written,
        "INSERT INTO events SELECT 6, at, day, actor, type, version, body, digest"
        " FROM events WHERE seq = 5",
    )
    with pytest.raises(ChainBroken, match="event 6"):
        verify_file(written)


def test_the_schema_itself_refuses_a_number_twice(written: Path) -> None:
    connection = sqlite3.connect(written)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"INSERT INTO numbers VALUES ('{DAY}', 'C', 1, 5)")
    connection.close()


def test_verifying_a_file_changes_nothing_beside_it_or_in_it(written: Path) -> None:
    before = {p.name: p.read_bytes() for p in written.parent.iterdir()}
    verify_file(written)
    assert {p.name: p.read_bytes() for p in written.parent.iterdir()} == before


def test_a_file_is_verified_while_its_controller_writes_it(path: Path) -> None:
    journal = SqliteJournal(path)
    journal.append(batch(0, *EVENTS))
    assert verify_file(path).events == 5
    journal.append(batch(5, issued(3)))
    assert verify_file(path).events == 6
    journal.close()


@pytest.mark.parametrize("content", [b"", b"this is no journal" * 100])
def test_what_is_no_journal_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "journal.db"
    file.write_bytes(content)
    with pytest.raises(JournalError, match="not a readable journal"):
        verify_file(file)


def test_a_directory_that_cannot_be_written_is_named_with_a_remedy(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(JournalError, match=r"Check that the directory exists"):
        SqliteJournal(blocked / "journal.db")


def test_every_commit_is_synced_to_the_disk(path: Path) -> None:
    journal = SqliteJournal(path)
    pragma = journal._conn.execute
    assert pragma("PRAGMA synchronous").fetchone() == (2,), "FULL"
    assert pragma("PRAGMA journal_mode").fetchone() == ("wal",)
    journal.close()


# --- the purge leaves no byte --------------------------------------------------------------------

MASKED = "欧阳**"
KEY = "c0ffee" * 10 + "beef"
DAY_KEY = "daykeydaykeydaykeydaykeydaykeydaykey"
BODY = '{"private":"what-was-answered"}'
SECRETS = (MASKED.encode(), KEY.encode(), DAY_KEY.encode(), BODY.encode())


def traces(path: Path) -> set[str]:
    """Which secrets can be found in any file beside the journal."""
    bytes_ = b"".join(p.read_bytes() for p in path.parent.iterdir())
    return {s.decode() for s in SECRETS if s in bytes_}


@pytest.fixture
def peopled(path: Path) -> Iterator[SqliteJournal]:
    """A day of fifty people, some of them overwritten, so that pages were freed already."""
    journal = SqliteJournal(path)
    journal.append(Batch(rows=[DayKeyRow(DAY, DAY_KEY)]))
    for n in range(1, 51):
        one = batch(n - 1, issued(n))
        one.rows.extend([person(n, MASKED, KEY), person(1, "x*" * 15 + MASKED, KEY)])
        one.answers.append(answer(f"request-{n}", body=BODY))
        journal.append(one)
    assert traces(path) == {s.decode() for s in SECRETS}
    yield journal
    journal.close()


def test_after_a_purge_no_byte_of_a_person_is_in_the_file_its_log_or_its_free_pages(
    peopled: SqliteJournal, path: Path
) -> None:
    peopled.purge(NEXT)
    assert traces(path) == {BODY}, "answers stay a day longer"
    peopled.purge(LATER)
    assert traces(path) == set()
    assert verify_file(path).events == 50


def test_a_purge_while_somebody_reads_says_so_or_leaves_no_byte_and_can_be_repeated(
    peopled: SqliteJournal, path: Path
) -> None:
    peopled._conn.execute("PRAGMA busy_timeout = 50")
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM persons").fetchone() == (50,)
    with pytest.raises(JournalError, match="purge"):
        peopled.purge(LATER)
    reader.close()
    peopled.purge(LATER)
    assert traces(path) == set()


def test_a_crash_in_the_middle_of_a_purge_is_made_good_at_the_next_start(
    peopled: SqliteJournal, path: Path, tmp_path: Path
) -> None:
    with peopled._conn:
        for table in ("persons", "answers", "day_keys"):
            peopled._conn.execute(f"DELETE FROM {table}")
    crashed = tmp_path / "crashed" / "journal.db"
    crashed.parent.mkdir()
    for file in path.parent.iterdir():
        (crashed.parent / file.name).write_bytes(file.read_bytes())
    assert traces(crashed)
    again = SqliteJournal(crashed)
    assert traces(crashed) == set()
    again.close()
