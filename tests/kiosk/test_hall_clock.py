"""What time it is in the hall when nobody can be asked (law 8: the controller's time rules)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kiosk.hall_clock import HallClock, Machine, boot_id

NOON = 1_773_720_000_000
"""2026-03-17, 12:00 in Shanghai."""
HOUR = 3600.0


@dataclass
class Box:
    """A machine whose clocks a test turns."""

    path: Path
    boot: str = "boot-1"
    since_boot: float = 100.0
    wall: float = NOON / 1000
    chip: bool = True

    def clock(self) -> HallClock:
        """As a process that starts now has it."""
        right = self.chip
        return HallClock(
            self.path,
            Machine(self.boot, lambda: self.since_boot, lambda: self.wall, lambda: right),
        )

    def passes(self, seconds: float) -> None:
        self.since_boot += seconds
        self.wall += seconds

    def reboots(self, off_s: float, clock_stands: bool = False) -> None:
        self.boot, self.since_boot = "boot-2", 5.0
        self.wall += 0 if clock_stands else off_s


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path / "clock.json")


def test_it_goes_on_with_the_controller_s_time_whatever_the_machine_s_clock_does(box: Box) -> None:
    box.wall -= 7 * HOUR
    clock = box.clock()
    clock.heard(NOON)
    box.passes(60)
    box.wall += 5 * HOUR  # somebody sets it
    assert clock.now_ms() == NOON + 60_000
    assert clock.sure


def test_a_restart_in_the_same_boot_still_knows(box: Box) -> None:
    box.clock().heard(NOON)
    box.wall -= 24 * HOUR
    box.passes(600)
    again = box.clock()
    assert again.sure
    assert again.now_ms() == NOON + 600_000


def test_the_hall_day_is_that_of_the_hall_s_zone(box: Box) -> None:
    clock = box.clock()
    clock.heard(NOON)
    assert clock.today("Asia/Shanghai") == date(2026, 3, 17)
    box.passes(12 * HOUR)
    assert clock.today("Asia/Shanghai") == date(2026, 3, 18)
    assert clock.today("UTC") == date(2026, 3, 17)


def test_after_a_reboot_a_clock_that_runs_while_off_is_believed(box: Box) -> None:
    box.clock().heard(NOON)
    box.reboots(off_s=HOUR)
    again = box.clock()
    assert again.sure
    assert again.now_ms() == NOON + 3_600_000


def test_after_a_reboot_a_clock_that_stood_is_not_believed(box: Box) -> None:
    """A board without a clock chip wakes up in the evening of yesterday."""
    box.clock().heard(NOON)
    box.chip = False
    box.reboots(off_s=20 * HOUR, clock_stands=True)
    again = box.clock()
    assert not again.sure
    again.heard(NOON + 72_000_000)
    assert again.sure


def test_a_clock_that_is_behind_what_was_heard_is_not_believed(box: Box) -> None:
    box.clock().heard(NOON)
    box.reboots(off_s=-HOUR)
    assert not box.clock().sure


def test_it_is_not_written_down_with_every_beat(box: Box) -> None:
    clock = box.clock()
    clock.heard(NOON)
    written = box.path.stat().st_ino
    for _ in range(5):
        box.passes(2)
        clock.heard(clock.now_ms() + 20)
    assert box.path.stat().st_ino == written
    clock.heard(clock.now_ms() + 5000)
    assert box.path.stat().st_ino != written


@pytest.mark.parametrize("text", ["", "{", "[]", '{"at": "soon", "boot": 1, "since_boot": 2}'])
def test_a_broken_note_of_the_time_is_none(box: Box, text: str) -> None:
    box.path.write_text(text)
    assert box.clock().now_ms() == NOON


def test_this_machine_has_a_boot_of_its_own() -> None:
    assert boot_id() == boot_id() != ""
