"""``jiaohao bench crash``: a short run of every fault, and what it leaves behind: nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from controller.cli.bench.crash.board import Board
from controller.cli.bench.crash.checker.life import DEEDS
from controller.cli.bench.crash.clock import SHARED
from controller.cli.bench.crash.deck import Deck, Goal
from controller.cli.bench.crash.disk import SmallDisk
from controller.cli.bench.crash.faults import FullDisk, Kill, Tally
from controller.cli.bench.crash.moves import AUTOMATIC, CLERK, GUIDE, KIOSK, SUPERVISOR
from controller.cli.bench.crash.power import Power
from controller.cli.bench.crash.stage import Stage
from tests.controller.web.process import REPOSITORY, Json, until

COUNTED = ("kills", "full_disks", "clock_jumps", "power_cuts")
WRONG = ("lost", "doubled", "twice_called", "unexplained")


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "controller.cli", "bench", "crash", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def processes_of(directory: Path) -> list[str]:
    """The command lines that name the directory."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = process.read_text().replace("\0", " ")
        except OSError:  # it has just ended
            continue
        if str(directory) in line:
            found.append(line)
    return found


def left_behind(directory: Path) -> list[str]:
    mounts = [
        line for line in Path("/proc/mounts").read_text().splitlines() if str(directory) in line
    ]
    return processes_of(directory) + mounts + [str(p) for p in directory.glob("disk/*")]


# --- the whole ------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.timeout(400)
def test_a_hall_that_meets_every_fault_once_loses_and_doubles_nothing(tmp_path: Path) -> None:
    kept, shared = tmp_path / "kept", set(SHARED.glob("*faketime*"))
    run = start("--seconds", "1", "--seed", "3", "--json", "--keep", str(kept))
    out, err = run.communicate(timeout=380)
    found = json.loads(out)
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0), found["wrong"]
    assert run.returncode == 0, err
    for fault in COUNTED:
        assert found[fault] >= 1 or found["skipped"][fault], fault
    assert found["kills"] >= 2
    assert found["issued"] > found["lives"]
    assert found["called"] > 0
    assert found["restart_p95_s"] > 0
    assert (kept / "state" / "journal.db").exists()
    asked = [json.loads(line) for line in (kept / "asked.jsonl").read_text().splitlines()]
    assert sum(len(one["answers"]) > 1 for one in asked) > found["lives"], "nothing was repeated"
    assert left_behind(kept) == []
    assert set(SHARED.glob("*faketime*")) <= shared


@pytest.mark.timeout(240)
def test_ctrl_c_ends_everything(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    run = start("--seconds", "600", "--keep", str(kept))
    try:
        until(lambda: list(kept.glob("logs/controller-00002.log")), "the second life", 120)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=100)
    finally:
        run.kill()
    assert run.returncode == 130
    # one that was just being started is ended by the kernel, when the run is gone
    until(lambda: left_behind(kept) == [], "all to end", 20)


def test_a_directory_that_holds_something_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    run = start("--keep", str(tmp_path))
    _, err = run.communicate(timeout=60)
    assert run.returncode == 2
    assert "is not empty" in err


def test_bench_without_a_word_is_still_the_bench_of_figures() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "controller.cli", "bench", "--help"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert "--most-screens" in run.stdout
    assert "crash" in run.stdout


# --- its parts ------------------------------------------------------------------------------------


def test_every_move_has_a_row_in_the_checker_s_table_of_deeds() -> None:
    tables = (KIOSK, CLERK, AUTOMATIC, GUIDE, SUPERVISOR)
    deeds = {move.deed for table in tables for move in table if move.deed}
    assert deeds == DEEDS.keys()


def deck_of(directory: Path, goal: Goal) -> Deck:
    power = Power(directory / "shim", directory / "state", directory / "left")
    place = Stage(directory, directory / "state", disk=SmallDisk(directory), power=power)
    return Deck(place, Random(1), goal)


def test_a_deck_plays_every_kind_of_fault_before_it_repeats_one(tmp_path: Path) -> None:
    deck, drawn = deck_of(tmp_path, Goal(0)), []
    while missing := deck.missing(Tally(), 1):
        drawn.append(deck.draw(missing))
    assert len({(type(fault), fault.early) for fault in drawn}) == len(drawn) == 5


def test_a_deck_goes_on_until_there_were_kills_and_full_disks_enough(tmp_path: Path) -> None:
    deck = deck_of(tmp_path, Goal(10, kills=3, full_disks=2))
    while deck.missing(Tally(), 0) and deck.missing(Tally(kills=3, full_disks=2), 11):
        deck.draw("seconds")
    assert deck.missing(Tally(), 9) == "seconds"
    assert isinstance(deck.draw(deck.missing(Tally(kills=2), 11) or ""), Kill)
    assert isinstance(deck.draw(deck.missing(Tally(kills=3, full_disks=1), 11) or ""), FullDisk)
    assert deck.missing(Tally(kills=3, full_disks=2), 11) is None


def event(seq: int, **more: Json) -> Json:
    return {"seq": seq, "type": "ticket.issued", **more}


def message(prev: int, *events: Json) -> Json:
    return {"room": "hall", "prev": prev, "seq": events[-1]["seq"], "events": list(events)}


@pytest.fixture
def board() -> Board:
    board = Board("screen")
    snapshot = {"day": "2026-11-23", "windows": [], "calls": [], "waiting": {"A": 1}, "queues": {}}
    board.start({"seq": 4, "snapshot": snapshot})
    return board


def test_a_board_takes_whole_entities_over(board: Board) -> None:
    assert board.take(message(4, event(5, waiting={"A": 2}), event(6, window={"no": 1, "x": 1})))
    assert (board.seq, board.waiting()) == (6, 2)
    assert board.shown().windows == {1: {"no": 1, "x": 1}}
    assert [heard.seq for heard in board.heard] == [5, 6]


def test_a_board_sees_that_something_is_missing(board: Board) -> None:
    assert not board.take(message(5, event(6)))
    assert board.behind({"rooms": {"hall": 5}})
    assert (board.seq, board.heard) == (4, [])


def test_a_board_does_not_take_an_event_twice(board: Board) -> None:
    assert board.take(message(3, event(4), event(5)))
    assert board.take(message(4, event(5)))
    assert [heard.seq for heard in board.heard] == [5]


def test_a_gap_within_a_message_is_a_fault_of_the_feed(board: Board) -> None:
    with pytest.raises(ValueError, match="event 7 came after event 5"):
        board.take(message(4, event(5), event(7)))


def test_a_board_asks_for_a_snapshot_when_the_day_begins(board: Board) -> None:
    assert not board.take(message(4, {"seq": 5, "type": "day.opened"}))
    assert board.seq is None
