"""Rare characters of older cards in their public form, and no guess beyond."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.readers.layout import read_text
from kiosk.readers.rare import TO_UNICODE, with_unicode
from kiosk.readers.virtual import VirtualCard

PRIVATE = range(0xE000, 0xF900)


def test_all_eighty_characters_of_the_row_have_a_public_form() -> None:
    assert [*TO_UNICODE] == [*range(0xE815, 0xE865)]
    assert not [char for char in TO_UNICODE.values() if char in PRIVATE]
    assert len({*TO_UNICODE.values()}) == 80


@pytest.mark.parametrize(
    ("private", "public"),
    [("\ue863", "䶮"), ("\ue81e", "\u9fb4"), ("\ue831", "\U000215d7"), ("\ue864", "\u9fbb")],
)
def test_a_private_character_is_replaced(private: str, public: str) -> None:
    assert with_unicode(f"张{private}") == f"张{public}"
    assert read_text(VirtualCard(f"张{private}", date(1990, 3, 7)).text()).name == f"张{public}"


@pytest.mark.parametrize(
    "name", ["\ue000无名", "\ue814", "\ue865", "\uf8ff", "张㛃", "张\U00030edd"]
)
def test_what_nobody_published_stays_as_it_is(name: str) -> None:
    assert with_unicode(name) == name
