"""The guide desk against a real controller: found by number, taken without a card, cancelled."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.desk_checks import overflows, violations
from tests.browser.desk_steps import quiet, until
from tests.browser.guide_desk import shown
from tests.controller.web.process import PASSWORD, House, Process

pytestmark = pytest.mark.browser

I18N = Path(__file__).resolve().parents[2] / "display" / "static" / "desk" / "i18n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall with somebody at the guide desk and three who wait."""
    process = Process(tmp_path_factory.mktemp("desk") / "hall").start()
    found = House(process)
    found.staff("0801", "guide")
    for _ in range(3):
        found.issue("RS-003")
    yield found
    process.stop()


@pytest.fixture
def desk(house: House, new_page: Callable[..., Page]) -> Page:
    """The desk's page, signed in."""
    page = new_page(1366, 768)
    page.goto(f"{house.address}/desk")
    page.locator("input").nth(0).fill("0801")
    page.locator("input").nth(1).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("input[name=find]")).to_be_focused()
    return page


def test_a_number_is_typed_at_once_and_its_ticket_opens(desk: Page, house: House) -> None:
    number = house.issue("GJ-001")["number"]
    desk.keyboard.type(number.lower())
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text("住房公积金")
    expect(desk.locator(".tickets .on .number")).to_have_text(number)


def test_somebody_without_a_card_gets_a_number(desk: Page, house: House) -> None:
    before = len(house.client("0801").get("/desk/tickets")["tickets"])
    desk.get_by_role("button", name="普通护照申领").click()
    desk.locator("main").get_by_role("button", name="取号", exact=True).last.click()
    expect(desk.locator(".tickets li")).to_have_count(before + 1)


def test_an_appointment_is_booked_and_its_owner_checks_in(desk: Page, house: House) -> None:
    house.staff("0901", "supervisor")
    house.client("0901").command("/policy", name="check_in_before_min", value=240)
    desk.get_by_role("button", name="预约", exact=True).click()
    desk.locator("input[name=item]").fill("灵活就业人员养老")
    desk.keyboard.press("Enter")
    time = desk.locator(".times button").nth(1)  # the first may begin meanwhile
    clock = (time.text_content() or "").split()[1]
    time.click()
    expect(desk.locator(".made")).to_contain_text(clock)
    expect(desk.locator(".made .code")).to_have_text(re.compile(r"[0-9A-Z]{6}"))
    assert violations(desk) == []
    assert overflows(desk) == []
    if house.client("0801").get("/appointments")["bookings"]:  # not in a day's last minutes
        desk.locator(".bookings").get_by_role("button", name="签到取号").first.click()
        expect(desk.locator(".given")).to_be_visible()


def test_a_matter_is_chosen_while_today_s_appointments_are_still_read(desk: Page) -> None:
    held: list[Route] = []
    desk.route("**/api/v1/appointments", lambda route: held.append(route))
    desk.get_by_role("button", name="预约", exact=True).click()
    desk.locator("input[name=item]").fill("灵活就业人员养老")
    desk.keyboard.press("Enter")
    expect(desk.locator(".times button").first).to_be_enabled()
    assert len(held) == 1


def test_a_list_that_was_read_before_a_deed_does_not_undo_it_on_the_page(
    desk: Page, house: House
) -> None:
    shown(desk, house.issue("GJ-001")["number"])
    late: list[tuple[Route, APIResponse]] = []
    desk.route("**/desk/tickets?*", lambda route: late.append((route, route.fetch())))
    house.issue("GJ-001")
    until(lambda: bool(desk.title() and late), "the list is read again")
    switch = desk.locator(".one").get_by_role("button", name="手语")
    with desk.expect_response("**/lookups"):
        switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    route, response = late[0]
    with desk.expect_response("**/desk/tickets?*"):
        route.fulfill(response=response)
    quiet(desk)
    assert switch.get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_desk_is_accessible_and_nothing_is_cut(desk: Page, lang: str) -> None:
    if lang == "en":
        desk.get_by_role("button", name="EN", exact=True).click()
        expect(desk.locator("html")).to_have_attribute("lang", "en")
    expect(desk.locator(".tickets li").first).to_be_visible()
    assert violations(desk) == []
    assert overflows(desk) == []


def test_both_catalogues_of_the_desk_hold_the_same_words() -> None:
    zh, en = (
        json.loads((I18N / f"{lang}.json").read_text(encoding="utf-8")) for lang in ("zh", "en")
    )
    assert zh.keys() == en.keys()
