"""Louder when the hall is full, silent when it should be."""

from __future__ import annotations

from display.announcer.hours import Loudness, wall_time

NOON = ("12:00", "13:30")


def test_the_volume_follows_the_hours_of_the_day() -> None:
    loudness = Loudness(0.6, [(("09:00", "11:30"), 1.0), (NOON, 0.3)])
    told = {wall: loudness.at(wall) for wall in ("08:59", "09:00", "11:29", "11:30", "12:00")}
    assert told == {"08:59": 0.6, "09:00": 1.0, "11:29": 1.0, "11:30": 0.6, "12:00": 0.3}


def test_a_zone_is_silent_at_its_own_hours_and_all_are_at_the_speakers() -> None:
    loudness = Loudness(silent=[("18:00", "24:00")], zones={"B": [NOON]})
    assert loudness.hears("A", "12:30")
    assert not loudness.hears("B", "12:30")
    assert loudness.hears("B", "13:30")
    assert not loudness.hears("A", "23:59")


def test_the_wall_is_the_halls() -> None:
    assert wall_time(1_773_720_000_000, "Asia/Shanghai") == "12:00"
    assert wall_time(1_773_720_000_000, "UTC") == "04:00"
