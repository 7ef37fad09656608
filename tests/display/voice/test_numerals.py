"""Numbers are said as people in a hall say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.voice.numerals import (
    DIGITS,
    digits_of,
    english_digits_of,
    english_number_of,
    number_of,
)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1, "一"),
        (2, "二"),
        (5, "五"),
        (10, "十"),
        (11, "十一"),
        (12, "十二"),
        (20, "二十"),
        (22, "二十二"),
        (25, "二十五"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (120, "一百二十"),
        (205, "二百零五"),
        (999, "九百九十九"),
    ],
)
def test_a_window_is_said_as_an_ordinary_number(value: int, said: str) -> None:
    assert "".join(number_of(value)) == said


@pytest.mark.parametrize(
    ("digits", "yao", "yi"),
    [("023", "零二三", "零二三"), ("101", "幺零幺", "一零一"), ("0777", "零七七七", "零七七七")],
)
def test_a_ticket_is_said_digit_by_digit(digits: str, yao: str, yi: str) -> None:
    assert "".join(digits_of(digits)) == yao
    assert "".join(digits_of(digits, "yi")) == yi


@given(st.integers(1, 999))
def test_what_is_said_of_a_window_can_be_counted_back(value: int) -> None:
    said = "".join(number_of(value))
    hundreds, _, rest = said.rpartition("百")
    tens, ten, units = rest.rpartition("十")
    total = 100 * (DIGITS.index(hundreds) if hundreds else 0)
    total += 10 * (DIGITS.index(tens) if tens else 1) if ten else 0
    total += DIGITS.index(units.removeprefix("零")) if units else 0
    assert total == value


@given(st.integers(1, 999))
def test_neither_yao_nor_liang_is_ever_said_of_a_window(value: int) -> None:
    assert not {"幺", "两"} & set("".join(number_of(value)))


@given(st.text(alphabet="0123456789", min_size=1, max_size=6))
def test_every_digit_of_a_ticket_is_said_once_and_in_order(digits: str) -> None:
    said = digits_of(digits)
    assert "".join(str(DIGITS.index(word.replace("幺", "一"))) for word in said) == digits
    assert len(english_digits_of(digits)) == len(digits)


@pytest.mark.parametrize(
    ("value", "said"),
    [(5, "five"), (12, "twelve"), (20, "twenty"), (25, "twenty five"), (105, "one hundred five")],
)
def test_english_numbers(value: int, said: str) -> None:
    assert " ".join(english_number_of(value)) == said


@pytest.mark.parametrize("wrong", ["", "A1", "１２", "-1", "1.5"])
def test_what_is_no_number_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        digits_of(wrong)


@pytest.mark.parametrize("wrong", [0, -3, 1000])
def test_a_window_that_cannot_be_is_refused(wrong: int) -> None:
    for say in (number_of, english_number_of):
        with pytest.raises(ValueError, match="not a number"):
            say(wrong)
