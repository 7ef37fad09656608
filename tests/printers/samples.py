"""Tickets that the tests print. The hall, its items and its addresses are invented."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from printers.booking import BookingSlip
from printers.notice import NoticeSlip
from printers.slip import TicketSlip
from printers.slips import Slip

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


NOTICE = NoticeSlip(
    hall="青禾区政务服务中心",
    number="R055",
    item="灵活就业人员参保登记",
    missing=(
        "身份证正反面复印件 1 份",
        "户口簿首页和本人页复印件",
        "灵活就业登记表，须本人签字",
    ),
    told_at=datetime(2026, 3, 17, 11, 8),
    window="5 号窗口",
    device="5 号窗口",
    phone="0999-12345",
)

BOOKING = BookingSlip(
    hall="青禾区政务服务中心",
    item="不动产转移登记（二手房）",
    day=date(2026, 3, 20),
    begins=time(9, 30),
    ends=time(10, 0),
    where="二楼 D 区",
    code="7K3M-2Q",
    printed_at=datetime(2026, 3, 17, 11, 20),
    device="1 号取号机",
    bring=("身份证", "不动产权证书", "买卖合同"),
)

# Every kind of ticket, in the order of their pictures.
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

PAPERS: dict[str, Slip] = {
    **KINDS,
    "notice": NOTICE,
    "notice-long": replace(
        NOTICE,
        missing=tuple(f"材料名称较长的第 {n} 件材料（原件和复印件各一份）" for n in range(1, 13)),
        reprint=True,
    ),
    "booking": BOOKING,
    "booking-bare": replace(BOOKING, bring=(), reprint=True),
}
