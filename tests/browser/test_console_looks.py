"""Every state of the console, both languages, also at 200 %: accessible, 7:1, nothing cut off."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_checks import overflows, violations
from tests.browser.desk_fake import Data, DeskHall, Refused, brief, bundle, now_ms
from tests.browser.desk_server import DeskServer
from tests.browser.desk_steps import at_window, caught_up, key, press, quiet

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]
I18N = Path(__file__).parents[2] / "display/static/console/i18n"


DESK, ZOOMED = (1366, 768), (683, 384)
LOOKS = pytest.mark.parametrize(
    ("size", "lang"),
    [
        pytest.param(DESK, "zh", id="desk-zh"),
        pytest.param(ZOOMED, "en", id="zoomed-en"),
        pytest.param(DESK, "en", id="desk-en", marks=pytest.mark.long),
        pytest.param(ZOOMED, "zh", id="zoomed-zh", marks=pytest.mark.long),
    ],
)


@pytest.fixture
def server() -> Iterator[DeskServer]:
    hall = DeskHall(waiting=[bundle("R046")], recall_gap_s=60, pass_after_s=60, undo_s=60)
    running = DeskServer(hall)
    yield running
    running.close()


def check(page: Page, state: str) -> None:
    assert (state, violations(page)) == (state, [])
    assert (state, overflows(page)) == (state, [])
    quiet(page)  # looking at everything may have taken longer than a connection may be silent


@LOOKS
def test_all_states_are_accessible_and_whole(
    server: DeskServer, new_page: NewPage, lang: str, size: tuple[int, int]
) -> None:
    page = new_page(*size)
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
    press(page, "F4")
    expect(page.locator(".items li.done")).to_have_count(1)
    check(page, "the result may be changed")
    server.refuse = Refused("wrong-state", 409, "It is finished already.", "这个号已经办结。")
    press(page, "F4")
    expect(page.locator(".notice")).to_be_visible()
    check(page, "refused")
    server.silence()
    expect(page.locator(".banner")).to_be_visible()
    check(page, "offline")


@LOOKS
def test_numbers_on_their_way_are_accessible_and_whole(
    server: DeskServer, new_page: NewPage, lang: str, size: tuple[int, int]
) -> None:
    page = at_window(new_page(*size), server)
    if lang == "en":
        page.get_by_role("button", name="EN", exact=True).click()
    server.change(away)
    press(page, "F7")
    check_dialog(page, "held")
    press(page, "F6")
    check_dialog(page, "incoming")
    server.change(lambda hall: hall.incoming.clear())
    press(page, "F1")
    expect(page.locator(".tk.called")).to_be_visible()
    server.change(lambda hall: in_hand(hall).update(everything()))
    expect(page.locator(".tk .word")).to_be_visible()
    check(page, "called with all its flags")
    press(page, "F6")
    page.keyboard.type("RS")
    expect(page.locator(".receivers li")).to_have_count(2)
    check_dialog(page, "transfer")
    press(page, "F10")
    check_dialog(page, "drop")
    press(page, "F3")
    expect(page.locator(".result")).to_be_visible()
    server.change(lambda hall: in_hand(hall).update(started=False, active=None))
    expect(key(page, "F3")).to_be_enabled()
    check(page, "arrived and not begun")
    server.change(offered)
    expect(page.locator(".blank.offer")).to_be_visible()
    check(page, "offered")
    server.change(off_duty)
    expect(page.locator(".blank h2")).to_have_text(
        "午间轮休" if lang == "zh" else "Lunch break by the roster"
    )
    check(page, "paused by the roster")


def check_dialog(page: Page, state: str) -> None:
    expect(page.locator("dialog")).to_be_visible()
    check(page, state)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def in_hand(hall: DeskHall) -> Data:
    assert hall.ticket
    return hall.ticket


def away(hall: DeskHall) -> None:
    """One held, one handed on, one handed to this window."""
    hall.held = [brief("R012", minutes=42), brief("H044", minutes=7), brief("R019", minutes=60)]
    hall.outgoing = [brief("R020", minutes=9, to=6)]
    hall.incoming = [brief("C003", minutes=9, origin=9, note="需要补一张身份证复印件")]


def everything() -> Data:
    """All that may stand beside a number."""
    return {
        "needs": ["low_counter", "help", "interpreter", "sign"],
        "note": "已核对户口本，只差社保缴费凭证，请直接受理。" * 3,
        "called_back": True,
    }


def offered(hall: DeskHall) -> None:
    """Nobody in hand, and a number reserved."""
    hall.ticket = hall.undo = None
    hall.offer = {"id": "2026-11-23-R050", "number": "R050", "until": now_ms() + 600_000}


def off_duty(hall: DeskHall) -> None:
    hall.offer = None
    until = now_ms() + 3_600_000
    hall.window |= {"state": "paused", "reason": "meal", "rostered": True, "until": until}


@pytest.mark.parametrize("size", [DESK, ZOOMED], ids=["desk", "zoomed"])
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
    caught_up(page)
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
