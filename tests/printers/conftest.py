"""A virtual printer on loopback and the real driver that talks to it over TCP."""

from collections.abc import Iterator

import pytest

from printers.escpos import EscposPrinter, Limits, network_printer
from printers.virtual import VirtualPrinter

# Long enough for a busy machine, short enough for a test that waits for silence.
PATIENT = Limits(connect=5, status=5, send=10, proof=10)
BRISK = Limits(connect=2, status=0.25, send=2, proof=0.4)


@pytest.fixture
def machine() -> Iterator[VirtualPrinter]:
    with VirtualPrinter() as printer:
        yield printer


@pytest.fixture
def driver(machine: VirtualPrinter) -> EscposPrinter:
    return network_printer(machine.host, machine.port, limits=PATIENT)


@pytest.fixture
def brisk_driver(machine: VirtualPrinter) -> EscposPrinter:
    """For faults that end in silence: gives up quickly."""
    return network_printer(machine.host, machine.port, limits=BRISK)
