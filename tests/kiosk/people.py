"""Invented people, a day of an invented hall, and sessions to start from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from controller.hall.visitor import INVENTED, PROVINCES
from kiosk.day import Day, Zone, day_from_json
from kiosk.readers.base import CardRead, CardSeen, DocumentType
from kiosk.readers.virtual import VirtualCard
from kiosk.session import step
from kiosk.session.model import (
    Act,
    DayChanged,
    EnrolmentChanged,
    Input,
    Lamp,
    LinkChanged,
    PrinterChanged,
    ReaderLamp,
    Session,
    Ticket,
)

CARD = VirtualCard("张无名", date(1990, 3, 7))
ELDER = VirtualCard("欧阳无名", date(1940, 1, 2), 7)
ALLOWED = PROVINCES | {INVENTED}
DAY_KEY = bytes(range(32))
BOOKING_KEY = bytes(range(32, 64))

ZONE_A = {"id": "A", "letter": "A", "name": "一楼A区", "name_en": "Zone A", "cls": "a"}
ZONE_B = {"id": "B", "letter": "B", "name": "一楼B区", "name_en": "Zone B", "cls": "b"}


def item_json(code: str, name: str, zone: Any = "B", **more: Any) -> dict[str, Any]:
    base = {
        "code": code,
        "name": name,
        "name_en": f"Service {code}",
        "icon": "id",
        "zone": zone,
        "windows": "3–8",
        "ahead": 7,
        "wait": [10, 20],
        "materials": ["居民身份证"],
        "fee": "免费",
        "minutes": 8,
        "group": "RS",
    }
    return base | more


def day_json(**changes: Any) -> dict[str, Any]:
    """The answer of GET /api/v1/kiosk/day."""
    base = {
        "day": "2026-03-17",
        "tz": "Asia/Shanghai",
        "hall": {"name": "无名区政务服务中心", "name_en": "Nowhere District Service Centre"},
        "zones": [ZONE_A, ZONE_B],
        "items": [
            item_json("RS-003", "社会保障卡申领", initials="shbzksl"),
            item_json("RS-004", "社会保障卡补领换领", wait=None, initials="shbzkblhl"),
            item_json("GA-010", "居民身份证换领补领", ZONE_A, group="GA", initials="jmsfzhlbl"),
            item_json("ZX-001", "咨询", "A", group="ZX", kind="enquire", initials="zx"),
            item_json("CJ-001", "领取证照", "A", group="ZX", kind="collect", initials="lqzz"),
            item_json("CJ-002", "领取批文", "A", group="ZX", kind="collect", initials="lqpw"),
        ],
        "groups": [
            {"id": "RS", "name": "人社", "name_en": "Social security"},
            {"id": "GA", "name": "公安", "name_en": "Police"},
            {"id": "ZX", "name": "咨询导办", "name_en": "Guide"},
        ],
        "bundles": [
            {
                "id": "Y-04",
                "name": "灵活就业一件事",
                "name_en": "Freelance",
                "minutes": 30,
                "items": ["RS-003", "GA-010"],
                "materials": ["居民身份证", "户口簿"],
                "initials": "lhjyyjs",
            }
        ],
        "popular": ["RS-003", "GA-010", "RS-004", "gone"],
        "key": DAY_KEY.hex(),
        "booking_keys": [BOOKING_KEY.hex(), DAY_KEY.hex()],
        "age_groups": [{"id": "elder", "name": "老年人", "name_en": "Aged 60+", "min_age": 60}],
        "open": True,
        "opens_at": None,
        "closed_why": None,
        "closed_name": None,
        "closed_name_en": None,
        "hours": "9:00–12:00　13:30–17:00",
        "waiting_total": 46,
        "policy": {"items_per_ticket": 3},
    }
    return base | changes


DAY: Day = day_from_json(day_json())


def ticket(number: str = "R055", **changes: Any) -> Ticket:
    base = Ticket(
        id=f"2026-03-17-{number}",
        number=number,
        items=("社会保障卡申领",),
        items_en=("Social security card",),
        bundle=None,
        zone=Zone("B", "B", "一楼B区", "Zone B", "b"),
        windows="3–8",
        ahead=7,
        wait=(10, 20),
        issued_at=1_773_717_720_000,
        short_code="7K3M2Q",
        priority=False,
    )
    return replace(base, **changes)


def read(card: VirtualCard = CARD) -> CardRead:
    return CardRead(DocumentType.RESIDENT, card.name, card.number, card.birth, card.valid_to)


START = Session(nonce="n0nce000", provinces=ALLOWED, reader=ReaderLamp.OK, printer=Lamp.OFFLINE)
READY: tuple[Input, ...] = (
    EnrolmentChanged(True),
    LinkChanged(True),
    DayChanged(DAY),
    PrinterChanged(Lamp.OK),
)
AT_HOME: tuple[Input, ...] = (CardSeen(), read())
AT_ITEM: tuple[Input, ...] = (*AT_HOME, Act("choose", "RS-003"))


def after(*events: Input, session: Session = START, now: float = 0.0) -> Session:
    """The session after these events, all at one moment."""
    for event in events:
        session, _ = step(session, event, now)
    return session
