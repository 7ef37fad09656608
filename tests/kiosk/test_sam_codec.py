"""Frames of the SAM protocol: the published captures, noise, and the status table."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.readers.sam_codec import (
    CAPACITY,
    PREAMBLE,
    AnswerParser,
    Command,
    Meaning,
    checksum,
    command,
    frame,
)
from kiosk.readers.virtual import FOUND, OK, VirtualCard

CARD = VirtualCard("张无名", date(1990, 3, 7))
READ_BODY = OK + b"\x01\x00\x04\x00" + CARD.text() + bytes(range(256)) * 4

CAPTURES = {
    Command.RESET: "AA AA AA 96 69 00 03 10 FF EC",
    Command.STATUS: "AA AA AA 96 69 00 03 11 FF ED",
    Command.FIND: "AA AA AA 96 69 00 03 20 01 22",
    Command.SELECT: "AA AA AA 96 69 00 03 20 02 21",
    Command.READ: "AA AA AA 96 69 00 03 30 01 32",
}
FOUND_CAPTURE = bytes.fromhex("AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97")
SELECTED_CAPTURE = bytes.fromhex("AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C")


@pytest.mark.parametrize(("which", "capture"), CAPTURES.items())
def test_commands_are_the_published_captures(which: Command, capture: str) -> None:
    assert command(which) == bytes.fromhex(capture)


def test_fingerprints_cannot_be_asked_for() -> None:
    assert b"\x30\x10" not in {which.value for which in Command}


def test_answers_are_the_published_captures() -> None:
    assert frame(FOUND + bytes(4)) == FOUND_CAPTURE
    assert frame(OK + bytes(8)) == SELECTED_CAPTURE
    assert len(frame(READ_BODY)) == 1295


@pytest.mark.parametrize(
    ("capture", "meaning"), [(FOUND_CAPTURE, Meaning.FOUND), (SELECTED_CAPTURE, Meaning.OK)]
)
def test_the_published_answers_are_understood(capture: bytes, meaning: Meaning) -> None:
    parser = AnswerParser()
    parser.feed(capture)
    answer = parser.take()
    assert answer is not None
    assert answer.meaning is meaning
    assert parser.take() is None


STATUSES = {
    "000090": Meaning.OK,
    "00009f": Meaning.FOUND,
    "000010": Meaning.RESYNC,
    "000011": Meaning.RESYNC,
    "000021": Meaning.RESYNC,
    "000024": Meaning.RESYNC,
    "123431": Meaning.NOT_VALID,
    "000032": Meaning.NOT_VALID,
    "000033": Meaning.NOT_VALID,
    "000040": Meaning.WRONG_CARD,
    "123441": Meaning.PLACE_AGAIN,
    "123447": Meaning.RETRY,
    "000060": Meaning.SELF_TEST,
    "000066": Meaning.NOT_AUTHORISED,
    "000080": Meaning.NO_CARD,
    "123481": Meaning.SELECT_FAILED,
    "000091": Meaning.NO_ITEM,
    "0000ee": Meaning.UNKNOWN,
}


@pytest.mark.parametrize(("sw", "meaning"), STATUSES.items())
def test_every_status_says_what_to_do(sw: str, meaning: Meaning) -> None:
    parser = AnswerParser()
    parser.feed(frame(bytes.fromhex(sw)))
    answer = parser.take()
    assert answer is not None
    assert answer.meaning is meaning


def test_a_read_gives_the_text_and_leaves_the_photo() -> None:
    parser = AnswerParser()
    parser.feed(frame(READ_BODY))
    answer = parser.take()
    assert answer is not None
    assert bytes(answer.text) == CARD.text()
    assert not any(parser._store)
    answer.wipe()
    assert not any(answer.text)


def test_an_answer_shows_nobody_in_its_repr() -> None:
    parser = AnswerParser()
    parser.feed(frame(READ_BODY))
    assert "text" not in repr(parser.take())


def test_a_wrong_checksum_is_no_answer_and_the_next_frame_is() -> None:
    bad = bytearray(SELECTED_CAPTURE)
    bad[-1] ^= 1
    parser = AnswerParser()
    parser.feed(bytes(bad) + FOUND_CAPTURE)
    answer = parser.take()
    assert answer is not None
    assert answer.meaning is Meaning.FOUND
    assert parser.rejected == 1


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x00\xff\x13",
        b"\xaa",
        b"\xaa\xaa",
        b"\xaa\xaa\xaa\x96",
        PREAMBLE,
        PREAMBLE + b"\xff\xff",
        PREAMBLE + b"\x00\x00",
        FOUND_CAPTURE[:-3],
        b"login: ",
    ],
)
def test_garbage_before_an_answer_is_skipped(garbage: bytes) -> None:
    parser = AnswerParser()
    # an interrupted frame swallows what follows until its length is full
    parser.feed(garbage + SELECTED_CAPTURE + FOUND_CAPTURE)
    answers = []
    while (answer := parser.take()) is not None:
        answers.append(answer.meaning)
    assert answers[-1] is Meaning.FOUND


@given(st.binary(max_size=300), st.lists(st.integers(1, 80), max_size=40), st.booleans())
def test_a_frame_is_found_after_any_noise_however_it_is_cut(
    noise: bytes, cuts: list[int], read: bool
) -> None:
    whole = frame(READ_BODY) if read else SELECTED_CAPTURE
    # noise that itself looks like the start of a frame may wait for its length
    stream = noise.replace(PREAMBLE[:3], b"") + whole
    parser, at, found = AnswerParser(), 0, []
    for cut in [*cuts, len(stream)]:
        parser.feed(stream[at : at + cut])
        at += cut
        while (answer := parser.take()) is not None:
            found.append(bytes(answer.text))
    assert found == [CARD.text() if read else b""]


@given(st.binary(max_size=2000))
def test_any_bytes_are_survived_and_only_sound_frames_come_out(data: bytes) -> None:
    parser = AnswerParser()
    parser.feed(data)
    while parser.take() is not None:
        pass
    assert parser.pending <= 7 + 2314


@given(st.binary(min_size=3, max_size=400))
def test_every_frame_ends_in_the_xor_of_its_body(body: bytes) -> None:
    whole = frame(body)
    assert checksum(whole[5:]) == 0
    assert int.from_bytes(whole[5:7], "big") == len(body) + 1


def test_clearing_overwrites_what_was_received() -> None:
    parser = AnswerParser()
    parser.feed(frame(READ_BODY)[:-1])
    assert parser.pending == 1294
    parser.clear()
    assert parser.pending == 0
    assert not any(parser._store)


@given(st.lists(st.binary(max_size=3000), max_size=8))
def test_the_store_never_grows_and_the_newest_bytes_win(parts: list[bytes]) -> None:
    parser = AnswerParser()
    for part in parts:
        parser.feed(part)
    assert len(parser._store) == CAPACITY
    assert bytes(parser._store[: parser.pending]) == b"".join(parts)[-CAPACITY:]
    assert not any(parser._store[parser.pending :])
