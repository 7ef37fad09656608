"""The pages of the staff: sign-in, set-up by a one-time link, accounts and devices."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_checks import overflows, violations
from tests.browser.desk_steps import sign_in
from tests.browser.staff_server import SETUP_TOKEN, StaffServer

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]
I18N = Path(__file__).parents[2] / "display/static/staff/i18n"
LONG = "a password of some length"


@pytest.fixture
def server() -> Iterator[StaffServer]:
    running = StaffServer()
    yield running
    running.close()


@pytest.fixture
def admin(server: StaffServer, new_page: NewPage) -> Page:
    page = new_page(1366, 768)
    sign_in(page, server, "/admin")
    expect(page.locator("tbody tr").first).to_be_visible()
    return page


def row(page: Page, text: str):  # type: ignore[no-untyped-def]
    return page.locator("tr", has_text=text)


def test_sign_in_shows_the_way_to_the_pages_of_the_role(
    server: StaffServer, new_page: NewPage
) -> None:
    page = new_page(1366, 768)
    sign_in(page, server, "/")
    expect(page.locator("h1")).to_have_text("工号 0517，系统管理")
    pages = ["/admin", "/screens/hall", "/screens/zone/B", "/screens/window/5"]
    links = page.locator("main a")
    expect(links).to_have_count(len(pages))  # the hall's zones and windows are asked for
    for n, href in enumerate(pages):
        expect(links.nth(n)).to_have_attribute("href", href)


def test_a_wrong_password_is_said_in_chinese_and_keeps_the_number(
    server: StaffServer, new_page: NewPage
) -> None:
    page = new_page(1366, 768)
    page.goto(server.url)
    page.get_by_label("工号").fill("0517")
    page.get_by_label("密码").fill("not the one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("工号或密码不对")
    expect(page.get_by_label("工号")).to_have_value("0517")


def test_the_token_dies_with_the_tab(server: StaffServer, new_page: NewPage) -> None:
    page = new_page(1366, 768)
    sign_in(page, server, "/")
    expect(page.locator("h1")).to_contain_text("0517")
    assert "token" not in page.evaluate("JSON.stringify({...localStorage})")
    page.get_by_role("button", name="退出登录").click()
    expect(page.locator("[name=staff_no]")).to_be_visible()
    assert page.evaluate("Object.keys({...sessionStorage})") == []


def set_up(page: Page, server: StaffServer, fragment: str, password: str, again: str) -> None:
    page.goto(f"{server.url}/setup{fragment}")
    page.get_by_label("工号").fill("0900")
    page.locator("[name=password]").fill(password)
    page.locator("[name=again]").fill(again)
    page.get_by_role("button", name="保存并启用").click()


def test_an_account_is_set_up_once_and_the_token_leaves_the_address(
    server: StaffServer, new_page: NewPage
) -> None:
    page = new_page(1366, 768)
    set_up(page, server, f"#{SETUP_TOKEN}", LONG, LONG)
    expect(page.get_by_role("status")).to_contain_text("工号 0900")
    assert server.setups == [{"token": SETUP_TOKEN, "staff_no": "0900", "password": LONG}]
    assert SETUP_TOKEN not in page.url
    assert page.evaluate("Object.keys({...sessionStorage})") == []


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [("short", "short", "至少要 10 个字符"), (LONG, LONG + "!", "两次输入的密码不一样")],
)
def test_a_password_that_cannot_be_is_not_sent(
    server: StaffServer, new_page: NewPage, password: str, again: str, says: str
) -> None:
    page = new_page(1366, 768)
    set_up(page, server, f"#{SETUP_TOKEN}", password, again)
    expect(page.get_by_role("alert")).to_contain_text(says)
    assert server.setups == []


def test_a_used_link_is_said_plainly(server: StaffServer, new_page: NewPage) -> None:
    page = new_page(1366, 768)
    set_up(page, server, "#used-before", LONG, LONG)
    expect(page.get_by_role("alert")).to_contain_text("链接已用过或已失效")


def test_a_link_without_a_token_cannot_be_sent(server: StaffServer, new_page: NewPage) -> None:
    page = new_page(1366, 768)
    page.goto(f"{server.url}/setup")
    expect(page.get_by_role("alert")).to_contain_text("链接不完整")
    expect(page.get_by_role("button", name="保存并启用")).to_be_disabled()


def test_adding_staff_shows_the_link_once(admin: Page, server: StaffServer) -> None:
    admin.get_by_role("textbox", name="工号").fill("0600")
    admin.get_by_label("岗位").select_option("supervisor")
    admin.get_by_role("button", name="添加").click()
    expect(admin.locator("output")).to_have_text(f"{server.url}/setup#once-only")
    expect(row(admin, "0600")).to_contain_text("值班长")
    admin.get_by_role("button", name="我已交给本人").click()
    expect(admin.locator("output")).to_have_count(0)
    assert [deed for deed, _ in server.commands] == ["staff"]


def test_a_lost_answer_adds_the_account_once(admin: Page, server: StaffServer) -> None:
    server.lose_answers = 1
    admin.get_by_role("textbox", name="工号").fill("0601")
    admin.get_by_role("button", name="添加").click()
    expect(admin.locator("output")).to_be_visible()
    assert len({body["request_id"] for _, body in server.commands}) == 1
    assert [each["staff_no"] for each in server.staff].count("0601") == 1


def test_disabling_an_account_asks_twice(admin: Page, server: StaffServer) -> None:
    button = row(admin, "0518").get_by_role("button")
    button.click()
    expect(button).to_have_text("确认停用")
    assert server.commands == []
    button.click()
    expect(row(admin, "0518")).to_contain_text("已停用")


def test_nobody_disables_themselves(admin: Page) -> None:
    expect(row(admin, "0517").get_by_role("button")).to_have_count(0)


def test_a_device_is_approved_by_the_code_it_shows(admin: Page, server: StaffServer) -> None:
    expect(row(admin, "大厅东屏")).to_contain_text("待核准")
    admin.get_by_label("设备上显示的 6 位代码").fill("7k3-m2q")
    admin.get_by_role("button", name="核准").click()
    expect(admin.get_by_text("已核准：大厅东屏（屏幕）")).to_be_visible()
    expect(row(admin, "大厅东屏")).not_to_contain_text("待核准")
    assert server.commands[0][1]["code"] == "7K3M2Q"


def test_an_unknown_code_is_said_plainly(admin: Page) -> None:
    admin.get_by_label("设备上显示的 6 位代码").fill("AAAAAA")
    admin.get_by_role("button", name="核准").click()
    expect(admin.get_by_text("没有等待核准的设备")).to_be_visible()


def test_a_device_in_trouble_says_so_and_is_revoked_after_asking_twice(
    admin: Page, server: StaffServer
) -> None:
    expect(row(admin, "1 号取号机")).to_contain_text("正常")
    expect(row(admin, "2 号取号机")).to_contain_text("需要查看")
    expect(row(admin, "2 号取号机")).to_contain_text("打印机 缺纸")
    button = row(admin, "2 号取号机").get_by_role("button")
    button.click()
    assert server.commands == []
    button.click()
    expect(row(admin, "2 号取号机")).to_contain_text("已吊销")


def test_the_accounts_page_is_for_administrators(server: StaffServer, new_page: NewPage) -> None:
    server.role = "clerk"
    page = new_page(1366, 768)
    sign_in(page, server, "/admin")
    expect(page.get_by_role("alert")).to_contain_text("只对系统管理员开放")
    expect(page.locator("table")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/setup#x", "/admin"])
@pytest.mark.parametrize("width", [1366, 683])
def test_pages_are_accessible_and_nothing_is_cut(
    server: StaffServer, new_page: NewPage, path: str, width: int
) -> None:
    page = new_page(width, width * 768 // 1366)
    if path.startswith("/setup"):
        page.goto(server.url + path)
        expect(page.locator("h1")).to_be_visible()
    else:
        sign_in(page, server, path)
        expect(page.locator("tbody tr, .numbers a").first).to_be_visible()
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
