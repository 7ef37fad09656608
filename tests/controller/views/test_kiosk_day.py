"""What a kiosk is told of the day: for which service numbers are given now (FR-12)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from config import HallConfig, load_hall
from controller.catalogue import Catalogue, plan_of
from controller.hall.slots import availability, slots_ahead
from controller.openings import Openings
from controller.views.board import Board
from controller.views.kiosk import day_json
from tests.controller.hall_fixture import FakeClock, at

DEMO = Path(__file__).resolve().parents[3] / "config" / "demo"


@pytest.fixture(scope="module")
def config() -> HallConfig:
    return load_hall(DEMO)


def day_at(config: HallConfig, wall: str, taken: dict[Any, int] | None = None) -> dict[str, Any]:
    clock, plan = FakeClock(wall), plan_of(config)
    board = Board(plan)
    board.day = wall[:10]
    now, opening = clock.now(), plan.opening
    assert opening is not None
    return day_json(
        board,
        Catalogue(config),
        Openings(config),
        now,
        "00" * 32,
        [],
        given=lambda code: availability(opening, code, now.local, taken or {}),
        slots=lambda code: slots_ahead(opening, code, now.local, taken or {}),
    )


def test_fr_12_in_the_morning_numbers_are_given_for_everything(config: HallConfig) -> None:
    day = day_at(config, "2026-03-17 09:30:00")
    assert {item["ticketing"] for item in day["items"]} == {"open"}
    assert {item["next_at"] for item in day["items"]} == {None}


def test_fr_12_at_noon_only_for_what_the_windows_on_duty_do(config: HallConfig) -> None:
    day = day_at(config, "2026-03-17 12:30:00")
    assert day["open"]
    closed = [item for item in day["items"] if item["ticketing"] == "closed"]
    assert 0 < len(closed) < len(day["items"])
    again = {item["next_at"] for item in closed}
    assert again == {at("2026-03-17 13:15:00") // 1000}


def test_a_hall_without_hours_gives_numbers_always(config: HallConfig) -> None:
    plan = plan_of(config, round_the_clock=True)
    board, clock = Board(plan), FakeClock("2026-03-15 03:00:00")
    board.day = "2026-03-15"
    openings = Openings(config, round_the_clock=True)
    day = day_json(board, Catalogue(config), openings, clock.now(), "00" * 32, [])
    assert {item["ticketing"] for item in day["items"]} == {"open"}
    assert {item["slots"] for item in day["items"]} == {None}


def test_a_kiosk_is_told_the_rest_of_each_item_s_hours_today(config: HallConfig) -> None:
    day = day_at(config, "2026-03-17 12:30:00")
    (closed, *_) = [item for item in day["items"] if item["ticketing"] == "closed"]
    afternoon = [at(f"2026-03-17 {wall}:00") // 1000 for wall in ("13:15", "16:45")]
    assert closed["slots"] == [[*afternoon, None]]
    open_now = next(item for item in day["items"] if item["ticketing"] == "open")
    assert open_now["slots"][0][0] <= at("2026-03-17 12:30:00") // 1000 < open_now["slots"][0][1]


def test_a_kiosk_is_told_what_is_left_of_a_quota(config: HallConfig) -> None:
    items = tuple(item.model_copy(update={"quota": 3}) for item in config.items)
    limited, code = config.model_copy(update={"items": items}), config.items[0].code
    morning = datetime(2026, 3, 17, 8, 45)
    day = day_at(limited, "2026-03-17 09:30:00", {(code, morning): 2})
    told = {item["code"]: item["slots"] for item in day["items"]}
    assert told.pop(code)[0][2] == 1
    assert {slots[0][2] for slots in told.values()} == {3}
