"""呼叫值班长: a key of the console, the supervisor's page at once, and who goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_checks import overflows, violations
from tests.browser.desk_steps import key, press
from tests.browser.desks import EVERYBODY, SUPERVISOR, NewPage, desk, sign_in_at, tidy
from tests.controller.web.process import House, Process, events

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    process = Process(tmp_path_factory.mktemp("help") / "hall").start()
    found = House(process)
    found.staff(SUPERVISOR, "supervisor")
    found.staff("0902", "supervisor")
    yield found
    process.stop()


@pytest.fixture
def console(house: House, new_page: NewPage) -> Iterator[Page]:
    yield desk(house, new_page, 5)
    tidy(house, *EVERYBODY)


@pytest.fixture
def supervisor(house: House, new_page: NewPage) -> Page:
    page = sign_in_at(house, new_page(1366, 768), "/supervisor", SUPERVISOR)
    expect(page.locator(".table tbody tr")).to_have_count(24)
    return page


def test_the_supervisor_sees_the_call_at_once_and_the_clerk_sees_who_comes(
    house: House, console: Page, supervisor: Page
) -> None:
    press(console, "F12")
    expect(key(console, "F12")).to_contain_text("已呼叫")
    expect(console.locator(".alerts")).to_contain_text(["已呼叫值班长"])
    call = supervisor.locator(".helps p")
    expect(call).to_contain_text("5 号窗口呼叫值班长")
    expect(supervisor.locator(".tabs button").first).to_have_text("提醒")
    call.get_by_role("button", name="我去").press("Enter")
    expect(call).to_have_count(0)
    expect(console.locator(".notice.good")).to_have_text(f"值班长 {SUPERVISOR} 正在过来")
    told = [e for e in events(house) if e["type"].startswith("help.")][-2:]
    assert [(e["type"], e["actor"], e["data"]["window"]) for e in told] == [
        ("help.asked", "clerk:0505", 5),
        ("help.taken", f"supervisor:{SUPERVISOR}", 5),
    ]
    assert told[1]["data"]["by"] == SUPERVISOR


def test_two_supervisors_do_not_both_go(house: House, console: Page, supervisor: Page) -> None:
    press(console, "F12")
    go = supervisor.locator(".helps").get_by_role("button", name="我去")
    expect(go).to_be_visible()
    house.client("0902").command("/windows/5/help/take")
    expect(supervisor.locator(".helps p")).to_have_count(0)
    expect(console.locator(".notice.good")).to_have_text("值班长 0902 正在过来")


def test_a_double_press_is_one_call_and_the_clerk_may_take_it_back(
    house: House, console: Page, supervisor: Page
) -> None:
    before = len([e for e in events(house) if e["type"] == "help.asked"])
    console.keyboard.press("F12")
    console.keyboard.press("F12")
    expect(supervisor.locator(".helps p")).to_have_count(1)
    assert len([e for e in events(house) if e["type"] == "help.asked"]) == before + 1
    back = console.get_by_role("button", name="不用来了")
    expect(back).to_be_enabled()  # the call is answered
    back.press("Enter")
    expect(supervisor.locator(".helps p")).to_have_count(0)
    expect(key(console, "F12")).to_be_enabled()


def test_nothing_of_a_call_for_the_supervisor_is_told_to_a_screen(
    house: House, console: Page
) -> None:
    house.device("wall", "screen")
    press(console, "F12")
    expect(key(console, "F12")).to_contain_text("已呼叫")
    snapshot = house.client("wall").get("/snapshot?room=window:5")["snapshot"]
    assert "help" not in snapshot["windows"][4]
    assert snapshot["windows"][4]["no"] == 5


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["desk", "zoomed"])
def test_both_pages_are_accessible_and_whole_while_a_window_calls(
    house: House, console: Page, supervisor: Page, lang: str, size: tuple[int, int]
) -> None:
    for page in (console, supervisor):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if lang == "en":
            page.get_by_role("button", name="EN", exact=True).click()
    press(console, "F12")
    expect(supervisor.locator(".helps p")).to_be_visible()
    for page in (console, supervisor):
        assert violations(page) == []
        assert overflows(page) == []
