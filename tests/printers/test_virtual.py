"""The virtual printer prints what a printer would, and is strict about the rest."""

import socket
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from printers.paper import Paper
from printers.virtual import VirtualPrinter
from printers.virtual_escpos import CommandError
from tests.printers.zbar import read_codes

CUT = b"\x1dV\x00"


def send(machine: VirtualPrinter, *parts: bytes) -> None:
    with socket.create_connection((machine.host, machine.port), timeout=10) as wire:
        for part in parts:
            wire.sendall(part)


def ink_of(ticket: Image.Image) -> tuple[int, int, int, int]:
    box = ImageOps.invert(ticket.convert("L")).getbbox()
    assert box is not None
    return box


def test_chinese_text_is_painted_centred(machine: VirtualPrinter) -> None:
    send(machine, b"\x1b@\x1c&\x1ba\x01", "叫号系统 A001".encode("gb18030"), b"\n", CUT)
    left, _, right, _ = ink_of(machine.wait_for_ticket())
    assert abs(left - (576 - right)) < 12
    assert right - left > 120


def test_double_size_is_twice_as_wide(machine: VirtualPrinter) -> None:
    send(machine, "号".encode("gb18030"), b"\n", CUT)
    send(machine, b"\x1d!\x11", "号".encode("gb18030"), b"\n", CUT)
    single = ink_of(machine.wait_for_ticket())
    double = ink_of(machine.wait_for_ticket(count=2))
    assert double[2] - double[0] == pytest.approx(2 * (single[2] - single[0]), abs=3)


def test_a_long_line_wraps_by_dots(machine: VirtualPrinter) -> None:
    send(machine, ("号" * 25).encode("gb18030"), b"\n", CUT)
    assert machine.wait_for_ticket().height == 2 * 30


def test_a_native_qr_code_is_readable(machine: VirtualPrinter, tmp_path: Path) -> None:
    data = b"https://hall.example/t/A001"
    length = (len(data) + 3).to_bytes(2, "little")
    send(
        machine,
        b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1",
        b"\x1d(k" + length + b"1P0" + data + b"\x1d(k\x03\x001Q0",
        CUT,
    )
    assert read_codes(machine.wait_for_ticket(), tmp_path) == [data.decode()]


def test_commands_may_arrive_byte_by_byte(machine: VirtualPrinter) -> None:
    job = b"\x1b@" + "号票".encode("gb18030") + b"\n\x1bd\x02" + CUT
    send(machine, *(job[at : at + 1] for at in range(len(job))))
    assert machine.wait_for_ticket().height == 30 + 60


@pytest.mark.parametrize(
    ("stream", "says"),
    [
        (b"\x1bZ", "unknown command"),
        (b"\x1d?\x00", "unknown command"),
        (b"\x01", "unknown control byte"),
        (b"\x10\x99", "unknown real-time"),
        (b"\x10\x04\x09", "not a status query"),
        (b"\x1dV\x07", "not a cut"),
        ("𠮷".encode("gb18030"), "four-byte"),
        (b"\x81\x20", "not GB18030"),
        (b"\x1c.\xd6\xd0", "outside Chinese mode"),
        (b"\x1dv0\x00\x49\x00\x01\x00" + bytes(73), "584 dots on 576"),
        (b"\x1dv0\x00\x48\x00\x01\x00" + b"\x10\x04" + bytes(70), "real-time command"),
        (b"\x1d(Z\x02\x00ab", "unknown function"),
    ],
)
def test_what_a_printer_would_print_as_rubbish_is_an_error(stream: bytes, says: str) -> None:
    machine = VirtualPrinter().start()
    try:
        send(machine, stream)
        with pytest.raises(CommandError, match=says):
            machine.wait_for_ticket()
    finally:
        machine.close()


def test_leaving_the_context_tells_of_a_bad_job() -> None:
    def job() -> None:
        with (
            VirtualPrinter() as machine,
            socket.create_connection((machine.host, machine.port), timeout=10) as wire,
        ):
            wire.sendall(b"\x1bZ")
            assert wire.recv(1) == b""  # the printer hung up

    with pytest.raises(CommandError):
        job()


def test_each_cut_calls_back_with_its_own_ticket() -> None:
    heard: list[Image.Image] = []
    with VirtualPrinter(paper=Paper.MM58, on_ticket=heard.append) as machine:
        send(machine, b"A\n", CUT, b"B\n\n", CUT)
        machine.wait_for_ticket(count=2)
    assert [ticket.size for ticket in heard] == [(384, 30), (384, 60)]


def test_waiting_for_a_ticket_that_never_comes_ends(machine: VirtualPrinter) -> None:
    with pytest.raises(TimeoutError, match="0 tickets cut"):
        machine.wait_for_ticket(timeout=0.01)


def test_a_closed_printer_frees_its_port() -> None:
    with VirtualPrinter() as first:
        port = first.port
    with VirtualPrinter(port=port) as second:
        assert second.port == port


def test_pulling_the_plug_breaks_the_connection_and_refuses_the_next() -> None:
    with VirtualPrinter() as machine:
        address = (machine.host, machine.port)
        with socket.create_connection(address, timeout=10) as wire:
            wire.sendall(b"\x1b@")
            machine.wait_for_job(least=2)
            machine.unplug()
            assert wire.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address, timeout=10)
        machine.plug()
        socket.create_connection(address, timeout=10).close()
