"""The controller hears of a change at once, however long the next heartbeat is away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from kiosk.board import MISSED_S, Board
from kiosk.vitals import Vitals
from kiosk.web.server import PageServer
from tests.kiosk.conftest import BRISK, Rig
from tests.kiosk.heard import until


@pytest.fixture
def still(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Rig:
    """A kiosk whose heartbeat is an hour away."""
    monkeypatch.setattr("kiosk.uplink.BEAT_S", 3600.0)
    until(lambda: rig.controller.health.get("resident_id") == "ok", "the reader's word")
    until(lambda: rig.controller.health.get("printer") == "ok", "the printer's word")
    # the beat that tells the last of these may still be followed by one of the old pace
    calls = rig.controller.calls.count
    before = -1
    while calls("POST devices/me/health") != before:
        before = calls("POST devices/me/health")
        until(lambda: paused(rig) > 0.5, "a long pause")
    return rig


def paused(rig: Rig) -> float:
    """How long ago the link's loop went round."""
    return next(loop.turned_s for loop in rig.station.loops() if loop.name == "link")


def _out(rig: Rig) -> None:
    rig.printer.faults.paper_out = True


def _silent(rig: Rig) -> None:
    rig.waits_for_the_printer(BRISK)
    rig.printer.faults.silent = True


def _in(rig: Rig) -> None:
    rig.printer.faults.paper_out = False


@pytest.mark.parametrize(
    ("change", "part", "word"),
    [
        (_out, "printer", "paper_out"),
        (lambda rig: setattr(rig.printer.faults, "cover_open", True), "printer", "cover_open"),
        (_silent, "printer", "silent"),
        (lambda rig: rig.printer.unplug(), "printer", "absent"),
        (lambda rig: rig.device.unplug(), "resident_id", "gone"),
        (lambda rig: setattr(rig.device.bad, "silent", True), "resident_id", "silent"),
        (lambda rig: rig.act("staff"), "staff", "asked"),
    ],
    ids=["paper", "cover", "silent printer", "no printer", "no reader", "silent reader", "staff"],
)
def test_every_change_of_a_word_is_told_at_once(
    still: Rig, change: Callable[[Rig], object], part: str, word: str
) -> None:
    change(still)
    until(lambda: still.controller.health.get(part) == word, f"{part} {word}")


def test_the_end_of_a_fault_is_told_at_once_too(still: Rig) -> None:
    _out(still)
    until(lambda: still.controller.health.get("printer") == "paper_out", "the fault")
    _in(still)
    until(lambda: still.controller.health.get("printer") == "ok", "its end")


def test_a_screen_without_the_page_is_told_once_it_had_time_to_come_back() -> None:
    now = [0.0]
    board = Board(1, "1 号取号机", clock=lambda: now[0])
    assert board.page == "starting"
    board.come()
    assert board.page == "ok"
    board.come()
    board.leave()
    now[0] = 1000.0
    assert board.page == "ok", "another page listens"
    board.leave()
    now[0] += MISSED_S - 0.1
    assert board.page == "ok", "it may be loading anew"
    now[0] += 0.2
    assert board.page == "gone"


def test_a_browser_that_shows_the_page_is_seen_by_the_controller(still: Rig) -> None:
    with running(still) as url, requests.get(f"{url}events", stream=True, timeout=20) as stream:
        next(stream.iter_lines(chunk_size=1))
        until(lambda: still.controller.health.get("page") == "ok", "the page")


@contextmanager
def running(rig: Rig) -> Iterator[str]:
    page = PageServer(rig.station, "127.0.0.1", 0)
    page.start()
    try:
        yield page.url
    finally:
        rig.station.board.close()
        page.close()


def test_nothing_is_told_while_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.vitals.LOOK_S", 0.001)
    looks: list[dict[str, str]] = []
    changes: list[int] = []

    def health() -> dict[str, str]:
        looks.append({"printer": "ok" if len(looks) < 50 else "absent"})
        return looks[-1]

    vitals = Vitals(health, lambda: changes.append(len(looks)))
    vitals.start()
    until(lambda: len(looks) > 100, "a hundred looks")
    vitals.close()
    assert changes == [1, 51], "the first look, and the one that differed"


def test_a_kiosk_says_of_a_printer_that_it_did_not_hear_of_yet_that_it_starts(
    tmp_path: Path,
) -> None:
    from kiosk.press import Press
    from printers.escpos import network_printer
    from printers.paper import Paper
    from printers.spool import Spool

    printer = network_printer("127.0.0.1", 1)
    with Spool(tmp_path / "spool.sqlite", printer, Paper.MM80) as spool:
        press = Press(printer, spool, Paper.MM80, lambda event: None)
        assert press.word == "starting"
