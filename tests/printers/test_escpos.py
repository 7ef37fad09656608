"""What is proven about a job, for every way in which a printer can misbehave (FR-18, FR-19)."""

import threading
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from printers.escpos import EscposPrinter, Limits, Outcome, network_printer
from printers.job import encode
from printers.link import LinkDown, LinkTimeout, NetworkLink
from printers.page import Page, compose
from printers.status import PrinterState
from printers.ticket import Paper
from printers.virtual import Faults, VirtualPrinter
from tests.printers.conftest import BRISK, PATIENT
from tests.printers.samples import slip

S = PrinterState
TICKET = compose(slip(), Paper.MM80)


def same_picture(cut: Image.Image, sent: Image.Image) -> bool:
    """The cut paper starts with exactly the dots that were sent."""
    part = cut.crop((0, 0, sent.width, sent.height)).convert("L")
    return ImageChops.difference(part, sent.convert("L")).getbbox() is None


@pytest.mark.parametrize("paper", list(Paper))
def test_a_ticket_comes_out_dot_for_dot_and_is_cut(paper: Paper) -> None:
    picture = compose(slip(), paper)
    with VirtualPrinter(paper=paper) as machine:
        printer = network_printer(machine.host, machine.port, paper=paper, limits=PATIENT)
        proof = printer.print(picture)
        assert proof.outcome is Outcome.PRINTED
        assert proof.status.state is S.OK
        assert same_picture(machine.wait_for_ticket(), picture.image)
        assert machine.cuts == 1


def test_a_ticket_longer_than_one_raster_fragment_stays_whole(
    machine: VirtualPrinter, driver: EscposPrinter
) -> None:
    long = Image.new("1", (576, 3000), 1)
    long.paste(TICKET.image, (0, 1850))
    assert driver.print(Page(long)).outcome is Outcome.PRINTED
    assert same_picture(machine.wait_for_ticket(), long)


@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "cutter", "error", "offline"])
def test_a_printer_in_trouble_gets_nothing(
    machine: VirtualPrinter, driver: EscposPrinter, fault: str
) -> None:
    machine.faults = Faults(**{fault: True})
    assert driver.status().state.value == fault
    proof = driver.print(TICKET)
    assert proof.outcome is Outcome.NOT_SENT
    assert proof.status.state.value == fault
    assert machine.job_bytes == 0


def test_paper_near_its_end_still_prints_and_says_so(
    machine: VirtualPrinter, driver: EscposPrinter
) -> None:
    machine.faults = Faults(paper_near_end=True)
    proof = driver.print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.PRINTED, S.NEAR_END)
    machine.wait_for_ticket()


@pytest.mark.parametrize(
    "faults",
    [Faults(silent=True), Faults(garbage=b"\xff"), Faults(garbage=b"\x12\x12"), Faults(slow=3)],
    ids=["silent", "garbage", "two bytes", "slow"],
)
def test_a_printer_that_does_not_answer_soundly_gets_nothing(
    machine: VirtualPrinter, brisk_driver: EscposPrinter, faults: Faults
) -> None:
    machine.faults = faults
    proof = brisk_driver.print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.NOT_SENT, S.SILENT)
    assert machine.job_bytes == 0


def test_slow_answers_within_the_limit_are_waited_for(
    machine: VirtualPrinter, driver: EscposPrinter
) -> None:
    machine.faults = Faults(slow=0.05, print_seconds=0.1)
    assert driver.print(TICKET).outcome is Outcome.PRINTED
    machine.wait_for_ticket()


@pytest.mark.parametrize("queued_proof", [False, True])
@pytest.mark.parametrize(
    ("faults", "state"),
    [
        (Faults(silent_after_cut=True), S.SILENT),
        (Faults(never_read=True), S.SILENT),
        (Faults(close_after_bytes=1), S.ABSENT),
        (Faults(close_after_bytes=5000), S.ABSENT),
    ],
    ids=["silent after the cut", "never reads", "closes at once", "closes midway"],
)
def test_a_job_that_left_without_proof_is_unproven(
    machine: VirtualPrinter, faults: Faults, state: S, queued_proof: bool
) -> None:
    machine.faults = replace(faults)
    limits = Limits(connect=5, status=5, send=5, proof=0.4)
    printer = network_printer(machine.host, machine.port, limits=limits, queued_proof=queued_proof)
    proof = printer.print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.UNPROVEN, state)


@pytest.mark.parametrize("after", [1, 4000, 40_000])
def test_paper_that_runs_out_during_the_job_is_unproven_and_named(
    machine: VirtualPrinter, after: int
) -> None:
    driver = network_printer(machine.host, machine.port, limits=replace(PATIENT, proof=1))
    machine.faults = Faults(paper_out_after_bytes=after)
    proof = driver.print(TICKET)
    assert (proof.outcome, proof.status.state) == (Outcome.UNPROVEN, S.PAPER_OUT)
    assert machine.cuts == 0


def test_nobody_at_the_address_is_absent_every_time() -> None:
    with VirtualPrinter(faults=Faults(refuse=True)) as machine:
        printer = network_printer(machine.host, machine.port, limits=PATIENT)
        for _ in range(2):  # the library alone fails differently the second time
            assert printer.status().state is S.ABSENT
            proof = printer.print(TICKET)
            assert (proof.outcome, proof.status.state) == (Outcome.NOT_SENT, S.ABSENT)


def test_an_address_that_cannot_be_resolved_is_absent() -> None:
    printer = network_printer("printer.invalid", limits=BRISK)
    assert printer.status().state is S.ABSENT


def test_after_a_fault_is_mended_the_same_driver_prints(
    machine: VirtualPrinter, driver: EscposPrinter
) -> None:
    machine.unplug()
    assert driver.print(TICKET).outcome is Outcome.NOT_SENT
    machine.plug()
    assert driver.print(TICKET).outcome is Outcome.PRINTED
    machine.faults.paper_out = True
    assert driver.status().state is S.PAPER_OUT
    machine.faults.paper_out = False
    assert driver.print(TICKET).outcome is Outcome.PRINTED
    assert machine.cuts == 2


def test_the_queued_proof_is_accepted_from_a_printer_that_knows_it(
    machine: VirtualPrinter,
) -> None:
    printer = network_printer(machine.host, machine.port, limits=PATIENT, queued_proof=True)
    assert printer.print(TICKET).outcome is Outcome.PRINTED


def test_two_threads_take_turns_on_one_printer(
    machine: VirtualPrinter, driver: EscposPrinter
) -> None:
    outcomes: list[Outcome] = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(driver.print(TICKET).outcome))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert outcomes == [Outcome.PRINTED] * 3
    assert all(same_picture(ticket, TICKET.image) for ticket in machine.tickets)


def test_a_picture_wider_than_the_paper_is_never_sent(
    machine: VirtualPrinter, driver: EscposPrinter
) -> None:
    proof = driver.print(Page(Image.new("1", (577, 100), 1)))
    assert (proof.outcome, machine.job_bytes) == (Outcome.NOT_SENT, 0)
    assert "577" in proof.status.detail


@pytest.mark.parametrize("command", [b"\x10\x04\x01", b"\x10\x14\x01\x00\x05", b"\x10\x05\x02"])
def test_a_picture_cannot_smuggle_in_a_command(
    machine: VirtualPrinter, driver: EscposPrinter, command: bytes
) -> None:
    row = (command * 72)[:72]
    picture = Image.frombytes("1", (576, 40), bytes(255 - b for b in row * 40))
    assert command[:2] not in encode(Page(picture), Paper.MM80)
    assert driver.print(Page(picture)).outcome is Outcome.PRINTED


def test_a_closed_link_refuses_instead_of_asserting(machine: VirtualPrinter) -> None:
    link = NetworkLink(machine.host, machine.port)
    with pytest.raises(LinkDown, match="not open"):
        link.write(b"\x1b@", 1)
    link.open(5)
    link.close()
    link.close()
    with pytest.raises(LinkDown, match="not open"):
        link.read(1)


def test_a_full_wire_ends_in_a_timeout(machine: VirtualPrinter) -> None:
    machine.faults = Faults(never_read=True)
    link = NetworkLink(machine.host, machine.port)
    link.open(5)
    try:
        with pytest.raises(LinkTimeout):
            link.write(b"\x1b@" + bytes(32_000_000), 0.3)
    finally:
        link.close()
