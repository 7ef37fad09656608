"""The supervisor's page: the last calls and their reasons, the question, alarms, staffing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_checks import overflows, violations
from tests.browser.desk_fake import now_ms
from tests.browser.desk_steps import sign_in
from tests.browser.screens import until
from tests.browser.why_server import WhyServer

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]
I18N = Path(__file__).parents[2] / "display/static/why/i18n"


@pytest.fixture
def server() -> Iterator[WhyServer]:
    running = WhyServer()
    yield running
    running.close()


def opened(page: Page, server: WhyServer) -> Page:
    sign_in(page, server, "/why")
    expect(page.locator(".calls li").first).to_be_visible()
    expect(page.locator(".staffing tbody tr").first).to_be_visible()
    return page


def ask(page: Page, number: str) -> None:
    page.get_by_label("等候的号码").fill(number)
    page.get_by_role("button", name="查一查").click()


def test_the_last_calls_stand_newest_first_with_their_reasons(
    server: WhyServer, new_page: NewPage
) -> None:
    page = opened(new_page(1366, 768), server)
    first = page.locator(".calls li").first
    expect(first.locator(".number")).to_have_text("R012")
    expect(first).to_contain_text("5 号窗口")
    expect(first).to_contain_text("等候 12 分钟；本窗口能办的人中等得最久。")
    expect(first.locator("[lang=en]")).to_contain_text("Waited 12 min")
    expect(page.locator(".calls li")).to_have_count(12)


def test_a_new_call_appears_by_itself(server: WhyServer, new_page: NewPage) -> None:
    page = opened(new_page(1366, 768), server)
    server.call(13)
    expect(page.locator(".calls li .number").first).to_have_text("R013")


def test_a_waiting_number_is_asked_for_and_answered(server: WhyServer, new_page: NewPage) -> None:
    page = opened(new_page(1366, 768), server)
    ask(page, " r046")
    answer = page.locator(".answer")
    expect(answer).to_contain_text("前面还有 2 人办同样的事。")
    expect(answer).to_contain_text("还要等")
    expect(answer.locator(".posts li")).to_contain_text(["先叫 R044"])


def test_an_unknown_number_is_said_plainly(server: WhyServer, new_page: NewPage) -> None:
    page = opened(new_page(1366, 768), server)
    ask(page, "R999")
    expect(page.locator(".ask [role=alert]")).to_contain_text("今天没有这个号")
    expect(page.locator(".answer")).to_have_count(0)


def test_alarms_and_advice_come_with_their_evidence(server: WhyServer, new_page: NewPage) -> None:
    page = opened(new_page(1366, 768), server)
    expect(page.locator(".alarms li")).to_contain_text("医保：6 人等候，没有窗口开放。")
    expect(page.locator(".alarms li")).to_contain_text("最久 14 分钟")
    advice = page.locator(".advice li")
    expect(advice).to_contain_text("建议 14:00 前开放 23 号窗口办理社保就业")
    expect(advice.locator(".load")).to_have_text(["121%", "81%"])
    expect(advice.locator(".state.ok")).to_have_text("0530 空闲")
    expect(advice.locator(".evidence")).to_contain_text("预计等候：约 15–25 分钟。")


def test_advice_without_a_free_clerk_says_so(server: WhyServer, new_page: NewPage) -> None:
    server.advice[0]["clerk"] = None
    page = opened(new_page(1366, 768), server)
    expect(page.locator(".advice .state.warn")).to_have_text("无空闲人员")


def test_every_service_shows_the_wait_of_who_comes_now(
    server: WhyServer, new_page: NewPage
) -> None:
    page = opened(new_page(1366, 768), server)
    expect(page.locator(".staffing td.wait")).to_have_text(["–", "约 15–25 分钟", "无需等候"])


def test_a_wait_older_than_half_a_minute_is_not_shown(server: WhyServer, new_page: NewPage) -> None:
    server.waits_age_ms = 31_000
    page = opened(new_page(1366, 768), server)
    expect(page.locator(".staffing td.wait")).to_have_text(["–", "–", "–"])


def test_a_new_forecast_is_read_at_once(server: WhyServer, new_page: NewPage) -> None:
    server.waits_age_ms = 31_000
    page = opened(new_page(1366, 768), server)
    expect(page.locator(".staffing td.wait").nth(1)).to_have_text("–")
    server.waits_age_ms = 0
    server.foretell(now_ms())
    expect(page.locator(".staffing td.wait").nth(1)).to_have_text("约 15–25 分钟")


def test_whose_demand_the_loads_rest_on_is_said(server: WhyServer, new_page: NewPage) -> None:
    page = opened(new_page(1366, 768), server)
    expect(page.locator(".staffing h2")).to_contain_text("按配置的来客量")
    server.days = 12.4
    server.foretell(now_ms())
    expect(page.locator(".staffing h2")).to_contain_text("按最近 12 天的来客量")


def test_the_fullest_service_stands_first_and_a_missing_window_is_said(
    server: WhyServer, new_page: NewPage
) -> None:
    page = opened(new_page(1366, 768), server)
    rows = page.locator(".staffing tbody tr")
    expect(rows.locator("th")).to_contain_text(["医保", "社保就业", "民政救助"])
    expect(rows.nth(0).locator(".load").first).to_have_text("无窗口")
    expect(rows.nth(1).locator(".load")).to_have_class(["load full", "load over", "load room"])


def test_a_calm_hall_says_so(server: WhyServer, new_page: NewPage) -> None:
    server.alarms, server.advice, server.decisions = [], [], []
    page = new_page(1366, 768)
    sign_in(page, server, "/why")
    expect(page.locator(".calm")).to_be_visible()
    expect(page.get_by_text("今天还没有叫号。")).to_be_visible()
    expect(page.locator(".advice")).to_have_count(0)


def test_an_auditor_reads_and_does_not_ask(server: WhyServer, new_page: NewPage) -> None:
    server.role = "auditor"
    page = opened(new_page(1366, 768), server)
    expect(page.locator(".ask")).to_have_count(0)


def test_a_clerk_is_told_that_the_page_is_for_others(server: WhyServer, new_page: NewPage) -> None:
    server.role = "clerk"
    page = new_page(1366, 768)
    sign_in(page, server, "/why")
    expect(page.get_by_role("alert").last).to_contain_text("只对值班长、导办和审计开放")
    expect(page.locator(".calls")).to_have_count(0)


def test_a_lost_connection_is_said_and_mended(server: WhyServer, new_page: NewPage) -> None:
    page = opened(new_page(1366, 768), server)
    server.silence()
    # Silent for 5 s, and a second later the page dials again: looked for often.
    until(page, "() => document.querySelector('.net.off')")
    server.speak()
    expect(page.locator(".net.off")).to_have_count(0)
    expect(page.locator(".net")).to_contain_text("实时")


def test_an_ended_session_leads_back_to_the_sign_in(server: WhyServer, new_page: NewPage) -> None:
    page = opened(new_page(1366, 768), server)
    server.session_ended = True
    server.call(13)
    expect(page.locator("[name=staff_no]")).to_be_visible()


@pytest.mark.parametrize("width", [1920, 1366, 683])
def test_the_page_is_accessible_and_whole_in_both_languages(
    server: WhyServer, new_page: NewPage, width: int
) -> None:
    page = opened(new_page(width, width * 768 // 1366), server)
    ask(page, "R046")
    expect(page.locator(".answer")).to_be_visible()
    assert violations(page) == []
    assert overflows(page) == []
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert violations(page) == []
    assert overflows(page) == []


def test_both_catalogues_hold_the_same_words() -> None:
    zh, en = (
        json.loads((I18N / f"{lang}.json").read_text(encoding="utf-8")) for lang in ("zh", "en")
    )
    assert zh.keys() == en.keys()
