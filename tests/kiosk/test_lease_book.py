"""Numbers set aside for a kiosk: none is given twice, whatever becomes of the kiosk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.leases import Block, LeaseBook

DAY, NEXT = "2026-03-17", "2026-03-18"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "leases.jsonl"


@pytest.fixture
def book(path: Path) -> Iterator[LeaseBook]:
    one = LeaseBook(path)
    yield one
    one.close()


def block(first: int, last: int, day: str = DAY, letter: str = "R") -> Block:
    return Block(day, "R", letter, first, last)


def all_of(book: LeaseBook, day: str = DAY, series: str = "R") -> list[str]:
    found = []
    while (number := book.take(day, series)) is not None:
        found.append(f"{number[0]}{number[1]}")
    return found


def test_numbers_are_taken_in_order_and_then_there_is_none(book: LeaseBook) -> None:
    book.add(block(995, 997))
    book.add(block(1, 2, letter="X"))
    assert book.left(DAY, "R") == 5
    assert all_of(book) == ["R995", "R996", "R997", "X1", "X2"]
    assert book.left(DAY, "R") == 0


def test_a_restart_goes_on_where_it_was(path: Path, book: LeaseBook) -> None:
    book.add(block(995, 999))
    book.take(DAY, "R")
    book.take(DAY, "R")
    again = LeaseBook(path)
    assert all_of(again) == ["R997", "R998", "R999"]
    again.close()


def test_a_number_is_crossed_out_on_disk_before_anybody_has_it(
    path: Path, book: LeaseBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.add(block(995, 999))
    synced: list[str] = []
    with monkeypatch.context() as watch:
        watch.setattr(os, "fsync", lambda fd: synced.append(path.read_text()))
        assert book.take(DAY, "R") == ("R", 995)
    assert '"used": 995' in synced[-1]


def test_a_number_that_cannot_be_crossed_out_is_not_given(
    book: LeaseBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.add(block(995, 999))

    def full(fd: int) -> None:
        raise OSError("full")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="full"):
            book.take(DAY, "R")
    assert book.take(DAY, "R") == ("R", 995), "nobody has had it"


def test_a_block_is_good_for_its_series_and_its_day_only(book: LeaseBook) -> None:
    book.add(block(995, 999))
    assert book.take(NEXT, "R") is None
    assert book.take(DAY, "A") is None
    book.add(block(998, 999, day=NEXT))
    book.forget(NEXT)
    assert book.left(DAY, "R") == 0
    assert all_of(book, NEXT) == ["R998", "R999"]


def test_a_book_of_which_something_was_lost_is_worth_nothing(path: Path, book: LeaseBook) -> None:
    book.add(block(995, 999))
    book.take(DAY, "R")
    book.add(block(990, 994))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"\0" * (len(lines[1]) - 1) + b"\n" + lines[2])
    again = LeaseBook(path)
    assert again.left(DAY, "R") == 0, "the lost line may have said that 995 is used"
    again.close()


def test_only_what_the_controller_has_set_aside_is_kept(path: Path, book: LeaseBook) -> None:
    book.add(block(990, 999))
    book.take(DAY, "R")
    book.keep_only(DAY, [("R", 990, 994), ("R", 998, 998), ("A", 1, 50)])
    assert all_of(book) == ["R991", "R992", "R993", "R994", "R998"]
    again = LeaseBook(path)
    assert all_of(again) == []
    again.close()


def test_a_number_that_was_given_is_not_given_again_out_of_another_block(
    path: Path, book: LeaseBook
) -> None:
    """A controller that was restored from an older backup may set the same numbers aside."""
    book.add(block(995, 999))
    book.take(DAY, "R")
    book.keep_only(DAY, [])
    assert book.left(DAY, "R") == 0
    book.add(block(995, 999))
    again = LeaseBook(path)
    assert all_of(again) == ["R996", "R997", "R998", "R999"]
    again.close()
