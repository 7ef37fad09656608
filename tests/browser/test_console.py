"""The clerk console: keys, one command a press, lost answers, lost connections, and plain words."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_fake import Refused, now_ms
from tests.browser.desk_server import DeskServer
from tests.browser.desk_steps import at_window, key, press, quiet, sign_in, until

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]


def test_the_common_cycle_is_three_keys_and_no_mouse(console: Page, server: DeskServer) -> None:
    press(console, "F1")
    expect(console.locator(".tk.called .no")).to_have_text("R031")
    press(console, "F3")
    expect(console.locator(".me .state")).to_have_text("办理中")
    press(console, "F4")
    expect(console.locator(".blank")).to_be_visible()
    assert server.deeds == ["open", "call", "arrive", "finish"]
    assert server.hall.done[-1][1]["result"] == "done"
    expect(console.locator(".facts2")).to_contain_text("12 件")


def test_the_next_person_may_be_called_at_once_after_f4(console: Page, server: DeskServer) -> None:
    press(console, "F1", "F3")
    expect(key(console, "F4")).to_be_enabled()
    server.hold = threading.Event()
    console.keyboard.press("F4")
    console.keyboard.press("F1")
    server.hold.set()
    expect(console.locator(".tk.called .no")).to_have_text("R046")
    assert server.deeds == ["open", "call", "arrive", "finish", "call"]


def test_a_finish_that_is_refused_calls_nobody(console: Page, server: DeskServer) -> None:
    press(console, "F1", "F3")
    expect(key(console, "F4")).to_be_enabled()
    server.refuse = Refused("wrong-state", 409, "It is finished already.", "这个号已经办结。")
    console.keyboard.press("F4")
    console.keyboard.press("F1")
    expect(console.locator(".notice")).to_contain_text("这个号已经办结。")
    quiet(console)
    assert server.deeds == ["open", "call", "arrive"]


def test_the_next_sensible_key_is_the_solid_one(console: Page) -> None:
    for name in ["F1", "F3", "F4"]:
        expect(console.locator(".key.next")).to_have_count(1)
        expect(console.locator(".key.next")).to_have_attribute("data-key", name)
        press(console, name)


def test_only_keys_that_work_are_drawn(console: Page) -> None:
    drawn = console.locator("[data-key]").evaluate_all("all => all.map((k) => k.dataset.key)")
    assert drawn == ["F1", "F2", "F3", "F4", "F6", "F7", "F8", "F9", "F10", "Esc", "F12"]


def test_a_double_press_is_one_command(console: Page, server: DeskServer) -> None:
    for name in ["F1", "F3", "F4"]:
        expect(key(console, name)).to_be_enabled()
        console.keyboard.press(name)
        console.keyboard.press(name)
    expect(console.locator(".blank")).to_be_visible()
    assert server.deeds == ["open", "call", "arrive", "finish"]
    assert len(server.commands) == 4


def test_a_double_click_is_one_command(console: Page, server: DeskServer) -> None:
    key(console, "F1").dblclick()
    expect(console.locator(".tk.called")).to_be_visible()
    assert [deed for deed, _ in server.commands] == ["open", "call"]


def test_a_held_key_is_one_command(console: Page, server: DeskServer) -> None:
    for _ in range(5):
        console.keyboard.down("F1")  # after the first, the browser reports them as repeats
    console.keyboard.up("F1")
    expect(console.locator(".tk.called")).to_be_visible()
    assert [deed for deed, _ in server.commands] == ["open", "call"]


def test_a_press_while_a_command_is_in_flight_is_not_kept(
    console: Page, server: DeskServer
) -> None:
    server.hold = threading.Event()
    press(console, "F1")
    until(lambda: len(server.commands) == 2, "the call has arrived")
    console.keyboard.press("F3")
    console.keyboard.press("F8")
    quiet(console)
    server.hold.set()
    expect(key(console, "F3")).to_be_enabled()
    quiet(console)
    assert server.deeds == ["open", "call"]


def test_a_lost_answer_is_asked_for_again_under_the_same_id(
    console: Page, server: DeskServer
) -> None:
    server.lose_answers = 2
    press(console, "F1")
    until(lambda: len(server.commands) >= 4, "two repeats")
    press(console, "F3")
    ids = [body["request_id"] for deed, body in server.commands if deed == "call"]
    assert len(ids) >= 3  # the third was answered, if not too late
    assert len(set(ids)) == 1
    assert server.deeds[:2] == ["open", "call"]
    expect(console.locator(".tk .no")).to_have_text("R031")


def test_after_three_repeats_the_clerk_is_told_and_the_true_state_shown(
    console: Page, server: DeskServer
) -> None:
    server.lose_answers = 99
    press(console, "F1")
    expect(console.locator(".notice")).to_contain_text("没有收到控制器的回答")
    assert len([deed for deed, _ in server.commands if deed == "call"]) == 4
    assert server.deeds == ["open", "call"]
    expect(console.locator(".tk.called .no")).to_have_text("R031")


def test_without_the_controller_keys_refuse_and_nothing_is_kept(
    console: Page, server: DeskServer
) -> None:
    server.silence()
    expect(console.locator(".banner")).to_contain_text("连接已中断")
    for name in ["F1", "F9"]:
        expect(key(console, name)).to_be_disabled()
        console.keyboard.press(name)
    expect(console.locator(".notice")).to_contain_text("没有发送")
    server.speak()
    expect(console.locator(".banner")).to_have_count(0)
    quiet(console)
    assert server.deeds == ["open"]
    press(console, "F1")
    expect(console.locator(".tk.called")).to_be_visible()


def test_a_finish_is_refused_when_the_controller_is_lost(console: Page, server: DeskServer) -> None:
    press(console, "F1", "F3")
    server.silence()
    expect(console.locator(".net.off")).to_be_visible()
    console.keyboard.press("F4")
    quiet(console)
    assert "finish" not in server.deeds


def test_a_refusal_is_one_plain_chinese_sentence(console: Page, server: DeskServer) -> None:
    server.refuse = Refused("too-soon", 409, "Recall again in 8 s.", "太快了，8 秒后才能重呼。")
    press(console, "F1")
    expect(console.locator(".notice span")).to_have_text("太快了，8 秒后才能重呼。")
    console.keyboard.press("Escape")
    expect(console.locator(".notice")).to_have_count(0)


def test_a_refusal_in_english_when_the_page_is_english(console: Page, server: DeskServer) -> None:
    console.get_by_role("button", name="EN", exact=True).click()
    server.refuse = Refused("too-soon", 409, "Recall again in 8 s.", "太快了，8 秒后才能重呼。")
    press(console, "F1")
    expect(console.locator(".notice span")).to_have_text("Recall again in 8 s.")
    assert console.evaluate("document.documentElement.lang") == "en"


def test_enter_never_finishes_a_case(console: Page, server: DeskServer) -> None:
    press(console, "F1", "F3")
    expect(key(console, "F4")).to_be_enabled()
    for focus in ['[data-key="F4"]', ".result button", "body"]:
        console.locator(focus).first.focus()
        console.keyboard.press("Enter")
    quiet(console)
    assert "finish" not in server.deeds


def test_space_on_the_focused_key_presses_it(console: Page, server: DeskServer) -> None:
    key(console, "F1").focus()
    console.keyboard.press("Space")
    expect(console.locator(".tk.called")).to_be_visible()
    assert server.deeds == ["open", "call"]


def test_a_digit_after_f4_records_another_result(console: Page, server: DeskServer) -> None:
    server.hall.undo_s = 60
    press(console, "F1", "F3", "F4")
    expect(console.locator(".undo-bar")).to_contain_text("R031 已记为「办结」")
    console.keyboard.press("3")
    expect(console.locator(".undo-bar")).to_contain_text("R031 已记为「告知补正」")
    assert server.deeds == ["open", "call", "arrive", "finish", "undo", "finish"]
    results = [body["result"] for deed, body in server.hall.done if deed == "finish"]
    assert results == ["done", "supplement"]
    expect(console.locator(".facts2")).to_contain_text("12 件")


def test_a_digit_right_after_f4_waits_for_the_answer_and_then_counts(
    console: Page, server: DeskServer
) -> None:
    server.hall.undo_s = 60
    press(console, "F1", "F3")
    expect(key(console, "F4")).to_be_enabled()
    server.hold = threading.Event()
    console.keyboard.press("F4")
    console.keyboard.press("2")
    server.hold.set()
    expect(console.locator(".undo-bar")).to_contain_text("R031 已记为「受理」")
    results = [body["result"] for deed, body in server.hall.done if deed == "finish"]
    assert results == ["done", "accepted"]


def test_a_digit_before_f4_chooses_the_result_without_haste(
    console: Page, server: DeskServer
) -> None:
    press(console, "F1", "F3")
    expect(console.locator(".result")).to_be_visible()
    console.keyboard.press("5")
    expect(console.locator('.result [aria-pressed="true"]')).to_contain_text("转办")
    press(console, "F4")
    expect(console.locator(".blank")).to_be_visible()
    assert server.hall.done[-1][1]["result"] == "referred"


def test_fr_45_escape_takes_a_finish_back(console: Page, server: DeskServer) -> None:
    server.hall.undo_s = 60
    press(console, "F1", "F3", "F4")
    expect(console.locator(".undo-bar")).to_be_visible()
    expect(key(console, "Esc")).to_contain_text("撤销")
    press(console, "Esc")
    expect(console.locator(".tk .no")).to_have_text("R031")
    expect(console.locator(".me .state")).to_have_text("办理中")
    expect(console.locator(".facts2")).to_contain_text("11 件")
    assert server.deeds == ["open", "call", "arrive", "finish", "undo"]


def test_fr_45_after_its_seconds_a_finish_stands(console: Page, server: DeskServer) -> None:
    server.hall.undo_s = -60  # over by any clock
    press(console, "F1", "F3", "F4")
    expect(console.locator(".blank")).to_be_visible()
    expect(key(console, "F1")).to_be_enabled()
    expect(console.locator(".undo-bar")).to_have_count(0)
    console.keyboard.press("Escape")
    console.keyboard.press("3")
    quiet(console)
    assert server.deeds == ["open", "call", "arrive", "finish"]


def test_escape_closes_what_is_open_before_it_takes_anything_back(
    console: Page, server: DeskServer
) -> None:
    server.hall.undo_s = 60
    press(console, "F1", "F8", "F9")
    expect(console.locator("dialog")).to_be_visible()
    console.keyboard.press("Escape")
    expect(console.locator("dialog")).to_have_count(0)
    quiet(console)
    assert server.deeds == ["open", "call", "pass"]
    console.keyboard.press("Escape")
    expect(console.locator(".tk.called .no")).to_have_text("R031")
    assert server.deeds == ["open", "call", "pass", "undo"]


def test_a_bundle_goes_through_its_items_one_by_one(console: Page, server: DeskServer) -> None:
    press(console, "F1", "F3", "F4")
    expect(console.locator(".blank")).to_be_visible()
    press(console, "F1", "F3")
    expect(console.locator(".pane h2").first).to_contain_text("已办 0 / 本窗口 4 项")
    expect(console.locator(".items li").last).to_contain_text("下一窗口")
    for index in range(4):
        expect(console.locator(".items li.at")).to_have_count(1)
        at = console.locator(".items li").nth(index)
        expect(at).to_have_attribute("aria-current", "step")
        press(console, "F4")
        until(lambda n=index: server.deeds.count("finish") == n + 2, "the item is finished")  # type: ignore[misc]
        quiet(console)  # the same key soon after would be the same press
    expect(console.locator(".blank")).to_be_visible()
    items = [body["item"] for deed, body in server.hall.done if deed == "finish"]
    assert items == [0, 0, 1, 2, 3]


def test_recall_and_pass_wait_for_their_time(server: DeskServer, new_page: NewPage) -> None:
    server.hall.recall_gap_s, server.hall.pass_after_s = 40, 60
    page = at_window(new_page(1366, 768), server)
    press(page, "F1")
    expect(key(page, "F2")).to_contain_text("秒")
    expect(key(page, "F2")).to_be_disabled()
    page.keyboard.press("F2")
    expect(key(page, "F8")).to_be_disabled()
    quiet(page)
    assert server.deeds == ["open", "call"]
    soon = now_ms() + 1000
    server.change(lambda hall: (hall.ticket or {}).update(recall_from=soon))
    press(page, "F2")
    expect(page.locator(".foot")).to_contain_text("已呼叫 2 次，还可重呼 2 次")
    assert server.deeds == ["open", "call", "recall"]


def test_a_person_who_does_not_come_is_passed(console: Page, server: DeskServer) -> None:
    press(console, "F1", "F8")
    expect(console.locator(".blank")).to_be_visible()
    assert server.deeds == ["open", "call", "pass"]


def test_a_pause_has_a_reason_and_minutes(console: Page, server: DeskServer) -> None:
    press(console, "F9")
    console.keyboard.press("3")
    console.get_by_label("预计分钟").fill("45")
    console.keyboard.press("Enter")
    expect(console.locator(".blank h2")).to_have_text("暂停服务：会议")
    deed, body = server.hall.done[-1]
    assert (deed, body["reason"], body["minutes"]) == ("pause", "meeting", 45)
    expect(console.locator(".key.next")).to_have_attribute("data-key", "F9")
    press(console, "F9")
    expect(console.locator(".me .state")).to_have_text("空闲")
    assert server.deeds == ["open", "pause", "resume"]


def test_escape_leaves_the_pause_form(console: Page, server: DeskServer) -> None:
    press(console, "F9")
    expect(console.locator("dialog")).to_be_visible()
    console.keyboard.press("Escape")
    expect(console.locator("dialog")).to_have_count(0)
    assert server.deeds == ["open"]


def test_a_pause_longer_than_four_hours_is_not_sent(console: Page, server: DeskServer) -> None:
    press(console, "F9")
    console.get_by_label("预计分钟").fill("999")
    console.keyboard.press("Enter")
    quiet(console)
    assert server.deeds == ["open"]


def test_nobody_waiting_is_calm_and_the_counts_stay_live(console: Page, server: DeskServer) -> None:
    expect(console.locator(".load td").first).to_have_text("6")
    server.change(
        lambda hall: (hall.waiting.clear(), hall.counts.update(dict.fromkeys(hall.counts, 0)))
    )
    expect(console.locator(".blank h2")).to_have_text("现在没有人在等")
    press(console, "F1")
    expect(console.locator(".blank p")).to_have_text("没有人在等本窗口的业务。")
    server.change(lambda hall: hall.counts.update(social_ins=1))
    expect(console.locator(".load tbody tr").first).to_contain_text("1")
    expect(console.locator(".blank h2")).to_have_text("可以叫下一位")


def test_the_page_shows_counts_and_no_list_of_people(console: Page, server: DeskServer) -> None:
    text = console.locator("body").inner_text()
    for waiting in server.hall.waiting:
        assert waiting["number"] not in text
        assert waiting["masked"] not in text
    press(console, "F1")
    expect(console.locator(".tk .sub")).to_contain_text("王*")
    text = console.locator("body").inner_text()
    assert "R046" not in text
    assert "李*" not in text
    expect(console.locator(".load td").first).to_have_text("6")


def test_why_this_person_is_said(console: Page) -> None:
    press(console, "F1")
    expect(console.locator(".why")).to_contain_text("等候 14 分钟")


def test_documents_are_ticked_on_the_page_only(console: Page, server: DeskServer) -> None:
    press(console, "F1", "F3")
    expect(key(console, "F4")).to_be_enabled()  # answered: nothing is sent again
    sent = len(server.commands)
    console.locator(".mat input").first.focus()
    console.keyboard.press("Space")
    expect(console.locator(".pane h2").nth(1)).to_contain_text("1 / 2")
    assert len(server.commands) == sent
    storage = console.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "居民身份证" not in storage


def test_a_press_leaves_its_mark_before_the_request(console: Page) -> None:
    press(console, "F1")
    call = "performance.getEntriesByType('resource').find((r) => r.name.endsWith('/call'))"
    console.wait_for_function(call)  # written down when the answer is there
    pressed = console.evaluate("performance.getEntriesByName('key:F1')[0].startTime")
    assert pressed <= console.evaluate(f"{call}.startTime")


def test_the_strip_works_by_the_same_keys(server: DeskServer, new_page: NewPage) -> None:
    page = new_page(320, 120)
    sign_in(page, server, "/console?mini")
    page.get_by_role("button", name="综合民生").first.click()
    press(page, "F1", "F3", "F4")
    until(lambda: server.deeds == ["open", "call", "arrive", "finish"], "the cycle is done")
    expect(page.locator(".mini .state")).to_have_text("空闲")
    press(page, "F9")
    page.keyboard.press("2")
    until(lambda: server.deeds[-1] == "pause", "paused")
    assert server.hall.window["reason"] == "meal"
