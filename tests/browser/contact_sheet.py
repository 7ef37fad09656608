"""Contact sheets for the documents: pictures of pages, small, side by side, with their names."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page

WIDE = 1800
EDGE, LABEL = 8, 16
PAPER, INK = "#FFFFFF", "#1A1A1A"


def shot(page: Page) -> Image.Image:
    """The page as it stands, at its real size."""
    with Image.open(BytesIO(page.screenshot())) as picture:
        return picture.convert("RGB")


def laid_out(
    pictures: Iterable[tuple[str, Image.Image]], count: int, shape: tuple[int, int], columns: int
) -> Image.Image:
    """`count` pictures of one `shape` (width, height) with their names, `columns` side by side."""
    small = (WIDE - EDGE) // columns - EDGE
    tall = round(small * shape[1] / shape[0])
    rows = -(-count // columns)
    whole = Image.new("RGB", (WIDE, rows * (tall + LABEL + EDGE) + EDGE), PAPER)
    pen = ImageDraw.Draw(whole)
    for n, (name, picture) in enumerate(pictures):
        x = EDGE + (n % columns) * (small + EDGE)
        y = EDGE + (n // columns) * (tall + LABEL + EDGE)
        pen.text((x, y), name, fill=INK)
        whole.paste(picture.resize((small, tall), Image.Resampling.LANCZOS), (x, y + LABEL))
    return whole


def save(sheet: Image.Image, path: Path, quality: int) -> None:
    """Keep it small, and say how small."""
    sheet.save(path, quality=quality, optimize=True, progressive=True)
    print(f"{path.name}: {path.stat().st_size // 1024} KiB")
