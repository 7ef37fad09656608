"""One picture ready for a printer, and perhaps a code that the printer draws itself."""

from dataclasses import dataclass

from PIL import Image

from printers.paper import DOTS_PER_MM, FEED_DOTS, Paper, Qr
from printers.raster import paint
from printers.slips import Slip, layout_of


@dataclass(frozen=True, slots=True)
class Page:
    """A 1-bit picture as wide as the paper.

    `code`: a QR code that the printer is to draw, centred, where the picture left room for it.
    """

    image: Image.Image
    code: Qr | None = None

    @property
    def mm(self) -> int:
        """Length of paper it takes, with the feed to the blade, rounded up."""
        return -(-(self.image.height + FEED_DOTS) // DOTS_PER_MM)


def compose(slip: Slip, paper: Paper, *, native_qr: bool = False) -> Page:
    """Lay out and paint a slip. Raises SlipError, FontMissing.

    `native_qr`: the printer draws the code in its own way; the rest stays a picture.
    """
    plan = layout_of(slip, paper, code_alone=native_qr)
    codes = (element for element in plan.elements if isinstance(element, Qr) and element.alone)
    code = next(codes, None)
    return Page(paint(plan, without=code), code)
