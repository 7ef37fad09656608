"""Every state of the console, both languages, also at 200 %: accessible, 7:1, nothing cut off."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clock import standing_still
from tests.browser.desk_checks import overflows, violations
from tests.browser.desk_fake import DeskHall, Refused, bundle
from tests.browser.desk_server import DeskServer
from tests.browser.desk_steps import at_window, key, press

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]
I18N = Path(__file__).parents[2] / "display/static/console/i18n"


@pytest.fixture
def server() -> Iterator[DeskServer]:
    running = DeskServer(DeskHall(waiting=[bundle("R046")], recall_gap_s=60, pass_after_s=60))
    yield running
    running.close()


def check(page: Page, state: str) -> None:
    assert (state, violations(page)) == (state, [])
    assert (state, overflows(page)) == (state, [])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["desk", "zoomed"])
def test_all_states_are_accessible_and_whole(
    server: DeskServer, new_page: NewPage, lang: str, size: tuple[int, int]
) -> None:
    page = new_page(*size)
    page.clock.install()
    at_window(page, server)
    if lang == "en":
        page.get_by_role("button", name="EN", exact=True).click()
    check(page, "idle")
    press(page, "F1")
    expect(page.locator(".tk.called")).to_be_visible()
    check(page, "called")
    press(page, "F3")
    expect(page.locator(".result")).to_be_visible()
    check(page, "serving")
    expect(key(page, "F4")).to_be_enabled()
    with standing_still(page):
        page.keyboard.press("F4")
        expect(page.locator(".result.grace")).to_be_visible()
        page.keyboard.press("2")
    expect(page.locator(".items li.done")).to_have_count(1)
    server.refuse = Refused("wrong-state", 409, "It is finished already.", "这个号已经办结。")
    press(page, "F4")
    page.keyboard.press("1")
    expect(page.locator(".notice")).to_be_visible()
    check(page, "refused")
    server.silence()
    expect(page.locator(".banner")).to_be_visible()
    check(page, "offline")


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["desk", "zoomed"])
def test_pausing_and_leaving_are_accessible_and_whole(
    server: DeskServer, new_page: NewPage, size: tuple[int, int]
) -> None:
    page = at_window(new_page(*size), server)
    page.get_by_role("button", name="关窗").click()
    expect(page.locator("dialog")).to_be_visible()
    check(page, "close")
    page.keyboard.press("Escape")
    press(page, "F9")
    expect(page.locator("dialog")).to_be_visible()
    check(page, "pause form")
    page.keyboard.press("Enter")
    expect(page.locator(".me .state")).to_have_text("已暂停")
    check(page, "paused")


def test_the_keys_stay_in_view_at_200_percent(server: DeskServer, new_page: NewPage) -> None:
    page = at_window(new_page(683, 384), server)
    press(page, "F1")
    expect(page.locator(".tk.called")).to_be_visible()
    for name in ["F1", "F3", "Esc"]:
        expect(key(page, name)).to_be_in_viewport(ratio=1)


def test_the_strip_fits_320_by_120(server: DeskServer, new_page: NewPage) -> None:
    page = at_window(new_page(320, 120), server, "/console?mini")
    for name in ["F1", "F3"]:
        press(page, name)
    expect(page.locator(".mini .no")).to_have_text("R046")
    assert page.evaluate("document.documentElement.scrollHeight") == 120
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    check(page, "strip")


def test_both_catalogues_hold_the_same_words() -> None:
    zh, en = (
        json.loads((I18N / f"{lang}.json").read_text(encoding="utf-8")) for lang in ("zh", "en")
    )
    assert zh.keys() == en.keys()
