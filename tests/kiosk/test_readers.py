"""All readers of a kiosk together, the words for their condition, and how they are kept alive."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kiosk.readers import condition, keeper
from kiosk.readers.bank import Bank
from kiosk.readers.base import (
    CardRemoved,
    CardSeen,
    CardUnreadable,
    CodeRefused,
    Down,
    Emit,
    ReaderDown,
    ReaderEvent,
    ReaderKind,
    ReaderUp,
    Unreadable,
)
from kiosk.readers.condition import SAYINGS, Health, Reader
from kiosk.readers.keeper import Keeper, Lost
from kiosk.readers.pcsc import PcscReader
from kiosk.readers.sam import SamReader
from kiosk.readers.scanner import Scanner
from kiosk.readers.virtual_pcscd import VirtualPcscd
from kiosk.session.cards import _UNREADABLE
from kiosk.session.model import Fault
from kiosk.ways import actions_of
from kiosk.words import WORDS
from tests.kiosk.heard import Heard, until
from tests.kiosk.people import after
from tests.kiosk.visits import ready


class Puppet:
    """A reader that says what it is told to say."""

    def __init__(self, kind: ReaderKind) -> None:
        self.kind = kind
        self.say: Emit = lambda event: None

    def start(self, emit: Emit) -> None:
        self.say = emit

    def close(self) -> None:
        self.say = lambda event: None

    def health(self) -> Health:
        return Health(self.kind, "nowhere", None, 0.0)


def puppets() -> tuple[Puppet, Puppet, Puppet]:
    return (
        Puppet(ReaderKind.SCANNER),
        Puppet(ReaderKind.RESIDENT_ID),
        Puppet(ReaderKind.CHIP_CARD),
    )


def test_the_lamp_is_that_of_the_first_reader_of_documents() -> None:
    heard = Heard()
    scanner, main, chip = puppets()
    Bank([scanner, main, chip]).start(heard)
    for reader in (scanner, chip):
        reader.say(ReaderDown(Down.GONE))
        reader.say(ReaderUp())
    main.say(ReaderDown(Down.SILENT))
    assert heard.events == [ReaderDown(Down.SILENT)]


def test_a_card_is_gone_when_no_reader_holds_one() -> None:
    heard = Heard()
    _, main, chip = puppets()
    Bank([main, chip]).start(heard)
    main.say(CardSeen())
    chip.say(CardSeen())
    chip.say(CardRemoved())
    assert heard.kinds() == ["CardSeen", "CardSeen"]
    main.say(CardRemoved())
    assert heard.kinds()[2:] == ["CardRemoved"]


def test_cards_and_codes_of_every_reader_are_passed_on() -> None:
    heard = Heard()
    scanner, main, chip = puppets()
    Bank([main, chip, scanner]).start(heard)
    scanner.say(CodeRefused())
    chip.say(CardSeen())
    assert heard.kinds() == ["CodeRefused", "CardSeen"]


def test_a_scanner_alone_is_no_reader_of_documents() -> None:
    assert not Bank([Puppet(ReaderKind.SCANNER)]).reads_documents
    assert not Bank().reads_documents
    assert Bank([Puppet(ReaderKind.CHIP_CARD)]).reads_documents


@pytest.mark.parametrize("reason", Down)
def test_every_condition_has_a_sentence_that_says_what_to_do(reason: Down) -> None:
    say = SAYINGS[reason]
    assert say.zh.endswith("。")
    assert say.en.endswith(".")


@pytest.mark.parametrize("reason", Unreadable)
def test_every_unreadable_card_has_words_and_a_way_on(reason: Unreadable) -> None:
    code = _UNREADABLE[reason]
    words = WORDS[code]
    assert words.say.endswith("。")
    assert words.say_en.endswith(".")
    session = after(CardSeen(), CardUnreadable(reason), session=ready())
    assert session.visit.fault == Fault(code)
    assert actions_of(session)


def test_a_bank_card_is_answered_in_these_words() -> None:
    assert WORDS[_UNREADABLE[Unreadable.UNSUPPORTED]].title == "这台读卡器不能读这种卡"


def every_reader(folder: Path) -> list[Reader]:
    missing = str(folder / "missing")
    return [SamReader(missing), PcscReader("No Such Make"), Scanner(missing)]


def test_every_reader_keeps_the_interface(
    tmp_path: Path, pcscd: VirtualPcscd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started without a device, each says so, shows progress, and closes twice."""
    monkeypatch.setattr(keeper, "BACKOFF_S", (0.01,))
    for reader in every_reader(tmp_path):
        assert reader.health().down is Down.STARTING
        heard = Heard()
        reader.start(heard)
        heard.wait(ReaderDown)
        health = reader.health()
        assert health.kind is reader.kind
        assert health.word in {reason.value for reason in Down}
        assert health.say.zh
        reader.close()
        reader.close()
        assert heard.kinds() == ["ReaderDown"]


def test_a_reader_is_tried_again_for_ever_and_says_each_change_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeper, "BACKOFF_S", (0.0,))
    outcomes: list[Exception] = [Lost(Down.GONE)] * 5 + [ValueError("a fault of ours")] * 3
    outcomes += [Lost(Down.SILENT)] * 3

    def serve() -> None:
        raise outcomes.pop(0) if outcomes else Lost(Down.SILENT)

    heard, one = Heard(), Keeper(ReaderKind.SCANNER, "here", serve)
    one.start(heard)
    until(lambda: one.failures > 12, "many attempts")
    one.close()
    assert heard.events == [ReaderDown(Down.GONE), ReaderDown(Down.SILENT)]


def test_a_loop_that_hangs_is_said_to_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    hang = threading.Event()
    one = Keeper(ReaderKind.CHIP_CARD, "here", lambda: keep_up_and(hang, one))
    monkeypatch.setattr(condition, "STUCK_S", 0.05)
    monkeypatch.setattr(keeper, "STUCK_S", 0.05)
    monkeypatch.setattr(keeper, "CLOSE_S", 0.05)
    heard: list[ReaderEvent] = []
    one.start(heard.append)
    until(lambda: one.health().down is Down.STUCK, "the watchdog's word")
    assert "重启" in one.health().say.zh
    hang.set()
    one.close()


def keep_up_and(hang: threading.Event, one: Keeper) -> None:
    one.up()
    hang.wait(20)
    raise Lost(Down.GONE)
