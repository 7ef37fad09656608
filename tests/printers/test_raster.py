"""The picture that the printer gets: high enough, readable for a machine, as designed."""

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from printers import fonts
from printers.fonts import FontMissing
from printers.page import compose
from printers.raster import paint, render
from printers.ticket import Paper, Text, layout
from tests.printers.golden_images import KEPT, difference, path_of
from tests.printers.samples import BOOKING, PAPERS, slip
from tests.printers.zbar import read_codes

papers = pytest.mark.parametrize("paper", list(Paper))


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageOps.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


@papers
@pytest.mark.parametrize("digits", ["055", "111", "777", "428"])
@pytest.mark.parametrize("letter", ["R", "W", "M", "I"])
def test_the_digits_are_15_mm_high_on_paper(paper: Paper, letter: str, digits: str) -> None:
    facts = slip(number=letter + digits)
    number = next(e for e in layout(facts, paper).elements if isinstance(e, Text) and e.size > 100)
    top, bottom = number.baseline - round(number.size), number.baseline + round(number.size * 0.2)
    band = render(facts, paper).crop((0, top + 20, paper.dots, bottom))
    assert ink(band)[3] - ink(band)[1] >= 15 * 8


@papers
def test_the_picture_is_black_and_white_and_as_wide_as_the_paper(paper: Paper) -> None:
    picture = render(slip(), paper)
    assert picture.mode == "1"
    assert picture.width == paper.dots


@pytest.mark.parametrize(("kind", "paper"), KEPT)
def test_a_ticket_looks_as_it_was_approved(kind: str, paper: Paper) -> None:
    with Image.open(path_of(kind, paper)) as stored:
        assert difference(compose(PAPERS[kind], paper).image, stored) == ""


def test_the_comparison_notices_a_changed_digit() -> None:
    with Image.open(path_of("ordinary", Paper.MM80)) as stored:
        assert difference(render(slip(number="R056"), Paper.MM80), stored) != ""
        assert difference(render(slip(short_code="7K3M-2R"), Paper.MM80), stored) != ""


@papers
@pytest.mark.parametrize("length", [1, 20, 60, 97])
def test_another_program_reads_the_qr_code(paper: Paper, length: int, tmp_path: Path) -> None:
    url = "https://hall.example/t/" + (string.ascii_letters * 2)[:length]
    assert read_codes(render(slip(progress_url=url), paper), tmp_path) == [url]


@papers
def test_another_program_reads_the_code_of_a_booking(paper: Paper, tmp_path: Path) -> None:
    assert read_codes(compose(BOOKING, paper).image, tmp_path) == ["7K3M2Q"]


def test_without_a_url_there_is_no_code(tmp_path: Path) -> None:
    assert read_codes(render(slip(progress_url=None), Paper.MM80), tmp_path) == []


@papers
@settings(max_examples=30)
@given(
    name=st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Nd", "Zl", "Zp")),
        min_size=1,
        max_size=30,
    ).filter(str.strip)
)
def test_any_name_is_painted_within_the_paper(paper: Paper, name: str) -> None:
    plan = layout(slip(items=(name,)), paper)
    assert paint(plan).size == (paper.dots, plan.height)


def test_a_glyph_wider_than_its_cell_becomes_a_box() -> None:
    assert render(slip(items=("甲⸺乙",)), Paper.MM80).tobytes() == (
        render(slip(items=("甲□乙",)), Paper.MM80).tobytes()
    )


def test_without_the_font_the_error_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_KNOWN", ())
    monkeypatch.setenv("PATH", "")
    fonts.bold_font_path.cache_clear()
    try:
        with pytest.raises(FontMissing, match="apt-get install fonts-noto-cjk"):
            fonts.bold_font_path()
    finally:
        fonts.bold_font_path.cache_clear()


def test_fontconfig_finds_the_font_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_KNOWN", ())
    fonts.bold_font_path.cache_clear()
    try:
        assert "NotoSansCJK" in fonts.bold_font_path().name
    finally:
        fonts.bold_font_path.cache_clear()


def test_painting_many_sizes_holds_few_of_them_open() -> None:
    for size in range(20, 90):
        fonts.bold(size).getmask("办")
    mapped = fonts.bold_font_path().name
    held = sum(mapped in line for line in Path("/proc/self/maps").read_text("ascii").splitlines())
    assert held <= 2, "each maps the file anew"
