"""Printers that cannot be asked anything: a wire without a way back, and a queue of CUPS.

They print; nothing is ever proven. Every ticket is UNPROVEN, and the hall is told so.
"""

import re
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from escpos.exceptions import Error as EscposError

from printers.job import encode, recovery, unstick
from printers.link import Link, LinkDown
from printers.page import Page
from printers.paper import Paper
from printers.printer import Limits, Outcome, Proof
from printers.status import PrinterState, PrinterStatus

_MUTE = PrinterStatus(PrinterState.MUTE)
_JOB_ID = re.compile(rb"request id is (\S+)")
_LOOK_S = 0.1


@dataclass(slots=True)
class MutePrinter:
    """A printer behind a wire that only goes one way."""

    link: Link
    paper: Paper = Paper.MM80
    limits: Limits = field(default_factory=Limits)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _torn: bool = field(default=False, repr=False)

    def status(self) -> PrinterStatus:
        """MUTE if the wire can be opened, else ABSENT. Nothing more can be known."""
        with self._turn:
            try:
                self.link.open(self.limits.connect)
            except LinkDown as error:
                return PrinterStatus(PrinterState.ABSENT, str(error))
            finally:
                self.link.close()
        return _MUTE

    def print(self, page: Page) -> Proof:
        """Send and cut `page`. Never PRINTED."""
        try:
            job = encode(page, self.paper)
        except (EscposError, ValueError) as error:
            return Proof.not_sent(PrinterState.ERROR, f"cannot encode the picture: {error}")
        with self._turn:
            try:
                return self._run(job)
            finally:
                self.link.close()

    def distrust(self) -> None:
        """An earlier job may have been torn off midway: clear it away before the next one."""
        self._torn = True

    def close(self) -> None:
        """Let go of the wire."""
        with self._turn:
            self.link.close()

    def _run(self, job: bytes) -> Proof:
        try:
            self.link.open(self.limits.connect)
        except LinkDown as error:
            return Proof.not_sent(PrinterState.ABSENT, error)
        # Only a wire that breaks tells that a job was torn; a printer that went away does not.
        whole = (recovery if self._torn else unstick)(self.paper) + job
        self._torn = True
        try:
            self.link.write(whole, self.limits.send)
        except LinkDown as error:
            return Proof.unproven(PrinterState.ABSENT, error)
        self._torn = False
        return Proof(Outcome.UNPROVEN, _MUTE)


@dataclass(slots=True)
class QueuePrinter:
    """A raw queue of CUPS, used through `lp`.

    The library's LP printer is not used: it throws the job's id away and adds a line feed
    behind the cut. `server`: address of a CUPS that is not this machine's own.
    """

    queue: str
    paper: Paper = Paper.MM80
    limits: Limits = field(default_factory=Limits)
    server: str | None = None
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def status(self) -> PrinterStatus:
        """MUTE for a queue that works, OFFLINE for one that is stopped, else ABSENT."""
        with self._turn:
            return self._look()

    def print(self, page: Page) -> Proof:
        """Hand `page` to the queue and wait until the queue is rid of it. Never PRINTED.

        A job that the queue still has after `limits.send` seconds is cancelled, so that it
        does not come out when nobody waits for it any more.
        """
        try:
            job = encode(page, self.paper)
        except (EscposError, ValueError) as error:
            return Proof.not_sent(PrinterState.ERROR, f"cannot encode the picture: {error}")
        with self._turn:
            before = self._look()
            if not before.can_print:
                return Proof(Outcome.NOT_SENT, before)
            return self._hand_over(job)

    def distrust(self) -> None:
        """A queue sends whole jobs or says so; there is nothing to clear away."""

    def close(self) -> None:
        """Nothing is held open."""

    def _look(self) -> PrinterStatus:
        code, said = self._run(("lpstat", *self._to(), "-p", self.queue))
        if code != 0:
            return PrinterStatus(PrinterState.ABSENT, said.decode(errors="replace").strip())
        if b"disabled" in said:
            return PrinterStatus(PrinterState.OFFLINE, "the queue is stopped")
        return _MUTE

    def _hand_over(self, job: bytes) -> Proof:
        given = ("lp", *self._to(), "-d", self.queue, "-o", "raw", "-t", "jiaohao", "-")
        code, said = self._run(given, job)
        known = _JOB_ID.search(said)
        if code is None:
            return Proof.unproven(PrinterState.SILENT, "lp did not come back; it may have the job")
        if code != 0:
            return Proof.not_sent(PrinterState.ABSENT, said.decode(errors="replace").strip())
        if known is None:
            return Proof.unproven(PrinterState.MUTE, "the queue named no job")
        return self._follow(known.group(1).decode())

    def _follow(self, job_id: str) -> Proof:
        deadline = time.monotonic() + self.limits.send
        while self._waits(job_id):
            if time.monotonic() > deadline:
                self._run(("cancel", *self._to(), job_id))
                return Proof.unproven(PrinterState.SILENT, f"{job_id} was cancelled in the queue")
            time.sleep(_LOOK_S)
        return Proof(Outcome.UNPROVEN, _MUTE)

    def _waits(self, job_id: str) -> bool:
        _, said = self._run(("lpstat", *self._to(), "-W", "not-completed", "-o", self.queue))
        return any(line.split()[:1] == [job_id.encode()] for line in said.splitlines())

    def _to(self) -> tuple[str, ...]:
        return () if self.server is None else ("-h", self.server)

    def _run(self, command: Sequence[str], data: bytes = b"") -> tuple[int | None, bytes]:
        """Exit status, None for a tool that did not end, and all that was said, in English."""
        try:
            done = subprocess.run(
                command,
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"},
                timeout=self.limits.send,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None, b"CUPS does not answer"
        except OSError as error:
            return 127, f"CUPS is not installed: {error}".encode()
        return done.returncode, done.stdout
