"""The paper of the virtual printer: lines, pictures and codes painted as a real head would."""

from dataclasses import dataclass, replace
from typing import Any

import qrcode
from PIL import Image, ImageDraw, ImageOps

from printers.fonts import bold
from printers.paper import Paper

_CHINESE, _LATIN, _HEIGHT, _TAB = 24, 12, 24, 8 * 12
LINE = 30  # default line spacing in dots


class PaperError(Exception):
    """The job asked for something that this paper or printer cannot do."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How the following characters look; `align` 0 left, 1 centre, 2 right."""

    wide: int = 1
    high: int = 1
    align: int = 0
    white_on_black: bool = False
    underline: bool = False


class Roll:
    """Paper being printed. Painted strips collect until `cut`."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.style = TextStyle()
        self.spacing = LINE
        self._strips: list[Image.Image] = []
        self._line: list[Image.Image] = []
        self._used = 0

    def reset(self) -> None:
        """ESC @: style and spacing as at power-up; an unfinished line is dropped."""
        self.style, self.spacing = TextStyle(), LINE
        self._line, self._used = [], 0

    def restyle(self, **changes: Any) -> None:
        """Change some of the style for what follows."""
        self.style = replace(self.style, **changes)

    def character(self, char: str) -> None:
        """One character; a full line is printed before it, as the printer does."""
        cell = _CHINESE if ord(char) > 0xFF else _LATIN
        width = cell * self.style.wide
        if self._used + width > self.paper.dots:
            self.line_feed()
        self._line.append(self._draw(char, cell))
        self._used += width

    def tab(self) -> None:
        """HT: on to the next multiple of eight narrow characters."""
        gap = _TAB - self._used % _TAB
        self._line.append(Image.new("L", (gap, _HEIGHT), 255))
        self._used += gap

    def line_feed(self) -> None:
        """Print the line, or feed one empty one."""
        tallest = max((glyph.height for glyph in self._line), default=0)
        strip = self._blank(max(self.spacing, tallest))
        x = (self.paper.dots - self._used) * self.style.align // 2
        for glyph in self._line:
            strip.paste(glyph, (x, tallest - glyph.height))
            x += glyph.width
        self._strips.append(strip)
        self._line, self._used = [], 0

    def feed(self, dots: int) -> None:
        """Print what is in the line and move the paper."""
        if self._line:
            self.line_feed()
        if dots:
            self._strips.append(self._blank(dots))

    def raster(self, width_bytes: int, rows: int, data: bytes, x_scale: int, y_scale: int) -> None:
        """GS v 0. Raises PaperError for a picture wider than the paper."""
        width = width_bytes * 8
        if width * x_scale > self.paper.dots:
            raise PaperError(f"a picture of {width * x_scale} dots on {self.paper.dots} dots")
        ink = Image.frombytes("1", (width, rows), data).convert("L")
        picture = ImageOps.invert(ink).resize((width * x_scale, rows * y_scale))
        self._place(picture)

    def code(self, data: str, module: int, level: int) -> None:
        """A QR code with its quiet zone left to the surroundings."""
        maker = qrcode.QRCode(error_correction=level, box_size=module, border=0)
        maker.add_data(data)
        maker.make(fit=True)
        picture = maker.make_image().convert("L")
        if picture.width > self.paper.dots:
            raise PaperError(f"a code of {picture.width} dots on {self.paper.dots} dots")
        self._place(picture)

    def cut(self) -> Image.Image:
        """Cut here: everything since the last cut as a 1-bit picture."""
        self.feed(0)
        height = sum(strip.height for strip in self._strips)
        sheet = Image.new("L", (self.paper.dots, max(height, 1)), 255)
        y = 0
        for strip in self._strips:
            sheet.paste(strip, (0, y))
            y += strip.height
        self._strips = []
        return sheet.convert("1", dither=Image.Dither.NONE)

    def _place(self, picture: Image.Image) -> None:
        self.feed(0)
        strip = self._blank(picture.height)
        strip.paste(picture, ((self.paper.dots - picture.width) * self.style.align // 2, 0))
        self._strips.append(strip)

    def _draw(self, char: str, cell: int) -> Image.Image:
        back, ink = (0, 255) if self.style.white_on_black else (255, 0)
        picture = Image.new("L", (cell, _HEIGHT), back)
        pen = ImageDraw.Draw(picture)
        pen.text(
            (0, 21), char, font=bold(_HEIGHT if cell == _CHINESE else 20), fill=ink, anchor="ls"
        )
        if self.style.underline:
            pen.line((0, _HEIGHT - 1, cell, _HEIGHT - 1), fill=ink)
        return picture.resize((cell * self.style.wide, _HEIGHT * self.style.high))

    def _blank(self, height: int) -> Image.Image:
        return Image.new("L", (self.paper.dots, height), 255)
