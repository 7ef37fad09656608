"""Answers in pieces, tagged values and social security cards, without a reader (FR-01, FR-03)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.readers.base import DocumentType, Unreadable
from kiosk.readers.chip import CardFault, exchange, tagged
from kiosk.readers.social import SELECT_SSSE, read_social
from kiosk.readers.virtual_chip import GET_RESPONSE, BankCard, SocialCard

BORN = date(1990, 3, 7)


def reading(card: SocialCard | BankCard) -> list[bytearray]:
    """Read a card; every buffer that its answers came in."""
    buffers = []

    def transmit(command: bytes) -> bytearray:
        buffers.append(bytearray(card.answer(command)))
        return buffers[-1]

    read_social(transmit)
    return buffers


def values(data: bytes) -> list[tuple[int, bytes]]:
    return [(tag, bytes(value)) for tag, value in tagged(data)]


def test_the_application_is_selected_by_the_published_name() -> None:
    assert bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF") == SELECT_SSSE


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("0801 31 0901 32", [(0x08, b"1"), (0x09, b"2")]),
        ("00 FF 0801 31 00", [(0x08, b"1")]),
        ("5F2003 414243", [(0x5F20, b"ABC")]),
        ("DF8101 01 07", [(0xDF8101, b"\x07")]),
        ("0881 01 31", [(0x08, b"1")]),
        ("0882 0001 31", [(0x08, b"1")]),
        ("0800", [(0x08, b"")]),
        ("", []),
    ],
)
def test_tagged_values_are_read_by_the_rules_of_ber(
    data: str, found: list[tuple[int, bytes]]
) -> None:
    assert values(bytes.fromhex(data)) == found


@pytest.mark.parametrize(
    "data", ["08", "0802 31", "5F", "0881", "0882 00", "0883 000001 31", "0880"]
)
def test_values_that_end_too_early_are_refused(data: str) -> None:
    with pytest.raises(CardFault) as fault:
        values(bytes.fromhex(data))
    assert fault.value.reason is Unreadable.TRY_AGAIN


@given(st.binary(max_size=300))
def test_any_bytes_give_values_or_a_named_refusal(data: bytes) -> None:
    try:
        found = values(data)
    except CardFault:
        return
    assert sum(len(value) for _, value in found) <= len(data)


@given(st.integers(1, 255), st.integers(1, 30))
@example(length=160, piece=10)
def test_an_answer_in_pieces_is_put_together(length: int, piece: int) -> None:
    whole = bytes(index % 251 for index in range(length))
    left = [whole]

    def transmit(command: bytes) -> bytearray:
        data = b""
        if command[1] == GET_RESPONSE:
            data, left[0] = left[0][: command[4]], left[0][command[4] :]
        more = min(piece, len(left[0]))
        return bytearray(data + (bytes((0x61, more)) if more else b"\x90\x00"))

    if length <= 16 * piece:
        assert exchange(transmit, b"\x00\xb2\x01\x34\x00") == (bytearray(whole), 0x9000)
    else:
        with pytest.raises(CardFault):
            exchange(transmit, b"\x00\xb2\x01\x34\x00")


def test_a_card_that_always_has_more_is_not_listened_to_for_ever() -> None:
    with pytest.raises(CardFault):
        exchange(lambda command: bytearray(b"\x00\x61\x01"), SELECT_SSSE)


def test_another_length_is_asked_for_once() -> None:
    asked = []

    def transmit(command: bytes) -> bytearray:
        asked.append(command)
        return bytearray(b"\x6c\x05")

    assert exchange(transmit, b"\x00\xb2\x01\x34\x00")[1] == 0x6C05
    assert asked == [b"\x00\xb2\x01\x34\x00", b"\x00\xb2\x01\x34\x05"]


@pytest.mark.parametrize("generation", [1, 2])
def test_both_generations_are_read_by_tag(generation: int) -> None:
    card = SocialCard("阿依古丽·无名氏", BORN, generation=generation)
    read = read_social(lambda command: bytearray(card.answer(command)))
    assert read.document_type is DocumentType.SOCIAL_SECURITY
    assert (read.name, read.number, read.birth) == ("阿依古丽·无名氏", card.number, BORN)
    assert read.valid_to == date(2035, 12, 31)


def test_a_name_longer_than_its_record_goes_on_in_the_next() -> None:
    name = "无名氏" * 6
    card = SocialCard(name, BORN)
    assert read_social(lambda command: bytearray(card.answer(command))).name == name


def test_a_rare_character_of_a_card_is_public_unicode() -> None:
    card = SocialCard("\ue863无名", BORN)
    assert read_social(lambda command: bytearray(card.answer(command))).name == "䶮无名"


def test_a_card_without_expiry_has_none() -> None:
    card = SocialCard("张无名", BORN, valid_to=None)
    assert read_social(lambda command: bytearray(card.answer(command))).valid_to is None


def test_a_card_of_the_second_generation_gives_only_what_is_taken() -> None:
    """T3: the card's number, the birthplace and the ethnic group are not even asked for."""
    card = SocialCard("张无名", BORN)
    reading(card)
    records = [(command[3] >> 3, command[2]) for command in card.heard if command[1] == 0xB2]
    assert records == [(6, 1), (6, 2), (6, 3), (5, 6)]


@pytest.mark.parametrize("pieces", [0, 7])
def test_every_buffer_of_a_card_is_overwritten(pieces: int) -> None:
    buffers = reading(SocialCard("张无名", BORN, in_pieces=pieces))
    assert not any(any(buffer) for buffer in buffers if len(buffer) > 2)


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        (BankCard(), Unreadable.UNSUPPORTED),
        (SocialCard("张无名", BORN, protected=True), Unreadable.PROTECTED),
        (SocialCard("张无名", BORN, cut_short=True), Unreadable.TRY_AGAIN),
        (SocialCard("", BORN), Unreadable.UNKNOWN_LAYOUT),
    ],
)
def test_a_card_that_gives_no_person_says_why(
    card: SocialCard | BankCard, reason: Unreadable
) -> None:
    with pytest.raises(CardFault) as fault:
        reading(card)
    assert fault.value.reason is reason
    assert fault.value.__cause__ is None


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=30))
def test_any_answers_give_a_person_or_a_named_refusal(answers: list[bytes]) -> None:
    left = [*answers]

    def transmit(command: bytes) -> bytearray:
        if not left:
            raise CardFault(Unreadable.PULLED_OUT)
        return bytearray(left.pop(0))

    with pytest.raises(CardFault):
        read_social(transmit)
