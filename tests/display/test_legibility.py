"""Sizes follow from the panel and the distance people read it from."""

from __future__ import annotations

import re

import pytest

from display.legibility import Panel, Unreadable, px, row_count, sizes
from display.pages import STATIC

#: panel -> (height in px of a number at D/100, rows of it) at 6, 8, 10 and 12 m
TABLE = {
    43: [(121, 4), (161, 3), (202, 3), (242, 2)],
    55: [(95, 6), (126, 4), (158, 3), (189, 3)],
    65: [(80, 7), (107, 5), (133, 4), (160, 3)],
    86: [(61, 9), (81, 7), (101, 5), (121, 4)],
}
LANDSCAPE, PORTRAIT = (1920, 1080), (1080, 1920)
READABLE = [
    (inches, distance, shape)
    for inches in TABLE
    for distance in (3, 4, 6, 8, 10, 12)
    for shape in (LANDSCAPE, PORTRAIT)
]


@pytest.mark.parametrize("inches", TABLE)
def test_the_table_of_panels_and_distances_holds(inches: int) -> None:
    panel = Panel(inches)
    rows = [(round(px(panel, d, 100)), row_count(panel, d)) for d in (6, 8, 10, 12)]
    assert rows == TABLE[inches]


@pytest.mark.parametrize(("inches", "mm_per_px"), [(43, 0.50), (55, 0.63), (65, 0.75), (86, 0.99)])
def test_the_size_of_a_pixel_follows_from_the_diagonal(inches: int, mm_per_px: float) -> None:
    assert Panel(inches).mm_per_px == pytest.approx(mm_per_px, abs=0.005)


def test_a_55_inch_panel_at_8_metres_shows_one_big_call_and_four_rows() -> None:
    assert sizes(Panel(55), 8).rows == 4


@pytest.mark.parametrize(("inches", "distance", "shape"), READABLE)
def test_no_size_is_under_its_floor(inches: int, distance: float, shape: tuple[int, int]) -> None:
    panel = Panel(inches, *shape)
    try:
        found = sizes(panel, distance)
    except Unreadable:
        return
    assert found.call >= px(panel, distance, 60)
    assert found.goto >= px(panel, distance, 60)
    assert found.row >= px(panel, distance, 100)
    assert found.word >= px(panel, distance, 130)
    assert found.aux >= px(panel, distance / 2, 130)
    assert found.pitch >= 1.45 * found.row - 1
    assert found.rows >= 2


def test_the_common_panels_are_readable_where_they_are_hung() -> None:
    for inches, distance in [(43, 6), (55, 6), (55, 8), (65, 8), (86, 8), (86, 12)]:
        for shape in (LANDSCAPE, PORTRAIT):
            assert sizes(Panel(inches, *shape), distance).rows >= 3


@pytest.mark.parametrize(("inches", "distance"), [(43, 8), (55, 12), (32, 8), (65, 20)])
def test_a_panel_too_small_for_the_distance_is_refused_with_a_way_out(
    inches: int, distance: float
) -> None:
    with pytest.raises(Unreadable, match="larger panel or hang it nearer"):
        sizes(Panel(inches), distance)


@pytest.mark.parametrize(("inches", "distance"), [(0, 8), (-5, 8), (55, 0), (float("nan"), 8)])
def test_what_is_no_panel_is_refused(inches: float, distance: float) -> None:
    with pytest.raises(ValueError, match="greater than zero"):
        sizes(Panel(inches), distance)


@pytest.mark.parametrize("shape", [LANDSCAPE, PORTRAIT])
def test_the_style_sheet_holds_the_sizes_for_55_inches_at_8_metres(shape: tuple[int, int]) -> None:
    style = (STATIC / "hall/hall.css").read_text(encoding="utf-8")
    common, portrait = style.split("@media (orientation: portrait)")[:2]
    defaults = dict(re.findall(r"(--[\w-]+):\s*([\d.]+(?:px)?);", common))
    if shape == PORTRAIT:
        defaults |= dict(re.findall(r"(--[\w-]+):\s*([\d.]+(?:px)?);", portrait))
    expected = sizes(Panel(55, *shape), 8).css()
    for name, value in expected.items():
        assert float(defaults[name].removesuffix("px")) == pytest.approx(
            float(value.removesuffix("px")), abs=1e-3
        ), name


def test_the_documentation_tells_the_rows_and_heights_that_are_computed() -> None:
    page = (STATIC.parents[1] / "docs" / "screens.md").read_text(encoding="utf-8")
    for inches in TABLE:
        told = [
            f"{rows_of(inches, distance, LANDSCAPE)} ({rows_of(inches, distance, PORTRAIT)})"
            for distance in (6, 8, 10, 12)
        ]
        assert f'| {inches}" | {" | ".join(told)} |' in page
    found = sizes(Panel(55), 8)
    px_told = (found.call, found.goto, found.row, found.word, found.aux)
    mm_told = [round(one * Panel(55).mm_per_px) for one in px_told]
    assert f"| {' · '.join(map(str, px_told))} | {' · '.join(map(str, mm_told))} |" in page


def rows_of(inches: float, distance: float, shape: tuple[int, int]) -> str:
    """The rows of the list, or a dash where nobody could read it."""
    try:
        return str(sizes(Panel(inches, *shape), distance).rows)
    except Unreadable:
        return "–"
