"""The touch page rests when nobody is near, and wakes at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clock import stop_clock
from tests.browser.kiosk_day import NOW_MS
from tests.browser.kiosk_fake import FakeAgent
from tests.browser.kiosk_page import open_page, show, until, wait_for

pytestmark = pytest.mark.browser


def test_a_touch_on_the_resting_page_wakes_it_and_presses_nothing(
    kiosk: Page, agent: FakeAgent
) -> None:
    show(kiosk, agent, "idle_asleep")
    expect(kiosk.locator("h1")).to_have_text("请触摸屏幕")
    expect(kiosk.locator("button")).to_have_count(0)
    for x, y in ((540, 960), (200, 1210), (100, 1830)):
        kiosk.mouse.click(x, y)
    until(kiosk, lambda: len(agent.acts) == 3)
    assert {act["act"] for act in agent.acts} == {"touch"}


def test_the_second_half_of_a_double_tap_that_wakes_it_hits_nothing(
    agent: FakeAgent, new_page: Callable[..., Page]
) -> None:
    page = open_page(agent, new_page, clock=True)
    agent.show("idle_asleep")
    wait_for(page, agent)
    stop_clock(page)
    page.clock.run_for(1000)
    agent.show("idle")
    wait_for(page, agent)
    button = page.locator(".two button").first
    button.click()
    page.clock.run_for(400)
    button.click()
    until(page, lambda: agent.did("book_open") != [])
    assert len(agent.did("book_open")) == 1


def test_who_is_felt_or_lays_a_card_sees_the_page_at_once(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "idle_asleep")
    show(kiosk, agent, "idle")
    expect(kiosk.locator("body")).to_have_attribute("data-state", "idle")
    show(kiosk, agent, "idle_asleep")
    show(kiosk, agent, "reading")
    expect(kiosk.locator("body")).to_have_attribute("data-state", "reading")


def test_the_resting_page_never_stays_long_in_one_place(kiosk: Page, agent: FakeAgent) -> None:
    heights = []
    for minute in range(4):
        show(kiosk, agent, "idle_asleep", now_ms=NOW_MS + 30_000 + minute * 60_000)
        box = kiosk.locator("main h1").bounding_box()
        assert box is not None
        heights.append(box["y"])
    assert len(set(heights)) == 3
    assert heights[3] == heights[0]
