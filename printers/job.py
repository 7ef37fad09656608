"""The bytes of one job: pictures, a code, feed and cut. Built before anything is sent, so that a
failure here never leaves half a ticket."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from escpos.printer import Dummy
from PIL import Image, ImageOps

from printers.page import Page
from printers.paper import Paper, Qr

# The zeros end a status query that was torn off before this job.
_INIT = b"\0\0\0\x1b@"
# Feed six lines past the blade, full cut. Not the library's cut(): it sends nothing at all when
# the profile knows no cutter, and a model without a blade ignores the command anyway.
_CUT = b"\x1bd\x06\x1dV\x00"
_PROFILES = {Paper.MM80: "TM-T20II", Paper.MM58: "POS-5890"}

# Rows in one GS v 0. Short, so that what a printer still waits for after a torn job is little.
FRAGMENT = 128
_GAP = 12  # so many white rows are worth a command of their own
_HEADER = 8


def encode(page: Page, paper: Paper) -> bytes:
    """The whole job: initialise, picture, feed, cut.

    Raises escpos Error or ValueError when the picture does not fit the paper.
    """
    job = Dummy(profile=_PROFILES[paper])
    job._raw(_INIT)
    for part in _parts(page, paper):
        if isinstance(part, Qr):
            job._raw(_native(part))
        else:
            job.image(part, impl="bitImageRaster", fragment_height=FRAGMENT)
    job._raw(_CUT)
    return bytes(job.output)


def unstick(paper: Paper) -> bytes:
    """What brings a printer back that may still wait for the rest of a torn job.

    Zeros fill a picture that was cut off, and mean nothing outside of one.
    """
    return bytes(FRAGMENT * paper.dots // 8 + _HEADER) + _INIT


def recovery(paper: Paper) -> bytes:
    """`unstick`, and the scrap is cut away: nobody gets half of a ticket on top of his own."""
    return unstick(paper) + _CUT


def _parts(page: Page, paper: Paper) -> Iterator[Image.Image | Qr]:
    image, code = page.image, page.code
    if image.width > paper.dots:
        raise ValueError(f"the picture is {image.width} dots wide, the paper {paper.dots}")
    black = ImageOps.invert(image.convert("L")).convert("1", dither=Image.Dither.NONE)
    if code is None:
        yield from _stripes(black)
        return
    yield from _stripes(black.crop((0, 0, black.width, code.y)))
    yield code
    yield from _stripes(black.crop((0, code.y + code.side, black.width, black.height)))


def _stripes(black: Image.Image) -> Iterator[Image.Image]:
    """The picture in stripes, each as wide as its ink: white paper is not worth its bytes."""
    for top, bottom in pairwise(_edges(black)):
        stripe = black.crop((0, top, black.width, bottom))
        ink = stripe.getbbox()
        width = 8 if ink is None else min(-(-ink[2] // 8) * 8, black.width)
        inked = _without_commands(stripe.crop((0, 0, width, stripe.height)))
        yield ImageOps.invert(inked.convert("L")).convert("1", dither=Image.Dither.NONE)


def _edges(black: Image.Image) -> list[int]:
    """The rows where a wide white gap begins or ends, with the first and the last row."""
    data, stride = black.tobytes(), -(-black.width // 8)
    edges = {0, black.height}
    inked = [any(data[start : start + stride]) for start in range(0, len(data), stride)]
    for is_inked, group in groupby(range(black.height), inked.__getitem__):
        rows = list(group)
        if not is_inked and len(rows) >= _GAP:
            edges |= {rows[0], rows[-1] + 1}
    return sorted(edges)


def _native(code: Qr) -> bytes:
    """GS ( k: model 2, module size, level M, data, print; centred."""
    data = code.data.encode("ascii")
    store = (len(data) + 3).to_bytes(2, "little") + b"1P0" + data
    return (
        b"\x1ba\x01"
        b"\x1d(k\x04\x001A2\x00"
        b"\x1d(k\x03\x001C" + bytes((code.module,)) + b"\x1d(k\x03\x001E1"
        b"\x1d(k" + store + b"\x1d(k\x03\x001Q0"
        b"\x1ba\x00"
    )


def _without_commands(black: Image.Image) -> Image.Image:
    """Remove byte pairs that a printer obeys even inside a picture, by one more black dot.

    DLE EOT, ENQ and DC4 act at once wherever they stand: a picture that happened to hold
    10 04 01 would be answered with a status byte, and spoil the proof.
    """
    data = re.sub(rb"\x10(?=[\x04\x05\x14])", b"\x18", black.tobytes())
    return Image.frombytes("1", black.size, data)
