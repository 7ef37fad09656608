"""The bytes of a job: few, whole, and none that a printer would take for something else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from printers.job import FRAGMENT, encode, recovery
from printers.page import Page, compose
from printers.paper import FEED_DOTS, Paper
from printers.virtual_escpos import Interpreter
from printers.virtual_paper import Roll
from tests.printers.samples import PAPERS, slip
from tests.printers.wires import same_picture
from tests.printers.zbar import read_codes

papers = pytest.mark.parametrize("paper", list(Paper))


def printed(job: bytes, paper: Paper) -> list[Image.Image]:
    """What the virtual paper shows after these bytes, one picture for each cut."""
    cut: list[Image.Image] = []
    Interpreter(Roll(paper), lambda kind, n: None, cut.append).feed(job)
    return cut


def changed_dots(cut: Image.Image, page: Page) -> int:
    sent = page.image.convert("L")
    shown = cut.convert("L").crop((0, 0, sent.width, sent.height))
    return ImageChops.difference(shown, sent).histogram()[255]


@papers
@pytest.mark.parametrize("kind", PAPERS)
def test_every_kind_is_printed_dot_for_dot(paper: Paper, kind: str) -> None:
    page = compose(PAPERS[kind], paper)
    (cut,) = printed(encode(page, paper), paper)
    assert changed_dots(cut, page) <= 3  # a dot more where a picture would hold a command


@papers
def test_white_paper_costs_next_to_nothing(paper: Paper) -> None:
    page = compose(slip(), paper)
    assert len(encode(page, paper)) < 0.62 * page.image.height * paper.dots // 8


@settings(max_examples=150)
@given(
    rows=st.lists(
        st.sampled_from([b"", b"\x10", b"\x04", b"\x10\x04", b"\x00\x10\x14", b"\x05\x10"]),
        min_size=1,
        max_size=200,
    ),
    width=st.sampled_from([1, 2, 9, 72]),
)
def test_no_picture_holds_a_command_and_none_is_bent_by_more_than_a_dot(
    rows: list[bytes], width: int
) -> None:
    data = b"".join((row * width)[:width].ljust(width, b"\0") for row in rows)
    picture = Image.frombytes("1", (width * 8, len(rows)), bytes(255 - byte for byte in data))
    sheet = Image.new("1", (576, len(rows)), 1)
    sheet.paste(picture, (0, 0))
    (cut,) = printed(encode(Page(sheet), Paper.MM80), Paper.MM80)
    black = bytes(255 - byte for byte in cut.crop((0, 0, width * 8, len(rows))).tobytes())
    for shown, sent in zip(black, data, strict=True):
        assert shown in (sent, 0x18 if sent == 0x10 else sent)


@papers
def test_a_picture_that_was_torn_anywhere_is_filled_and_cut_away(paper: Paper) -> None:
    """Including inside a header, and after the last byte."""
    first, second = compose(slip(), paper), compose(slip(number="R056"), paper)
    job = encode(first, paper)
    for torn in {1, 2, 3, 5, 9, 11, 500, 5000, len(job) // 2, len(job) - 1, len(job)}:
        cut = printed(job[:torn] + recovery(paper) + encode(second, paper), paper)
        assert same_picture(cut[-1], second), torn


@papers
@pytest.mark.parametrize("torn", [b"\x10", b"\x10\x04", b"\x10\x10"])
def test_a_status_query_that_was_torn_does_no_harm(paper: Paper, torn: bytes) -> None:
    page = compose(slip(), paper)
    assert same_picture(printed(torn + encode(page, paper), paper)[0], page)


def test_what_a_torn_picture_wants_is_never_more_than_what_fills_it() -> None:
    assert recovery(Paper.MM80).count(0) >= FRAGMENT * 72


@papers
def test_a_page_knows_how_much_paper_it_takes(paper: Paper) -> None:
    page = compose(slip(), paper)
    assert page.mm == -(-(page.image.height + FEED_DOTS) // 8)


# A code that the printer draws itself


@papers
@pytest.mark.parametrize("kind", ["ordinary", "long", "reprint"])
def test_a_printer_may_draw_the_code_itself(paper: Paper, kind: str, tmp_path: Path) -> None:
    page = compose(PAPERS[kind], paper, native_qr=True)
    url = PAPERS[kind].progress_url  # type: ignore[union-attr]
    assert read_codes(page.image, tmp_path) == []
    job = encode(page, paper)
    assert b"\x1d(k" in job
    assert url.encode() in job
    (cut,) = printed(job, paper)
    assert read_codes(cut, tmp_path) == [url]


@papers
@pytest.mark.parametrize("kind", ["no-url", "notice", "booking"])
def test_where_no_code_can_be_drawn_by_the_printer_all_is_a_picture(
    paper: Paper, kind: str
) -> None:
    page = compose(PAPERS[kind], paper, native_qr=True)
    assert page.code is None
    assert changed_dots(printed(encode(page, paper), paper)[0], page) <= 3
