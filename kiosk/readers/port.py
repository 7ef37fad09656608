"""A serial port that is opened for one program alone, with a reason when it cannot be."""

from __future__ import annotations

import errno
import os
import termios

import serial

from kiosk.readers.base import Down
from kiosk.readers.keeper import Lost

WRITE_S = 1.0

_REASONS = {
    errno.EAGAIN: Down.HELD,
    errno.EBUSY: Down.HELD,
    errno.EACCES: Down.NOT_ALLOWED,
    errno.EPERM: Down.NOT_ALLOWED,
}


def open_port(path: str, baud: int) -> serial.Serial:
    """The port, not blocking.  Raises `Lost`."""
    try:
        return serial.Serial(path, baud, timeout=0, write_timeout=WRITE_S, exclusive=True)
    except OSError as error:
        raise Lost(_REASONS.get(error.errno or 0, Down.GONE)) from error
    except (ValueError, termios.error) as error:
        raise Lost(Down.GONE) from error


def receive(port: serial.Serial, into: bytearray) -> int:
    """Read what has arrived into a buffer of ours; how many bytes.  Raises `Lost`.

    pyserial's own `read` would leave copies in memory that nobody can overwrite.
    """
    try:
        count = os.readv(port.fileno(), [into])
    except OSError as error:
        raise Lost(Down.GONE) from error
    if count == 0:
        raise Lost(Down.GONE)
    return count
