"""What every virtual printer is inside: a receive buffer, a head, a blade, and what came out.

Real printers, and so this one, answer DLE EOT the moment it arrives, also while they print and
also in the middle of a picture; keep what they have received when a cable is pulled; go on where
they stopped when the paper is back; and wait for the rest of a picture that was torn off.
"""

import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from PIL import Image, ImageOps

from printers.faults import Faults
from printers.paper import Paper
from printers.virtual_escpos import CommandError, Interpreter
from printers.virtual_paper import PaperError, Roll

TICK = 0.02
_BUFFER = 4096
QUERY = re.compile(rb"\x10\x04[\x01-\x04]")

Say = Callable[[bytes], None]


class VirtualDevice:
    """A printer without a wire. Subclasses bring one in `_serve`. Use as a context manager.

    `on_ticket` is called on the printer's thread with each cut ticket (1-bit picture).
    `tickets` are the cut pieces with ink on them, in order. Leaving the context raises the first
    CommandError that a job caused.
    """

    def __init__(
        self,
        paper: Paper = Paper.MM80,
        on_ticket: Callable[[Image.Image], None] | None = None,
        faults: Faults | None = None,
    ) -> None:
        self.paper = paper
        self.faults = faults or Faults()
        self.tickets: list[Image.Image] = []
        self.errors: list[Exception] = []
        self.job_bytes = 0
        self._on_ticket = on_ticket
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._roll = Roll(paper)
        self._reader = Interpreter(self._roll, self._speak, self._cut, paused=lambda: self._paused)
        self._say: Say | None = None
        self._lead = b""
        self._waiting = b""
        self._this_job = 0
        self._finishing: tuple[Image.Image, float] | None = None
        self._mute = False
        self._watched: bytes | None = None

    @property
    def cuts(self) -> int:
        """How many tickets were cut."""
        return len(self.tickets)

    def start(self) -> Self:
        """Begin to serve."""
        self._thread = threading.Thread(target=self._serve, name="virtual-printer", daemon=True)
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop serving. May be called twice."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
            self._thread = None

    def wait_for_ticket(self, timeout: float = 10.0, count: int = 1) -> Image.Image:
        """The ticket of the `count`-th cut. Raises TimeoutError, or what a job did wrong."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while len(self.tickets) < count:
                if self.errors:
                    raise self.errors[0]
                if not self._changed.wait(deadline - time.monotonic()):
                    raise TimeoutError(f"{len(self.tickets)} tickets cut, waited for {count}")
            return self.tickets[count - 1]

    def wait_for_job(self, timeout: float = 10.0, least: int = 1) -> None:
        """Until `least` bytes of jobs have been received in all. Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.job_bytes >= least, timeout):
                raise TimeoutError(f"{self.job_bytes} bytes received, waited for {least}")

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if error is None and self.errors:
            raise self.errors[0]

    # -- for the wires, on the printer's thread ---------------------------------

    def _serve(self) -> None:
        raise NotImplementedError

    def _connected(self, say: Say) -> None:
        self._say, self._mute, self._watched, self._this_job = say, False, None, 0

    def _disconnected(self) -> None:
        self._say, self._waiting, self._lead = None, self._waiting + self._lead, b""

    @property
    def _over(self) -> bool:
        return self._stop.is_set() or self.faults.refuse

    @property
    def _room(self) -> int:
        """How many bytes fit the buffer; none while `never_read` holds a job up."""
        if self.faults.never_read and self._waiting:
            return 0  # as if it were full
        return max(_BUFFER - len(self._waiting), 0)

    def _receive(self, data: bytes) -> bool:
        """Take what a wire brought: queries are answered now, the rest waits for the head.

        False: this connection is to end here.
        """
        data, at = self._lead + data, 0
        self._lead = b""
        for query in QUERY.finditer(data):
            if not self._queue(data[at : query.start()]):
                return False
            self._answer(self.faults.answer(query.group()[2]))
            at = query.end()
        rest = data[at:]
        if rest.endswith((b"\x10", b"\x10\x04")):
            begun = rest.rindex(b"\x10")
            rest, self._lead = rest[:begun], rest[begun:]
        return self._queue(rest)

    def _work(self) -> bool:
        """Print what can be printed, finish what was cut. False: a job held rubbish."""
        self._tell_changes()
        self._finish()
        while not self._paused:
            data, self._waiting = self._waiting, b""
            try:
                self._reader.feed(data)
            except (CommandError, PaperError) as error:
                self._reader.forget()
                self._fail(error)
                return False
            if not self._finish():
                break
        return True

    # -- inside -------------------------------------------------------------------

    @property
    def _paused(self) -> bool:
        return self.faults.stopped or self.faults.never_read or self._finishing is not None

    def _queue(self, part: bytes) -> bool:
        while part:
            stop = self.faults.next_stop(self._this_job)
            piece, part = (part, b"") if stop is None else (part[:stop], part[stop:])
            self._count(len(piece))
            self._waiting += piece
            if stop is None:
                continue
            self._work()
            if self.faults.reached(self._this_job):
                return False
        return True

    def _count(self, received: int) -> None:
        with self._changed:
            self._this_job += received
            self.job_bytes += received
            self._changed.notify_all()

    def _cut(self, ticket: Image.Image) -> None:
        if self.faults.jams_at_cut:
            self.faults.jams_at_cut, self.faults.cutter = False, True
        self._finishing = ticket, time.monotonic()
        self._this_job = 0

    def _finish(self) -> bool:
        """True if a ticket was in the making and is out now."""
        if self._finishing is None or self.faults.stopped:
            return False
        ticket, began = self._finishing
        if time.monotonic() - began < self.faults.print_seconds:
            return False
        self._finishing = None
        self._mute = self.faults.silent_after_cut
        if ImageOps.invert(ticket.convert("L")).getbbox() is not None:
            self._keep(ticket)
        return True

    def _keep(self, ticket: Image.Image) -> None:
        with self._changed:
            self.tickets.append(ticket)
            self._changed.notify_all()
        if self._on_ticket is not None:
            self._on_ticket(ticket)

    def _fail(self, error: Exception) -> None:
        with self._changed:
            self.errors.append(error)
            self._changed.notify_all()

    def _speak(self, kind: str, value: int) -> None:
        """What the stream itself asks: GS r, and GS a."""
        if kind == "queued" and not self.faults.no_queued:
            self._answer(b"\x0c" if self.faults.paper_near_end else b"\x00")
        elif kind == "watch":
            self._watched = b"" if value else None
            self._tell_changes()

    def _tell_changes(self) -> None:
        if self._watched is not None and self._watched != self.faults.automatic():
            self._watched = self.faults.automatic()
            self._answer(self._watched)

    def _answer(self, data: bytes) -> None:
        mute = self._mute and self.faults.silent_after_cut
        if self.faults.silent or mute or self._say is None or self._stop.wait(self.faults.slow):
            return
        with suppress(OSError):  # nobody listens any more
            self._say(data if self.faults.garbage is None else self.faults.garbage)
