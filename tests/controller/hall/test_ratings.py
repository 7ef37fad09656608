"""FR-52, FR-53: what may be rated, when, and how it is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall import refusals as r
from controller.hall.instants import SECOND
from controller.hall.model import Result
from controller.hall.plan import Rules
from controller.hall.rating_events import AT_WINDOW, BY_SLIP, RatingExplained, RatingGiven
from controller.hall.ratings import (
    LEVELS,
    LOW,
    Visit,
    check_at_window,
    check_reasons,
    is_fast,
    slip_is_over,
)
from controller.views.board import Board
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import small_plan

DAY = "2026-03-17"
DAYS = 7
T = 1_000 * SECOND
ASKED = Rules().rating_asked_for


def visit(**more: object) -> Visit:
    return Visit(1, T, **({"rated": False, "current": True} | more))  # type: ignore[arg-type]


def given(level: int, window: int = 1, channel: str = AT_WINDOW, day: str = DAY) -> RatingGiven:
    return RatingGiven(window, day, level, (), channel, False)


def finished(desk: Desk, window: int = 1) -> str:
    ticket = desk.called(window=window)
    desk.key(c.Arrive, window)
    desk.key(c.Finish, window, item=0, result=Result.DONE)
    return ticket


def board_of(desk: Desk) -> Board:
    board = Board(small_plan())
    for applied in desk.log:
        board.fold(applied)
    return board


def test_a_visit_is_rated_while_the_window_asks_and_once() -> None:
    check_at_window(visit(), T, ASKED, DAYS)
    check_at_window(visit(), T + 20 * SECOND, ASKED, DAYS)
    with pytest.raises(r.RatingOver):
        check_at_window(visit(), T + 31 * SECOND, ASKED, DAYS)
    with pytest.raises(r.RatingOver):
        check_at_window(visit(current=False), T, ASKED, DAYS)
    with pytest.raises(r.RatingOver):
        check_at_window(None, T, ASKED, DAYS)
    with pytest.raises(r.AlreadyRated):
        check_at_window(visit(rated=True), T, ASKED, DAYS)


def test_a_hall_whose_windows_do_not_ask_takes_no_rating_there() -> None:
    rules = Rules().changed("rating_s", 0)
    with pytest.raises(r.RatingOver):
        check_at_window(visit(), T, rules.rating_asked_for, DAYS)
    desk = Desk()
    finished(desk)
    plan = small_plan()
    board = Board(replace(plan, rules=replace(plan.rules, rating_asked_for=0)))
    for applied in desk.log:
        board.fold(applied)
    assert board.ratings.asking == {}
    assert board.ratings.visits == {1: 1}, "by the slip it may still be rated"


def test_a_window_asks_as_long_as_the_hall_says() -> None:
    asked_for = Rules().changed("rating_s", 60).rating_asked_for
    check_at_window(visit(), T + 60 * SECOND, asked_for, DAYS)
    with pytest.raises(r.RatingOver):
        check_at_window(visit(), T + 71 * SECOND, asked_for, DAYS)


def test_the_code_on_a_slip_rates_for_as_many_days_as_the_hall_says() -> None:
    days = Rules().changed("rating_code_days", 3).rating_days
    assert [slip_is_over(DAY, f"2026-03-{day}", days) for day in (17, 20, 21)] == [
        False,
        False,
        True,
    ]


def test_a_rating_sooner_than_anybody_reads_is_marked() -> None:
    assert is_fast(visit(), T + 2 * SECOND - 1)
    assert not is_fast(visit(), T + 2 * SECOND)


@pytest.mark.parametrize("level", LEVELS)
def test_reasons_are_for_the_two_low_levels_only(level: int) -> None:
    check_reasons(level, ())
    if level in LOW:
        check_reasons(level, ("wait",))
    else:
        with pytest.raises(r.NoReasonsNeeded):
            check_reasons(level, ("wait",))


def test_the_window_asks_after_the_last_matter_and_not_before() -> None:
    desk = Desk()
    desk.called("C-1", "C-2", window=1)
    desk.key(c.Arrive, 1)
    desk.key(c.Finish, 1, item=0, result=Result.DONE)
    assert board_of(desk).ratings.asking == {}
    desk.key(c.Finish, 1, item=1, result=Result.DONE)
    asking = board_of(desk).ratings.asking[1]
    assert (asking.number, asking.until - desk.log[-1].at) == ("C001", 20 * SECOND)


def test_a_matter_left_for_another_window_is_asked_for_there() -> None:
    desk = Desk()
    desk.called("C-1", "T-1", window=1)
    desk.key(c.Arrive, 1)
    desk.key(c.Finish, 1, item=0, result=Result.DONE)
    assert board_of(desk).ratings.asking == {}
    desk.open(3)
    desk.call(3)
    desk.key(c.Arrive, 3)
    desk.key(c.Finish, 3, item=1, result=Result.DONE)
    assert set(board_of(desk).ratings.asking) == {3}


def test_the_next_call_or_a_key_taken_back_ends_the_asking_and_the_count() -> None:
    desk = Desk()
    finished(desk)
    desk.key(c.UndoLast, 1)
    assert board_of(desk).ratings.asking == {}
    assert board_of(desk).ratings.visits.total() == 0
    desk.key(c.Finish, 1, item=0, result=Result.DONE)
    desk.issue()
    assert set(board_of(desk).ratings.asking) == {1}
    desk.call(1)
    board = board_of(desk)
    assert board.ratings.asking == {}
    assert board.ratings.visits == {1: 1}


def test_a_rating_at_the_window_ends_the_asking_and_what_could_be_taken_back() -> None:
    desk = Desk()
    finished(desk)
    desk.fold(given(5))
    assert board_of(desk).ratings.asking == {}
    with pytest.raises(x.NothingToUndo):
        desk.key(c.UndoLast, 1)


def test_a_rating_by_slip_leaves_the_window_as_it_is() -> None:
    desk = Desk()
    finished(desk)
    desk.fold(given(1, channel=BY_SLIP))
    assert set(board_of(desk).ratings.asking) == {1}
    assert desk.key(c.UndoLast, 1)


def test_who_did_not_rate_is_counted_apart() -> None:
    desk = Desk()
    for level in (5, 1):
        finished(desk)
        desk.fold(given(level))
    finished(desk)
    desk.fold(RatingExplained(len(desk.log), ("wait", "attitude")))
    desk.fold(given(4, channel=BY_SLIP))
    desk.fold(given(1, channel=BY_SLIP, day="2026-03-16"))
    finished(desk)
    found = board_of(desk).ratings
    assert found.levels() == {5: 1, 4: 1, 3: 0, 2: 0, 1: 1}
    assert (found.visits[1], found.rated(1), found.low(1), found.by_slip) == (4, 3, 1, 1)
    assert found.reasons == {"wait": 1, "attitude": 1}
