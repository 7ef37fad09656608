"""What is said at each step: a phrase and the numbers in it.  PURE.

`PHRASES` holds the words, Chinese and English, by the phrase's id; `phrase_of` says which one
belongs to a session.  The kiosk speaks it, the page shows it as a caption, and a screen reader
reads it.  Values are texts: `number` a ticket's, `n` how many, `window`, `zone` a letter, `time` on
the hall's wall.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kiosk.day import Day
from kiosk.session.choosing import group_items
from kiosk.session.deeds import may_return, picked
from kiosk.session.model import Code, ReaderLamp, Session, State
from kiosk.session.rest import resting
from kiosk.words import WORDS

PHRASES: dict[str, tuple[str, str]] = {
    "idle": ("请把身份证放在感应区。", "Place your ID card on the reader."),
    "idle.typed": ("请点屏幕，输入身份证号码。", "Touch the screen to type your ID number."),
    "card.left": ("请取走您的身份证。", "Please take your ID card."),
    "reading": ("正在读身份证，请不要移动。", "Reading your card. Please do not move it."),
    "home": ("请选要办的事项。", "Choose what you came for."),
    "home.card": (
        "请收回身份证，再选要办的事项。",
        "Take your ID card, then choose what you came for.",
    ),
    "home.more": ("请再选一项。", "Choose one more."),
    "all": ("请选一类。", "Choose a kind of service."),
    "all.group": ("请选要办的事项。", "Choose a service."),
    "search": (
        "请点事项拼音的第一个字母。",
        "Touch the first letters of the service.",
    ),
    "bundles": ("请选一件事。", "Choose one."),
    "item": ("请点蓝色的「取号」。", "Touch the blue button to get a ticket."),
    "item.ahead": (
        "前面还有 {n} 人。请点蓝色的「取号」。",
        "{n} ahead of you. Touch the blue button to get a ticket.",
    ),
    "item.card": (
        "要取这个号，请把身份证放在感应区。",
        "To get a ticket, place your ID card on the reader.",
    ),
    "pad": ("请输入身份证号码，一共 18 位。", "Type the 18 characters of your ID number."),
    "pad.wrong": ("号码不对，请核对后再输。", "That number is not right. Please check it."),
    "find.booked": (
        "取预约号，请放身份证，或点屏幕输入预约码。",
        "For an appointment, use your ID card or type its code.",
    ),
    "find.look": (
        "查号，请放身份证，或点屏幕输入号码。",
        "To look a ticket up, use your ID card or type its number.",
    ),
    "code.booked": ("请输入预约码，一共 6 位。", "Type the 6 characters of the code."),
    "code.look": (
        "请输入号票上的号码，或 6 位短码。",
        "Type the number on your ticket, or its code.",
    ),
    "code.wrong": ("没有这样的号码，请核对后再输。", "That is not a number. Please check it."),
    "asking": ("正在查，请稍候。", "One moment please."),
    "booked.due": ("查到您的预约，请点「取号」。", "Your appointment. Touch the blue button."),
    "booked.late": (
        "预约时间已到，还按预约排队。请点「取号」。",
        "Your time has begun and your place is kept. Touch the blue button.",
    ),
    "booked.over": (
        "预约时间已过，可以改取普通号。",
        "Your time is over. You can get an ordinary ticket.",
    ),
    "booked.early": ("您来早了，请 {time} 以后来取号。", "You are early. Come back at {time}."),
    "booked.other_day": ("您的预约不是今天。", "Your appointment is not today."),
    "booked.arrived": ("这个预约已经取过号。", "A ticket was taken for this appointment."),
    "booked.cancelled": ("这个预约已经取消。", "This appointment was cancelled."),
    "booked.missed": ("这个预约已经过期。", "This appointment is over."),
    "numbers": ("您有 {n} 个号，请选一个。", "You have {n} tickets. Choose one."),
    "number.waiting": ("{number} 号，正在排队。", "Ticket {number} is waiting."),
    "number.ahead": ("{number} 号，前面还有 {n} 人。", "Ticket {number}: {n} ahead of you."),
    "number.called": (
        "请 {number} 号到 {window} 号窗口。",
        "Ticket {number}: please go to counter {window}.",
    ),
    "number.serving": ("{number} 号正在办理。", "Ticket {number} is being served."),
    "number.held": (
        "{number} 号，材料备好后请回 {window} 号窗口。",
        "Ticket {number}: return to counter {window} when you are ready.",
    ),
    "number.handed": (
        "{number} 号已转到 {window} 号窗口，请稍候。",
        "Ticket {number} was handed to counter {window}. One moment please.",
    ),
    "number.passed": (
        "{number} 号已过号，请到咨询台。",
        "Ticket {number} was missed. Ask at the guide desk.",
    ),
    "number.may_return": (
        "{number} 号已过号，请点「重新排队」。",
        "Ticket {number} was missed. Touch the blue button to line up again.",
    ),
    "number.returned": (
        "{number} 号已重新排队，请听叫号。",
        "Ticket {number} is in line again. Please listen for it.",
    ),
    "number.finished": ("{number} 号已办完。", "Ticket {number} is finished."),
    "number.cancelled": ("{number} 号已取消。", "Ticket {number} was cancelled."),
    "number.dropped": (
        "{number} 号已作废，请重新取号。",
        "Ticket {number} is no longer valid. Please take a new one.",
    ),
    "sure": ("要取消 {number} 号吗？", "Give ticket {number} back?"),
    "privacy": ("这里写着本机怎样用您的个人信息。", "How this machine uses your data."),
    "printing": ("正在出票，请稍候。", "Printing your ticket. One moment please."),
    "done": (
        "您的号码是 {number}，请到 {zone} 区候号。请取走号票和身份证。",
        "Your number is {number}. Please wait in zone {zone}. Take your ticket and ID card.",
    ),
    "done.place": (
        "您的号码是 {number}。请取走号票和身份证。",
        "Your number is {number}. Take your ticket and ID card.",
    ),
    "done.unprinted": (
        "您的号码是 {number}，请记住。号码照样有效。",
        "Your number is {number}. Please remember it; it is valid.",
    ),
    "timeout": ("还需要时间吗？请点「继续」。", "Do you need more time? Touch the button."),
    "closed": ("现在不取号。", "No tickets at present."),
    "closed.opens": ("现在不取号，{time} 开始取号。", "No tickets at present. Again from {time}."),
    "error.refused": ("没有取到号，请看屏幕提示。", "No ticket. Please read the screen."),
    **{
        f"error.{code.value}": (f"{words.title}。{words.say}", f"{words.title_en}. {words.say_en}")
        for code, words in WORDS.items()
        if code is not Code.REFUSED
    },
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of `PHRASES` and the values in it."""

    id: str
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The words, in Chinese unless `lang` is English."""
        return PHRASES[self.id][lang == "en"].format_map(self.values)


def phrase_of(session: Session) -> Phrase | None:
    """What is said now; None where nothing is."""
    visit = session.visit
    left = session.card_on_reader and (resting(session) or visit.state is State.DONE)
    if left and visit.state is not State.DONE:
        return Phrase("card.left")
    state = _SAID.get(visit.state)
    return state(session) if state else None


def _idle(session: Session) -> Phrase:
    return Phrase("idle" if session.reader is ReaderLamp.OK else "idle.typed")


def _home(session: Session) -> Phrase:
    if session.visit.basket:
        return Phrase("home.more")
    return Phrase("home.card" if session.card_on_reader else "home")


def _all(session: Session) -> Phrase:
    return Phrase("all.group" if group_items(session) else "all")


def _item(session: Session) -> Phrase:
    visit, day = session.visit, session.day
    if visit.visitor is None:
        return Phrase("item.card")
    item = day.item(visit.choice.items[0]) if day and visit.choice else None
    if item is None or session.alone:
        return Phrase("item")
    return Phrase("item.ahead", {"n": str(item.ahead)})


def _pad(session: Session) -> Phrase:
    return Phrase("pad.wrong" if session.visit.wrong else "pad")


def _purpose(session: Session) -> str:
    return "booked" if session.visit.purpose.value == "booked" else "look"


def _find(session: Session) -> Phrase:
    return Phrase(f"find.{_purpose(session)}")


def _code(session: Session) -> Phrase:
    return Phrase("code.wrong" if session.visit.wrong else f"code.{_purpose(session)}")


def _booked(session: Session) -> Phrase | None:
    one = session.visit.booked
    return Phrase(f"booked.{one.due.value}", {"time": one.opens}) if one else None


def _numbers(session: Session) -> Phrase:
    return Phrase("numbers", {"n": str(len(session.visit.numbers))})


def _number(session: Session) -> Phrase | None:
    one = picked(session.visit)
    if one is None:
        return None
    window = one.target if one.state == "handed" else one.window
    values = {"number": one.number, "n": str(one.ahead), "window": str(window)}
    if one.state == "passed" and may_return(session.visit):
        return Phrase("number.may_return", values)
    if one.state in ("waiting", "offered"):
        return Phrase("number.waiting" if one.ahead is None else "number.ahead", values)
    state = "dropped" if one.state == "void" else one.state
    needs_window = state in ("called", "held", "handed") and window is None
    known = f"number.{state}" in PHRASES and not needs_window
    return Phrase(f"number.{state}" if known else "number.waiting", values)


def _sure(session: Session) -> Phrase | None:
    one = picked(session.visit)
    return Phrase("sure", {"number": one.number}) if one else None


def _done(session: Session) -> Phrase | None:
    ticket = session.visit.ticket
    if ticket is None:
        return None
    values = {"number": ticket.number, "zone": ticket.zone.letter}
    if not session.visit.printed:
        return Phrase("done.unprinted", values)
    return Phrase("done" if ticket.zone.letter.isascii() else "done.place", values)


def _closed(session: Session) -> Phrase:
    opens = _opens(session.day)
    return Phrase("closed.opens", {"time": opens}) if opens else Phrase("closed")


def _opens(day: Day | None) -> str:
    """When numbers are given again, if that is today."""
    if day is None or day.opens_at is None:
        return ""
    local = datetime.fromtimestamp(day.opens_at / 1000, UTC).astimezone(ZoneInfo(day.tz))
    return f"{local:%H:%M}" if local.date() == day.date else ""


def _error(session: Session) -> Phrase | None:
    fault = session.visit.fault
    return Phrase(f"error.{fault.code.value}") if fault else None


_SAID: dict[State, Callable[[Session], Phrase | None]] = {
    State.IDLE: _idle,
    State.READING: lambda _: Phrase("reading"),
    State.HOME: _home,
    State.ALL: _all,
    State.SEARCH: lambda _: Phrase("search"),
    State.BUNDLES: lambda _: Phrase("bundles"),
    State.ITEM: _item,
    State.PAD: _pad,
    State.FIND: _find,
    State.CODE: _code,
    State.ASKING: lambda _: Phrase("asking"),
    State.BOOKED: _booked,
    State.NUMBERS: _numbers,
    State.NUMBER: _number,
    State.SURE: _sure,
    State.PRIVACY: lambda _: Phrase("privacy"),
    State.PRINTING: lambda _: Phrase("printing"),
    State.DONE: _done,
    State.TIMEOUT: lambda _: Phrase("timeout"),
    State.CLOSED: _closed,
    State.ERROR: _error,
}
