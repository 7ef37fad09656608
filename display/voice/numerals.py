"""Numbers as they are spoken in a Chinese hall.  PURE.

A ticket's digits are said one by one, and its 1 is 幺 (yāo) as on the telephone, so that it is
not taken for 七; a window's number is an ordinary one, 12 十二 and 25 二十五, never 幺二, never 两.
"""

from __future__ import annotations

from typing import Literal

One = Literal["yao", "yi"]
"""How the 1 of a ticket number is said."""

DIGITS = "零一二三四五六七八九"
YAO = "幺"
LARGEST = 999


def digits_of(number: str, one: One = "yao") -> tuple[str, ...]:
    """The characters that are said for a run of digits: ``"021"`` → 零 二 幺.

    Raises `ValueError` for anything but the digits 0 to 9.
    """
    if not (number.isascii() and number.isdigit()):
        raise ValueError(f"not a run of digits: {number!r}")
    said = (DIGITS[int(digit)] for digit in number)
    return tuple(YAO if one == "yao" and word == "一" else word for word in said)


def number_of(value: int) -> tuple[str, ...]:
    """The words of an ordinary number from 1 to 999: 12 → 十 二, 25 → 二十 五, 105 → 一 百 零 五.

    Tens are words of their own (二十), as a recording says them best.
    """
    if not 1 <= value <= LARGEST:
        raise ValueError(f"not a number from 1 to {LARGEST}: {value}")
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    said: list[str] = [DIGITS[hundreds], "百"] if hundreds else []
    if hundreds and not tens and units:
        said.append("零")
    if tens:
        said.append(tens_word(tens, after_hundred=bool(hundreds)))
    if units:
        said.append(DIGITS[units])
    return tuple(said)


def tens_word(tens: int, after_hundred: bool = False) -> str:
    """十 for ten alone, 一十 after a hundred, else 二十 to 九十."""
    if tens == 1:
        return "一十" if after_hundred else "十"
    return DIGITS[tens] + "十"


ENGLISH_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
ENGLISH_TENS = (
    "",
    "",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)


def english_digits_of(number: str) -> tuple[str, ...]:
    """``"021"`` → zero two one."""
    if not (number.isascii() and number.isdigit()):
        raise ValueError(f"not a run of digits: {number!r}")
    return tuple(ENGLISH_UNITS[int(digit)] for digit in number)


def english_number_of(value: int) -> tuple[str, ...]:
    """12 → twelve, 25 → twenty five, 105 → one hundred five."""
    if not 1 <= value <= LARGEST:
        raise ValueError(f"not a number from 1 to {LARGEST}: {value}")
    hundreds, rest = divmod(value, 100)
    said: list[str] = [ENGLISH_UNITS[hundreds], "hundred"] if hundreds else []
    if rest >= 20:
        tens, rest = divmod(rest, 10)
        said.append(ENGLISH_TENS[tens])
    if rest:
        said.append(ENGLISH_UNITS[rest])
    return tuple(said)
