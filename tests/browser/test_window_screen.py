"""The window screen: one number, one word, never in doubt about what is old."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from controller.cli.demo.cable import Cable
from tests.browser.fake_controller import now_ms
from tests.browser.hall_page import Hall, NewPage
from tests.browser.screens import (
    contrasts,
    hold_time,
    open_screen,
    pass_time,
    pull,
    serious_findings,
    until,
    until_live,
)

pytestmark = pytest.mark.browser


def open_window(new_page: NewPage, cable: Cable, no: int = 5, clock: bool = False) -> Page:
    page = new_page(1280, 800)
    open_screen(page, f"{cable.url}/screens/window/{no}", clock)
    return page


def test_it_follows_the_window_from_idle_to_closed(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = open_window(new_page, cable)
    now = page.locator(".now")
    expect(now).to_contain_text("空闲")
    call = controller.call("R046", 5)
    expect(page.locator(".now.calling .no")).to_have_text("R046")
    expect(now).to_contain_text("号到本窗口办理")
    controller.recall(call)
    expect(now).to_contain_text("再次呼叫")
    controller.arrive(call)
    expect(page.locator(".now.serving .word")).to_contain_text("正在办理")
    expect(page.locator(".now .no")).to_have_text("R046")
    controller.finish(call)
    expect(now).to_contain_text("空闲")
    controller.window(5, state="paused", reason="meal", until=now_ms() + 3_600_000)
    expect(page.locator(".now.paused .word")).to_contain_text("暂停服务")
    expect(now).to_contain_text(re.compile(r"预计 \d\d:\d\d 恢复"))
    controller.window(5, state="closed", until=None)
    expect(page.locator(".now.closed .word")).to_contain_text("窗口关闭")


def test_calls_of_other_windows_do_not_show(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = open_window(new_page, cable, clock=True)
    hold_time(page)
    controller.call("R047", 7)
    call = controller.call("R046", 5)
    expect(page.locator(".now .no")).to_have_text("R046")
    pass_time(page, 0.1)  # a frame
    until(page, "(seq) => document.documentElement.dataset.shownSeq === String(seq)", call)


def test_only_a_call_heard_live_pulses(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    controller.call("R046", 5, quietly=True)
    page = open_window(new_page, cable, clock=True)
    expect(page.locator(".now.calling .no")).to_have_text("R046")
    assert page.locator(".now.pulse").count() == 0
    hold_time(page)
    controller.recall(101)
    until(page, "() => document.querySelector('.now.pulse')")
    pass_time(page, 5.5)
    until(page, "() => !document.querySelector('.now.pulse')")


def test_silence_shows_a_sign_and_then_a_banner(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = open_window(new_page, cable, clock=True)
    controller.call("R046", 5)
    expect(page.locator(".now .no")).to_have_text("R046")
    hold_time(page)
    pull(page, controller, cable)
    pass_time(page, 4, cut_off=True)
    assert page.locator(".link").count() == 0
    pass_time(page, 2, cut_off=True)
    expect(page.locator(".link")).to_have_count(1)
    assert page.locator(".stale").count() == 0
    pass_time(page, 10, cut_off=True)
    expect(page.locator(".stale")).to_contain_text("信息可能不是最新，请留意语音")
    yellow = "() => getComputedStyle(document.querySelector('.now')).backgroundColor"
    assert page.evaluate(yellow) != "rgb(255, 214, 10)", "an old call does not call"
    cable.mend()
    until_live(page, within_s=6)
    assert page.locator(".stale").count() == 0


def test_the_number_is_150_mm_high_on_a_22_inch_panel(hall: Hall, new_page: NewPage) -> None:
    _controller, cable = hall
    page = open_window(new_page, cable, no=24)
    mm_per_px = 22 * 25.4 / (1280**2 + 800**2) ** 0.5
    height = page.evaluate("() => document.querySelector('.n').getBoundingClientRect().height")
    assert height * mm_per_px >= 150
    size = page.evaluate(
        "() => parseFloat(getComputedStyle(document.querySelector('.word')).fontSize)"
    )
    assert size * 0.92 * mm_per_px >= 5000 / 130, "the state is read from 5 m"


@pytest.mark.parametrize("number", ["M888", "X011", "R046"])
@pytest.mark.parametrize("shape", [(1280, 800), (1920, 1200), (1920, 1080)])
def test_the_widest_numbers_stay_on_the_screen(
    hall: Hall, new_page: NewPage, shape: tuple[int, int], number: str
) -> None:
    controller, cable = hall
    page = new_page(*shape)
    open_screen(page, f"{cable.url}/screens/window/20")
    controller.call(number, 20)
    expect(page.locator(".now .no")).to_have_text(number)
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.n, .no, .word, .sub b, .svc b')].filter((e) => {
          const range = document.createRange();
          range.selectNodeContents(e);
          const a = range.getBoundingClientRect();
          const b = e.closest('.who, .now').getBoundingClientRect();
          const bottom = e.getBoundingClientRect().bottom;
          return a.right > b.right || a.left < b.left || bottom > b.bottom;
        }).map((e) => e.textContent)"""
    )
    assert outside == []


def test_every_state_has_contrast_and_no_serious_finding(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = open_window(new_page, cable, clock=False)
    low: dict[tuple[str, str], float] = {}

    def look(state: str) -> None:
        until(page, "(s) => document.querySelector(`.now.${s}`)", state)
        low.update({(state, t): r for t, r in contrasts(page).items() if r < 7})
        assert serious_findings(page) == []

    look("idle")
    call = controller.call("R046", 5)
    look("calling")
    controller.arrive(call)
    look("serving")
    controller.finish(call)
    controller.window(5, state="paused", until=now_ms() + 60_000)
    look("paused")
    controller.window(5, state="closed", until=None)
    look("closed")
    assert low == {}


def test_a_window_that_does_not_exist_says_so(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page(1280, 800)
    page.goto(f"{cable.url}/screens/window/99")
    expect(page.locator(".code")).to_be_visible()
    controller.approve_all()
    expect(page.locator(".now")).to_contain_text("没有此窗口")
