"""What is said at each step at a kiosk: sentences, and the figures that are put into them.  PURE.

A sentence without a figure is one clip, ``guide-home-zh``.  One with figures is cut at them:
``guide-item-ahead-zh-1`` 前面还有, the words of the figure, ``guide-item-ahead-zh-2`` 人。请点….
The page shows the same words as a caption, and a screen reader reads them.

Figures are texts: `number` of a ticket, `n` how many, `window`, `zone` a letter, `time` 10:15.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from display.voice.numerals import (
    LARGEST,
    digits_of,
    english_digits_of,
    english_number_of,
    number_of,
)
from display.voice.phrases import Phrase, letter_clip, split

GUIDANCE: dict[str, tuple[str, str]] = {
    # to begin with
    "idle": (
        "您好。请把身份证放在感应区。没带身份证，请点屏幕下方。",
        "Welcome. Please lay your ID card on the reader. Without a card, touch below.",
    ),
    "idle-typed": (
        "您好。请点屏幕，输入身份证号码。",
        "Welcome. Please touch the screen and type your ID number.",
    ),
    "reading": ("正在读卡，请不要移动。", "Reading your card. Please do not move it."),
    "card_left": ("请取走您的身份证。", "Please take your ID card."),
    "staff": ("已经呼叫工作人员，请稍等。", "Staff have been called. Please wait."),
    "pad": ("请输入身份证号码，然后点确定。", "Please type your ID number, then touch OK."),
    "pad-wrong": ("号码不对，请核对后再输。", "That number is not right. Please check it."),
    "privacy": (
        "这里写着本机怎样使用您的个人信息。看完请点知道了。",
        "This is how your data is used. When you have read it, touch the button.",
    ),
    # to choose
    "home": (
        "读卡成功，请收回身份证。请选择要办的事情。",
        "Please take your card back and choose what you came for.",
    ),
    "home-choose": ("请选择要办的事情。", "Please choose what you came for."),
    "home-more": ("请再选一项。", "Please choose one more."),
    "all": ("请选择是哪一类。", "Please choose a kind of service."),
    "all-group": ("请选择要办的事项。", "Please choose a service."),
    "search": (
        "请点事项拼音的第一个字母。",
        "Please touch the first letters of the service.",
    ),
    "bundles": ("请选择要办的一件事。", "Please choose a matter."),
    "item": (
        "请看清要带的材料。要办这件事，请点取号。",
        "Please check the papers you need, then touch Get a ticket.",
    ),
    "item-ahead": (
        "前面还有 {n} 人。请看清要带的材料，然后点取号。",
        "There are {n} ahead of you. Please check the papers you need, then touch Get a ticket.",
    ),
    "item-shut": (
        "这个事项现在不取号。请看屏幕上的时间，或者选别的事项。",
        "No tickets for this now. Please see the time on the screen, or choose another service.",
    ),
    "item-card": (
        "要取这个号，请把身份证放在感应区。",
        "To get a ticket, please lay your ID card on the reader.",
    ),
    # to take
    "printing": ("正在打印号票，请稍等。", "Your ticket is being printed. Please wait."),
    "done": (
        "您的号码是 {number} 。请取走号票和身份证，到等候区等候，听到叫号再到窗口。",
        "Your number is {number}. Please take your ticket and your ID card, and wait until you"
        " are called.",
    ),
    "done-unprinted": (
        "您的号码是 {number} 。请记住号码，号码照样有效。",
        "Your number is {number}. Please remember it; it is valid.",
    ),
    # to find one's appointment or number
    "find": (
        "查号，请把身份证放在感应区，或者点屏幕输入号码。",
        "To look a ticket up, lay your ID card on the reader or touch to type its number.",
    ),
    "find-booked": (
        "取预约号，请把身份证放在感应区，或者点屏幕输入预约码。",
        "For an appointment, lay your ID card on the reader or touch to type its code.",
    ),
    "code": (
        "请输入号票上的号码，或者短码，然后点确定。",
        "Please type the number on your ticket, or its code, then touch OK.",
    ),
    "code-booked": ("请输入预约码，然后点确定。", "Please type your code, then touch OK."),
    "code-wrong": ("没有这样的号码，请核对后再输。", "That is not a number. Please check it."),
    "asking": ("正在查，请稍等。", "One moment please."),
    "booked": ("查到您的预约。请点取号。", "Here is your appointment. Touch Get a ticket."),
    "booked-late": (
        "预约时间已到，还按预约排队。请点取号。",
        "Your time has begun and your place is kept. Touch Get a ticket.",
    ),
    "booked-over": (
        "预约时间已过，可以改取普通号。",
        "Your time is over. You can get an ordinary ticket.",
    ),
    "booked-early": (
        "您来早了，请在 {time} 以后来取号。",
        "You are early. Please come back at {time}.",
    ),
    "booked-other_day": ("您的预约不是今天。", "Your appointment is not today."),
    "booked-arrived": ("这个预约已经取过号。", "A ticket was taken for this appointment."),
    "booked-cancelled": ("这个预约已经取消。", "This appointment was cancelled."),
    "booked-missed": ("这个预约已经过期。", "This appointment is over."),
    "numbers": ("您有 {n} 个号，请选一个。", "You have {n} tickets. Please choose one."),
    "number": ("{number} 号，正在排队。", "Ticket {number} is waiting."),
    "number-ahead": (
        "{number} 号，前面还有 {n} 人。",
        "Ticket {number}: there are {n} ahead of you.",
    ),
    "number-called": (
        "请 {number} 号到 {window} 号窗口办理。",
        "Ticket {number}: please go to counter {window}.",
    ),
    "number-serving": ("{number} 号正在办理。", "Ticket {number} is being served."),
    "number-held": (
        "{number} 号，材料备好后请回 {window} 号窗口。",
        "Ticket {number}: return to counter {window} when you are ready.",
    ),
    "number-handed": (
        "{number} 号已转到 {window} 号窗口，请稍等。",
        "Ticket {number} was handed to counter {window}. One moment please.",
    ),
    "number-passed": (
        "{number} 号已过号，请到咨询台。",
        "Ticket {number} was missed. Please ask at the guide desk.",
    ),
    "number-may_return": (
        "{number} 号已过号。请点重新排队。",
        "Ticket {number} was missed. Touch Line up again.",
    ),
    "number-returned": (
        "{number} 号已重新排队，请听叫号。",
        "Ticket {number} is in line again. Please listen for it.",
    ),
    "number-finished": ("{number} 号已办完。", "Ticket {number} is finished."),
    "number-cancelled": ("{number} 号已取消。", "Ticket {number} was given back."),
    "number-dropped": (
        "{number} 号已作废，请重新取号。",
        "Ticket {number} is no longer valid. Please take a new one.",
    ),
    "sure": ("要取消 {number} 号吗？", "Give ticket {number} back?"),
    # what is in the way
    "timeout": ("还需要时间吗？请点继续。", "Do you need more time? Touch Continue."),
    "closed": (
        "现在不办理取号，请看屏幕上的时间。",
        "Closed now. Please see the hours on the screen.",
    ),
    "error": (
        "现在办不了。请看屏幕上的提示，或者请工作人员帮忙。",
        "This did not work. Please read the screen, or ask our staff.",
    ),
    "error-card": (
        "没有读到证件。请重新放，或者输入号码。",
        "The card could not be read. Please lay it again, or type your number.",
    ),
    "error-paper": (
        "这台机器打印不了号票。请到旁边的取号机，或者咨询台。",
        "This machine cannot print. Please use another one, or ask at the guide desk.",
    ),
    "error-held": (
        "您已经有号票。号票丢了，可以补打。",
        "You have a ticket already. If you have lost it, it can be printed again.",
    ),
    "error-unproven": (
        "号票可能没有打印出来。您的号码是 {number} ，照样有效。",
        "Your ticket may not have been printed. Your number is {number}; it is valid.",
    ),
}

_FIGURE = re.compile(r"{(\w+)}")
_SOUND = re.compile(r"\w")


def guidance_clip(step: str, lang: str) -> str:
    """The clip of a sentence without figures, and how those of the others begin."""
    return f"guide-{step}-{lang}"


def caption(step: str, lang: str, values: Mapping[str, str]) -> str:
    """The words, in Chinese unless `lang` is English."""
    text = GUIDANCE[step][lang == "en"].format_map(values)
    return text if lang == "en" else re.sub(r"(?<=\w) (?=[。，])", "", text)


def guidance_phrase(step: str, lang: str, values: Mapping[str, str]) -> Phrase:
    """The clips that say a step, in order.  Raises `ValueError` for a figure that is none."""
    said: list[str] = []
    for clip, figure in _parts(step, lang):
        said += [clip] if clip else _SAYERS[figure](values[figure], lang)
    return tuple(said)


def guidance_texts() -> Iterator[tuple[str, str, str]]:
    """Every clip of guidance: id, words, language."""
    for step, texts in GUIDANCE.items():
        for lang, text in zip(("zh", "en"), texts, strict=True):
            pieces = _FIGURE.split(text)[::2]
            for n, piece in enumerate(pieces):
                if _SOUND.search(piece):
                    yield _piece(step, lang, n, len(pieces)), piece.strip(), lang


def _parts(step: str, lang: str) -> Iterator[tuple[str, str]]:
    """(clip, "") for words, ("", figure) for a figure."""
    parts = _FIGURE.split(GUIDANCE[step][lang == "en"])
    pieces = len(parts[::2])
    for n, part in enumerate(parts):
        if n % 2:
            yield "", part
        elif _SOUND.search(part):
            yield _piece(step, lang, n // 2, pieces), ""


def _piece(step: str, lang: str, n: int, pieces: int) -> str:
    whole = guidance_clip(step, lang)
    return whole if pieces == 1 else f"{whole}-{n + 1}"


def _ticket(number: str, lang: str) -> list[str]:
    letters, digits = split(number)
    spelt = [letter_clip(letter) for letter in letters]
    if lang == "en":
        return [*spelt, *(f"en-{word}" for word in english_digits_of(digits))]
    return [*spelt, *digits_of(digits)]


def _count(value: str, lang: str) -> list[str]:
    if not value.isdigit() or int(value) > LARGEST:
        raise ValueError(f"not a number to be said: {value!r}")
    n = int(value)
    if lang == "en":
        return [f"en-{word}" for word in (english_number_of(n) if n else ("zero",))]
    return list(number_of(n)) if n else ["零"]


def _time(value: str, lang: str) -> list[str]:
    hour, minute = value.split(":")
    if lang == "en":
        rest = english_digits_of(minute) if minute == "00" else english_number_of(int(minute))
        return [*_count(hour, lang), *(f"en-{word}" for word in rest)]
    if minute == "00":
        return [*_count(hour, lang), "点"]
    zero = ["零"] if minute[0] == "0" else []
    return [*_count(hour, lang), "点", *zero, *_count(str(int(minute)), lang), "分"]


_SAYERS: dict[str, Callable[[str, str], list[str]]] = {
    "number": _ticket,
    "n": _count,
    "window": _count,
    "time": _time,
}
