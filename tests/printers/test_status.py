"""Status bytes decoded: every state, the worst first, each with a sentence to act on."""

import pytest

from printers.status import PrinterState, PrinterStatus, decode, is_status_answer
from printers.virtual import Faults

S = PrinterState


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((0x12, 0x12, 0x12, 0x12), S.OK),
        ((0x16, 0x12, 0x12, 0x12), S.OK),  # cash drawer pin
        ((0x12, 0x12, 0x12, 0x1E), S.NEAR_END),
        ((0x1A, 0x32, 0x12, 0x7E), S.PAPER_OUT),
        ((0x12, 0x12, 0x12, 0x72), S.PAPER_OUT),
        ((0x1A, 0x32, 0x12, 0x12), S.PAPER_OUT),
        ((0x1A, 0x16, 0x12, 0x12), S.COVER_OPEN),
        ((0x1A, 0x36, 0x12, 0x7E), S.COVER_OPEN),  # open cover, sensor sees no paper
        ((0x1A, 0x52, 0x1A, 0x12), S.CUTTER),
        ((0x1A, 0x52, 0x32, 0x12), S.ERROR),
        ((0x1A, 0x52, 0x52, 0x12), S.ERROR),
        ((0x1A, 0x52, 0x12, 0x12), S.ERROR),
        ((0x1A, 0x12, 0x12, 0x12), S.OFFLINE),
        ((0x1A, 0x12, 0x12, 0x1E), S.OFFLINE),
    ],
)
def test_four_answers_become_one_state(answers: tuple[int, int, int, int], state: S) -> None:
    assert decode(*answers).state is state


@pytest.mark.parametrize("state", list(S))
def test_every_state_says_what_to_do_in_both_languages(state: S) -> None:
    status = PrinterStatus(state)
    assert status.zh.endswith("。")
    assert status.en.endswith(".")
    assert status.en.isascii()


def test_only_a_ready_printer_can_print() -> None:
    assert {s for s in S if PrinterStatus(s).can_print} == {S.OK, S.NEAR_END}


@pytest.mark.parametrize(
    ("answer", "sound"),
    [
        (b"\x12", True),
        (b"\x7e", True),
        (b"", False),
        (b"\x12\x12", False),
        (b"\x00", False),
        (b"\xff", False),
        (b"\x10", False),
        (b"\x92", False),
        (b"\x13", False),
    ],
)
def test_a_status_answer_is_exactly_one_byte_with_the_fixed_bits(
    answer: bytes, sound: bool
) -> None:
    assert is_status_answer(answer) is sound


@pytest.mark.parametrize("query", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "fault", ["paper_near_end", "paper_out", "cover_open", "cutter", "error", "offline"]
)
def test_the_virtual_printer_answers_with_sound_status_bytes(fault: str, query: int) -> None:
    assert is_status_answer(Faults(**{fault: True}).answer(query))
