"""The check's walk through the hall: a card, a ticket, and calls by real key presses.

All times are the machine's wall clock: pages give ``performance.timeOrigin + performance.now()``,
which counts from the same clock as `time.time`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from controller.cli.client import Client, Refused
from controller.cli.demo.check import CheckFailed, Result
from controller.cli.demo.hall import FEATURED
from controller.cli.demo.report import urls_of
from controller.cli.demo.timing import spread

if TYPE_CHECKING:
    from controller.cli.demo.hall import DemoHall

CHROMIUM = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-browser"))
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000
THINK_MS = 450
"""A person looks at a new screen before touching it; the kiosk drops what comes sooner."""
BREATH_MS = 1_100
"""Between two calls: the hall display gives each at least a second of its big area."""
BESIDE = "ordinary"

_NOW = "performance.timeOrigin + performance.now()"
_ITEMS_SHOWN = f"""() => document.body.dataset.state === "home"
  && document.querySelector(".tile") && {_NOW}"""
_REMEMBER = """(type) => { window.checked = 0; addEventListener(type, (event) => {
  window.checked = performance.timeOrigin + event.timeStamp; }, true); }"""
_DRAWN = """(last) => {
  const marks = performance.getEntriesByType("mark").filter((m) => m.name.startsWith("call:"));
  const found = marks.find((m) => Number(m.name.slice(5)) > last);
  return found && { seq: Number(found.name.slice(5)), at: performance.timeOrigin + found.startTime,
    number: document.querySelector("main.call")?.dataset.number ?? null }; }"""
_TILES = """() => [...document.querySelectorAll(".tile .tile-tx b")].map((b) => b.textContent)"""


def start_browser(stack: ExitStack) -> Browser | None:
    """A headless Chromium with a fresh profile; None where none is installed."""
    path = next((path for path in CHROMIUM if path.exists()), None)
    if path is None:
        return None
    playwright = sync_playwright().start()
    try:
        browser = playwright.chromium.launch(executable_path=str(path), args=list(QUIET))
    except BrowserError as error:
        playwright.stop()
        raise CheckFailed(f"Chromium does not start: {str(error).splitlines()[0]}") from None

    def close(kind: type[BaseException] | None, *_: object) -> None:
        if kind is None or issubclass(kind, Exception):
            browser.close()
            playwright.stop()
        # A signal may have struck inside the browser's own loop, which then answers nobody.
        # The browser ends by itself when this process does.

    stack.push(close)
    return browser


class Visit:
    """Fills in a `Result` as it goes. Raises `CheckFailed` when the hall does not do its part."""

    def __init__(
        self, hall: DemoHall, browser: Browser, result: Result, say: Callable[[str], None]
    ) -> None:
        self._hall, self._browser, self._result, self._say = hall, browser, result, say
        self._kiosk_device = Client(hall.controller_url, hall.kiosk)
        self._drawn = 0
        self._errors: list[str] = []
        self._doing = ""

    def run(self, calls: int) -> None:
        """The whole walk."""
        try:
            self._run(calls)
        except (BrowserError, Refused) as error:
            raise CheckFailed(f"{self._doing}: {str(error).splitlines()[0]}") from error
        finally:
            self._kiosk_device.close()
        if self._errors:
            raise CheckFailed(f"a script failed: {self._errors[0]}")

    def _run(self, calls: int) -> None:
        self._step("the pages open")
        code, name, window = self._choose()
        self._result.window = window
        kiosk = self._open(self._hall.kiosk_url, 1080, 1920)
        board = self._open(urls_of(self._hall)["hall"], 1920, 1080)
        console = self._sign_in(window)
        kiosk.wait_for_selector('body[data-state="idle"]')
        board.wait_for_function("() => document.querySelector('.hall:not(.connecting)')")
        self._step("a card is laid on the reader, an item chosen, a ticket printed")
        number = self._take_number(kiosk, name)
        self._result.ticket = number
        self._step(f"{number} is called, arrives and is finished; then {calls - 1} more")
        for _ in range(calls - 1):
            self._kiosk_device.command("/tickets", items=[code])
        self._work(console, board, number, calls)

    def _step(self, text: str) -> None:
        self._doing = text
        self._say(text)

    def _open(self, url: str, width: int, height: int) -> Page:
        context = self._browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.goto(url)
        return page

    def _choose(self) -> tuple[str, str, int]:
        """An item of the kiosk's home page and a window that serves it: (code, name, window)."""
        windows = {window.no: window for window in self._hall.config.windows}
        items = {item.code: item for item in self._hall.config.items}
        popular = self._kiosk_device.get("/kiosk/day")["popular"]
        for no in FEATURED:
            for code in popular:
                if items[code].skill in windows[no].skills:
                    return code, items[code].name, no
        raise CheckFailed("no window serves what the kiosk offers first")

    # -- the clerk ----------------------------------------------------------------------------

    def _sign_in(self, window: int) -> Page:
        """The console of the window's clerk, by its own form."""
        staff_no = next(no for no, desk in self._hall.clerks.items() if desk == window)
        page = self._open(f"{self._hall.controller_url}/console", 1366, 768)
        page.fill('input[name="staff_no"]', staff_no)
        page.fill('input[name="password"]', self._hall.memory.password)
        page.click("button.main")
        choice = page.locator("ul.windows button.window:enabled").filter(
            has=page.locator(f'b.no:text-is("{window}")')
        )
        choice.click()
        self._until(page, "F1")
        page.evaluate(_REMEMBER, "keydown")
        return page

    def _until(self, console: Page, key: str) -> None:
        """Until the console would take this key."""
        ready = f'.keys:not(:has(.busy)) [data-key="{key}"]:enabled'
        console.wait_for_selector(ready)

    def _work(self, console: Page, board: Page, first: str, calls: int) -> None:
        took: list[float] = []
        for turn in range(calls):
            self._until(console, "F1")
            took.append(self._call(console, board, first if turn == 0 else None))
            self._until(console, "F3")
            console.keyboard.press("F3")
            self._until(console, "F4")
            console.keyboard.press("F4")
        self._until(console, "F1")
        figures = spread(took)
        self._result.press_to_pixel, self._result.press_to_pixel_ms = figures, figures.p95

    def _call(self, console: Page, board: Page, expected: str | None) -> float:
        """Press F1; milliseconds until the frame in which the hall display drew the call."""
        console.keyboard.press("F1")
        found = board.wait_for_function(_DRAWN, arg=self._drawn).json_value()
        pressed = float(console.evaluate("() => window.checked"))
        self._until(console, "F3")
        number = console.locator(".tk .no").inner_text().strip()
        if found["number"] != number or (expected and number != expected):
            raise CheckFailed(
                f"the console called {number}, the display shows {found['number']}"
                + (f", the kiosk gave {expected}" if expected else "")
            )
        self._drawn = found["seq"]
        rest = found["at"] + BREATH_MS - time.time() * 1000
        if rest > 0:
            board.wait_for_timeout(rest)
        return float(found["at"]) - pressed

    # -- the visitor --------------------------------------------------------------------------

    def _take_number(self, kiosk: Page, item: str) -> str:
        """Card, item, 取号: the number that the page shows and the paper carries."""
        kiosk.evaluate(_REMEMBER, "click")
        laid = time.time() * 1000
        self._hall.devices.lay(BESIDE)
        shown = kiosk.wait_for_function(_ITEMS_SHOWN, polling="raf").json_value()
        self._result.card_to_items_ms = round(shown - laid)
        kiosk.wait_for_timeout(THINK_MS)
        names = [plain(name) for name in kiosk.evaluate(_TILES)]
        if plain(item) not in names:
            raise CheckFailed(f"the kiosk does not offer {item} first")
        kiosk.locator(".tile").nth(names.index(plain(item))).click()
        kiosk.wait_for_selector('body[data-state="item"] .cta')
        kiosk.wait_for_timeout(THINK_MS)
        kiosk.click(".cta")
        number = kiosk.locator(".slip .no").inner_text().strip()
        self._result.tap_to_paper_ms = round(self._paper_at() - kiosk.evaluate("window.checked"))
        self._hall.devices.lift()
        return number

    def _paper_at(self) -> float:
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < deadline:
            if self._hall.devices.printer.errors:
                raise CheckFailed(f"the printer: {self._hall.devices.printer.errors[0]}")
            if paper := self._hall.devices.paper():
                return float(paper[0].at)
            time.sleep(0.01)
        raise CheckFailed("no ticket came out of the printer")


def plain(name: str) -> str:
    """A name as written in the configuration and as a page writes it are the same here."""
    words = name.replace("（", "(").replace("）", ")").replace("\u200b", "")
    return "".join(words.split())
