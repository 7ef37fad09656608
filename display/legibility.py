"""How large letters must be to be read from where people stand. PURE.

Chinese is read at a distance ``D`` when it is at least ``D/130`` high; numbers that must be
found at a glance take ``D/100`` and the newest call ``D/60``. Supporting lines (waiting counts,
notices, clock) are read from half the distance. Heights are of the ink: of a digit, or of a
Chinese character.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, hypot

MM_PER_INCH = 25.4
FLOOR, ROW, CALL = 130, 100, 60
PITCH = 1.45
USED_HEIGHT = 0.80
#: A twentieth of a row may be borrowed from the margin; more would crowd the rows.
ROW_SLACK = 0.05

#: Widths in digit heights, measured on Noto Sans CJK Bold: the widest ticket (M and three
#: digits), a two-digit window number, and the words 号窗口 in heights of a Chinese character.
TICKET_WIDTH, WINDOW_WIDTH, WORDS_WIDTH = 3.62, 1.62, 3.3
#: What stands beside the numbers, in heights of a supporting line: margins, arrow, zone plate.
CALL_MARGIN, ROW_MARGIN, ARROW = 2.3, 5.2, 3.7
#: What stands above, below and between, in heights of a supporting line: landscape, portrait.
BARS, LIST_HEAD, CALL_GAPS = (5.8, 7.6), (1.25, 1.8), (5.3, 5.8)
#: The newest call grows over its floor by at most this much when there is room.
GROWTH = 1.25


class Unreadable(ValueError):
    """This panel cannot be read from that distance; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A screen: diagonal in inches, pixels as it hangs (portrait: height above width)."""

    inches: float
    width: int = 1920
    height: int = 1080

    @property
    def mm_per_px(self) -> float:
        return self.inches * MM_PER_INCH / hypot(self.width, self.height)

    @property
    def is_portrait(self) -> bool:
        return self.height > self.width


@dataclass(frozen=True, slots=True)
class Sizes:
    """Ink heights and layout in px. ``rows`` is how many recent calls stand under the newest."""

    call: int
    goto: int
    row: int
    word: int
    aux: int
    pitch: int
    rows: int
    call_share: float

    def css(self) -> dict[str, str]:
        """The CSS variables of the hall page."""
        return {
            "--glyph-call": f"{self.call}px",
            "--glyph-goto": f"{self.goto}px",
            "--glyph-row": f"{self.row}px",
            "--glyph-word": f"{self.word}px",
            "--glyph-aux": f"{self.aux}px",
            "--pitch": f"{self.pitch}px",
            "--rows": str(self.rows),
            "--call-share": f"{self.call_share:.4f}",
        }


def px(panel: Panel, distance_m: float, divisor: float) -> float:
    """The height in px of ``distance / divisor`` on this panel."""
    return distance_m * 1000 / divisor / panel.mm_per_px


def row_count(panel: Panel, distance_m: float) -> int:
    """Rows of numbers at D/100 with 1.45 line pitch in 80 % of the panel's height."""
    pitch = PITCH * px(panel, distance_m, ROW)
    return floor(panel.height * USED_HEIGHT / pitch + ROW_SLACK)


def sizes(panel: Panel, distance_m: float) -> Sizes:
    """Sizes for the hall page: every floor kept, the newest call as large as fits.

    Raises ``Unreadable`` when the floors do not fit on the panel, or when fewer than two rows
    of recent calls would be left.
    """
    if not (panel.inches > 0 and distance_m > 0 and panel.width > 0 and panel.height > 0):
        raise ValueError("panel and distance must be greater than zero")
    row = ceil(px(panel, distance_m, ROW))
    word = ceil(px(panel, distance_m, FLOOR))
    aux = ceil(px(panel, distance_m / 2, FLOOR))
    goto = floor_call = ceil(px(panel, distance_m, CALL))
    pitch = round(PITCH * row)
    share = 1.0 if panel.is_portrait else _call_share(panel, row, aux)
    room = share * panel.width - CALL_MARGIN * aux
    widest = min(
        room / TICKET_WIDTH,
        (room - ARROW * aux - WORDS_WIDTH * word) / WINDOW_WIDTH,
    )
    if widest < floor_call:
        raise _unreadable(panel, distance_m, f"a {floor_call} px number is wider than its place")
    call, rows = _vertical(panel, distance_m, floor_call, goto, row, pitch, aux)
    return Sizes(min(call, floor(room / TICKET_WIDTH)), goto, row, word, aux, pitch, rows, share)


def _call_share(panel: Panel, row: int, aux: int) -> float:
    """The part of the width that the newest call may have: all that the list does not need."""
    needed = (TICKET_WIDTH + WINDOW_WIDTH) * row + ROW_MARGIN * aux
    return max(0.0, min(0.6, 1 - needed / panel.width))


def _vertical(
    panel: Panel, distance_m: float, floor_call: int, goto: int, row: int, pitch: int, aux: int
) -> tuple[int, int]:
    """Height of the newest call and number of rows."""
    body = panel.height - BARS[panel.is_portrait] * aux
    under_head = body - LIST_HEAD[panel.is_portrait] * aux
    beside_call = goto + CALL_GAPS[panel.is_portrait] * aux
    most = row_count(panel, distance_m)
    if panel.is_portrait:
        rows = min(floor((under_head - beside_call - floor_call) / pitch), most)
        room = under_head - beside_call - rows * pitch
    else:
        rows = min(floor(under_head / pitch + ROW_SLACK), most)
        room = body - beside_call
    call = floor(min(room, floor_call * GROWTH))
    if call < floor_call or rows < 2:
        raise _unreadable(panel, distance_m, f"only {max(rows, 0)} rows of {row} px are left")
    return call, rows


def _unreadable(panel: Panel, distance_m: float, why: str) -> Unreadable:
    return Unreadable(
        f'A {panel.inches:g}" panel of {panel.width}×{panel.height} cannot be read from '
        f"{distance_m:g} m: {why}. Use a larger panel or hang it nearer."
    )


#: The window screen, drawn for 1280×800: ink heights of its number and its state word, and the
#: smallest key a visitor rates with, in px of that drawing.
WINDOW_PX = (1280, 800)
WINDOW_NUMBER, WINDOW_STATE, RATING_KEY = 406, 104, 148
NUMBER_MM, KEY_MM = 150, 25


def check_window(panel: Panel, distance_m: float, number_plate: bool) -> None:
    """Raise ``Unreadable`` unless a window's screen shows its number 150 mm high (or a plate beside
    it does), its state can be read from ``distance_m``, and a finger hits its keys."""
    mm = panel.inches * MM_PER_INCH / hypot(*WINDOW_PX)
    if RATING_KEY * mm < KEY_MM:
        raise _unfit(panel, f"its rating keys are under {KEY_MM} mm", "Use one of 10 inches.")
    if WINDOW_STATE * mm < distance_m * 1000 / FLOOR:
        raise _unfit(
            panel, f"its state cannot be read from {distance_m:g} m", "Use a larger panel."
        )
    if not number_plate and WINDOW_NUMBER * mm < NUMBER_MM:
        remedy = "Use one of 22 inches, or hang a plate beside it and write number_plate = true."
        raise _unfit(panel, f"the window's number is under {NUMBER_MM} mm high", remedy)


def _unfit(panel: Panel, why: str, remedy: str) -> Unreadable:
    return Unreadable(f'A {panel.inches:g}" panel is too small: {why}. {remedy}')
