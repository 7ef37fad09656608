"""Every word a device can report has a meaning in both languages, the same as on the device."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from controller.views.condition_words import Level
from controller.views.conditions import PARTS, UNKNOWN, meaning
from display.announcer.announcer import Word as VoiceWord
from display.keypad.desk import Word as KeypadWord
from display.led.strip import Word as LedWord
from display.watch.page import Word as PageWord
from kiosk.panel.base import Word as PanelWord
from kiosk.readers.base import Down, ReaderKind
from kiosk.readers.condition import IN_ORDER, SAYINGS
from kiosk.session.model import Alert, ReaderLamp
from printers.status import PrinterState, PrinterStatus

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("word", ["ok", *Down])
@pytest.mark.parametrize("part", list(ReaderKind))
def test_a_readers_words_are_those_the_reader_itself_says(part: ReaderKind, word: str) -> None:
    say = IN_ORDER if word == "ok" else SAYINGS[Down(word)]
    assert meaning(part.value, word).say == {"zh": say.zh, "en": say.en}


@pytest.mark.parametrize("state", list(PrinterState))
@pytest.mark.parametrize("slips", [None, 12])
def test_a_printers_words_are_those_the_printer_itself_says(
    state: PrinterState, slips: int | None
) -> None:
    own = PrinterStatus(state, slips_left=slips)
    told = meaning("printer", state.value, "" if slips is None else str(slips))
    assert told.say == {"zh": own.zh, "en": own.en}
    assert (told.level is Level.BAD) != own.can_print


@pytest.mark.parametrize(
    ("part", "word"),
    [
        *(("reader", lamp.value) for lamp in ReaderLamp),
        *(("staff", why.value) for why in Alert),
        *((part, "starting") for part in ("printer", "resident_id")),
        *(("panel", word.value) for word in PanelWord),
        *(("voice", word.value) for word in VoiceWord),
        *(("page", word) for word in ("ok", "starting", "gone")),
        *(("display", word) for word in ("ok", *PageWord)),
        *(("led", word.value) for word in LedWord),
        *(("keypad", word.value) for word in KeypadWord),
        ("printer", "none"),
    ],
)
def test_every_other_word_has_a_meaning_too(part: str, word: str) -> None:
    told = meaning(part, word)
    assert told != UNKNOWN
    assert part in PARTS


@pytest.mark.parametrize(
    ("page", "part"), [("readers.md", "resident_id"), ("printing.md", "printer")]
)
def test_the_words_of_the_documentation_all_have_a_meaning(page: str, part: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    heading = {"readers.md": "## Condition", "printing.md": "## What a fault says"}[page]
    table = text.partition(heading)[2].partition("\n## ")[0]
    words = set(re.findall(r"^\| `?([a-z_]+)`? \|", table, re.MULTILINE)) - {"word"}
    assert len(words) >= 10
    assert {word for word in words if meaning(part, word) == UNKNOWN} == set()


def test_a_word_that_nobody_knows_is_told_as_such_and_not_as_it_came() -> None:
    told = meaning("printer", "xk7_strange")
    assert told is UNKNOWN
    assert "xk7_strange" not in str(told)


def test_what_a_kiosk_gave_out_while_it_was_alone_is_told_with_its_figures() -> None:
    untold = meaning("untold", "3")
    assert (untold.level, untold.say["zh"][:7]) == (Level.WARN, "有 3 个离线")
    assert "R051 R052" in meaning("refused", "R051 R052").say["en"]


def test_without_a_scanner_a_kiosk_still_works() -> None:
    assert meaning("scanner", "gone").level is Level.WARN
    assert meaning("resident_id", "gone").level is Level.BAD


@pytest.mark.parametrize("part", [*PARTS, "something_new"])
def test_no_meaning_is_without_words(part: str) -> None:
    for word in ("ok", "gone", "silent", "paper_out", "asked", "", "none"):
        told = meaning(part, word)
        for words in (told.short, told.say):
            assert set(words) == {"zh", "en"}
            assert all(words.values())
