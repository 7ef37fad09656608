"""Names are found by the first letters of their Pinyin (FR-06)."""

from __future__ import annotations

import pytest

from config import DEMO, load_hall
from controller.catalogue import Catalogue
from controller.initials import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("社会保障卡补领换领", "shbzkblhl"),
        ("继承(受遗赠)转移登记", "jcsyzzydj"),
        ("80周岁以上高龄津贴", "80zsysgljt"),
        ("国家VIP 卡", "gjvipk"),
        ("殡葬补助", "bzbz"),
        ("啊", "a"),
        ("座", "z"),
    ],
)
def test_fr_06_a_name_has_the_first_letters_of_its_characters(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [("银行开户", "yhkh"), ("行政", "xz"), ("重新办理", "cxbl"), ("重病", "zb"), ("给付", "jf")],
)
def test_fr_06_a_character_is_read_as_its_word_says(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_character_that_is_not_known_is_left_out() -> None:
    assert initials("鬱金香、卡") == "jxk"


def test_fr_06_every_name_of_the_demo_has_a_letter_for_every_character() -> None:
    catalogue = Catalogue(load_hall(DEMO))
    for code, letters in catalogue.initials.items():
        named = catalogue.items.get(code) or catalogue.bundles[code]
        assert len(letters) == sum(c.isalnum() for c in named.name), named.name
        assert letters.isascii()
