"""The line to a device of a window: a serial port, or a connection over the network."""

from __future__ import annotations

import contextlib
import select
import socket
from typing import Protocol

import serial

PATIENCE_S = 2.0
MOST_EARLY = 1024
"""Bytes kept of what a device says while nobody listens."""


class Gone(Exception):
    """The device cannot be reached; the message says why."""


class Wire(Protocol):
    """An open line."""

    def send(self, data: bytes) -> None:
        """Raises `Gone`."""

    def receive(self, timeout_s: float) -> bytes:
        """What has come, empty if nothing comes in this time. Raises `Gone`."""

    def close(self) -> None:
        """Hang up; never fails."""


class Place(Protocol):
    """Where a configuration says that the device is: a serial port, or a host."""

    @property
    def port(self) -> str | None: ...
    @property
    def baud(self) -> int: ...
    @property
    def host(self) -> str | None: ...
    @property
    def tcp_port(self) -> int: ...


def open_wire(place: Place) -> Wire:
    """The configured line. Raises `Gone`."""
    if place.port is not None:
        return SerialWire(place.port, place.baud)
    return TcpWire(str(place.host), place.tcp_port)


class SerialWire:
    """A serial port, 8N1, nobody else's."""

    def __init__(self, port: str, baud: int) -> None:
        try:
            self._serial = serial.Serial(
                port, baud, timeout=0, write_timeout=PATIENCE_S, exclusive=True
            )
        except (serial.SerialException, OSError, ValueError) as error:
            raise Gone(str(error)) from error

    def send(self, data: bytes) -> None:
        """See `Wire.send`."""
        try:
            self._serial.write(data)
            self._serial.flush()
        except (serial.SerialException, OSError) as error:
            raise Gone(str(error)) from error

    def receive(self, timeout_s: float) -> bytes:
        """See `Wire.receive`."""
        try:
            self._serial.timeout = timeout_s
            first: bytes = self._serial.read(1)
            return first + self._serial.read(self._serial.in_waiting) if first else b""
        except (serial.SerialException, OSError) as error:
            raise Gone(str(error)) from error

    def close(self) -> None:
        """See `Wire.close`."""
        with contextlib.suppress(serial.SerialException, OSError):  # it was unplugged
            self._serial.close()


class TcpWire:
    """A connection to a device with a network port of its own, or to a serial server."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), PATIENCE_S)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        except OSError as error:
            raise Gone(str(error)) from error
        self._early = b""

    def send(self, data: bytes) -> None:
        """See `Wire.send`."""
        # A device that hung up is only seen by listening; what it said meanwhile is kept.
        self._early = (self._early + self._heard(0))[-MOST_EARLY:]
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise Gone(str(error)) from error

    def receive(self, timeout_s: float) -> bytes:
        """See `Wire.receive`."""
        early, self._early = self._early, b""
        return early or self._heard(timeout_s)

    def _heard(self, timeout_s: float) -> bytes:
        try:
            ready, _, _ = select.select([self._socket], [], [], timeout_s)
            if not ready:
                return b""
            data = self._socket.recv(256)
        except (OSError, ValueError) as error:
            raise Gone(str(error)) from error
        if not data:
            raise Gone("the device hung up")
        return data

    def close(self) -> None:
        """See `Wire.close`."""
        self._socket.close()
