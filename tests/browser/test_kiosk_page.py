"""The kiosk's touch page in a real Chromium, fed by an agent that shows what the test says."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clock import stop_clock
from tests.browser.kiosk_fake import FakeAgent
from tests.browser.kiosk_views import VIEWS

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
AXE = HERE / "vendor" / "axe.min.js"
MEASURE = (HERE / "kiosk_measure.js").read_text("utf-8")
PANELS = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
TAP = 81  # 20 mm on a 21.5" panel
TOOL = 61  # 15 mm: the tools are secondary
GAP = 16  # 4 mm
SMALLEST = 23.9  # px of type: 22 px, 5.5 mm, of ink
SMALLEST_ELDER = 32.0
MODES = {
    "zh": {"lang": "zh"},
    "en": {"lang": "en"},
    "elder": {"lang": "zh", "elder": True},
    "elder-en": {"lang": "en", "elder": True},
}


@pytest.fixture
def agent() -> Iterator[FakeAgent]:
    fake = FakeAgent().start()
    yield fake
    if fake.alive:
        fake.stop()


@pytest.fixture
def kiosk(agent: FakeAgent, new_page: Callable[..., Page]) -> Page:
    """The page on the portrait panel, showing the idle screen."""
    return _open(agent, new_page, "portrait")


def _open(agent: FakeAgent, new_page: Callable[..., Page], panel: str, clock: bool = False) -> Page:
    page = new_page(*PANELS[panel], reduced_motion="reduce")
    page.set_default_timeout(30_000)
    if clock:
        page.clock.install()
    page.goto(agent.url)
    _wait_for(page, agent)
    return page


def _wait_for(page: Page, agent: FakeAgent, settled: bool = False) -> None:
    """The page shows the agent's newest view; ``settled``: and accepts taps again."""
    page.wait_for_selector(f"body[data-rev='{agent.current['rev']}']")
    if settled:
        page.wait_for_selector("body[data-ready='true']")


def _show(page: Page, agent: FakeAgent, name: str, **changes: Any) -> None:
    agent.show(name, **changes)
    _wait_for(page, agent, settled=True)


def _measure(page: Page) -> dict[str, Any]:
    result: dict[str, Any] = page.evaluate(MEASURE)
    return result


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("panel", PANELS)
def test_every_state_fits_reads_and_can_be_hit(
    agent: FakeAgent, new_page: Callable[..., Page], panel: str, mode: str
) -> None:
    page = _open(agent, new_page, panel)
    smallest = SMALLEST_ELDER if "elder" in mode else SMALLEST
    faults: list[str] = []
    for name in VIEWS:
        agent.show(name, **MODES[mode])
        _wait_for(page, agent)
        found = _measure(page)
        said = [f"overflow: {x}" for x in found["overflow"]]
        said += [f"contrast: {x}" for x in found["contrast"]]
        said += [f"small text: {x}" for x in found["text"] if x["px"] < smallest - 0.1]
        said += [
            f"small target: {x}"
            for x in found["targets"]
            if min(x["w"], x["h"]) < (TOOL if x["tool"] else TAP) - 0.5
        ]
        said += [f"targets too near: {x}" for x in found["gaps"] if x["px"] < GAP - 0.5]
        faults += [f"{name}: {x}" for x in said]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("mode", ["zh", "elder-en"])
def test_the_items_of_every_group_fit(
    agent: FakeAgent, new_page: Callable[..., Page], panel: str, mode: str
) -> None:
    page = _open(agent, new_page, panel)
    for index, group in enumerate(VIEWS["all"]["all"]["groups"]):
        agent.show("closed")
        _wait_for(page, agent)
        agent.show("all", **MODES[mode])
        _wait_for(page, agent)
        page.locator(".group").nth(index).click()
        expect(page.locator(".items .tile")).to_have_count(len(group["items"]))
        found = _measure(page)
        assert not found["overflow"], f"{group['name']}: {found['overflow']}"
        assert all(min(x["w"], x["h"]) >= TOOL for x in found["targets"])
        assert all(x["px"] >= GAP - 0.5 for x in found["gaps"])


def test_screen_readers_find_nothing_serious(kiosk: Page, agent: FakeAgent) -> None:
    """Zoom is off on a kiosk on purpose; contrast is measured above, at 7:1 instead of 4.5:1."""
    kiosk.evaluate(AXE.read_text("utf-8"))
    faults = []
    for name in VIEWS:
        agent.show(name)
        _wait_for(kiosk, agent)
        found = kiosk.evaluate(
            "axe.run(document, {resultTypes: ['violations'],"
            " rules: {'meta-viewport': {enabled: false}, 'color-contrast': {enabled: false}}})"
        )
        faults += [
            f"{name}: {v['id']}: {v['nodes'][0]['html'][:120]}"
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
    assert not faults, "\n".join(faults)


def test_the_english_screen_speaks_english_first(kiosk: Page, agent: FakeAgent) -> None:
    _show(kiosk, agent, "home", lang="en")
    assert kiosk.locator("html").get_attribute("lang") == "en"
    expect(kiosk.locator(".tile").first.locator("b").first).to_have_text("ID card renewal")
    expect(kiosk.locator(".k-tools")).to_contain_text("Call staff")


def test_large_text_shows_four_services_and_a_person_to_ask(kiosk: Page, agent: FakeAgent) -> None:
    _show(kiosk, agent, "home", elder=True)
    expect(kiosk.locator(".tile")).to_have_count(4)
    kiosk.get_by_text("请人帮我办").click()
    _until(kiosk, lambda: agent.did("staff") != [])


def test_names_show_full_width_brackets_and_break_at_sense(kiosk: Page, agent: FakeAgent) -> None:
    _show(kiosk, agent, "home")
    name = kiosk.locator(".tile-tx b").nth(3)
    assert name.inner_text().replace("\n", "") == "住房公积金提取（购房租房）"
    pieces = kiosk.evaluate(
        "import('/static/kiosk/names.js').then(m => [m.pieces('参保证明与权益记录打印'),"
        " m.pieces('80周岁以上高龄津贴'), m.pieces('存量房转移登记(登记、交易、缴税一窗)')])"
    )
    assert pieces[0] == ["参保", "证明与", "权益记录", "打印"]
    assert pieces[1] == ["80周岁以上", "高龄", "津贴"]
    assert pieces[2][-4:] == ["（登记、", "交易、", "缴税", "一窗）"]


def test_a_tap_is_one_act_with_the_revision_it_saw(kiosk: Page, agent: FakeAgent) -> None:
    _show(kiosk, agent, "home")
    kiosk.locator(".tile").first.dblclick()
    _until(kiosk, lambda: agent.did("choose") != [])
    assert agent.did("choose") == [{"rev": agent.current["rev"], "act": "choose", "code": "GA-006"}]


def test_the_second_half_of_a_double_tap_does_not_hit_the_next_screen(
    kiosk: Page, agent: FakeAgent
) -> None:
    _show(kiosk, agent, "home")
    # At once when the screen is drawn, before anybody could have read it; and drawing is slow.
    kiosk.evaluate(
        """() => {
          Object.defineProperty(document, 'title', { set() {
            const began = performance.now();
            while (performance.now() - began < 500);
          } });
          new MutationObserver((_, me) => {
            const button = document.querySelector('[data-state=item] .cta');
            if (!button) return;
            me.disconnect();
            button.click();
            window.tapped = true;
          }).observe(document.body, {attributes: true, childList: true, subtree: true});
        }"""
    )
    _show(kiosk, agent, "item")
    assert kiosk.evaluate("tapped")
    assert agent.did("take") == []
    kiosk.locator(".cta").click()
    _until(kiosk, lambda: agent.did("take") != [])
    assert len(agent.did("take")) == 1


def test_an_act_ignored_because_figures_changed_is_sent_again_once(
    agent: FakeAgent, new_page: Callable[..., Page]
) -> None:
    kiosk = _open(agent, new_page, "portrait", clock=True)
    _show(kiosk, agent, "item")
    stop_clock(kiosk)  # the page waits half a second for the new figures
    agent.refuse_next = 1
    kiosk.locator(".cta").click()
    _until(kiosk, lambda: len(agent.did("take")) == 1)
    agent.show("item")
    _until(kiosk, lambda: len(agent.did("take")) == 2)
    assert agent.did("take")[1]["rev"] == agent.current["rev"]


def test_any_service_is_four_taps_after_the_card(kiosk: Page, agent: FakeAgent) -> None:
    _show(kiosk, agent, "home")
    kiosk.get_by_text("全部事项").click()
    _until(kiosk, lambda: agent.did("show_all") != [])
    _show(kiosk, agent, "all")
    kiosk.get_by_text("社保就业").click()
    kiosk.get_by_text("单位社会保险登记与增减员").click()
    _until(kiosk, lambda: agent.did("choose") != [])
    _show(kiosk, agent, "item")
    kiosk.locator(".cta").click()
    _until(kiosk, lambda: agent.did("take") != [])


def test_back_from_a_group_shows_the_groups_and_then_leaves(kiosk: Page, agent: FakeAgent) -> None:
    _show(kiosk, agent, "all")
    kiosk.locator(".group").first.click()
    kiosk.get_by_role("button", name="返回").click()
    expect(kiosk.locator(".group")).to_have_count(16)
    assert agent.did("back") == []
    kiosk.get_by_role("button", name="返回").click()
    _until(kiosk, lambda: agent.did("back") != [])


def test_keys_of_the_pad_arrive_in_order_and_none_is_lost(kiosk: Page, agent: FakeAgent) -> None:
    _show(kiosk, agent, "pad")
    for key in "9999":
        kiosk.get_by_role("button", name=key, exact=True).click()
    kiosk.get_by_role("button", name="退格").click()
    _until(kiosk, lambda: len(agent.did("pad_key")) == 5)
    assert [act["key"] for act in agent.did("pad_key")] == ["9", "9", "9", "9", "back"]


def test_the_pad_confirms_only_a_whole_number(kiosk: Page, agent: FakeAgent) -> None:
    _show(kiosk, agent, "pad")
    expect(kiosk.get_by_role("button", name="确定")).to_be_disabled()
    _show(kiosk, agent, "pad", pad={"digits": "", "count": 18, "wrong": False})
    kiosk.get_by_role("button", name="确定").click()
    _until(kiosk, lambda: [act["key"] for act in agent.did("pad_key")] == ["ok"])


def test_a_touch_beside_every_control_shows_that_somebody_is_there(
    kiosk: Page, agent: FakeAgent
) -> None:
    _show(kiosk, agent, "home")
    kiosk.locator(".greet h1").click()
    _until(kiosk, lambda: agent.did("touch") != [])
    assert [act["act"] for act in agent.acts] == ["touch"]


def test_the_countdown_follows_the_agents_deadline(kiosk: Page, agent: FakeAgent) -> None:
    now = VIEWS["timeout"]["now_ms"]
    _show(kiosk, agent, "timeout", deadline_ms=now + 90_000)
    assert 60 < int(kiosk.locator(".secs").inner_text()) <= 90
    _show(kiosk, agent, "timeout", deadline_ms=now + 40_000)
    later = int(kiosk.locator(".secs").inner_text())
    assert 10 < later <= 40
    expect(kiosk.locator(".secs")).not_to_have_text(str(later))
    kiosk.locator(".cta").click()
    _until(kiosk, lambda: agent.did("continue") != [])


def test_an_unprinted_ticket_keeps_its_number_large_and_offers_to_print_again(
    kiosk: Page, agent: FakeAgent
) -> None:
    _show(kiosk, agent, "done_unprinted")
    expect(kiosk.locator(".no")).to_have_text("R055")
    expect(kiosk.locator(".ribbon")).to_contain_text("没有打出来")
    assert kiosk.get_by_text("请取走号票和身份证").count() == 0
    kiosk.get_by_role("button", name="再打印一次").click()
    _until(kiosk, lambda: agent.did("reprint") != [])


def test_a_lost_agent_is_covered_and_found_again(kiosk: Page, agent: FakeAgent) -> None:
    agent.stop()
    expect(kiosk.locator("body")).to_have_attribute("data-state", "lost")
    expect(kiosk.locator("h1")).to_have_text("正在恢复")
    assert kiosk.locator("button").count() == 0
    agent.current = {**VIEWS["home"], "rev": 1}  # the new agent counts from the start
    agent.start()
    expect(kiosk.locator("body")).to_have_attribute("data-state", "home")
    kiosk.wait_for_selector("body[data-ready='true']")
    kiosk.locator(".tile").first.click()
    _until(kiosk, lambda: agent.did("choose") != [])


def test_there_is_no_way_out_of_the_page(kiosk: Page, agent: FakeAgent) -> None:
    swallowed = kiosk.evaluate(
        """() => {
            const names = ['contextmenu', 'selectstart', 'dragstart', 'wheel', 'touchmove', 'copy'];
            const open = (name) => new Event(name, {bubbles: true, cancelable: true});
            return names.filter((name) => document.body.dispatchEvent(open(name)));
        }"""
    )
    assert swallowed == []
    for keys in ("F5", "Control+r", "Control+a", "Alt+ArrowLeft", "Control+l", "F11", "Escape"):
        kiosk.keyboard.press(keys)
    assert kiosk.url == agent.url
    assert kiosk.evaluate("String(getSelection())") == ""
    assert kiosk.locator("a").count() == 0
    assert kiosk.evaluate("getComputedStyle(document.body).touchAction") == "none"


def test_the_keyboard_reaches_every_control(kiosk: Page, agent: FakeAgent) -> None:
    _show(kiosk, agent, "item")
    assert kiosk.evaluate("document.activeElement.tagName") == "H1"
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Enter")
    _until(kiosk, lambda: agent.did("take") != [])


def test_the_page_obeys_the_strict_policy(agent: FakeAgent, new_page: Callable[..., Page]) -> None:
    page = new_page(*PANELS["portrait"])
    page.set_default_timeout(30_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(agent.url)
    for name in VIEWS:
        agent.show(name)
        _wait_for(page, agent)
    assert [text for text in said if "Content Security Policy" in text] == []


def test_voice_is_offered_only_where_there_is_one(kiosk: Page, agent: FakeAgent) -> None:
    _show(kiosk, agent, "idle")
    assert kiosk.get_by_role("button", name="语音").count() == 0
    _show(kiosk, agent, "idle", voice_available=True)
    kiosk.get_by_role("button", name="语音").click()
    _until(kiosk, lambda: agent.did("voice") != [])
    assert json.dumps(agent.did("voice")[0]["on"]) == "true"


def _until(page: Page, true: Callable[[], bool]) -> None:
    """Let the page run until ``true()``; at most 20 s."""
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "the agent was not told"
        page.wait_for_timeout(20)


def test_short_waits_are_told_in_words(kiosk: Page, agent: FakeAgent) -> None:
    for wait, words in (([0, 0], "无需等候"), ([0, 5], "5分钟以内"), ([15, 25], "15–25分钟")):
        _show(kiosk, agent, "item", item=VIEWS["item"]["item"] | {"wait": wait})
        assert words in "".join(kiosk.locator(".queue").inner_text().split())
        _show(kiosk, agent, "done", ticket=VIEWS["done"]["ticket"] | {"wait": wait})
        assert words in "".join(kiosk.locator(".waitline").inner_text().split())
