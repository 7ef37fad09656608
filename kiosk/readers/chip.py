"""How one talks to a chip card: commands, answers in pieces, and tagged values.  PURE.

Sources: ISO 7816-4 (61xx: fetch the rest; 6Cxx: ask again for so many bytes), ISO 8825-1
(BER-TLV).  A VERIFY command, which would try a PIN, does not exist here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.readers.base import Unreadable
from kiosk.readers.wipe import overwrite

Transmit = Callable[[bytes], bytearray]
"""Sends a command and returns data and two status bytes.  Raises `CardFault`."""

OK = 0x9000
NO_RECORD = 0x6A83
PROTECTED = (0x6982, 0x6983, 0x6985)
"""Security status not satisfied, blocked, conditions not satisfied: a PIN is wanted."""
COMMAND_WITH_LENGTH = 5
"""Bytes of a command without data that ends in the length it asks for."""
PIECES = 16
"""More pieces than any honest answer has."""


class CardFault(Exception):
    """The card cannot be read, for `reason`.  Never holds anything of the card."""

    def __init__(self, reason: Unreadable) -> None:
        super().__init__(reason.value)
        self.reason = reason


def exchange(transmit: Transmit, command: bytes) -> tuple[bytearray, int]:
    """One command and its whole answer: data and status.  The caller wipes the data."""
    data, status = _once(transmit, command)
    if status >> 8 == 0x6C and len(command) == COMMAND_WITH_LENGTH:
        overwrite(data)
        data, status = _once(transmit, command[:-1] + bytes([status & 0xFF]))
    for _ in range(PIECES):
        if status >> 8 != 0x61:
            break
        piece, status = _once(transmit, bytes((0x00, 0xC0, 0x00, 0x00, status & 0xFF)))
        data += piece
        overwrite(piece)
    if status >> 8 == 0x61:
        overwrite(data)
        raise CardFault(Unreadable.TRY_AGAIN)
    return data, status


def _once(transmit: Transmit, command: bytes) -> tuple[bytearray, int]:
    answer = transmit(command)
    if len(answer) < 2:
        overwrite(answer)
        raise CardFault(Unreadable.TRY_AGAIN)
    status = int.from_bytes(answer[-2:], "big")
    del answer[-2:]
    return answer, status


def tagged(data: bytes | bytearray) -> Iterator[tuple[int, memoryview]]:
    """The tags and values in BER-TLV data, padding (00, FF) left out.  Copies nothing.

    Raises `CardFault` for data that ends in the middle of a value.
    """
    at = 0
    while at < len(data):
        if data[at] in (0x00, 0xFF):
            at += 1
            continue
        try:
            tag, at = _tag(data, at)
            length, at = _length(data, at)
        except IndexError:
            raise CardFault(Unreadable.TRY_AGAIN) from None
        if at + length > len(data):
            raise CardFault(Unreadable.TRY_AGAIN)
        yield tag, memoryview(data)[at : at + length]
        at += length


def _tag(data: bytes | bytearray, at: int) -> tuple[int, int]:
    tag = data[at]
    at += 1
    if tag & 0x1F == 0x1F:  # the tag goes on
        more = True
        while more:
            tag = tag << 8 | data[at]
            more = bool(data[at] & 0x80)
            at += 1
    return tag, at


def _length(data: bytes | bytearray, at: int) -> tuple[int, int]:
    first = data[at]
    at += 1
    if first < 0x80:
        return first, at
    size = first & 0x7F
    if not 1 <= size <= 2:
        raise CardFault(Unreadable.TRY_AGAIN)
    if at + size > len(data):
        raise IndexError
    return int.from_bytes(data[at : at + size], "big"), at + size
