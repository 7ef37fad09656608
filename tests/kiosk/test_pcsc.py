"""Chip cards through a real pcscd with a virtual reader, well-behaved and not (FR-01, FR-03)."""

from __future__ import annotations

import builtins
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.readers import keeper, pcsc
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
from kiosk.readers.pcsc import PcscReader
from kiosk.readers.scard import Service
from kiosk.readers.virtual_chip import BankCard, ChipCard, SocialCard, UnreadableIdCard
from kiosk.readers.virtual_pcscd import NoPcscd, VirtualPcscd, VirtualSlot
from tests.kiosk.heard import Heard, until

BORN = date(1990, 3, 7)
VERIFY = (0x20, 0x24, 0x2C)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "BACKOFF_S", (0.02,))


@pytest.fixture
def reader(slot: VirtualSlot) -> Iterator[PcscReader]:
    chip = PcscReader()
    yield chip
    chip.close()


@pytest.fixture
def heard(reader: PcscReader) -> Heard:
    events = Heard()
    reader.start(events)
    events.wait(ReaderUp)
    return events


def person(heard: Heard, count: int = 1) -> CardRead:
    read = heard.wait(CardRead, count)
    assert isinstance(read, CardRead)
    return read


def told(heard: Heard, count: int = 1) -> Unreadable:
    event = heard.wait(CardUnreadable, count)
    assert isinstance(event, CardUnreadable)
    return event.reason


def test_a_social_security_card_is_seen_read_and_removed(slot: VirtualSlot, heard: Heard) -> None:
    card = SocialCard("张无名", BORN)
    slot.insert(card)
    read = person(heard)
    assert read == CardRead(
        DocumentType.SOCIAL_SECURITY, "张无名", card.number, BORN, date(2035, 12, 31)
    )
    slot.remove()
    heard.wait(CardRemoved)
    assert heard.kinds() == ["ReaderUp", "CardSeen", "CardRead", "CardRemoved"]


@pytest.mark.parametrize(
    "card",
    [
        SocialCard("张无名", BORN, in_pieces=5),
        SocialCard("张无名", BORN, exact=True),
        SocialCard("张无名", BORN, generation=1),
        SocialCard("张无名", BORN, by_selection=True),
        SocialCard("张无名", BORN, by_selection=True, exact=True),
    ],
    ids=["61xx", "6Cxx", "generation 1", "by selection", "by selection, 6Cxx"],
)
def test_a_card_is_read_however_it_answers(
    slot: VirtualSlot, heard: Heard, card: SocialCard
) -> None:
    slot.insert(card)
    read = person(heard)
    assert (read.name, read.number) == ("张无名", card.number)


def test_the_other_slot_reads_too(pcscd: VirtualPcscd, slot: VirtualSlot, heard: Heard) -> None:
    pcscd.slots[1].insert(SocialCard("张无名", BORN))
    assert person(heard).name == "张无名"


def test_a_bank_card_is_one_this_reader_cannot_read(slot: VirtualSlot, heard: Heard) -> None:
    slot.insert(BankCard())
    assert told(heard) is Unreadable.UNSUPPORTED


def test_a_resident_id_card_on_a_plain_reader_gives_no_person(
    slot: VirtualSlot, heard: Heard
) -> None:
    card = UnreadableIdCard()
    slot.insert(card)
    assert told(heard) is Unreadable.UNSUPPORTED
    assert len(card.heard) == 1


@pytest.mark.parametrize(
    "card", [SocialCard("张无名", BORN, protected=True), SocialCard("张无名", BORN), BankCard()]
)
def test_no_pin_is_ever_tried(slot: VirtualSlot, heard: Heard, card: Any) -> None:
    slot.insert(card)
    until(lambda: heard.kinds()[-1] in ("CardRead", "CardUnreadable"), "the end of the reading")
    assert card.heard
    assert not [command for command in card.heard if command[1] in VERIFY]


def test_a_card_that_wants_its_pin_is_told_apart(slot: VirtualSlot, heard: Heard) -> None:
    slot.insert(SocialCard("张无名", BORN, protected=True))
    assert told(heard) is Unreadable.PROTECTED


def test_a_damaged_card_is_not_guessed(slot: VirtualSlot, heard: Heard) -> None:
    slot.insert(SocialCard("张无名", BORN, cut_short=True))
    assert told(heard) is Unreadable.TRY_AGAIN


@pytest.mark.parametrize("command", [1, 2, 4])
def test_a_card_yanked_in_the_middle_of_a_command_can_be_put_back(
    slot: VirtualSlot, heard: Heard, command: int
) -> None:
    slot.pull_at = command
    slot.insert(SocialCard("张无名", BORN))
    assert told(heard) is Unreadable.PULLED_OUT
    heard.wait(CardRemoved)
    slot.pull_at = 0
    slot.insert(SocialCard("张无名", BORN))
    assert person(heard).name == "张无名"
    assert "ReaderDown" not in heard.kinds()


def test_a_card_whose_answer_to_reset_makes_no_sense_is_mute(
    slot: VirtualSlot, heard: Heard
) -> None:
    slot.mute = True
    slot.insert(BankCard())
    assert told(heard) is Unreadable.MUTE


def test_a_card_that_falls_silent_holds_nobody_up(
    slot: VirtualSlot, reader: PcscReader, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pcsc, "READ_S", 0.3)
    slot.silent = True
    slot.insert(SocialCard("张无名", BORN))
    assert told(heard) is Unreadable.MUTE
    assert reader.health().word == "ok"
    slot.remove()
    heard.wait(CardRemoved)
    slot.silent = False
    monkeypatch.setattr(pcsc, "READ_S", 20.0)
    slot.insert(SocialCard("张无名", BORN))
    assert person(heard).name == "张无名"


def test_a_driver_that_never_lets_go_is_said_to_be_silent(
    pcscd: VirtualPcscd,
    slot: VirtualSlot,
    reader: PcscReader,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pcsc, "READ_S", 0.3)
    slot.silent = True
    slot.insert(SocialCard("张无名", BORN))
    assert told(heard) is Unreadable.MUTE
    pcscd.slots[1].insert(SocialCard("张无名", BORN))
    assert told(heard, 2) is Unreadable.TRY_AGAIN
    assert heard.wait(ReaderDown) == ReaderDown(Down.SILENT)
    slot.remove()
    heard.wait(CardRemoved)
    slot.silent = False
    monkeypatch.setattr(pcsc, "READ_S", 20.0)
    slot.insert(SocialCard("张无名", BORN))
    heard.wait(ReaderUp, 2)


def test_closing_does_not_wait_for_a_silent_card(
    slot: VirtualSlot, reader: PcscReader, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot.silent = True
    slot.insert(SocialCard("张无名", BORN))
    heard.wait(CardSeen)
    loop = reader._keeper._thread
    assert loop is not None
    reader.close()
    assert not loop.is_alive()
    slot.remove()
    until(lambda: not any(t.name == "chip" for t in threading.enumerate()), "the hand's end")
    assert "CardRead" not in heard.kinds()


def test_a_restart_of_pcscd_is_survived(
    pcscd: VirtualPcscd, slot: VirtualSlot, reader: PcscReader, heard: Heard
) -> None:
    for count in (1, 2):
        pcscd.kill()
        assert heard.wait(ReaderDown, count) == ReaderDown(Down.NO_SERVICE)
        assert reader.health().word == "no_service"
        pcscd.start()
        heard.wait(ReaderUp, count + 1)
    slot.insert(SocialCard("张无名", BORN))
    assert person(heard).name == "张无名"


def test_a_card_that_lies_in_the_reader_leaves_with_pcscd(
    pcscd: VirtualPcscd, slot: VirtualSlot, heard: Heard
) -> None:
    slot.insert(SocialCard("张无名", BORN))
    person(heard)
    pcscd.kill()
    heard.wait(ReaderDown)
    assert heard.kinds()[-2:] == ["CardRemoved", "ReaderDown"]


def test_a_reader_that_was_pulled_out_is_missed_and_comes_back(
    pcscd: VirtualPcscd, slot: VirtualSlot, reader: PcscReader, heard: Heard
) -> None:
    pcscd.kill()
    pcscd.start(reader=False)
    until(lambda: reader.health().down is Down.GONE, "the reader to be missed")
    pcscd.kill()
    pcscd.start()
    heard.wait(ReaderUp, 2)
    slot.insert(SocialCard("张无名", BORN))
    assert person(heard).name == "张无名"


def test_only_the_reader_that_is_named_counts(slot: VirtualSlot) -> None:
    heard = Heard()
    other = PcscReader("Another Make")
    other.start(heard)
    assert heard.wait(ReaderDown) == ReaderDown(Down.GONE)
    other.close()


def test_a_card_that_another_program_holds_is_said_to_be_held(
    slot: VirtualSlot, reader: PcscReader, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smartcard import scard

    monkeypatch.setattr("kiosk.readers.scard._SHARED", scard.SCARD_SHARE_EXCLUSIVE)
    greedy, waiting = Service(), threading.Event()
    real = Service.connect

    def connect(self: Service, name: str) -> Any:
        # the other program takes the card first
        card = real(greedy, name)
        try:
            return real(self, name)
        finally:
            waiting.set()
            card.close()

    monkeypatch.setattr(Service, "connect", connect)
    slot.insert(SocialCard("张无名", BORN))
    assert told(heard) is Unreadable.TRY_AGAIN
    assert heard.wait(ReaderDown) == ReaderDown(Down.HELD)
    assert waiting.is_set()
    greedy.close()


def test_a_card_swapped_for_another_is_another_person(slot: VirtualSlot, heard: Heard) -> None:
    slot.insert(SocialCard("张无名", BORN))
    person(heard)
    slot.insert(SocialCard("欧阳无名", BORN, 7))
    assert person(heard, 2).name == "欧阳无名"
    assert heard.kinds()[-3:] == ["CardRemoved", "CardSeen", "CardRead"]


def test_a_kiosk_without_the_library_says_so_and_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == "smartcard":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    heard, reader = Heard(), PcscReader()
    reader.start(heard)
    assert heard.wait(ReaderDown) == ReaderDown(Down.NOT_INSTALLED)
    reader.close()


@pytest.mark.parametrize("card", [SocialCard("张无名", BORN), BankCard()])
def test_the_loop_shows_that_it_turns(
    slot: VirtualSlot, reader: PcscReader, heard: Heard, card: ChipCard
) -> None:
    slot.insert(card)
    heard.wait(CardSeen)
    before = reader._keeper._turned
    until(lambda: reader._keeper._turned > before, "another turn")
    assert reader.health().turned_s < 5


def test_a_pcscd_that_cannot_start_says_what_it_needs_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("unshare", "mount"):
        (tools / name).symlink_to(str(shutil.which(name)))
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(NoPcscd, match="vsmartcard-vpcd"), VirtualPcscd():
        pass
    assert [*tmp_path.glob("vpcd-*")] == []
