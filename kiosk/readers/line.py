"""One question, one answer over a serial line.

The bytes of an answer are read straight into a buffer that is overwritten
afterwards: an answer carries a photo and an address, and a kiosk keeps neither.
"""

from __future__ import annotations

import os
import select
import termios
import time

import serial

from kiosk.readers.sam_codec import Answer, AnswerParser, Command, command, overwrite


class LineGone(Exception):
    """The port does not exist, is held by another program, or was unplugged."""


class LineSilent(Exception):
    """No sound answer came in time."""


class LineClosed(Exception):
    """The reader is being shut down."""


class Line:
    """An open serial port with a SAM reader behind it.  Used by one thread.

    `wake` is a file descriptor that becomes readable when the reader closes.
    """

    def __init__(self, path: str, baud: int, wake: int) -> None:
        """Raises `LineGone` when the port cannot be opened."""
        try:
            self._port = serial.Serial(path, baud, timeout=0, write_timeout=1, exclusive=True)
        except (OSError, ValueError, termios.error) as error:
            raise LineGone(f"cannot open {path}") from error
        self._wake = wake
        self._parser = AnswerParser()
        self._scratch = bytearray(2048)

    def close(self) -> None:
        """Free the port."""
        self._parser.clear()
        self._port.close()

    def ask(self, which: Command, timeout_s: float) -> Answer:
        """Send a command and return the first sound answer.

        Raises `LineSilent`, `LineGone` or `LineClosed`.
        """
        try:
            # a late answer to an earlier question must not answer this one
            self._port.reset_input_buffer()
            self._parser.clear()
            self._port.write(command(which))
            return self._wait(time.monotonic() + timeout_s)
        except (OSError, termios.error) as error:
            raise LineGone("the line was cut") from error
        finally:
            self._parser.clear()

    def _wait(self, deadline: float) -> Answer:
        while (left := deadline - time.monotonic()) > 0:
            ready, _, _ = select.select([self._port.fileno(), self._wake], [], [], left)
            if self._wake in ready:
                raise LineClosed
            if ready:
                self._receive()
                if (answer := self._parser.take()) is not None:
                    return answer
        raise LineSilent("no sound answer in time")

    def _receive(self) -> None:
        count = os.readv(self._port.fileno(), [self._scratch])
        if count == 0:
            raise LineGone("the line was cut")
        self._parser.feed(memoryview(self._scratch)[:count])
        overwrite(self._scratch)
