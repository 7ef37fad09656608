"""A QR and barcode scanner on a serial port (or USB in serial mode).

It speaks only when something is scanned, so silence is its health, and only the
port tells whether it is there.  Frames that are unsound several times in a row are
a wrong baud rate or another device, and are said to be that.
"""

from __future__ import annotations

import select
import time

import serial

from kiosk.readers.base import Down, Emit, ReaderKind
from kiosk.readers.condition import Health
from kiosk.readers.keeper import Closed, Keeper
from kiosk.readers.port import open_port, receive
from kiosk.readers.scan_rules import QUIET_S, Frames, Scans
from kiosk.readers.wipe import overwrite

TURN_S = 1.0
"""How often the loop shows that it is alive while nothing is scanned."""
UNSOUND = 3
"""So many frames thrown away in a row are no accident."""


class Scanner:
    """Reads codes from `port` and reports them; recovers from unplugging by itself."""

    kind = ReaderKind.SCANNER

    def __init__(self, port: str, baud: int = 9600) -> None:
        self._port, self._baud = port, baud
        self._keeper = Keeper(self.kind, port, self._serve)

    def start(self, emit: Emit) -> None:
        """Begin; see `kiosk.readers.condition.Reader`."""
        self._keeper.start(emit)

    def close(self) -> None:
        """End the thread and free the port."""
        self._keeper.close()

    def health(self) -> Health:
        """How it is; see `kiosk.readers.condition.Reader`."""
        return self._keeper.health()

    def _serve(self) -> None:
        with open_port(self._port, self._baud) as port:
            self._keeper.up()
            Listening(self._keeper, port).run()


class Listening:
    """Listens to an open port until it is cut."""

    def __init__(self, keeper: Keeper, port: serial.Serial) -> None:
        self._keeper, self._port = keeper, port
        self._frames, self._scans = Frames(), Scans()
        self._scratch = bytearray(512)
        self._unsound = 0

    def run(self) -> None:
        """Raises `Lost` when the port is cut, `Closed` at the end."""
        while True:
            self._keeper.turn()
            patience = QUIET_S if self._frames.open else TURN_S
            ready, _, _ = select.select([self._port.fileno(), self._keeper.wake], [], [], patience)
            if self._keeper.wake in ready:
                raise Closed
            if ready:
                count = receive(self._port, self._scratch)
                self._frames.feed(memoryview(self._scratch)[:count])
                overwrite(self._scratch)
            else:
                self._frames.quiet()
            self._report()

    def _report(self) -> None:
        while (frame := self._frames.take()) is not None:
            self._unsound = 0 if frame else self._unsound + 1
            if self._unsound >= UNSOUND:
                self._keeper.down(Down.GARBLED)
            elif frame:
                self._keeper.up()
            if (event := self._scans.event(frame, time.monotonic())) is not None:
                self._keeper.emit(event)
