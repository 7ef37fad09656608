"""Paper widths and the elements placed on them. All measures are dots; 203 dpi, 8 dots per mm."""

from dataclasses import dataclass
from enum import Enum

DOTS_PER_MM = 8
# What every job feeds to reach the blade: six lines of 1/6 inch.
FEED_DOTS = 204


class Paper(Enum):
    """Roll width; the value is the printable width in dots."""

    MM80 = 576
    MM58 = 384

    @property
    def dots(self) -> int:
        """Printable width in dots."""
        return self.value


@dataclass(frozen=True, slots=True)
class Box:
    """The rectangle an element occupies: left and top inclusive, right and bottom exclusive."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Text:
    """One line of bold text, starting at `x` on `baseline`.

    `size` is dots per em, `tracking` extra em after each glyph, `squeeze` a horizontal factor
    of at most 1 for a line that must fit, `white` text on a plate.
    """

    text: str
    x: int
    baseline: int
    size: float
    width: float
    tracking: float = 0.0
    squeeze: float = 1.0
    white: bool = False

    @property
    def box(self) -> Box:
        """Advance width by the em square; ink stays inside (Chinese: .88 above, .12 below)."""
        top, bottom = self.baseline - 0.88 * self.size, self.baseline + 0.12 * self.size
        return Box(self.x, top, self.x + self.width, bottom)


@dataclass(frozen=True, slots=True)
class Plate:
    """A black rectangle: a rule when it is thin, a zone plate or a mark with `radius`."""

    x: int
    y: int
    width: int
    height: int
    radius: int = 0

    @property
    def box(self) -> Box:
        """The rectangle itself."""
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code (error correction M) of `version`, each module `module` dots wide.

    `alone`: centred, with nothing beside it, so that a printer may draw it.
    """

    data: str
    x: int
    y: int
    version: int
    module: int
    alone: bool = False

    @property
    def side(self) -> int:
        """Edge length in dots, without the quiet zone."""
        return (17 + 4 * self.version) * self.module

    @property
    def box(self) -> Box:
        """The code without its quiet zone."""
        return Box(self.x, self.y, self.x + self.side, self.y + self.side)


Element = Text | Plate | Qr


@dataclass(frozen=True, slots=True)
class Layout:
    """A finished ticket: where everything is, painted in the order of `elements`."""

    paper: Paper
    height: int
    elements: tuple[Element, ...]
