"""Numbers that only some windows may call: bound at the guide desk, and let go again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.guide_desk import (
    GUIDE,
    SUPERVISOR,
    WINDOW,
    NewPage,
    at_desk,
    deed,
    hall,
    shown,
    ticket,
)
from tests.controller.web.process import House, events

pytestmark = pytest.mark.browser

ITEM = "RS-003"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = hall(tmp_path_factory.mktemp("bound") / "hall")
    yield found
    found.process.stop()


@pytest.fixture
def desk(house: House, new_page: NewPage) -> Page:
    return at_desk(new_page(1366, 768), house)


def test_fr_37_a_number_that_is_meant_for_one_window_is_let_go_with_one_key(
    house: House, desk: Page
) -> None:
    mine = house.issue(ITEM)
    shown(desk, mine["number"])
    expect(deed(desk, "free")).to_have_count(0)
    house.client(GUIDE).command(f"/tickets/{mine['id']}/move", to_window=WINDOW)
    expect(desk.locator(".one .headline")).to_have_text(f"等 {WINDOW} 号窗口叫号")
    deed(desk, "free").click()
    expect(desk.locator(".one .well")).to_contain_text("不再限定窗口")
    expect(deed(desk, "free")).to_have_count(0)
    assert ticket(house, mine["number"])["target"] is None


def test_fr_29_a_number_that_is_out_is_bound_to_the_low_counter_and_let_go_again(
    house: House, desk: Page
) -> None:
    mine = house.issue(ITEM)
    shown(desk, mine["number"])
    switch = desk.locator(".one").get_by_role("button", name="低位窗口")
    switch.click()
    expect(desk.locator(".one .instead")).to_have_text("只有 8 号低位窗口会叫这个号。")
    switch.click()
    expect(desk.locator(".one .instead")).to_have_count(0)
    mine_events = [e for e in events(house) if e["data"].get("ticket") == mine["id"]]
    assert [e["data"]["only"] for e in mine_events if e["type"] == "ticket.bound"] == [[8], None]


def test_fr_29_what_no_low_counter_does_is_said_with_what_to_do_instead(
    house: House, desk: Page
) -> None:
    shown(desk, house.issue("SW-001")["number"])
    desk.locator(".one").get_by_role("button", name="低位窗口").click()
    expect(desk.locator(".one .problem")).to_contain_text("无障碍窗口")
    expect(desk.locator(".one .instead")).to_contain_text("帮办")
    expect(desk.locator(".one").get_by_role("button", name="低位窗口")).to_have_attribute(
        "aria-pressed", "false"
    )


def test_fr_29_what_can_only_be_chosen_before_a_call_is_shown_as_fixed_after_it(
    house: House, desk: Page
) -> None:
    mine = house.issue("GA-001")
    low = desk.locator(".one").get_by_role("button", name="低位窗口")
    shown(desk, mine["number"])
    expect(low).to_be_enabled()
    house.clerk(9)
    chosen = {"ticket": mine["id"], "why": "急事"}
    house.client(SUPERVISOR).command("/windows/9/call-chosen", **chosen)
    expect(low).to_be_disabled()
    expect(desk.locator(".one .instead")).to_have_text("低位窗口要在叫号之前选。")
    expect(desk.locator(".one").get_by_role("button", name="手语")).to_be_enabled()
