"""The clock of a page, stopped, so that what must happen in time does on any machine."""

from __future__ import annotations

from playwright.sync_api import Error, Page

#: How far ahead of the page its clock is stopped, in turn: the page must not get there first. Never
#: so far that it takes what it hears next for something that was held up on its way.
AHEAD_MS = (200, 1000, 1000, 1000, 1000)


def stop_clock(page: Page) -> None:
    """Stops the clock of a page that was opened after ``page.clock.install()``."""
    for ahead in AHEAD_MS:
        try:
            page.clock.pause_at((page.evaluate("() => Date.now()") + ahead) / 1000)
            return
        except Error as too_late:
            if "past" not in str(too_late):
                raise
    raise AssertionError("the page's clock ran away")
