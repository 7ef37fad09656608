"""Which clips, in which order, say a call.  PURE.

〈chime〉请 A 零 二 三 号，到 五 号窗口办理。 No name, no item, nothing of a person (law 7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from display.voice.numerals import (
    One,
    digits_of,
    english_digits_of,
    english_number_of,
    number_of,
)

Phrase = tuple[str, ...]
"""Ids of clips in the order they are played."""
NUMBER = re.compile(r"([A-Z]{0,2})([0-9]{1,6})")
CHIME = "chime"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a hall speaks.  `floors`: say the floor of the window, for halls of several."""

    one: One = "yao"
    english: bool = False
    floors: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """What is said of a call; `floor` is None where it is not known."""

    number: str
    window: int
    recall: bool = False
    floor: int | None = None


def call_phrase(call: Called, manner: Manner = Manner()) -> Phrase:
    """The clips of one call, without the chime.

    Raises `ValueError` for a number that is none: it is refused rather than said wrongly.
    """
    again = ("请注意",) if call.recall else ()
    floor = _floor(call, manner)
    chinese = (
        *again,
        "请",
        *_ticket(call.number, manner),
        "号",
        "到",
        *floor,
        *(_zh(word) for word in number_of(call.window)),
        "号窗口办理",
    )
    return chinese + (_english(call) if manner.english else ())


def _floor(call: Called, manner: Manner) -> Phrase:
    if not manner.floors or call.floor is None:
        return ()
    return (*(_zh(word) for word in number_of(call.floor)), "楼")


def _ticket(number: str, manner: Manner) -> Phrase:
    letters, digits = split(number)
    return (*(letter_clip(x) for x in letters), *(_zh(x) for x in digits_of(digits, manner.one)))


def _english(call: Called) -> Phrase:
    letters, digits = split(call.number)
    return (
        "en-ticket",
        *(letter_clip(letter) for letter in letters),
        *(_en(word) for word in english_digits_of(digits)),
        "en-counter",
        *(_en(word) for word in english_number_of(call.window)),
    )


def split(number: str) -> tuple[str, str]:
    """Letters and digits of a ticket number."""
    found = NUMBER.fullmatch(number)
    if found is None:
        raise ValueError(f"not a ticket number: {number!r}")
    return found[1], found[2]


def letter_clip(letter: str) -> str:
    """The clip of a series' letter."""
    return f"letter-{letter}"


def _zh(word: str) -> str:
    return word


def _en(word: str) -> str:
    return f"en-{word}"
