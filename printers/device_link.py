"""A printer behind a device file: the kernel's own USB driver (usblp, /dev/usb/lp0)."""

import os
import select
import time
from contextlib import suppress

from printers.link import LinkDown, LinkTimeout, as_link_errors

_MOST = 16
_CHUNK = 4096
_PAUSE_S = 0.02


class DeviceLink:
    """`path` is the device. `answers` False: it is opened for writing only, and never read.

    The library's File printer is not used: it cannot read, and a device that takes only part
    of a write would lose the rest.
    """

    def __init__(self, path: str, *, answers: bool = True) -> None:
        self._path, self._answers = path, answers
        self._file: int | None = None

    def open(self, timeout: float) -> None:
        """Open the device. Raises LinkDown; a device never needs `timeout`."""
        direction = os.O_RDWR if self._answers else os.O_WRONLY
        with as_link_errors():
            self._file = os.open(self._path, direction | os.O_NONBLOCK | os.O_NOCTTY)
            if self._answers:
                self._drop_old_answers(self._file)

    def write(self, data: bytes, timeout: float) -> None:
        """Send all of `data` within `timeout` seconds. Raises LinkTimeout, LinkDown."""
        file = self._ready()
        deadline = time.monotonic() + timeout
        left = memoryview(data)
        with as_link_errors():
            while left:
                self._wait(file, select.POLLOUT, deadline)
                with suppress(BlockingIOError):
                    left = left[os.write(file, left[:_CHUNK]) :]

    def read(self, timeout: float) -> bytes:
        """At least one byte, at most sixteen. Raises LinkTimeout, LinkDown."""
        file = self._ready()
        deadline = time.monotonic() + timeout
        with as_link_errors():
            while True:
                self._wait(file, select.POLLIN, deadline)
                with suppress(BlockingIOError):
                    if data := os.read(file, _MOST):
                        return data
                # usblp says "readable" and gives nothing while the printer has nothing to say
                time.sleep(_PAUSE_S)

    def close(self) -> None:
        """Release the device. Never raises."""
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                os.close(file)

    def _ready(self) -> int:
        if self._file is None:
            raise LinkDown("the connection is not open")
        return self._file

    def _drop_old_answers(self, file: int) -> None:
        """What the printer said to an earlier question is no answer to ours."""
        with suppress(BlockingIOError):
            while os.read(file, _MOST):
                pass

    def _wait(self, file: int, event: int, deadline: float) -> None:
        watch = select.poll()
        watch.register(file, event)
        left = deadline - time.monotonic()
        ready = watch.poll(left * 1000) if left > 0 else []
        if not ready:
            raise LinkTimeout("no answer in time")
        if ready[0][1] & (select.POLLERR | select.POLLHUP | select.POLLNVAL):
            raise LinkDown("the device is gone")
