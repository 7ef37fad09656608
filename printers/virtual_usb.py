"""A virtual printer on a virtual USB: a backend of pyusb with one device, a printer.

pyusb itself, and python-escpos on top of it, run as they do on a real bus; only libusb is ours.
"""

import errno
import queue
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core
from PIL import Image

from printers.faults import Faults
from printers.paper import Paper
from printers.virtual_device import QUERY, TICK, VirtualDevice

VENDOR, PRODUCT = 0x0416, 0x5011
_OUT, _IN, _BULK, _PRINTER = 0x03, 0x81, 2, 7


class VirtualUsbPrinter(VirtualDevice):
    """A printer on the bus `find["backend"]`, as `UsbLink(VENDOR, PRODUCT, printer.find)`."""

    def __init__(
        self,
        paper: Paper = Paper.MM80,
        on_ticket: Callable[[Image.Image], None] | None = None,
        faults: Faults | None = None,
    ) -> None:
        super().__init__(paper, on_ticket, faults)
        self._to_printer: queue.Queue[bytes] = queue.Queue(maxsize=1)
        self._to_host: queue.Queue[bytes] = queue.Queue()
        self._connected(self._to_host.put)
        self.find: dict[str, Any] = {"backend": _Bus(self)}

    @property
    def plugged(self) -> bool:
        """Whether the bus knows the printer."""
        return not self._over

    def unplug(self) -> None:
        """Vanish from the bus: transfers fail, and the printer is not found any more."""
        self.faults.refuse = True

    def plug(self) -> None:
        """Be on the bus again. What was on the cable when it was pulled is lost."""
        with suppress(queue.Empty):
            while True:
                self._to_printer.get_nowait()
        self.faults.refuse = False

    def take(self, data: bytes, timeout: float) -> None:
        """A transfer to the printer. Raises queue.Full when it takes nothing in time."""
        self._to_printer.put(data, timeout=timeout)

    def give(self, timeout: float) -> bytes:
        """A transfer from the printer. Raises queue.Empty when it says nothing in time."""
        return self._to_host.get(timeout=timeout)

    def _serve(self) -> None:
        while not self._stop.is_set():
            if self.faults.refuse:
                self._stop.wait(TICK)
                continue
            self._work()
            room = self._room >= _PACKET
            if not room and not self.faults.stopped:
                self._stop.wait(TICK)
                continue
            try:
                data = self._to_printer.get(timeout=TICK)
            except queue.Empty:
                continue
            if not self._receive(data if room else b"".join(QUERY.findall(data))):
                self.unplug()


_PACKET = 64


class _Bus(usb.backend.IBackend):  # type: ignore[misc]  # pyusb has no types
    """What pyusb asks of libusb, answered for one device."""

    def __init__(self, printer: VirtualUsbPrinter) -> None:
        self._printer = printer

    def enumerate_devices(self) -> Iterator[str]:
        return iter(("printer",) if self._printer.plugged else ())

    def get_device_descriptor(self, dev: str) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT,
            bcdDevice=0x100, iManufacturer=0, iProduct=0, iSerialNumber=0, bNumConfigurations=1,
            address=1, bus=1, port_number=1, port_numbers=(1,), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: str, config: int) -> SimpleNamespace:
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1,
            bConfigurationValue=1, iConfiguration=0, bmAttributes=0xC0, bMaxPower=1,
            extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(
        self, dev: str, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        if intf or alt:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=2, bInterfaceClass=_PRINTER, bInterfaceSubClass=1,
            bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(
        self, dev: str, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(_OUT, _IN)[ep],
            bmAttributes=_BULK, wMaxPacketSize=_PACKET, bInterval=0, bRefresh=0,
            bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: str) -> str:
        return dev

    def close_device(self, dev_handle: str) -> None:
        pass

    def get_configuration(self, dev_handle: str) -> int:
        return 1

    def claim_interface(self, dev_handle: str, intf: int) -> None:
        pass

    def release_interface(self, dev_handle: str, intf: int) -> None:
        pass

    def bulk_write(self, dev_handle: str, ep: int, intf: int, data: Any, timeout: int) -> int:
        whole = bytes(data)
        for at in range(0, len(whole), _PACKET):
            self._refuse_if_gone()
            try:
                self._printer.take(whole[at : at + _PACKET], timeout / 1000)
            except queue.Full:
                raise _timeout() from None
        return len(whole)

    def bulk_read(self, dev_handle: str, ep: int, intf: int, buff: Any, timeout: int) -> int:
        self._refuse_if_gone()
        try:
            data = self._printer.give(timeout / 1000)
        except queue.Empty:
            self._refuse_if_gone()
            raise _timeout() from None
        buff[: len(data)] = type(buff)("B", data)
        return len(data)

    def _refuse_if_gone(self) -> None:
        if not self._printer.plugged:
            raise usb.core.USBError("No such device", -4, errno.ENODEV)


def _timeout() -> Exception:
    error: Exception = usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
    return error
