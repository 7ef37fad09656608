"""Every clip there is, with what it says: the list a hall records from.  PURE."""

from __future__ import annotations

import string
from dataclasses import dataclass

from display.voice.guidance import guidance_texts
from display.voice.numerals import DIGITS, ENGLISH_TENS, ENGLISH_UNITS, YAO, tens_word
from display.voice.phrases import CHIME, letter_clip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clip: its id (the file is ``<id>.wav``), what is said, in which language."""

    id: str
    text: str
    lang: str = "zh"


WORDS = ("请", "请注意", "号", "到", "楼", "百", "号窗口办理", "点", "分")


def wanted() -> tuple[Wanted, ...]:
    """All clips, each id once; the chime is made of tones and not spoken."""
    tens = [tens_word(n) for n in range(1, 10)] + [tens_word(1, after_hundred=True)]
    spoken = [Wanted(word, word) for word in (*WORDS, *DIGITS, YAO, *tens)]
    letters = [Wanted(letter_clip(x), x, "en") for x in string.ascii_uppercase]
    english = [
        Wanted(f"en-{word}", word, "en")
        for word in (*ENGLISH_UNITS, *ENGLISH_TENS[2:], "hundred", "ticket", "counter")
    ]
    guidance = [Wanted(clip, text, lang) for clip, text, lang in guidance_texts()]
    return (Wanted(CHIME, ""), *spoken, *letters, *english, *guidance)
