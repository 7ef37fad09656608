"""Text is as wide as the table says, and breaks where a reader would break it."""

import string
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from printers.fonts import bold
from printers.metrics import advance, width, wrap

CHINESE = "社会保障卡申领登记变更注销（新参保）与、，。 0123ABC一二三"


@pytest.mark.parametrize("char", [*string.printable[:95], "–", "号", "，", "◇", "□"])
def test_the_table_agrees_with_the_font(char: str) -> None:
    assert bold(1000).getlength(char) == pytest.approx(advance(char) * 1000, abs=1)


@given(st.text(alphabet=CHINESE, min_size=1, max_size=80), st.integers(60, 560))
def test_no_line_is_wider_than_the_room_and_no_character_is_lost(text: str, room: int) -> None:
    lines = wrap(text, 40, room)
    assert all(width(line, 40) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.text(alphabet="社会保障卡新办领，。）", min_size=1, max_size=30))
def test_no_line_starts_with_closing_punctuation(text: str) -> None:
    assume(not any(a in "，。）" and b in "，。）" for a, b in pairwise(text)))
    assert all(line[0] not in "，。）" for line in wrap(text, 40, 400)[1:])


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("社会保障卡申领", 544, ("社会保障卡申领",)),
        ("户口登记（新生儿出生登记）", 400, ("户口登记", "（新生儿出生登记）")),
        ("城乡居民基本养老保险参保登记", 368, ("城乡居民基本", "养老保险参保登记")),
        ("不动产转移登记、抵押权登记", 320, ("不动产转移登记、", "抵押权登记")),
        ("办理 ETC 业务", 200, ("办理", "ETC 业务")),
    ],
)
def test_names_break_at_sense(text: str, room: int, lines: tuple[str, ...]) -> None:
    assert wrap(text, 40, room) == lines


def test_a_number_keeps_its_measure_word() -> None:
    for room in range(120, 400, 8):
        for line in wrap("叫号后 60 秒未到算过号", 27, room):
            assert not line.endswith("60")


def test_a_latin_word_too_long_for_the_line_is_cut_rather_than_lost() -> None:
    assert "".join(wrap("W" * 80, 40, 368)) == "W" * 80


def test_room_for_less_than_one_character_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        wrap("号", 40, 39)
