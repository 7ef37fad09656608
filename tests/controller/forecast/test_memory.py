"""What was foretold and came true, from day to day."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.forecast.memory import DAYS_KEPT, MOST_A_DAY, Memory
from controller.forecast.sample import Raw
from controller.hall import commands as c
from controller.hall.day_events import DayOpened
from controller.hall.evolve import Applied
from controller.hall.model import DispatchClass, PrintState, Ticket
from tests.controller.forecast.pictures import Desk

RAW = Raw(8.0, 4.0, 14.0, True)
TICKET = Ticket("t", "C001", 0, (), DispatchClass.ORDINARY, 1.0, 0, 0)


def lived(memory: Memory) -> None:
    """Somebody is told a wait, gets the paper, and is called twelve minutes later."""
    desk = Desk()
    memory.fold(Applied(1, desk.clock.at, DayOpened(desk.hall.day)))
    desk.open(1)
    ticket = desk.issue("C-1")
    memory.tell(desk.hall.tickets[ticket], RAW)
    memory.fold(desk.do(c.ConfirmPrint(ticket, PrintState.PRINTED)))
    desk.clock.forward(720)
    memory.fold(desk.do(c.CallNext(1, "c1")))


def test_a_call_makes_a_pair_of_what_was_told() -> None:
    memory = Memory()
    lived(memory)
    (pair,) = memory.pairs()
    assert (pair.raw, pair.actual) == (RAW, 12.0)
    assert memory.changed


def test_who_gives_the_number_back_teaches_nothing() -> None:
    memory, desk = Memory(), Desk()
    desk.open(1)
    ticket = desk.issue("C-1")
    memory.tell(desk.hall.tickets[ticket], RAW)
    memory.fold(desk.do(c.Cancel(ticket)))
    assert memory.pairs() == []


def test_today_teaches_from_tomorrow_on() -> None:
    memory = Memory()
    for _ in range(80):
        lived(memory)
    assert memory.calibration().corrected(8.0) == 8.0
    assert memory.fold(Applied(9, 0, DayOpened("2026-03-18")))
    assert memory.calibration().corrected(8.0) > 9.5


def test_what_was_written_is_read_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "forecasts.json"
    memory = Memory(path)
    lived(memory)
    memory.write(memory.text())
    assert not memory.changed
    assert Memory(path).pairs() == memory.pairs() != []
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "other"}', '{"days": 3}'])
def test_a_damaged_file_is_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "forecasts.json"
    path.write_text(text)
    assert Memory(path).pairs() == []


def test_neither_days_nor_pairs_pile_up() -> None:
    memory = Memory()
    for n in range(DAYS_KEPT + 5):
        lived(memory)
        memory._days[f"2026-01-{n:02}"] = memory._days.pop(memory.day)
    assert len(memory.text()) < 3000
    assert len(memory.pairs()) == DAYS_KEPT


def test_of_a_very_busy_day_every_other_pair_is_kept() -> None:
    memory = Memory()
    for _ in range(MOST_A_DAY + 1):
        memory._keep(RAW, TICKET, 0)
    assert len(memory.pairs()) == MOST_A_DAY // 2


def test_nothing_of_a_ticket_is_written() -> None:
    memory = Memory()
    lived(memory)
    text = memory.text()
    assert "C001" not in text
    assert "C-1" not in text
