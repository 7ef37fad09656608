"""Makes the pictures of docs/screens.md: ``python -m tests.browser.screen_pictures [FOLDER]``.

Contact sheets of every state of the hall, zone and window screens and of the rating, drawn by the
system's Chromium from the scenes of `screen_scenes`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.contact_sheet import laid_out, save, shot
from tests.browser.screen_scenes import LANDSCAPE, PHONE, PORTRAIT, SCENES, Scene, Stage
from tests.browser.screens import controller_behind_cable
from tests.conftest import CHROMIUM, QUIET

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "screens"
QUALITY = 72


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture: the scenes whose names begin so, in one shape, so many side by side."""

    name: str
    scenes: str
    shape: tuple[int, int]
    columns: int

    @property
    def wanted(self) -> tuple[Scene, ...]:
        return tuple(s for s in SCENES if s.name.startswith(self.scenes) and self.shape in s.shapes)


SHEETS = (
    Sheet("hall", "hall", LANDSCAPE, 3),
    Sheet("hall-portrait", "hall", PORTRAIT, 6),
    Sheet("zone", "zone", LANDSCAPE, 3),
    Sheet("window", "window", LANDSCAPE, 3),
    Sheet("window-portrait", "window", PORTRAIT, 6),
    Sheet("rating", "rating", LANDSCAPE, 3),
    Sheet("rating-portrait", "rating", PORTRAIT, 6),
    Sheet("rate", "rate", PHONE, 6),
)


def played(browser: Browser, scene: Scene, shape: tuple[int, int]) -> Image.Image:
    """The picture of a scene, at its real size."""
    context = browser.new_context(
        viewport={"width": shape[0], "height": shape[1]}, reduced_motion="reduce"
    )
    try:
        with controller_behind_cable() as (controller, cable):
            stage = Stage(context.new_page(), controller, cable)
            scene.play(stage)
            stage.settle()
            return shot(stage.page)
    finally:
        context.close()


def draw(browser: Browser, sheet: Sheet) -> Image.Image:
    """Play each scene and put its picture where it belongs."""
    shots = ((s.name.partition(" ")[2], played(browser, s, sheet.shape)) for s in sheet.wanted)
    return laid_out(shots, len(sheet.wanted), sheet.shape, sheet.columns)


def make(folder: Path, wanted: Iterable[str] = ()) -> None:
    """Make the pictures whose names are wanted, or all."""
    folder.mkdir(parents=True, exist_ok=True)
    names = set(wanted)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        for sheet in SHEETS:
            if names and sheet.name not in names:
                continue
            save(draw(browser, sheet), folder / f"{sheet.name}.jpg", QUALITY)
        browser.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, sys.argv[2:])
