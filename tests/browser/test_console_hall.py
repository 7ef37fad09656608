"""The console against a real controller: numbers that are held, handed on, offered and given up,
by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_steps import key, press, quiet, until
from tests.browser.desks import (
    ITEM,
    SUPERVISOR,
    NewPage,
    called,
    desk,
    number_of,
    policy,
    ticket_of,
    tidy,
)
from tests.controller.web.process import House, Process

pytestmark = pytest.mark.browser

AUTOMATIC = 7


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall where window 7 is offered its numbers and nobody has to wait for a pass."""
    process = Process(tmp_path_factory.mktemp("desk") / "hall")
    hall = process.directory / "config" / "hall.toml"
    text = hall.read_text(encoding="utf-8")
    offered = text.replace(f"no = {AUTOMATIC}\n", f"no = {AUTOMATIC}\nauto_assign = true\n", 1)
    assert offered != text
    hall.write_text(offered, encoding="utf-8")
    found = House(process.start())
    found.staff(SUPERVISOR, "supervisor")
    policy(found, pass_after_s=0, recall_gap_s=5, undo_s=30)
    yield found
    process.stop()


@pytest.fixture
def console(house: House, new_page: NewPage) -> Iterator[Page]:
    """The console of window 5."""
    page = desk(house, new_page, 5)
    yield page
    tidy(house, 5)


@pytest.fixture
def colleague(house: House, new_page: NewPage) -> Iterator[Page]:
    """The console of window 6, which does the same."""
    page = desk(house, new_page, 6)
    yield page
    tidy(house, 6)


def test_fr_38_a_person_who_fetches_something_is_held_and_called_back(
    house: House, console: Page
) -> None:
    number = called(house, console)
    press(console, "F3", "F7")
    expect(console.locator(".blank")).to_be_visible()
    expect(console.locator(".away li")).to_contain_text(number)
    expect(console.locator(".away li")).to_contain_text("60 分")
    expect(console.locator(".facts2")).to_contain_text("1 / 3")
    expect(key(console, "F7")).to_contain_text("回呼")
    quiet(console)  # the same key soon after would be the same press
    press(console, "F7")
    expect(console.locator("dialog")).to_contain_text("还有 60 分钟")
    console.keyboard.press("1")
    expect(number_of(console)).to_have_text(number)
    expect(console.locator(".flags")).to_contain_text("回呼")
    expect(console.locator(".why")).to_contain_text("挂起后回呼")
    expect(console.locator(".away")).to_have_count(0)


def test_fr_38_a_fourth_person_is_not_held(house: House, console: Page) -> None:
    for _ in range(3):
        called(house, console)
        press(console, "F7")
        expect(console.locator(".blank")).to_be_visible()
    called(house, console)
    expect(key(console, "F7")).to_be_disabled()
    expect(console.locator(".facts2")).to_contain_text("3 / 3")


@pytest.mark.parametrize("keys", [("F7",), ("F8",), ("F3",), ("F3", "F4")])
def test_fr_45_the_last_key_is_taken_back(
    house: House, console: Page, keys: tuple[str, ...]
) -> None:
    number = called(house, console)
    press(console, *keys[:-1])
    expect(key(console, keys[-1])).to_be_enabled()
    before = console.locator(".me .state").inner_text()
    press(console, keys[-1])
    expect(console.locator(".me .state")).not_to_have_text(before)
    expect(key(console, "Esc")).to_contain_text("撤销")
    expect(console.locator(".undo-key")).to_be_visible()
    press(console, "Esc")
    expect(console.locator(".me .state")).to_have_text(before)
    expect(number_of(console)).to_have_text(number)
    expect(console.locator(".undo-key")).to_have_count(0)


def test_fr_45_a_digit_after_f4_records_another_result(house: House, console: Page) -> None:
    number = called(house, console)
    press(console, "F3", "F4")
    expect(console.locator(".undo-bar")).to_contain_text(f"{number} 已记为")
    console.keyboard.press("4")
    expect(console.locator(".undo-bar")).to_contain_text("不予受理")
    until(lambda: ticket_of(house, number)["items"][0]["result"] == "refused", "it is recorded")
    expect(console.locator(".facts2")).to_contain_text("件")


def test_fr_37_a_number_is_handed_to_a_colleague_who_accepts_it(
    house: House, console: Page, colleague: Page
) -> None:
    number = called(house, console)
    hand_on(console, "6", "6 号窗口", "已核对身份证")
    expect(console.locator(".blank")).to_be_visible()
    expect(console.locator(".away li")).to_contain_text(number)
    expect(console.locator(".away li")).to_contain_text("转 6 号窗口")
    expect(colleague.locator(".arrivals")).to_contain_text(f"5 号窗口转来 {number}")
    expect(colleague.locator(".arrivals")).to_contain_text("已核对身份证")
    press(colleague, "F6")
    expect(colleague.locator("dialog")).to_be_visible()
    colleague.keyboard.press("1")
    expect(colleague.locator(".notice.good")).to_contain_text(number)
    expect(console.locator(".away")).to_have_count(0)
    press(colleague, "F1")
    expect(number_of(colleague)).to_have_text(number)
    expect(colleague.locator(".tk .word")).to_contain_text("已核对身份证")


def test_fr_37_a_number_that_the_colleague_sends_back_is_held_here(
    house: House, console: Page, colleague: Page
) -> None:
    number = called(house, console)
    hand_on(console, "6", "6 号窗口")
    expect(colleague.locator(".arrivals")).to_contain_text(number)
    press(colleague, "F6")
    expect(colleague.locator("dialog")).to_be_visible()
    colleague.keyboard.press("2")
    expect(colleague.locator(".arrivals")).to_have_count(0)
    expect(console.locator(".away li")).to_contain_text("挂起")
    press(console, "F7")
    expect(console.locator("dialog")).to_contain_text(number)


def test_fr_37_a_number_goes_on_as_another_matter(house: House, console: Page) -> None:
    number = called(house, console)
    hand_on(console, "yb-001", "YB-001")
    expect(console.locator(".blank")).to_be_visible()
    found = ticket_of(house, number)
    assert (found["state"], found["items"][0]["code"]) == ("waiting", "YB-001")


def test_only_open_windows_that_can_do_it_are_offered(
    house: House, console: Page, colleague: Page
) -> None:
    called(house, console)
    press(console, "F6")
    expect(console.locator(".receivers li")).to_have_count(1)
    expect(console.locator(".receivers li")).to_contain_text("6 号窗口")


def hand_on(page: Page, to: str, found: str, note: str = "") -> None:
    """F6, where to, Enter once that is found, a word, Enter."""
    press(page, "F6")
    expect(page.get_by_label("转到哪里", exact=True).first).to_be_focused()
    page.keyboard.type(to)
    expect(page.locator(".receivers [aria-selected=true] b")).to_have_text(found)
    page.keyboard.press("Enter")
    page.keyboard.type(note)
    page.keyboard.press("Enter")


def test_a_refusal_is_said_in_the_language_of_the_clerk(house: House, console: Page) -> None:
    supervisor = house.client(SUPERVISOR)
    called(house, console)
    press(console, "F6")
    console.keyboard.type("unresolved")
    expect(console.locator(".receivers li").first).to_be_visible()
    supervisor.command("/windows/2/skills", skills=["guide"])
    console.keyboard.press("Enter")
    console.keyboard.press("Enter")
    complaint = console.locator("dialog .notice")
    expect(complaint).to_contain_text("没有窗口")
    console.keyboard.press("Escape")
    console.keyboard.press("Escape")
    console.get_by_role("button", name="EN", exact=True).press("Enter")
    hand_on_in_english(console, "unresolved")
    expect(complaint).to_contain_text("No window")
    supervisor.command("/windows/2/skills", skills=["unresolved", "guide"])


def hand_on_in_english(page: Page, to: str) -> None:
    press(page, "F6")
    expect(page.get_by_label("Where to", exact=True).first).to_be_focused()
    page.keyboard.type(to)
    expect(page.locator(".receivers [aria-selected=true]")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")


def test_fr_36_a_number_is_given_up_for_a_reason(house: House, console: Page) -> None:
    number = called(house, console)
    press(console, "F10")
    expect(console.locator("dialog")).to_be_visible()
    console.keyboard.press("4")
    console.keyboard.press("Enter")
    expect(console.locator(".blank")).to_be_visible()
    assert ticket_of(house, number)["state"] == "dropped"


def test_fr_36_nobody_is_absent_before_the_time_of_a_pass(house: House, console: Page) -> None:
    policy(house, pass_after_s=600)
    called(house, console)
    press(console, "F10")
    absent = console.get_by_label("未到")
    expect(absent).to_be_disabled()
    expect(console.locator(".reasons label").first).to_contain_text("秒后")
    console.keyboard.press("1")
    expect(absent).not_to_be_checked()
    policy(house, pass_after_s=0)


def test_a_held_number_is_given_up_from_the_list(house: House, console: Page) -> None:
    number = called(house, console)
    press(console, "F7")
    quiet(console)  # the same key soon after would be the same press
    press(console, "F7")
    expect(console.locator("dialog")).to_contain_text(number)
    console.keyboard.press("2")
    expect(console.locator("dialog h2")).to_have_text(f"{number} 弃号")
    console.keyboard.press("4")
    console.keyboard.press("Enter")
    expect(console.locator(".away")).to_have_count(0)
    assert ticket_of(house, number)["state"] == "dropped"


def test_fr_32_an_offer_is_kept_back_or_called_at_once(house: House, new_page: NewPage) -> None:
    policy(house, offer_grace_s=60)
    page = desk(house, new_page, AUTOMATIC)
    number = house.issue(ITEM)["number"]
    expect(page.locator(".offer .no")).to_have_text(number)
    expect(page.locator(".offer .count")).to_contain_text("秒后自动叫号")
    press(page, "F8")
    expect(page.locator(".blank h2")).to_have_text("可以叫下一位")
    press(page, "F1")
    expect(page.locator(".tk.called .no")).to_have_text(number)
    press(page, "F3", "F4")
    number = house.issue(ITEM)["number"]
    expect(page.locator(".offer .no")).to_have_text(number)
    press(page, "F1")
    expect(page.locator(".tk.called .no")).to_have_text(number)
    tidy(house, AUTOMATIC)


def test_fr_32_an_offer_that_nobody_touches_is_called(house: House, new_page: NewPage) -> None:
    policy(house, offer_grace_s=1)
    page = desk(house, new_page, AUTOMATIC)
    number = house.issue(ITEM)["number"]
    expect(page.locator(".tk.called .no")).to_have_text(number)
    tidy(house, AUTOMATIC)


def test_fr_31_a_number_that_the_supervisor_chose_appears_with_the_reason(
    house: House, console: Page
) -> None:
    ticket = house.issue(ITEM)
    house.client(SUPERVISOR).command("/windows/5/call-chosen", ticket=ticket["id"], why="急重病人")
    expect(number_of(console)).to_have_text(ticket["number"])
    expect(console.locator(".why")).to_contain_text("急重病人")


def test_fr_30_what_a_person_needs_is_seen_at_the_desk(house: House, console: Page) -> None:
    ticket = house.issue(ITEM)
    house.client(SUPERVISOR).command(f"/tickets/{ticket['id']}/needs", needs=["help", "sign"])
    press(console, "F1")
    expect(console.locator(".flag.need")).to_have_text(["帮办", "手语"])


def test_fr_40_a_clerk_who_is_off_duty_may_work_on(house: House, console: Page) -> None:
    house.client(SUPERVISOR).command("/roster", on=[1, 3])
    expect(console.locator(".blank h2")).to_have_text("非当班时段")
    press(console, "F9")
    expect(console.locator(".me .state")).to_have_text("空闲")
