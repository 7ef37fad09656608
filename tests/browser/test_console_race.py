"""Two consoles that press at the same moment: nobody is called twice, and nobody gets an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.desk_steps import key, press
from tests.browser.desks import SUPERVISOR, NewPage, desk, number_of, sign_in_at, tidy
from tests.controller.web.process import House, Process, events

pytestmark = pytest.mark.browser

ROUNDS = 5
#: The press is made in the page, when its own clock says so and F1 is offered: both at once.
PRESS_AT = """(at) => {
  const press = () => document.querySelector('[data-key="F1"]:enabled')
    ? dispatchEvent(new KeyboardEvent("keydown", { key: "F1", code: "F1" }))
    : setTimeout(press, 10);
  setTimeout(press, at - Date.now());
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    process = Process(tmp_path_factory.mktemp("race") / "hall").start()
    found = House(process)
    found.staff(SUPERVISOR, "supervisor")
    yield found
    process.stop()


def test_03_two_consoles_that_race_for_the_same_people_get_one_each(
    house: House, new_page: NewPage
) -> None:
    pages = [desk(house, new_page, no) for no in (5, 6)]
    given = [house.issue("RS-003")["number"] for _ in range(2 * ROUNDS)]
    shown = []
    for _ in range(ROUNDS):
        at = pages[0].evaluate("Date.now() + 300")
        for page in pages:
            page.evaluate(PRESS_AT, at)
        for page in pages:
            expect(number_of(page)).to_be_visible()
            expect(page.locator(".notice")).to_have_count(0)
            shown.append(number_of(page).inner_text())
            press(page, "F3", "F4")
            expect(page.locator(".blank")).to_be_visible()
    assert sorted(shown) == sorted(given)
    called = [e["data"]["ticket"] for e in events(house) if e["type"] == "ticket.called"]
    assert set(Counter(called).values()) == {1}
    assert len(called) == len(given)
    tidy(house, 5, 6)


def test_16_a_second_clerk_cannot_sign_on_where_one_is(house: House, new_page: NewPage) -> None:
    first = desk(house, new_page, 7)
    house.staff("0666", "clerk")
    other = sign_in_at(house, new_page(1366, 768), "/console", "0666")
    expect(other.get_by_role("button", name="工号 0507 在用")).to_be_disabled()
    refused = house.ask("POST", "/windows/7/open", house.tokens["0666"], {"request_id": "r" * 12})
    assert (refused.status_code, refused.json()["code"]) == (409, "window-taken")
    expect(key(first, "F1")).to_be_enabled()
    tidy(house, 7)
