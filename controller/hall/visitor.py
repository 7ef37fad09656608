"""Who a visitor is, as little as a queue needs to know.

A kiosk learns a name and a number for the length of one visit.  What leaves it
is made here and is never the name or the number itself: a masked name for the
clerk who calls, a keyed hash that recognises the same person again today, and
an age class.  Everything is pure and needs the standard library only.

Sources: GB 11643-1999 (layout of the number), ISO 7064 MOD 11-2 (check digit).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum

from controller.hall.surnames import COMPOUND_SURNAMES

_MAINLAND_BY_REGION = {1: 5, 2: 3, 3: 7, 4: 6, 5: 4, 6: 5}
"""Six regions and how many provinces each has; Tibet (54) comes after 50 to 53."""

MAINLAND = frozenset(
    str(10 * region + number)
    for region, count in _MAINLAND_BY_REGION.items()
    for number in range(0 if region == 5 else 1, count + 1)
)
PERMITS = frozenset({"71", "81", "82", "83"})
"""Taiwan, and the residence permits of Hong Kong (81), Macao (82), Taiwan (83)."""

FOREIGN_RESIDENTS = frozenset(f"9{tens}" for tens in range(1, 9))
"""Permanent residents since 2023: a 9, then the province of issue (11 to 83)."""

PROVINCES: frozenset[str] = MAINLAND | PERMITS | FOREIGN_RESIDENTS
"""First two digits that occur on real documents."""

INVENTED = "99"
"""First two digits of the invented people of tests and demonstrations."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_FIRST_BIRTH = date(1900, 1, 1)
_DOTS = "·•‧・∙⋅"
_LONG_NUMBER = re.compile(r"\d[\d \-]{13,}[\dXx]")


class NumberError(ValueError):
    """An ID number that cannot be right.  The message never repeats the number."""


class NumberShape(NumberError):
    """Not 17 digits and a last digit or X."""


class NumberRegion(NumberError):
    """The first digits name no region."""


class NumberDate(NumberError):
    """The birth date does not exist, or lies in the future or before 1900."""


class NumberCheck(NumberError):
    """The check digit does not fit: one character is wrong or two are swapped."""


class AgeClass(StrEnum):
    """What remains of a birth date; the date itself is dropped."""

    ORDINARY = ""
    SENIOR_60 = "senior60"
    SENIOR_80 = "senior80"


def check_digit(first17: str) -> str:
    """The last character of a number, by ISO 7064 MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def check_number(text: str, *, today: date, provinces: Collection[str] = PROVINCES) -> str:
    """The number in its one written form (trimmed, X upper-cased).

    Raises `NumberShape`, `NumberRegion`, `NumberDate` or `NumberCheck`, in this
    order.  `today` bounds the birth date; `provinces` holds two-digit prefixes.
    """
    number = text.strip().upper()
    if not (number.isascii() and _SHAPE.fullmatch(number)):
        raise NumberShape("身份证号码应为 18 位 (the number has 18 characters)")
    if number[:2] not in provinces:
        raise NumberRegion("号码前 6 位不是有效地区 (no such region)")
    birth = birth_date(number)
    if not _FIRST_BIRTH <= birth <= today:
        raise NumberDate("号码中的出生日期不可能 (impossible birth date)")
    if check_digit(number[:17]) != number[17]:
        raise NumberCheck("号码校验不符，请核对 (the check digit does not fit)")
    return number


def birth_date(number: str) -> date:
    """The birth date inside an 18-character number.  Raises `NumberDate`."""
    return parse_birth(number[6:14])


def parse_birth(digits: str) -> date:
    """A date written YYYYMMDD, as documents carry it.  Raises `NumberDate`."""
    if not (len(digits) == 8 and digits.isascii() and digits.isdigit()):
        raise NumberDate("出生日期应为 8 位数字 (the birth date has 8 digits)")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise NumberDate("号码中的出生日期不存在 (no such date)") from None


def age_on(birth: date, today: date) -> int:
    """Full years; someone born on 29 February comes of age on 1 March."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def age_class(birth: date, today: date) -> AgeClass:
    """The class of a person of this birth date on this hall day."""
    age = age_on(birth, today)
    if age >= 80:
        return AgeClass.SENIOR_80
    return AgeClass.SENIOR_60 if age >= 60 else AgeClass.ORDINARY


def person_key(number: str, daily_key: bytes) -> str:
    """The keyed hash that stands for a person today: HMAC-SHA-256, lower-case hex.

    A plain hash of an ID number can be searched; without the day's secret key
    this one cannot.  Raises ValueError for a key shorter than 16 bytes.
    """
    if len(daily_key) < 16:
        raise ValueError("the daily key must have at least 16 bytes")
    written = number.strip().upper().encode("utf-8")
    return hmac.new(daily_key, written, hashlib.sha256).hexdigest()


def mask_name(name: str) -> str:
    """The name as staff may see it: 张*, 张*三, 欧阳**, J*.

    Two characters keep the first, three and more the first and the last, a
    compound surname stays whole and hides the given name, a name in another
    script keeps its first letter.  A middle dot stays where it is.
    """
    letters = [char for char in name.strip() if not _is_selector(char)]
    if not letters:
        return "*"
    if not all(_is_han(char) or char in _DOTS for char in letters):
        return _mask_foreign(letters)
    return _mask_han(letters)


def hide_long_numbers(text: str) -> str:
    """The text with every run of 15 or more digits hidden, also with blanks or hyphens inside.

    For what somebody else wrote (a client, a library, a driver): it may be the number of a
    document (15 digits until 2013, 18 since), and none may be logged, kept or sent back.
    """
    return _LONG_NUMBER.sub(_hidden, text)


def without_long_numbers(value: object) -> object:
    """The value itself, or its text with long numbers hidden if that holds any."""
    text = str(value)
    hidden = hide_long_numbers(text)
    return value if hidden == text else hidden


def _hidden(found: re.Match[str]) -> str:
    digits = sum(char.isdigit() for char in found.group())
    return "[15+]" if digits >= 15 else found.group()


def _mask_han(letters: list[str]) -> str:
    if len(letters) == 1:
        return "*"
    surname = "".join(letters[:2])
    if len(letters) >= 3 and surname in COMPOUND_SURNAMES:
        return surname + "*" * (len(letters) - 2)
    if len(letters) == 2:
        return letters[0] + "*"
    inner = "".join("·" if char in _DOTS else "*" for char in letters[1:-1])
    if "*" not in inner:  # 阿·提 would stand there in full
        return letters[0] + inner + "*"
    return letters[0] + inner + letters[-1]


def _mask_foreign(letters: list[str]) -> str:
    first = next((char for char in letters if char.isalpha()), "")
    return first.upper() + "*"


def _is_selector(char: str) -> bool:
    """Variation selectors change a glyph and are no character of the name."""
    return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


def _is_han(char: str) -> bool:
    """Han characters, with the planes of rare ones and the private ones on old cards."""
    code = ord(char)
    return (
        0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xE000 <= code <= 0xF8FF
        or 0x20000 <= code <= 0x3FFFF
        or char in "〇々"
    )
