"""FR-43: the console as a strip beside other programs, and the sheet for when nothing works."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_server import DeskServer
from tests.browser.desk_steps import key, press, until

pytestmark = pytest.mark.browser


def strip_of(console: Page) -> Page:
    """The strip that the console's button opens."""
    with console.context.expect_page() as opened:
        console.get_by_role("button", name="小窗").press("Enter")
    strip = opened.value
    expect(strip.locator(".strip")).to_be_visible()
    return strip


def test_fr_43_the_strip_on_top_goes_by_the_keyboard_and_shares_the_state_of_the_page(
    console: Page, server: DeskServer
) -> None:
    strip = strip_of(console)
    assert strip.url == "about:blank"  # on top of other windows, not another page
    press(strip, "F1")
    expect(strip.locator(".mini .no")).to_have_text("R031")
    expect(console.locator(".tk.called .no")).to_have_text("R031")
    press(strip, "F3", "F4")
    until(lambda: server.deeds == ["open", "call", "arrive", "finish"], "the cycle is done")
    press(strip, "F9")
    expect(strip.locator(".ks .small")).to_have_count(5)
    strip.keyboard.press("3")
    expect(console.locator(".blank h2")).to_have_text("暂停服务：会议")
    expect(strip.locator(".state")).to_have_text("已暂停")


def test_a_strip_that_was_closed_may_be_opened_again(console: Page, server: DeskServer) -> None:
    strip_of(console).close()
    strip = strip_of(console)
    press(strip, "F1")
    expect(console.locator(".tk.called .no")).to_have_text("R031")


def test_the_strip_goes_with_the_window(console: Page, server: DeskServer) -> None:
    strip = strip_of(console)
    with strip.expect_event("close"):
        server.change(lambda hall: hall.window.update(clerk="0666"))
    expect(console.locator("h1")).to_have_text("本窗口已由别人接管")


def test_fr_43_where_nothing_stays_on_top_the_strip_is_a_small_window_already_signed_in(
    console: Page, server: DeskServer
) -> None:
    console.evaluate("delete globalThis.documentPictureInPicture")
    strip = strip_of(console)
    assert strip.url.endswith("/console?mini")
    strip.wait_for_function("innerWidth === 320 && innerHeight === 120")
    press(strip, "F1", "F3", "F4")
    until(lambda: server.deeds == ["open", "call", "arrive", "finish"], "the cycle is done")
    expect(console.locator(".facts2")).to_contain_text("12 件")


def test_without_the_controller_a_sheet_to_write_on_is_printed(
    console: Page, server: DeskServer
) -> None:
    press(console, "F1")
    expect(console.locator(".tk.called")).to_be_visible()
    console.evaluate("globalThis.print = () => { globalThis.printed = true; }")
    expect(console.locator(".paper")).to_be_hidden()
    server.silence()
    console.get_by_role("button", name="打印纸质登记表").press("Enter")
    assert console.evaluate("globalThis.printed")
    console.emulate_media(media="print")
    sheet = console.locator(".paper")
    expect(sheet).to_be_visible()
    expect(console.locator(".top, .keys, .work, .banner").first).to_be_hidden()
    expect(sheet.locator("tbody tr").first).to_contain_text("R031")
    assert "王" not in sheet.inner_text()
    assert len(console.pdf(prefer_css_page_size=True).split(b"/Type /Page\n")) == 2


def test_the_strip_shows_when_the_controller_is_lost_and_refuses(
    console: Page, server: DeskServer
) -> None:
    strip = strip_of(console)
    server.silence()
    expect(strip.locator("small[role=status]")).to_have_text("连接中断")
    expect(key(strip, "F1")).to_be_disabled()
    strip.keyboard.press("F1")
    server.speak()
    expect(key(strip, "F1")).to_be_enabled()
    assert server.deeds == ["open"]
