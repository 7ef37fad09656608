"""How many touches lead from the card to a number, counted over the demo's whole catalogue.

Only what a page shows is touched: the tiles of the view, the groups, the letters that find
something.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.screen import meaning, view
from kiosk.session import step
from kiosk.session.model import Act, Session, State
from tests.browser.kiosk_day import demo_day
from tests.browser.kiosk_visits import home

MOST = 4
LARGE_TEXT_TILES = 4
DAY = demo_day()


def shown(session: Session) -> dict[str, Any]:
    return view(session, no=1, name="1", now=0.0, now_ms=0)


def touches(session: Session) -> Iterator[Act]:
    """Every touch that leads towards a number, on what stands on the page."""
    page = shown(session)
    match session.visit.state:
        case State.HOME:
            tiles = page["home"]["tiles"]
            tiles = tiles[:LARGE_TEXT_TILES] if page["elder"] else tiles
            yield from (Act("choose", tile["code"]) for tile in tiles)
            yield Act("show_all")
            if not page["elder"]:
                yield from (Act(name) for name in ("search_open", "collect", "enquire"))
        case State.ALL:
            group = page["all"].get("group")
            yield from (Act("group", one["id"]) for one in page["all"].get("groups", ()))
            if group:
                yield from (Act("choose", item["code"]) for item in group["items"])
                yield from (Act("turn", str(n)) for n in range(group["pages"]))
        case State.SEARCH:
            yield from (Act("search_key", key) for key in page["search"]["keys"])
            yield from (Act("choose", item["code"]) for item in page["search"]["items"])
        case State.ITEM:
            yield Act("take")


def reached(start: Session) -> dict[str, int]:
    """The fewest touches to a number for each item, if they are no more than `MOST`."""
    found: dict[str, int] = {}
    seen = {meaning(start)}
    edge = [start]
    for taps in range(1, MOST + 1):
        further = []
        for session in edge:
            for act in touches(session):
                after, _ = step(session, act, 0.0)
                choice = after.visit.choice
                if after.visit.state is State.PRINTING and choice is not None:
                    found.setdefault(choice.items[0], taps)
                elif (known := meaning(after)) not in seen:
                    seen.add(known)
                    further.append(after)
        edge = further
    return found


@pytest.fixture(scope="module")
def taps() -> dict[str, int]:
    return reached(home())


def test_the_eight_most_used_are_two_touches_from_the_card(taps: dict[str, int]) -> None:
    assert len(DAY.popular) == 8
    assert {code: taps[code] for code in DAY.popular} == dict.fromkeys(DAY.popular, 2)


def test_any_of_seventy_is_four_touches_from_the_card(taps: dict[str, int]) -> None:
    """FR-06: three to its page, one to its number."""
    assert len(DAY.items) == 70
    assert taps.keys() == {item.code for item in DAY.items}
    assert max(taps.values()) <= 4


def test_large_text_keeps_the_promise_for_what_it_shows_and_for_all_the_rest() -> None:
    large = reached(home(Act("elder", "true")))
    assert [large[code] for code in DAY.popular[:LARGE_TEXT_TILES]] == [2, 2, 2, 2]
    assert large.keys() == {item.code for item in DAY.items}
