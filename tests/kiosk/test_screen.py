"""What the page is told to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from kiosk.day import Day, day_from_json
from kiosk.screen import view
from kiosk.session.model import DayChanged
from tests.kiosk.people import AT_HOME, day_json, item_json
from tests.kiosk.visits import ready


def closed(day: Day) -> dict[str, Any]:
    shown = view(ready(DayChanged(day)), no=1, name="1号取号机", now=0.0, now_ms=0)
    told: dict[str, Any] = shown["closed"]
    return told


def test_fr_12_a_service_without_numbers_says_why_and_when_again() -> None:
    soon = int(datetime(2026, 3, 17, 5, 15, tzinfo=UTC).timestamp() * 1000)
    items = [
        item_json("RS-003", "社会保障卡申领", ticketing="exhausted", next_at=soon),
        item_json("GA-010", "居民身份证换领补领"),
    ]
    session = ready(DayChanged(day_from_json(day_json(items=items))), *AT_HOME)
    shown = view(session, no=1, name="1号取号机", now=0.0, now_ms=0)
    shut = {tile["code"]: tile["shut"] for tile in shown["home"]["tiles"]}
    assert shut == {
        "RS-003": {"why": "exhausted", "again": "13:15", "again_on": ""},
        "GA-010": None,
    }


def test_a_kiosk_that_is_cut_off_does_not_know_of_quotas() -> None:
    items = [item_json("RS-003", "社会保障卡申领", ticketing="exhausted", next_at=None)]
    assert day_from_json(day_json(items=items)).uncounted().items[0].ticketing == "open"


def test_the_page_tells_when_numbers_are_given_and_not_when_windows_work() -> None:
    spans = [
        [int(datetime(2026, 3, 17, h, 45, tzinfo=UTC).timestamp() * 1000) for h in hours]
        for hours in ((0, 3), (5, 8))
    ]
    session = ready(DayChanged(day_from_json(day_json(ticketing=spans))))
    shown = view(session, no=1, name="1号取号机", now=0.0, now_ms=0)
    assert shown["ticketing"] == ["8:45–11:45", "13:45–16:45"]


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
