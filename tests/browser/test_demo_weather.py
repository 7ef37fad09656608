"""The demo's first page over the whole hall: what it breaks shows on the kiosk, and mends."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.controller.cli.demo_process import Demo, demo, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

ALONE = "离线取号"
UNPROVEN = "号票可能没有打印出来"
YANKED, PULLED_OUT = "没有读到证件", "卡片拿开得太早"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with demo(tmp_path_factory.mktemp("weather")) as started:
        yield started


@pytest.fixture
def fair(running: Demo) -> Iterator[Demo]:
    """The demo with nobody at its kiosk and nothing broken."""
    yield running
    switches = running.look()["weather"]
    running.tell("/weather", **dict.fromkeys(switches, False))
    running.tell("/cards/lift")


@pytest.fixture
def index(fair: Demo, new_page: Callable[..., Page]) -> Page:
    page = new_page(1366, 768)
    page.goto(fair.info["urls"]["index"])
    page.wait_for_selector(".flip")
    return page


@pytest.fixture
def kiosk(fair: Demo, new_page: Callable[..., Page]) -> Page:
    """The touch page; whoever was at it has left."""
    page = new_page(1080, 1920)
    page.goto(fair.info["urls"]["kiosk"])
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    state = page.locator("body").get_attribute("data-state")
    with contextlib.suppress(TimeoutError):  # the kiosk ends a visit by itself, too
        if state == "error":
            page.locator(".way").last.click(timeout=5000)
        elif state != "idle":
            way = page.get_by_role("button", name=re.compile("^(完成|知道了|退出)"))
            way.first.click(timeout=5000)
    shows(page, "idle")
    return page


def shows(kiosk: Page, state: str) -> None:
    expect(kiosk.locator("body")).to_have_attribute("data-state", state, timeout=60_000)


def title(kiosk: Page) -> Locator:
    return kiosk.locator("h1").first


def tap(kiosk: Page, what: Locator) -> None:
    """A tap once the new screen takes taps."""
    expect(kiosk.locator("body")).to_have_attribute("data-ready", "true")
    what.click()


def throw(index: Page, switch: str, on: bool) -> None:
    lever = index.locator(f'[data-switch="{switch}"]')
    lever.click()
    expect(lever).to_have_attribute("aria-checked", str(on).lower())


def issued(running: Demo) -> str:
    """The tickets that the controller knows of."""
    return json.dumps(running.get("operator", "/events?after=0&limit=500"))


def recovers(index: Page, switch: str) -> None:
    """The page says how long the kiosk took to be well again."""
    back = index.locator(f'[data-switch="{switch}"] .back')
    expect(back).to_contain_text("秒恢复", timeout=60_000)


def test_numbers_are_given_out_on_a_pulled_cable_and_known_to_the_hall_when_it_is_mended(
    index: Page, kiosk: Page, fair: Demo
) -> None:
    throw(index, "cable_cut", True)
    expect(index.locator('[data-switch="cable_cut"] .noticed')).to_be_visible()
    expect(index.locator(".part", has_text="网络")).to_contain_text("断网")
    expect(kiosk.get_by_text(ALONE)).to_be_visible()
    index.click('[data-card="two"]')
    shows(kiosk, "home")
    tap(kiosk, kiosk.locator(".tile").first)
    shows(kiosk, "item")
    tap(kiosk, kiosk.locator(".cta"))
    shows(kiosk, "done")
    number = kiosk.locator(".slip .no").inner_text().strip()
    assert number not in issued(fair)
    throw(index, "cable_cut", False)
    recovers(index, "cable_cut")
    wait_until(lambda: number in issued(fair))


def test_a_torn_ticket_keeps_its_number_and_is_printed_when_there_is_paper(
    index: Page, kiosk: Page, fair: Demo
) -> None:
    before = index.locator(".slip").count()
    throw(index, "paper_torn", True)
    index.click('[data-card="rare"]')
    shows(kiosk, "home")
    expect(title(kiosk)).to_contain_text("王*𬍛")
    tap(kiosk, kiosk.locator(".tile").first)
    shows(kiosk, "item")
    tap(kiosk, kiosk.locator(".cta"))
    expect(title(kiosk)).to_have_text(UNPROVEN)
    number = kiosk.locator(".slip .no").inner_text().strip()
    expect(index.locator(".shows")).to_contain_text(UNPROVEN)
    expect(index.locator(".slip")).to_have_count(before)
    throw(index, "paper_torn", False)
    recovers(index, "paper_torn")
    tap(kiosk, kiosk.locator(".way.main"))
    shows(kiosk, "done")
    expect(kiosk.locator(".slip .no")).to_have_text(number)
    # the half that was torn off, and the whole
    expect(index.locator(".slip")).to_have_count(before + 2)
    index.click('[data-code="slip"]')
    expect(index.locator('[data-code="slip"]')).to_contain_text("已扫码")
    index.click(".reader button")
    expect(index.locator(".reader")).to_contain_text("选一张证件放上去")


@pytest.mark.parametrize(("card", "says"), [("permit", YANKED), ("social", PULLED_OUT)])
def test_a_yanked_card_is_asked_for_again(
    index: Page, kiosk: Page, fair: Demo, card: str, says: str
) -> None:
    if not index.locator(f'[data-card="{card}"]').count():
        pytest.skip("no virtual chip reader here")
    throw(index, "yank", True)
    index.click(f'[data-card="{card}"]')
    expect(title(kiosk)).to_have_text(says)
    expect(index.locator('[data-switch="yank"]')).to_have_attribute("aria-checked", "false")
    expect(index.locator(".reader.on")).to_have_count(0)
    index.click(f'[data-card="{card}"]')
    shows(kiosk, "home")
    fair.tell("/cards/lift")
    tap(kiosk, kiosk.get_by_text("退出"))


def test_a_crashed_card_service_is_noticed_and_the_bank_card_told_apart_when_it_is_back(
    index: Page, kiosk: Page
) -> None:
    if not index.locator('[data-switch="pcscd_down"]').count():
        pytest.skip("no virtual chip reader here")
    throw(index, "pcscd_down", True)
    expect(index.locator('[data-switch="pcscd_down"] .noticed')).to_be_visible()
    expect(index.locator('[data-card="bank"]')).to_be_disabled()
    throw(index, "pcscd_down", False)
    recovers(index, "pcscd_down")
    index.click('[data-card="bank"]')
    expect(title(kiosk)).to_have_text("这台读卡器不能读这种卡")


def test_the_first_page_fits_the_screens_it_is_made_for(
    fair: Demo, new_page: Callable[..., Page]
) -> None:
    measure = (Path(__file__).with_name("kiosk_measure.js")).read_text()
    for width, height in ((1366, 768), (1920, 1080)):
        page = new_page(width, height)
        page.goto(fair.info["urls"]["index"])
        page.wait_for_selector(".flip")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        clipped = page.evaluate(measure)["overflow"]
        assert [one for one in clipped if one.startswith("clipped")] == []
