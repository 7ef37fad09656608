"""Chip cards without hardware, as far as they can be played truthfully.

There is no resident ID card here that gives a name through PC/SC: none exists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from kiosk.readers.social import EF05, EF06, EXPIRY, MORE_NAME, NAME, NUMBER, SSSE
from kiosk.readers.virtual import invented_number

OK = b"\x90\x00"
NOT_FOUND = b"\x6a\x82"
NO_RECORD = b"\x6a\x83"
WRONG_P1P2 = b"\x6a\x86"
PIN_WANTED = b"\x69\x82"
UNKNOWN_CLASS = b"\x6e\x00"
UNKNOWN_COMMAND = b"\x6d\x00"
SELECT, READ_RECORD, GET_RESPONSE = 0xA4, 0xB2, 0xC0
BY_NAME, BY_ID, BY_ID_TOO = 4, 2, 0
BANK = bytes.fromhex("A000000333010101")


class ChipCard(Protocol):
    """A card that answers commands."""

    def answer(self, command: bytes) -> bytes:
        """Data and status."""


@dataclass
class SocialCard:
    """The social security card of an invented person, with switches for what cards do."""

    name: str = field(repr=False)
    birth: date = field(repr=False)
    sequence: int = 1
    valid_to: date | None = date(2035, 12, 31)
    generation: int = 2
    protected: bool = False
    """EF06 wants the PIN first, as in some cities."""
    in_pieces: int = 0
    """Answers 61xx and gives at most so many bytes for each GET RESPONSE."""
    exact: bool = False
    """Answers 6Cxx unless exactly the right length is asked for."""
    by_selection: bool = False
    """Reads records of the selected file only, and selects by P1 = 00."""
    cut_short: bool = False
    """Values end before their length says so."""
    heard: list[bytes] = field(default_factory=list, repr=False)
    """Every command that came."""

    def __post_init__(self) -> None:
        self._application = False
        self._file = 0
        self._rest = b""

    @property
    def number(self) -> str:
        return invented_number(self.birth, self.sequence)

    def answer(self, command: bytes) -> bytes:
        """See `ChipCard`."""
        self.heard.append(command)
        if command[1] == GET_RESPONSE:
            return self._piece(command[4])
        if command[1] == SELECT:
            return self._select(command)
        if command[1] == READ_RECORD and self._application:
            return self._read(command)
        return UNKNOWN_COMMAND

    def _select(self, command: bytes) -> bytes:
        how, what = command[2], command[5 : 5 + command[4]]
        if how == BY_NAME:
            self._application = what == SSSE
            return self._sent(b"\x6f\x11\x84\x0f" + SSSE) if self._application else NOT_FOUND
        if how != (BY_ID_TOO if self.by_selection else BY_ID):
            return WRONG_P1P2
        if not self._application or what not in (b"\xef\x05", b"\xef\x06"):
            return NOT_FOUND
        self._file = what[1]
        return OK

    def _read(self, command: bytes) -> bytes:
        number, file = command[2], command[3] >> 3
        if self.by_selection and file:
            return WRONG_P1P2
        file = file or self._file
        if file == EF06 and self.protected:
            return PIN_WANTED
        records = self._records().get(file, [])
        if not 1 <= number <= len(records):
            return NO_RECORD
        data = records[number - 1]
        if self.exact and command[4] != len(data):
            return bytes((0x6C, len(data)))
        return self._sent(data)

    def _sent(self, data: bytes) -> bytes:
        if self.in_pieces:
            self._rest = data
            return bytes((0x61, min(self.in_pieces, len(data))))
        return data + OK

    def _piece(self, length: int) -> bytes:
        piece, self._rest = self._rest[:length], self._rest[length:]
        more = min(self.in_pieces, len(self._rest))
        return piece + (bytes((0x61, more)) if more else OK)

    def _records(self) -> dict[int, list[bytes]]:
        name = self.name.encode("gb18030")
        third = (MORE_NAME, name[30:].ljust(20, b"\0")) if self.generation == 2 else (0x0A, b"2")
        ends = bytes.fromhex(f"{self.valid_to:%Y%m%d}") if self.valid_to else bytes(4)
        card = [(0x01, bytes(16)), (0x03, b"2.00"), (0x04, bytes(12)), (0x05, bytes(4))]
        own = [(NUMBER, self.number.encode()), (NAME, name[:30].ljust(30, b"\0")), third]
        rest = [(0x0A, b"2"), (0x0B, b"\x01")] if self.generation == 2 else [(0x0B, b"\x01")]
        class_ = [(0x02, b"\x01")] if self.generation == 2 else []
        return {
            EF05: self._coded([card[0], *class_, *card[1:], (EXPIRY, ends), (0x07, b"A00000001")]),
            EF06: self._coded(own + rest),
        }

    def _coded(self, values: list[tuple[int, bytes]]) -> list[bytes]:
        cut = 1 if self.cut_short else 0
        return [bytes((tag, len(value))) + value[: len(value) - cut] for tag, value in values]


@dataclass
class BankCard:
    """A bank card: it knows its own application and no other."""

    heard: list[bytes] = field(default_factory=list, repr=False)

    def answer(self, command: bytes) -> bytes:
        """See `ChipCard`."""
        self.heard.append(command)
        if command[1] != SELECT:
            return UNKNOWN_COMMAND
        return OK if command[5 : 5 + command[4]] == BANK else NOT_FOUND


@dataclass
class UnreadableIdCard:
    """A resident ID card on a plain contactless reader: present, and closed to everybody."""

    heard: list[bytes] = field(default_factory=list, repr=False)

    def answer(self, command: bytes) -> bytes:
        """See `ChipCard`."""
        self.heard.append(command)
        return UNKNOWN_CLASS
