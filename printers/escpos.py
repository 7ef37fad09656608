"""Sends one page to one printer and finds out what is proven about it.

One connection per job, because most printers accept a single one: status, job, proof, close.
"Sent" is not "printed": a small job to a printer that never reads succeeds in the kernel's
buffer. Proof is an answer to DLE EOT 4 and 1 on the same connection, after the cut; where the
printer knows GS r, which waits its turn behind the job, an answer to that before.
The library's `text()` (prints "?" for many characters) and `paper_status()` (says "plenty"
when nobody answers) are never used.
"""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from escpos.exceptions import Error as EscposError

from printers.answers import Answer, Ear, Kind, NoSense
from printers.job import encode, recovery
from printers.link import Link, LinkDown, LinkTimeout, NetworkLink
from printers.page import Page
from printers.paper import Paper
from printers.printer import Limits, Outcome, Printer, Proof
from printers.status import PrinterState, PrinterStatus, decode, decode_automatic

__all__ = ["EscposPrinter", "Limits", "Outcome", "Printer", "Proof", "network_printer"]

_WATCH, _UNWATCH = b"\x1da\x0e", b"\x1da\x00"
_HARMLESS = 0x12  # a status byte that reports nothing
_GLANCE_S = 0.05


@dataclass(slots=True)
class EscposPrinter:
    """An ESC/POS printer behind any Link.

    `queued_proof`: whether the printer knows GS r; None finds out once, when it is at rest.
    `mm_per_s`: without GS r, how fast paper moves: a printer answers DLE EOT while it still
    prints, so the last question waits until the ticket should be out. None asks at once.
    `watch`: ask for automatic status (GS a), so that a printer that stops taking bytes says why.
    """

    link: Link
    paper: Paper = Paper.MM80
    limits: Limits = field(default_factory=Limits)
    queued_proof: bool | None = False
    mm_per_s: float | None = None
    watch: bool = False
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _torn: bool = field(default=False, repr=False)
    _ear: Ear = field(default_factory=Ear, repr=False)
    _told: PrinterStatus | None = field(default=None, repr=False)

    def status(self) -> PrinterStatus:
        """Connect, ask DLE EOT 1 to 4, close. At most connect + 4 x status seconds."""
        with self._turn:
            try:
                status = self._open_and_ask()
                if self.queued_proof is None and status.can_print and not self._torn:
                    self.queued_proof = self._knows_queued()
                return status
            finally:
                self.link.close()

    def print(self, page: Page) -> Proof:
        """Print and cut `page`. Nothing is sent unless the printer says it is ready."""
        try:
            job = encode(page, self.paper)
        except (EscposError, ValueError) as error:
            return Proof.not_sent(PrinterState.ERROR, f"cannot encode the picture: {error}")
        with self._turn:
            try:
                return self._run(job, page)
            finally:
                self.link.close()

    def distrust(self) -> None:
        """An earlier job may have been torn off midway: clear it away before the next one."""
        self._torn = True

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

    def _run(self, job: bytes, page: Page) -> Proof:
        before = self._open_and_ask()
        if not before.can_print:
            return Proof(Outcome.NOT_SENT, before)
        whole = recovery(self.paper) + job if self._torn else job
        self._torn = True
        try:
            self._send(whole)
            proof = self._prove(page)
        except NoSense as error:
            return Proof.unproven(PrinterState.SILENT, error)
        except LinkTimeout as error:
            return self._stuck(error)
        except LinkDown as error:
            return Proof.unproven(PrinterState.ABSENT, error)
        self._torn = proof.outcome is not Outcome.PRINTED
        return proof

    def _send(self, job: bytes) -> None:
        framed = _WATCH + job + _UNWATCH if self.watch else job
        self.link.write(framed, self.limits.send)

    def _stuck(self, error: LinkTimeout) -> Proof:
        """It took or said no more. What it told by itself, or says now, may be the reason."""
        with suppress(LinkDown, NoSense):
            self._hear(self.link.read(_GLANCE_S))
        if self._told is not None and not self._told.can_print:
            return Proof(Outcome.UNPROVEN, self._told)
        # A question behind the job waits with it; a printer answers one on a fresh connection.
        self.link.close()
        now = self._open_and_ask()
        if now.can_print:
            return Proof.unproven(PrinterState.SILENT, error)
        return Proof(Outcome.UNPROVEN, now)

    def _open_and_ask(self) -> PrinterStatus:
        self._ear, self._told = Ear(), None
        try:
            self.link.open(self.limits.connect)
        except LinkDown as error:
            return PrinterStatus(PrinterState.ABSENT, str(error))
        try:
            return decode(*(self._ask(n, self.limits.status) for n in (1, 2, 3, 4)))
        except (LinkDown, NoSense) as error:
            return PrinterStatus(PrinterState.SILENT, str(error))

    def _prove(self, page: Page) -> Proof:
        """All answers within the proof limit, and none may report trouble."""
        deadline = time.monotonic() + self.limits.proof
        if self.queued_proof:
            self._ask_queued(deadline - time.monotonic())
        elif self.mm_per_s:
            time.sleep(min(page.mm / self.mm_per_s, self.limits.proof / 2))
        paper = self._ask(4, deadline - time.monotonic())
        printer = self._ask(1, deadline - time.monotonic())
        after = decode(printer, _HARMLESS, _HARMLESS, paper)
        if after.can_print:
            return Proof(Outcome.PRINTED, after)
        offline = self._ask(2, deadline - time.monotonic())
        error = self._ask(3, deadline - time.monotonic())
        return Proof(Outcome.UNPROVEN, decode(printer, offline, error, paper))

    def _knows_queued(self) -> bool:
        try:
            self._ask_queued(self.limits.status)
        except (LinkDown, NoSense):
            return False
        return True

    def _ask(self, what: int, timeout: float) -> int:
        return self._question(bytes((0x10, 0x04, what)), Kind.REALTIME, timeout)

    def _ask_queued(self, timeout: float) -> None:
        self._question(b"\x1dr\x01", Kind.QUEUED, timeout)

    def _question(self, question: bytes, kind: Kind, timeout: float) -> int:
        """Exactly one answer of this kind; automatic status may come before or after it."""
        deadline = time.monotonic() + timeout
        self.link.write(question, timeout)
        while True:
            heard = self._hear(self.link.read(deadline - time.monotonic()))
            if len(heard) > 1 or (heard and heard[0].kind is not kind):
                said = b"".join(answer.data for answer in heard).hex(" ")
                raise NoSense(f"{question.hex(' ')} was answered with {said}")
            if heard:
                return heard[0].data[0]

    def _hear(self, data: bytes) -> list[Answer]:
        """The answers in `data`; automatic status is noted and left out."""
        heard = self._ear.hear(data)
        for answer in heard:
            if answer.kind is Kind.AUTOMATIC:
                self._told = decode_automatic(answer.data)
        return [answer for answer in heard if answer.kind is not Kind.AUTOMATIC]


def network_printer(
    host: str,
    port: int = 9100,
    *,
    paper: Paper = Paper.MM80,
    limits: Limits | None = None,
    queued_proof: bool | None = False,
) -> EscposPrinter:
    """A printer on the network. Opens nothing until it is used."""
    return EscposPrinter(NetworkLink(host, port), paper, limits or Limits(), queued_proof)
