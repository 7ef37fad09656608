"""One Chromium for all browser tests, and pages in it that fail a test when a script fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.desk_fake import DeskHall, bundle, single
from tests.browser.desk_server import DeskServer
from tests.browser.desk_steps import at_window
from tests.browser.kiosk_fake import FakeAgent
from tests.browser.kiosk_page import open_page

CHROMIUM = Path("/usr/bin/chromium")
DEADLINE_MS = 20_000
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless. Skips where there is none."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        # How long a page may take is not what is tested here, and the machine may be busy.
        expect.set_options(timeout=DEADLINE_MS)
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """``new_page(width, height)`` → a page of its own. An uncaught script error fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(width: int = 1920, height: int = 1080, **options: object) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(DEADLINE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not errors, f"errors in the page: {errors}"


@pytest.fixture
def server() -> Iterator[DeskServer]:
    """A controller as the clerk console knows it, with three people waiting."""
    running = DeskServer(DeskHall(waiting=[single("R031"), bundle("R046"), single("R050")]))
    yield running
    running.close()


@pytest.fixture
def console(server: DeskServer, new_page: Callable[..., Page]) -> Page:
    """The console of a clerk who has opened window 5."""
    return at_window(new_page(1366, 768), server)


@pytest.fixture
def agent() -> Iterator[FakeAgent]:
    """A kiosk's agent that shows what the test says."""
    fake = FakeAgent().start()
    yield fake
    if fake.alive:
        fake.stop()


@pytest.fixture
def kiosk(agent: FakeAgent, new_page: Callable[..., Page]) -> Page:
    """The touch page on the portrait panel, showing the idle screen."""
    return open_page(agent, new_page)
