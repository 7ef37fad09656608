"""Numbers that only a lost journal knew: nobody else gets one (FR-22, FR-23)."""

from __future__ import annotations

import pytest

from controller.hall import commands as c
from controller.hall import refusals as r
from controller.hall.day_events import NumbersDoubted
from controller.hall.numbering import UNHEARD
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import small_plan

BEGAN = 10


def doubt(heard: int, began: int, spare: int) -> c.Doubt:
    """Another event has another digest."""
    return c.Doubt(heard, f"{heard:016x}", began, spare)


def doubting(heard: int = 110, spare: int = 30, **rules: object) -> Desk:
    """One number was given out, then the hall heard that a hundred events are lost."""
    desk = Desk(small_plan(**rules))
    desk.issue("C-1")
    desk.do(doubt(heard, BEGAN, spare))
    return desk


def reports(desk: Desk, ordinal: int, by: str = "k-1") -> str:
    return desk.issue("C-1", given=("C", ordinal), by=by)


def doubted(desk: Desk) -> dict[str, list[tuple[int, int]]]:
    event = next(a.event for a in reversed(desk.log) if isinstance(a.event, NumbersDoubted))
    found: dict[str, list[tuple[int, int]]] = {}
    for series, first, last in event.blocks:
        found.setdefault(series, []).append((first, last))
    return found


def test_as_many_numbers_are_skipped_as_the_lost_events_can_have_given_and_some_more() -> None:
    desk = doubting()
    assert doubted(desk)["C"] == [(2, 1 + 50 + UNHEARD), (970, 999)]
    assert desk.ticket(desk.issue("C-1")).number == "C102"
    (leased,) = desk.do(c.Lease("k-1", "C", 5))
    assert (leased.first, leased.last) == (965, 969)  # type: ignore[attr-defined]


def test_every_series_is_doubted_those_without_a_number_and_the_reserve_too() -> None:
    found = doubted(doubting(reserve_series=("X",)))
    assert found["F"] == found["X"] == [(1, 100), (970, 999)]


@pytest.mark.parametrize("ordinal", [2, 101, 970, 999])
def test_whoever_holds_one_stands_in_line_once_told_by_whichever_kiosk(ordinal: int) -> None:
    desk = doubting()
    assert desk.ticket(reports(desk, ordinal, by="k-7")).number == f"C{ordinal:03d}"
    with pytest.raises(r.NotLeased):
        reports(desk, ordinal)


@pytest.mark.parametrize("ordinal", [1, 102, 969])
def test_a_number_that_is_in_no_doubt_is_nobody_s_to_tell(ordinal: int) -> None:
    with pytest.raises(r.NotLeased):
        reports(doubting(), ordinal)


def test_many_kiosks_doubt_no_more_than_the_one_that_has_heard_most() -> None:
    desk = doubting()
    assert desk.do(doubt(110, BEGAN, 30)) == desk.do(doubt(90, BEGAN, 30)) == []
    desk.issue("C-1")
    desk.do(doubt(130, BEGAN, 30))
    assert doubted(desk) == {"C": [(103, 111)], "F": [(101, 110)]}
    assert desk.ticket(desk.issue("C-1")).number == "C112"


def test_a_journal_that_was_restored_again_doubts_what_the_one_before_it_gave() -> None:
    """It was copied from the restored one, which had done less than what was lost before."""
    desk = doubting(heard=400)
    assert desk.ticket(desk.issue("C-1")).number == "C247"
    desk.do(doubt(200, 100, 0))
    assert doubted(desk)["C"] == [(248, 247 + 50 + UNHEARD)]


def test_a_kiosk_that_lies_can_take_no_more_than_its_share_however_often() -> None:
    desk = doubting()
    for heard in (10**6, 10**9, 2**53 - 1):
        desk.do(doubt(heard, BEGAN, 10**6))
    number = desk.ticket(desk.issue("C-1")).number
    assert number == f"C{1 + 998 // 2 + 1}"
    (leased,) = desk.do(c.Lease("k-1", "C", 5))
    assert leased.last == 999 - 998 // 4  # type: ignore[attr-defined]


def test_a_kiosk_that_has_heard_less_than_the_backup_knows_makes_little_doubtful() -> None:
    """The controller was restarted since, and has done more than what was lost."""
    desk = doubting(heard=5)
    assert doubted(desk)["C"][0] == (2, 1 + UNHEARD)


def test_a_quarter_of_a_series_is_left_for_who_comes_now_whatever_is_lost() -> None:
    desk = doubting(heard=1_000_000, spare=10_000)
    assert doubted(desk)["C"] == [(2, 500), (751, 999)]
    assert desk.ticket(desk.issue("C-1")).number == "C501"


def test_a_series_that_is_nearly_full_goes_on_in_the_reserve() -> None:
    desk = Desk(small_plan(digits=1, reserve_series=("X",)))
    for _ in range(8):
        desk.issue("C-1")
    desk.do(doubt(110, BEGAN, 5))
    assert "C" not in doubted(desk)
    assert desk.ticket(desk.issue("C-1")).number == "C9"
    assert desk.ticket(desk.issue("C-1")).number == "X5"


def test_what_was_told_before_a_restart_is_doubted_no_more_after_it() -> None:
    assert doubting().do(doubt(110, 500, 30)) == []


def test_the_next_day_doubts_nothing() -> None:
    desk = doubting()
    desk.clock.set("2026-03-18 09:00:00")
    desk.turn()
    assert desk.ticket(desk.issue("C-1")).number == "C001"
    assert (desk.hall.doubts, desk.hall.leased) == (None, {})
