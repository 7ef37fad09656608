"""一次性告知: the one list of all that is missing, with the moment it was told. Pure.

行政许可法 art. 32 (4): told once, on the spot or within five days, in writing, sealed and dated.
"""

from dataclasses import dataclass
from datetime import datetime

from printers.facts import SlipError, check_list, check_local, check_texts
from printers.flow import Flow, baseline_in
from printers.marks import hall_name, mark
from printers.paper import Layout, Paper
from printers.slip import NUMBER
from printers.style import style_for

_LIMITS = {"hall": 40, "item": 80, "window": 24, "device": 24, "phone": 20}
_MOST = 30
_SEAL = 320  # 40 mm, the size of a department's seal


@dataclass(frozen=True, slots=True)
class NoticeSlip:
    """What one notice says.

    `missing`: everything that is missing, 1 to 30 entries. `told_at`: the hall's local time,
    without a zone; from it the law counts. `window`: where, as spoken. `device`: who printed.
    `phone`: whom to ask, if the hall has one.
    Raises SlipError when a field is out of range or looks like an ID number.
    """

    hall: str
    number: str
    item: str
    missing: tuple[str, ...]
    told_at: datetime
    window: str
    device: str
    reprint: bool = False
    phone: str | None = None

    def __post_init__(self) -> None:
        check_texts(self, _LIMITS)
        check_list("missing", self.missing, least=1, most=_MOST)
        check_local("told_at", self.told_at)
        if not NUMBER.fullmatch(self.number):
            raise SlipError(f"number must be a letter and 3 or 4 digits, is {self.number!r}")


def layout_notice(slip: NoticeSlip, paper: Paper) -> Layout:
    """Place every fact of `slip` on `paper`, with room for the seal."""
    flow = Flow(paper, style_for(paper))
    flow.y = flow.style.top
    if slip.reprint:
        mark(flow, "补打", "内容不变")
    hall_name(flow, slip.hall)
    flow.y += 12
    flow.lines("一次性告知", flow.style.figure, 1.3, center=True)
    flow.lines("需要补正的材料", flow.style.what, 1.25, center=True)
    flow.y += 12
    flow.lines(f"{slip.number} {slip.item}", flow.style.scan_title, 1.3, center=True)
    flow.rule()
    _list(flow, slip)
    flow.rule()
    flow.lines("以上为需要补正的全部内容。补齐后请带此单再次取号。", flow.style.late, 1.5)
    flow.rule()
    _foot(flow, slip)
    return flow.done()


def _list(flow: Flow, slip: NoticeSlip) -> None:
    style, size = flow.style, flow.style.scan_title
    flow.lines(f"共 {len(slip.missing)} 项", style.late_title, 1.5)
    flow.numbered(slip.missing, size, 1.4)


def _foot(flow: Flow, slip: NoticeSlip) -> None:
    style, size = flow.style, flow.style.body
    flow.lines(f"告知时间 {slip.told_at:%Y-%m-%d %H:%M}", size, 1.4)
    flow.lines(f"告知窗口 {slip.window}", size, 1.4)
    if slip.phone:
        flow.lines(f"咨询电话 {slip.phone}", size, 1.4)
    flow.y += 12
    flow.frame(flow.left, flow.y, _SEAL, _SEAL)
    flow.put("盖章处", size, flow.left + 12, baseline_in(flow.y + 8, size, 1.4))
    flow.y += _SEAL + 16
    flow.lines(f"{slip.device}打印。不含姓名和身份证号码。", style.law, 1.45)
