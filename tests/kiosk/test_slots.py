"""Which services a kiosk that is cut off gives numbers for: hours and quotas of items (FR-12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.day import Day, day_from_json
from kiosk.session.model import IssueRefused
from kiosk.slots import Slot, slots_from_json, standing
from tests.kiosk.cut_off import NOON, OURS, ZHANG, Kiosk, somebody
from tests.kiosk.people import day_json

HOUR = 3_600_000
MORNING = Slot(NOON - HOUR, NOON + HOUR, 2)
EVENING = Slot(NOON + 2 * HOUR, NOON + 3 * HOUR, 5)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    found = Kiosk(tmp_path)
    yield found
    found.stop()


def day_with(*slots: Slot) -> Day:
    """RS-003 has these hours, all else none."""
    items = tuple(
        replace(item, slots=slots) if item.code == "RS-003" else item for item in OURS.items
    )
    return replace(OURS, items=items)


def refusal(kiosk: Kiosk, day: Day) -> IssueRefused:
    told = kiosk.ask(somebody(9), day=day)
    assert isinstance(told, IssueRefused), told
    return told


def test_hours_and_quotas_decide_what_is_given_now_and_when_again() -> None:
    slots = (MORNING, EVENING)
    assert standing(slots, NOON) == ("open", None)
    assert standing(slots, NOON + HOUR) == ("closed", EVENING.start)
    assert standing(slots, EVENING.end) == ("closed", None)
    assert standing(slots, NOON, [NOON, NOON - 1]) == ("exhausted", EVENING.start)
    assert standing(slots, NOON, [NOON, NOON - 2 * HOUR]) == ("open", None)
    assert standing((replace(MORNING, left=0),), NOON) == ("exhausted", None)
    assert standing((), NOON) == ("closed", None)


def test_what_the_controller_tells_of_an_item_s_hours_is_read() -> None:
    assert slots_from_json([[1, 2, None], [3, 4, 0]]) == (Slot(1, 2), Slot(3, 4, 0))
    assert slots_from_json(None) is None


def test_alone_no_number_is_given_outside_of_an_item_s_hours(kiosk: Kiosk) -> None:
    told = refusal(kiosk, day_with(EVENING))
    assert told.code == "ticketing-closed"
    assert told.words.title == "现在不取号"
    assert "guide desk" in told.words.say_en
    assert kiosk.outbox.given() == ()


def test_alone_no_number_is_given_of_a_quota_that_was_used_up_at_the_cut(kiosk: Kiosk) -> None:
    told = refusal(kiosk, day_with(replace(MORNING, left=0)))
    assert (told.code, told.words.title) == ("quota-exhausted", "本时段号已取完")


def test_alone_a_kiosk_gives_no_more_than_what_the_quota_had_left(kiosk: Kiosk) -> None:
    day = day_with(MORNING)
    for n in range(2):
        given = kiosk.ask(somebody(n), day=day)
        assert not isinstance(given, IssueRefused)
    assert refusal(kiosk, day).code == "quota-exhausted"
    kiosk.stop()
    kiosk.start()
    assert refusal(kiosk, day).code == "quota-exhausted", "after a restart, too"


def test_one_closed_item_of_several_is_enough_to_refuse(kiosk: Kiosk) -> None:
    told = kiosk.ask(ZHANG, "GA-010", "RS-003", day=day_with(EVENING))
    assert isinstance(told, IssueRefused)


def test_the_page_says_when_numbers_are_given_again(kiosk: Kiosk) -> None:
    day = kiosk.alone.day_now(day_with(EVENING).uncounted())
    item = day.item("RS-003")
    assert item is not None
    assert (item.ticketing, item.next_at) == ("closed", EVENING.start)
    kiosk.since_boot = 2 * HOUR / 1000
    item = kiosk.alone.day_now(day).item("RS-003")
    assert item is not None
    assert (item.ticketing, item.next_at) == ("open", None)


def test_a_cut_does_not_open_what_was_closed(kiosk: Kiosk) -> None:
    base = day_json()
    items = [item | {"ticketing": "exhausted", "slots": [[1, 2, 0]]} for item in base["items"]]
    day = day_from_json(base | {"items": items}).uncounted()
    assert {item.ticketing for item in day.items} == {"exhausted"}
