"""A printer on USB, spoken to directly (libusb). The kernel's usblp must not hold it."""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import usb.core
import usb.util
from escpos.printer import Usb

from printers.link import LinkDown, LinkTimeout, as_link_errors, quietly

_PRINTER_CLASS = 7
_BULK, _KIND = 2, 0x03
_MOST = 16
_CHUNK = 4096


class UsbLink:
    """The printer with this vendor and product id; endpoints are read from its descriptor.

    `find` goes to pyusb's `usb.core.find`: a serial number, or a backend in tests.
    """

    def __init__(self, vendor: int, product: int, find: Mapping[str, Any] | None = None) -> None:
        self._wanted = {"idVendor": vendor, "idProduct": product, **(find or {})}
        self._name = f"{vendor:04x}:{product:04x}"
        self._device: Usb | None = None

    def open(self, timeout: float) -> None:
        """Find and claim the printer. Raises LinkDown; finding never needs `timeout`."""
        # Our own device in the library's object: it resets the printer at each opening, which
        # makes many vanish from the bus, and assumes the endpoints of one model.
        with as_link_errors():
            found = usb.core.find(**self._wanted)
            if found is None:
                raise LinkDown(f"no USB device {self._name}")
            interface = _printer_interface(found)
            _take_from_kernel(found, interface.bInterfaceNumber)
            usb.util.claim_interface(found, interface.bInterfaceNumber)
            self._device = Usb(in_ep=_endpoint(interface, 0x80), out_ep=_endpoint(interface, 0))
            self._device.device = found
        self._drop_old_answers()

    def write(self, data: bytes, timeout: float) -> None:
        """Send all of `data` within `timeout` seconds. Raises LinkTimeout, LinkDown."""
        device = self._ready()
        deadline = time.monotonic() + timeout
        for start in range(0, len(data), _CHUNK):
            device.timeout = _milliseconds(deadline - time.monotonic())
            with as_link_errors():
                device._raw(data[start : start + _CHUNK])

    def read(self, timeout: float) -> bytes:
        """At least one byte, at most sixteen. Raises LinkTimeout, LinkDown."""
        device = self._ready()
        with as_link_errors():
            data = bytes(device.device.read(device.in_ep, _MOST, _milliseconds(timeout)))
        if not data:
            raise LinkTimeout("no answer in time")
        return data

    def close(self) -> None:
        """Give the printer back. Never raises."""
        device, self._device = self._device, None
        if device is not None:
            with quietly():
                device.close()

    def _drop_old_answers(self) -> None:
        """What the printer said to an earlier question is no answer to ours."""
        with suppress(LinkTimeout):
            while True:
                self.read(0.001)

    def _ready(self) -> Usb:
        if self._device is None:
            raise LinkDown("the connection is not open")
        return self._device


def _milliseconds(seconds: float) -> int:
    return max(int(seconds * 1000), 1)  # 0 would mean for ever


def _printer_interface(device: Any) -> Any:
    for configuration in device:
        for interface in configuration:
            if interface.bInterfaceClass == _PRINTER_CLASS:
                return interface
    raise LinkDown("this USB device has no printer interface")


def _endpoint(interface: Any, direction: int) -> int:
    for endpoint in interface:
        if endpoint.bmAttributes & _KIND == _BULK and endpoint.bEndpointAddress & 0x80 == direction:
            return int(endpoint.bEndpointAddress)
    raise LinkDown("this USB printer cannot answer" if direction else "it takes no data")


def _take_from_kernel(device: Any, interface: int) -> None:
    try:
        if device.is_kernel_driver_active(interface):
            device.detach_kernel_driver(interface)
    except NotImplementedError:
        return  # a platform, or a virtual bus, without kernel drivers
