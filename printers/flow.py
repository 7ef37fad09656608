"""A cursor that walks down the paper and places lines as a browser places boxes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from printers.metrics import width, wrap
from printers.paper import Element, Layout, Paper, Plate, Qr, Text
from printers.style import Style

_RULE = 3
# From the middle of a line box to the baseline, in em (ascent 1.160, descent .288 of the font).
_MIDDLE_TO_BASELINE = 0.436
# QR codes, error correction M, byte mode: capacity in bytes of versions 1 to 8.
_QR_BYTES = (14, 26, 42, 62, 84, 106, 122, 152)


@dataclass(slots=True)
class Flow:
    """Elements placed so far and the height `y` reached, in dots from the top edge."""

    paper: Paper
    style: Style
    y: float = 0.0
    elements: list[Element] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Left edge of the text."""
        return self.style.margin

    @property
    def room(self) -> int:
        """Width between the margins."""
        return self.paper.dots - 2 * self.style.margin

    def put(
        self,
        text: str,
        size: float,
        x: float,
        baseline: float,
        *,
        tracking: float = 0.0,
        white: bool = False,
    ) -> None:
        """Place one line with its left edge at `x`."""
        wide = width(text, size, tracking)
        self.elements.append(
            Text(text, round(x), round(baseline), size, wide, tracking=tracking, white=white)
        )

    def lines(
        self,
        text: str,
        size: float,
        line_height: float,
        *,
        left: float | None = None,
        room: float | None = None,
        center: bool = False,
    ) -> None:
        """Wrap `text` and place its lines below each other; the cursor moves past them."""
        start = self.left if left is None else left
        span = self.room if room is None else room
        for line in wrap(text, size, span):
            x = start + (span - width(line, size)) / 2 if center else start
            self.put(line, size, x, baseline_in(self.y, size, line_height))
            self.y += size * line_height

    def rule(self) -> None:
        """A full-width line with its gaps."""
        self.y += self.style.rule_gap
        self.elements.append(Plate(self.left, round(self.y), self.room, _RULE))
        self.y += _RULE + self.style.rule_gap

    def upright(self, x: float, height: float) -> None:
        """A vertical line from the cursor down."""
        self.elements.append(Plate(round(x), round(self.y), _RULE, round(height)))

    def plate(self, text: str, size: float, x: float, y: float, wide: float, high: float) -> None:
        """White text in the middle of a black plate."""
        self.elements.append(Plate(round(x), round(y), round(wide), round(high), radius=6))
        middle = y + high / 2
        # Letters are centred by cap height, Chinese by its ink, which reaches lower.
        drop = 0.733 / 2 if text.isascii() else 0.38
        self.put(text, size, x + (wide - width(text, size)) / 2, middle + drop * size, white=True)

    def numbered(self, texts: Sequence[str], size: float, line_height: float) -> None:
        """A list, each entry with its number before it."""
        indent = width("00 ", size) if len(texts) > 9 else width("0 ", size) + 4
        left, room = self.left + indent, self.room - indent
        for at, text in enumerate(texts, 1):
            self.put(str(at), size, self.left, baseline_in(self.y, size, line_height))
            self.lines(text, size, line_height, left=left, room=room)

    def frame(self, x: float, y: float, wide: float, high: float) -> None:
        """An empty box."""
        left, top, right, bottom = round(x), round(y), round(x + wide), round(y + high)
        self.elements += [
            Plate(left, top, right - left, _RULE),
            Plate(left, bottom - _RULE, right - left, _RULE),
            Plate(left, top, _RULE, bottom - top),
            Plate(right - _RULE, top, _RULE, bottom - top),
        ]

    def qr(self, data: str, *, alone: bool = False, largest: bool = False) -> Qr:
        """A code at the left edge, or alone in the middle; the cursor does not move.

        Its modules are as large as the style allows; `largest`: as its whole side allows.
        """
        version = next(v for v, most in enumerate(_QR_BYTES, 1) if len(data) <= most)
        modules = 17 + 4 * version
        module = self.style.qr_side // modules
        if not largest:
            module = min(self.style.qr_module, module)
        x = (self.paper.dots - modules * module) // 2 if alone else self.left
        code = Qr(data, x, round(self.y), version, module, alone)
        self.elements.append(code)
        return code

    def done(self) -> Layout:
        """The finished ticket."""
        height = round(self.y + self.style.bottom)
        return Layout(self.paper, height, tuple(self.elements))


def baseline_in(top: float, size: float, line_height: float) -> float:
    """Baseline of a line box that starts at `top` and is `line_height` em high."""
    return top + size * (line_height / 2 + _MIDDLE_TO_BASELINE)
