"""The position index finds every key that tomllib finds, on the line where it is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.positions import Path, Positions

DECOYS = ("", "", "  # = [x] {y} \"z\" 'w'", '  # """', "  # '''")
KEYS = st.sampled_from(
    ["a", "b-1", "_c", "9", '"d.e"', "'f]['", '"g\\u0041\\""', "h.i", 'j . "k="']
)
STRINGS = st.sampled_from(
    [
        '"{}"',
        "'{}'",
        '"{} \\" ] # = {{"',
        "'{} \\'",
        '"""{}\n\n[x]\ny = 1\n"" \\""""""',
        "'''{}\n'z''''",
    ]
)
SCALARS = st.one_of(STRINGS, st.sampled_from(["{}", "-{}", "{}.5e3", "0x{}", "{}_0"]))


@dataclass
class Writer:
    """Writes a random document; every scalar holds a number that stands nowhere else."""

    draw: st.DrawFn
    lines: list[str] = field(default_factory=list)
    marker: int = 1000

    def document(self) -> str:
        self.body()
        for n in range(self.draw(st.integers(0, 5))):
            self.section(f"t{n}")
        return "\n".join(self.lines) + self.draw(st.sampled_from(["", "\n", "\n\n# end"]))

    def section(self, name: str) -> None:
        if self.draw(st.booleans()):
            self.header(f"[ {name} . deep ]")
            self.header(f"[{name}]")
            return
        for _ in range(self.draw(st.integers(1, 3))):
            self.header(f"[[{name}]]")
            for inner in self.draw(st.sampled_from([[], ["[{}.x]"], ["[[{}.y]]", '[[{}."y"]]']])):
                self.header(inner.format(name))

    def header(self, text: str) -> None:
        self.lines.append(self.draw(st.sampled_from(["", "\n", "  "])) + text + self.decoy())
        self.body()

    def body(self) -> None:
        for key in self.draw(st.lists(KEYS, unique=True, max_size=4)):
            space = self.draw(st.sampled_from(["", " ", "\t"]))
            self.lines.append(f"{space}{key}{space}={space}{self.value(2)}{self.decoy()}")

    def value(self, depth: int) -> str:
        kind = self.draw(st.sampled_from(["scalar", "array", "table"] if depth else ["scalar"]))
        if kind == "scalar":
            self.marker += 1
            return self.draw(SCALARS).format(self.marker)
        values = [self.value(depth - 1) for _ in range(self.draw(st.integers(0, 3)))]
        if kind == "table":
            one_line = (v for v in values if "\n" not in v)
            return "{ " + ", ".join(f"k{n} = {v}" for n, v in enumerate(one_line)) + " }"
        gap = self.draw(st.sampled_from(["", " ", f"\n{self.decoy()}\n  "]))
        comma = self.draw(st.sampled_from(["", ","])) if values else ""
        return "[" + ",".join(gap + v for v in values) + comma + gap + "]"

    def decoy(self) -> str:
        return self.draw(st.sampled_from(DECOYS))


@st.composite
def documents(draw: st.DrawFn) -> str:
    return Writer(draw).document()


def walk(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*path, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from walk(inner, (*path, n))


def marker_of(value: object) -> str | None:
    """The number a scalar was written with, as it stands in the text."""
    if isinstance(value, dict | list):
        return None
    if isinstance(value, str):
        return value[:4]
    if isinstance(value, float):
        return str(int(value / 1000))
    number = abs(int(str(value)))
    return None if not 1000 <= number < 2000 else str(number)


@settings(max_examples=60)
@given(documents())
def test_it_knows_exactly_the_paths_that_tomllib_finds(text: str) -> None:
    found = {path for path, _ in walk(tomllib.loads(text))}
    assert Positions(text).paths() == found


@settings(max_examples=60)
@given(documents())
def test_every_scalar_stands_on_the_line_it_is_said_to(text: str) -> None:
    positions, lines = Positions(text), text.split("\n")
    for path, value in walk(tomllib.loads(text)):
        if marker := marker_of(value):
            assert marker in lines[positions.line(path) - 1], (path, marker)


@settings(max_examples=60)
@given(documents())
def test_windows_line_ends_change_nothing(text: str) -> None:
    unix, windows = Positions(text), Positions(text.replace("\n", "\r\n"))
    assert {p: unix.line(p) for p in unix.paths()} == {p: windows.line(p) for p in windows.paths()}


TEXT = '''\
top = 1
[a]
x = [
    # the first
    "one", "two",
    "three",
]
inline = { y = 1, z = { deep = 2 } }
text = """
[not.a.table]
"""
[[row]]
id = 1
[row.sub]
k = 1
[[row]]
id = 2
[[row.cell]]
[[row.cell]]
v = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 1),
        (("a",), 2),
        (("a", "x"), 3),
        (("a", "x", 1), 5),
        (("a", "x", 2), 6),
        (("a", "inline", "z", "deep"), 8),
        (("a", "text"), 9),
        (("row", 0), 12),
        (("row", 0, "sub", "k"), 15),
        (("row", 1), 16),
        (("row", 1, "id"), 17),
        (("row", 1, "cell", 1), 19),
        (("row", 1, "cell", 1, "v"), 20),
    ],
)
def test_a_path_has_its_line(path: Path, line: int) -> None:
    assert Positions(TEXT).line(path) == line


def test_what_is_not_written_has_the_line_of_the_table_it_belongs_to() -> None:
    positions = Positions(TEXT)
    assert positions.line(("row", 1, "missing")) == 16
    assert positions.line(("a", "x", 9)) == 3
    assert positions.line(("nowhere", "at all")) == 1
