"""FR-51 in a real hall: two people make a notice, one supervisor an emergency, and every screen
shows them, also after the controller was killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk_checks import violations
from tests.browser.desks import NewPage, enter, sign_in_at
from tests.browser.hall_page import rows
from tests.browser.screens import hold_time, open_screen, until
from tests.controller.web.process import House, Process

pytestmark = pytest.mark.browser

WRITER, RELEASER = "0901", "0902"
TEXT = "<b>三号电梯</b>检修，请走东侧楼梯"
ROOMS = ("hall", "zone/B", "window/5")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    process = Process(tmp_path_factory.mktemp("notices") / "hall").start()
    found = House(process)
    for staff_no in (WRITER, RELEASER):
        found.staff(staff_no, "supervisor")
    yield found
    process.stop()


def walls(house: House, new_page: NewPage) -> list[Page]:
    """A hall, a zone and a window screen, live."""
    token = house.device("wall", "screen")
    pages = [new_page() for _ in ROOMS]
    for page, room in zip(pages, ROOMS, strict=True):
        open_screen(page, f"{house.address}/screens/{room}", True, token)
    return pages


def notices_of(house: House, page: Page, staff_no: str) -> Locator:
    """The panel for notices of a supervisor who has signed in."""
    sign_in_at(house, page, "/supervisor", staff_no)
    page.locator(".tabs").get_by_role("button", name="通告").press("Enter")
    panel = page.locator(".panels")
    expect(panel.get_by_role("heading", name="屏幕通告")).to_be_visible()
    return panel


def shown(page: Page) -> Locator:
    return page.locator(".note .text")


def test_a_notice_is_on_the_screens_when_a_second_person_has_released_it(
    house: House, new_page: NewPage
) -> None:
    hall, zone, _window = walls(house, new_page)
    writer, releaser = new_page(1366, 768), new_page(1366, 768)
    panel = notices_of(house, writer, WRITER)
    panel.get_by_label("内容").fill(TEXT)
    enter(panel.get_by_role("button", name="写通告"))
    draft = panel.locator(".notices li", has_text="三号电梯")
    expect(draft).to_contain_text("请另一位值班长看过后发布")
    assert draft.get_by_role("button", name="发布").count() == 0, "not by who wrote it"
    assert draft.locator("b").count() == 0, "markup is text to staff, too"
    other = notices_of(house, releaser, RELEASER).locator(".notices li", has_text="三号电梯")
    for page in (hall, zone):
        assert TEXT not in (page.content(), *shown(page).all_inner_texts())
    enter(other.get_by_role("button", name="发布"))
    enter(other.get_by_role("button", name="确认发布到所有屏幕"))
    for page in (hall, zone):
        expect(shown(page)).to_have_text(TEXT)
        assert page.locator(".note b").count() == 0
    expect(other).to_contain_text(f"{WRITER} 写，{RELEASER} 发布")
    assert violations(releaser) == []
    enter(other.get_by_role("button", name="撤下"))
    for page in (hall, zone):
        expect(page.get_by_text("三号电梯")).to_have_count(0)


def test_an_emergency_is_on_every_screen_until_a_supervisor_ends_it(
    house: House, new_page: NewPage
) -> None:
    pages = walls(house, new_page)
    panel = notices_of(house, new_page(1366, 768), WRITER)
    panel.get_by_label("情况").select_option("fire")
    panel.get_by_label("演练").check()
    enter(panel.get_by_role("button", name="显示到所有屏幕"))
    for page in pages:
        assert page.locator(".emergency").count() == 0, "it asks once more"
    enter(panel.get_by_role("button", name="确认：所有屏幕显示“发生火情”"))
    for page in pages:
        expect(page.locator(".emergency.fire .drill")).to_contain_text("演练")
        assert WRITER not in page.content(), "staff alone see who sent it"
    expect(panel.locator(".standing")).to_contain_text(WRITER)
    enter(panel.get_by_role("button", name="结束紧急提示"))
    enter(panel.get_by_role("button", name="确认结束"))
    for page in pages:
        expect(page.locator(".emergency")).to_have_count(0)


def test_screens_live_through_the_death_of_the_controller(house: House, new_page: NewPage) -> None:
    clerk = house.clerk(5)
    ticket = house.issue("RS-003")
    house.call(clerk, 5, ticket)
    pages = hall, zone, window = walls(house, new_page)
    number = ticket["number"]
    for page in (hall, zone):
        expect(page.locator(".call .no")).to_have_text(number)
    expect(window.locator(".now.calling .no")).to_have_text(number)
    house.process.kill()
    for page in (hall, zone):
        expect(page.locator(".link.lost")).to_be_visible()
        expect(page.locator(".call .no")).to_have_text(number)
    expect(window.locator(".who .link")).to_be_visible()
    house.process.start()
    for page in (hall, zone):
        expect(page.locator(".link")).to_have_text("实时")
    expect(window.locator(".who .link")).to_have_count(0)
    for page in pages:
        expect(page.locator(".no")).to_have_text(number)
        assert page.locator(".call.new, .now.pulse").count() == 0, "nothing old is new again"
    hold_time(hall)
    second = house.issue("RS-003")
    house.serve(house.client("0505"), 5, ticket["id"])
    house.call(house.client("0505"), 5, second)
    until(
        hall, "(n) => document.querySelector('.call.new')?.dataset.number === n", second["number"]
    )
    assert rows(hall) == [number], "who is done stays in the list"
