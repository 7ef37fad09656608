"""Pages of the one Chromium that fail a test when a script in them fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.desk_fake import DeskHall, bundle, single
from tests.browser.desk_server import DeskServer
from tests.browser.desk_steps import at_window
from tests.browser.hall_page import Hall
from tests.browser.kiosk_fake import FakeAgent
from tests.browser.kiosk_page import open_page
from tests.browser.screens import controller_behind_cable
from tests.conftest import DEADLINE_MS


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """``new_page(width, height)`` → a page of its own. An uncaught script error fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(width: int = 1920, height: int = 1080, **options: object) -> Page:
        # Nothing moves unless that is what is looked at: every frame of it costs the machine.
        options = {"reduced_motion": "reduce", **options}
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
def hall() -> Iterator[Hall]:
    """A controller as the screens know it, and the cable to it."""
    with controller_behind_cable() as both:
        yield both


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
