"""Services by their first letters."""

from __future__ import annotations

from kiosk.search import CHINESE, search
from tests.kiosk.people import DAY


def codes(text: str, lang: str = "zh") -> list[str]:
    found = search(DAY, text, lang)
    return [item.code for item in found.items]


def test_fr_06_the_first_letters_find_a_service_and_the_whole_ones_come_first() -> None:
    assert codes("shbz") == ["RS-003", "RS-004"]
    assert codes("zx") == ["ZX-001"]
    assert codes("bl")[:2] == ["RS-004", "GA-010"]


def test_the_letters_of_a_short_name_find_the_long_one() -> None:
    """社保卡, as people say, is 社会保障卡."""
    assert codes("sbk") == ["RS-003", "RS-004"]
    assert codes("sfz") == ["GA-010"]


def test_a_bundle_is_found_too() -> None:
    assert [bundle.id for bundle in search(DAY, "lhjy", "zh").bundles] == ["Y-04"]


def test_nothing_is_found_by_no_letters_and_every_key_leads_somewhere() -> None:
    found = search(DAY, "", "zh")
    assert (found.items, found.bundles) == ((), ())
    assert set(found.keys) <= set(CHINESE)
    for key in found.keys:
        assert search(DAY, key, "zh").items or search(DAY, key, "zh").bundles


def test_keys_that_find_nothing_more_are_known() -> None:
    keys = search(DAY, "shbzk", "zh").keys
    assert set(keys) == {"s", "l", "b", "h"}


def test_english_letters_are_those_of_the_words_or_begin_one() -> None:
    assert codes("serv", "en")[:1] == ["RS-003"]
    assert codes("freel", "en") == []
    assert [bundle.id for bundle in search(DAY, "freel", "en").bundles] == ["Y-04"]
