"""The hall display: every call is seen, and the screen never pretends to know what it does not."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.fake_controller import TOKEN, now_ms
from tests.browser.hall_page import (
    Hall,
    NewPage,
    big,
    held_answers,
    numbers,
    open_hall,
    rows,
    shown_ms,
    until_shown,
)
from tests.browser.screens import (
    HEAR,
    WATCH,
    catch_up,
    hold_time,
    open_screen,
    pass_time,
    pull,
    until,
    until_live,
    wait,
)

pytestmark = pytest.mark.browser


# ── a call ───────────────────────────────────────────────────────────────────


def test_a_new_call_takes_the_big_area_and_is_marked_for_measurement(
    hall: Hall, new_page: NewPage
) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable, clock=False)
    seq = controller.call("R046", 5)
    until_shown(page, controller)
    assert big(page) == "R046"
    assert "正在叫号" in page.evaluate("() => seen.fresh.get('R046')")
    expect(page.locator(".call .win")).to_contain_text("5")
    assert page.evaluate("(n) => performance.getEntriesByName(n).length", f"call:{seq}") == 1


def test_a_call_becomes_steady_after_five_pulses(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page(reduced_motion="no-preference")
    open_hall(page, cable)
    hold_time(page)
    controller.call("R046", 5)
    until(page, "() => document.querySelector('.call.new.pulse')")
    style = page.evaluate(
        "() => { const s = getComputedStyle(document.querySelector('.call.new'));"
        " return [s.animationDuration, s.animationIterationCount]; }"
    )
    assert style == ["1s", "5"]
    pass_time(page, 5.5)
    until(page, "() => document.querySelector('.call:not(.new)')")
    expect(page.locator(".call .what")).to_contain_text("请到窗口办理")


def test_nothing_pulses_for_those_who_ask_for_rest(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    hold_time(page)
    controller.call("R046", 5)
    until(page, "() => document.querySelector('.call.new')")
    name = "() => getComputedStyle(document.querySelector('.call')).animationName"
    assert page.evaluate(name) == "none"


def test_a_call_served_within_a_second_still_has_its_five_seconds(
    hall: Hall, new_page: NewPage
) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    hold_time(page)
    call = controller.call("R046", 5)
    controller.arrive(call)
    until(page, "() => document.querySelector('.call.new')?.dataset.number === 'R046'")
    pass_time(page, 4.5, step=0.5)
    assert big(page) == "R046"
    assert page.locator(".call.new").count() == 1
    pass_time(page, 1.5)
    until(page, "() => document.querySelector('.call:not(.new)')")
    expect(page.locator(".call .what")).to_contain_text("正在办理")
    assert shown_ms(page, "R046") >= 5000


def test_a_recall_moves_to_the_top_and_rings_again(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    hold_time(page)
    first = controller.call("F038", 13)
    until(page, "() => document.querySelector('.call.new')?.dataset.number === 'F038'")
    pass_time(page, 6)
    controller.call("R046", 5)
    until(page, "() => document.querySelector('.call.new')?.dataset.number === 'R046'")
    pass_time(page, 6)
    assert page.locator(".call.new").count() == 0
    controller.recall(first)
    until(page, "() => document.querySelector('.call.new.pulse')?.dataset.number === 'F038'")
    expect(page.locator(".call .what")).to_contain_text("再次呼叫")
    assert rows(page)[0] == "R046"
    pass_time(page, 3)
    page.evaluate("() => { document.querySelector('.call').dataset.old = 'yes'; }")
    controller.recall(first)
    until(page, "() => document.querySelector('.call.new.pulse:not([data-old])')")
    assert big(page) == "F038"
    pass_time(page, 4)
    assert page.locator(".call.new").count() == 1, "the second recall has its own five seconds"
    pass_time(page, 1.5)
    assert page.locator(".call.new").count() == 0


def test_twelve_calls_within_100_ms_hide_none(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    hold_time(page)
    called = [f"R{n:03}" for n in range(1, 13)]
    for window, number in enumerate(called, start=1):
        controller.call(number, window)
    until(page, "() => document.querySelector('.list li')?.dataset.number === 'R012'")
    assert big(page) == "R001", "the newest is in the list at once and waits for its turn"
    expect(page.locator(".call .page")).to_have_text("第 1 / 12 个")
    for _ in range(60):
        if all(shown_ms(page, number) >= 5000 for number in called):
            break
        pass_time(page, 4)
    seen = page.evaluate("() => ({ turns: seen.turns, rows: [...seen.rows] })")
    for number in called:
        assert shown_ms(page, number) >= 5000, number
    first_turns = list(dict.fromkeys(seen["turns"]))
    assert first_turns == called, "each had the big area, in the order of the calls"
    assert set(called) - {"R001"} <= set(seen["rows"])


def test_passed_numbers_are_named_for_ten_minutes(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    call = controller.call("H019", 9)
    until(page, "() => document.querySelector('.call')?.dataset.number === 'H019'")
    pass_time(page, 6)
    controller.pass_over(call)
    expect(page.locator(".late")).to_contain_text("H019")
    expect(page.locator(".late")).to_contain_text("过号")
    assert "H019" not in rows(page)
    assert big(page) is None
    # The controller's clock rules: only its next beat, eleven minutes on, ends the ten minutes.
    controller.clock_ahead_ms = 11 * 60 * 1000
    until(page, "() => !document.querySelector('.late')")


def test_a_paused_window_is_named(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    controller.tell(quietly=True)
    page = new_page()
    open_hall(page, cable, clock=False)
    controller.window(8, state="paused", reason="meal", until=now_ms() + 3_600_000)
    expect(page.locator(".note .text")).to_have_text(
        re.compile(r"^8 号窗口暂停服务，预计 \d\d:\d\d 恢复$")
    )


# ── what it knows ────────────────────────────────────────────────────────────


def test_a_gap_is_filled_from_a_snapshot(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable, clock=False)
    controller.call("R001", 1)
    until(page, "() => document.querySelector('.call')?.dataset.number === 'R001'")
    controller.lose_one("R002", 2)
    controller.call("R003", 3)
    until(page, "() => document.querySelectorAll('.list li').length === 2")
    assert numbers(page) == {"R001", "R002", "R003"}


def test_a_beat_tells_of_a_loss_that_no_event_follows(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable, clock=False)
    controller.lose_one("R002", 2)
    until(page, "() => document.querySelector('.call')?.dataset.number === 'R002'")
    assert page.locator(".call.new").count() == 0, "what a snapshot holds is not announced"


def test_what_overtakes_a_snapshot_is_news_and_is_not_taken_back(
    hall: Hall, new_page: NewPage
) -> None:
    controller, cable = hall
    page = new_page()
    held = held_answers(page)
    page.clock.install()
    page.add_init_script(HEAR)
    page.goto(f"{cable.url}/screens/hall#token={TOKEN}")
    page.evaluate(WATCH)
    wait(lambda: page.evaluate("heard") and held, "the first snapshot")
    call = controller.call("R046", 5)
    catch_up(page, controller)
    held.let_go()
    until(page, "() => seen.fresh.has('R046')")
    hold_time(page)
    while not held.asked:  # for a fresh snapshot, once a minute
        pass_time(page, 1)
    wait(lambda: page.evaluate("heard") and held, "a later snapshot")
    controller.arrive(call)
    catch_up(page, controller)
    held.let_go()
    catch_up(page, controller)
    expect(page.locator(".call .what")).to_contain_text("正在办理")


def test_twenty_calls_while_the_line_is_cut_are_all_on_the_board_in_order(
    hall: Hall, new_page: NewPage
) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    hold_time(page)
    cable.cut()
    called = [f"R{n:03}" for n in range(1, 21)]
    for window, number in enumerate(called, start=1):
        controller.call(number, window)
    pass_time(page, 8, cut_off=True)
    cable.mend()
    until_live(page, within_s=10)
    until(page, "() => document.querySelector('.call')?.dataset.number === 'R020'")
    assert page.evaluate("() => [...seen.fresh]") == [], "old calls are not announced as new"
    for _ in range(40):
        pass_time(page, 1)
        if len(page.evaluate("() => [...seen.rows]")) == 19:
            break
    pages = page.evaluate("() => seen.order")
    listed = list(dict.fromkeys(number for one in pages for number in one.split()))
    # The list turns its pages in a ring: from wherever it began it runs newest to oldest.
    start = listed.index("R019")
    assert listed[start:] + listed[:start] == called[-2::-1]


def test_what_a_silent_line_held_up_is_shown_in_its_place_and_not_as_new(
    hall: Hall, new_page: NewPage
) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    # However long the machine takes over the calls, they are old when the line speaks again.
    controller.clock_ahead_ms = 60_000
    hold_time(page)
    pull(page, controller, cable)
    for n in range(1, 21):
        controller.arrive(controller.call(f"R{n:03}", 5))
    pass_time(page, 5, cut_off=True)  # less than it takes to believe that the line is dead
    cable.mend()
    until(page, "() => document.querySelector('.call')?.dataset.number === 'R020'")
    pass_time(page, 4)
    expect(page.locator(".call .what")).to_contain_text("正在办理")
    assert page.evaluate("() => [...seen.fresh]") == [], "old calls are not announced as new"
    controller.call("R021", 6)
    until(page, "() => document.querySelector('.call.new')?.dataset.number === 'R021'")


def test_it_is_live_again_within_five_seconds_of_the_controllers_return(
    hall: Hall, new_page: NewPage
) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    hold_time(page)
    cable.cut()
    pass_time(page, 20, cut_off=True)
    until(page, "() => document.querySelector('.hall.lost')")
    cable.mend()
    controller.call("R046", 5)
    until_live(page, within_s=5)
    expect(page.locator(".link")).to_have_text("实时")
    until(page, "() => document.querySelector('.call')?.dataset.number === 'R046'")


def test_silence_shows_a_dot_after_5_s_and_a_banner_after_15(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    controller.call("R046", 5)
    until(page, "() => document.querySelector('.call')")
    expect(page.locator(".link")).to_have_text("实时")
    hold_time(page)
    pull(page, controller, cable)
    pass_time(page, 4, cut_off=True)
    assert page.locator(".link.lost").count() == 0
    pass_time(page, 2, cut_off=True)
    expect(page.locator(".link.lost")).to_have_text(re.compile(r"中断 [56] 秒"))
    assert page.locator(".stale").count() == 0
    pass_time(page, 10, cut_off=True)
    expect(page.locator(".stale")).to_contain_text("信息可能不是最新，请留意语音")
    expect(page.locator(".stale")).to_contain_text(re.compile(r"以下为 \d\d:\d\d 的呼叫"))
    expect(page.locator(".call .what")).to_contain_text(re.compile(r"\d\d:\d\d 呼叫"))
    assert page.locator(".call.new").count() == 0
    cable.mend()
    until_live(page, within_s=6)
    expect(page.locator(".link")).to_have_text("实时")
    assert page.locator(".stale").count() == 0


def test_the_clock_is_the_controllers(hall: Hall, new_page: NewPage) -> None:
    _controller, cable = hall
    page = new_page()
    page.clock.install(time="2001-01-01T00:00:00Z")
    open_hall(page, cable, clock=False)
    minutes = (now_ms() // 60_000 + 8 * 60) % (24 * 60)
    near = [f"{m // 60:02}:{m % 60:02}" for m in (minutes, (minutes + 1) % 1440)]
    expect(page.locator(".clock")).to_have_text(re.compile("|".join(near)))


# ── other states ─────────────────────────────────────────────────────────────


def test_an_empty_board_says_what_to_expect(hall: Hall, new_page: NewPage) -> None:
    _controller, cable = hall
    page = new_page()
    open_hall(page, cable, clock=False)
    expect(page.locator(".slide")).to_contain_text("暂无叫号")
    expect(page.locator(".zones")).to_contain_text("等候人数")


def test_a_closed_hall_says_when_it_opens(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    controller.board.hall_open = False
    controller.board.waiting = dict.fromkeys(controller.board.waiting, 0)
    controller.board.opens_at = now_ms() + 20 * 3_600_000
    page = new_page()
    open_hall(page, cable, clock=False)
    expect(page.locator(".slide")).to_contain_text("当前不在服务时间")
    expect(page.locator(".slide")).to_contain_text(re.compile(r"\d\d:\d\d 开始服务"))


def test_a_new_screen_shows_its_code_until_it_is_approved(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    page.goto(f"{cable.url}/screens/hall")
    expect(page.locator(".code")).to_have_text("7K3-M2Q")
    controller.approve_all()
    expect(page.locator(".link")).to_have_text("实时")
    assert page.locator(".code").count() == 0


def test_the_token_leaves_the_address(hall: Hall, new_page: NewPage) -> None:
    _controller, cable = hall
    page = new_page()
    open_hall(page, cable, clock=False)
    assert page.url == f"{cable.url}/screens/hall"
    page.reload()
    expect(page.locator(".link")).to_have_text("实时")


def test_a_zone_screen_shows_the_calls_of_its_zone(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page()
    open_screen(page, f"{cable.url}/screens/zone/B")
    controller.call("H027", 9)
    controller.call("R046", 5)
    until(page, "() => document.querySelector('.call')?.dataset.number === 'R046'")
    expect(page.locator(".bar")).to_contain_text("一楼B区")
    assert page.locator(".zones .plate").all_inner_texts() == ["B"]


def test_the_picture_shifts_and_the_cursor_hides(hall: Hall, new_page: NewPage) -> None:
    _controller, cable = hall
    page = new_page()
    open_hall(page, cable)
    assert page.evaluate("() => getComputedStyle(document.body).cursor") == "none"
    page.clock.fast_forward(10 * 60 * 1000 + 1000)
    assert page.evaluate("() => document.body.style.translate") == "2px"
