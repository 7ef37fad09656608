"""Real pages: a hall display that remembers what it has shown, and a clerk's console."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from controller.cli.demo.visit import CHROMIUM, QUIET

PATIENCE_MS = 30_000
MIB = 1024 * 1024

REMEMBER_CALLS = """
window.marked = new Map();
new PerformanceObserver((list) => {
  for (const { name, startTime } of list.getEntries())
    if (name.startsWith("call:"))
      marked.set(Number(name.slice(5)), performance.timeOrigin + startTime);
}).observe({ type: "mark" });
"""
"""Every call the page has drawn as new, with the wall's time of the frame."""
REMEMBER_STAGE = """() => {
  window.staged = [];
  const look = () => {
    const call = document.querySelector("main.call.new");
    if (call && staged.at(-1) !== call.dataset.number) staged.push(call.dataset.number);
  };
  const all = { subtree: true, childList: true, attributes: true };
  new MutationObserver(look).observe(document.body, all);
  look();
}"""
REMEMBER_PRESS = """() => { window.pressed = 0; addEventListener("keydown", (event) => {
  window.pressed = performance.timeOrigin + event.timeStamp; }, true); }"""
LISTED = """() => [...new Set([document.querySelector("main.call")?.dataset.number,
  ...[...document.querySelectorAll(".list li")].map((row) => row.dataset.number)])]"""
"""What the display shows now: the big number, then the list, each once."""


class NoBrowser(click.ClickException):
    """There is no Chromium here."""


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium.  Raises `NoBrowser`."""
    path = next((path for path in CHROMIUM if path.exists()), None)
    if path is None:
        raise NoBrowser("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(path), args=list(QUIET))
        yield found
        found.close()


def _page(found: Browser, width: int, height: int) -> Page:
    context = found.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


class Display:
    """A hall display at an address."""

    def __init__(self, found: Browser, address: str, token: str) -> None:
        self.page = _page(found, 1920, 1080)
        self.page.add_init_script(REMEMBER_CALLS)
        self.page.goto(f"{address}/screens/hall?panel=55&distance=8#token={token}")
        self.page.wait_for_selector(".hall:not(.connecting)")
        self.page.evaluate(REMEMBER_STAGE)

    def drawn_at(self, seq: int) -> float:
        """Wall milliseconds of the frame in which the call of this seq was drawn; waits for it."""
        found = self.page.wait_for_function("(seq) => marked.get(seq)", arg=seq, polling="raf")
        return float(found.json_value())

    def drawn(self) -> set[int]:
        """The seqs of all calls that were drawn as new."""
        return set(self.page.evaluate("() => [...marked.keys()]"))

    def staged(self) -> list[str]:
        """Numbers in the order in which they took the big area."""
        return list(self.page.evaluate("() => staged"))

    def listed(self) -> list[str]:
        """What it shows now."""
        return list(self.page.evaluate(LISTED))

    def fresh(self) -> bool:
        """Whether something is shown as just called."""
        return bool(self.page.query_selector("main.call.new"))

    def lost(self) -> bool:
        """Whether it says that it does not hear the controller."""
        return bool(self.page.query_selector(".link.lost"))


class Memory:
    """What a page's process and its scripts hold."""

    def __init__(self, found: Browser, page: Page) -> None:
        self._page: CDPSession = page.context.new_cdp_session(page)
        self._browser: CDPSession = found.new_browser_cdp_session()
        self._page.send("HeapProfiler.enable")
        self._page.send("Performance.enable")

    def mib(self) -> tuple[float, float]:
        """MiB of the scripts' heap after collecting garbage, and of all renderers' memory."""
        self._page.send("HeapProfiler.collectGarbage")
        metrics = self._page.send("Performance.getMetrics")["metrics"]
        heap = next(m["value"] for m in metrics if m["name"] == "JSHeapUsedSize")
        processes = self._browser.send("SystemInfo.getProcessInfo")["processInfo"]
        renderers = [one["id"] for one in processes if one["type"] == "renderer"]
        return heap / MIB, sum(_resident_kib(pid) for pid in renderers) / 1024


def _resident_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


class Console:
    """The console of a clerk whose session is known; keys are really pressed."""

    def __init__(self, found: Browser, address: str, staff_no: str, token: str, no: int) -> None:
        self.page = _page(found, 1366, 768)
        kept = {"staff_no": staff_no, "role": "clerk", "window": None}
        self.page.add_init_script(
            f"sessionStorage.setItem('jiaohao.staff.token', {json.dumps(token)});"
            f"sessionStorage.setItem('jiaohao.staff', {json.dumps(json.dumps(kept))});"
        )
        self.page.goto(f"{address}/console")
        choice = self.page.locator("ul.windows button.window:enabled")
        choice.filter(has=self.page.locator(f'b.no:text-is("{no}")')).click()
        self.ready("F1")
        self.page.evaluate(REMEMBER_PRESS)

    def ready(self, key: str) -> None:
        """Wait until the console would take the key."""
        self.page.wait_for_selector(f'.keys:not(:has(.busy)) [data-key="{key}"]:enabled')

    def press(self, key: str) -> float:
        """Press it; the wall's milliseconds at which the page had it."""
        self.ready(key)
        self.page.keyboard.press(key)
        return float(self.page.evaluate("() => pressed"))

    def number(self) -> str:
        """The number in hand."""
        return self.page.locator(".tk .no").inner_text().strip()


def rest(seconds: float) -> None:
    """Time that people take: a pause between calls is part of the plan, not a wait for a state."""
    time.sleep(seconds)
