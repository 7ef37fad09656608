"""What a clerk does before every console test, and how a test waits for the console."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.desk_fake import STAFF_NO
from tests.browser.desk_server import PASSWORD, DeskServer


def sign_in(page: Page, server: DeskServer, path: str = "/console") -> None:
    """By keyboard alone."""
    page.goto(server.url + path)
    expect(page.locator("[name=staff_no]")).to_be_focused()
    page.keyboard.type(STAFF_NO)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def at_window(page: Page, server: DeskServer, path: str = "/console") -> Page:
    """Signed in, window 5 open, connected, nobody in hand."""
    sign_in(page, server, path)
    page.get_by_role("button", name="综合民生").first.click()
    expect(key(page, "F1")).to_be_enabled()
    return page


def key(page: Page, name: str):  # type: ignore[no-untyped-def]
    """The key as it is drawn."""
    return page.locator(f'[data-key="{name}"]')


def press(page: Page, *names: str) -> None:
    """One after the other, each once the console offers it, as a clerk would. A key that is still
    busy with its last press is not offered."""
    for name in names:
        offered = page.locator(f'[data-key="{name}"]:enabled:not(.busy)')
        expect(offered).to_be_visible()
        page.keyboard.press("Escape" if name == "Esc" else name)


def until(condition: Callable[[], bool], what: str, within_s: float = 20) -> None:
    """Wait for something outside the page."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_s} s: {what}"
        time.sleep(0.01)


def caught_up(page: Page) -> None:
    """After a look that took the page longer than a connection may be silent: it has heard what
    came meanwhile, and takes keys again."""
    quiet(page)
    expect(page.locator(".net.off, .banner")).to_have_count(0)


def quiet(page: Page) -> None:
    """Two drawn frames and a turn of the clock: what was pressed has had its effect."""
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame("
        "() => requestAnimationFrame(() => setTimeout(done, 300))))"
    )
