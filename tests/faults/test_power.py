"""Power cuts (law 3): after each answer, what was synced by then already holds what was said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.cli.bench.crash.power import build_shim
from controller.cli.bench.crash.preload import CannotPlay
from controller.journal.sqlite import SqliteJournal
from tests.controller.service.heart import Together
from tests.controller.web.process import House, Process


@pytest.fixture
def shim(tmp_path: Path) -> Path:
    """The library that copies what is synced."""
    try:
        return build_shim(tmp_path)
    except CannotPlay as reason:
        pytest.skip(str(reason))


@pytest.fixture
def synced(tmp_path: Path, shim: Path) -> Iterator[tuple[House, Path]]:
    """A hall, and the directory that holds only what it has synced."""
    left = tmp_path / "after the power cut"
    left.mkdir()
    process = Process(tmp_path / "hall")
    process.env = {
        "LD_PRELOAD": str(shim),
        "SYNCED_FROM": str(process.state),
        "SYNCED_TO": str(left),
    }
    yield House(process.start()), left
    process.kill()


def found_after_a_cut(left: Path, copy: Path) -> tuple[int, set[str], set[str]]:
    """Start from the synced copies alone: the last seq, tickets and request ids."""
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in ("journal.db", "journal.db-wal"):
        if (left / name).exists():
            shutil.copy(left / name, copy / name)
    journal = SqliteJournal(copy / "journal.db")
    try:
        verdict = journal.verify()
        tickets = {r.event.ticket for r in journal.read() if r.event.type == "ticket.issued"}  # type: ignore[attr-defined]
        return verdict.events, tickets, set(journal.request_ids())
    finally:
        journal.close()


def test_every_answer_is_on_the_disk_when_it_is_given(
    synced: tuple[House, Path], tmp_path: Path
) -> None:
    house, left = synced
    house.device("kiosk")
    for n in range(12):
        body = {"items": ["RS-003"], "request_id": f"power-cut-{n}"}
        answer = house.client("kiosk").post("/tickets", body)
        seq, tickets, ids = found_after_a_cut(left, tmp_path / "restored")
        assert seq >= answer["seq"]
        assert answer["ticket"]["id"] in tickets
        assert body["request_id"] in ids


def test_answers_that_shared_one_sync_are_all_on_the_disk(
    synced: tuple[House, Path], tmp_path: Path
) -> None:
    house, left = synced
    house.device("kiosk")
    given = Together(*[lambda: house.issue("RS-003") for _ in range(16)]).join()
    _, tickets, _ = found_after_a_cut(left, tmp_path / "restored")
    assert {ticket["id"] for ticket in given} <= tickets


def test_a_hall_that_starts_from_what_was_synced_goes_on_where_it_was(
    synced: tuple[House, Path], tmp_path: Path
) -> None:
    house, left = synced
    first = house.issue("RS-003")
    body = {"items": ["RS-003"], "request_id": "asked-before-the-cut"}
    answer = house.client("kiosk").post("/tickets", body)
    house.process.kill()
    for file in house.process.state.iterdir():
        file.unlink()
    for file in left.iterdir():
        if not file.name.endswith("-shm"):
            shutil.copy(file, house.process.state / file.name)
    house.process.env = {}
    house.process.start()
    assert house.client("kiosk").post("/tickets", body) == answer
    assert house.issue("RS-003")["number"] == "R003" > first["number"]
