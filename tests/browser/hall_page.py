"""A hall display on a page, and what it shows: steps that its tests share."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute

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


def numbers(page: Page) -> set[str]:
    """The big one and those of the list, in one look: they change places in time."""
    found = page.evaluate(
        "() => [...document.querySelectorAll('.call, .list li')].map((one) => one.dataset.number)"
    )
    return set(found)


def shown_ms(page: Page, number: str) -> float:
    return page.evaluate("(number) => shownFor(number)", number)  # type: ignore[no-any-return]


def until_shown(page: Page, controller: FakeController) -> None:
    """Until the newest event of the controller, a call, has been drawn."""
    seq = str(controller.board.seq)
    until(page, "(seq) => document.documentElement.dataset.shownSeq === seq", seq)


class Answers(list[str]):
    """Answers of the controller that have not reached the page yet."""

    page: WebSocketRoute
    asked = 0
    """How often the page has asked for a snapshot."""

    def let_go(self) -> None:
        """They arrive, after whatever the page has heard meanwhile."""
        while self:
            self.page.send(self.pop(0))


def held_answers(page: Page) -> Answers:
    """What the page asks over its socket is answered when ``let_go`` is called, and not before."""
    held = Answers()

    def between(socket: WebSocketRoute) -> None:
        held.page, server = socket, socket.connect_to_server()

        def to_page(message: str | bytes) -> None:
            if str(message).startswith("43"):  # an answer, in Socket.IO's packets
                held.append(str(message))
            else:
                socket.send(message)

        def to_server(message: str | bytes) -> None:
            held.asked += '["snapshot"' in str(message)
            server.send(message)

        server.on_message(to_page)
        socket.on_message(to_server)

    page.route_web_socket("**/socket.io/**", between)
    return held
