"""Wires a kiosk together: readers, session, link, printer and page.

One thread, the core, owns the session: everything that happens is put into its
inbox, `step` says what follows, and slow deeds are done by threads of their own.
"""

from __future__ import annotations

import queue
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from controller.hall.visitor import PROVINCES
from controller.sdnotify import Loop, Turn
from kiosk.board import PANEL, Board
from kiosk.day import Day
from kiosk.enquiry import Errands
from kiosk.guide import Guide
from kiosk.identity import Identity
from kiosk.lineage import Lineage
from kiosk.link import Link
from kiosk.numbers import Numbers
from kiosk.panel.panel import Panel
from kiosk.panel.signals import show_of
from kiosk.paper import slip_of
from kiosk.press import Press
from kiosk.readers.bank import Bank
from kiosk.readers.condition import STUCK_S, Reader
from kiosk.session import fits, next_wake, step
from kiosk.session.model import (
    Act,
    AlertStaff,
    Confirm,
    DayChanged,
    Effect,
    Forget,
    Input,
    Issue,
    Lamp,
    Print,
    PrintEnded,
    ReaderLamp,
    Sent,
    Session,
    Tick,
    Timing,
)
from kiosk.session.own import Again, Seek, Want
from kiosk.uplink import Uplink
from kiosk.vitals import Vitals
from printers.facts import SlipError
from printers.paper import Paper
from printers.printer import Printer
from printers.slips import reprint_of
from printers.spool import Spool

ALERT_S = 120.0
"""How long a call for staff is reported with each heartbeat."""
TURN_S = 1.0
"""How often the core goes round while nothing happens."""

log = structlog.get_logger("kiosk")


@dataclass(frozen=True, slots=True)
class Machine:
    """What is particular to this kiosk."""

    no: int
    name: str
    state_dir: Path
    timing: Timing = field(default_factory=Timing)
    provinces: frozenset[str] = PROVINCES
    paper: Paper = Paper.MM80
    native_qr: bool = False
    panel: float = PANEL


def _new_day(before: Day, event: DayChanged) -> bool:
    return before.date != event.day.date


@dataclass(frozen=True, slots=True)
class _Touch:
    """An act of the page that waits to hear whether it was taken."""

    act: Act
    rev: int
    answer: queue.Queue[bool]


class Station:
    """A running kiosk.  `start`, then `close`; `board` has the views, `act` takes touches."""

    def __init__(
        self,
        machine: Machine,
        link: Link,
        readers: Sequence[Reader] = (),
        printer: Printer | None = None,
        clock: Callable[[], float] = time.monotonic,
        panel: Panel | None = None,
        guide: Guide | None = None,
    ) -> None:
        self._machine, self._link, self._readers = machine, link, Bank(readers)
        self._clock = clock
        self._panel, self._guide = panel, guide
        self._inbox: queue.Queue[Input | _Touch | None] = queue.Queue()
        self._started = False
        self._alert: tuple[str, float] = ("", 0.0)
        self._session = Session(
            nonce=secrets.token_hex(8),
            provinces=machine.provinces,
            timing=machine.timing,
            reader=ReaderLamp.OUT if self._readers.reads_documents else ReaderLamp.NONE,
            scans=self._readers.scans,
            speaks=guide is not None,
            printer=Lamp.OFFLINE if printer else Lamp.NONE,
        )
        self.board = Board(machine.no, machine.name, machine.panel, clock)
        self._numbers = Numbers(link, machine.state_dir, lambda: self._session, self.tell)
        self._spool = self._open_spool(printer) if printer else None
        self._press = None
        if printer and self._spool:
            self._press = Press(printer, self._spool, machine.paper, self.tell)
        self._errands = Errands(link, self.tell)
        identity, lineage = Identity(machine.state_dir), Lineage(machine.state_dir / "lineage.json")
        self._uplink = Uplink(
            link,
            identity,
            machine.name,
            self.health,
            self.tell,
            lineage,
            self._numbers.clock.heard,
        )
        self._vitals = Vitals(self.health, self._uplink.hurry)
        self._turn = Turn("core", STUCK_S)
        self._thread = threading.Thread(target=self._core, name="core", daemon=True)

    # -- from outside -----------------------------------------------------------

    def start(self) -> None:
        """Settle what an earlier run left open and begin."""
        self._started = True
        self.board.show(self._session)
        self._numbers.start(self._spool)
        self._errands.start()
        self._thread.start()
        if self._press:
            self._press.start()
        if self._panel:
            self._panel.start(self.tell)
        if self._guide:
            self._guide.start()
        self._readers.start(self.tell)
        self._uplink.start()
        self._vitals.start()

    def close(self) -> None:
        """Stop in order, well within a second; what is open is on disk."""
        self.board.close()
        self._link.close()
        if not self._started:
            self._close_files()
            return
        self._vitals.close()
        self._readers.close()
        self._inbox.put(None)
        stops = [self._uplink.close, *self._numbers.stops(), self._errands.close]
        stops += [part.close for part in (self._press, self._panel, self._guide) if part]
        stopping = [threading.Thread(target=stop, daemon=True) for stop in stops]
        for thread in stopping:
            thread.start()
        for thread in [self._thread, *stopping]:
            thread.join(0.8)
        if not any(thread.is_alive() for thread in [self._thread, *stopping]):
            self._close_files()

    def _close_files(self) -> None:
        """Only when nobody uses them any more; all are durable at every moment anyway."""
        self._numbers.close_files()
        if self._spool:
            self._spool.close()

    def tell(self, event: Input) -> None:
        """Something happened.  Any thread; returns at once."""
        self._inbox.put(event)

    def act(self, rev: int, act: Act, within_s: float = 2.0) -> bool:
        """A touch on the page that showed `rev`.  False if it means nothing now."""
        touch = _Touch(act, rev, queue.Queue(1))
        self._inbox.put(touch)
        try:
            return touch.answer.get(timeout=within_s)
        except queue.Empty:
            return False

    # -- the core thread --------------------------------------------------------

    def _core(self) -> None:
        while True:
            self._turn()
            event = self._next()
            if event is None:
                return
            try:
                self._take(event)
            except Exception:
                # the kiosk must go on; the traceback may hold what a log must not
                log.error("core stumbled", over=type(event).__name__)

    def _next(self) -> Input | _Touch | None:
        due = next_wake(self._session)
        try:
            left = TURN_S if due is None else min(TURN_S, max(0.0, due - self._clock()))
            return self._inbox.get(timeout=left)
        except queue.Empty:
            return Tick()

    def _take(self, event: Input | _Touch) -> None:
        if isinstance(event, _Touch):
            taken = event.rev == self.board.rev and fits(self._session, event.act)
            if taken:
                self._apply(event.act)
            event.answer.put(taken)
        else:
            self._apply(event)

    def _apply(self, event: Input) -> None:
        before = self._session
        self._session, effects = step(before, event, self._clock())
        if before.visit.state is not self._session.visit.state:
            log.info("state", now=self._session.visit.state.value)
        self.board.show(self._session)
        self._numbers.hear(event)
        if self._panel:
            self._panel.show(show_of(self._session))
        if self._guide:
            self._guide.follow(self._session)
        for effect in effects:
            self._do(effect)
        if isinstance(event, DayChanged) and (before.day is None or _new_day(before.day, event)):
            self._forget_yesterday()

    def _forget_yesterday(self) -> None:
        if self._press:
            self._press.forget(datetime.now() - timedelta(days=1))

    def _do(self, effect: Effect) -> None:
        match effect:
            case Issue():
                self._numbers.wish(effect)
            case Print(ticket, reprint):
                if effect.again or not reprint:
                    self._print(effect)
                else:
                    self._reprint(ticket.id)
            case Seek() | Want() | Again():
                self._errands.run(effect)
            case Confirm(ticket_id, outcome):
                self._numbers.confirm(ticket_id, outcome)
            case AlertStaff(why):
                log.warning("staff wanted", why=why.value)
                self._alert = (why.value, self._clock() + ALERT_S)
                self._uplink.hurry()
            case Forget():
                pass  # nothing outside the session holds a person

    def _print(self, effect: Print) -> None:
        day, ticket = self._session.day, effect.ticket
        assert self._press is not None
        assert day is not None
        try:
            slip = slip_of(ticket, day, self._machine.name)
        except SlipError as error:
            log.error("ticket cannot be printed", ticket=ticket.id, why=str(error))
            self.tell(PrintEnded(ticket.id, Sent.NOT_SENT, self._session.printer))
            return
        if effect.again:
            self._press.print_paper(effect.again, reprint_of(slip), self._told_of(ticket.id))
        else:
            self._press.print(ticket.id, slip)

    def _told_of(self, ticket: str) -> Callable[[PrintEnded], None]:
        """Says how the paper ended as that of the number, and that it is a copy."""
        return lambda ended: self.tell(replace(ended, ticket=ticket, reprint=True))

    def _reprint(self, ticket: str) -> None:
        assert self._press is not None
        self._press.reprint(ticket)

    # -- beginnings and conditions ----------------------------------------------

    def _open_spool(self, printer: Printer) -> Spool:
        machine = self._machine
        path = machine.state_dir / "spool.sqlite"
        return Spool(path, printer, machine.paper, native_qr=machine.native_qr)

    def loops(self) -> tuple[Loop, ...]:
        """The threads that have to go round, and how long ago each one did.  Any thread."""
        readers = [Loop(one.kind.value, one.turned_s, STUCK_S) for one in self._readers.health()]
        presses = [self._press.turn.loop] if self._press else []
        return (*readers, *presses, self._uplink.turn.loop, self._turn.loop)

    def health(self) -> dict[str, str]:
        """How each device is, in words (docs/readers.md, docs/printing.md).  Any thread."""
        session = self._session
        why, until = self._alert
        printer = self._press.word if self._press else "none"
        health = {
            "reader": session.reader.value,
            "printer": printer,
            "page": self.board.page,
        }
        if self._press and self._press.slips_left is not None:
            health["slips_left"] = str(self._press.slips_left)
        health |= {one.kind.value: one.word for one in self._readers.health()}
        health |= {"panel": self._panel.word} if self._panel else {}
        health |= {"voice": self._guide.word} if self._guide else {}
        health |= self._numbers.health()
        return health | ({"staff": why} if self._clock() < until else {})
