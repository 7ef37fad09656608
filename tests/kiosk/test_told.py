"""Numbers that were told, and that a restored controller may have forgotten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.outbox import Given
from kiosk.session.model import Outcome
from kiosk.told import WAITS_MS, Told

DAY = "2026-03-17"
NOW = 60_000
ONE = Given(f"{DAY}-R990", "request-1-g", "CODE01", 1_000, ("RS-003",), None, "elder", "ab" * 32)
TWO = replace(ONE, ticket=f"{DAY}-R991", request_id="request-2-g", code="CODE02", at=2_000)
OTHER = replace(ONE, ticket=f"{DAY}-A991", request_id="request-3-g", at=1_500)


def bare(given: Given) -> Given:
    again = f"{given.request_id}-r"
    return replace(given, request_id=again, key=None, masked=None, priority=None)


def test_numbers_of_a_block_are_found_in_the_order_in_which_they_were_given(tmp_path: Path) -> None:
    book = Told(tmp_path / "told.jsonl")
    for given in (TWO, ONE, OTHER):
        book.note(given, Outcome.PRINTED)
    blocks = [("R", 991, 995), ("R", 981, 990)]
    assert book.among(DAY, blocks, NOW) == [(bare(g), Outcome.PRINTED) for g in (ONE, TWO)]
    assert book.among(DAY, [("A", 990, 999)], NOW) == [(bare(OTHER), Outcome.PRINTED)]
    assert book.among(DAY, [("R", 992, 999)], NOW) == []
    assert book.among("2026-03-18", blocks, NOW) == []
    book.close()


def test_a_restart_knows_them_and_nothing_says_whose_they_were(tmp_path: Path) -> None:
    file = tmp_path / "told.jsonl"
    first = Told(file)
    first.note(ONE, Outcome.UNPROVEN)
    first.note(ONE, Outcome.PRINTED)
    first.close()
    assert "abab" not in file.read_text()
    assert "elder" not in file.read_text()
    with file.open("a") as torn:
        torn.write('{"given": 3}\n{"giv')
    again = Told(file)
    assert again.among(DAY, [("R", 1, 999)], NOW) == [(bare(ONE), Outcome.PRINTED)]
    again.close()


def test_told_again_and_again_it_is_one_request(tmp_path: Path) -> None:
    book = Told(tmp_path / "told.jsonl")
    book.note(ONE, Outcome.PRINTED)
    book.note(bare(ONE), Outcome.PRINTED)
    assert book.among(DAY, [("R", 990, 990)], NOW) == [(bare(ONE), Outcome.PRINTED)]
    book.close()


def test_they_are_forgotten_when_the_day_turns(tmp_path: Path) -> None:
    file = tmp_path / "told.jsonl"
    book = Told(file)
    book.note(ONE, Outcome.PRINTED)
    book.forget(DAY)
    assert file.stat().st_size
    book.forget("2026-03-18")
    assert not file.stat().st_size
    book.close()


def test_a_number_of_the_controller_s_is_kept_once_it_is_known_how_it_ended(tmp_path: Path) -> None:
    book = Told(tmp_path / "told.jsonl")
    for given in (ONE, TWO, OTHER):
        book.got(bare(given))
    assert book.among(DAY, [("R", 1, 999)], NOW) == []
    book.ended(ONE.ticket, Outcome.PRINTED)
    book.ended(TWO.ticket, Outcome.VOID)
    book.ended(f"{DAY}-B001", Outcome.PRINTED)
    assert book.among(DAY, [("R", 1, 999)], NOW) == [(bare(ONE), Outcome.PRINTED)]
    book.close()


def test_whoever_got_it_hours_ago_was_called_or_has_gone(tmp_path: Path) -> None:
    book = Told(tmp_path / "told.jsonl")
    book.note(ONE, Outcome.PRINTED)
    assert book.among(DAY, [("R", 1, 999)], ONE.at + WAITS_MS)
    assert not book.among(DAY, [("R", 1, 999)], ONE.at + WAITS_MS + 1)
    book.close()
