"""The day and its key on the kiosk's disk: as long as they are needed, and no longer (2.4)."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from kiosk.day import day_from_json
from kiosk.hall_clock import HallClock, Machine
from kiosk.kept_day import KeptDay
from tests.kiosk.people import DAY_KEY, day_json

NOON = 1_773_720_000_000
HOUR_MS = 3_600_000


class Place:
    """A state directory and a clock that is sure, until a test turns it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "day.json"
        self.since_boot = 0.0
        self.clock = HallClock(
            folder / "clock.json", Machine("boot", lambda: self.since_boot, lambda: 0.0)
        )
        self.clock.heard(NOON)

    def passes(self, ms: int) -> None:
        self.since_boot += ms / 1000

    def kept(self) -> KeptDay:
        return KeptDay(self.path, self.clock)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def answer(**changes: Any) -> dict[str, Any]:
    return day_json(purge_at=NOON + 6 * HOUR_MS, seq=5, at=NOON) | changes


def test_a_restarted_kiosk_has_the_day_without_counts(place: Place) -> None:
    place.kept().keep(answer())
    day = place.kept().load()
    whole = day_from_json(answer())
    assert day == whole.uncounted()
    assert day is not None
    assert day.key == DAY_KEY
    assert {item.ahead for item in day.items} == {None}
    assert stat.S_IMODE(place.path.stat().st_mode) == 0o600


def test_it_is_written_only_when_something_lasting_has_changed(place: Place) -> None:
    kept = place.kept()
    kept.keep(answer())
    written = place.path.stat().st_ino
    for seq in range(5):
        busy = answer(seq=seq, waiting_total=seq)
        busy["items"][0]["ahead"] = seq
        kept.keep(busy)
    assert place.path.stat().st_ino == written
    kept.keep(answer(open=False))
    assert place.path.stat().st_ino != written


def test_the_key_is_gone_from_the_disk_at_the_purge(place: Place) -> None:
    place.kept().keep(answer())
    place.passes(6 * HOUR_MS - 1)
    assert not place.kept().forget_if_over()
    place.passes(1)
    with place.path.open("rb") as old:
        assert place.kept().forget_if_over()
        assert DAY_KEY.hex().encode() not in old.read()
    assert not place.path.exists()
    again = place.kept()
    again.keep(answer())
    assert not place.path.exists(), "and is not written again"


def test_where_a_hall_never_closes_the_key_goes_at_midnight(place: Place) -> None:
    place.kept().keep(answer(purge_at=None))
    place.passes(12 * HOUR_MS)
    assert place.kept().load() is None
    assert place.kept().forget_if_over()
    assert not place.path.exists()


def test_yesterday_s_day_is_not_today_s(place: Place) -> None:
    place.kept().keep(answer())
    place.passes(13 * HOUR_MS)
    assert place.kept().load() is None


def test_a_kiosk_that_does_not_know_the_time_has_no_day(place: Place, tmp_path: Path) -> None:
    place.kept().keep(answer())
    lost = HallClock(tmp_path / "none", Machine("other", right_after_boot=lambda: False))
    kept = KeptDay(place.path, lost)
    assert kept.load() is None
    assert not kept.forget_if_over(), "nor does it know that the day is over"


@pytest.mark.parametrize("text", ["{", "[]", '{"day": "2026-03-17", "purge_at": "soon"}'])
def test_a_broken_file_is_no_day_and_is_replaced(place: Place, text: str) -> None:
    place.path.write_text(text)
    kept = place.kept()
    assert kept.load() is None
    kept.forget_if_over()
    kept.keep(answer())
    assert place.kept().load() is not None


def test_nothing_is_kept_of_nothing(place: Place) -> None:
    place.kept().keep({})
    assert place.kept().forget_if_over()
