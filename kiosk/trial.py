"""A trial by random faults: many numbers, each with its own printer trouble, all accounted for.

Real spool, outbox, session and driver print over TCP to the virtual printer, which then knows
what really came out.  A number is unaccounted for if it has no end, if it ended as void and
something of it was sent, if it ended as printed and no whole ticket exists, or if two do.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PIL import Image

from kiosk.day import Zone
from kiosk.outbox import Outbox
from kiosk.paper import ENDS, LAMPS, recorded_end
from kiosk.session.model import (
    Confirm,
    Job,
    Outcome,
    PrintEnded,
    Session,
    State,
    Ticket,
    Visit,
)
from kiosk.session.numbers import on_print_ended
from printers.escpos import EscposPrinter
from printers.faults import Faults
from printers.job import encode
from printers.link import NetworkLink
from printers.page import compose
from printers.paper import Paper
from printers.printer import Limits, Printer
from printers.slip import TicketSlip
from printers.spool import Spool
from printers.virtual import VirtualPrinter
from printers.virtual_escpos import Interpreter
from printers.virtual_paper import Roll

PAPER = Paper.MM58
BRISK = Limits(connect=2.0, status=0.25, send=0.6, proof=0.4)
REST_S = 30.0
"""How long the printer may take to come to rest after a fault."""
MOST_RUNS = 9000

_STANDING = ("paper_out", "cover_open", "cutter", "error", "offline", "silent", "refuse")
_MIDWAY = ("paper_out_after_bytes", "cover_open_after_bytes", "close_after_bytes")
_LATE = ("jams_at_cut", "silent_after_cut", "never_read", "no_queued", "paper_near_end")
_NOISE = (b"\xff", b"\x12\x12", b"\x00")

MakePrinter = Callable[[NetworkLink], Printer]


class _PowerCut(BaseException):
    """The kiosk is dead from here on."""


class _Wire(NetworkLink):
    """A wire on which the kiosk may lose its power at the n-th move."""

    def __init__(self, port: int) -> None:
        super().__init__("127.0.0.1", port)
        self.moves_left: int | None = None

    def write(self, data: bytes, timeout: float) -> None:
        half = random.Random(len(data)).randint(0, len(data))
        super().write(data[:half], timeout)
        self._move()
        super().write(data[half:], timeout)

    def read(self, timeout: float) -> bytes:
        self._move()
        return super().read(timeout)

    def _move(self) -> None:
        if self.moves_left is None:
            return
        self.moves_left -= 1
        if self.moves_left < 0:
            raise _PowerCut


def driver(link: NetworkLink) -> Printer:
    """The product's own driver."""
    return EscposPrinter(link, PAPER, BRISK, queued_proof=True)


def random_faults(
    folder: Path, runs: int = 200, seed: int = 1, make: MakePrinter = driver
) -> dict[str, int]:
    """Print `runs` numbers, at most 9000, each with a random fault; files go to `folder`.

    Returns how many ended how: "runs", "printed", "shown", "void", "unaccounted".
    `make` is another printer driver to be tried.
    """
    if not 0 < runs <= MOST_RUNS:
        raise ValueError(f"runs must be 1 to {MOST_RUNS}")
    with VirtualPrinter(paper=PAPER) as machine:
        trial = _Trial(machine, folder, random.Random(seed), make)
        ends = [trial.run(n) for n in range(runs)]
        return trial.account(ends)


class _Trial:
    """One virtual printer and the files of one kiosk, through all its lives."""

    def __init__(
        self, machine: VirtualPrinter, folder: Path, chance: random.Random, make: MakePrinter
    ) -> None:
        self._machine, self._folder, self._chance = machine, folder, chance
        self._wire, self._make = _Wire(machine.port), make
        self._printer = make(self._wire)
        self._spool = self._open()
        self._outbox = Outbox(folder / "outbox.jsonl")
        self._sent: list[bool] = []

    def run(self, n: int) -> Outcome | None:
        """Print number `n` with a fault of its own; how it ended, None for no end."""
        ticket = _ticket(n)
        self._outbox.note(ticket.id)
        before = self._machine.job_bytes
        self._machine.faults = self._some_fault()
        self._wire.moves_left = self._chance.choice((None, None, None, self._chance.randint(0, 16)))
        try:
            self._print(ticket)
        except _PowerCut:
            self._restart()
        self._recover()
        self._sent.append(self._machine.job_bytes > before)
        end = self._outbox.pending()[ticket.id]
        if end is not None:
            self._outbox.done(ticket.id, end)
        return end

    def account(self, ends: list[Outcome | None]) -> dict[str, int]:
        """Compare what was said with what came out."""
        whole = Counter(piece.tobytes() for piece in self._machine.tickets)
        lost = 0
        for n, end in enumerate(ends):
            copies = whole[_expected(n)]
            lied = (end is Outcome.PRINTED and not copies) or (
                end is Outcome.VOID and self._sent[n]
            )
            lost += end is None or lied or copies > 1
        said = Counter(ends)
        self._spool.close()
        self._outbox.close()
        return {
            "runs": len(ends),
            "printed": said[Outcome.PRINTED],
            "shown": said[Outcome.UNPROVEN],
            "void": said[Outcome.VOID],
            "unaccounted": lost,
        }

    def _print(self, ticket: Ticket) -> None:
        """As the kiosk does: spool, then the session says how it ends, then the outbox."""
        job = self._spool.submit(ticket.id, _slip(ticket))
        session = _printing(ticket)
        ended = PrintEnded(ticket.id, ENDS[job.state], LAMPS[job.status.state])
        _, effects = on_print_ended(session, ended, 0.0)
        for effect in effects:
            if isinstance(effect, Confirm):
                self._outbox.settle(effect.ticket, effect.outcome)

    def _restart(self) -> None:
        """A new life on the same files settles what the last one left."""
        self._spool.close()
        self._outbox.close()
        self._wire.close()
        self._wire.moves_left = None
        self._printer = self._make(self._wire)
        self._spool, self._outbox = self._open(), Outbox(self._folder / "outbox.jsonl")
        # as Station does at its start
        for ticket, end in self._outbox.pending().items():
            if end is None:
                self._outbox.settle(ticket, recorded_end(self._spool, ticket))

    def _recover(self) -> None:
        """Somebody mends the printer, and what it still has in its buffer comes out."""
        self._wire.moves_left = None
        self._machine.faults = Faults()
        self._machine.plug()
        deadline = time.monotonic() + REST_S
        while not self._printer.status().can_print:
            if time.monotonic() > deadline:
                raise TimeoutError("the virtual printer does not come to rest")

    def _open(self) -> Spool:
        return Spool(self._folder / "spool.sqlite", self._printer, PAPER)

    def _some_fault(self) -> Faults:
        chance, faults = self._chance, Faults()
        match chance.randrange(6):
            case 0:
                setattr(faults, chance.choice(_STANDING), True)
            case 1 | 2:
                setattr(faults, chance.choice(_MIDWAY), chance.randint(1, 30_000))
            case 3:
                setattr(faults, chance.choice(_LATE), True)
            case 4:
                faults.garbage = chance.choice((None, *_NOISE))
                faults.print_seconds = chance.choice((0.0, 0.2, 60.0))
            case _:
                pass
        return faults


def _expected(n: int) -> bytes:
    """The paper of number `n` as it looks when all is well."""
    cut: list[Image.Image] = []
    job = encode(compose(_slip(_ticket(n)), PAPER), PAPER)
    Interpreter(Roll(PAPER), lambda kind, value: None, cut.append).feed(job)
    return cut[0].tobytes()


def _ticket(n: int) -> Ticket:
    return Ticket(
        id=f"trial-{n}",
        number=f"{'ACFHJKLMN'[n // 1000]}{n % 1000:03d}",
        items=("取号",),
        items_en=("Trial",),
        bundle=None,
        zone=Zone("A", "A", "一楼", "Zone A", "a"),
        windows="1",
        ahead=0,
        wait=None,
        issued_at=0,
        short_code="AAAAAA",
        priority=False,
    )


def _slip(ticket: Ticket) -> TicketSlip:
    return TicketSlip(
        hall="叫号", number=ticket.number, items=ticket.items, zone="A", zone_name="一楼",
        windows="1", people_ahead=0, wait=None, issued_at=datetime(2026, 1, 1), kiosk="1",
        short_code="AAAA-AA",
    )  # fmt: skip


def _printing(ticket: Ticket) -> Session:
    visit = Visit(State.PRINTING, ticket=ticket, job=Job("trial"))
    return Session("trial", frozenset(), visit=visit)
