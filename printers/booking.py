"""预约单: when to come, and the code that stands for the booking. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time

from printers.facts import SlipError, check_list, check_local, check_short_code, check_texts
from printers.flow import Flow, baseline_in
from printers.marks import hall_name, mark
from printers.metrics import width
from printers.paper import Layout, Paper
from printers.style import style_for

_LIMITS = {"hall": 40, "item": 80, "where": 40, "device": 24}
_DAYS = "一二三四五六日"
_MOST = 30


@dataclass(frozen=True, slots=True)
class BookingSlip:
    """What one booking slip says.

    `begins` and `ends`: the slot, on `day`. `code`: stands for the booking, is typed or
    scanned. `minutes_around`: how early and how late a person may check in. `bring`: what to
    bring, may be empty. `printed_at`: the hall's local time, without a zone.
    Raises SlipError when a field is out of range or looks like an ID number.
    """

    hall: str
    item: str
    day: date
    begins: time
    ends: time
    where: str
    code: str
    printed_at: datetime
    device: str
    bring: tuple[str, ...] = ()
    minutes_around: int = 15
    reprint: bool = False

    def __post_init__(self) -> None:
        check_texts(self, _LIMITS)
        check_list("bring", self.bring, least=0, most=_MOST)
        check_local("printed_at", self.printed_at)
        check_short_code("code", self.code)
        if self.begins >= self.ends:
            raise SlipError("the slot must begin before it ends")
        if self.minutes_around < 0:
            raise SlipError("minutes_around cannot be negative")


def layout_booking(slip: BookingSlip, paper: Paper) -> Layout:
    """Place every fact of `slip` on `paper`: the day and the slot are what one looks for."""
    flow = Flow(paper, style_for(paper))
    flow.y = flow.style.top
    if slip.reprint:
        mark(flow, "补打", "预约不变")
    hall_name(flow, slip.hall)
    flow.y += 12
    flow.lines("预约单", flow.style.what, 1.25, center=True)
    flow.rule()
    _when(flow, slip)
    flow.rule()
    flow.lines(slip.item, flow.style.scan_title, 1.35, center=True)
    flow.lines(slip.where, flow.style.late, 1.5, center=True)
    flow.rule()
    _bring(flow, slip)
    _code(flow, slip)
    flow.rule()
    _foot(flow, slip)
    return flow.done()


def _when(flow: Flow, slip: BookingSlip) -> None:
    style = flow.style
    day = f"{slip.day.month} 月 {slip.day.day} 日 星期{_DAYS[slip.day.weekday()]}"
    flow.lines(day, style.what, 1.3, center=True)
    slot = f"{slip.begins:%H:%M}–{slip.ends:%H:%M}"
    size = min(style.figure * 1.5, flow.room / width(slot, 1))
    flow.lines(slot, size, 1.25, center=True)


def _bring(flow: Flow, slip: BookingSlip) -> None:
    if not slip.bring:
        return
    flow.lines("请带上", flow.style.late_title, 1.5)
    flow.numbered(slip.bring, flow.style.late, 1.4)
    flow.rule()


def _code(flow: Flow, slip: BookingSlip) -> None:
    """The code to scan, and beside it the same code to read."""
    style, code = flow.style, flow.qr(slip.code.replace("-", ""), largest=True)
    left = code.x + code.side + style.scan_gap
    lines = (("到取号机扫码", style.late), ("或输入预约码", style.late), (slip.code, style.code))
    high = sum(size * 1.5 for _, size in lines)
    top = flow.y + max(0.0, (code.side - high) / 2)
    for text, wanted in lines:
        size = min(wanted, (flow.left + flow.room - left) / width(text, 1))
        flow.put(text, size, left, baseline_in(top, size, 1.5))
        top += size * 1.5
    flow.y += max(code.side, high)


def _foot(flow: Flow, slip: BookingSlip) -> None:
    style, around = flow.style, slip.minutes_around
    flow.lines(f"时段开始前后 {around} 分钟内报到。不能来请提前取消。", style.late, 1.5)
    flow.y += 4
    flow.lines(f"打印 {slip.printed_at:%Y-%m-%d %H:%M} {slip.device}", style.law, 1.45)
    flow.lines("不含姓名和身份证号码。", style.law, 1.45)
