"""The same printer on every kind of wire, each with the real driver and the real library."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageChops

from printers.device_link import DeviceLink
from printers.escpos import EscposPrinter, Limits
from printers.link import Link, NetworkLink
from printers.page import Page
from printers.serial_link import SerialLink
from printers.usb_link import UsbLink
from printers.virtual import VirtualPrinter
from printers.virtual_serial import VirtualSerialPrinter
from printers.virtual_usb import PRODUCT, VENDOR, VirtualUsbPrinter

Machine = VirtualPrinter | VirtualSerialPrinter | VirtualUsbPrinter
BRISK = Limits(connect=2, status=0.4, send=1.5, proof=0.8)
PATIENT = Limits(connect=5, status=5, send=20, proof=20)
STUCK = replace(PATIENT, send=1.5, proof=0.8)
"""For a job that goes wrong on its way on a printer that still says how it is: whoever says
so is waited for, however busy the machine is."""


class Bench:
    """A virtual printer and what reaches it."""

    def __init__(self, machine: Machine, link: Link) -> None:
        self.machine, self.link = machine, link

    def driver(self, limits: Limits = PATIENT, *, queued: bool = True) -> EscposPrinter:
        return EscposPrinter(self.link, self.machine.paper, limits, queued_proof=queued)


@contextmanager
def tcp(folder: Path) -> Iterator[Bench]:
    with VirtualPrinter() as machine:
        yield Bench(machine, NetworkLink(machine.host, machine.port))


@contextmanager
def serial(folder: Path) -> Iterator[Bench]:
    with VirtualSerialPrinter(folder / "kiosk-printer") as machine:
        yield Bench(machine, SerialLink(machine.port))


@contextmanager
def device(folder: Path) -> Iterator[Bench]:
    with VirtualSerialPrinter(folder / "lp0") as machine:
        yield Bench(machine, DeviceLink(machine.port))


@contextmanager
def usb(folder: Path) -> Iterator[Bench]:
    with VirtualUsbPrinter() as machine:
        yield Bench(machine, UsbLink(VENDOR, PRODUCT, machine.find))


WIRES: dict[str, Callable[[Path], "contextmanager[Bench]"]] = {
    "tcp": tcp,
    "serial": serial,
    "device": device,
    "usb": usb,
}


def same_picture(cut: Image.Image, page: Page) -> bool:
    """The cut paper starts with exactly the dots that were sent."""
    sent = page.image.convert("L")
    part = cut.crop((0, 0, sent.width, sent.height)).convert("L")
    return ImageChops.difference(part, sent).getbbox() is None
