"""A SAM reader without hardware, on a real pseudo-terminal.

It ships with the product: the demonstration lays cards on it, and every
misbehaviour seen at a counter has a switch here.  What it sends are the frames
of the published captures, byte for byte.  Like the real one it does not find a
card again after a successful read until the card is lifted, though the card
still answers to being selected.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from controller.hall.visitor import INVENTED, check_digit
from kiosk.readers.layout import FOREVER
from kiosk.readers.sam_codec import HEAD, PHOTO_BYTES, PREAMBLE, TEXT_BYTES, Command, frame
from kiosk.readers.virtual_port import VirtualPort

OK = b"\x00\x00\x90"
FOUND = b"\x00\x00\x9f"
NO_CARD = b"\x00\x00\x80"
SELECT_FAILED = b"\x00\x00\x81"
READ_FAILED = b"\x00\x00\x41"
BAD_CHECKSUM = b"\x00\x00\x10"
BAD_COMMAND = b"\x00\x00\x21"
AUTH_FAILED = b"\x00\x00\x31"
NOT_AUTHORISED = b"\x00\x00\x66"
SELF_TEST = b"\x00\x00\x60"


def invented_number(birth: date, sequence: int = 1) -> str:
    """A number of nobody: area 999901, right in every other respect."""
    first17 = f"{INVENTED}9901{birth:%Y%m%d}{sequence:03d}"
    return first17 + check_digit(first17)


@dataclass(frozen=True, slots=True)
class VirtualCard:
    """The card of an invented person."""

    name: str = field(repr=False)
    birth: date = field(repr=False)
    sequence: int = 1
    valid_to: date | None = None
    flag: str = " "
    """" " resident, J residence permit, Y and I permanent residents, else unknown."""
    number_text: str = field(default="", repr=False)
    """Instead of the number that follows from birth and sequence."""

    @property
    def number(self) -> str:
        return self.number_text or invented_number(self.birth, self.sequence)

    def text(self) -> bytes:
        """The 256 bytes the reader sends for this card."""
        block = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
        for where, value in self._fields():
            data = value.encode("utf-16-le", "surrogatepass")
            block[where : where + len(data)] = data
        return bytes(block)

    def _fields(self) -> list[tuple[int, str]]:
        valid_to = FOREVER if self.valid_to is None else f"{self.valid_to:%Y%m%d}"
        ends = [(188, "20200101"), (204, valid_to), (248, self.flag)]
        latin = self.name.isascii()  # a foreigner may have no Chinese name
        if self.flag == "I":
            name = (0 if latin else 158, self.name)
            return [(122, self.number), name, (220, f"{self.birth:%Y%m%d}"), *ends]
        name = (52 if latin and self.flag == "Y" else 0, self.name)
        born = [name, (30, "2"), (36, f"{self.birth:%Y%m%d}"), (122, self.number)]
        if self.flag == " ":
            born += [(32, "01"), (52, "无名区虚构路 1 号"), (158, "无名区公安局")]
        return born + ends


class Stage(Enum):
    """How far the card on the reader has come.  The order is strict."""

    LAID = 0
    FOUND = 1
    SELECTED = 2
    READ = 3


@dataclass
class Misbehaviour:
    """Switches, all off.  Set and clear them while the reader runs."""

    garbage: bytes = b""
    """Sent before every answer."""
    bad_checksums: int = 0
    """So many next answers carry a wrong checksum."""
    silent: bool = False
    """Hears everything, answers nothing."""
    noise: bytes = b""
    """Sent instead of every answer: another device, or a broken cable."""
    baud: int | None = None
    """Answers at this speed only."""
    statuses: dict[bytes, bytes] = field(default_factory=dict)
    """Answers these commands (`Command` values) with these three status bytes."""
    truncate: int = 0
    """So many next reads end in the middle of the photo."""
    not_authorised: bool = False
    self_test_failed: bool = False
    unreadable: int = 0
    """So many next reads answer 41."""
    auth_failed: bool = False
    slow_s: float = 0.0
    """Added to every answer."""
    lift_after_select: bool = False
    """The card is pulled away between select and read."""


@dataclass(frozen=True, slots=True)
class Delays:
    """How long the reader thinks, in seconds."""

    find: float = 0.0
    select: float = 0.0
    read: float = 0.0


REALISTIC = Delays(find=0.03, select=0.05, read=0.9)
"""A counter reader as far as is publicly known: about a second for a card."""


class VirtualSamReader:
    """A reader at `.port`, a path that pyserial opens like any serial port.

        with VirtualSamReader() as reader:
            reader.lay(VirtualCard("张无名", date(1990, 1, 1)))

    `unplug()` hangs the line up; `plug()` brings it back, at the same `.port`
    if a `link` path was given (as udev gives a reader a lasting name).
    """

    def __init__(self, link: str | None = None, delays: Delays | None = None) -> None:
        self.bad = Misbehaviour()
        self.delays = delays or Delays()
        self.photo = bytes(PHOTO_BYTES)
        """What stands for the photo, which nobody can decode anyway."""
        self.received: list[bytes] = []
        """Command and parameter of every sound frame that came in."""
        self._card: VirtualCard | None = None
        self._stage = Stage.LAID
        self._lock = threading.Lock()
        self._heard = bytearray()
        self._line = VirtualPort(self._hear, link)
        self._line.plug()

    def __enter__(self) -> VirtualSamReader:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def port(self) -> str:
        """What to give to pyserial."""
        return self._line.path

    @property
    def holds(self) -> bool:
        """Whether a card lies there; one that was pulled away has left."""
        with self._lock:
            return self._card is not None

    def lay(self, card: VirtualCard) -> None:
        """Put a card on the reader (instead of the one that lies there)."""
        with self._lock:
            self._card, self._stage = card, Stage.LAID

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._card, self._stage = None, Stage.LAID

    def plug(self) -> None:
        """Appear as a serial port and answer."""
        self._line.plug()

    def unplug(self) -> None:
        """Vanish: whoever has the port open gets an error."""
        self._line.unplug()

    def close(self) -> None:
        """Unplug for good."""
        self._line.close()

    # -- the reader's own thread ------------------------------------------------

    def _hear(self, data: bytes) -> None:
        if self.bad.baud is not None and self._line.baud != self.bad.baud:
            return  # at another speed a real reader hears noise and says nothing
        self._heard += data
        while (body := _next_command(self._heard)) is not None:
            self._reply(body)

    def _reply(self, body: bytes) -> None:
        self.received.append(body[:2])
        self._line.wait(self._pause(body[:2]) + self.bad.slow_s)
        with self._lock:
            answer = None if self.bad.silent else self._answer(body[:2])
        if self.bad.noise:
            self._line.send(self.bad.noise)
        elif answer is not None:
            self._line.send(self.bad.garbage + self._spoil(frame(answer)))

    def _pause(self, command: bytes) -> float:
        pauses = {
            Command.FIND.value: self.delays.find,
            Command.SELECT.value: self.delays.select,
            Command.READ.value: self.delays.read if self._stage is Stage.SELECTED else 0.0,
        }
        return pauses.get(command, 0.0)

    def _answer(self, command: bytes) -> bytes:
        if command in self.bad.statuses:
            return self.bad.statuses[command]
        if self.bad.not_authorised:
            return NOT_AUTHORISED
        if self.bad.self_test_failed:
            return SELF_TEST
        if command in (Command.RESET.value, Command.STATUS.value):
            return OK
        steps = {
            Command.FIND.value: self._find,
            Command.SELECT.value: self._select,
            Command.READ.value: self._read,
        }
        return steps.get(command, lambda: BAD_COMMAND)()

    def _find(self) -> bytes:
        if self._card is None or self._stage is Stage.READ:
            return NO_CARD
        self._stage = Stage.FOUND
        return FOUND + bytes(4)

    def _select(self) -> bytes:
        if self._card is None or self._stage is Stage.LAID:
            return SELECT_FAILED
        if self.bad.auth_failed:
            return AUTH_FAILED
        if self._stage is Stage.FOUND:
            self._stage = Stage.SELECTED
        return OK + bytes(8)

    def _read(self) -> bytes:
        if self.bad.lift_after_select:
            self._card, self._stage = None, Stage.LAID
        if self._card is None or self._stage is not Stage.SELECTED:
            return READ_FAILED
        if self.bad.unreadable:
            self.bad.unreadable -= 1
            self._stage = Stage.LAID
            return READ_FAILED
        self._stage = Stage.READ
        lengths = TEXT_BYTES.to_bytes(2, "big") + PHOTO_BYTES.to_bytes(2, "big")
        return OK + lengths + self._card.text() + self.photo

    def _spoil(self, whole: bytes) -> bytes:
        if self.bad.bad_checksums:
            self.bad.bad_checksums -= 1
            return whole[:-1] + bytes([whole[-1] ^ 0x5A])
        if self.bad.truncate and len(whole) > 1000:
            self.bad.truncate -= 1
            return whole[:700]
        return whole


def _next_command(heard: bytearray) -> bytes | None:
    """Take the next whole frame's body out of what was heard; None if there is none."""
    start = heard.find(PREAMBLE)
    if start < 0 or len(heard) < start + HEAD:
        return None
    length = int.from_bytes(heard[start + 5 : start + 7], "big")
    end = start + HEAD + length
    if len(heard) < end:
        return None
    body = bytes(heard[start + HEAD : end - 1])
    del heard[:end]
    return body
