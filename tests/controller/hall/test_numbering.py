"""Numbers: one series per letter and day, never twice, and what happens when it is used up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.numbering import capacity, format_number
from controller.hall.plan import WindowPlan
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import small_plan


def numbers(desk: Desk, item: str, times: int) -> list[str]:
    return [desk.ticket(desk.issue(item)).number for _ in range(times)]


def test_numbers_start_at_one_and_are_written_with_leading_zeros() -> None:
    assert numbers(Desk(), "C-1", 3) == ["C001", "C002", "C003"]
    assert format_number("R", 46, 3) == "R046"
    assert capacity(3) == 999


def test_each_series_counts_for_itself() -> None:
    desk = Desk()
    assert numbers(desk, "C-1", 2) + numbers(desk, "T-1", 2) == ["C001", "C002", "F001", "F002"]


def test_the_first_item_gives_the_series() -> None:
    desk = Desk()
    assert desk.ticket(desk.issue("T-1", "C-1")).number == "F001"


def test_a_full_series_goes_on_in_the_reserve_and_then_refuses() -> None:
    desk = Desk(small_plan(digits=1, reserve_series=("X", "Y")))
    given = numbers(desk, "C-1", 27)
    assert given == [f"{letter}{n}" for letter in "CXY" for n in range(1, 10)]
    with pytest.raises(x.SeriesFull, match="Series C"):
        desk.issue("C-1")
    assert len(desk.hall.tickets) == 27
    assert numbers(desk, "T-1", 9)[-1] == "F9", "another series is not full"
    with pytest.raises(x.SeriesFull):
        desk.issue("T-1")


def test_two_full_series_share_the_reserve_without_a_repeat() -> None:
    desk = Desk(small_plan(digits=1, reserve_series=("X",)))
    numbers(desk, "C-1", 9)
    numbers(desk, "T-1", 9)
    assert numbers(desk, "C-1", 4) + numbers(desk, "T-1", 5) == [f"X{n}" for n in range(1, 10)]


def test_a_number_that_was_voided_or_cancelled_is_not_given_again() -> None:
    desk = Desk()
    desk.do(c.Cancel(desk.issue("C-1")))
    assert numbers(desk, "C-1", 1) == ["C002"]


def test_the_next_day_begins_at_one_again_under_another_id() -> None:
    desk = Desk()
    first = desk.issue("C-1")
    desk.clock.set("2026-03-18 09:00:00")
    second = desk.issue("C-1")
    assert (first, second) == ("2026-03-17-C001", "2026-03-18-C001")


def test_no_number_is_given_for_an_item_that_no_window_can_do() -> None:
    plan = small_plan()
    civil_only = {1: WindowPlan(1, "A", frozenset({"civil"}))}
    desk = Desk(replace(plan, windows=civil_only))
    with pytest.raises(x.ItemWithoutWindow, match="T-1"):
        desk.issue("C-1", "T-1")
