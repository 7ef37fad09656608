"""The rules for ID numbers (FR-04), masked names and keyed hashes."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.hall.surnames import COMPOUND_SURNAMES
from controller.hall.visitor import (
    INVENTED,
    PROVINCES,
    AgeClass,
    NumberCheck,
    NumberDate,
    NumberRegion,
    NumberShape,
    age_class,
    birth_date,
    check_digit,
    check_number,
    mask_name,
    person_key,
)

TODAY = date(2026, 3, 17)
WITH_INVENTED = PROVINCES | {INVENTED}


def number(birth: str, sequence: int = 1, area: str = "999901") -> str:
    """A number of nobody with the right check digit."""
    first17 = f"{area}{birth}{sequence:03d}"
    return first17 + check_digit(first17)


def ending_in_x(birth: str) -> str:
    return next(n for s in range(1000) if (n := number(birth, s)).endswith("X"))


def wrong_last(text: str) -> str:
    return text[:-1] + ("1" if text[-1] != "1" else "2")


def swapped(text: str, at: int) -> str:
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


GOOD = {
    "an adult": number("19900307"),
    "the youngest": number("20260317"),
    "born in 1900": number("19000101"),
    "a leap day": number("20000229"),
    "the last day of a year": number("19991231"),
    "an even sequence": number("19850615", 2),
    "the highest sequence": number("19850615", 999),
    "an X": ending_in_x("19700707"),
    "a small x": ending_in_x("19700707").lower(),
    "blanks around it": f"  {number('19900307')}\n",
    "eighty years old": number("19460317"),
    "a hundred years old": number("19260317"),
}

BAD = {
    "nothing": ("", NumberShape),
    "17 characters": (number("19900307")[:-1], NumberShape),
    "19 characters": (number("19900307") + "1", NumberShape),
    "15 digits, as before 1999": (number("19900307")[:15], NumberShape),
    "a letter inside": (number("19900307")[:5] + "A" + number("19900307")[6:], NumberShape),
    "an X inside": (number("19900307")[:16] + "X1", NumberShape),
    "full-width digits": ("９" * 18, NumberShape),
    "a blank inside": (number("19900307")[:9] + " " + number("19900307")[10:], NumberShape),
    "a region that does not exist": (number("19900307", area="009901"), NumberRegion),
    "another such region": (number("19900307", area="169901"), NumberRegion),
    "a foreigner of no province": (number("19900307", area="909901"), NumberRegion),
    "a day that does not exist": (number("19900230"), NumberDate),
    "a leap day in 1900": (number("19000229"), NumberDate),
    "month 13": (number("19901301"), NumberDate),
    "month 0": (number("19900001"), NumberDate),
    "born tomorrow": (number("20260318"), NumberDate),
    "born before 1900": (number("18991231"), NumberDate),
    "a wrong check digit": (wrong_last(number("19900307")), NumberCheck),
    "two digits swapped": (swapped(number("19900317", 12), 15), NumberCheck),
    "an X that should be a digit": (number("19900307")[:-1] + "X", NumberCheck),
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_a_good_number_is_written_in_one_form(text: str) -> None:
    assert check_number(text, today=TODAY, provinces=WITH_INVENTED) == text.strip().upper()


@pytest.mark.parametrize(("text", "error"), BAD.values(), ids=BAD.keys())
def test_a_bad_number_says_what_is_wrong_and_not_the_number(
    text: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        check_number(text, today=TODAY, provinces=WITH_INVENTED)
    assert not text or text not in str(raised.value)


def test_the_table_has_at_least_thirty_numbers() -> None:
    assert len(GOOD) + len(BAD) >= 30


def test_invented_people_are_refused_where_nobody_allows_them() -> None:
    with pytest.raises(NumberRegion):
        check_number(number("19900307"), today=TODAY)


@given(
    st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9)
)
def test_one_wrong_digit_is_always_noticed(birth: date, seq: int, at: int, by: int) -> None:
    right = number(f"{birth:%Y%m%d}", seq)
    wrong = right[:at] + str((int(right[at]) + by) % 10) + right[at + 1 :]
    assert check_digit(wrong[:17]) != wrong[17]


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_the_birth_date_is_read_back(birth: date, sequence: int) -> None:
    assert birth_date(number(f"{birth:%Y%m%d}", sequence)) == birth


MASKS = {
    "张三": "张*",
    "张小三": "张*三",
    "张小小三": "张**三",
    "欧阳": "欧*",
    "欧阳明": "欧阳*",
    "欧阳小明": "欧阳**",
    "上官小小明": "上官***",
    " 张小三 ": "张*三",
    "阿依古丽·买买提": "阿***·**提",
    "阿依古丽•买买提": "阿***·**提",
    "䶮三": "䶮*",
    "张小\U00030edd": "张*\U00030edd",
    "\U00030edd三": "\U00030edd*",
    "葛\U000e0100小三": "葛*三",
    "张": "*",
    "": "*",
    "John Smith": "J*",
    "smith": "S*",
    "Ольга": "О*",
    "'Ofa": "O*",
    "123": "*",
    "张A": "张*",
}


@pytest.mark.parametrize(("name", "masked"), MASKS.items())
def test_names_are_masked_as_the_hall_writes_them(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=15))
def test_a_masked_name_never_is_the_name(name: str) -> None:
    masked = mask_name(name)
    assert masked != name
    assert len(masked) == len(name)
    assert "*" in masked


def test_about_eighty_compound_surnames_are_known() -> None:
    assert len(COMPOUND_SURNAMES) >= 80
    assert all(len(surname) == 2 for surname in COMPOUND_SURNAMES)


def test_a_person_has_one_key_a_day_and_another_the_next() -> None:
    monday, tuesday = b"m" * 32, b"t" * 32
    someone = ending_in_x("19700707")
    assert person_key(someone, monday) == person_key(someone.lower(), monday)
    assert person_key(someone, monday) != person_key(someone, tuesday)
    assert person_key(someone, monday) != person_key(number("19700708"), monday)
    assert len(bytes.fromhex(person_key(someone, monday))) == 32


def test_a_person_key_is_hmac_sha_256() -> None:
    """By the definition of RFC 2104, not by the library the code uses."""
    key, someone = bytes(range(32)), number("19900307")
    padded = key.ljust(64, b"\0")
    inner = sha256(bytes(b ^ 0x36 for b in padded) + someone.encode()).digest()
    outer = sha256(bytes(b ^ 0x5C for b in padded) + inner).hexdigest()
    assert person_key(someone, key) == outer


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        person_key(number("19900307"), b"short")


@pytest.mark.parametrize(
    ("birth", "group"),
    [
        (date(1966, 3, 17), AgeClass.SENIOR_60),
        (date(1966, 3, 18), AgeClass.ORDINARY),
        (date(1946, 3, 17), AgeClass.SENIOR_80),
        (date(1946, 3, 18), AgeClass.SENIOR_60),
        (date(2026, 3, 17), AgeClass.ORDINARY),
    ],
)
def test_the_age_class_changes_on_the_birthday(birth: date, group: AgeClass) -> None:
    assert age_class(birth, TODAY) is group


def test_a_person_of_a_leap_day_is_sixty_on_the_first_of_march() -> None:
    born = date(1968, 2, 29)
    assert age_class(born, date(2028, 2, 28)) is AgeClass.ORDINARY
    assert age_class(born, date(2028, 2, 29)) is AgeClass.SENIOR_60
    assert age_class(date(1964, 2, 29), date(2024, 2, 29)) is AgeClass.SENIOR_60
    assert age_class(date(1967, 3, 1), date(2027, 2, 28)) is AgeClass.ORDINARY


@pytest.mark.parametrize("name", ["阿·提", "买·阿", "阿··提"])
def test_a_name_of_two_syllables_with_a_dot_is_never_shown_in_full(name: str) -> None:
    assert mask_name(name) == name[:-1] + "*"
