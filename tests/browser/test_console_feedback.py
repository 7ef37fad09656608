"""Each key of the console shows at once that it was pressed: in the frame of the press, whatever
the network does with the command."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.desk_server import DeskServer
from tests.browser.desk_steps import at_window, key, press

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]

#: Presses a key in a frame, and looks whether ``selector`` is there before that frame is painted.
IN_ONE_FRAME = """
([code, selector]) => new Promise((done) => requestAnimationFrame((frame) => {
  const there = () => document.querySelectorAll(selector).length;
  const before = there();
  const event = { key: code, code, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new KeyboardEvent('keydown', event));
  done([before, there()]);
}))
"""

#: Keys that are pressed first, the key, and what shows that it was pressed.
COMMANDS = [
    ((), "F1"),
    (("F1",), "F2"),
    (("F1",), "F3"),
    (("F1", "F3"), "F4"),
    (("F1", "F3"), "F7"),
    (("F1",), "F8"),
    ((), "F12"),
]
QUESTIONS = [
    (("F1", "F3"), "F6", "dialog[open]"),
    ((), "F9", "dialog[open]"),
    (("F1",), "F10", "dialog[open]"),
    (("F1", "F3"), "Digit5", ".result [aria-pressed='true']:nth-of-type(5)"),
]


def in_one_frame(page: Page, code: str, selector: str) -> tuple[int, int]:
    """How often the sign is drawn before the press, and in the frame of the press."""
    before, after = page.evaluate(IN_ONE_FRAME, [code, selector])
    return before, after


class Held:
    """Commands that get no answer, or even leave the page, until ``let_go``."""

    def __init__(self, page: Page) -> None:
        self._routes: list[Route] | None = []
        page.route("**/api/v1/windows/**", self._meet)

    def _meet(self, route: Route) -> None:
        if self._routes is None or route.request.method != "POST":
            route.fallback()
        else:
            self._routes.append(route)

    def let_go(self) -> None:
        """What is held, and what is sent from now on, goes its way."""
        held, self._routes = self._routes or [], None
        for route in held:
            route.continue_()


def ready(page: Page, server: DeskServer, first: tuple[str, ...]) -> None:
    server.hall.recall_gap_s = server.hall.pass_after_s = 0
    server.hall.undo_s = 60
    press(page, *first)


@pytest.mark.parametrize(("first", "name"), COMMANDS, ids=[name for _, name in COMMANDS])
def test_a_command_shows_in_the_frame_of_its_key(
    console: Page, server: DeskServer, first: tuple[str, ...], name: str
) -> None:
    ready(console, server, first)
    expect(key(console, name)).to_be_enabled()
    plain = background(console, name)
    held = Held(console)
    done = len(server.commands)
    sign = f'[data-key="{name}"].busy[aria-busy="true"]'
    assert in_one_frame(console, name, sign) == (0, 1)
    assert background(console, name) != plain, "seen, not only written"
    expect(console.locator(".key.busy")).to_have_count(1)
    assert len(server.commands) == done, "the answer cannot have come"
    held.let_go()
    expect(console.locator(".key.busy")).to_have_count(0)


def background(page: Page, name: str) -> str:
    look = "(one) => getComputedStyle(one).backgroundColor"
    return key(page, name).evaluate(look)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("first", "code", "sign"), QUESTIONS, ids=[code for _, code, _ in QUESTIONS]
)
def test_a_question_or_a_choice_shows_in_the_frame_of_its_key(
    console: Page, server: DeskServer, first: tuple[str, ...], code: str, sign: str
) -> None:
    ready(console, server, first)
    if code.startswith("F"):
        expect(key(console, code)).to_be_enabled()
    else:
        expect(console.locator(".result")).to_be_visible()
    Held(console)
    assert in_one_frame(console, code.removeprefix("Digit"), sign) == (0, 1)


def test_esc_takes_the_question_away_in_its_frame(console: Page) -> None:
    press(console, "F9")
    expect(console.locator("dialog[open]")).to_be_visible()
    assert in_one_frame(console, "Escape", "dialog[open]") == (1, 0)


def test_a_key_that_takes_the_last_one_back_shows_in_its_frame(
    console: Page, server: DeskServer
) -> None:
    ready(console, server, ("F1", "F8"))
    expect(console.locator(".undo-key")).to_be_enabled()
    Held(console)
    assert in_one_frame(console, "Escape", ".undo-key:disabled") == (0, 1)


def test_a_key_without_the_controller_says_so_in_its_frame(
    console: Page, server: DeskServer
) -> None:
    server.silence()
    expect(console.locator(".banner")).to_be_visible()
    assert in_one_frame(console, "F1", ".notice") == (0, 1)


def test_the_strip_shows_a_key_in_its_frame_too(server: DeskServer, new_page: NewPage) -> None:
    strip = at_window(new_page(320, 120), server, "/console?mini")
    Held(strip)
    sign = '[data-key="F1"].busy'
    assert in_one_frame(strip, "F1", sign) == (0, 1)
