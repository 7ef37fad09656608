"""A printer on a serial line: RS-232, or USB with a serial chip (ttyUSB, ttyACM)."""

from typing import Literal

import serial
from escpos.printer import Serial

from printers.link import LinkDown, LinkTimeout, as_link_errors, quietly

Flow = Literal["none", "rtscts", "dsrdtr", "xonxoff"]
_MOST = 16


class SerialLink:
    """`port` is a device path, `flow` the handshake that the printer's switches are set to."""

    def __init__(self, port: str, baud: int = 115200, flow: Flow = "none") -> None:
        self._path, self._baud, self._flow = port, baud, flow
        self._device: Serial | None = None
        self._port: serial.Serial | None = None

    def open(self, timeout: float) -> None:
        """Open the port for ourselves alone. Raises LinkDown; a port never needs `timeout`."""
        # Our own port in the library's object: its one cannot time out when writing, has no
        # RTS/CTS, and waits for sixteen bytes at each answer.
        with as_link_errors():
            self._port = serial.Serial(
                self._path,
                self._baud,
                exclusive=True,
                rtscts=self._flow == "rtscts",
                dsrdtr=self._flow == "dsrdtr",
                xonxoff=self._flow == "xonxoff",
            )
            # what the printer said to an earlier question is no answer to ours
            self._port.reset_input_buffer()
        self._device = Serial(devfile=self._path)
        self._device.device = self._port

    def write(self, data: bytes, timeout: float) -> None:
        """Send all of `data` within `timeout` seconds. Raises LinkTimeout, LinkDown."""
        device, port = self._ready()
        with as_link_errors():
            port.write_timeout = max(timeout, 0.001)
            try:
                device._raw(data)
            except serial.SerialTimeoutException as error:
                raise LinkTimeout("the printer takes no more") from error

    def read(self, timeout: float) -> bytes:
        """At least one byte, at most sixteen. Raises LinkTimeout, LinkDown."""
        _, port = self._ready()
        with as_link_errors():
            port.timeout = max(timeout, 0.001)
            data = bytes(port.read(1))
            if data:
                data += port.read(min(port.in_waiting, _MOST - 1))
        if not data:
            raise LinkTimeout("no answer in time")
        return data

    def close(self) -> None:
        """Free the port at once; bytes that a stuck printer never took are dropped."""
        port, self._port, self._device = self._port, None, None
        if port is not None:
            with quietly():
                # the kernel would wait half a minute for them
                port.reset_output_buffer()
            with quietly():
                port.close()

    def _ready(self) -> tuple[Serial, serial.Serial]:
        if self._device is None or self._port is None:
            raise LinkDown("the connection is not open")
        return self._device, self._port
