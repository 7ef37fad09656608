"""What the page is told to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from kiosk.day import Day, day_from_json
from kiosk.screen import view
from kiosk.session.model import DayChanged
from tests.kiosk.people import day_json
from tests.kiosk.visits import ready


def closed(day: Day) -> dict[str, Any]:
    shown = view(ready(DayChanged(day)), no=1, name="1号取号机", now=0.0, now_ms=0)
    told: dict[str, Any] = shown["closed"]
    return told


def test_fr_12_a_closed_hall_says_why_and_when_numbers_are_given_again() -> None:
    holiday = day_from_json(
        day_json(
            day="2026-04-06",
            open=False,
            closed_why="holiday",
            closed_name="清明节",
            closed_name_en="Tomb-Sweeping Day",
            opens_at=int(datetime(2026, 4, 7, 0, 45, tzinfo=UTC).timestamp() * 1000),
        )
    )
    assert closed(holiday) == {
        "opens": "08:45",
        "opens_on": "2026-04-07",
        "why": "holiday",
        "name": "清明节",
        "name_en": "Tomb-Sweeping Day",
    }
    assert closed(replace(holiday, date=date(2026, 4, 7)))["opens_on"] == ""
