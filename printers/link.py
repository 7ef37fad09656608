"""The wire to a printer: four small methods, and the one for a printer on the network.

Every way in which a wire can fail (the library's own exceptions, AssertionError, TimeoutError,
BrokenPipeError, termios.error, other OSError) leaves the links as LinkDown or LinkTimeout.
"""

import errno
import socket
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from escpos.exceptions import Error as EscposError
from escpos.printer import Network


class LinkDown(Exception):
    """The printer cannot be reached, or the connection broke."""


class LinkTimeout(LinkDown):
    """The printer did not take or give a byte in time."""


class Link(Protocol):
    """One connection to one printer, opened for a single job."""

    def open(self, timeout: float) -> None:
        """Connect within `timeout` seconds. Raises LinkDown."""

    def write(self, data: bytes, timeout: float) -> None:
        """Send all of `data` within `timeout` seconds. Raises LinkDown; part may be sent."""

    def read(self, timeout: float) -> bytes:
        """At least one byte, at most sixteen. Raises LinkTimeout, LinkDown when closed."""

    def close(self) -> None:
        """Release the printer. Never raises; may be called twice."""


class NetworkLink:
    """A printer on TCP, usually port 9100."""

    def __init__(self, host: str, port: int = 9100) -> None:
        self._host, self._port = host, port
        self._device: Network | None = None

    def open(self, timeout: float) -> None:
        """Connect within `timeout` seconds. Raises LinkDown."""
        # A fresh library object each time: after a refused connect an old one only asserts. Our
        # own socket, because the library leaks its one when the connect fails.
        device = Network(self._host, self._port, timeout=timeout)
        with as_link_errors():
            device.device = socket.create_connection((self._host, self._port), timeout)
        self._device = device

    def write(self, data: bytes, timeout: float) -> None:
        """Send all of `data` within `timeout` seconds. Raises LinkDown."""
        device = self._ready(timeout)
        with as_link_errors():
            device._raw(data)

    def read(self, timeout: float) -> bytes:
        """At least one byte, at most sixteen. Raises LinkTimeout, LinkDown."""
        device = self._ready(timeout)
        with as_link_errors():
            data = bytes(device._read())
        if not data:
            raise LinkDown("the printer closed the connection")
        return data

    def close(self) -> None:
        """Release the printer. Never raises."""
        device, self._device = self._device, None
        if device is not None:
            with quietly():
                device.close()

    def _ready(self, timeout: float) -> Network:
        if self._device is None or not isinstance(self._device.device, socket.socket):
            raise LinkDown("the connection is not open")
        self._device.device.settimeout(max(timeout, 0.001))
        return self._device


@contextmanager
def as_link_errors() -> Iterator[None]:
    """Whatever the body raises of a wire leaves as LinkTimeout or LinkDown."""
    try:
        yield
    except LinkDown:
        raise
    except OSError as error:
        # pyusb and pyserial have timeouts of their own, which are no TimeoutError
        if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
            raise LinkTimeout("no answer in time") from error
        raise LinkDown(str(error) or type(error).__name__) from error
    except (EscposError, AssertionError, ValueError, termios.error) as error:
        raise LinkDown(str(error) or type(error).__name__) from error


@contextmanager
def quietly() -> Iterator[None]:
    """Whatever the body raises of a wire is forgotten: it is being closed."""
    try:
        yield
    except (OSError, EscposError, AssertionError, ValueError, termios.error):
        return
