"""FR-45: the clerk tells all that is missing once, and the person gets it on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_checks import overflows, violations
from tests.browser.desk_server import DeskServer
from tests.browser.desk_steps import at_window, caught_up, press, quiet, until

pytestmark = pytest.mark.browser


@pytest.fixture
def serving(console: Page) -> Page:
    """R031 is at the window; it needs an identity card and a photograph."""
    press(console, "F1", "F3")
    expect(console.locator(".tell button")).to_be_enabled()
    return console


def asked(page: Page) -> Page:
    """3 for 告知补正, and 3 again for what is missing."""
    expect(page.locator(".tell button")).to_be_enabled()
    page.keyboard.press("3")
    expect(page.locator(".tell kbd")).to_have_text("3")
    quiet(page)  # a second press within a quarter of a second is the same press
    page.keyboard.press("3")
    expect(page.locator("dialog .mat")).to_be_visible()
    return page


def told(server: DeskServer) -> list[list[str]]:
    return [body["missing"] for deed, body in server.hall.done if deed == "missing"]


def materials(server: DeskServer) -> list[str]:
    assert server.hall.ticket is not None
    return list(server.hall.ticket["materials"])


def test_what_was_not_shown_is_printed_by_keyboard_alone(serving: Page, server: DeskServer) -> None:
    shown, *rest = materials(server)
    serving.locator(".pane .mat input").first.check()
    page = asked(serving)
    boxes = page.locator("dialog .mat input")
    expect(boxes.nth(0)).not_to_be_checked()
    expect(boxes.nth(1)).to_be_checked()
    page.keyboard.press("2")
    expect(boxes.nth(1)).not_to_be_checked()
    expect(page.locator("dialog .main")).to_be_disabled()
    page.keyboard.press("2")
    page.locator("dialog textarea").fill("单位证明 1 份\n\n；租房合同")
    page.locator("dialog .main").click()
    until(lambda: bool(told(server)), "the notice")
    assert told(server) == [[*rest, "单位证明 1 份", "租房合同"]]
    assert shown not in told(server)[0]
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(".told")).to_have_text("正在打印")


@pytest.mark.parametrize(
    ("outcome", "word", "says"),
    [
        ("printed", "ok", "告知单已打出"),
        ("unproven", "silent", "没有确认打出，请看一眼打印机"),
        ("failed", "paper_out", "没有打出：打印机缺纸。"),
    ],
)
def test_the_clerk_sees_how_it_came_out(
    serving: Page, server: DeskServer, outcome: str, word: str, says: str
) -> None:
    asked(serving).keyboard.press("Enter")
    until(lambda: bool(told(server)), "the notice")

    def end(hall: Any) -> None:
        hall.paper = {**hall.paper, "outcome": outcome, "word": word}

    server.change(end)
    expect(serving.locator(".told")).to_have_text(says)


@pytest.mark.parametrize(
    ("printer", "says"),
    [(None, "本窗口没有打印机"), ("paper_out", "打印机缺纸"), ("absent", "打印机不能用")],
)
def test_without_a_printer_the_console_says_so_and_the_browser_prints(
    serving: Page, server: DeskServer, printer: str | None, says: str
) -> None:
    server.change(lambda hall: setattr(hall, "printer", printer))
    serving.evaluate(
        "() => { window.print = () => {"
        " window.sheet = document.querySelector('.paper').textContent; }; }"
    )
    page = asked(serving)
    expect(page.locator("dialog .printer")).to_contain_text(says)
    page.keyboard.press("Enter")
    until(lambda: bool(page.evaluate("() => window.sheet")), "the sheet")
    sheet = page.evaluate("() => window.sheet")
    for part in ["一次性告知单", "R031", *materials(server), "5 号窗口"]:
        assert part in sheet
    assert "*" not in sheet, "no name"
    assert told(server) == []
    expect(page.locator("dialog")).to_have_count(0)


def test_a_ticket_that_leaves_takes_the_question_with_it(serving: Page, server: DeskServer) -> None:
    page = asked(serving)

    def leave(hall: Any) -> None:
        hall.ticket = None
        hall.window |= {"number": None, "serving": False}

    server.change(leave)
    expect(page.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["desk", "zoomed"])
def test_the_question_is_accessible_and_whole(
    server: DeskServer, new_page: Callable[..., Page], lang: str, size: tuple[int, int]
) -> None:
    page = at_window(new_page(*size), server)
    if lang == "en":
        page.get_by_role("button", name="EN", exact=True).click()
    press(page, "F1", "F3")
    asked(page)
    assert (violations(page), overflows(page)) == ([], [])
    caught_up(page)
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_be_visible()
    assert (violations(page), overflows(page)) == ([], [])
