"""A screen written from docs/protocol.md alone shows what the hall's own screens show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import until, wait
from tests.controller.web.process import House, Json, Patron, Process

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parent / "stranger.js"
CLERKS = {5: "0505", 6: "0506", 7: "0507"}
ITEM = "RS-003"
#: The numbers on our own display, the big one among them.
NUMBERS = "[...document.querySelectorAll('[data-number]')].map((one) => one.dataset.number).sort()"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    process = Process(tmp_path / "hall").start()
    yield House(process)
    process.kill()


@pytest.fixture
def stranger(house: House, new_page: Callable[..., Page]) -> Page:
    """The stranger's script, at the controller's address as any screen is."""
    page = new_page(bypass_csp=True)
    token = house.device("stranger", "screen")
    page.goto(f"{house.address}/static/vendor/VENDORED.json#token={token}")
    page.add_script_tag(type="module", content=SCRIPT.read_text())
    until(page, "() => window.stranger?.asked > 0")
    return page


@pytest.fixture
def wall(house: House, new_page: Callable[..., Page]) -> Page:
    """Our own hall display."""
    page = new_page()
    page.goto(f"{house.address}/screens/hall#token={house.device('screen', 'screen')}")
    expect(page.locator(".link:not(.lost)")).to_be_visible()
    return page


class Hall:
    """Three windows at work."""

    def __init__(self, house: House) -> None:
        self.house = house
        for no, staff in CLERKS.items():
            house.staff(staff, "clerk")
            self.at(no, "open")

    def at(self, no: int, deed: str, **body: object) -> Json:
        return self.house.client(CLERKS[no]).command(f"/windows/{no}/{deed}", **body)

    def call(self, no: int) -> str:
        self.house.issue(ITEM)
        return str(self.at(no, "call")["ticket"]["id"])

    def finish(self, no: int, ticket: str) -> None:
        self.at(no, "arrive", ticket=ticket)
        self.at(no, "finish", ticket=ticket, item=0)

    def board(self, token: str) -> Json:
        """What the controller says a screen holds."""
        return Patron(self.house.address, token).get("/snapshot?room=hall")["snapshot"]


def agrees(hall: Hall, stranger: Page, token: str) -> None:
    """Wait until the stranger has the controller's seq, then compare every fact."""
    board: Json = {}
    theirs: Json = {}

    def even() -> bool:
        board.update(hall.board(token))
        theirs.update(stranger.evaluate("() => ({ ...stranger, seq: stranger.seq() })"))
        return bool(theirs["seq"] == board["seq"])

    wait(even, "the stranger to know what the controller knows")
    plain = ("id", "number", "window", "state", "times")
    assert sorted(theirs["calls"], key=lambda call: call["id"]) == sorted(
        ({key: call[key] for key in plain} for call in board["calls"]), key=lambda call: call["id"]
    )
    assert theirs["waiting"] == board["waiting"]
    windows = {str(one["no"]): [one["state"], one["number"]] for one in board["windows"]}
    assert theirs["windows"] == windows


def test_a_strangers_screen_shows_the_same_calls(house: House, stranger: Page, wall: Page) -> None:
    hall, token = Hall(house), house.device("reader", "screen")
    first, second, third = (hall.call(no) for no in CLERKS)
    agrees(hall, stranger, token)
    hall.finish(5, first)
    hall.at(6, "arrive", ticket=second)
    hall.at(6, "hold", ticket=second)
    hall.finish(7, third)
    hall.at(6, "call-back", ticket=second)
    for no in (5, 7):
        hall.finish(no, hall.call(no))
    agrees(hall, stranger, token)
    news = stranger.evaluate("() => stranger.news")
    assert [seq for seq, *_ in news] == sorted({seq for seq, *_ in news})
    assert {number for _, number, _ in news} >= {c["number"] for c in hall.board(token)["calls"]}
    theirs = sorted(call["number"] for call in stranger.evaluate("() => stranger.calls"))
    until(wall, f"(theirs) => ({NUMBERS}).join() === theirs.join()", theirs)


def test_a_stranger_who_was_cut_off_is_right_again_and_announces_nothing_old(
    house: House, stranger: Page
) -> None:
    hall, token = Hall(house), house.device("reader", "screen")
    hall.finish(5, hall.call(5))
    agrees(hall, stranger, token)
    before = stranger.evaluate("() => stranger.news.length")
    house.process.kill()
    house.process.start()
    for _ in range(4):
        hall.finish(6, hall.call(6))
    agrees(hall, stranger, token)
    assert stranger.evaluate("() => stranger.asked") > 1
    news = stranger.evaluate("() => stranger.news")[before:]
    assert len(news) <= 4
