"""The SAM protocol of certified resident-ID readers: frames and what they mean.  PURE.

    to the reader:    AA AA AA 96 69 | LenH LenL | CMD PARA [data]    | CHK
    from the reader:  AA AA AA 96 69 | LenH LenL | SW1 SW2 SW3 [data] | CHK

Len counts everything after itself with CHK; CHK is the XOR of everything from
LenH to the last data byte.  A basic read always brings the photo along: it is
never looked at, and the buffer it arrived in is wiped.  Fingerprints (30 10) are
not in this file and cannot be asked for.

Source: public copies of the SAM_V protocol; the captures in the tests are theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from kiosk.readers.wipe import overwrite

PREAMBLE = bytes.fromhex("AAAAAA9669")
HEAD = len(PREAMBLE) + 2
SHORTEST = 4
"""Length field of an answer that carries a status and nothing else."""
LONGEST = 2314
"""Length field of the longest answer any known command gives."""
CAPACITY = 8192
"""Bytes kept while waiting for the end of a frame: three of the longest."""
TEXT_BYTES = 256
PHOTO_BYTES = 1024


class Command(bytes, Enum):
    """Command and parameter.  These are all the kiosk ever sends."""

    RESET = b"\x10\xff"
    STATUS = b"\x11\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"


class Meaning(Enum):
    """What an answer asks the kiosk to do next."""

    OK = "ok"
    FOUND = "card found"
    RESYNC = "line noise or our mistake: ask again"
    NOT_VALID = "card and reader do not trust each other: not a valid document"
    WRONG_CARD = "not an identity card"
    PLACE_AGAIN = "read failed: ask to place the card again"
    RETRY = "ask again from the start"
    SELF_TEST = "self-test failed: call staff"
    NOT_AUTHORISED = "security module not authorised: call staff"
    NO_CARD = "no card: keep looking"
    SELECT_FAILED = "the card went away: look again"
    NO_ITEM = "no such item on the card"
    UNKNOWN = "a status nobody documented"


_MEANINGS = {
    0x90: Meaning.OK,
    0x9F: Meaning.FOUND,
    0x10: Meaning.RESYNC,
    0x11: Meaning.RESYNC,
    0x21: Meaning.RESYNC,
    0x24: Meaning.RESYNC,
    0x31: Meaning.NOT_VALID,
    0x32: Meaning.NOT_VALID,
    0x33: Meaning.NOT_VALID,
    0x40: Meaning.WRONG_CARD,
    0x41: Meaning.PLACE_AGAIN,
    0x47: Meaning.RETRY,
    0x60: Meaning.SELF_TEST,
    0x66: Meaning.NOT_AUTHORISED,
    0x80: Meaning.NO_CARD,
    0x81: Meaning.SELECT_FAILED,
    0x91: Meaning.NO_ITEM,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One sound frame from the reader: its status and at most the 256 text bytes.

    `text` is a copy of its own, which its owner wipes with `wipe()`.
    """

    sw: tuple[int, int, int]
    text: bytearray = field(default_factory=bytearray, repr=False)

    @property
    def meaning(self) -> Meaning:
        """The third status byte decides; the first two only add detail."""
        return _MEANINGS.get(self.sw[2], Meaning.UNKNOWN)

    def wipe(self) -> None:
        """Overwrite the text with zeros."""
        overwrite(self.text)


def checksum(payload: bytes | bytearray | memoryview) -> int:
    """XOR of all bytes."""
    total = 0
    for byte in payload:
        total ^= byte
    return total


def frame(body: bytes) -> bytes:
    """A whole frame around a command or an answer body."""
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes([checksum(counted)])


def command(which: Command) -> bytes:
    """The frame that sends a command."""
    return frame(which.value)


class AnswerParser:
    """Finds sound frames in whatever the line delivers.

    Feed bytes as they arrive and take answers as they become complete.  Garbage
    before, between and inside frames is skipped: a frame with an impossible
    length or a wrong checksum counts as garbage (`rejected`), and the search goes
    on one byte further, so a real frame hidden in it is still found.

    Bytes live in one store that never grows: a buffer that grows leaves copies of
    addresses and photos behind in freed memory.  What leaves it is overwritten.
    """

    def __init__(self) -> None:
        self._store = bytearray(CAPACITY)
        self._view = memoryview(self._store)
        self.pending = 0
        """How many bytes wait for the rest of their frame."""
        self.rejected = 0
        """Frames that began well and were unsound."""

    def feed(self, data: bytes | bytearray | memoryview) -> None:
        """Append what was received; the oldest bytes give way when there is no room."""
        data = memoryview(data)[-CAPACITY:]
        self._drop(max(0, self.pending + len(data) - CAPACITY))
        self._view[self.pending : self.pending + len(data)] = data
        self.pending += len(data)

    def take(self) -> Answer | None:
        """The next sound answer, or None until more bytes arrive."""
        while self._align():
            length = int.from_bytes(self._view[5:7], "big")
            if not SHORTEST <= length <= LONGEST:
                self._reject()
                continue
            end = HEAD + length
            if self.pending < end:
                return None
            if checksum(self._view[5 : end - 1]) != self._store[end - 1]:
                self._reject()
                continue
            answer = self._read(end)
            self._drop(end)
            return answer
        return None

    def clear(self) -> None:
        """Forget, with the bytes overwritten, what has not been taken."""
        self._drop(self.pending)

    def _read(self, end: int) -> Answer:
        body = self._view[HEAD : end - 1]
        return Answer((body[0], body[1], body[2]), text_of(body[3:]))

    def _align(self) -> bool:
        """Move the next preamble to the front; True if a whole head is there."""
        start = self._store.find(PREAMBLE, 0, self.pending)
        keep = self.pending - len(PREAMBLE) + 1
        self._drop(start if start >= 0 else max(0, keep))
        return start >= 0 and self.pending >= HEAD

    def _reject(self) -> None:
        self.rejected += 1
        self._drop(1)

    def _drop(self, count: int) -> None:
        left = self.pending - count
        self._view[:left] = self._view[count : self.pending]
        self._view[left : self.pending] = bytes(count)
        self.pending = left


def text_of(data: bytes | memoryview) -> bytearray:
    """The text block of a basic read; empty for every other answer.

    The data of a basic read are two lengths (text, photo), the text, the photo.
    """
    if len(data) != 4 + TEXT_BYTES + PHOTO_BYTES:
        return bytearray()
    if bytes(data[:4]) != TEXT_BYTES.to_bytes(2, "big") + PHOTO_BYTES.to_bytes(2, "big"):
        return bytearray()
    return bytearray(data[4 : 4 + TEXT_BYTES])
