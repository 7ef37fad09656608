"""A day of the demo's hall as a kiosk knows it, with figures that take room on the page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from config import load_hall
from controller.catalogue import Catalogue, plan_of
from controller.openings import Openings
from controller.views.board import Board
from controller.views.kiosk import day_json
from kiosk.day import Day, day_from_json
from tests.controller.hall_fixture import FakeClock

DEMO = Path(__file__).resolve().parents[2] / "config" / "demo"
CLOCK = FakeClock("2026-03-17 10:42:00")
NOW_MS = CLOCK.at // 1000
WAITS = [(0, 0), (0, 5), (10, 20), (15, 25), (120, 180)]


@cache
def demo_json() -> dict[str, Any]:
    """The answer of ``GET /kiosk/day``."""
    config = load_hall(DEMO)
    catalogue = Catalogue(config)
    board = Board(plan_of(config))
    board.day = "2026-03-17"
    codes = list(catalogue.items)

    def told(code: str) -> tuple[int, tuple[int, int]]:
        at = codes.index(code)
        wait = WAITS[at % len(WAITS)]
        return (at * 7) % 31 + 1 if wait[1] else 0, wait

    keys = ["11" * 32, "22" * 32]
    answer = day_json(board, catalogue, Openings(config), CLOCK.now(), "00" * 32, keys, told)
    return answer | {"waiting_total": 46}


def demo_day(**changes: Any) -> Day:
    """The day, with some of its facts changed."""
    return day_from_json(demo_json() | changes)
