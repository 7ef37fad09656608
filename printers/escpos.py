"""Sends one picture to one printer and finds out what is proven about it.

One connection per job, because most printers accept a single one: status, job, proof, close.
"Sent" is not "printed": a small job to a printer that never reads succeeds in the kernel's
buffer. Proof is an answer to DLE EOT 4 and 1 on the same connection, after the cut.
The library's `text()` (prints "?" for many characters) and `paper_status()` (says "plenty"
when nobody answers) are never used.
"""

import re
import threading
import time
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType
from typing import Protocol, Self

from escpos.exceptions import Error as EscposError
from escpos.printer import Dummy
from PIL import Image, ImageOps

from printers.link import Link, LinkDown, LinkTimeout, NetworkLink
from printers.paper import Paper
from printers.status import PrinterState, PrinterStatus, decode, is_status_answer

_INIT = b"\x1b@"
# Feed six lines past the blade, full cut. Not the library's cut(): it sends nothing at all when
# the profile knows no cutter, and a model without a blade ignores the command anyway.
_CUT = b"\x1bd\x06\x1dV\x00"
_PROFILES = {Paper.MM80: "TM-T20II", Paper.MM58: "POS-5890"}
_HARMLESS = 0x12  # a status byte that reports nothing


class Outcome(Enum):
    """What is known about a job. NOT_SENT: no byte of it left, so its number may be void."""

    PRINTED = "printed"
    NOT_SENT = "not_sent"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome of a job and the printer's status when it ended."""

    outcome: Outcome
    status: PrinterStatus


@dataclass(frozen=True, slots=True)
class Limits:
    """Longest waits in seconds. `send` is the whole job, `status` one answer before it."""

    connect: float = 2.0
    status: float = 1.0
    send: float = 8.0
    proof: float = 4.0


class Printer(Protocol):
    """Anything that puts a ticket on paper. Calls from several threads wait for each other."""

    def status(self) -> PrinterStatus:
        """Ask now. Never raises; an unreachable printer has a state too."""

    def print(self, image: Image.Image) -> Proof:
        """Print and cut one picture. Never raises for anything the printer does."""

    def close(self) -> None:
        """Let go of the printer."""


class _NoSense(LinkDown):
    """The printer answered something that is not a status."""


@dataclass(slots=True)
class EscposPrinter:
    """An ESC/POS printer behind any Link.

    `queued_proof` also sends GS r 1, which a printer answers only when it has worked through
    everything before it: stronger proof, for models that know the command.
    """

    link: Link
    paper: Paper = Paper.MM80
    limits: Limits = field(default_factory=Limits)
    queued_proof: bool = False
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def status(self) -> PrinterStatus:
        """Connect, ask DLE EOT 1 to 4, close. At most connect + 4 x status seconds."""
        with self._turn:
            try:
                return self._open_and_ask()
            finally:
                self.link.close()

    def print(self, image: Image.Image) -> Proof:
        """Print and cut `image`. Nothing is sent unless the printer says it is ready."""
        try:
            job = encode(image, self.paper)
        except (EscposError, ValueError) as error:
            refused = PrinterStatus(PrinterState.ERROR, f"cannot encode the picture: {error}")
            return Proof(Outcome.NOT_SENT, refused)
        with self._turn:
            try:
                return self._run(job)
            finally:
                self.link.close()

    def close(self) -> None:
        """Let go of the printer. Connections last one job, so little is left to do."""
        with self._turn:
            self.link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self, job: bytes) -> Proof:
        before = self._open_and_ask()
        if not before.can_print:
            return Proof(Outcome.NOT_SENT, before)
        try:
            self.link.write(job, self.limits.send)
            return self._prove()
        except LinkTimeout as error:
            return _unproven(PrinterState.SILENT, error)
        except _NoSense as error:
            return _unproven(PrinterState.SILENT, error)
        except LinkDown as error:
            return _unproven(PrinterState.ABSENT, error)

    def _open_and_ask(self) -> PrinterStatus:
        try:
            self.link.open(self.limits.connect)
        except LinkDown as error:
            return PrinterStatus(PrinterState.ABSENT, str(error))
        try:
            return decode(*(self._ask(n, self.limits.status) for n in (1, 2, 3, 4)))
        except LinkDown as error:
            return PrinterStatus(PrinterState.SILENT, str(error))

    def _prove(self) -> Proof:
        """Both answers within the proof limit, and neither may report trouble."""
        deadline = time.monotonic() + self.limits.proof
        if self.queued_proof:
            self._ask_queued(deadline - time.monotonic())
        paper = self._ask(4, deadline - time.monotonic())
        printer = self._ask(1, deadline - time.monotonic())
        after = decode(printer, _HARMLESS, _HARMLESS, paper)
        if after.can_print:
            return Proof(Outcome.PRINTED, after)
        offline = self._ask(2, deadline - time.monotonic())
        error = self._ask(3, deadline - time.monotonic())
        return Proof(Outcome.UNPROVEN, decode(printer, offline, error, paper))

    def _ask(self, what: int, timeout: float) -> int:
        self.link.write(bytes((0x10, 0x04, what)), timeout)
        answer = self.link.read(timeout)
        if not is_status_answer(answer):
            raise _NoSense(f"DLE EOT {what} was answered with {answer.hex(' ')}")
        return answer[0]

    def _ask_queued(self, timeout: float) -> None:
        self.link.write(b"\x1dr\x01", timeout)
        answer = self.link.read(timeout)
        if len(answer) != 1 or answer[0] & 0x90:
            raise _NoSense(f"GS r 1 was answered with {answer.hex(' ')}")


def network_printer(
    host: str,
    port: int = 9100,
    *,
    paper: Paper = Paper.MM80,
    limits: Limits | None = None,
    queued_proof: bool = False,
) -> EscposPrinter:
    """A printer on the network. Opens nothing until it is used."""
    return EscposPrinter(NetworkLink(host, port), paper, limits or Limits(), queued_proof)


def encode(image: Image.Image, paper: Paper) -> bytes:
    """The whole job: initialise, one raster (in fragments of 960 rows), feed, cut.

    Built before anything is sent, so that a failure here never leaves half a ticket.
    Raises escpos Error or ValueError when the picture does not fit the paper.
    """
    if image.width > paper.dots:
        raise ValueError(f"the picture is {image.width} dots wide, the paper {paper.dots}")
    page = Dummy(profile=_PROFILES[paper])
    page._raw(_INIT)
    page.image(_without_commands(image), impl="bitImageRaster")
    page._raw(_CUT)
    return bytes(page.output)


def _without_commands(image: Image.Image) -> Image.Image:
    """Remove byte pairs that a printer obeys even inside a picture, by one more black dot.

    DLE EOT, ENQ and DC4 act at once wherever they stand: a picture that happened to hold
    10 04 01 would be answered with a status byte, and spoil the proof.
    """
    black = ImageOps.invert(image.convert("L")).convert("1", dither=Image.Dither.NONE)
    data = re.sub(rb"\x10(?=[\x04\x05\x14])", b"\x18", black.tobytes())
    safe = Image.frombytes("1", image.size, data)
    return ImageOps.invert(safe.convert("L")).convert("1", dither=Image.Dither.NONE)


def _unproven(state: PrinterState, error: LinkDown) -> Proof:
    return Proof(Outcome.UNPROVEN, PrinterStatus(state, str(error)))
