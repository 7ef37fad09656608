"""Every clip there is, with what it says: the list a hall records from.  PURE."""

from __future__ import annotations

import string
from dataclasses import dataclass

from display.voice.numerals import DIGITS, ENGLISH_TENS, ENGLISH_UNITS, YAO, tens_word
from display.voice.phrases import CHIME, letter_clip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clip: its id (the file is ``<id>.wav``), what is said, in which language."""

    id: str
    text: str
    lang: str = "zh"


WORDS = ("请", "请注意", "号", "到", "楼", "百", "号窗口办理")

GUIDANCE: dict[str, tuple[str, str]] = {
    "idle": (
        "您好。请把身份证放在感应区。没带身份证，请点屏幕下方。",
        "Welcome. Please lay your ID card on the reader. Without a card, touch below.",
    ),
    "reading": ("正在读卡，请不要移动。", "Reading your card. Please do not move it."),
    "pad": ("请输入身份证号码，然后点确定。", "Please type your ID number, then touch OK."),
    "home": (
        "读卡成功，请收回身份证。请选择要办的事情。",
        "Please take your card back and choose what you came for.",
    ),
    "all": ("请选择要办的事项。", "Please choose a service."),
    "bundles": ("请选择要办的一件事。", "Please choose a matter."),
    "item": (
        "请看清要带的材料。要办这件事，请点取号。",
        "Please check the papers you need, then touch Get a ticket.",
    ),
    "printing": ("正在打印号票，请稍等。", "Your ticket is being printed. Please wait."),
    "done": (
        "请取走号票和身份证，到等候区等候，听到叫号再到窗口。",
        "Please take your ticket and your ID card, and wait until you are called.",
    ),
    "timeout": ("还需要时间吗？请点继续。", "Do you need more time? Touch Continue."),
    "error": (
        "现在办不了。请看屏幕上的提示，或者请工作人员帮忙。",
        "This did not work. Please read the screen, or ask our staff.",
    ),
    "closed": (
        "现在不办理取号，请看屏幕上的时间。",
        "Closed now. Please see the hours on the screen.",
    ),
    "card_left": ("请取走您的身份证。", "Please take your ID card."),
    "staff": ("已经呼叫工作人员，请稍等。", "Staff have been called. Please wait."),
}


def guidance_clip(step: str, lang: str) -> str:
    """The clip of one step at the kiosk."""
    return f"guide-{step}-{lang}"


def wanted() -> tuple[Wanted, ...]:
    """All clips, each id once; the chime is made of tones and not spoken."""
    tens = [tens_word(n) for n in range(1, 10)] + [tens_word(1, after_hundred=True)]
    spoken = [Wanted(word, word) for word in (*WORDS, *DIGITS, YAO, *tens)]
    letters = [Wanted(letter_clip(x), x, "en") for x in string.ascii_uppercase]
    english = [
        Wanted(f"en-{word}", word, "en")
        for word in (*ENGLISH_UNITS, *ENGLISH_TENS[2:], "hundred", "ticket", "counter")
    ]
    guidance = [
        Wanted(guidance_clip(step, lang), text, lang)
        for step, texts in GUIDANCE.items()
        for lang, text in zip(("zh", "en"), texts, strict=True)
    ]
    return (Wanted(CHIME, ""), *spoken, *letters, *english, *guidance)
