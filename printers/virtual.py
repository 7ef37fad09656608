"""A virtual printer on TCP: what the kiosk prints becomes pictures, and it can misbehave.

Ships with the product: demos print to it, and tests run the real driver against it. Like most
printers it serves one connection at a time.
"""

import select
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from PIL import Image

from printers.paper import Paper
from printers.virtual_escpos import CommandError, Interpreter
from printers.virtual_paper import PaperError, Roll

_TICK = 0.02
_CHUNK = 4096


@dataclass(slots=True)
class Faults:
    """Switches for misbehaviour; may be changed while the printer runs.

    `*_after_bytes` count the bytes of a job, without the status queries before it.
    `slow`: seconds before every answer. `print_seconds`: how long a ticket takes; later
    bytes wait. `never_read`: answers until a job begins, then takes no byte more.
    `silent_after_cut`: prints, then answers nothing. `garbage`: sent instead of any answer.
    """

    paper_near_end: bool = False
    paper_out: bool = False
    paper_out_after_bytes: int | None = None
    cover_open: bool = False
    cutter: bool = False
    error: bool = False
    offline: bool = False
    silent: bool = False
    silent_after_cut: bool = False
    refuse: bool = False
    close_after_bytes: int | None = None
    slow: float = 0.0
    print_seconds: float = 0.0
    never_read: bool = False
    garbage: bytes | None = None

    @property
    def stopped(self) -> bool:
        """True if the paper cannot move."""
        return self.paper_out or self.cover_open or self.cutter or self.error or self.offline

    def answer(self, query: int) -> bytes:
        """The byte a printer in this condition gives to DLE EOT `query`."""
        bits = {
            1: 0x08 * self.stopped,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * (self.cutter or self.error),
            3: 0x08 * self.cutter | 0x20 * self.error,
            4: 0x0C * (self.paper_near_end or self.paper_out) | 0x60 * self.paper_out,
        }
        return bytes((0x12 | bits[query],))


class VirtualPrinter:
    """Listens on loopback; `port` 0 picks a free one. Use as a context manager.

    `on_ticket` is called on the printer's thread with each cut ticket (1-bit picture).
    Leaving the context raises the first CommandError that a job caused.
    """

    def __init__(
        self,
        port: int = 0,
        paper: Paper = Paper.MM80,
        on_ticket: Callable[[Image.Image], None] | None = None,
        faults: Faults | None = None,
    ) -> None:
        self.host, self.port, self.paper = "127.0.0.1", port, paper
        self.faults = faults or Faults()
        self.tickets: list[Image.Image] = []
        self.errors: list[Exception] = []
        self.job_bytes = 0
        self._on_ticket = on_ticket
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._refusing = False
        self._listener: socket.socket | None = None
        self._thread: threading.Thread | None = None

    @property
    def cuts(self) -> int:
        """How many tickets were cut."""
        return len(self.tickets)

    def start(self) -> Self:
        """Bind the port and serve. Raises OSError when the port is taken."""
        self._bind()
        self._thread = threading.Thread(target=self._serve, name="virtual-printer", daemon=True)
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop serving and free the port. May be called twice."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
            self._thread = None
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def unplug(self) -> None:
        """From now on connections are refused, on the same port; a running one breaks."""
        self._set_refuse(True)

    def plug(self) -> None:
        """Accept connections again."""
        self._set_refuse(False)

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

    def _set_refuse(self, refuse: bool) -> None:
        self.faults.refuse = refuse
        with self._changed:
            if not self._changed.wait_for(lambda: self._refusing == refuse, timeout=10):
                raise TimeoutError("the virtual printer is not running")

    def _bind(self) -> None:
        """A bound socket that does not listen refuses, and keeps the port ours."""
        if self._listener is not None:
            self._listener.close()
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listener = listener
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((self.host, self.port))
        listener.settimeout(_TICK)
        self.port = listener.getsockname()[1]
        if not self.faults.refuse:
            listener.listen(8)
        with self._changed:
            self._refusing = self.faults.refuse
            self._changed.notify_all()

    def _serve(self) -> None:
        while not self._stop.is_set():
            # Only this thread swaps the listener: while another one waits in accept, the
            # kernel keeps a closed listener alive and the port taken.
            if self.faults.refuse != self._refusing:
                self._bind()
            listener = self._listener
            if self._refusing or listener is None:
                self._stop.wait(_TICK)
                continue
            try:
                peer, _ = listener.accept()
            except OSError:  # nobody yet
                continue
            with peer, suppress(OSError):
                _Session(self, peer).run()

    def _keep(self, ticket: Image.Image) -> None:
        with self._changed:
            self.tickets.append(ticket)
            self._changed.notify_all()
        if self._on_ticket is not None:
            self._on_ticket(ticket)

    def _count(self, received: int) -> None:
        with self._changed:
            self.job_bytes += received
            self._changed.notify_all()

    def _fail(self, error: Exception) -> None:
        with self._changed:
            self.errors.append(error)
            self._changed.notify_all()


class _Session:
    """One connection, from accept to close."""

    def __init__(self, printer: VirtualPrinter, peer: socket.socket) -> None:
        self._printer, self._peer = printer, peer
        self._roll = Roll(printer.paper)
        self._reader = Interpreter(self._roll, self._answer, self._cut)
        self._job_bytes = 0
        self._mute = False
        peer.settimeout(_TICK)

    @property
    def _faults(self) -> Faults:
        return self._printer.faults  # looked up each time: switches move while a job runs

    def run(self) -> None:
        """Until the peer leaves, the printer stops or a fault ends it."""
        while not self._over():
            if self._stuck():
                continue
            try:
                data = self._peer.recv(_CHUNK)
            except TimeoutError:
                continue
            if not data or not self._take(data):
                return

    def _over(self) -> bool:
        return self._printer._stop.is_set() or self._faults.refuse

    def _stuck(self) -> bool:
        """never_read: hold the connection, leave the bytes, until the peer is gone."""
        if not self._faults.never_read:
            return False
        if self._job_bytes == 0 and self._query_waits():
            return False
        watch = select.poll()
        watch.register(self._peer, select.POLLRDHUP)
        if watch.poll(int(_TICK * 1000)):
            raise ConnectionResetError
        return True

    def _query_waits(self) -> bool:
        try:
            return self._peer.recv(1, socket.MSG_PEEK) == b"\x10"
        except TimeoutError:
            return False

    def _take(self, data: bytes) -> bool:
        """Interpret; False ends the connection."""
        if self._job_bytes == 0 and data[0] == 0x10:
            return self._interpret(data)
        keep = self._faults.close_after_bytes
        part = data if keep is None else data[: max(keep - self._job_bytes, 0)]
        self._run_out(part)
        self._job_bytes += len(part)
        self._printer._count(len(part))
        alive = self._interpret(part)
        return alive and (keep is None or self._job_bytes < keep)

    def _run_out(self, part: bytes) -> None:
        limit = self._faults.paper_out_after_bytes
        if limit is not None and self._job_bytes + len(part) >= limit:
            self._faults.paper_out = True

    def _interpret(self, data: bytes) -> bool:
        try:
            self._reader.feed(data)
        except (CommandError, PaperError) as error:
            self._printer._fail(error)
            return False
        return True

    def _answer(self, kind: str, query: int) -> None:
        if self._faults.silent or self._mute or self._printer._stop.wait(self._faults.slow):
            return
        if self._faults.garbage is not None:
            self._peer.sendall(self._faults.garbage)
        elif kind == "eot":
            self._peer.sendall(self._faults.answer(query))
        elif not self._faults.stopped:
            self._peer.sendall(b"\x0c" if self._faults.paper_near_end else b"\x00")

    def _cut(self, ticket: Image.Image) -> None:
        began = time.monotonic()
        while time.monotonic() - began < self._faults.print_seconds:
            if self._over():
                return
            self._printer._stop.wait(_TICK)
        if self._faults.stopped:
            return
        self._mute = self._faults.silent_after_cut
        self._printer._keep(ticket)
