"""A call is a call: from the console's key or from a program, the same event reaches everybody."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_steps import press
from tests.browser.screens import WATCH, hold_time, open_screen, pass_time, until
from tests.controller.web.process import PASSWORD, House, Json, Process
from tests.controller.web.process import until as within_patience
from tests.controller.web.test_live import Watcher

pytestmark = pytest.mark.browser

STAFF_NO, WINDOW = "0505", 5
ROOMS = ("hall", "zone:B", "window:5")
ITEM = "RS-003"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    process = Process(tmp_path / "hall").start()
    yield House(process)
    process.kill()


@pytest.fixture
def console(house: House, new_page: Callable[..., Page]) -> Page:
    """The console of window 5, signed in by hand and opened."""
    house.staff(STAFF_NO, "clerk")
    page = new_page(1366, 768)
    page.goto(f"{house.address}/console")
    page.get_by_label("工号").fill(STAFF_NO)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("button.window", has=page.locator(".no", has_text="5")).first.click()
    expect(page.locator('[data-key="F1"]')).to_be_enabled()
    return page


@pytest.fixture
def wall(house: House, new_page: Callable[..., Page]) -> Page:
    """The hall display, live."""
    page = new_page()
    open_screen(page, f"{house.address}/screens/hall", True, house.device("screen", "screen"))
    page.evaluate(WATCH)
    hold_time(page)
    return page


def test_an_api_call_and_a_console_call_leave_the_same_event_and_reach_every_screen(
    house: House, console: Page, wall: Page
) -> None:
    by_key, by_program, _ = (house.issue(ITEM) for _ in range(3))
    screen = Watcher(house, "screen", *ROOMS)
    try:
        press(console, "F1")
        expect(console.locator(".tk.called .no")).to_have_text(by_key["number"])
        until(wall, "(number) => seen.fresh.has(number)", by_key["number"])
        pass_time(wall, 1.5, cut_off=True)  # within a second another would wait for its turn
        press(console, "F3", "F4")
        expect(console.locator(".blank")).to_be_visible()
        answer = house.client(STAFF_NO).command(f"/windows/{WINDOW}/call")
        assert answer["ticket"]["id"] == by_program["id"]
        expect(console.locator(".tk.called .no")).to_have_text(by_program["number"])
        until(wall, "(number) => seen.fresh.has(number)", by_program["number"])
        for room in ROOMS:
            within_patience(lambda r=room: screen.seq(r) >= answer["seq"], f"the call in {room}")
    finally:
        screen.close()
    told = [[e for e in screen.events(room) if e["type"] == "ticket.called"] for room in ROOMS]
    assert told[0] == told[1] == told[2]
    one, other = told[0]
    assert shape(one) == shape(other)
    assert [e["ticket"]["id"] for e in told[0]] == [by_key["id"], by_program["id"]]
    kept = called(house.process.state)
    assert [row["seq"] for row in kept] == [one["seq"], other["seq"]]
    first, second = ({k: v for k, v in row.items() if k not in OWN} for row in kept)
    assert first == second
    assert [row["body"]["ticket"] for row in kept] == [by_key["id"], by_program["id"]]


#: What differs between any two calls in the journal.
OWN = {"seq", "at", "digest", "body"}


def called(state: Path) -> list[Json]:
    """The calls in the journal, as they are kept, with what two calls must have in common."""
    [path] = state.glob("*.db")
    with closing(sqlite3.connect(path)) as journal:
        journal.row_factory = sqlite3.Row
        rows = journal.execute("SELECT * FROM events WHERE type = 'ticket.called' ORDER BY seq")
        kept = [dict(row) for row in rows]
    for row in kept:
        row["body"] = json.loads(row["body"])
        row["shape"] = shape({k: v for k, v in row["body"].items() if k != "reason"})
        row["reason"] = sorted(row["body"]["reason"])
        row["same"] = {k: row["body"][k] for k in ("window", "clerk", "items")}
    return kept


def shape(value: object) -> object:
    """The fields of a value and their types, without what they hold."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    return [shape(part) for part in value] if isinstance(value, list) else type(value).__name__
