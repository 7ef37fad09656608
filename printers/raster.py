"""Paints a Layout as the 1-bit picture that the printer gets, dot for dot."""

from datetime import datetime
from functools import lru_cache

import qrcode
from PIL import Image, ImageDraw
from qrcode.constants import ERROR_CORRECT_M

from printers.fonts import bold
from printers.metrics import advance
from printers.paper import Element, Layout, Paper, Plate, Qr, Text
from printers.slip import TicketSlip
from printers.ticket import layout

_WHITE, _BLACK, _EDGE = 255, 0, 128
_UNKNOWN = "□"
_SPECIMEN = TicketSlip(
    hall="政务服务中心",
    number="A012",
    items=("社会保障卡申领", "变更登记", "业务办理"),
    zone="A",
    zone_name="一楼 A 区",
    windows="3–8",
    people_ahead=7,
    wait=(10, 25),
    issued_at=datetime(2026, 1, 1, 9, 46),
    kiosk="1 号取号机",
    short_code="23456789-ABCDEF",
    progress_url="https://hall.example/t/A012",
)


def render(slip: TicketSlip, paper: Paper) -> Image.Image:
    """The ticket as a 1-bit image as wide as the paper. Raises SlipError, FontMissing."""
    return paint(layout(slip, paper))


def warm_up(paper: Paper) -> None:
    """Paint a specimen, so that the first person's ticket is as quick as the second's.

    Call it when the kiosk starts: a missing font shows then. Raises FontMissing.
    """
    render(_SPECIMEN, paper)


def paint(plan: Layout, *, without: Element | None = None) -> Image.Image:
    """The layout as a 1-bit image (mode "1", white 255). Raises FontMissing.

    `without`: an element that is left out.
    """
    sheet = Image.new("L", (plan.paper.dots, plan.height), _WHITE)
    for element in plan.elements:
        if element is without:
            continue
        match element:
            case Text():
                _paint_text(sheet, element)
            case Plate():
                _paint_plate(sheet, element)
            case Qr():
                sheet.paste(_qr(element), (element.x, element.y))
    return sheet.point(_two_tone, mode="1")


_two_tone = [_BLACK] * _EDGE + [_WHITE] * (256 - _EDGE)


def _paint_text(sheet: Image.Image, text: Text) -> None:
    ink = _WHITE if text.white else _BLACK
    if text.squeeze < 1:
        _paint_squeezed(sheet, text, ink)
        return
    x = float(text.x)
    for char in text.text:
        mask, left, top = _glyph(char, text.size)
        if mask is not None:
            sheet.paste(ink, (round(x) + left, text.baseline + top), mask)
        x += (advance(char) + text.tracking) * text.size


def _paint_squeezed(sheet: Image.Image, text: Text, ink: int) -> None:
    natural = Text(text.text, 0, round(text.size), text.size, 0, text.tracking)
    wide, high = round(text.width / text.squeeze), round(text.size * 1.2)
    line = Image.new("L", (wide, high), _WHITE)
    _paint_text(line, natural)
    narrow = line.resize((int(text.width), high), Image.Resampling.LANCZOS)
    mask = narrow.point([255 - level for level in range(256)])
    sheet.paste(ink, (text.x, text.baseline - round(text.size)), mask)


@lru_cache(maxsize=2048)
def _glyph(char: str, size: float) -> tuple[Image.Image | None, int, int]:
    """Mask of one glyph with its offset from the pen; None for a blank one."""
    font = bold(size)
    if font.getlength(char) > advance(char) * size + 1.5:
        char = _UNKNOWN  # wider than its cell (a two-em dash): it would run over its neighbour
    left, top, right, bottom = (int(edge) for edge in font.getbbox(char, anchor="ls"))
    if right <= left or bottom <= top:
        return None, 0, 0
    mask = Image.new("L", (right - left, bottom - top), 0)
    ImageDraw.Draw(mask).text((-left, -top), char, font=font, fill=255, anchor="ls")
    return mask, left, top


def _paint_plate(sheet: Image.Image, plate: Plate) -> None:
    corner = (plate.x + plate.width - 1, plate.y + plate.height - 1)
    ImageDraw.Draw(sheet).rounded_rectangle(
        ((plate.x, plate.y), corner), radius=plate.radius, fill=_BLACK
    )


def _qr(code: Qr) -> Image.Image:
    maker = qrcode.QRCode(version=code.version, error_correction=ERROR_CORRECT_M, border=0)
    maker.add_data(code.data, optimize=0)
    maker.make(fit=False)
    side = maker.modules_count
    dots = bytes(_BLACK if dark else _WHITE for row in maker.modules for dark in row)
    small = Image.frombytes("L", (side, side), dots)
    return small.resize((code.side, code.side), Image.Resampling.NEAREST)
