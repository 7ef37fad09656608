"""A kiosk that is cut off, as parts on real files, and people who come to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from kiosk.alone import Alone
from kiosk.day import AloneTerms, Day
from kiosk.hall_clock import HallClock, Machine
from kiosk.leases import Block, LeaseBook
from kiosk.outbox import Outbox
from kiosk.readers.base import DocumentType
from kiosk.session.model import Choice, Input, Issue, Issued, Outcome, Ticket, Visitor
from tests.kiosk.people import DAY

NOON = 1_773_720_000_000
TODAY = "2026-03-17"
SERIES = {"RS": "R", "GA": "A", "ZX": "Z"}
OURS: Day = replace(
    DAY,
    items=tuple(replace(item, series=SERIES[item.group]) for item in DAY.items),
    alone=AloneTerms(lease_numbers=10, lease_min=10, per_person=3),
).uncounted()
ZHANG = Visitor("ab" * 32, "张*名", DocumentType.RESIDENT)
LI = Visitor("cd" * 32, "李*", DocumentType.RESIDENT, elderly=True, priority="elder")


@dataclass
class Kiosk:
    """The parts of a kiosk that is cut off, on real files."""

    folder: Path
    since_boot: float = 0.0
    blocks: bool = True

    def __post_init__(self) -> None:
        self.requests = count(1)
        self.start()
        self.clock.heard(NOON)
        if not self.blocks:
            return
        self.book.add(Block(TODAY, "R", "R", 990, 999))
        self.book.add(Block(TODAY, "A", "A", 998, 999))

    def start(self) -> None:
        """As a process that starts now has it."""
        codes = (f"CODE{n:02d}" for n in count())
        self.clock = HallClock(
            self.folder / "clock.json", Machine("boot", lambda: self.since_boot, lambda: 0.0)
        )
        self.outbox = Outbox(self.folder / "outbox.jsonl")
        self.book = LeaseBook(self.folder / "leases.jsonl")
        self.alone = Alone(self.book, self.outbox, self.clock, lambda: next(codes))

    def stop(self) -> None:
        self.outbox.close()
        self.book.close()

    def wish(self, visitor: Visitor, *items: str, bundle: str | None = None) -> Issue:
        choice = Choice(items or ("RS-003",), bundle)
        return Issue(f"request-{next(self.requests)}", choice, visitor)

    def ask(self, visitor: Visitor, *items: str, day: Day = OURS) -> Input:
        return self.alone.give(self.wish(visitor, *items), day)

    def take(self, visitor: Visitor, *items: str) -> Ticket:
        given = self.ask(visitor, *items)
        assert isinstance(given, Issued), given
        return given.ticket

    def prints(self, ticket: Ticket, outcome: Outcome = Outcome.PRINTED) -> None:
        self.outbox.settle(ticket.id, outcome)

    def is_back(self) -> None:
        """The controller hears everything."""
        for entry in self.outbox.entries():
            assert entry.outcome is not None
            self.outbox.done(entry.id, entry.outcome)


def somebody(n: int) -> Visitor:
    return replace(ZHANG, key=f"{n:064x}")
