"""FR-51: notices and emergencies on every screen, what a screen remembers, and what it refuses."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from display.legibility import Panel, px
from tests.browser.fake_controller import TOKEN, now_ms
from tests.browser.hall_page import LANDSCAPE, PORTRAIT, Hall, NewPage, big, rows
from tests.browser.screens import (
    catch_up,
    contrasts,
    hold_time,
    open_screen,
    pass_time,
    pull,
    serious_findings,
    until,
    until_live,
    wait,
)

pytestmark = pytest.mark.browser

SCREENS = ("hall", "zone/B", "window/5")
TITLES = {
    "fire": "发生火情",
    "evacuate": "紧急疏散",
    "shelter": "室内避险",
    "suspended": "暂停办理",
}


def opened(hall: Hall, new_page: NewPage, path: str = "hall", clock: bool = False) -> Page:
    page = new_page(*LANDSCAPE)
    open_screen(page, f"{hall[1].url}/screens/{path}", clock)
    return page


# ── notices ──────────────────────────────────────────────────────────────────


def test_markup_in_a_notice_is_text_like_any_other(hall: Hall, new_page: NewPage) -> None:
    controller, _cable = hall
    page = opened(hall, new_page)
    text = "<b>停电</b><img src=x>"
    controller.tell(text)
    expect(page.locator(".note .text")).to_have_text(text)
    assert page.locator(".note b, .note img").count() == 0
    controller.tell("<script>document.title = 'x'</script>")
    expect(page.locator(".note .text")).to_contain_text("<script>")
    assert page.locator("body script").count() == 0
    assert page.title() != "x"


@pytest.mark.parametrize("path", ["hall", "zone/B"])
def test_a_notice_is_shown_until_its_time_is_over(hall: Hall, new_page: NewPage, path: str) -> None:
    controller, _cable = hall
    page = opened(hall, new_page, path)
    controller.tell("三号电梯检修", until=now_ms() + 600_000)
    expect(page.locator(".note .text")).to_have_text("三号电梯检修")
    # The controller's clock rules.
    controller.clock_ahead_ms = 601_000
    until(page, "() => !document.querySelector('.note .text')")


def test_a_notice_ends_by_itself_when_nobody_can_be_asked(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = opened(hall, new_page, clock=True)
    controller.tell("三号电梯检修", until=now_ms() + 120_000)
    expect(page.locator(".note .text")).to_have_text("三号电梯检修")
    hold_time(page)
    pull(page, controller, cable)
    pass_time(page, 121, step=10, cut_off=True)
    until(page, "() => !document.querySelector('.note .text')")
    assert page.locator(".stale").count() == 1
    cable.mend()


def test_several_notices_take_turns_and_none_is_cut(hall: Hall, new_page: NewPage) -> None:
    controller, _cable = hall
    page = opened(hall, new_page, clock=True)
    texts = (
        "三号电梯检修，请走东侧楼梯，行动不便者请到咨询台找工作人员帮助，谢谢您的理解",
        "午间不休息",
    )
    hold_time(page)
    controller.tell(*texts)
    catch_up(page, controller)
    seen: set[str] = set()
    for _turn in range(4):
        seen.add(page.locator(".note .text").inner_text())
        assert page.evaluate(
            "() => { const p = document.querySelector('.note p');"
            " return p.scrollWidth <= p.clientWidth; }"
        )
        pass_time(page, 10)
    assert any(one.endswith("（1/2）") for one in seen)
    assert any(one.endswith("（2/2）") for one in seen)
    assert "午间不休息" in seen


def test_a_key_at_the_screen_takes_the_notices_off_it(hall: Hall, new_page: NewPage) -> None:
    controller, _cable = hall
    page = opened(hall, new_page)
    controller.tell("三号电梯检修")
    expect(page.locator(".note .text")).to_have_text("三号电梯检修")
    page.keyboard.press("Control+Alt+KeyN")
    expect(page.locator(".note .text")).to_have_text("本屏已关闭通告")
    page.reload()
    expect(page.locator(".note .text")).to_have_text("本屏已关闭通告")
    page.keyboard.press("Control+Alt+KeyN")
    expect(page.locator(".note .text")).to_have_text("三号电梯检修")


# ── emergencies ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", SCREENS)
def test_an_emergency_fills_the_screen_until_it_is_ended(
    hall: Hall, new_page: NewPage, path: str
) -> None:
    controller, _cable = hall
    page = opened(hall, new_page, path)
    controller.alarm("fire")
    expect(page.locator(".emergency.fire .title")).to_contain_text("发生火情")
    box = page.locator(".emergency").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == LANDSCAPE
    controller.call("R046", 5)
    catch_up(page, controller)
    assert page.locator("body > *").count() == 1
    assert "R046" not in page.locator("body").inner_text(), "nothing competes with it"
    controller.alarm("evacuate", drill=True)
    expect(page.locator(".emergency.evacuate .drill")).to_contain_text("演练")
    controller.alarm(None)
    expect(page.locator(".call .no, .now .no")).to_have_text("R046")


@pytest.mark.parametrize("path", SCREENS)
def test_an_emergency_ends_by_itself_when_nobody_can_be_asked(
    hall: Hall, new_page: NewPage, path: str
) -> None:
    controller, cable = hall
    page = opened(hall, new_page, path, clock=True)
    controller.alarm("shelter", minutes=2)
    expect(page.locator(".emergency.shelter")).to_be_visible()
    hold_time(page)
    pull(page, controller, cable)
    pass_time(page, 60, step=10, cut_off=True)
    assert page.locator(".emergency.shelter").count() == 1, "it stands without the controller"
    pass_time(page, 61, step=10, cut_off=True)
    until(page, "() => !document.querySelector('.emergency')")
    cable.mend()


@pytest.mark.parametrize(
    ("path", "shape"),
    [("hall", LANDSCAPE), ("hall", PORTRAIT), ("window/5", LANDSCAPE), ("window/5", PORTRAIT)],
)
def test_every_emergency_can_be_read_and_nothing_of_it_is_cut(
    hall: Hall, new_page: NewPage, path: str, shape: tuple[int, int]
) -> None:
    controller, _cable = hall
    page = new_page(*shape)
    open_screen(page, f"{hall[1].url}/screens/{path}")
    ink = "(s) => 0.92 * parseFloat(getComputedStyle(document.querySelector(s)).fontSize)"
    for kind, title in TITLES.items():
        for drill in (False, True):
            controller.alarm(kind, drill)
            expect(page.locator(f".emergency.{kind} .title")).to_contain_text(title)
            expect(page.locator(".drill")).to_have_count(int(drill))
            assert {t: r for t, r in contrasts(page).items() if r < 7} == {}
            assert serious_findings(page) == []
            assert page.evaluate(CUT) == []
            if path == "hall":
                panel = Panel(55, *shape)
                assert page.evaluate(ink, ".emergency .title") >= px(panel, 8, 60) - 1
                assert page.evaluate(ink, ".emergency li") >= px(panel, 8, 130) - 1


#: Texts of the emergency that end outside the screen.
CUT = """
() => [...document.querySelectorAll('.emergency p, .emergency li')].filter((e) => {
  const range = document.createRange();
  range.selectNodeContents(e);
  const a = range.getBoundingClientRect();
  return a.left < 0 || a.right > innerWidth || a.top < 0 || a.bottom > innerHeight;
}).map((e) => e.textContent)
"""


def test_a_key_at_the_screen_shows_evacuation_without_any_controller(
    hall: Hall, new_page: NewPage
) -> None:
    page = new_page(*LANDSCAPE)
    away(page)
    page.goto(f"{hall[1].url}/screens/hall#token={TOKEN}")
    expect(page.locator(".slide")).to_contain_text("正在连接")
    page.keyboard.press("Control+Alt+KeyE")
    expect(page.locator(".emergency.evacuate")).to_be_visible()
    page.reload()
    expect(page.locator(".emergency.evacuate")).to_be_visible()
    page.keyboard.press("Control+Alt+KeyE")
    expect(page.locator(".slide")).to_contain_text("正在连接")


# ── memory ───────────────────────────────────────────────────────────────────


def away(page: Page) -> list[WebSocketRoute]:
    """From the next load on, the page has no controller to talk to."""
    met: list[WebSocketRoute] = []

    def refuse(socket: WebSocketRoute) -> None:
        met.append(socket)
        socket.close()

    page.route_web_socket("**/socket.io/**", refuse)
    return met


def test_a_reload_while_the_controller_is_away_shows_the_last_board_as_old(
    hall: Hall, new_page: NewPage
) -> None:
    controller, _cable = hall
    page = opened(hall, new_page)
    controller.call("R046", 5)
    controller.call("R047", 6)
    catch_up(page, controller)
    away(page)
    page.reload()
    expect(page.locator(".stale")).to_contain_text("信息可能不是最新，请留意语音")
    expect(page.locator(".call .no")).to_have_text("R047")
    assert rows(page) == ["R046"]
    assert page.locator(".call.new").count() == 0, "what is remembered is not announced"
    expect(page.locator(".link.lost")).to_be_visible()


def test_a_window_remembers_its_number_and_asks_nobody_to_rate(
    hall: Hall, new_page: NewPage
) -> None:
    controller, _cable = hall
    page = opened(hall, new_page, "window/5")
    controller.finish(controller.call("R046", 5), asking_s=300)
    expect(page.locator(".rate.ask")).to_be_visible()
    away(page)
    page.reload()
    expect(page.locator(".stale")).to_be_visible()
    expect(page.locator(".who .n")).to_have_text("5")
    assert page.locator(".rate").count() == 0


def test_the_board_of_another_day_is_forgotten_but_no_emergency(
    hall: Hall, new_page: NewPage
) -> None:
    controller, _cable = hall
    page = opened(hall, new_page)
    controller.call("R046", 5)
    controller.alarm("fire")
    expect(page.locator(".emergency.fire")).to_be_visible()
    away(page)
    page.goto("about:blank")
    page.goto(f"{hall[1].url}/screens/hall")
    expect(page.locator(".emergency.fire")).to_be_visible()
    page.add_init_script(
        "const kept = JSON.parse(localStorage.getItem('jiaohao.board.hall'));"
        " if (kept) { kept.state.day = '2001-01-01';"
        " localStorage.setItem('jiaohao.board.hall', JSON.stringify(kept)); }"
    )
    page.reload()
    expect(page.locator(".emergency.fire")).to_be_visible()
    page.evaluate(
        "() => { const kept = JSON.parse(localStorage.getItem('jiaohao.board.hall'));"
        " kept.state.emergency = null;"
        " localStorage.setItem('jiaohao.board.hall', JSON.stringify(kept)); }"
    )
    page.reload()
    expect(page.locator(".slide")).to_contain_text("正在连接")
    assert big(page) is None


def test_a_damaged_memory_is_no_memory(hall: Hall, new_page: NewPage) -> None:
    page = opened(hall, new_page)
    page.add_init_script("localStorage.setItem('jiaohao.board.hall', '{\"state\": 5')")
    page.reload()
    expect(page.locator(".link")).to_have_text("实时")


def test_a_power_cut_loses_no_more_than_seconds(hall: Hall, new_page: NewPage) -> None:
    controller, _cable = hall
    page = opened(hall, new_page, clock=True)
    controller.call("R046", 5)
    until(page, "() => document.querySelector('.call')")
    pass_time(page, 11)
    kept = "() => JSON.parse(localStorage.getItem('jiaohao.board.hall'))?.state.calls[0]?.number"
    wait(lambda: page.evaluate(kept) == "R046", "the board on the disk")
    until_live(page, within_s=5)


# ── legibility ───────────────────────────────────────────────────────────────


def test_a_panel_that_nobody_can_read_shows_that_and_no_call(hall: Hall, new_page: NewPage) -> None:
    controller, cable = hall
    page = new_page(*LANDSCAPE)
    controller.call("R046", 5)
    page.goto(f"{cable.url}/screens/hall?panel=32&distance=12#token={TOKEN}")
    expect(page.locator(".slide")).to_contain_text("32 英寸的屏在 12 米外看不清")
    expect(page.locator(".slide")).to_contain_text("Use a larger panel or hang it nearer")
    assert "R046" not in page.locator("body").inner_text()
    controller.alarm("fire")
    expect(page.locator(".emergency.fire")).to_be_visible()
