"""From the `[printer]` table to the printer that it describes."""

from __future__ import annotations

from dataclasses import replace

from config.kiosk import KioskConfig
from config.kiosk import Printer as Wanted
from printers.device_link import DeviceLink
from printers.escpos import EscposPrinter
from printers.link import Link, NetworkLink
from printers.mute import MutePrinter, QueuePrinter
from printers.paper import Paper
from printers.paper_roll import CountedPrinter, RollBook
from printers.printer import Limits, Printer
from printers.serial_link import SerialLink

ROLL_FILE = "roll.sqlite"
_QUEUED = {"auto": None, "yes": True, "no": False}
_JOB_BYTES = 60_000
"""A long ticket on 80 mm paper; a serial line needs its time for it."""


def printer(config: KioskConfig) -> Printer | None:
    """The printer, or None: then numbers are shown only.  Opens nothing but the count."""
    wanted = config.printer
    if wanted.kind == "none":
        return None
    plain, book = plain_printer(config), roll(config)
    return plain if book is None else CountedPrinter(plain, book, wanted.warn_slips)


def plain_printer(config: KioskConfig) -> Printer:
    """The printer itself, its paper not counted.  There has to be one."""
    return _plain(config.printer)


def roll(config: KioskConfig) -> RollBook | None:
    """The count of the roll, None if no length of a roll is set."""
    metres = config.printer.roll_m
    return None if metres is None else RollBook(config.kiosk.state_dir / ROLL_FILE, metres * 1000)


def paper(config: KioskConfig) -> Paper:
    """The width of the roll."""
    return _paper(config.printer)


def _paper(wanted: Wanted) -> Paper:
    return Paper.MM58 if wanted.paper == 58 else Paper.MM80


def _plain(wanted: Wanted) -> Printer:
    limits = _limits(wanted)
    if wanted.kind == "cups":
        assert wanted.queue is not None
        return QueuePrinter(wanted.queue, _paper(wanted), limits, wanted.host)
    if not wanted.answers:
        return MutePrinter(_link(wanted), _paper(wanted), limits)
    return EscposPrinter(
        _link(wanted),
        _paper(wanted),
        limits,
        queued_proof=_QUEUED[wanted.queued_proof],
        mm_per_s=float(wanted.mm_per_s),
        watch=wanted.watch,
    )


def _limits(wanted: Wanted) -> Limits:
    limits = Limits(proof=wanted.proof_seconds)
    if wanted.kind != "serial":
        return limits
    bits_a_byte = 10
    return replace(limits, send=limits.send + _JOB_BYTES * bits_a_byte / wanted.baud)


def _link(wanted: Wanted) -> Link:
    """The wire; the configuration has made sure that its address is there."""
    if wanted.kind == "serial":
        assert wanted.device is not None
        return SerialLink(wanted.device, wanted.baud, wanted.flow)
    if wanted.kind == "device":
        assert wanted.device is not None
        return DeviceLink(wanted.device, answers=wanted.answers)
    if wanted.kind == "usb":
        assert wanted.usb_id is not None
        # only here, so that a kiosk without a USB printer needs no libusb
        from printers.usb_link import UsbLink

        vendor, product = (int(part, 16) for part in wanted.usb_id.split(":"))
        return UsbLink(vendor, product)
    assert wanted.host is not None
    return NetworkLink(wanted.host, wanted.port)
