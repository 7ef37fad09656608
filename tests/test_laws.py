"""docs/laws.md is true: every test that proves a law, or the absence of a fault, is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
LAWS, FAULTS = (
    (TESTS.parent / "docs" / "laws.md").read_text(encoding="utf-8").split("## Faults of the field")
)
LAW_ROWS = re.findall(r"^\| (\d+)? ?[^|]*\|([^|]*)\|[^|]*\|([^|]*)\|$", LAWS, re.MULTILINE)[2:]
FAULT_ROWS = re.findall(r"^\| (\d+) [^|]*\|([^|]*)\|$", FAULTS, re.MULTILINE)


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def proofs_in(file: Path) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, functions) and node.name.startswith("test_")
    )


@cache
def known() -> frozenset[str]:
    return frozenset().union(*(proofs_in(file) for file in TESTS.rglob("test_*.py")))


def test_the_tables_have_all_ten_laws_and_all_sixteen_faults() -> None:
    assert [int(number) for number, *_ in LAW_ROWS if number] == list(range(1, 11))
    assert [int(number) for number, _ in FAULT_ROWS] == list(range(1, 17))


@pytest.mark.parametrize("cell", [tests for number, tests, _ in LAW_ROWS if number])
def test_the_files_that_prove_a_law_hold_tests(cell: str) -> None:
    assert named(cell)
    for path in named(cell):
        # A second file of a cell may be named as its neighbour's sibling, or by its name alone.
        [file] = [TESTS / path] if "/" in path else sorted(TESTS.rglob(path))[:1]
        assert proofs_in(file), path


@pytest.mark.parametrize("cell", [failed for *_, failed in LAW_ROWS])
def test_what_failed_when_a_law_was_broken_is_there(cell: str) -> None:
    for name in named(cell):
        if name.endswith(".py"):
            assert proofs_in(TESTS / name), name
            continue
        begins = re.match(r"test_\w+", name)
        assert begins, name
        assert any(one.startswith(begins[0]) for one in known()), name


@pytest.mark.parametrize(("number", "cell"), FAULT_ROWS, ids=[row[0] for row in FAULT_ROWS])
def test_the_tests_that_know_a_fault_are_there(number: str, cell: str) -> None:
    assert named(cell)
    for name in named(cell):
        path, _, test = name.partition("::")
        assert test in proofs_in(TESTS / path), name
