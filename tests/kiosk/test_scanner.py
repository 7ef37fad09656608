"""Codes of slips and appointments: the rules, and a scanner on a real pty (FR-02)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.readers import keeper, scan_rules, scanner
from kiosk.readers.base import CodeRefused, CodeScanned, Down, ReaderDown, ReaderUp
from kiosk.readers.scan_rules import LONGEST, SAME_S, Frames, Scans, meaning_of
from kiosk.readers.scanner import Scanner
from kiosk.readers.virtual import invented_number
from kiosk.readers.virtual_scanner import VirtualScanner
from tests.kiosk.heard import Heard
from tests.kiosk.people import CARD

TICKET = CodeScanned("7K3M2Q")
OTHER = CodeScanned("8K3M2Q")


def frames(*parts: bytes) -> list[bytes]:
    cutter, found = Frames(), []
    for part in parts:
        cutter.feed(part)
    while (frame := cutter.take()) is not None:
        found.append(frame)
    return found


# -- the rules ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "7K3M2Q",
        "7k3m2q",
        "7K3-M2Q",
        "7K3M-2Q",
        "https://hall.example/t/7K3M2Q",
        "HTTP://HALL.EXAMPLE/7K3M2Q/",
    ],
)
def test_a_code_has_one_written_form(text: str) -> None:
    assert meaning_of(text.encode()) == TICKET


@pytest.mark.parametrize(
    "text",
    [
        "7K3M2",
        "7K3M2S",
        "7K3M2Q8",
        "YY26031700",
        "YY7K-3M2Q",
        "weixin://pay/7K3M2Q",
        "https://7K3M2Q",
        "https://hall.example/7K3M2Q?x=1",
        "7K3M2Q;rm -rf",
        "1234567890123",
        "A" * LONGEST,
        CARD.number,
    ],
)
def test_what_is_no_code_of_ours_is_refused(text: str) -> None:
    assert meaning_of(text.encode()) == CodeRefused()


def test_an_id_number_in_a_code_is_refused_and_said_nowhere() -> None:
    """T3"""
    number = invented_number(CARD.birth)
    for text in (number, f"https://hall.example/{number}", number[:15]):
        assert repr(meaning_of(text.encode())) == "CodeRefused()"


def test_a_code_is_in_no_repr() -> None:
    assert "7K3M2Q" not in repr(TICKET)


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n", b"\n\r\n"])
def test_every_ending_ends_a_frame_once(ending: bytes) -> None:
    assert frames(b"7K3M2Q" + ending + b"8K3M2Q" + ending) == [b"7K3M2Q", b"8K3M2Q"]


@pytest.mark.parametrize(
    "bad",
    [
        b"\x00\xff7K3M2Q",
        "中文号码".encode(),
        b"A" * (LONGEST + 1),
        b"7K3",
        b"7K3 M2Q",
        b"\x1b[24~7K3M2Q",
    ],
)
def test_a_frame_that_cannot_be_ours_is_thrown_away_whole_and_the_next_one_counts(
    bad: bytes,
) -> None:
    assert frames(bad + b"\r", b"7K3M2Q\r") == [b"", b"7K3M2Q"]


def test_the_longest_frame_is_still_one() -> None:
    assert frames(b"A" * LONGEST + b"\r") == [b"A" * LONGEST]


def test_silence_ends_a_frame_without_ending() -> None:
    cutter = Frames()
    cutter.feed(b"7K3M2Q")
    assert cutter.take() is None
    assert cutter.open
    cutter.quiet()
    assert cutter.take() == b"7K3M2Q"
    assert not cutter.open


@given(st.binary(max_size=400), st.lists(st.integers(1, 50), max_size=20))
def test_after_any_noise_the_next_code_is_understood_however_it_is_cut(
    noise: bytes, cuts: list[int]
) -> None:
    stream, at, parts = noise + b"\r7K3M2Q\r", 0, []
    for cut in [*cuts, len(stream)]:
        parts.append(stream[at : at + cut])
        at += cut
    assert frames(*parts)[-1] == b"7K3M2Q"


def test_the_same_code_within_two_seconds_is_one_scan() -> None:
    scans = Scans()
    assert scans.event(b"7K3M2Q", 0.0) == TICKET
    assert scans.event(b"7K3M2Q", SAME_S - 0.01) is None
    # it is still held there: the time counts from when it was last seen
    assert scans.event(b"7K3-M2Q", 2 * SAME_S - 0.1) is None
    assert scans.event(b"7K3M2Q", 4 * SAME_S) == TICKET


def test_another_code_in_between_makes_it_new() -> None:
    scans = Scans()
    events = [scans.event(code, 0.1) for code in (b"7K3M2Q", b"8K3M2Q", b"7K3M2Q")]
    assert events == [TICKET, OTHER, TICKET]


# -- on a line ------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "BACKOFF_S", (0.02,))


@pytest.fixture
def device(tmp_path: Path) -> Iterator[VirtualScanner]:
    with VirtualScanner(link=str(tmp_path / "scanner")) as scanner:
        yield scanner


@pytest.fixture
def reader(device: VirtualScanner) -> Iterator[Scanner]:
    one = Scanner(device.port)
    yield one
    one.close()


@pytest.fixture
def heard(reader: Scanner) -> Heard:
    events = Heard()
    reader.start(events)
    events.wait(ReaderUp)
    return events


@pytest.mark.parametrize("one_by_one", [False, True])
@pytest.mark.parametrize("ending", [b"\r", b"\r\n", b""])
def test_a_code_is_read_whatever_the_scanner_ends_it_with(
    device: VirtualScanner,
    heard: Heard,
    ending: bytes,
    one_by_one: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if one_by_one:  # a busy machine may pause between two bytes for longer than a line does
        monkeypatch.setattr(scanner, "QUIET_S", 1.0)
    device.bad.ending, device.bad.one_by_one = ending, one_by_one
    device.scan("7K3M2Q")
    assert heard.wait(CodeScanned) == TICKET


def test_a_code_that_is_held_before_the_scanner_is_one_scan(
    device: VirtualScanner, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_rules, "SAME_S", 60.0)
    device.bad.repeats = 5
    device.scan("7K3M2Q")
    device.bad.repeats = 0
    device.scan("8K3M2Q")
    assert heard.wait(CodeScanned, 2) == OTHER
    assert heard.kinds() == ["ReaderUp", "CodeScanned", "CodeScanned"]


def test_garbage_costs_one_code_and_not_the_next(device: VirtualScanner, heard: Heard) -> None:
    device.bad.garbage = b"\x00\xfe"
    device.scan("7K3M2Q")
    heard.wait(CodeRefused)
    device.bad.garbage = b""
    device.scan("7K3M2Q")
    assert heard.wait(CodeScanned) == TICKET


def test_a_scanner_that_was_unplugged_comes_back_by_itself(
    device: VirtualScanner, reader: Scanner, heard: Heard
) -> None:
    device.unplug()
    assert heard.wait(ReaderDown) == ReaderDown(Down.GONE)
    assert reader.health().word == "gone"
    device.plug()
    heard.wait(ReaderUp, 2)
    device.scan("7K3M2Q")
    assert heard.wait(CodeScanned) == TICKET


def test_a_wrong_speed_is_noticed_by_what_it_makes_of_codes(
    device: VirtualScanner, reader: Scanner, heard: Heard
) -> None:
    device.bad.babble = b"\xe6\x1c\x00\x98"
    for _ in range(3):
        device.scan("7K3M2Q")
    assert heard.wait(ReaderDown) == ReaderDown(Down.GARBLED)
    assert "波特率" in reader.health().say.zh
    device.bad.babble = b""
    device.scan("7K3M2Q")
    heard.wait(ReaderUp, 2)
    assert heard.wait(CodeScanned) == TICKET


def test_a_scanner_that_is_not_there_at_the_start_is_waited_for(tmp_path: Path) -> None:
    heard, reader = Heard(), Scanner(str(tmp_path / "scanner"))
    reader.start(heard)
    assert heard.wait(ReaderDown) == ReaderDown(Down.GONE)
    with VirtualScanner(link=str(tmp_path / "scanner")) as device:
        heard.wait(ReaderUp)
        device.scan("7K3M2Q")
        heard.wait(CodeScanned)
    reader.close()
    reader.close()
