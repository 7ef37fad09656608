"""docs/requirements.md is true: what it names is there, and each test carries its number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
TABLE = (REPOSITORY / "docs" / "requirements.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| FR-(\d\d) \|[^|]*\|([^|]*)\|([^|]*)\|$", TABLE, re.MULTILINE)


def paths(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_table_has_a_row_for_every_rule_of_a_hall() -> None:
    taking = {4, 5, *range(8, 17), 20, 21, 22, 24}
    priority, calling = set(range(25, 31)), {*range(31, 42), 44, 45}
    assert {int(number) for number, *_ in ROWS} >= taking | priority | calling


@pytest.mark.parametrize(("number", "lives", "tests"), ROWS, ids=[row[0] for row in ROWS])
def test_what_a_row_names_is_there_and_carries_its_number(
    number: str, lives: str, tests: str
) -> None:
    folder = REPOSITORY
    for path in paths(lives):
        # A second file of a cell may be named as its neighbour's sibling.
        file = REPOSITORY / path if (REPOSITORY / path).exists() else folder / path
        assert file.exists(), path
        folder = file.parent
    for path in paths(tests):
        text = (REPOSITORY / "tests" / path).read_text(encoding="utf-8")
        assert re.search(rf"(?:FR-|fr_){number}", text), path
