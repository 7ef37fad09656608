"""The rack: cards of people who do not exist, to be laid on the virtual reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.readers.virtual import VirtualCard


@dataclass(frozen=True, slots=True)
class RackCard:
    """A card on the rack. `note` says what it is there for; a broken one is not `readable`."""

    id: str
    card: VirtualCard
    note: str
    note_en: str
    readable: bool = True

    @property
    def name(self) -> str:
        """The invented name that is printed on the card."""
        return self.card.name


def _card(name: str, year: int, sequence: int, flag: str = " ", until: int = 2040) -> VirtualCard:
    return VirtualCard(name, date(year, 3, 12), sequence, date(until, 3, 12), flag)


RACK = (
    RackCard("ordinary", _card("张小禾", 1988, 101), "普通", "Ordinary"),
    RackCard("two", _card("李青", 1995, 102), "两字姓名", "Two characters"),
    RackCard("four", _card("林青禾雨", 2001, 103), "四字姓名", "Four characters"),
    RackCard("compound", _card("欧阳小满", 1979, 104), "复姓", "Compound surname"),
    RackCard("rare", _card("王𬍛禾", 1990, 105), "生僻字", "Rare character"),
    RackCard("elder", _card("吴长青", 1955, 106), "六十岁以上", "Over 60"),
    RackCard("aged", _card("郑百龄", 1940, 107), "八十岁以上", "Over 80"),
    RackCard(
        "foreign", _card("ANNA LEE", 1984, 108, flag="Y"), "外国人永居证", "Permanent resident"
    ),
    RackCard("expired", _card("孙小暑", 1985, 109, until=2020), "已过期", "Expired"),
    RackCard("other", _card("钱小雪", 1992, 110, flag="?"), "不认识的证件", "Unknown document"),
    RackCard("broken", _card("冯小寒", 1983, 111), "读不出", "Unreadable", readable=False),
)
BY_ID = {card.id: card for card in RACK}
