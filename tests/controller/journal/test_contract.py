"""What every journal keeps to, whatever it writes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from controller.hall import day_events as d
from controller.hall import events as e
from controller.journal.base import (
    Batch,
    DayKeyRow,
    DeviceRow,
    Journal,
    JournalError,
    PersonRow,
    Record,
    SessionRow,
    SetupRow,
    StaffRow,
)
from controller.journal.codec import GENESIS
from controller.journal.memory import MemoryJournal
from controller.journal.sqlite import SqliteJournal
from tests.controller.journal.samples import (
    DAY,
    LATER,
    NEXT,
    NOON,
    ROWS,
    answer,
    batch,
    issued,
    person,
)

REFUSALS = (JournalError, sqlite3.Error)


@pytest.fixture(params=["memory", "sqlite"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    made: Journal = (
        MemoryJournal() if request.param == "memory" else SqliteJournal(tmp_path / "journal.db")
    )
    yield made
    made.close()


def begun(journal: Journal) -> Journal:
    journal.append(batch(0, d.DayOpened(DAY), issued(1), issued(2)))
    return journal


def everything(journal: Journal) -> tuple[object, ...]:
    return (
        list(journal.read()),
        journal.last_seq(),
        sorted(journal.request_ids()),
        [sorted(map(str, journal.rows(kind))) for kind in {type(r) for r in ROWS}],
        journal.verify(),
    )


def test_an_empty_journal_knows_nothing(journal: Journal) -> None:
    assert list(journal.read()) == []
    assert (journal.day_start(), journal.last_seq(), journal.answer("r")) == (0, 0, None)
    assert journal.verify().digest == GENESIS
    assert [journal.digest(seq) for seq in (-1, 0, 1)] == ["", "", ""]
    assert journal.purge(NEXT) == 0


def test_a_hall_is_known_for_ever_by_how_its_journal_began(journal: Journal) -> None:
    journal.append(batch(0, d.DayOpened(DAY)))
    origin = journal.digest(1)
    assert origin == journal.verify().digest
    journal.append(batch(1, issued(1)))
    assert journal.digest(1) == origin
    assert journal.digest(2) == journal.verify().digest != origin
    assert journal.digest(3) == ""


def test_what_was_appended_is_read_in_order(journal: Journal) -> None:
    begun(journal)
    journal.append(batch(3, e.TicketPrinted(f"{DAY}-C001")))
    assert [r.seq for r in journal.read()] == [1, 2, 3, 4]
    assert [r.seq for r in journal.read(after=2)] == [3, 4]
    assert [r.seq for r in journal.read(after=1, limit=2)] == [2, 3]
    assert list(journal.read(after=4)) == []
    assert next(journal.read(1)) == Record(2, NOON + 2, DAY, "kiosk:k-1", issued(1))
    assert (journal.last_seq(), journal.verify().events) == (4, 4)


def test_a_batch_is_kept_whole_with_answers_and_rows(journal: Journal) -> None:
    whole = batch(0, d.DayOpened(DAY))
    whole.answers.append(answer("request-1"))
    whole.rows.extend(ROWS)
    journal.append(whole)
    assert journal.answer("request-1") == answer("request-1")
    assert list(journal.request_ids()) == ["request-1"]
    for kind in (PersonRow, DeviceRow, StaffRow, SetupRow, SessionRow, DayKeyRow):
        kept = {str(r): r for r in journal.rows(kind)}
        assert kept == {str(r): r for r in ROWS if type(r) is kind}


def test_a_row_is_replaced_by_a_newer_one_of_its_name(journal: Journal) -> None:
    journal.append(Batch(rows=[StaffRow("0517", "clerk", True, None)]))
    journal.append(Batch(rows=[StaffRow("0517", "clerk", False, "x")]))
    assert list(journal.rows(StaffRow)) == [StaffRow("0517", "clerk", False, "x")]


def test_answers_and_rows_may_come_without_events(journal: Journal) -> None:
    begun(journal)
    journal.append(Batch(answers=[answer("request-1")], rows=[ROWS[0]]))
    assert journal.last_seq() == 3
    assert journal.answer("request-1") is not None


@pytest.mark.parametrize(
    "spoilt",
    [
        batch(4, issued(3)),  # a gap
        batch(2, issued(3)),  # a repeat
        batch(3, issued(3), issued(2)),  # a number given twice, in two batches
        batch(3, issued(3), issued(3)),  # and in one
        Batch(
            [*batch(3, issued(3)).records, *batch(4, issued(4)).records][::-1]
        ),  # in the wrong order
        replace(batch(3, issued(3)), answers=[answer("kept")]),  # an answer given twice
        replace(batch(3, issued(3)), answers=[answer("new-1"), answer("new-1")]),
    ],
    ids=[
        "gap",
        "repeat",
        "number",
        "number in one batch",
        "order",
        "answer",
        "answer in one batch",
    ],
)
def test_a_batch_that_does_not_fit_is_refused_and_leaves_no_trace(
    journal: Journal, spoilt: Batch
) -> None:
    begun(journal)
    journal.append(Batch(answers=[answer("kept")]))
    spoilt.rows[:] = [person(3)]
    before = everything(journal)
    with pytest.raises(REFUSALS):
        journal.append(spoilt)
    assert everything(journal) == before
    journal.append(batch(3, issued(3)))
    assert journal.verify().events == 4


def test_the_same_number_on_another_day_is_another_ticket(journal: Journal) -> None:
    begun(journal)
    journal.append(batch(3, d.DayOpened(NEXT), issued(1, NEXT), day=NEXT))
    assert journal.last_seq() == 5


def test_the_day_starts_at_the_newest_opening(journal: Journal) -> None:
    begun(journal)
    assert journal.day_start() == 0
    journal.append(batch(3, d.DayOpened(NEXT), issued(1, NEXT), day=NEXT))
    assert journal.day_start() == 3
    assert next(journal.read(journal.day_start())).event == d.DayOpened(NEXT)


def test_a_purge_destroys_persons_and_keys_of_days_before_answers_later_and_nothing_else(
    journal: Journal,
) -> None:
    whole = batch(0, d.DayOpened(DAY), issued(1))
    whole.rows.extend([*ROWS, person(1, day=NEXT), DayKeyRow(NEXT, "n" * 43)])
    whole.answers.extend([answer("old-1"), answer("new-1", NEXT)])
    journal.append(whole)
    digest = journal.verify()
    assert journal.purge(NEXT) == 4
    assert [r.day for r in journal.rows(PersonRow)] == [NEXT]  # type: ignore[union-attr]
    assert list(journal.rows(DayKeyRow)) == [DayKeyRow(NEXT, "n" * 43)]
    assert sorted(journal.request_ids()) == ["new-1", "old-1"]
    assert len(list(journal.rows(StaffRow))) == 2
    assert journal.verify() == digest, "the chain holds without the persons"
    assert journal.purge(NEXT) == 0
    assert journal.purge(LATER) == 3
    assert (journal.answer("old-1"), list(journal.request_ids())) == (None, ["new-1"])


def test_the_chain_depends_on_all_that_was_before(journal: Journal) -> None:
    begun(journal)
    one = journal.verify()
    journal.append(batch(3, e.TicketPrinted(f"{DAY}-C001")))
    assert journal.verify().digest != one.digest
