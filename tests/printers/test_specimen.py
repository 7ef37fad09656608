"""The page that tries a printer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from printers.paper import Paper
from printers.specimen import layout_specimen, specimen
from tests.printers.eyes import read_line
from tests.printers.test_reading import line_of

NOW = datetime(2026, 3, 17, 9, 30, 5)


@pytest.mark.parametrize("paper", list(Paper))
def test_its_frame_stands_at_the_very_edges_of_the_paper(paper: Paper) -> None:
    picture = specimen(paper, "1 号取号机", NOW).image
    assert picture.width == paper.dots
    middle = picture.height // 2
    assert [picture.getpixel((x, middle)) for x in (0, paper.dots - 1)] == [0, 0]


@pytest.mark.parametrize("paper", list(Paper))
def test_whoever_reads_it_sees_that_it_is_no_ticket(paper: Paper, tmp_path: Path) -> None:
    picture = specimen(paper, "1 号取号机", NOW).image
    plan = layout_specimen(paper, "1 号取号机", NOW)
    assert read_line(line_of(picture, plan, "打印测试"), tmp_path) == "打印测试"
    assert "这不是号票" in read_line(line_of(picture, plan, "这不是号票"), tmp_path)
