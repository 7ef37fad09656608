"""Status bytes decoded: every state, the worst first, each with a sentence to act on (FR-19)."""

from pathlib import Path

import pytest

from printers.status import PrinterState, PrinterStatus, decode, decode_automatic
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
def test_the_handbook_says_what_the_page_says(state: S) -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "printing.md").read_text(encoding="utf-8")
    status = PrinterStatus(state)
    assert f"| {state.value} | {status.zh} | {status.en} |" in handbook


@pytest.mark.parametrize("state", list(S))
def test_every_state_says_what_to_do_in_both_languages(state: S) -> None:
    status = PrinterStatus(state)
    assert status.zh.endswith("。")
    assert status.en.endswith(".")
    assert status.en.isascii()


def test_only_a_ready_printer_and_one_that_never_answers_can_print() -> None:
    assert {s for s in S if PrinterStatus(s).can_print} == {S.OK, S.NEAR_END, S.MUTE}


TROUBLES = ["paper_near_end", "paper_out", "cover_open", "cutter", "error", "offline"]


@pytest.mark.parametrize("fault", TROUBLES)
def test_automatic_status_says_the_same_as_four_answers(fault: str) -> None:
    faults = Faults(**{fault: True})
    asked = decode(*(faults.answer(n)[0] for n in (1, 2, 3, 4)))
    assert decode_automatic(faults.automatic()).state is asked.state is not S.OK


def test_paper_that_runs_low_says_how_many_slips_are_left() -> None:
    status = PrinterStatus(S.NEAR_END, slips_left=12)
    assert status.zh == "打印纸快用完，请准备换纸。约剩 12 张。"
    assert status.en.endswith("About 12 slips are left.")
    assert "12" not in PrinterStatus(S.OK, slips_left=12).zh
