"""The supervisor's page against a real controller: all windows, and what may be done about them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from config.policy import RUNTIME
from tests.browser.desk_checks import overflows, violations
from tests.browser.desks import (
    EVERYBODY,
    ITEM,
    SUPERVISOR,
    NewPage,
    called,
    desk,
    enter,
    number_of,
    policy,
    sign_in_at,
    tidy,
)
from tests.controller.web.process import House, Process

pytestmark = pytest.mark.browser

I18N = Path(__file__).parents[2] / "display/static/supervisor/i18n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    process = Process(tmp_path_factory.mktemp("supervisor") / "hall").start()
    found = House(process)
    found.staff(SUPERVISOR, "supervisor")
    found.staff("0801", "guide")
    yield found
    process.stop()


@pytest.fixture
def page(house: House, new_page: NewPage) -> Iterator[Page]:
    """The supervisor's page, with window 5 open."""
    house.clerk(5)
    found = sign_in_at(house, new_page(1366, 768), "/supervisor", SUPERVISOR)
    expect(row(found, 5)).to_contain_text("0505")
    yield found
    tidy(house, *EVERYBODY)


def row(page: Page, no: int) -> Locator:
    return page.locator(".table tbody tr").nth(no - 1)


def choose(page: Page, no: int) -> Locator:
    """The panel of a window, chosen by its button."""
    row(page, no).get_by_role("button").press("Enter")
    expect(page.locator(".summary > b")).to_have_text(str(no))
    return page.locator(".panels")


def tab(page: Page, name: str) -> Locator:
    page.locator(".tabs").get_by_role("button", name=name).press("Enter")
    return page.locator(".panels")


def twice(panel: Locator, first: str, again: str) -> None:
    """What changes something for others asks once more."""
    enter(panel.get_by_role("button", name=first))
    enter(panel.get_by_role("button", name=again))


def said(page: Page) -> Locator:
    return page.locator(".panels .well")


def test_all_windows_stand_with_state_clerk_number_and_services(house: House, page: Page) -> None:
    number = house.issue(ITEM)["number"]
    house.client("0505").command("/windows/5/call")
    expect(page.locator(".table tbody tr")).to_have_count(24)
    for text in ("已叫号", "0505", number, "社保就业 · 医保 · 住房公积金"):
        expect(row(page, 5)).to_contain_text(text)
    expect(row(page, 5).locator("td.n")).to_have_text("0")
    expect(row(page, 6)).to_contain_text("未开")
    expect(page.locator(".table h2 small")).to_have_text("开 1，停 0，未开 23，等候 0 人")


def test_fr_41_new_services_of_a_window_are_seen_at_its_console(
    house: House, page: Page, new_page: NewPage
) -> None:
    console = desk(house, new_page, 7)
    rows = console.locator(".load tbody th")
    expect(rows).to_have_text(["社保就业", "医保"])
    panel = choose(page, 7)
    expect(panel.get_by_label("社保就业")).to_be_checked()
    panel.get_by_label("税务").check()
    panel.get_by_label("医保").uncheck()
    enter(panel.get_by_role("button", name="保存业务"))
    expect(said(page)).to_contain_text("7 号窗口的业务已改")
    expect(rows).to_have_text(["社保就业", "税务"])
    expect(row(page, 7)).to_contain_text("社保就业 · 税务")
    number = called(house, console, "SW-001")
    expect(number_of(console)).to_have_text(number)
    house.client(SUPERVISOR).command("/windows/7/skills", skills=["social_ins", "medical_ins"])


def test_a_service_that_is_ticked_as_soon_as_it_is_drawn_stays_ticked(page: Page) -> None:
    page.evaluate(
        """() => new MutationObserver((_, me) => {
          const box = document.querySelector('.checks input:not(:checked)');
          if (!box) return;
          me.disconnect();
          window.ticked = box.parentElement.textContent;
          box.click();
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    panel = choose(page, 5)
    expect(panel.get_by_role("button", name="保存业务")).to_be_enabled()
    expect(panel.get_by_label(page.evaluate("ticked"))).to_be_checked()


def test_a_window_is_opened_for_a_clerk_paused_resumed_and_closed(house: House, page: Page) -> None:
    house.staff("0506", "clerk")
    panel = choose(page, 6)
    panel.get_by_label("工号").fill("0506")
    enter(panel.get_by_role("button", name="开窗", exact=True))
    expect(said(page)).to_contain_text("工号 0506")
    expect(row(page, 6)).to_contain_text("空闲")
    panel.get_by_label("原因").select_option("meeting")
    expect(panel.get_by_label("分钟")).to_have_value("30")
    enter(panel.get_by_role("button", name="暂停", exact=True))
    expect(row(page, 6)).to_contain_text("暂停")
    expect(panel.locator(".summary")).to_contain_text("会议")
    enter(panel.get_by_role("button", name="恢复服务"))
    expect(row(page, 6)).to_contain_text("空闲")
    twice(panel, "关窗", "确认关窗")
    expect(row(page, 6)).to_contain_text("未开")


def test_a_clerk_is_taken_from_another_window_only_on_purpose(house: House, page: Page) -> None:
    panel = choose(page, 6)
    panel.get_by_label("工号").fill("0505")
    enter(panel.get_by_role("button", name="开窗", exact=True))
    expect(panel.locator(".problem")).to_contain_text("5 号窗口")
    panel.get_by_label("接管").check()
    enter(panel.get_by_role("button", name="开窗", exact=True))
    expect(row(page, 6)).to_contain_text("0505")
    expect(row(page, 5)).to_contain_text("未开")


def test_fr_31_a_chosen_number_is_called_with_a_reason_that_the_clerk_sees(
    house: House, page: Page, new_page: NewPage
) -> None:
    console = desk(house, new_page, 6)
    house.issue(ITEM)
    number = house.issue(ITEM)["number"]
    panel = choose(page, 6)
    panel.get_by_label("号码").fill(number.lower())
    panel.locator(".found").get_by_label(number).check()
    call = panel.get_by_role("button", name="指定叫号")
    expect(call).to_be_disabled()  # without a reason
    panel.get_by_label("理由").fill("急重病人")
    twice(panel, "指定叫号", f"确认叫 {number}")
    expect(said(page)).to_contain_text(f"已叫 {number}")
    expect(number_of(console)).to_have_text(number)
    expect(console.locator(".why")).to_contain_text("急重病人")


def test_fr_40_the_lunch_duty_is_chosen_beforehand(house: House, page: Page) -> None:
    house.clerk(3)
    panel = tab(page, "值班")
    expect(panel.locator(".grid :checked")).to_have_count(4)
    for no in (1, 3, 9, 13):
        expect(panel.get_by_label(f"{no} 号窗口", exact=True)).to_be_checked()
    twice(panel, "让这 4 个窗口当班", "确认 4 个窗口当班")
    expect(said(page)).to_contain_text("1、3、9、13")
    expect(row(page, 5)).to_contain_text("暂停")
    expect(row(page, 3)).to_contain_text("空闲")


def test_fr_34_a_rule_is_changed_now_and_a_wrong_value_is_refused(house: House, page: Page) -> None:
    panel = tab(page, "规则")
    expect(panel.locator(".rules li")).to_have_count(len(RUNTIME))
    panel.get_by_label("重呼次数").first.fill("4")
    twice(panel.locator(".rules li").first, "改: 重呼次数", "确认")
    expect(said(page)).to_contain_text("重呼次数：4")
    expect(panel.locator(".rules li").first).to_contain_text("配置为 3")
    panel.get_by_label("重呼次数").first.fill("99")
    twice(panel.locator(".rules li").first, "改: 重呼次数", "确认")
    expect(panel.locator(".problem")).to_contain_text("1 到 5")
    policy(house, recall_limit=3)


def test_fr_28_what_staff_granted_is_listed(house: House, page: Page) -> None:
    ticket = house.issue(ITEM)
    guide = house.client("0801")
    guide.command(f"/tickets/{ticket['id']}/grant", priority="infant", reason="visible")
    panel = tab(page, "优先")
    for text in (ticket["number"], "情况可见", "导办 0801"):
        expect(panel.locator("tbody tr").first).to_contain_text(text)


def test_alarms_stand_first(house: House, page: Page) -> None:
    house.issue("SW-001")
    expect(page.locator(".alarms li").first).to_contain_text("没有")
    expect(page.locator(".tabs button").first).to_contain_text("提醒 1")


def test_the_page_is_for_supervisors_and_stands_on_their_front_page(
    house: House, new_page: NewPage
) -> None:
    guide = sign_in_at(house, new_page(1366, 768), "/supervisor", "0801")
    expect(guide.get_by_text("这个页面只对值班长开放。")).to_be_visible()
    front = sign_in_at(house, new_page(1366, 768), "/", SUPERVISOR)
    front.get_by_role("link", name="值班长台").press("Enter")
    expect(front.locator(".table tbody tr")).to_have_count(24)


#: Names of the tabs after the first two, and what stands there.
LATER_TABS = {
    ("设备", "Devices"): ".devices li",
    ("通告", "Notices"): "form .wide input",
    ("值班", "Duty"): ".grid label",
    ("规则", "Rules"): ".rules li",
    ("优先", "Priority"): "tbody td",
}


@pytest.mark.parametrize(
    ("size", "lang"), [((1366, 768), "zh"), ((683, 384), "en")], ids=["desk-zh", "zoomed-en"]
)
def test_all_panels_are_accessible_and_whole(
    house: House, page: Page, lang: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    if lang == "en":
        page.get_by_role("button", name="EN", exact=True).click()
    ticket = house.issue(ITEM)
    guide = house.client("0801")
    guide.command(f"/tickets/{ticket['id']}/grant", priority="infant", reason="visible")
    check(page, "alarms")
    choose(page, 5)
    expect(page.locator(".found label")).to_have_count(1)
    check(page, "window")
    choose(page, 6)
    check(page, "closed window")
    for name, ready in LATER_TABS.items():
        tab(page, name[lang == "en"])
        expect(page.locator(f".panels {ready}").first).to_be_visible()
        check(page, ready)


def check(page: Page, state: str) -> None:
    assert (state, violations(page)) == (state, [])
    assert (state, overflows(page)) == (state, [])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_that_may_be_changed_has_a_name(lang: str) -> None:
    words = json.loads((I18N / f"{lang}.json").read_text(encoding="utf-8"))
    assert {f"policy.{name}" for name in RUNTIME} <= words.keys()


def test_both_catalogues_hold_the_same_words() -> None:
    zh, en = (
        json.loads((I18N / f"{lang}.json").read_text(encoding="utf-8")) for lang in ("zh", "en")
    )
    assert zh.keys() == en.keys()
