"""FR-52, FR-53: a visit is rated at the window's own screen or by the code on the slip, in a real
hall; what is wrong is said in words, and nobody is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clock import stop_clock
from tests.browser.hall_page import NewPage
from tests.browser.screens import contrasts, serious_findings
from tests.browser.test_window_rating import LOW, OFFICIAL, face
from tests.controller.web.process import House, Process
from tests.controller.web.process import until as within_patience
from tests.controller.web.test_ratings import NO, Visits, enrolled

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    process = Process(tmp_path_factory.mktemp("ratings") / "hall")
    # However slow the machine is, nobody is asked for less time than a test takes.
    process.rule("recall_limit = 3", "recall_limit = 3\nrating_s = 300")
    yield Visits(House(process.start()))
    process.stop()


def screen(visits: Visits, new_page: NewPage, device: str) -> Page:
    """The page of window 3 with the token of a device."""
    page = new_page(1280, 800)
    page.clock.install()
    token = visits.house.tokens[device]
    page.goto(f"{visits.house.address}/screens/window/{NO}#token={token}")
    expect(page.locator(".who .plate, .rate")).not_to_have_count(0)
    return page


def slip_page(visits: Visits, new_page: NewPage, code: str = "") -> Page:
    page = new_page(390, 844)
    page.goto(f"{visits.house.address}/rate{'#' if code else ''}{code}")
    expect(page.get_by_role("button", name="提交评价")).to_be_visible()
    return page


def rate_by_slip(page: Page, code: str, level: int) -> None:
    page.get_by_label("号票上的代码").fill(code)
    page.get_by_role("radio").nth(list(OFFICIAL).index(level)).check()
    page.get_by_role("button", name="提交评价").click()


def test_every_face_of_the_windows_screen_reaches_the_hall(
    visits: Visits, new_page: NewPage
) -> None:
    page = screen(visits, new_page, f"screen {NO}")
    for level in OFFICIAL:
        before = visits.ratings()["levels"][str(level)]
        visits.visit()
        expect(page.locator(".rate.ask .face")).to_have_count(5)
        stop_clock(page)  # what it says next stays until it was read
        face(page, level)
        if level in LOW:
            page.get_by_role("button", name="等候太久").click()
            page.get_by_role("button", name="提交原因").click()
        expect(page.locator(".said")).to_contain_text("感谢您的评价")
        page.clock.resume()
        assert visits.ratings()["levels"][str(level)] == before + 1
    within_patience(lambda: visits.ratings()["reasons"].get("wait") == 2, "both reasons")
    assert not re.search(r"05\d\d", page.locator("body").inner_text()), "no number of staff"


def test_a_screen_that_is_not_the_windows_own_shows_no_faces(
    visits: Visits, new_page: NewPage
) -> None:
    enrolled(visits.house, "screen 6", "window:6")
    strangers = [screen(visits, new_page, name) for name in ("screen", "screen 6")]
    own = screen(visits, new_page, f"screen {NO}")
    visits.visit()
    expect(own.locator(".rate.ask")).to_be_visible()
    for page in strangers:
        expect(page.locator(".now.idle")).to_be_visible()
        assert page.locator(".face").count() == 0


def test_a_slip_rates_its_visit_in_every_level_without_a_name(
    visits: Visits, new_page: NewPage
) -> None:
    for level in OFFICIAL:
        _ticket, code = visits.visit()
        before = visits.ratings()
        page = slip_page(visits, new_page, code)
        assert page.get_by_label("号票上的代码").input_value() == code
        assert page.get_by_role("radio", checked=True).count() == 0
        expect(page.get_by_role("button", name="提交评价")).to_be_disabled()
        rate_by_slip(page, code, level)
        expect(page.locator(".thanks")).to_contain_text("感谢您的评价")
        after = visits.ratings()
        assert after["levels"][str(level)] == before["levels"][str(level)] + 1
        assert after["by_slip"] == before["by_slip"] + 1
        assert "*" not in page.locator("body").inner_text()


def test_a_wrong_a_used_and_an_early_code_are_refused_in_words(
    visits: Visits, new_page: NewPage
) -> None:
    _ticket, used = visits.visit()
    assert visits.by_code(used, 4).status_code == 201
    kiosk = visits.house.client("kiosk")
    waiting = kiosk.command("/tickets", items=["RS-003"])
    early = waiting["slip"]["short_code"]
    page = slip_page(visits, new_page)
    told = page.get_by_role("alert")
    for code, words in (
        ("ZZZZZZ", "近 7 天的号票上没有这个代码"),
        (used, "本次服务已评价过"),
        (early, "全部事项办完以后才能评价"),
    ):
        rate_by_slip(page, code, 5)
        expect(told).to_contain_text(words)
        assert page.locator(".thanks").count() == 0
    page.get_by_label("号票上的代码").fill("7K3")
    expect(page.get_by_role("button", name="提交评价")).to_be_disabled()
    expect(told).to_be_empty()
    kiosk.command(f"/tickets/{waiting['ticket']['id']}/cancel", code=early)


@pytest.mark.parametrize("width", [320, 390, 1080])
def test_the_page_for_slips_can_be_read_and_used(
    visits: Visits, new_page: NewPage, width: int
) -> None:
    page = slip_page(visits, new_page, "7K3M2Q")
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("radio").nth(4).check()
    expect(page.get_by_role("checkbox")).to_have_count(6)
    assert serious_findings(page) == []
    assert {text: ratio for text, ratio in contrasts(page).items() if ratio < 7} == {}
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "() => [...document.querySelectorAll('label, button')].filter((one) =>"
        " one.getBoundingClientRect().height < 44).map((one) => one.textContent)"
    )
    assert small == []
