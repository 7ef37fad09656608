"""A notice is printed once, and its end is told (FR-45)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config import DisplayConfig
from display.paper.desk import PaperDesk
from display.paper.notice import read
from printers.facts import SlipError
from printers.page import Page
from printers.paper import Paper
from printers.printer import Outcome, Proof
from printers.spool import Spool
from printers.status import PrinterState, PrinterStatus

MESSAGE: dict[str, Any] = {
    "id": "notice-1",
    "window": 5,
    "hall": "青禾区政务服务中心",
    "phone": "0999-12345",
    "tz": "Asia/Shanghai",
    "number": "R031",
    "item": "社会保障卡申领",
    "missing": ["居民身份证", "近期一寸免冠照片"],
    "told_at": 1773716880000,
}
ENDS = {
    Outcome.PRINTED: "printed",
    Outcome.UNPROVEN: "unproven",
    Outcome.NOT_SENT: "failed",
}


class FakePrinter:
    """Keeps its pages, and ends as it is told."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.outcome = Outcome.PRINTED
        self.state = PrinterState.OK

    def status(self) -> PrinterStatus:
        return PrinterStatus(self.state)

    def print(self, page: Page) -> Proof:
        if self.outcome is not Outcome.NOT_SENT:
            self.pages.append(page)
        return Proof(self.outcome, PrinterStatus(self.state))

    def distrust(self) -> None:
        return

    def close(self) -> None:
        return


class Place:
    """A desk with its printer, and what was reported."""

    def __init__(self, folder: Path) -> None:
        self.printer, self.folder = FakePrinter(), folder
        self.reports: list[tuple[str, str, str]] = []
        self.deaf = 0
        self.open()

    def open(self) -> None:
        spool = Spool(self.folder / "notices.sqlite", self.printer, Paper.MM80)
        self.desk = PaperDesk(5, self.printer, spool, self._report)
        self.desk.start()

    def _report(self, id_: str, outcome: str, word: str) -> bool:
        if self.deaf:
            self.deaf -= 1
            return False
        self.reports.append((id_, outcome, word))
        return True


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.desk.close()


def until(ask: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not ask():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_notice_ends_as_the_printer_proves_it(place: Place, outcome: Outcome) -> None:
    place.printer.outcome = outcome
    place.desk.wanted(MESSAGE)
    until(lambda: place.reports)
    assert place.reports == [("notice-1", ENDS[outcome], "ok")]


def test_a_notice_that_is_told_again_is_printed_once_also_after_a_restart(place: Place) -> None:
    place.desk.wanted(MESSAGE)
    place.desk.wanted(MESSAGE)
    until(lambda: len(place.reports) == 2)
    place.desk.close()
    place.open()
    place.desk.wanted(MESSAGE)
    until(lambda: len(place.reports) == 3)
    assert len(place.printer.pages) == 1
    assert {outcome for _, outcome, _ in place.reports} == {"printed"}


def test_another_notice_under_the_same_id_is_not_printed(place: Place) -> None:
    place.desk.wanted(MESSAGE)
    place.desk.wanted({**MESSAGE, "missing": ["户口簿"]})
    until(lambda: len(place.reports) == 2)
    assert [outcome for _, outcome, _ in place.reports] == ["printed", "failed"]
    assert len(place.printer.pages) == 1


def test_an_end_that_nobody_heard_is_told_again(place: Place) -> None:
    place.deaf = 1
    place.desk.wanted(MESSAGE)
    until(lambda: place.reports)
    assert len(place.printer.pages) == 1


def test_the_printers_word_is_known_without_a_notice(place: Place) -> None:
    until(lambda: place.desk.word == "ok")


@pytest.mark.parametrize(
    "change",
    [
        {"window": 6},
        {"missing": []},
        {"missing": "居民身份证" * 3},
        {"number": "R1"},
        {"item": "证号 " + "9" * 18},
        {"missing": ["9" * 17 + "X"]},
        {"tz": "Nowhere/Nowhere"},
        {"told_at": "now"},
        {"hall": None},
        {"id": 7},
    ],
)
def test_what_may_not_be_printed_is_told_as_failed(place: Place, change: dict[str, Any]) -> None:
    message = {**MESSAGE, **change}
    with pytest.raises(SlipError):
        read(message, 5)
    place.desk.wanted(message)
    known = isinstance(message["id"], str) and message["window"] == 5
    assert place.reports == ([("notice-1", "failed", "error")] if known else [])
    assert place.printer.pages == []


def test_the_time_is_the_halls() -> None:
    slip = read(MESSAGE, 5).slip
    assert f"{slip.told_at:%Y-%m-%d %H:%M}" == "2026-03-17 11:08"
    assert (slip.window, slip.device, slip.phone) == ("5 号窗口", "5 号窗口", "0999-12345")


def test_a_printer_stands_at_a_window() -> None:
    base = {"controller": {"url": "http://127.0.0.1:8080"}, "screen": {"kind": "hall"}}
    printer = {"kind": "network", "host": "127.0.0.1"}
    with pytest.raises(ValueError, match="no window's screen"):
        DisplayConfig.model_validate({**base, "printer": printer})
    window = {**base, "screen": {"kind": "window", "window": 5}, "printer": printer}
    assert DisplayConfig.model_validate(window).printer.host == "127.0.0.1"
