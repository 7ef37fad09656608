"""The printing thread: watches the printer each second and prints what it is given."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from controller.sdnotify import Turn
from kiosk.paper import ENDS, LAMPS
from kiosk.session.model import Lamp, PrintEnded, PrinterChanged, Sent
from printers.facts import SlipError
from printers.fonts import FontMissing
from printers.paper import Paper
from printers.printer import Printer
from printers.raster import warm_up
from printers.slip import TicketSlip
from printers.slips import Slip
from printers.spool import Job, ReprintRefused, Spool
from printers.status import PrinterState, PrinterStatus

LOOK_S = 1.0
LOOK_BOUND_S = 30.0
"""Longer than any printer or queue can take to say how it is."""
JOB_BOUND_S = 180.0
"""Longer than the slowest serial line needs for the longest ticket and its proof."""

log = structlog.get_logger("kiosk.press")


@dataclass(frozen=True, slots=True)
class _Wanted:
    ticket: str
    slip: Slip | None
    """None for a reprint: the spool has the slip."""
    tell: Callable[[PrintEnded], None]


class Press:
    """One printer and its spool, used by one thread.  `report` hears what happens."""

    def __init__(
        self,
        printer: Printer,
        spool: Spool,
        paper: Paper,
        report: Callable[[PrintEnded | PrinterChanged], None],
    ) -> None:
        self._printer, self._spool, self._report = printer, spool, report
        self._paper = paper
        self._jobs: queue.Queue[_Wanted | None] = queue.Queue()
        self._lamp: Lamp | None = None
        self._state: PrinterState | None = None
        self.turn = Turn("printer", LOOK_BOUND_S)
        self.slips_left: int | None = None
        """About how many more slips the roll holds, if it is counted."""
        self._thread = threading.Thread(target=self._run, name="press", daemon=True)

    @property
    def word(self) -> str:
        """How the printer is, in one stable word of docs/printing.md."""
        return "starting" if self._state is None else self._state.value

    def start(self) -> None:
        self.turn()
        self._thread.start()

    def close(self) -> None:
        """Wait for the job in hand; if the process ends before it, the spool remembers it."""
        self._jobs.put(None)
        self._thread.join()

    def print(self, ticket: str, slip: TicketSlip) -> None:
        """Print a ticket once; the outcome comes as `PrintEnded`."""
        self._jobs.put(_Wanted(ticket, slip, self._report))

    def print_paper(self, job: str, slip: Slip, tell: Callable[[PrintEnded], None]) -> None:
        """Print another paper once (一次性告知, 预约单).  `tell` hears how it ended, on our thread.

        `job` must not be the id of a ticket.
        """
        self._jobs.put(_Wanted(job, slip, tell))

    def reprint(self, ticket: str) -> None:
        """Print it again, marked 补打."""
        self._jobs.put(_Wanted(ticket, None, self._report))

    def forget(self, before: datetime) -> None:
        """Drop the records of earlier days."""
        self._spool.forget(before)

    def _run(self) -> None:
        self._look()
        self._warm_up()
        while True:
            self.turn()
            try:
                wanted = self._jobs.get(timeout=LOOK_S)
            except queue.Empty:
                self._look()
                continue
            if wanted is None:
                return
            self.turn(JOB_BOUND_S)
            wanted.tell(self._end(wanted))

    def _look(self) -> None:
        lamp = self._heard(self._printer.status())
        if lamp is not self._lamp:
            log.info("printer", state=lamp.value, slips_left=self.slips_left)
            self._lamp = lamp
            self._report(PrinterChanged(lamp))

    def _heard(self, status: PrinterStatus) -> Lamp:
        if status.slips_left is not None:
            self.slips_left = status.slips_left
        self._state = status.state
        return LAMPS[status.state]

    def _warm_up(self) -> None:
        """The first painting loads fonts and takes long."""
        try:
            warm_up(self._paper)
        except (SlipError, FontMissing, OSError) as error:
            log.error("tickets cannot be painted", why=str(error))

    def _end(self, wanted: _Wanted) -> PrintEnded:
        """Whatever goes wrong, a job has an end."""
        reprint = wanted.slip is None
        try:
            job = self._do(wanted)
        except ReprintRefused as no:
            log.warning("reprint refused", ticket=wanted.ticket, why=str(no))
            return PrintEnded(wanted.ticket, Sent.NOT_SENT, self._lamp or Lamp.OFFLINE, reprint)
        except Exception as error:
            log.error("print job failed", ticket=wanted.ticket, error=type(error).__name__)
            return PrintEnded(wanted.ticket, self._recorded(wanted), Lamp.OFFLINE, reprint)
        self._lamp = self._heard(job.status)
        sent = ENDS[job.state]
        log.info("printed", ticket=wanted.ticket, outcome=sent.value, printer=self._lamp.value)
        return PrintEnded(wanted.ticket, sent, self._lamp, reprint)

    def _do(self, wanted: _Wanted) -> Job:
        if wanted.slip is None:
            return self._spool.reprint(wanted.ticket)
        return self._spool.submit(wanted.ticket, wanted.slip)

    def _recorded(self, wanted: _Wanted) -> Sent:
        """What the spool's record proves after an error."""
        try:
            return ENDS[self._spool.copies(wanted.ticket)[-1].state]
        except Exception:
            return Sent.NOT_SENT
