"""How tests open the touch page, show it a view, and wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import hypot
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.kiosk_fake import FakeAgent

HERE = Path(__file__).parent
AXE = HERE / "vendor" / "axe.min.js"
MEASURE = (HERE / "kiosk_measure.js").read_text("utf-8")
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
MODES: dict[str, dict[str, Any]] = {
    "zh": {},
    "en": {"lang": "en"},
    "elder": {"elder": True},
    "elder-en": {"elder": True, "lang": "en"},
    "contrast": {"contrast": True},
    "contrast-elder": {"contrast": True, "elder": True},
    "voice": {"voice": True, "voice_available": True},
    "voice-elder": {"voice": True, "voice_available": True, "elder": True},
}


def px_per_mm(inches: float) -> float:
    """Of a 1080p panel so large across."""
    return hypot(1920, 1080) / (inches * 25.4)


def open_page(
    agent: FakeAgent, new_page: Callable[..., Page], way: str = "portrait", clock: bool = False
) -> Page:
    page = new_page(*SIZES[way])
    page.set_default_timeout(30_000)
    if clock:
        page.clock.install()
    page.goto(agent.url)
    wait_for(page, agent)
    return page


def wait_for(page: Page, agent: FakeAgent, settled: bool = False) -> None:
    """The page shows the agent's newest view; ``settled``: and accepts taps again."""
    page.wait_for_selector(f"body[data-rev='{agent.current['rev']}']")
    if settled:
        page.wait_for_selector("body[data-ready='true']")


def show(page: Page, agent: FakeAgent, name: str, **changes: Any) -> None:
    agent.show(name, **changes)
    wait_for(page, agent, settled=True)


def until(page: Page, true: Callable[[], bool]) -> None:
    """Let the page run until ``true()``; at most 20 s."""
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "the agent was not told"
        page.wait_for_timeout(20)
