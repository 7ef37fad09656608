"""A SAM reader without hardware, on a real pseudo-terminal.

It ships with the product: the demonstration lays cards on it, and every
misbehaviour seen at a counter has a switch here.  What it sends are the frames
of the published captures, byte for byte.  Like the real one it does not find a
card again after a successful read until the card is lifted, though the card
still answers to being selected.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import tty
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from controller.hall.visitor import INVENTED, check_digit
from kiosk.readers.layout import FOREVER
from kiosk.readers.sam_codec import HEAD, PHOTO_BYTES, PREAMBLE, TEXT_BYTES, Command, frame

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
        if self.flag == "I":
            return [(122, self.number), (158, self.name), (220, f"{self.birth:%Y%m%d}"), *ends]
        born = [(0, self.name), (30, "2"), (36, f"{self.birth:%Y%m%d}"), (122, self.number)]
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
        self.received: list[bytes] = []
        """Command and parameter of every sound frame that came in."""
        self._link = link
        self._card: VirtualCard | None = None
        self._stage = Stage.LAID
        self._lock = threading.Lock()
        self._master = -1
        self._slave = -1
        self._wake = os.pipe()
        self._thread: threading.Thread | None = None
        self.port = ""
        self.plug()

    def __enter__(self) -> VirtualSamReader:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

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
        if self._thread is not None:
            return
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.port = os.ttyname(self._slave)
        if self._link:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._link)
            os.symlink(self.port, self._link)
            self.port = self._link
        self._thread = threading.Thread(target=self._serve, name="virtual-sam", daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Vanish: whoever has the port open gets an error."""
        if self._thread is None:
            return
        os.write(self._wake[1], b"x")
        self._thread.join()
        self._thread = None
        for fd in (self._slave, self._master):
            os.close(fd)
        if self._link:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._link)

    def close(self) -> None:
        """Unplug for good."""
        self.unplug()
        for fd in self._wake:
            with contextlib.suppress(OSError):
                os.close(fd)

    # -- the reader's own thread ------------------------------------------------

    def _serve(self) -> None:
        heard = bytearray()
        while True:
            ready, _, _ = select.select([self._master, self._wake[0]], [], [])
            if self._wake[0] in ready:
                os.read(self._wake[0], 1)
                return
            heard += os.read(self._master, 4096)
            while (body := _next_command(heard)) is not None:
                if not self._reply(body):
                    return

    def _reply(self, body: bytes) -> bool:
        """Answer one command; False if the reader was unplugged meanwhile."""
        self.received.append(body[:2])
        pause = self._pause(body[:2]) + self.bad.slow_s
        if pause and select.select([self._wake[0]], [], [], pause)[0]:
            os.read(self._wake[0], 1)
            return False
        with self._lock:
            answer = None if self.bad.silent else self._answer(body[:2])
        if answer is None:
            return True
        return self._send(self.bad.garbage + self._spoil(frame(answer)))

    def _pause(self, command: bytes) -> float:
        pauses = {
            Command.FIND.value: self.delays.find,
            Command.SELECT.value: self.delays.select,
            Command.READ.value: self.delays.read if self._stage is Stage.SELECTED else 0.0,
        }
        return pauses.get(command, 0.0)

    def _send(self, data: bytes) -> bool:
        """All of it, without getting stuck when nobody reads the line."""
        os.set_blocking(self._master, False)
        while data:
            ready = select.select([self._wake[0]], [self._master], [])
            if ready[0]:
                os.read(self._wake[0], 1)
                return False
            with contextlib.suppress(BlockingIOError):
                data = data[os.write(self._master, data) :]
        return True

    def _answer(self, command: bytes) -> bytes | None:
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
        return OK + lengths + self._card.text() + bytes(PHOTO_BYTES)

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
