"""A finger on the real touch page, in Chromium."""

from __future__ import annotations

import time
from contextlib import suppress

from playwright.sync_api import Browser, Locator
from playwright.sync_api import Error as BrowserError

from controller.cli.demo.visit import plain

PATIENCE_MS = 30_000
GLANCE_MS, LOOK_MS = 1000, 20
FINISH, EXIT, BACK = "完成", "退出", "返回"
GROUPS, SERVICES = ".tiles.groups", ".tiles.items"
_REMEMBER = """() => { window.tapped = 0; addEventListener("click", (event) => {
  window.tapped = performance.timeOrigin + event.timeStamp; }, true); }"""


class Finger:
    """Taps one at a time, each once the page takes taps. Raises playwright's Error."""

    def __init__(self, browser: Browser, url: str) -> None:
        context = browser.new_context(viewport={"width": 1080, "height": 1920})
        context.set_default_timeout(PATIENCE_MS)
        self._page = context.new_page()
        self._page.goto(url)
        self._page.evaluate(_REMEMBER)

    def sees(self, state: str) -> None:
        """Wait until the page shows this state."""
        self._page.wait_for_selector(f'body[data-state="{state}"]')

    def sees_list(self, kind: str) -> None:
        """Wait until it shows `GROUPS` or `SERVICES`."""
        self._page.wait_for_selector(kind)

    def lists(self, kind: str) -> bool:
        """Whether it shows `GROUPS` or `SERVICES` now."""
        return self._page.locator(kind).count() > 0

    def sees_other_than(self, names: list[str]) -> None:
        """Wait until other tiles are there: another page of the same list."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while self.names() == names:
            if time.monotonic() > deadline:
                raise BrowserError(f"the page does not turn from {names[0]}")
            self._page.wait_for_timeout(LOOK_MS)

    def tap(self, what: Locator) -> None:
        """Tap it."""
        self._page.wait_for_selector('body[data-ready="true"]')
        what.click()

    @property
    def tapped_at(self) -> float:
        """When the last tap was, in milliseconds since 1970."""
        return float(self._page.evaluate("window.tapped"))

    def button(self, name: str) -> Locator:
        """The button with this word on it."""
        return self._page.get_by_role("button").filter(has_text=name)

    @property
    def tiles(self) -> Locator:
        """What there is to choose from."""
        return self._page.locator(".tile")

    @property
    def take(self) -> Locator:
        """取号"""
        return self._page.locator(".cta")

    def leave(self) -> None:
        """End the visit, from whatever screen; it may end by itself meanwhile."""
        ways_out = self.button(FINISH).or_(self.button(EXIT)).or_(self.button(BACK))
        while self._page.locator("body").get_attribute("data-state") != "idle":
            with suppress(BrowserError):
                self._page.wait_for_selector('body[data-ready="true"]')
                ways_out.first.click(timeout=GLANCE_MS)

    def names(self) -> list[str]:
        """The names on the tiles."""
        return [plain(name) for name in self._page.locator(".tile .tile-tx b").all_text_contents()]

    def heading(self) -> str:
        """What the screen is about."""
        return plain(self._page.locator("h1").first.inner_text())
