"""One question, one answer over a serial line.

The bytes of an answer are read straight into a buffer that is overwritten
afterwards: an answer carries a photo and an address, and a kiosk keeps neither.
"""

from __future__ import annotations

import select
import termios
import time

from kiosk.readers.base import Down
from kiosk.readers.keeper import Closed, Lost
from kiosk.readers.port import open_port, receive
from kiosk.readers.sam_codec import Answer, AnswerParser, Command, command
from kiosk.readers.wipe import overwrite


class NoAnswer(Exception):
    """No sound answer came in time.  `heard`: something came, and it was noise."""

    def __init__(self, heard: bool) -> None:
        super().__init__("no sound answer in time")
        self.heard = heard

    @property
    def reason(self) -> Down:
        """What this means when it goes on."""
        return Down.GARBLED if self.heard else Down.SILENT


class Line:
    """An open serial port with a SAM reader behind it.  Used by one thread.

    `wake` is a file descriptor that becomes readable when the reader closes.
    """

    def __init__(self, path: str, baud: int, wake: int) -> None:
        """Raises `Lost` when the port cannot be opened."""
        self._port = open_port(path, baud)
        self._wake = wake
        self._parser = AnswerParser()
        self._scratch = bytearray(2048)

    def close(self) -> None:
        """Free the port."""
        self._parser.clear()
        self._port.close()

    def ask(self, which: Command, timeout_s: float) -> Answer:
        """Send a command and return the first sound answer.

        Raises `NoAnswer`, `Lost` or `Closed`.
        """
        try:
            # a late answer to an earlier question must not answer this one
            self._port.reset_input_buffer()
            self._parser.clear()
            self._port.write(command(which))
            return self._wait(time.monotonic() + timeout_s)
        except (OSError, termios.error) as error:
            raise Lost(Down.GONE) from error
        finally:
            self._parser.clear()

    def _wait(self, deadline: float) -> Answer:
        heard = False
        while (left := deadline - time.monotonic()) > 0:
            ready, _, _ = select.select([self._port.fileno(), self._wake], [], [], left)
            if self._wake in ready:
                raise Closed
            if ready:
                heard = True
                self._receive()
                if (answer := self._parser.take()) is not None:
                    return answer
        raise NoAnswer(heard)

    def _receive(self) -> None:
        try:
            count = receive(self._port, self._scratch)
            self._parser.feed(memoryview(self._scratch)[:count])
        finally:
            overwrite(self._scratch)
