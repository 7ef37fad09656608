"""FR-18, FR-19 on every wire: what a printer does wrong, what is then proven, what is then said."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from printers.escpos import EscposPrinter, Outcome
from printers.faults import Faults
from printers.link import LinkDown
from printers.page import compose
from printers.paper import Paper
from printers.status import PrinterState
from printers.usb_link import UsbLink
from tests.printers.samples import slip
from tests.printers.wires import BRISK, PATIENT, STUCK, WIRES, Bench, same_picture

S = PrinterState
TICKET = compose(slip(), Paper.MM80)
NEXT = compose(slip(number="R056"), Paper.MM80)


@pytest.fixture(params=list(WIRES))
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with WIRES[request.param](tmp_path) as bench:
        yield bench


def test_a_ticket_comes_out_dot_for_dot(bench: Bench) -> None:
    proof = bench.driver().print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.PRINTED, S.OK)
    assert same_picture(bench.machine.wait_for_ticket(), TICKET)
    assert bench.machine.cuts == 1


@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "cutter", "error", "offline"])
def test_a_printer_in_trouble_gets_nothing_and_says_what_to_do(bench: Bench, fault: str) -> None:
    bench.machine.faults = Faults(**{fault: True})
    proof = bench.driver().print(TICKET)
    assert (proof.outcome, proof.status.state.value) == (Outcome.NOT_SENT, fault)
    assert bench.machine.job_bytes == 0
    assert "请" in proof.status.zh


def test_paper_near_its_end_still_prints(bench: Bench) -> None:
    bench.machine.faults = Faults(paper_near_end=True)
    proof = bench.driver().print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.PRINTED, S.NEAR_END)


def test_a_silent_printer_gets_nothing(bench: Bench) -> None:
    bench.machine.faults = Faults(silent=True)
    proof = bench.driver(BRISK).print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.NOT_SENT, S.SILENT)
    assert bench.machine.job_bytes == 0


@pytest.mark.parametrize(
    ("faults", "state"),
    [
        (Faults(paper_out_after_bytes=1), S.PAPER_OUT),
        (Faults(paper_out_after_bytes=20_000), S.PAPER_OUT),
        (Faults(cover_open_after_bytes=20_000), S.COVER_OPEN),
        (Faults(jams_at_cut=True), S.CUTTER),
        (Faults(silent_after_cut=True), S.SILENT),
        (Faults(never_read=True), S.SILENT),
        (Faults(print_seconds=60), S.SILENT),
        (Faults(no_queued=True), S.SILENT),
    ],
    ids=lambda case: case.value if isinstance(case, S) else None,
)
def test_a_job_that_goes_wrong_on_its_way_is_unproven_and_named(
    bench: Bench, faults: Faults, state: S
) -> None:
    bench.machine.faults = replace(faults)
    driver = bench.driver(BRISK if state is S.SILENT else STUCK)
    while (proof := driver.print(TICKET)).outcome is Outcome.NOT_SENT:
        assert proof.status.state is S.SILENT, "a busy machine held its first answers up"
    assert proof.outcome is Outcome.UNPROVEN
    assert proof.status.state is state


@pytest.mark.parametrize("after", [1, 9_000, 30_000])
def test_after_a_cable_is_torn_midway_the_next_ticket_has_a_paper_of_its_own(
    bench: Bench, after: int
) -> None:
    driver = bench.driver(PATIENT)
    bench.machine.faults = Faults(close_after_bytes=after)
    proof = driver.print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.UNPROVEN, S.ABSENT)
    bench.machine.plug()
    assert driver.print(NEXT).outcome is Outcome.PRINTED
    whole = [piece for piece in bench.machine.tickets if same_picture(piece, NEXT)]
    assert whole == [bench.machine.tickets[-1]]
    assert not any(same_picture(piece, TICKET) for piece in bench.machine.tickets)


def test_an_unplugged_printer_is_absent_until_it_is_back(bench: Bench) -> None:
    driver = bench.driver()
    bench.machine.unplug()
    for _ in range(2):
        assert driver.status().state is S.ABSENT
        assert driver.print(TICKET).outcome is Outcome.NOT_SENT
    bench.machine.plug()
    assert driver.print(TICKET).outcome is Outcome.PRINTED


def test_paper_that_is_refilled_lets_the_rest_of_a_job_come_out(bench: Bench) -> None:
    """The number was shown as unproven and stays callable, so late paper does no harm."""
    bench.machine.faults = Faults(jams_at_cut=True)
    assert bench.driver(STUCK).print(TICKET).outcome is Outcome.UNPROVEN
    bench.machine.faults = Faults()
    assert same_picture(bench.machine.wait_for_ticket(), TICKET)


def test_a_link_that_is_not_open_refuses(bench: Bench) -> None:
    bench.link.close()
    with pytest.raises(LinkDown, match="not open"):
        bench.link.read(0.1)
    with pytest.raises(LinkDown, match="not open"):
        bench.link.write(b"\x1b@", 0.1)


# How strong a proof is


@pytest.mark.parametrize("knows", [True, False])
def test_whether_a_printer_knows_gs_r_is_found_out_once(bench: Bench, knows: bool) -> None:
    bench.machine.faults = Faults(no_queued=not knows)
    limits = PATIENT if knows else replace(PATIENT, status=1)
    driver = EscposPrinter(bench.link, limits=limits, queued_proof=None)
    assert driver.status().state is S.OK
    assert driver.queued_proof is knows
    assert driver.print(TICKET).outcome is Outcome.PRINTED


def test_a_printer_that_is_not_at_rest_is_not_asked_whether_it_knows_gs_r(bench: Bench) -> None:
    bench.machine.faults = Faults(paper_out=True)
    driver = EscposPrinter(bench.link, limits=PATIENT, queued_proof=None)
    assert driver.status().state is S.PAPER_OUT
    assert driver.queued_proof is None


def test_without_gs_r_the_last_question_waits_until_the_paper_has_moved(bench: Bench) -> None:
    """A printer answers DLE EOT while it still prints; here the blade jams at the very end."""
    bench.machine.faults = Faults(jams_at_cut=True, no_queued=True)
    driver = EscposPrinter(bench.link, limits=PATIENT, mm_per_s=300)
    proof = driver.print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.UNPROVEN, S.CUTTER)


def test_a_printer_that_takes_no_more_says_why_by_itself(bench: Bench) -> None:
    """Automatic status (GS a) comes without a question, also when none gets through."""
    bench.machine.faults = Faults(paper_out_after_bytes=15_000)
    driver = EscposPrinter(bench.link, limits=STUCK, queued_proof=True, watch=True)
    proof = driver.print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.UNPROVEN, S.PAPER_OUT)
    assert proof.status.detail.startswith("asb ")


def test_automatic_status_does_not_spoil_a_proof(bench: Bench) -> None:
    bench.machine.faults = Faults(paper_near_end=True)
    driver = EscposPrinter(bench.link, limits=PATIENT, queued_proof=True, watch=True)
    assert driver.print(TICKET).outcome is Outcome.PRINTED


def test_a_usb_bus_without_the_printer_names_it() -> None:
    class Empty:
        def enumerate_devices(self) -> tuple[()]:
            return ()

    link = UsbLink(0x0416, 0x5011, {"backend": Empty()})
    status = EscposPrinter(link).status()
    assert (status.state, status.detail) == (S.ABSENT, "no USB device 0416:5011")
