"""From what a configuration says about a printer to the printer itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from printers.device_link import DeviceLink
from printers.escpos import EscposPrinter
from printers.link import Link, NetworkLink
from printers.mute import MutePrinter, QueuePrinter
from printers.paper import Paper
from printers.printer import Limits, Printer
from printers.serial_link import Flow, SerialLink

_QUEUED = {"auto": None, "yes": True, "no": False}
_JOB_BYTES = 60_000
"""A long ticket on 80 mm paper; a serial line needs its time for it."""


class Wanted(Protocol):
    """A ``[printer]`` table, whoever read it; the address of its kind is there."""

    @property
    def kind(self) -> str: ...
    @property
    def host(self) -> str | None: ...
    @property
    def port(self) -> int: ...
    @property
    def device(self) -> str | None: ...
    @property
    def baud(self) -> int: ...
    @property
    def flow(self) -> Flow: ...
    @property
    def usb_id(self) -> str | None: ...
    @property
    def queue(self) -> str | None: ...
    @property
    def answers(self) -> bool: ...
    @property
    def queued_proof(self) -> str: ...
    @property
    def watch(self) -> bool: ...
    @property
    def mm_per_s(self) -> int: ...
    @property
    def paper(self) -> int: ...
    @property
    def proof_seconds(self) -> float: ...


def paper_of(wanted: Wanted) -> Paper:
    """The width of the roll."""
    return Paper.MM58 if wanted.paper == 58 else Paper.MM80


def printer_of(wanted: Wanted) -> Printer:
    """The printer, its paper not counted. Opens nothing. `kind` is not none."""
    limits = _limits(wanted)
    if wanted.kind == "cups":
        assert wanted.queue is not None
        return QueuePrinter(wanted.queue, paper_of(wanted), limits, wanted.host)
    if not wanted.answers:
        return MutePrinter(_link(wanted), paper_of(wanted), limits)
    return EscposPrinter(
        _link(wanted),
        paper_of(wanted),
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
        # only here, so that a machine without a USB printer needs no libusb
        from printers.usb_link import UsbLink

        vendor, product = (int(part, 16) for part in wanted.usb_id.split(":"))
        return UsbLink(vendor, product)
    assert wanted.host is not None
    return NetworkLink(wanted.host, wanted.port)
