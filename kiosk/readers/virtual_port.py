"""A serial device without hardware: a real pseudo-terminal that can be unplugged."""

from __future__ import annotations

import contextlib
import os
import select
import termios
import threading
import tty
from collections.abc import Callable

_BAUDS = {getattr(termios, f"B{n}"): n for n in (9600, 19200, 38400, 57600, 115200)}


class _Unplugged(Exception):
    """Ends the device's thread."""


class VirtualPort:
    """Calls `hear` with what a program writes to `.path`; `send` answers it.

    With a `link`, `.path` is that symbolic link and stays the same over unplugging,
    as udev gives a device a lasting name.  `hear` runs in the device's own thread.
    """

    def __init__(self, hear: Callable[[bytes], None], link: str | None = None) -> None:
        self._hear, self._link = hear, link
        self._master = self._slave = -1
        self._wake = os.pipe()
        self._thread: threading.Thread | None = None
        self.path = ""

    @property
    def baud(self) -> int | None:
        """The speed the program has set."""
        return _BAUDS.get(termios.tcgetattr(self._slave)[5])

    def plug(self) -> None:
        """Appear as a serial port."""
        if self._thread is not None:
            return
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        if self._link:
            self._unlink()
            os.symlink(self.path, self._link)
            self.path = self._link
        self._thread = threading.Thread(target=self._serve, name="virtual-port", daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Vanish: whoever has the port open gets an error."""
        if self._thread is None:
            return
        os.write(self._wake[1], b"x")
        self._thread.join()
        self._thread = None
        os.read(self._wake[0], 1)
        for fd in (self._slave, self._master):
            os.close(fd)
        self._unlink()

    def close(self) -> None:
        """Unplug for good."""
        self.unplug()
        for fd in self._wake:
            with contextlib.suppress(OSError):
                os.close(fd)

    # -- within `hear` ------------------------------------------------------------

    def wait(self, seconds: float) -> None:
        """Think for a while; being unplugged ends it."""
        if seconds and select.select([self._wake[0]], [], [], seconds)[0]:
            raise _Unplugged

    def send(self, data: bytes) -> None:
        """All of it, without getting stuck when nobody reads the line."""
        os.set_blocking(self._master, False)
        while data:
            if select.select([self._wake[0]], [self._master], [])[0]:
                raise _Unplugged
            with contextlib.suppress(BlockingIOError):
                data = data[os.write(self._master, data) :]

    def _serve(self) -> None:
        with contextlib.suppress(_Unplugged):
            while True:
                ready, _, _ = select.select([self._master, self._wake[0]], [], [])
                if self._wake[0] in ready:
                    return
                self._hear(os.read(self._master, 4096))

    def _unlink(self) -> None:
        if self._link:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._link)
