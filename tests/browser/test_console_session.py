"""The clerk console: signing on, being taken over, coming back and leaving."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_server import DeskServer
from tests.browser.desk_steps import at_window, key, press, quiet, sign_in, until

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]


def test_a_window_taken_over_is_said_and_the_keys_are_gone(
    console: Page, server: DeskServer
) -> None:
    server.change(lambda hall: hall.window.update(clerk="0666"))
    expect(console.locator("h1:visible")).to_have_text("本窗口已由别人接管")
    expect(console.get_by_text("工号 0666 已登录 5 号窗口")).to_be_visible()
    console.keyboard.press("F1")
    quiet(console)
    assert server.deeds == ["open"]


def test_a_session_that_ended_asks_for_a_new_sign_in(console: Page, server: DeskServer) -> None:
    server.session_ended = True
    press(console, "F1")
    expect(console.get_by_text("请重新登录")).to_be_visible()
    console.get_by_role("button", name="重新登录").click()
    expect(console.locator("[name=staff_no]")).to_be_visible()


def test_a_reload_comes_back_to_the_ticket_in_hand(console: Page, server: DeskServer) -> None:
    press(console, "F1")
    expect(console.locator(".tk.called")).to_be_visible()
    console.reload()
    expect(console.locator(".tk.called .no")).to_have_text("R031")
    assert server.deeds == ["open", "call"]


def test_a_window_of_another_clerk_cannot_be_chosen(server: DeskServer, new_page: NewPage) -> None:
    page = new_page(1366, 768)
    sign_in(page, server)
    taken = page.get_by_role("button", name="工号 0518 在用")
    expect(taken).to_be_disabled()


def test_a_double_click_opens_a_window_once(server: DeskServer, new_page: NewPage) -> None:
    page = new_page(1366, 768)
    sign_in(page, server)
    server.hold = threading.Event()
    page.get_by_role("button", name="综合民生").first.dblclick()
    until(lambda: server.deeds == ["open"], "the window is open")
    server.hold.set()
    press(page, "F1")
    expect(key(page, "F3")).to_be_enabled()
    assert server.deeds == ["open", "call"]


def test_leaving_closes_the_window_first(console: Page, server: DeskServer) -> None:
    console.get_by_role("button", name="签退").click()
    expect(console.locator("dialog")).to_be_visible()
    console.keyboard.press("Enter")
    expect(console.locator("[name=staff_no]")).to_be_visible()
    assert server.deeds == ["open", "close"]
    assert console.evaluate("Object.keys({...sessionStorage})") == []


def test_nobody_leaves_with_a_ticket_in_hand(console: Page, server: DeskServer) -> None:
    press(console, "F1")
    expect(key(console, "F3")).to_be_enabled()  # the call is answered: the window hears again
    console.get_by_role("button", name="关窗").click()
    expect(console.locator(".notice")).to_contain_text("R031 还没有办完")
    assert server.deeds == ["open", "call"]


def test_where_arriving_and_starting_are_apart_f3_is_pressed_twice(
    server: DeskServer, new_page: NewPage
) -> None:
    server.hall.separate = True
    page = at_window(new_page(1366, 768), server)
    press(page, "F1", "F3")
    expect(page.locator(".me .state")).to_have_text("已到达")
    expect(key(page, "F3")).to_contain_text("开始")
    expect(key(page, "F3")).to_be_enabled()
    expect(key(page, "F4")).to_be_disabled()
    quiet(page)  # the same key soon after would be the same press
    press(page, "F3")
    expect(page.locator(".me .state")).to_have_text("办理中")
    press(page, "F4")
    expect(page.locator(".blank")).to_be_visible()
    assert server.deeds == ["open", "call", "arrive", "start", "finish"]


def test_the_strip_asks_by_digits(server: DeskServer, new_page: NewPage) -> None:
    page = at_window(new_page(320, 120), server, "/console?mini")
    press(page, "F1")
    expect(page.locator(".mini .no")).to_have_text("R031")
    expect(key(page, "F3")).to_be_enabled()  # the call is answered: keys are heard again
    page.keyboard.press("F6")
    expect(page.locator(".mini small[role=status]")).to_have_text("转移请用完整操作台")
    page.keyboard.press("Escape")
    page.keyboard.press("F10")
    expect(page.locator(".mini .ks button")).to_have_text(
        ["1未到", "2中途离开", "3人证不符", "4本人放弃"]
    )
    page.keyboard.press("Escape")
    expect(key(page, "F3")).to_be_enabled()
