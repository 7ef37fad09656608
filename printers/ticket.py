"""The 号票: where each fact stands on the paper. Pure; the same design on 80 mm and 58 mm."""

from printers.flow import Flow, baseline_in
from printers.marks import hall_name, mark
from printers.metrics import width, wrap
from printers.paper import Layout, Paper, Plate, Text
from printers.slip import SlipError, TicketSlip
from printers.style import CAP, style_for

__all__ = ["Layout", "Paper", "SlipError", "TicketSlip", "layout"]

MIN_DIGIT = 120  # 15 mm
_MIN_SQUEEZE = 0.85  # below this the letters of the number would look condensed
_PLATE = 1.5  # edge of the zone plate, in em


def layout(slip: TicketSlip, paper: Paper, *, code_alone: bool = False) -> Layout:
    """Place every fact of `slip` on `paper`.

    `code_alone`: the QR code has its rows for itself, in the middle of the paper. Raises
    SlipError when the number cannot be 15 mm high (four digits on 58 mm paper).
    """
    flow = Flow(paper, style_for(paper))
    flow.y = flow.style.top
    _marks(flow, slip)
    hall_name(flow, slip.hall)
    _number(flow, slip)
    flow.lines(_headline(slip), flow.style.what, 1.25, center=True)
    _where(flow, slip)
    flow.rule()
    _alone(flow) if slip.alone else _sums(flow, slip)
    flow.rule()
    _matters(flow, slip)
    _late(flow, slip)
    flow.rule()
    _scan_alone(flow, slip) if code_alone else _scan(flow, slip)
    flow.rule()
    _foot(flow, slip)
    return flow.done()


def _marks(flow: Flow, slip: TicketSlip) -> None:
    """补打 and 作废 stand first."""
    if slip.reprint:
        mark(flow, "补打", "号码和顺序不变")
    if slip.void:
        mark(flow, "作废", "请重新取号")


def _number(flow: Flow, slip: TicketSlip) -> None:
    """As high as the style says; a wide or long number is first lowered, then squeezed."""
    style = flow.style
    room = flow.paper.dots - 2 * style.number_margin
    tracking = style.number_tracking
    em = width(slip.number, 1, tracking) - tracking
    size = max(min(style.digit / CAP, room / em), MIN_DIGIT / CAP)
    squeeze = min(1.0, room / (em * size))
    if squeeze < _MIN_SQUEEZE:
        raise SlipError(
            f"{slip.number} cannot be 15 mm high on {flow.paper.name} paper; use three digits"
        )
    wide = em * size * squeeze
    flow.y += style.number_above
    baseline = round(flow.y + size * CAP)
    x = round((flow.paper.dots - wide) / 2)
    flow.elements.append(Text(slip.number, x, baseline, size, wide, tracking, squeeze))
    if slip.void:
        middle = baseline - round(size * CAP / 2)
        flow.elements.append(Plate(flow.left, middle - 6, flow.room, 12))
    flow.y += size * CAP + style.number_below


def _headline(slip: TicketSlip) -> str:
    return slip.items[0] if len(slip.items) == 1 else f"一次办 {len(slip.items)} 项"


def _where(flow: Flow, slip: TicketSlip) -> None:
    """The zone plate and the windows; the text breaks between zone and windows first."""
    style = flow.style
    side, gap, size = style.to * _PLATE, style.to_gap, style.to
    room = flow.room - side - gap
    lines = _where_lines(slip, size, room)
    text_width = max(width(line, size) for line in lines)
    flow.y += 16
    height = max(side, len(lines) * size * 1.2)
    left = flow.left + (flow.room - side - gap - text_width) / 2
    flow.plate(slip.zone, size, left, flow.y + (height - side) / 2, side, side)
    top = flow.y + (height - len(lines) * size * 1.2) / 2
    for line in lines:
        flow.put(line, size, left + side + gap, baseline_in(top, size, 1.2))
        top += size * 1.2
    flow.y += height


def _where_lines(slip: TicketSlip, size: float, room: float) -> tuple[str, ...]:
    windows = f"{slip.windows} 号窗口"
    whole = f"{slip.zone_name} {windows}"
    if width(whole, size) <= room:
        return (whole,)
    return wrap(slip.zone_name, size, room) + wrap(windows, size, room)


def _alone(flow: Flow) -> None:
    """Who takes a number while the kiosk is cut off is told so, and that the place is kept."""
    flow.lines("网络中断时取的号", flow.style.late_title, 1.5)
    told = "照样有效，按取号时间排队，先后不变。前面人数暂不显示，请留意叫号屏和语音。"
    flow.lines(told, flow.style.late, 1.5)


def _sums(flow: Flow, slip: TicketSlip) -> None:
    """People ahead and the estimate side by side; an unknown one is left out or said so."""
    cells = [cell for cell in (_ahead(slip), _estimate(slip)) if cell is not None]
    style = flow.style
    figure = style.figure
    while _sums_width(flow, cells, figure) > flow.room:
        figure -= 2
    line = max(figure * 1.15, style.unit * 1.4)
    height = style.label * 1.4 + line
    x: float = flow.left
    for at, cell in enumerate(cells):
        if at:
            x += style.sums_left
            flow.upright(x, height)
            x += 3 + style.sums_right
        _put_cell(flow, cell, x, figure, line)
        x += _cell_width(flow, cell, figure)
    flow.y += height


Cell = tuple[str, str, str]  # label, large figure, unit


def _ahead(slip: TicketSlip) -> Cell | None:
    return None if slip.people_ahead is None else ("前面", str(slip.people_ahead), "人")


def _estimate(slip: TicketSlip) -> Cell:
    if slip.wait is None:
        return ("预计等候", "", "请留意叫号屏")
    low, high = slip.wait
    if low == 0:
        return ("预计等候", str(high), "分钟内") if high else ("预计等候", "", "无需等候")
    return ("预计等候", str(low) if low == high else f"{low}–{high}", "分钟")


def _put_cell(flow: Flow, cell: Cell, x: float, figure: float, line: float) -> None:
    style, (label, large, unit) = flow.style, cell
    flow.put(label, style.label, x, baseline_in(flow.y, style.label, 1.4))
    baseline = flow.y + style.label * 1.4 + line / 2 + 0.436 * figure
    if large:
        flow.put(large, figure, x, baseline)
        x += width(large, figure) + 10
    flow.put(unit, style.unit, x, baseline if large else baseline - 0.1 * figure)


def _cell_width(flow: Flow, cell: Cell, figure: float) -> float:
    label, large, unit = cell
    value = width(unit, flow.style.unit) + (width(large, figure) + 10 if large else 0)
    return max(width(label, flow.style.label), value)


def _sums_width(flow: Flow, cells: list[Cell], figure: float) -> float:
    between = (len(cells) - 1) * (flow.style.sums_left + 3 + flow.style.sums_right)
    return sum(_cell_width(flow, cell, figure) for cell in cells) + between


def _matters(flow: Flow, slip: TicketSlip) -> None:
    """What one ticket covers when it covers several things, numbered, in the order of work."""
    matters = slip.bundle_parts or (slip.items if len(slip.items) > 1 else ())
    if not matters:
        return
    flow.lines(f"本票包含 {len(matters)} 项", flow.style.late_title, 1.5)
    flow.numbered(matters, flow.style.late, 1.4)
    flow.rule()


def _late(flow: Flow, slip: TicketSlip) -> None:
    then = f"排在 {slip.behind} 位之后" if slip.behind else "接着叫您"
    rule = (
        f"叫号后 {slip.pass_after_s} 秒未到算过号。{slip.return_within_min} 分钟内到咨询台报到，"
        f"{then}；再晚请重新取号。"
    )
    flow.lines("过号怎么办", flow.style.late_title, 1.5)
    flow.lines(rule, flow.style.late, 1.5)


def _scan(flow: Flow, slip: TicketSlip) -> None:
    if slip.progress_url is None:
        _code_alone(flow, slip.short_code)
        return
    style, code = flow.style, flow.qr(slip.progress_url)
    left = code.x + code.side + style.scan_gap
    stacked = left + width(f"短码 {slip.short_code}", style.code, 0.04) > flow.paper.dots
    stacked = stacked or not style.long_date
    text_height = style.scan_title * 1.35 + style.body * 1.4 * (2 if stacked else 1)
    text_height += style.code * 1.4
    height = max(code.side, text_height)
    top = flow.y + (height - text_height) / 2
    flow.put("扫码看进度", style.scan_title, left, baseline_in(top, style.scan_title, 1.35))
    top += style.scan_title * 1.35
    flow.put("办完可评价", style.body, left, baseline_in(top, style.body, 1.4))
    top += style.body * 1.4
    _short_code(flow, slip.short_code, left, top, stacked=stacked)
    flow.y += height


def _scan_alone(flow: Flow, slip: TicketSlip) -> None:
    """One below the other, for a printer that draws the code itself."""
    if slip.progress_url is None:
        _code_alone(flow, slip.short_code)
        return
    style = flow.style
    flow.lines("扫码看进度，办完可评价", style.late, 1.5, center=True)
    flow.y += style.rule_gap
    code = flow.qr(slip.progress_url, alone=True)
    flow.y += code.side + style.rule_gap
    flow.lines(f"短码 {slip.short_code}", style.code, 1.4, center=True)


def _short_code(flow: Flow, code: str, left: float, top: float, *, stacked: bool) -> None:
    style = flow.style
    if stacked:
        flow.put("短码", style.body, left, baseline_in(top, style.body, 1.4))
        top, start = top + style.body * 1.4, left
    else:
        start = left + width("短码 ", style.body)
        flow.put("短码", style.body, left, baseline_in(top, style.code, 1.4))
    room = flow.paper.dots - flow.left - start
    size = min(style.code, room / width(code, 1, 0.04))
    flow.put(code, size, start, baseline_in(top, style.code, 1.4), tracking=0.04)


def _code_alone(flow: Flow, code: str) -> None:
    """Without a public address there is nothing to scan; the code works at the kiosk."""
    style = flow.style
    size = min(style.figure, (flow.room - width("短码 ", style.body)) / width(code, 1, 0.04))
    baseline = flow.y + size * 0.575 + 0.436 * size
    flow.put("短码", style.body, flow.left, baseline)
    start = flow.left + width("短码 ", style.body)
    flow.put(code, size, start, baseline, tracking=0.04)
    flow.y += size * 1.15 + 6
    flow.lines("在取号机输入短码，可看进度；办完可评价。", style.body, 1.4)


def _foot(flow: Flow, slip: TicketSlip) -> None:
    style, size = flow.style, flow.style.body
    stamp = (
        f"{slip.issued_at:取号 %Y-%m-%d %H:%M}"
        if style.long_date
        else (f"{slip.issued_at:%m-%d %H:%M}")
    )
    if slip.priority_mark:
        stamp += " ◇"
    flow.put(stamp, size, flow.left, baseline_in(flow.y, size, 1.4))
    kiosk_width = width(slip.kiosk, size)
    if width(stamp, size) + 20 + kiosk_width <= flow.room:
        right = flow.left + flow.room - kiosk_width
        flow.put(slip.kiosk, size, right, baseline_in(flow.y, size, 1.4))
        flow.y += size * 1.4
    else:
        flow.y += size * 1.4
        flow.lines(slip.kiosk, size, 1.4)
    flow.y += 4
    flow.lines("不含姓名和身份证号码。号码当日有效，评价码 7 日内有效。", style.law, 1.45)
