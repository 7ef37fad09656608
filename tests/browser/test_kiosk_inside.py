"""There is no way out of the touch page: no key, no gesture, no menu, no second window (T13)."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.kiosk_fake import FakeAgent
from tests.browser.kiosk_page import SIZES, show, wait_for
from tests.browser.kiosk_views import VIEWS

pytestmark = pytest.mark.browser

MODIFIERS = ("Control", "Alt", "Meta", "Control+Shift", "Alt+Shift", "Control+Alt")
NAMED = (
    *("Escape", "Backspace", "Delete", "Insert", "Home", "End", "PageUp", "PageDown"),
    *("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "ContextMenu", "PrintScreen"),
)
FUNCTION = tuple(f"F{n}" for n in range(1, 13))
PLAIN = (*string.ascii_lowercase, *string.digits, "-", "=", "/", "'", *NAMED, *FUNCTION)
WITH_MODIFIER = (*PLAIN, "Tab", "Enter", "Space")
BROWSER_KEYS = (
    *("BrowserBack", "BrowserForward", "BrowserHome", "BrowserRefresh", "BrowserSearch"),
    *("BrowserFavorites", "BrowserStop", "LaunchMail", "LaunchApplication1", "OpenContextMenu"),
    *("MediaPlayPause", "ZoomIn", "ZoomOut", "Help", "Print", "Open", "Save", "F13", "F24"),
)
MOVING = ("Tab", "Shift+Tab", "Enter", "Space")
"""For switches and screen readers: the only keys that mean something."""

LISTEN = """() => {
  window.heard = [];
  for (const name of ['keydown', 'keyup', 'keypress', 'contextmenu'])
    addEventListener(name, (e) => setTimeout(
      () => heard.push([name, e.key, e.defaultPrevented])), true);
  addEventListener('beforeunload', () => heard.push(['beforeunload']));
}"""
WHERE = """() => ({
  url: location.href, history: history.length, scale: visualViewport.scale,
  scroll: [scrollX, scrollY, document.scrollingElement.scrollTop], inner: [innerWidth, innerHeight],
  selected: String(getSelection()), full: document.fullscreenElement !== null,
})"""


@pytest.fixture
def touch(agent: FakeAgent, new_page: Callable[..., Page]) -> Iterator[Page]:
    """A page that is touched, which must be where it was when the test is over."""
    page = new_page(*SIZES["portrait"], has_touch=True)
    page.goto(agent.url)
    wait_for(page, agent)
    show(page, agent, "home")
    opened: list[Any] = []
    page.context.on("page", lambda other: opened.append(other))
    page.on("dialog", lambda dialog: opened.append(dialog))
    page.on("download", lambda download: opened.append(download))
    before = page.evaluate(WHERE)
    page.evaluate(LISTEN)
    yield page
    assert page.evaluate(WHERE) == before
    assert page.evaluate("heard.filter(([name]) => name === 'beforeunload')") == []
    assert opened == []
    assert page.context.pages == [page]


@pytest.fixture
def devtools(touch: Page) -> CDPSession:
    return touch.context.new_cdp_session(touch)


@pytest.mark.parametrize("modifier", ["", *MODIFIERS])
def test_no_combination_of_keys_does_anything(touch: Page, agent: FakeAgent, modifier: str) -> None:
    agent.acts.clear()
    for key in PLAIN if not modifier else WITH_MODIFIER:
        touch.keyboard.press(f"{modifier}+{key}" if modifier else key)
    heard = touch.evaluate("new Promise((done) => setTimeout(() => done(heard), 50))")
    assert len(heard) >= len(PLAIN)
    alive = [event for event in heard if not event[2]]
    assert alive == [], f"not swallowed with {modifier or 'nothing'}: {alive[:5]}"
    assert agent.acts == []


def test_the_keys_that_move_and_press_stay_alive(touch: Page, agent: FakeAgent) -> None:
    for key in MOVING[:2]:
        touch.keyboard.press(key)
    assert touch.evaluate("heard.every(([, key, prevented]) => key !== 'Tab' || !prevented)")
    touch.keyboard.press("Tab")
    touch.keyboard.press("Enter")
    touch.wait_for_function("document.activeElement.tagName === 'BUTTON'")


def test_the_focus_goes_round_in_the_page_and_reaches_every_control(
    touch: Page, agent: FakeAgent
) -> None:
    for name in ("home", "item_several", "code_look", "number_passed", "error_held"):
        show(touch, agent, name)
        count = touch.locator("button:enabled").count()
        seen = []
        for _ in range(count):
            touch.keyboard.press("Tab")
            seen.append(
                touch.evaluate(
                    "[...document.querySelectorAll('button')].indexOf(document.activeElement)"
                )
            )
        enabled = touch.evaluate(
            "[...document.querySelectorAll('button')].flatMap((b, i) => b.disabled ? [] : [i])"
        )
        assert seen == enabled, f"{name}: in the order they stand"


def test_two_fingers_do_not_zoom(touch: Page, devtools: CDPSession) -> None:
    for scale in (3.0, 0.3):
        devtools.send(
            "Input.synthesizePinchGesture",
            {"x": 540, "y": 960, "scaleFactor": scale, "gestureSourceType": "touch"},
        )
    assert touch.evaluate("visualViewport.scale") == 1


def test_no_swipe_moves_the_page_or_leads_back(touch: Page, devtools: CDPSession) -> None:
    for x, y in ((900, 0), (-900, 0), (0, 1200), (0, -1200)):
        way = {"x": 540 - x // 2, "y": 960 - y // 2, "xDistance": x, "yDistance": y}
        for source in (
            {"gestureSourceType": "touch", "speed": 4000},
            {"gestureSourceType": "mouse"},
        ):
            devtools.send("Input.synthesizeScrollGesture", way | source)


def test_the_other_buttons_of_a_mouse_do_nothing(
    touch: Page, devtools: CDPSession, agent: FakeAgent
) -> None:
    for button in ("back", "forward", "middle", "right"):
        for kind in ("mousePressed", "mouseReleased"):
            devtools.send(
                "Input.dispatchMouseEvent",
                {"type": kind, "x": 540, "y": 300, "button": button, "clickCount": 1},
            )
    touch.wait_for_timeout(200)
    assert touch.evaluate("history.length") > 1, "there is a page to go back to"
    assert touch.url == agent.url


def test_a_long_press_opens_no_menu_and_selects_nothing(touch: Page, devtools: CDPSession) -> None:
    devtools.send(
        "Input.synthesizeTapGesture",
        {"x": 300, "y": 300, "duration": 1200, "gestureSourceType": "touch"},
    )
    touch.mouse.click(300, 300, button="right")
    heard = touch.evaluate("new Promise((done) => setTimeout(() => done(heard), 50))")
    menus = [event for event in heard if event[0] == "contextmenu"]
    assert menus
    assert all(prevented for _, _, prevented in menus)
    touch.mouse.move(100, 200)
    touch.mouse.down()
    touch.mouse.move(900, 1500, steps=8)
    touch.mouse.up()
    assert touch.evaluate("String(getSelection())") == ""


def test_the_wheel_neither_scrolls_nor_zooms(touch: Page) -> None:
    touch.mouse.move(540, 900)
    touch.mouse.wheel(0, 2000)
    touch.keyboard.down("Control")
    touch.mouse.wheel(0, -2000)
    touch.keyboard.up("Control")


def test_nothing_can_be_dragged_out_dropped_in_or_copied(touch: Page) -> None:
    swallowed = touch.evaluate(
        """() => {
            const names = ['dragstart', 'dragenter', 'dragover', 'drop', 'copy', 'cut', 'paste',
                           'selectstart', 'contextmenu', 'auxclick', 'beforeinput', 'touchmove'];
            const open = (name) => new Event(name, {bubbles: true, cancelable: true});
            const tile = document.querySelector('.tile');
            return names.filter((name) => tile.dispatchEvent(open(name)));
        }"""
    )
    assert swallowed == []


@pytest.mark.parametrize("what", ["file", "address"])
def test_what_is_dropped_on_the_page_opens_nothing(
    touch: Page, devtools: CDPSession, tmp_path: Path, what: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text("<title>outside</title>", "utf-8")
    address = {"mimeType": "text/uri-list", "data": "http://127.0.0.2:9/"}
    data: dict[str, Any] = {
        "items": [address] if what == "address" else [],
        "dragOperationsMask": 1,
    }
    if what == "file":
        data["files"] = [str(file)]
    for kind in ("dragEnter", "dragOver", "dragOver", "drop"):
        place = {"type": kind, "x": 540, "y": 700, "data": data}
        devtools.send("Input.dispatchDragEvent", place)
    touch.wait_for_timeout(300)
    assert touch.title() != "outside"


@pytest.mark.parametrize("fingers", [2, 3])
def test_taps_of_several_fingers_zoom_and_open_nothing(
    touch: Page, devtools: CDPSession, fingers: int
) -> None:
    points = [{"x": 300 + 150 * n, "y": 300, "id": n} for n in range(fingers)]
    for _ in range(2):
        devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
        devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    for _ in range(2):
        devtools.send(
            "Input.synthesizeTapGesture", {"x": 300, "y": 300, "gestureSourceType": "touch"}
        )
    touch.wait_for_timeout(300)


def test_the_keys_of_browsers_and_desks_do_nothing(
    touch: Page, devtools: CDPSession, agent: FakeAgent
) -> None:
    agent.acts.clear()
    for key in BROWSER_KEYS:
        for kind in ("rawKeyDown", "keyUp"):
            devtools.send("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": key})
    heard = touch.evaluate("new Promise((done) => setTimeout(() => done(heard), 50))")
    assert len(heard) == 2 * len(BROWSER_KEYS)
    assert [event for event in heard if not event[2]] == []
    assert agent.acts == []


def test_the_resting_page_is_as_tight_as_the_others(touch: Page, agent: FakeAgent) -> None:
    show(touch, agent, "idle_asleep")
    touch.mouse.click(540, 960, button="right")
    touch.keyboard.press("F5")
    touch.keyboard.press("Control+t")
    heard = touch.evaluate("new Promise((done) => setTimeout(() => done(heard), 50))")
    assert heard
    assert all(prevented for _, _, prevented in heard)
    show(touch, agent, "home")


def test_no_state_has_a_link_a_field_or_a_frame(touch: Page, agent: FakeAgent) -> None:
    for name in VIEWS:
        agent.show(name)
        wait_for(touch, agent)
        way_out = touch.locator("a, area, iframe, object, embed, form, input, textarea, select")
        assert way_out.count() == 0, name
        assert touch.locator("[contenteditable], [draggable=true]").count() == 0, name
        for element in ("body", "button") if not VIEWS[name]["asleep"] else ("body",):
            style = touch.evaluate(
                "(name) => { const s = getComputedStyle(document.querySelector(name));"
                " return [s.touchAction, s.userSelect]; }",
                element,
            )
            assert style == ["none", "none"], (name, element)
    show(touch, agent, "home")


def test_the_policy_lets_no_script_open_or_fetch_anything_else(
    touch: Page, agent: FakeAgent
) -> None:
    blocked = touch.evaluate(
        """async () => {
            const tries = [fetch('http://127.0.0.2:9/'), import('http://127.0.0.2:9/x.js')];
            const ends = await Promise.allSettled(tries);
            return ends.every(({status}) => status === 'rejected');
        }"""
    )
    assert blocked
