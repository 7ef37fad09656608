"""The SAM reader over a real pty with real pyserial, well-behaved and not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import serial

from kiosk.readers import sam
from kiosk.readers.base import (
    CardRead,
    CardRemoved,
    CardSeen,
    CardUnreadable,
    DocumentType,
    Down,
    ReaderDown,
    ReaderUp,
    Unreadable,
)
from kiosk.readers.sam import SamReader
from kiosk.readers.sam_codec import Command
from kiosk.readers.virtual import VirtualCard, VirtualSamReader
from tests.kiosk.heard import Heard, until

pytestmark = pytest.mark.usefixtures("patient_reader")
CARD = VirtualCard("张无名", date(1990, 3, 7))
OTHER = VirtualCard("欧阳无名", date(1950, 1, 2), 7)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[VirtualSamReader]:
    with VirtualSamReader(link=str(tmp_path / "idreader")) as reader:
        yield reader


@pytest.fixture
def heard(device: VirtualSamReader) -> Iterator[Heard]:
    events = Heard()
    reader = SamReader(device.port, poll_s=0.01)
    reader.start(events)
    events.wait(ReaderUp)
    yield events
    reader.close()


def looks(device: VirtualSamReader) -> int:
    return device.received.count(Command.FIND.value)


def wait_for_looks(device: VirtualSamReader, more: int = 3) -> None:
    target = looks(device) + more
    until(lambda: looks(device) >= target, "looking for cards")


def test_the_virtual_reader_answers_the_published_captures(device: VirtualSamReader) -> None:
    device.lay(CARD)
    captures = [
        ("AAAAAA96690003200122", "AAAAAA9669000800009F0000000097"),
        ("AAAAAA96690003200221", "AAAAAA9669000C000090000000000000000" + "09C"),
    ]
    with serial.Serial(device.port, 115200, timeout=2) as port:
        for question, answer in captures:
            port.write(bytes.fromhex(question))
            assert port.read(len(answer) // 2) == bytes.fromhex(answer)
        port.write(bytes.fromhex("AAAAAA96690003300132"))
        assert len(port.read(1295)) == 1295


def test_a_card_is_seen_read_and_removed(device: VirtualSamReader, heard: Heard) -> None:
    device.lay(CARD)
    read = heard.wait(CardRead)
    assert isinstance(read, CardRead)
    assert (read.name, read.number) == (CARD.name, CARD.number)
    device.lift()
    heard.wait(CardRemoved)
    assert heard.kinds() == ["ReaderUp", "CardSeen", "CardRead", "CardRemoved"]


def test_a_card_left_lying_is_read_once(device: VirtualSamReader, heard: Heard) -> None:
    device.lay(CARD)
    heard.wait(CardRead)
    wait_for_looks(device)
    assert heard.kinds() == ["ReaderUp", "CardSeen", "CardRead"]


@pytest.mark.parametrize(
    ("flag", "number", "kind"),
    [
        (" ", "", DocumentType.RESIDENT),
        ("J", "", DocumentType.RESIDENCE_PERMIT),
        ("Y", "", DocumentType.FOREIGN_RESIDENT),
        ("I", "XXX000000000001", DocumentType.FOREIGN_RESIDENT),
    ],
)
def test_each_of_the_four_documents_is_read(
    device: VirtualSamReader, heard: Heard, flag: str, number: str, kind: DocumentType
) -> None:
    """FR-03"""
    card = VirtualCard(
        "张\ue863", date(1990, 3, 7), valid_to=date(2020, 1, 1), flag=flag, number_text=number
    )
    device.lay(card)
    assert heard.wait(CardRead) == CardRead(
        kind, "张䶮", card.number, date(1990, 3, 7), date(2020, 1, 1)
    )


def test_a_lifted_card_can_be_laid_again(device: VirtualSamReader, heard: Heard) -> None:
    for count in (1, 2):
        device.lay(CARD)
        heard.wait(CardRead, count)
        device.lift()
        heard.wait(CardRemoved, count)


def test_the_next_card_without_a_pause_is_the_next_person(
    device: VirtualSamReader, heard: Heard
) -> None:
    device.lay(CARD)
    heard.wait(CardRead)
    device.lay(OTHER)
    read = heard.wait(CardRead, 2)
    assert isinstance(read, CardRead)
    assert read.name == OTHER.name
    assert heard.kinds()[-3:] == ["CardRemoved", "CardSeen", "CardRead"]


def test_the_order_is_find_select_read_and_never_a_fingerprint(
    device: VirtualSamReader, heard: Heard
) -> None:
    device.lay(CARD)
    heard.wait(CardRead)
    wait_for_looks(device)
    at = device.received.index(Command.READ.value)
    assert device.received[at - 2 : at] == [Command.FIND.value, Command.SELECT.value]
    assert device.received.count(Command.READ.value) == 1
    assert b"\x30\x10" not in device.received


def test_garbage_before_every_answer_is_no_obstacle(device: VirtualSamReader, heard: Heard) -> None:
    device.bad.garbage = b"\x00\xaa\xaa\xaa\x96boot\r\n\xff"
    device.lay(CARD)
    heard.wait(CardRead)


def test_a_bad_checksum_is_asked_again(
    device: VirtualSamReader, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sam, "ANSWER_S", 1.0)
    wait_for_looks(device)
    device.bad.bad_checksums = 1
    device.lay(CARD)
    heard.wait(CardRead)
    assert not any(isinstance(event, ReaderDown) for event in heard.events)


def test_a_failed_read_is_tried_again_by_itself(device: VirtualSamReader, heard: Heard) -> None:
    device.bad.unreadable = 1
    device.lay(CARD)
    heard.wait(CardRead)
    assert heard.kinds().count("CardSeen") == 1


def test_a_card_that_cannot_be_read_is_left_alone_until_lifted(
    device: VirtualSamReader, heard: Heard
) -> None:
    device.bad.unreadable = 99
    device.lay(CARD)
    assert heard.wait(CardUnreadable) == CardUnreadable(Unreadable.TRY_AGAIN)
    reads = device.received.count(Command.READ.value)
    wait_for_looks(device)
    assert device.received.count(Command.READ.value) == reads
    device.bad.unreadable = 0
    device.lift()
    heard.wait(CardRemoved)
    device.lay(CARD)
    heard.wait(CardRead)


def test_an_answer_cut_short_asks_the_person_to_try_again(
    device: VirtualSamReader, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.bad.truncate = 1
    monkeypatch.setattr(sam, "READ_S", 0.3)
    device.lay(CARD)
    assert heard.wait(CardUnreadable) == CardUnreadable(Unreadable.TRY_AGAIN)
    monkeypatch.setattr(sam, "READ_S", 10.0)
    device.lift()
    heard.wait(CardRemoved)
    device.lay(CARD)
    heard.wait(CardRead)


def test_a_card_pulled_away_while_reading_can_be_laid_again(
    device: VirtualSamReader, heard: Heard
) -> None:
    device.bad.lift_after_select = True
    device.lay(CARD)
    assert heard.wait(CardUnreadable) == CardUnreadable(Unreadable.TRY_AGAIN)
    heard.wait(CardRemoved)
    device.bad.lift_after_select = False
    device.lay(CARD)
    heard.wait(CardRead)


def test_a_card_pulled_away_while_reading_has_left_before_the_next_look(
    device: VirtualSamReader,
) -> None:
    seldom, told = SamReader(device.port, poll_s=600), Heard()
    device.bad.lift_after_select = True
    device.lay(CARD)
    seldom.start(told)
    told.wait(CardRemoved)
    seldom.close()
    assert told.kinds() == ["ReaderUp", "CardSeen", "CardUnreadable", "CardRemoved"]


def test_a_card_the_reader_does_not_trust_is_not_valid(
    device: VirtualSamReader, heard: Heard
) -> None:
    device.bad.auth_failed = True
    device.lay(CARD)
    assert heard.wait(CardUnreadable) == CardUnreadable(Unreadable.NOT_VALID)
    wait_for_looks(device)
    assert heard.kinds().count("CardUnreadable") == 1


def test_an_unknown_document_is_refused_not_guessed(device: VirtualSamReader, heard: Heard) -> None:
    device.lay(VirtualCard("张无名", date(1990, 3, 7), flag="Z"))
    assert heard.wait(CardUnreadable) == CardUnreadable(Unreadable.UNKNOWN_LAYOUT)


def test_a_slow_reader_still_reads(
    device: VirtualSamReader, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.bad.slow_s = 0.05
    device.lay(CARD)
    heard.wait(CardRead)


def test_silence_is_reported_and_so_is_its_end(
    device: VirtualSamReader, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ANSWER_S", "PROBE_S"):
        monkeypatch.setattr(sam, name, 0.1)
    wait_for_looks(device)
    device.bad.silent = True
    assert heard.wait(ReaderDown) == ReaderDown(Down.SILENT)
    device.bad.silent = False
    heard.wait(ReaderUp, 2)
    device.lay(CARD)
    heard.wait(CardRead)


@pytest.mark.parametrize(
    ("switch", "reason"),
    [("not_authorised", Down.NOT_AUTHORISED), ("self_test_failed", Down.SELF_TEST)],
)
def test_a_broken_security_module_is_out_of_order_until_it_recovers(
    device: VirtualSamReader, heard: Heard, switch: str, reason: Down
) -> None:
    setattr(device.bad, switch, True)
    assert heard.wait(ReaderDown) == ReaderDown(reason)
    setattr(device.bad, switch, False)
    heard.wait(ReaderUp, 2)


def test_an_unplugged_reader_comes_back_by_itself(device: VirtualSamReader, heard: Heard) -> None:
    device.lay(CARD)
    heard.wait(CardRead)
    device.unplug()
    assert heard.wait(ReaderDown) == ReaderDown(Down.GONE)
    assert heard.kinds()[-2:] == ["CardRemoved", "ReaderDown"]
    device.lift()
    device.plug()
    heard.wait(ReaderUp, 2)
    device.lay(OTHER)
    heard.wait(CardRead, 2)


def test_a_reader_that_is_not_there_at_the_start_is_waited_for(tmp_path: Path) -> None:
    path = str(tmp_path / "idreader")
    heard, reader = Heard(), SamReader(path, poll_s=0.01)
    reader.start(heard)
    assert heard.wait(ReaderDown) == ReaderDown(Down.GONE)
    with VirtualSamReader(link=path):
        heard.wait(ReaderUp)
    heard.wait(ReaderDown, 2)
    reader.close()


def test_down_is_said_once_however_long_it_lasts(tmp_path: Path) -> None:
    heard, reader = Heard(), SamReader(str(tmp_path / "nothing"), poll_s=0.01)
    reader.start(heard)
    heard.wait(ReaderDown)
    until(lambda: reader._keeper.failures > 3, "several attempts")
    reader.close()
    assert heard.kinds() == ["ReaderDown"]


def test_closing_frees_the_port_and_may_be_repeated(device: VirtualSamReader) -> None:
    reader = SamReader(device.port, poll_s=0.01)
    heard = Heard()
    reader.start(heard)
    heard.wait(ReaderUp)
    before = len(os.listdir("/proc/self/fd"))
    reader.close()
    reader.close()
    assert len(os.listdir("/proc/self/fd")) < before
    with serial.Serial(device.port, 115200, exclusive=True):
        pass


def test_seeing_comes_before_reading(device: VirtualSamReader, heard: Heard) -> None:
    device.bad.slow_s = 0.02
    device.lay(CARD)
    heard.wait(CardSeen)
    heard.wait(CardRead)
