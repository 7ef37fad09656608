"""STAFFING: learned demand, foretold waits and free clerks become figures and sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from config import DEMO, HallConfig, load_hall
from controller.catalogue import Catalogue, plan_of
from controller.hall.model import WindowState, first_guess
from controller.views.board import Board
from controller.views.demand import Demand, demand
from controller.views.staffing_json import Outside, staffing_json
from controller.views.waits import Waits
from tests.controller.hall_fixture import FakeClock

SKILL = "social_ins"


@pytest.fixture(scope="module")
def config() -> HallConfig:
    return load_hall(DEMO)


@pytest.fixture
def board(config: HallConfig) -> Board:
    """A hall in which 3 alone is open."""
    board = Board(plan_of(config))
    board.windows[3] = replace(board.windows[3], state=WindowState.OPEN, clerk="0503")
    return board


@pytest.fixture
def usual(config: HallConfig, board: Board) -> Demand:
    return demand(config, board.plan, first_guess(board.plan))


def told(config: HallConfig, board: Board, outside: Outside) -> dict[str, Any]:
    return staffing_json(board, Catalogue(config), FakeClock().now(), outside)


def row(found: dict[str, Any], skill: str = SKILL) -> dict[str, Any]:
    return next(s for s in found["skills"] if s["skill"] == skill)


def test_twice_the_learned_demand_is_twice_the_work(
    config: HallConfig, board: Board, usual: Demand
) -> None:
    twice = replace(usual, daily={c: 2 * n for c, n in usual.daily.items()}, days=12.34)
    once, double = told(config, board, Outside(usual)), told(config, board, Outside(twice))
    assert (once["days"], double["days"]) == (0, 12.3)
    before, after = (row(found)["loads"][0]["work_min"] for found in (once, double))
    assert after == pytest.approx(2 * before, abs=1)
    assert before > 0


def test_longer_learned_services_are_more_work(
    config: HallConfig, board: Board, usual: Demand
) -> None:
    slow = replace(usual, minutes={c: 1.5 * m for c, m in usual.minutes.items()})
    once, longer = told(config, board, Outside(usual)), told(config, board, Outside(slow))
    assert row(longer)["loads"][0]["work_min"] > row(once)["loads"][0]["work_min"]


def test_the_wait_of_who_comes_now_is_figure_and_evidence(
    config: HallConfig, board: Board, usual: Demand
) -> None:
    waits = Waits(7_000_000, {SKILL: (15, 25)})
    found = told(config, board, Outside(usual, waits))
    assert found["waits_at"] == 7_000
    assert row(found)["wait"] == [15, 25]
    assert row(found, "pickup")["wait"] is None
    (advised,) = [a for a in found["advice"] if a["skill"] == SKILL][:1]
    assert "预计等候：约 15–25 分钟。" in advised["evidence"]["zh"]
    assert "about 15–25 min." in advised["evidence"]["en"]


def test_without_a_fresh_forecast_no_wait_is_told(
    config: HallConfig, board: Board, usual: Demand
) -> None:
    found = told(config, board, Outside(usual))
    assert found["waits_at"] is None
    assert {s["wait"] for s in found["skills"]} == {None}
    assert not any("预计等候" in a["evidence"]["zh"] for a in found["advice"])


def test_nobody_free_is_said(config: HallConfig, board: Board, usual: Demand) -> None:
    everybody = frozenset(clerk.no for clerk in config.clerks)
    found = told(config, board, Outside(usual, gone=everybody))
    assert found["free"] == []
    assert found["advice"]
    for each in found["advice"]:
        assert each["clerk"] is None
        assert each["evidence"]["zh"].endswith(f"没有空闲且能办{each['skill_name']}的人员。")


def test_a_clerk_of_another_window_is_told_with_it(
    config: HallConfig, board: Board, usual: Demand
) -> None:
    alone = config.model_copy(
        update={"clerks": tuple(c for c in config.clerks if c.no in {"0503", "0512"})}
    )
    found = told(alone, board, Outside(usual))
    assert found["free"] == [{"no": "0512", "window": 12}]
    first = next(a for a in found["advice"] if a["clerk"] and a["window"] != 12)
    assert "工号 0512（平时在 12 号窗口）空闲" in first["evidence"]["zh"]
    assert "Clerk 0512 (usually at window 12) is free" in first["evidence"]["en"]


def test_a_hall_without_configured_clerks_says_nothing_of_them(
    config: HallConfig, board: Board, usual: Demand
) -> None:
    found = told(config.model_copy(update={"clerks": ()}), board, Outside(usual))
    assert found["free"] is None
    assert not any("人员" in a["evidence"]["zh"] for a in found["advice"])
