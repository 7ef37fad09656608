"""Tickets that the tests print. The hall, its items and its addresses are invented."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from printers.ticket import TicketSlip

_ORDINARY = TicketSlip(
    hall="青禾区政务服务中心",
    number="R055",
    items=("社会保障卡申领",),
    zone="B",
    zone_name="一楼 B 区",
    windows="3–8",
    people_ahead=7,
    wait=(10, 20),
    issued_at=datetime(2026, 3, 17, 10, 42),
    kiosk="1 号取号机",
    short_code="7K3M-2Q",
    progress_url="https://hall.example/t/7K3M2Q",
)


def slip(**changes: Any) -> TicketSlip:
    """An ordinary ticket, with changes."""
    return replace(_ORDINARY, **changes)


KINDS: dict[str, TicketSlip] = {
    "ordinary": slip(),
    "priority": slip(priority_mark=True),
    "bundle": slip(
        number="S012",
        items=("新生儿出生一件事",),
        bundle_parts=(
            "出生医学证明签发",
            "预防接种证办理",
            "户口登记（出生）",
            "城乡居民基本医疗保险参保登记",
            "社会保障卡申领",
        ),
    ),
    "several": slip(items=("社会保障卡申领", "灵活就业人员参保登记", "养老保险关系转移接续")),
    "no-estimate": slip(wait=None),
    "nothing-known": slip(wait=None, people_ahead=None),
    "reprint": slip(reprint=True, people_ahead=0, wait=(0, 5)),
    "void": slip(void=True),
    "no-url": slip(progress_url=None),
    "long": slip(
        number="W888",
        hall="青禾区政务服务中心（东部分中心）",
        items=("灵活就业人员和自由职业者参加城镇职工基本养老保险参保登记（新参保）",),
        zone_name="二楼综合服务 B 区",
        windows="21–28、31",
        people_ahead=128,
        wait=(115, 145),
        kiosk="二楼东侧 12 号取号机",
        progress_url="https://service.hall-of-the-district.example/jiaohao/t/7K3M2Q9XWP",
    ),
}
