"""Makes the pictures of docs/kiosk.md: ``python -m tests.browser.kiosk_pictures [FOLDER]``.

Contact sheets of every state in both orientations and all modes, drawn by the system's Chromium
from the visits of `kiosk_visits`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.contact_sheet import laid_out, save, shot
from tests.browser.kiosk_fake import FakeAgent
from tests.browser.kiosk_page import MODES, SIZES, wait_for
from tests.browser.kiosk_views import VIEWS
from tests.conftest import CHROMIUM, QUIET

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "kiosk"
MAIN = (
    *("idle", "reading", "home", "all", "all_group", "search_found", "bundles", "item"),
    *("item_several", "printing", "done", "find_look", "code_look", "asking", "number_waiting"),
    *("numbers", "sure", "booked_due", "pad", "privacy", "timeout", "error_try_again"),
    *("closed_lunch", "enrol"),
)
"""One of each state, in the order of a visit."""
OTHERS = tuple(name for name in VIEWS if name not in MAIN)
QUALITY = 55


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture: which states, how they are shown, and how many stand side by side."""

    name: str
    way: str
    mode: str
    states: tuple[str, ...]
    columns: int


def sheets() -> Iterator[Sheet]:
    """All pictures there are."""
    for way, columns, many in (("portrait", 8, 11), ("landscape", 5, 7)):
        for mode, name in (
            ("zh", ""),
            ("en", "-en"),
            ("elder", "-large"),
            ("contrast", "-contrast"),
        ):
            yield Sheet(f"{way}{name}", way, mode, MAIN, columns)
        yield Sheet(f"{way}-more", way, "zh", OTHERS, many)


def draw(page: Page, agent: FakeAgent, sheet: Sheet) -> Image.Image:
    """Show each state and put its picture where it belongs."""
    shots = _shots(page, agent, sheet)
    return laid_out(shots, len(sheet.states), SIZES[sheet.way], sheet.columns)


def _shots(page: Page, agent: FakeAgent, sheet: Sheet) -> Iterator[tuple[str, Image.Image]]:
    how: dict[str, Any] = MODES[sheet.mode] | {"voice_available": True}
    for state in sheet.states:
        agent.show(state, **how)
        wait_for(page, agent)
        yield state.replace("_", " "), shot(page)


def make(folder: Path, wanted: Iterable[str] = ()) -> None:
    """Make the pictures whose names are wanted, or all."""
    folder.mkdir(parents=True, exist_ok=True)
    names = set(wanted)
    agent = FakeAgent().start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        for sheet in sheets():
            if names and sheet.name not in names:
                continue
            width, height = SIZES[sheet.way]
            context = browser.new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce"
            )
            page = context.new_page()
            page.goto(agent.url)
            save(draw(page, agent, sheet), folder / f"{sheet.name}.jpg", QUALITY)
            context.close()
        browser.close()
    agent.stop()


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, sys.argv[2:])
