"""The rack: cards of people who do not exist, to be laid on the virtual readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.readers.rare import with_unicode
from kiosk.readers.virtual import VirtualCard
from kiosk.readers.virtual_chip import BankCard, ChipCard, SocialCard, UnreadableIdCard


class Flaw(StrEnum):
    """What is wrong with a card, beyond what stands on it."""

    UNREADABLE = "unreadable"
    NOT_GENUINE = "not_genuine"
    """Card and reader do not trust each other."""
    SILENT = "silent"
    """Its chip answers its reset and then nothing."""
    MUTE = "mute"
    """Its chip touches nothing: it lies the wrong way round."""


@dataclass(frozen=True, slots=True)
class RackCard:
    """A card on the rack: a document for the ID reader, or a `chip` for the other one.

    `name` is what one sees on it, `note` what it is there for.
    """

    id: str
    name: str
    note: str
    note_en: str
    card: VirtualCard | None = None
    chip: Callable[[], ChipCard] | None = None
    flaw: Flaw | None = None


def _document(
    card_id: str, card: VirtualCard, note: str, note_en: str, flaw: Flaw | None = None
) -> RackCard:
    return RackCard(card_id, with_unicode(card.name), note, note_en, card=card, flaw=flaw)


def _card(name: str, year: int, sequence: int, flag: str = " ", until: int = 2040) -> VirtualCard:
    birth = date(year, 3, 12)
    # fifteen characters: three letters, six digits of a place, six of the birth
    number = f"GBR999901{birth:%y%m%d}" if flag == "I" else ""
    return VirtualCard(name, birth, sequence, date(until, 3, 12), flag, number)


def _social() -> ChipCard:
    return SocialCard("卫小满", date(1993, 3, 12), 115)


def _protected() -> ChipCard:
    return SocialCard("蒋小雪", date(1991, 3, 12), 116, protected=True)


DOCUMENTS = (
    _document("ordinary", _card("张小禾", 1988, 101), "普通", "Ordinary"),
    _document("two", _card("李青", 1995, 102), "两字姓名", "Two characters"),
    _document("four", _card("林青禾雨", 2001, 103), "四字姓名", "Four characters"),
    _document("compound", _card("欧阳小满", 1979, 104), "复姓", "Compound name"),
    _document("rare", _card("王小𬍛", 1990, 105), "生僻字", "Rare character"),
    _document("private", _card("赵小\ue863", 1972, 112), "旧码生僻字", "Old private code"),
    _document("elder", _card("吴长青", 1955, 106), "六十岁以上", "Over 60"),
    _document("aged", _card("郑百龄", 1940, 107), "八十岁以上", "Over 80"),
    _document("permit", _card("何小满", 1986, 113, "J"), "港澳台居住证", "HK, Macao, TW"),
    _document("foreign", _card("ANNA LEE", 1984, 108, "Y"), "新版永居证", "Foreigner, 2023"),
    _document("foreign2017", _card("OMAR REED", 1977, 114, "I"), "旧版永居证", "Foreigner, 2017"),
    _document("expired", _card("孙小暑", 1985, 109, until=2020), "已过期", "Expired"),
    _document("other", _card("钱小雪", 1992, 110, "?"), "不认识的证件", "Unknown kind"),
    _document("broken", _card("冯小寒", 1983, 111), "读不出", "Unreadable", Flaw.UNREADABLE),
    _document("false", _card("褚小寒", 1982, 117), "验证不过", "Not genuine", Flaw.NOT_GENUINE),
)
CHIPS = (
    RackCard("social", "卫小满", "社会保障卡", "Social security", chip=_social),
    RackCard("protected", "蒋小雪", "要密码的社保卡", "Wants its PIN", chip=_protected),
    RackCard("bank", "银行卡", "不是证件", "Bank card", chip=BankCard),
    RackCard("misplaced", "身份证", "放错了读卡器", "Wrong reader", chip=UnreadableIdCard),
    RackCard("silent", "坏芯片", "不应答", "Silent chip", chip=_social, flaw=Flaw.SILENT),
    RackCard("mute", "插反的卡", "芯片没接上", "Upside down", chip=_social, flaw=Flaw.MUTE),
)
RACK = DOCUMENTS + CHIPS
BY_ID = {card.id: card for card in RACK}
