"""The stored pictures of all papers, and how a fresh one is compared with them.

After a wanted change of the design, write them anew and look at every one of them:

    python -m tests.printers.golden_images --write
"""

import argparse
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from printers.page import compose
from printers.ticket import Paper
from tests.printers.samples import PAPERS

FOLDER = Path(__file__).parent / "golden"
KEPT = [(kind, paper) for kind in PAPERS for paper in Paper]
_MOST_CHANGED = 0.003


def path_of(kind: str, paper: Paper) -> Path:
    return FOLDER / f"{kind}-{paper.name.lower()}.png"


def difference(fresh: Image.Image, stored: Image.Image) -> str:
    """Empty when both show the same; edges may differ by a dot, as font versions do."""
    if fresh.size != stored.size:
        return f"size {fresh.size}, stored {stored.size}"
    changed = ImageChops.difference(fresh.convert("L"), stored.convert("L"))
    share = changed.histogram()[255] / (fresh.width * fresh.height)
    if share > _MOST_CHANGED:
        return f"{share:.2%} of the dots differ"
    solid = changed.filter(ImageFilter.MinFilter(3)).getbbox()
    return f"something else is painted at {solid}" if solid else ""


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for kind, paper in KEPT:
        compose(PAPERS[kind], paper).image.save(path_of(kind, paper), optimize=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    write()
