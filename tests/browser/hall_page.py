"""A hall display on a page, and what it shows: steps that its tests share."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from controller.cli.demo.cable import Cable
from tests.browser.fake_controller import FakeController
from tests.browser.screens import WATCH, open_screen, until

LANDSCAPE, PORTRAIT = (1920, 1080), (1080, 1920)
NewPage = Callable[..., Page]
Hall = tuple[FakeController, Cable]


def open_hall(page: Page, cable: Cable, clock: bool = True, query: str = "") -> None:
    open_screen(page, f"{cable.url}/screens/hall{query}", clock)
    page.evaluate(WATCH)


def big(page: Page) -> str | None:
    return page.evaluate("() => document.querySelector('.call')?.dataset.number ?? null")  # type: ignore[no-any-return]


def rows(page: Page) -> list[str]:
    return page.evaluate(  # type: ignore[no-any-return]
        "() => [...document.querySelectorAll('.list li')].map((row) => row.dataset.number)"
    )


def shown_ms(page: Page, number: str) -> float:
    return page.evaluate("(number) => shownFor(number)", number)  # type: ignore[no-any-return]


def until_shown(page: Page, controller: FakeController) -> None:
    """Until the newest event of the controller, a call, has been drawn."""
    seq = str(controller.board.seq)
    until(page, "(seq) => document.documentElement.dataset.shownSeq === seq", seq)
