"""How the guide desk looks and reads: both languages, a desk and a tablet, and what is typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_checks import overflows, violations
from tests.browser.guide_desk import NewPage, at_desk, choose, deed, find, hall, shown
from tests.controller.web.process import House

pytestmark = pytest.mark.browser

I18N = Path(__file__).parents[2] / "display/static/desk/i18n"
SIZES = [(1366, 768), (1080, 1920), (683, 384)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = hall(tmp_path_factory.mktemp("looks") / "hall")
    found.issue("RS-001", "YB-001", needs=["interpreter", "low_counter"])
    found.issue("BD-001", priority="elder80")
    found.issue("GJ-001")
    yield found
    found.process.stop()


def sound(page: Page, state: str) -> None:
    assert violations(page) == [], state
    assert overflows(page) == [], state


def every_state(page: Page) -> None:
    """Go through what the desk shows; each state must be accessible and whole."""
    page.keyboard.press("F2")
    sound(page, "nothing chosen")
    choose(page, "shbzksl")
    page.locator("[name=group]").select_option("infant")
    sound(page, "chosen")
    page.locator("[name=grant]").select_option("visible")
    page.locator(".go .main").click()
    expect(page.locator(".given .big")).to_be_visible()
    sound(page, "given")
    page.locator(".given .main").click()
    find(page, "Z99")
    expect(page.locator(".find-side .problem")).to_be_visible()
    sound(page, "not found")
    deed(shown(page, "L001"), "why").click()
    expect(page.locator(".answer")).to_be_visible()
    sound(page, "why")
    for question in ("grant", "move", "cancel"):
        deed(page, question).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        sound(page, question)
        page.keyboard.press("Escape")
    page.locator(".tabs button").last.click()
    sound(page, "a slip")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_state_is_accessible_and_nothing_is_cut(
    house: House, new_page: NewPage, width: int, height: int
) -> None:
    page = at_desk(new_page(width, height), house)
    every_state(page)
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    every_state(page)


def test_fr_06_the_most_used_items_are_one_touch_away_on_a_desk_s_screen(
    house: House, new_page: NewPage
) -> None:
    page = at_desk(new_page(1366, 768), house)
    tiles = page.locator(".tile")
    expect(tiles).to_have_count(8)
    footer = page.locator(".order").bounding_box()
    last = tiles.last.bounding_box()
    assert footer is not None
    assert last is not None
    assert last["y"] + last["height"] <= footer["y"]


def test_fr_06_every_item_is_at_most_two_touches_away(house: House, new_page: NewPage) -> None:
    page = at_desk(new_page(1366, 768), house)
    seen: set[str] = set()
    for shelf in page.locator(".shelves button").all():
        shelf.click()
        expect(shelf).to_have_attribute("aria-pressed", "true")
        seen.update(page.locator(".tile").all_text_contents())
    assert len(seen) >= 70


def call(page: Page, house: House, function: str, *arguments: Any) -> Any:
    """What a pure function of query.js makes of arguments."""
    page.goto(f"{house.address}/desk")
    return page.evaluate(
        "async ([name, all]) => (await import('/static/desk/query.js'))[name](...all)",
        [function, list(arguments)],
    )


def test_what_is_typed_is_read_as_people_mean_it(house: House, new_page: NewPage) -> None:
    means = {
        "r46": {"number": "R046"},
        " R046 ": {"number": "R046"},
        "7k3m-2q": {"code": "7K3M2Q"},
        "https://hall.example/t/7K3M2Q": {"code": "7K3M2Q"},
        "HJK-234": {"code": "HJK234"},
        "46": {"tail": "46"},
        "R0046": None,
        "社保": None,
        "": None,
    }
    page = new_page()
    assert {typed: call(page, house, "readQuery", typed) for typed in means} == means


def test_a_time_is_read_with_and_without_a_colon(house: House, new_page: NewPage) -> None:
    means = {"9:05": "09:05", "0905": "09:05", "9：05": "09:05", "24:00": None, "9:60": None}
    page = new_page()
    assert {typed: call(page, house, "readTime", typed) for typed in means} == means


def test_a_time_on_the_wall_is_an_instant_of_today_and_none_that_is_to_come(
    house: House, new_page: NewPage
) -> None:
    now = 1_795_574_530_000
    at = call(new_page(), house, "instantOf", "10:40", "10:42", now)
    assert at == now - now % 60_000 - 120_000
    assert call(new_page(), house, "instantOf", "10:43", "10:42", now) is None


def test_both_catalogues_hold_the_same_words() -> None:
    zh, en = (
        json.loads((I18N / f"{lang}.json").read_text(encoding="utf-8")) for lang in ("zh", "en")
    )
    assert zh.keys() == en.keys()
