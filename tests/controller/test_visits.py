"""For thirty days at most the code on a slip rates a visit, and nothing else is known by then."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.journal.base import Batch, DeviceRow, Journal, VisitRow
from controller.journal.memory import MemoryJournal
from controller.journal.sqlite import SqliteJournal
from controller.visits import Visits

DAY = "2026-03-17"


def row(ticket: str, day: str = DAY, window: int = 5, at: int = 1, state: str = "open") -> VisitRow:
    return VisitRow(ticket, day, window, f"7K3{ticket}", at, state)


@pytest.fixture(params=["memory", "sqlite"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Journal:
    return MemoryJournal() if request.param == "memory" else SqliteJournal(tmp_path / "j.db")


def test_visits_are_kept_for_thirty_days_and_then_destroyed(journal: Journal) -> None:
    journal.append(Batch(rows=[row("001"), row("002", "2026-03-18"), row("001", state="rated")]))
    assert journal.purge("2026-04-16") == 0
    assert {r.ticket: r.state for r in journal.rows(VisitRow)} == {"001": "rated", "002": "open"}  # type: ignore[union-attr]
    assert journal.purge("2026-04-17") == 1
    assert [r.ticket for r in journal.rows(VisitRow)] == ["002"]  # type: ignore[union-attr]
    journal.close()


def test_what_a_screen_was_approved_for_is_kept(journal: Journal) -> None:
    device = DeviceRow("s-1", "screen", "5 号窗口屏", "approved", "", "s" * 64, "window:5")
    journal.append(Batch(rows=[device]))
    assert list(journal.rows(DeviceRow)) == [device]
    journal.close()


def test_a_visit_is_found_by_its_code_as_people_write_it_until_it_is_forgotten() -> None:
    visits = Visits()
    visits.apply(row("001"))
    assert visits.ticket_of_code("7k3-001") == "001"
    visits.forget("2026-04-16")
    assert visits.ticket_of_code("7K3001") == "001"
    visits.forget("2026-04-17")
    assert (visits.ticket_of_code("7K3001"), visits.rows, visits.last) == (None, {}, {})


def test_the_last_visit_of_a_window_is_the_one_that_ended_last() -> None:
    visits = Visits()
    for one in (row("002", at=2), row("001", at=1), row("003", window=6, at=3)):
        visits.apply(one)
    assert visits.last == {5: "002", 6: "003"}
