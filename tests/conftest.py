"""For the whole run: its order, one Playwright and one Chromium (a process can hold one Playwright
only), and no deadlines for generated examples, since the machine may be busy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

settings.register_profile("busy", deadline=None)
settings.load_profile("busy")

CHROMIUM = Path("/usr/bin/chromium")
SHELL = Path("/usr/bin/chromium-headless-shell")
"""The same engine without the browser around it: pages are the same, for a quarter less work."""
DEADLINE_MS = 20_000
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of few tests first: theirs take longest, and none is left for the end of the run."""
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: tests[item.path])


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright. Skips where there is no browser."""
    if not (CHROMIUM.exists() and SHELL.exists()):
        pytest.skip("Chromium is not installed")
    with sync_playwright() as found:
        # How long a page may take is not what is tested here, and the machine may be busy.
        expect.set_options(timeout=DEADLINE_MS)
        yield found


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, headless."""
    browser = playwright.chromium.launch(executable_path=str(SHELL), args=QUIET)
    yield browser
    browser.close()
