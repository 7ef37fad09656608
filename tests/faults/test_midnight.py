"""A controller that is off at midnight: what the last day leaves is gone when it serves again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from controller.cli.bench.crash.clock import JumpyClock, find_library
from controller.cli.bench.crash.preload import CannotPlay, environment
from controller.cli.bench.crash.stage import ZONE
from controller.journal.sqlite import verify_file
from tests.controller.web.process import House, Process, events

MASKED, KEY = "欧阳**", "c0ffee" * 10 + "beef"
AN_HOUR_S = 3600.0


@pytest.fixture
def clock(tmp_path: Path) -> JumpyClock:
    try:
        library = find_library()
    except CannotPlay as reason:
        pytest.skip(str(reason))
    made = JumpyClock(library, tmp_path / "clock", ZONE)
    made.jump(made.to_midnight() - AN_HOUR_S)
    return made


@pytest.fixture
def house(tmp_path: Path, clock: JumpyClock) -> Iterator[House]:
    process = Process(tmp_path / "house", env=environment([clock.preload]))
    yield House(process.start())
    process.stop()


def test_killed_before_midnight_and_started_after_it_a_controller_knows_nobody_of_yesterday(
    house: House, clock: JumpyClock
) -> None:
    house.device("kiosk")
    kiosk, path = house.client("kiosk"), house.process.state / "journal.db"
    asked = {
        "request_id": "asked-before-midnight",
        "items": ["RS-003"],
        "person": {"key": KEY, "masked": MASKED},
    }
    first = kiosk.post("/tickets", asked)
    assert kiosk.post("/lookups", {"key": KEY})["tickets"] != []
    house.process.kill()
    clock.jump(AN_HOUR_S + 60)
    house.process.start()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reader:
        assert reader.execute("SELECT count(*) FROM persons").fetchone() == (0,)
    files = b"".join(p.read_bytes() for p in path.parent.glob("journal.db*"))
    assert MASKED.encode() not in files
    assert KEY.encode() not in files
    assert kiosk.post("/lookups", {"key": KEY})["tickets"] == []
    assert kiosk.post("/tickets", asked) == first, "a repeat gets the first answer"
    assert sum(e["type"] == "ticket.issued" for e in events(house)) == 1
    assert verify_file(path).events > 0
