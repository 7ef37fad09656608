"""What a guide does, on a real controller: numbers given, found, brought back, moved, taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.guide_desk import (
    CLERK,
    GUIDE,
    SUPERVISOR,
    WINDOW,
    NewPage,
    at_desk,
    choose,
    deed,
    find,
    hall,
    shown,
    ticket,
)
from tests.controller.web.process import House, until

pytestmark = pytest.mark.browser

ITEM = "RS-003"
MM = 96 / 25.4
DIGIT_HEIGHT = 0.733  # of the font size, see tokens.css


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = hall(tmp_path_factory.mktemp("guide") / "hall")
    yield found
    found.process.stop()


@pytest.fixture
def desk(house: House, new_page: NewPage) -> Page:
    return at_desk(new_page(1366, 768), house)


def given(page: Page) -> str:
    """The number that the page shows large."""
    return page.locator(".given .big").text_content() or ""


def passed(house: House) -> str:
    """A number that was called at window 5 and did not come."""
    house.issue(ITEM)
    clerk = house.client(CLERK)
    called = clerk.command(f"/windows/{WINDOW}/call")["ticket"]
    clerk.command(f"/windows/{WINDOW}/pass", ticket=called["id"])
    number: str = called["number"]
    return number


# --- finding ------------------------------------------------------------------------------------


def test_a_number_is_found_as_people_write_it(house: House, desk: Page) -> None:
    number = house.issue(ITEM)["number"]
    expect(desk.locator("[name=find]")).to_be_focused()
    desk.keyboard.type(f"{number[0].lower()}{int(number[1:])}")
    desk.keyboard.press("Enter")
    expect(desk.locator(".one .big")).to_have_text(number)
    expect(desk.locator(".one .headline")).to_contain_text("前面")


def test_a_short_code_finds_the_ticket_also_when_it_is_over(house: House, desk: Page) -> None:
    mine = house.issue(ITEM)
    code = ticket(house, mine["number"])["code"]
    house.client(GUIDE).command(f"/tickets/{mine['id']}/cancel")
    find(desk, f"{code[:4]}-{code[4:].lower()}")
    expect(desk.locator(".one .big")).to_have_text(mine["number"])
    expect(desk.locator(".one .headline")).to_contain_text("重新取号")
    expect(desk.locator(".deeds")).to_have_count(0)


def test_a_number_that_nobody_has_is_said_in_the_language_of_the_page(desk: Page) -> None:
    find(desk, "H997")
    expect(desk.locator(".find-side .problem")).to_contain_text("今天没有号票 H997")
    desk.get_by_role("button", name="EN", exact=True).click()
    expect(desk.locator(".find-side .problem")).to_contain_text("Check the number")


def test_a_ticket_taken_elsewhere_appears_by_itself_and_the_list_is_filtered(
    house: House, desk: Page
) -> None:
    missed, elsewhere = passed(house), house.issue("GA-005")["number"]
    row = desk.locator(".tickets li")
    expect(row.filter(has_text=elsewhere)).to_be_visible()
    desk.locator("[name=state]").select_option("passed")
    expect(row.filter(has_text=missed)).to_be_visible()
    expect(row.filter(has_text=elsewhere)).to_have_count(0)
    desk.locator("[name=state]").select_option("")
    desk.locator("[name=zone]").select_option("A")
    expect(row.filter(has_text=elsewhere)).to_be_visible()
    expect(row.filter(has_text=missed)).to_have_count(0)


def test_who_waits_longest_stands_first(house: House, desk: Page) -> None:
    first, second = (house.issue("MZ-004")["number"] for _ in range(2))
    numbers = desk.locator(".tickets .number")
    expect(numbers.filter(has_text=second)).to_be_visible()
    order = numbers.all_text_contents()
    assert order.index(first) < order.index(second)


def test_skills_without_a_window_are_told_in_a_strip(house: House, desk: Page) -> None:
    house.issue("ZJ-001")
    expect(desk.locator(".alarm-strip")).to_contain_text("没有窗口开放")


# --- taking a number ----------------------------------------------------------------------------


def test_fr_02_fr_06_a_number_without_a_card_takes_no_mouse(house: House, desk: Page) -> None:
    desk.keyboard.press("F2")
    expect(desk.locator("[name=item]")).to_be_focused()
    desk.keyboard.type("shbzksl")
    desk.keyboard.press("Enter")
    expect(desk.locator(".chosen")).to_contain_text("社会保障卡申领")
    desk.keyboard.press("Enter")
    number = given(desk)
    mine = ticket(house, number)
    assert [item["code"] for item in mine["items"]] == ["RS-001"]
    expect(desk.locator(".given dd.code")).to_have_text(f"{mine['code'][:4]}-{mine['code'][4:]}")
    expect(desk.locator(".given .where")).to_contain_text("3–8 号窗口")
    expect(desk.locator(".given .main")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("[name=find]")).to_be_focused()
    until(lambda: ticket(house, number)["print"] == "unproven", "the word about the paper")


def test_fr_28_fr_30_a_priority_needs_a_reason_and_help_reaches_the_ticket(
    house: House, desk: Page
) -> None:
    choose(desk, "lhjyyjs")
    desk.get_by_role("button", name="帮办", exact=True).click()
    desk.locator("[name=group]").select_option("infant")
    expect(desk.locator(".go .main")).to_be_disabled()
    desk.locator("[name=grant]").select_option("visible")
    desk.locator(".go .main").click()
    mine = ticket(house, given(desk))
    assert (mine["class"], mine["priority"], mine["needs"]) == ("priority", "infant", ["help"])
    assert mine["bundle"]
    (newest, *_) = house.client(SUPERVISOR).get("/grants")["grants"]
    assert (newest["ticket"], newest["reason"]) == (mine["id"], "visible")


def test_a_refusal_says_what_to_do_instead(desk: Page) -> None:
    choose(desk, "qysldj")
    desk.get_by_role("button", name="低位窗口", exact=True).click()
    desk.locator(".go .main").click()
    expect(desk.locator(".order .problem")).to_contain_text("没有无障碍窗口能办")
    expect(desk.locator(".instead")).to_contain_text("改选“帮办”")
    desk.get_by_role("button", name="低位窗口", exact=True).click()
    desk.locator(".go .main").click()
    expect(desk.locator(".given .big")).to_be_visible()


def refuse_without_waiver(page: Page, code: str, zh: str) -> None:
    """Numbers are refused unless staff say why, as in a hall where too many wait."""
    problem = {"code": code, "status": 409, "title": code, "detail": code, "zh": {"detail": zh}}

    def answer(route: Route) -> None:
        if (route.request.post_data_json or {}).get("waive"):
            route.continue_()
        else:
            route.fulfill(status=409, json=problem, content_type="application/problem+json")

    page.route("**/api/v1/tickets", answer)


def test_fr_13_a_rule_is_waived_with_one_touch_that_says_why(house: House, desk: Page) -> None:
    refuse_without_waiver(desk, "too-many-waiting", "现在排队的已排到下班。")
    choose(desk, "ylbx")
    desk.locator(".go .main").click()
    expect(desk.locator(".order .problem")).to_contain_text("排到下班")
    desk.get_by_role("button", name="值班长同意").click()
    assert ticket(house, given(desk))["state"] == "waiting"


def test_a_lost_answer_gives_one_number(house: House, desk: Page) -> None:
    before = len(house.client(GUIDE).get("/desk/tickets?limit=1000")["tickets"])
    sent: list[str] = []

    def lose_the_first(route: Route) -> None:
        sent.append((route.request.post_data_json or {})["request_id"])
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    desk.route("**/api/v1/tickets", lose_the_first)
    choose(desk, "lhdjsq")
    desk.locator(".go .main").click()
    expect(desk.locator(".given .big")).to_be_visible()
    assert len(sent) == 2
    assert len(set(sent)) == 1
    after = house.client(GUIDE).get("/desk/tickets?limit=1000")["tickets"]
    assert len(after) == before + 1


def test_fr_17_the_print_view_is_one_slip_of_80_mm_and_nothing_else(
    house: House, desk: Page
) -> None:
    desk.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    choose(desk, "pthzsl")
    desk.locator(".go .main").click()
    number = given(desk)
    desk.get_by_role("button", name="打印号票").click()
    assert desk.evaluate("window.printed") == 1
    expect(desk.locator(".given .main")).to_contain_text("纸票已给")
    desk.emulate_media(media="print")
    seen = desk.locator("header, .alarm-strip, .find-side, .tabs, .given > .big, .given button")
    assert not any(each.is_visible() for each in seen.all())
    printed = desk.locator(".paper .no")
    expect(printed).to_have_text(number)
    expect(printed).to_be_visible()
    assert printed.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    size = printed.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size * DIGIT_HEIGHT / MM >= 15
    content = desk.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    desk.emulate_media(media="screen")
    desk.locator(".given .main").click()
    until(lambda: ticket(house, number)["print"] == "printed", "the word about the paper")


# --- a ticket -----------------------------------------------------------------------------------


def test_fr_35_a_passed_number_comes_back_with_one_press(house: House, desk: Page) -> None:
    number = passed(house)
    shown(desk, number)
    expect(desk.locator(".one .headline")).to_contain_text("已过号")
    deed(desk, "return").click()
    expect(desk.locator(".one .well")).to_contain_text(f"{number} 已返回")
    assert ticket(house, number)["state"] in {"returned", "waiting"}


def test_fr_28_a_grant_asks_for_group_and_reason_in_one_dialog(house: House, desk: Page) -> None:
    number = house.issue(ITEM)["number"]
    deed(shown(desk, number), "grant").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("残疾人").check()
    expect(dialog.get_by_role("button", name="确定")).to_be_disabled()
    dialog.get_by_label("证件已核").check()
    dialog.get_by_role("button", name="确定").click()
    expect(dialog).to_have_count(0)
    expect(desk.locator(".flags-of")).to_contain_text("优先")
    mine = ticket(house, number)
    assert (mine["class"], mine["priority"]) == ("priority", "disabled")


def test_a_ticket_is_moved_to_a_window_and_to_another_matter(house: House, desk: Page) -> None:
    number = house.issue(ITEM)["number"]
    deed(shown(desk, number), "move").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label(f"{WINDOW} 号窗口").check()
    dialog.get_by_role("button", name="确定改派").click()
    expect(desk.locator(".one .headline")).to_have_text(f"等 {WINDOW} 号窗口叫号")
    assert ticket(house, number)["target"] == WINDOW
    deed(desk, "move").click()
    dialog.get_by_label("换事项").check()
    dialog.locator("[name=item]").fill("ydcqjzryba")
    dialog.locator(".tile").first.click()
    dialog.get_by_role("button", name="确定改派").click()
    expect(desk.locator(".matters")).to_contain_text("异地长期居住人员备案")
    assert [item["code"] for item in ticket(house, number)["items"]] == ["YB-003"]


def test_a_refused_move_is_said_in_its_dialog(house: House, desk: Page) -> None:
    number = house.issue(ITEM)["number"]
    deed(shown(desk, number), "move").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("换事项").check()
    dialog.locator("[name=item]").fill("参保证明")
    dialog.locator(".tile").first.click()
    dialog.get_by_role("button", name="确定改派").click()
    expect(dialog.get_by_role("alert")).to_contain_text("请另选")
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_fr_21_a_cancel_asks_once_and_escape_keeps_the_number(house: House, desk: Page) -> None:
    number = house.issue(ITEM)["number"]
    deed(shown(desk, number), "cancel").click()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert ticket(house, number)["state"] == "waiting"
    deed(desk, "cancel").click()
    desk.get_by_role("button", name="取消这个号").click()
    expect(desk.locator(".one .headline")).to_contain_text("已取消")
    assert ticket(house, number)["state"] == "cancelled"


def test_a_person_is_told_why_they_were_not_called_yet(house: House, desk: Page) -> None:
    number = house.issue("BD-001")["number"]
    deed(shown(desk, number), "why").click()
    expect(desk.locator(".answer .headline")).to_contain_text("窗口")


def test_fr_20_a_reprint_shows_the_number_and_a_third_one_is_refused(
    house: House, desk: Page
) -> None:
    number = house.issue(ITEM)["number"]
    for _ in range(2):
        deed(shown(desk, number), "reprint").click()
        expect(desk.locator(".given .big")).to_have_text(number)
        assert desk.locator(".paper .again").text_content() == "补打"
        desk.locator(".given .main").click()
    deed(shown(desk, number), "reprint").click()
    expect(desk.locator(".one .problem")).to_contain_text("请记下号码")


def test_fr_30_help_is_switched_on_the_ticket(house: House, desk: Page) -> None:
    number = house.issue(ITEM)["number"]
    shown(desk, number)
    switch = desk.locator(".one").get_by_role("button", name="手语")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    until(lambda: ticket(house, number)["needs"] == ["sign"], "the need")


# --- slips of a dead kiosk ----------------------------------------------------------------------


def fill_slip(page: Page, number: str, code: str, time: str) -> None:
    page.get_by_role("button", name="备用号登记").click()
    for field, text in (("number", number), ("code", code), ("time", time)):
        page.locator(f"[name=slip_{field}]").fill(text)
    choose(page, "cbzm")


def test_fr_23_a_slip_of_a_dead_kiosk_is_taken_in_and_found_by_its_code(
    house: House, desk: Page
) -> None:
    block = house.client("kiosk").command("/leases", series="R")
    number = f"R{block['last']:03d}"
    fill_slip(desk, number.lower(), "7k3m-2q", "000")
    desk.get_by_role("button", name="登记排队").click()
    expect(desk.locator(".take-in .well")).to_contain_text(f"{number} 已登记")
    find(desk, "7K3M2Q")
    expect(desk.locator(".one .big")).to_have_text(number)
    mine = ticket(house, number)
    assert (mine["print"], mine["code"]) == ("printed", "7K3M2Q")


def test_fr_23_a_slip_that_is_not_out_of_a_lease_is_refused_and_shown(
    house: House, desk: Page
) -> None:
    number = house.issue(ITEM)["number"]
    fill_slip(desk, number, "AAA-AAA", "0:00")
    desk.get_by_role("button", name="登记排队").click()
    expect(desk.locator(".take-in .problem")).to_contain_text("请核对号码条")
    desk.get_by_role("button", name=f"查看 {number}").click()
    expect(desk.locator(".one .big")).to_have_text(number)


def test_slips_are_taken_in_by_guides_and_the_page_is_for_guides_and_supervisors(
    house: House, new_page: NewPage
) -> None:
    page = at_desk(new_page(1366, 768), house, SUPERVISOR, "supervisor")
    expect(page.locator(".tabs button")).to_have_count(3)
    expect(page.locator(".tabs")).not_to_contain_text("备用号登记")
    clerk = new_page(1366, 768)
    clerk.add_init_script(f"sessionStorage.setItem('jiaohao.staff.token', '{house.tokens[CLERK]}')")
    clerk.goto(f"{house.address}/desk")
    expect(clerk.locator(".problem")).to_contain_text("只对导办和值班长开放")
    expect(clerk.locator("[name=find]")).to_have_count(0)
