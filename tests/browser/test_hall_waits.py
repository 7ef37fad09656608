"""The expected waits under the calls: Chinese first, and nothing that may no longer be true."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hall_page import PORTRAIT, Hall, NewPage, open_hall
from tests.browser.screens import (
    controller_behind_cable,
    hold_time,
    open_screen,
    pass_time,
    pull,
    serious_findings,
    until,
)
from tests.browser.test_hall_looks import CUT

pytestmark = pytest.mark.browser

WAITS = {
    "A": [15, 25],
    "B": [0, 5],
    "C": [0, 0],
    "D": [20, 20],
    "E": [5, 15],
    "X": [5, 10],
    "Y": [0, 20],
}
PAGES = 3  # people, and the waits of four and three zones


@pytest.fixture
def hall() -> Iterator[Hall]:
    with controller_behind_cable() as both:
        both[0].board.waits = {zone: list(wait) for zone, wait in WAITS.items()}
        yield both


def strip(page: Page) -> list[str]:
    """The words of the strip: label, zone, value, zone, value."""
    words = page.locator(".zones .zh, .zones .plate, .zones b:not(:has(.zh))")
    return [text.strip() for text in words.all_inner_texts()]


def turns(page: Page) -> list[list[str]]:
    """The strip on each of its pages."""
    found = []
    for _ in range(PAGES):
        pass_time(page, 10)
        found.append(strip(page))
    return found


def test_the_hall_shows_the_wait_of_every_zone_in_turns(hall: Hall, new_page: NewPage) -> None:
    _, cable = hall
    page = new_page()
    open_hall(page, cable)
    hold_time(page)
    shown = turns(page)
    assert [
        "约需等候",
        "A",
        "15–25 分钟",
        "B",
        "5 分钟以内",
        "C",
        "无需等候",
        "D",
        "20 分钟",
    ] in shown
    assert ["约需等候", "E", "5–15 分钟", "出件", "5–10 分钟", "咨询", "20 分钟以内"] in shown
    assert [words for words in shown if words[0] == "等候人数"], "people waiting keep their turn"


def test_english_stands_second_under_the_chinese(hall: Hall, new_page: NewPage) -> None:
    _, cable = hall
    page = new_page()
    open_screen(page, f"{cable.url}/screens/zone/B")
    expect(page.locator(".zones .en[lang=en]")).to_have_text(
        ["People waiting", "Expected wait", "within 5 min"]
    )
    chinese, english = (page.locator(f".zones b .{lang}").bounding_box() for lang in ("zh", "en"))
    assert chinese is not None
    assert english is not None
    assert chinese["y"] + chinese["height"] <= english["y"]


@pytest.mark.parametrize("shape", [(1920, 1080), PORTRAIT], ids=["landscape", "portrait"])
def test_a_zone_s_own_screen_shows_people_and_wait_at_once(
    hall: Hall, new_page: NewPage, shape: tuple[int, int]
) -> None:
    controller, cable = hall
    controller.call("R046", 5, quietly=True)
    controller.board.waits = {**WAITS, "B": [100, 130]}
    page = new_page(*shape)
    open_screen(page, f"{cable.url}/screens/zone/B")
    expect(page.locator(".zones.waiting.expected")).to_be_visible()
    assert strip(page) == ["等候人数", "B", "11", "约需等候", "100–130 分钟"]
    assert page.evaluate(CUT) == []
    assert serious_findings(page) == []


def test_a_new_forecast_is_shown_without_any_event(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_screen(page, f"{cable.url}/screens/zone/B")
    expect(page.locator(".zones")).to_contain_text("5 分钟以内")
    seq = controller.board.seq
    controller.board.waits = {"B": [40, 55]}
    expect(page.locator(".zones")).to_contain_text("40–55 分钟")
    assert controller.board.seq == seq


def test_zones_of_which_nothing_is_known_are_left_out(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    controller.board.waits = {"C": [5, 15]}
    page = new_page()
    open_hall(page, cable)
    hold_time(page)
    assert ["约需等候", "C", "5–15 分钟"] in turns(page)


def test_what_the_controller_does_not_know_is_not_shown(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_screen(page, f"{cable.url}/screens/zone/B")
    expect(page.locator(".zones.expected")).to_be_visible()
    controller.board.waits = None
    expect(page.locator(".zones.expected")).to_have_count(0)
    assert strip(page) == ["等候人数", "B", "11"]


def test_a_wait_older_than_half_a_minute_is_not_shown(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    controller.board.waits_age_ms = 31_000
    page = new_page()
    open_screen(page, f"{cable.url}/screens/zone/B")
    assert strip(page) == ["等候人数", "B", "11"]
    controller.board.waits_age_ms = 20_000
    expect(page.locator(".zones")).to_contain_text("5 分钟以内")


def test_a_screen_that_hears_nothing_more_drops_the_wait_after_half_a_minute(
    hall: Hall, new_page: NewPage
) -> None:
    controller, cable = hall
    page = new_page()
    open_screen(page, f"{cable.url}/screens/zone/B", clock=True)
    until(page, "() => document.querySelector('.zones.expected')")
    hold_time(page)
    pull(page, controller, cable)
    pass_time(page, 25, cut_off=True)
    assert page.locator(".zones.expected").count() == 1
    pass_time(page, 7, cut_off=True)
    assert strip(page) == ["等候人数", "B", "11"]
