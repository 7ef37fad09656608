"""A virtual printer on a serial line: a pty that pyserial opens like any port.

A pty has no baud rate. Its handshake holds back what does not fit the buffer while the printer
prints; from one that has stopped, what does not fit is lost, all but status queries. A pty is a
device file too, so it stands for /dev/usb/lp0.
"""

import os
import select
import tty
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PIL import Image

from printers.faults import Faults
from printers.paper import Paper
from printers.virtual_device import QUERY, TICK, VirtualDevice

_CHUNK = 4096


class VirtualSerialPrinter(VirtualDevice):
    """A printer at `port`, which is `link` if given, as udev gives a printer a lasting name.

    `close_after_bytes` pulls the cable; `plug` puts it back.
    """

    def __init__(
        self,
        link: Path | None = None,
        paper: Paper = Paper.MM80,
        on_ticket: Callable[[Image.Image], None] | None = None,
        faults: Faults | None = None,
    ) -> None:
        super().__init__(paper, on_ticket, faults)
        self.port = ""
        self._link = link
        self._master, self._slave = -1, -1
        # None: on its way out
        self._plugged: bool | None = False
        self._appear()

    def close(self) -> None:
        """Stop serving and vanish."""
        super().close()
        self._vanish()

    def unplug(self) -> None:
        """Vanish: whoever has the port open gets an error."""
        self._set_refuse(True)

    def plug(self) -> None:
        """Be there again, at the same `port` if there is a link."""
        self._set_refuse(False)

    def _set_refuse(self, refuse: bool) -> None:
        self.faults.refuse = refuse
        with self._changed:
            if not self._changed.wait_for(lambda: self._plugged is (not refuse), timeout=10):
                raise TimeoutError("the virtual printer is not running")

    def _serve(self) -> None:
        while not self._stop.is_set():
            self._work()
            if self.faults.refuse:
                self._vanish()
                self._stop.wait(TICK)
            elif not self._plugged:
                self._appear()
            elif not self._listen():
                self.faults.refuse = True

    def _listen(self) -> bool:
        room = self._room
        held_up = not room and not self.faults.stopped  # the handshake
        ready, _, _ = select.select([] if held_up else [self._master], [], [], TICK)
        if not ready:
            return True
        data = os.read(self._master, room or _CHUNK)
        return self._receive(data if room else b"".join(QUERY.findall(data)))

    def _appear(self) -> None:
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.port = os.ttyname(self._slave)
        if self._link is not None:
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(self.port)
            self.port = str(self._link)
        self._connected(lambda data: _write(self._master, data))
        self._set_plugged(True)

    def _vanish(self) -> None:
        if not self._plugged:
            return
        self._set_plugged(None)  # first: whoever sees the line break may plug it in at once
        self._disconnected()
        for end in (self._slave, self._master):
            with suppress(OSError):
                os.close(end)
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        self._set_plugged(False)

    def _set_plugged(self, plugged: bool | None) -> None:
        with self._changed:
            self._plugged = plugged
            self._changed.notify_all()


def _write(end: int, data: bytes) -> None:
    os.write(end, data)
