"""announcer.toml: what is read, and what is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import check, load_announcer
from display.announcer.cli import habits_of, name_of
from tests.config.minimal import HALL, line_of, write

ANNOUNCER = """\
[controller]
url = "http://127.0.0.1:8080"

[announcer]
zones = ["main"]
clips = "/var/lib/jiaohao-announcer/clips"
"""
LEVELS = """
[[level]]
hours = ["12:00", "13:30"]
volume = 0.4
"""


def test_an_announcer_speaks_twice_with_yao_unless_it_is_told_otherwise(tmp_path: Path) -> None:
    config = load_announcer(write(tmp_path, announcer=ANNOUNCER + LEVELS))
    habits = habits_of(config)
    assert (habits.times, habits.once_from, habits.manner.one) == (2, 3, "yao")
    assert habits.manner.english is False
    assert (habits.loudness.at("12:30"), habits.loudness.at("13:30")) == (0.4, 1.0)
    assert name_of(config.announcer) == "main 区语音"


def test_floors_are_said_where_they_are_named(tmp_path: Path) -> None:
    text = ANNOUNCER + "floors = { main = 2 }\n"
    habits = habits_of(load_announcer(write(tmp_path, announcer=text)))
    assert (habits.manner.floors, habits.floors) == (True, {"main": 2})


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ('zones = ["main"]', "zones = []", "announcer.zones", "1"),
        ('zones = ["main"]', 'zones = ["main", "main"]', "announcer.zones", "twice"),
        ('zones = ["main"]', 'zones = ["mian"]', "announcer.zones", "does not list"),
        ('zones = ["main"]', 'zones = ["main"]\nvolume = 1.5', "announcer.volume", "1"),
        ('zones = ["main"]', 'zones = ["main"]\none = "er"', "announcer.one", "yao"),
        (
            'zones = ["main"]',
            'zones = ["main"]\nsilent = [["13:00", "12:00"]]',
            "announcer.silent[1]",
            "starts",
        ),
        (
            'zones = ["main"]',
            'zones = ["main"]\nfloors = { upper = 2 }',
            "announcer.floors",
            "does not list",
        ),
    ],
)
def test_what_cannot_be_is_refused(
    tmp_path: Path, old: str, new: str, key: str, problem: str
) -> None:
    text = ANNOUNCER.replace(old, new)
    (told,) = check(write(tmp_path, hall=HALL, announcer=text))
    assert told.key == key
    assert problem in str(told)
    assert told.line == line_of(text, new.splitlines()[-1])
