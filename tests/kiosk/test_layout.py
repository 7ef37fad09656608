"""The text of a card: four layouts at their exact offsets, everything else refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.readers.base import CardRead, DocumentType
from kiosk.readers.layout import DamagedText, UnknownLayout, read_text
from kiosk.readers.virtual import VirtualCard

BORN = date(1990, 3, 7)


def put(block: bytes, where: int, text: str) -> bytes:
    data = text.encode("utf-16-le")
    return block[:where] + data + block[where + len(data) :]


def test_a_resident_card_gives_name_number_birth_and_validity() -> None:
    card = VirtualCard("张无名", BORN, 12, valid_to=date(2031, 5, 6))
    read = read_text(card.text())
    assert read == CardRead(DocumentType.RESIDENT, "张无名", card.number, BORN, date(2031, 5, 6))


def test_the_offsets_are_the_documented_ones() -> None:
    text = VirtualCard("张无名", BORN, valid_to=date(2031, 5, 6)).text()
    assert text[0:30].decode("utf-16-le").rstrip() == "张无名"
    assert text[36:52].decode("utf-16-le") == "19900307"
    assert text[122:158].decode("utf-16-le")[:6] == "999901"
    assert text[204:220].decode("utf-16-le") == "20310506"
    assert len(text) == 256


def test_a_card_without_end_says_so() -> None:
    assert read_text(VirtualCard("张无名", BORN, valid_to=None).text()).valid_to is None


@pytest.mark.parametrize("name", ["䶮无名", "张\U00030edd", "阿依古丽·无名氏"])
def test_rare_characters_and_middle_dots_survive(name: str) -> None:
    assert read_text(VirtualCard(name, BORN).text()).name == name


def test_a_residence_permit_is_its_own_type() -> None:
    read = read_text(VirtualCard("陈无名", BORN, flag="J").text())
    assert (read.document_type, read.name) == (DocumentType.RESIDENCE_PERMIT, "陈无名")


def test_a_foreigner_of_2023_without_chinese_name_has_the_english_one() -> None:
    text = put(VirtualCard(" ", BORN, flag="Y").text(), 52, "DOE, JANE".ljust(35))
    read = read_text(text)
    assert (read.document_type, read.name) == (DocumentType.FOREIGN_RESIDENT, "DOE, JANE")


def test_a_long_english_name_goes_on_behind_the_dates() -> None:
    text = put(VirtualCard(" ", BORN, flag="Y").text(), 52, "A" * 35)
    assert read_text(put(text, 220, "B" * 11)).name == "A" * 35 + "B" * 11


def test_a_foreigner_of_2017_has_a_number_of_fifteen_characters() -> None:
    card = VirtualCard("无名氏", BORN, flag="I", number_text="XXX000000000001")
    read = read_text(card.text())
    assert read.document_type is DocumentType.FOREIGN_RESIDENT
    assert (read.name, read.number, read.birth) == ("无名氏", "XXX000000000001", BORN)


def test_a_foreigner_of_2017_without_chinese_name_has_the_english_one() -> None:
    card = VirtualCard(" ", BORN, flag="I", number_text="XXX000000000001")
    assert read_text(put(card.text(), 0, "DOE, JANE")).name == "DOE, JANE"


@pytest.mark.parametrize("flag", ["Z", "j", "0", "无"])
def test_an_unknown_type_flag_is_refused(flag: str) -> None:
    with pytest.raises(UnknownLayout):
        read_text(VirtualCard("张无名", BORN, flag=flag).text())


@pytest.mark.parametrize(
    "text",
    [
        VirtualCard(" ", BORN).text(),
        put(VirtualCard("张无名", BORN).text(), 122, " " * 18),
        put(VirtualCard("张无名", BORN).text(), 36, "19900230"),
        put(VirtualCard("张无名", BORN).text(), 204, "never   "),
        VirtualCard("\ud800", BORN).text(),
        b"",
        bytes(256),
    ],
    ids=["no name", "no number", "no such day", "no such end", "half a pair", "short", "zeros"],
)
def test_impossible_text_is_refused_without_repeating_it(text: bytes) -> None:
    with pytest.raises(DamagedText) as raised:
        read_text(text)
    assert "张" not in str(raised.value)
    assert raised.value.__cause__ is None


@given(st.binary(min_size=256, max_size=256))
def test_any_bytes_give_a_person_or_a_named_refusal(block: bytes) -> None:
    try:
        read_text(block)
    except (DamagedText, UnknownLayout):
        return


def test_a_person_is_in_no_repr() -> None:
    card = VirtualCard("张无名", BORN)
    shown = repr(read_text(card.text())) + repr(card)
    assert "张无名" not in shown
    assert card.number not in shown
    assert "1990" not in shown
