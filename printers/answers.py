"""Tells apart what a printer says on one wire. Pure.

Three things arrive mixed: answers to DLE EOT, answers to GS r, and automatic status (ASB), which
comes by itself at every change. Epson fixed the bits by which they differ:

    DLE EOT n   0xx1xx10    one byte
    GS r n      0xx0xxxx    one byte
    ASB         0xx1xx00    first of four; the other three are 0xx0xxxx
    XON, XOFF   0x11, 0x13  flow control, skipped
"""

from dataclasses import dataclass, field
from enum import Enum, auto

_XON, _XOFF = 0x11, 0x13
_KIND, _ONE = 0x93, 0x90
_REALTIME, _AUTOMATIC = 0x12, 0x10
_BLOCK = 4


class Kind(Enum):
    """What a sound answer belongs to."""

    REALTIME = auto()
    QUEUED = auto()
    AUTOMATIC = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: a single byte, or four of automatic status."""

    kind: Kind
    data: bytes


class NoSense(ValueError):
    """The printer said something that is no status of any kind."""


@dataclass(slots=True)
class Ear:
    """Collects bytes until they make an answer. One for each connection."""

    _rest: bytes = field(default=b"")

    def hear(self, data: bytes) -> list[Answer]:
        """The answers that are complete now. Raises NoSense."""
        self._rest += data
        found: list[Answer] = []
        while self._rest and (taken := _first(self._rest)) > 0:
            whole, self._rest = self._rest[:taken], self._rest[taken:]
            if whole[0] not in (_XON, _XOFF):
                found.append(Answer(_kind(whole[0]), whole))
        return found


def _first(data: bytes) -> int:
    """How many bytes the first answer has; 0 if more must come."""
    if data[0] & _KIND != _AUTOMATIC:
        return 1
    if any(byte & _ONE for byte in data[1:_BLOCK]):
        raise NoSense(f"automatic status was cut off: {data[:_BLOCK].hex(' ')}")
    return _BLOCK if len(data) >= _BLOCK else 0


def _kind(first: int) -> Kind:
    if first & _KIND == _REALTIME:
        return Kind.REALTIME
    if first & _KIND == _AUTOMATIC:
        return Kind.AUTOMATIC
    if first & _ONE == 0:
        return Kind.QUEUED
    raise NoSense(f"{first:02x} is no status")
