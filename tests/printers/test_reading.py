"""FR-17: others read what came out of the printer: tesseract the text, zbarimg the code."""

from pathlib import Path

import pytest
from PIL import Image

from printers.escpos import Outcome, network_printer
from printers.page import compose
from printers.paper import Layout, Paper, Text
from printers.slips import Slip, layout_of
from printers.virtual import VirtualPrinter
from tests.printers.eyes import NUMBERS, read_line
from tests.printers.samples import BOOKING, NOTICE, slip
from tests.printers.wires import PATIENT
from tests.printers.zbar import read_codes

papers = pytest.mark.parametrize("paper", list(Paper))
URL = "https://hall.example/t/7K3M2Q"


def on_paper(kind: Slip, paper: Paper, *, native_qr: bool = False) -> Image.Image:
    """What the real driver sent over TCP, as the virtual paper shows it."""
    with VirtualPrinter(paper=paper) as machine:
        printer = network_printer(machine.host, machine.port, paper=paper, limits=PATIENT)
        page = compose(kind, paper, native_qr=native_qr)
        assert printer.print(page).outcome is Outcome.PRINTED
        return machine.wait_for_ticket()


def line_of(picture: Image.Image, plan: Layout, text: str) -> Image.Image:
    """The strip of paper where the layout has put the line that holds `text`."""
    found = next(e for e in plan.elements if isinstance(e, Text) and text in e.text)
    box, more = found.box, max(4, found.size / 12)
    tall = (round(box.top - more), round(box.bottom + more))
    if found.size > 100:  # the number: its digits fill the upper part of its square
        tall = (
            round(found.baseline - 0.78 * found.size),
            round(found.baseline + 0.05 * found.size),
        )
    left, right = max(round(box.left - more), 0), min(round(box.right + more), picture.width)
    return picture.crop((left, tall[0], right, tall[1]))


@papers
def test_the_ticket_is_read_by_others(paper: Paper, tmp_path: Path) -> None:
    picture, plan = on_paper(slip(), paper), layout_of(slip(), paper)

    def read(text: str) -> str:
        return read_line(line_of(picture, plan, text), tmp_path)

    assert read("R055") == "R055"
    assert read("3–8").endswith("3-8号窗口")
    assert "03-1710:42" in read("10:42")
    assert read("社会保障卡") == "社会保障卡申领"
    assert read("青禾区") == "青禾区政务服务中心"
    assert read("10–20") == "10-20"
    assert "7K3M-2Q" in read("7K3M-2Q")
    assert read_codes(picture, tmp_path) == [URL]


@papers
@pytest.mark.parametrize(
    "number", ["A001", "A012", "K999", "H307", "W888", "M461", "F250", "N739", "J600", "L184"]
)
def test_every_number_is_read_by_others(paper: Paper, number: str, tmp_path: Path) -> None:
    facts = slip(number=number)
    strip = line_of(on_paper(facts, paper), layout_of(facts, paper), number)
    assert read_line(strip, tmp_path, NUMBERS) == number


@papers
def test_a_code_that_the_printer_draws_is_read_by_others(paper: Paper, tmp_path: Path) -> None:
    assert read_codes(on_paper(slip(), paper, native_qr=True), tmp_path) == [URL]


@papers
def test_a_reprint_is_read_as_one(paper: Paper, tmp_path: Path) -> None:
    facts = slip(reprint=True)
    strip = line_of(on_paper(facts, paper), layout_of(facts, paper), "号码和顺序不变")
    assert read_line(strip, tmp_path) == "号码和顺序不变"


@papers
def test_the_time_of_a_notice_and_all_that_is_missing_are_read_by_others(
    paper: Paper, tmp_path: Path
) -> None:
    picture, plan = on_paper(NOTICE, paper), layout_of(NOTICE, paper)
    assert "2026-03-1711:08" in read_line(line_of(picture, plan, "告知时间"), tmp_path)
    assert read_line(line_of(picture, plan, "户口簿"), tmp_path).endswith("首页和本人页复印件")


@papers
def test_a_booking_is_read_by_others(paper: Paper, tmp_path: Path) -> None:
    picture, plan = on_paper(BOOKING, paper), layout_of(BOOKING, paper)
    assert read_line(line_of(picture, plan, "09:30"), tmp_path) == "09:30-10:00"
    assert read_codes(picture, tmp_path) == ["7K3M2Q"]
