"""One line to an LED strip on the wire, and its answer (docs/led.md).  PURE."""

from __future__ import annotations

from functools import reduce

from display.led.words import MOST, Shown

STX, ETX, ACK = b"\x02", b"\x03", b"\x06"
STEADY, FLASH = b"S", b"F"


def frame(address: int, what: Shown, encoding: str) -> bytes:
    """``STX address effect text ETX checksum CR``."""
    effect = FLASH if what.flash else STEADY
    text = what.text[:MOST].encode(encoding)
    body = b"%02d" % address + effect + text + ETX
    return STX + body + b"%02X" % checksum(body) + b"\r"


def checksum(body: bytes) -> int:
    """All bytes after STX up to and with ETX, by exclusive or."""
    return reduce(lambda sum_, byte: sum_ ^ byte, body, 0)


def confirmed(answer: bytes, address: int) -> bool:
    """Whether the strip says that it shows what it was sent."""
    return ACK + b"%02d" % address in answer
