"""The kiosk's touch page in a real Chromium, fed by an agent that shows what the test says."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clock import stop_clock
from tests.browser.kiosk_fake import FakeAgent
from tests.browser.kiosk_page import SIZES, open_page, show, until, wait_for
from tests.browser.kiosk_views import VIEWS

pytestmark = pytest.mark.browser


def test_the_english_screen_speaks_english_first(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "home", lang="en")
    assert kiosk.locator("html").get_attribute("lang") == "en"
    name = VIEWS["home"]["home"]["tiles"][0]["name_en"]
    expect(kiosk.locator(".tile").first.locator("b").first).to_have_text(name)
    expect(kiosk.locator(".k-tools")).to_contain_text("Call staff")


def test_large_text_shows_four_services_and_a_person_to_ask(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "home", elder=True)
    expect(kiosk.locator(".tile")).to_have_count(4)
    kiosk.get_by_text("请人帮我办").click()
    until(kiosk, lambda: agent.did("staff") != [])


def test_names_show_full_width_brackets_and_break_at_sense(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "home")
    names = kiosk.locator(".tile-tx b").all_inner_texts()
    assert "住房公积金提取（购房租房）" in [name.replace("\n", "") for name in names]
    pieces = kiosk.evaluate(
        "import('/static/kiosk/names.js').then(m => [m.pieces('参保证明与权益记录打印'),"
        " m.pieces('80周岁以上高龄津贴'), m.pieces('存量房转移登记(登记、交易、缴税一窗)')])"
    )
    assert pieces[0] == ["参保", "证明与", "权益记录", "打印"]
    assert pieces[1] == ["80周岁以上", "高龄", "津贴"]
    assert pieces[2][-4:] == ["（登记、", "交易、", "缴税", "一窗）"]


def test_a_tap_is_one_act_with_the_revision_it_saw(
    agent: FakeAgent, new_page: Callable[..., Page]
) -> None:
    kiosk = open_page(agent, new_page, clock=True)
    show(kiosk, agent, "home")
    stop_clock(kiosk)  # a second tap counts again when nothing has come of the first for a while
    kiosk.locator(".tile").first.dblclick()
    until(kiosk, lambda: agent.did("choose") != [])
    code = VIEWS["home"]["home"]["tiles"][0]["code"]
    assert agent.did("choose") == [{"rev": agent.current["rev"], "act": "choose", "code": code}]


def test_the_second_half_of_a_double_tap_does_not_hit_the_next_screen(
    kiosk: Page, agent: FakeAgent
) -> None:
    show(kiosk, agent, "home")
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
    show(kiosk, agent, "item")
    assert kiosk.evaluate("tapped")
    assert agent.did("take") == []
    kiosk.locator(".cta").click()
    until(kiosk, lambda: agent.did("take") != [])
    assert len(agent.did("take")) == 1


def test_an_act_ignored_because_figures_changed_is_sent_again_once(
    agent: FakeAgent, new_page: Callable[..., Page]
) -> None:
    kiosk = open_page(agent, new_page, clock=True)
    show(kiosk, agent, "item")
    stop_clock(kiosk)  # the page waits half a second for the new figures
    agent.refuse_next = 1
    kiosk.locator(".cta").click()
    until(kiosk, lambda: len(agent.did("take")) == 1)
    agent.show("item")
    until(kiosk, lambda: len(agent.did("take")) == 2)
    assert agent.did("take")[1]["rev"] == agent.current["rev"]


def test_groups_and_their_items_are_the_agents_to_show(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "all")
    kiosk.get_by_text("社保就业").click()
    until(kiosk, lambda: [act["id"] for act in agent.did("group")] == ["social_ins"])
    show(kiosk, agent, "all_group")
    kiosk.get_by_text("单位社会保险登记与增减员").click()
    until(kiosk, lambda: agent.did("choose") != [])


def test_keys_of_the_pad_arrive_in_order_and_none_is_lost(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "pad")
    for key in "9999":
        kiosk.get_by_role("button", name=key, exact=True).click()
    kiosk.get_by_role("button", name="退格").click()
    until(kiosk, lambda: len(agent.did("pad_key")) == 5)
    assert [act["key"] for act in agent.did("pad_key")] == ["9", "9", "9", "9", "back"]


def test_the_pad_confirms_only_a_whole_number(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "pad")
    expect(kiosk.get_by_role("button", name="确定")).to_be_disabled()
    show(kiosk, agent, "pad_full")
    kiosk.get_by_role("button", name="确定").click()
    until(kiosk, lambda: [act["key"] for act in agent.did("pad_key")] == ["ok"])


def test_a_touch_beside_every_control_shows_that_somebody_is_there(
    kiosk: Page, agent: FakeAgent
) -> None:
    show(kiosk, agent, "home")
    kiosk.locator(".greet h1").click()
    until(kiosk, lambda: agent.did("touch") != [])
    assert [act["act"] for act in agent.acts] == ["touch"]


def test_the_countdown_follows_the_agents_deadline(kiosk: Page, agent: FakeAgent) -> None:
    now = VIEWS["timeout"]["now_ms"]
    show(kiosk, agent, "timeout", deadline_ms=now + 90_000)
    assert 60 < int(kiosk.locator(".secs").inner_text()) <= 90
    show(kiosk, agent, "timeout", deadline_ms=now + 40_000)
    later = int(kiosk.locator(".secs").inner_text())
    assert 10 < later <= 40
    expect(kiosk.locator(".secs")).not_to_have_text(str(later))
    kiosk.locator(".cta").click()
    until(kiosk, lambda: agent.did("continue") != [])


def test_a_kiosk_without_printer_shows_the_number_large_and_offers_no_paper(
    kiosk: Page, agent: FakeAgent
) -> None:
    show(kiosk, agent, "done_unprinted")
    expect(kiosk.locator(".no")).to_have_text("R055")
    expect(kiosk.locator(".ribbon")).to_contain_text("不打印号票")
    assert kiosk.get_by_text("请取走号票和身份证").count() == 0
    expect(kiosk.locator("main button")).to_have_text(["完成"])


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
    until(kiosk, lambda: agent.did("choose") != [])


def test_the_keyboard_reaches_every_control(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "item")
    assert kiosk.evaluate("document.activeElement.tagName") == "H1"
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Enter")
    until(kiosk, lambda: agent.did("take") != [])


def test_the_page_obeys_the_strict_policy(agent: FakeAgent, new_page: Callable[..., Page]) -> None:
    page = new_page(*SIZES["portrait"])
    page.set_default_timeout(30_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(agent.url)
    for name in VIEWS:
        agent.show(name)
        wait_for(page, agent)
    assert [text for text in said if "Content Security Policy" in text] == []


def test_voice_is_offered_only_where_there_is_one(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "idle")
    assert kiosk.get_by_role("button", name="语音").count() == 0
    show(kiosk, agent, "idle", voice_available=True)
    kiosk.get_by_role("button", name="语音").click()
    until(kiosk, lambda: agent.did("voice") != [])
    assert json.dumps(agent.did("voice")[0]["on"]) == "true"


def test_short_waits_are_told_in_words(kiosk: Page, agent: FakeAgent) -> None:
    for wait, words in (([0, 0], "无需等候"), ([0, 5], "5分钟以内"), ([15, 25], "15–25分钟")):
        show(kiosk, agent, "item", item=VIEWS["item"]["item"] | {"wait": wait})
        assert words in "".join(kiosk.locator(".queue").inner_text().split())
        show(kiosk, agent, "done", ticket=VIEWS["done"]["ticket"] | {"wait": wait})
        assert words in "".join(kiosk.locator(".waitline").inner_text().split())


def test_fr_56_what_to_bring_is_said_in_the_language_of_the_page(
    kiosk: Page, agent: FakeAgent
) -> None:
    show(kiosk, agent, "item", lang="en")
    first = kiosk.locator(".mats li").first
    expect(first).to_have_text("Resident ID card")
    expect(first).to_have_attribute("lang", "en")
    show(kiosk, agent, "item")
    expect(first).to_have_text("居民身份证")
    expect(first).to_have_attribute("lang", "zh-CN")
    unsaid = [{"name": "照片(可现场采集)", "name_en": ""}]
    show(kiosk, agent, "item", lang="en", item=VIEWS["item"]["item"] | {"materials": unsaid})
    expect(first).to_have_text("照片可现场采集")
    expect(first).to_have_attribute("lang", "zh-CN")


BUTTONS = [
    ("idle", "预约取号", "book_open"),
    ("idle", "查号", "look_open"),
    ("idle", "查材料费用", "show_all"),
    ("idle", "不保存证件照片", "privacy_open"),
    ("home", "按拼音找", "search_open"),
    ("home", "预约取号", "book_open"),
    ("home_more", "不再加了", "show_basket"),
    ("item", "再加一项", "add"),
    ("item_guide", "输入号码取号", "pad_open"),
    ("find_booked", "输入预约码", "code_open"),
    ("booked_due", "取号", "check_in"),
    ("booked_over", "取普通号", "check_in"),
    ("booked_arrived", "查我的号", "look_open"),
    ("number_passed", "重新排队", "come_back"),
    ("number_waiting", "取消这个号", "give_back"),
    ("number_waiting", "补打号票", "print_own"),
    ("sure", "取消这个号", "sure"),
    ("sure", "不取消", "back"),
    ("error_held", "补打号票", "print_own"),
    ("error_held", "查号", "look_open"),
    ("closed_night", "查号", "look_open"),
]


def test_a_button_does_what_it_says(kiosk: Page, agent: FakeAgent) -> None:
    found = []
    for view, button, _ in BUTTONS:
        agent.acts.clear()
        show(kiosk, agent, view)
        kiosk.locator("main").get_by_role("button", name=button).last.click()
        until(kiosk, lambda: any(one["act"] != "touch" for one in agent.acts))
        found += [(view, button, one["act"]) for one in agent.acts if one["act"] != "touch"]
    assert found == BUTTONS


def test_letters_typed_fast_arrive_in_order(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "search")
    for letter in "SBK":
        kiosk.get_by_role("button", name=letter, exact=True).click()
    until(kiosk, lambda: [act["key"] for act in agent.did("search_key")] == ["s", "b", "k"])


def test_a_code_is_typed_on_the_page(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "code_booked")
    kiosk.get_by_role("button", name="Q", exact=True).click()
    kiosk.get_by_role("button", name="确定").click()
    until(kiosk, lambda: [act["key"] for act in agent.did("code_key")] == ["Q", "ok"])


def test_one_of_several_is_left_out_by_its_own_button(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "item_several")
    part = VIEWS["item_several"]["item"]["parts"][1]
    kiosk.get_by_role("button", name=f"去掉{part['name']}").click()
    until(kiosk, lambda: [act["code"] for act in agent.did("drop")] == [part["code"]])


def test_high_contrast_is_one_touch_away(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "home")
    kiosk.get_by_role("button", name="高对比").click()
    until(kiosk, lambda: [act["on"] for act in agent.did("contrast")] == [True])
    show(kiosk, agent, "home", contrast=True)
    assert kiosk.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"


def test_what_is_said_is_a_caption_while_the_voice_is_on(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "idle", voice_available=True)
    expect(kiosk.locator(".k-caption")).to_have_count(0)
    show(kiosk, agent, "idle", voice_available=True, voice=True)
    expect(kiosk.locator(".k-caption")).to_have_text(VIEWS["idle"]["say"]["text"])
    show(kiosk, agent, "idle", voice_available=True, voice=True, lang="en")
    expect(kiosk.locator(".k-caption")).to_have_text(VIEWS["idle"]["say"]["text_en"])


def test_a_kiosk_alone_says_so_quietly_and_promises_no_wait(kiosk: Page, agent: FakeAgent) -> None:
    for name in ("idle_alone", "home_alone", "item_alone", "done_alone"):
        show(kiosk, agent, name)
        expect(kiosk.locator(".k-strip")).to_contain_text("离线取号，照常办理")
        text = kiosk.locator("main").inner_text()
        assert "预计" not in text
        assert "前面" not in text.replace("前面人数暂时显示不了", "")
    show(kiosk, agent, "idle")
    expect(kiosk.locator(".k-strip")).to_have_count(0)


def test_fr_12_a_service_without_numbers_says_when_again_and_leads_to_the_others(
    kiosk: Page, agent: FakeAgent
) -> None:
    show(kiosk, agent, "home_shut")
    tiles = [" ".join(text.split()) for text in kiosk.locator(".tile").all_inner_texts()]
    assert "13:15 再取号" in tiles[0]
    assert "3 月 18 日 08:45" in tiles[1]
    assert "今天的号已取完" in tiles[2]
    show(kiosk, agent, "item_closed")
    expect(kiosk.locator(".verdict")).to_contain_text("13:15 再取号")
    assert kiosk.get_by_role("button", name="取号", exact=True).count() == 0
    kiosk.get_by_role("button", name="选别的事项").click()
    until(kiosk, lambda: agent.did("back") != [])


def test_a_screen_that_sleeps_is_woken_by_a_touch(kiosk: Page, agent: FakeAgent) -> None:
    show(kiosk, agent, "idle", asleep=True)
    kiosk.mouse.click(300, 1100)
    until(kiosk, lambda: [act["act"] for act in agent.acts] == ["touch"])
    show(kiosk, agent, "idle")
    expect(kiosk.locator(".asleep")).to_have_count(0)


def test_targets_keep_their_millimetres_on_a_denser_panel(kiosk: Page, agent: FakeAgent) -> None:
    heights = {}
    for inches in (21.5, 15.6):
        show(kiosk, agent, "code_look", panel=inches)
        box = kiosk.get_by_role("button", name="A", exact=True).bounding_box()
        assert box is not None
        heights[inches] = box["height"]
    assert heights[15.6] >= 111
    assert heights[21.5] >= 81
