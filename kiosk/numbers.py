"""Where a kiosk's numbers come from and what becomes of them: the parts that share one state
directory, put together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import structlog

from kiosk.alone import Alone
from kiosk.hall_clock import HallClock
from kiosk.issuer import Issuer
from kiosk.kept_day import KeptDay
from kiosk.leases import LeaseBook
from kiosk.link import Link
from kiosk.outbox import Outbox
from kiosk.paper import recorded_end
from kiosk.session.model import Input, Issue, LinkChanged, Outcome, Session
from kiosk.settle import Settler
from kiosk.standby import Blocks, Standby
from kiosk.told import Told
from printers.spool import Spool

log = structlog.get_logger("kiosk.numbers")

NAMED = 7
"""How many of the numbers that the controller refused are named to staff."""


class Numbers:
    """Wishes in, numbers out, also while the controller is away.  Any thread.

    `session` gives the session of the moment, `tell` hears what happens.
    """

    def __init__(
        self,
        link: Link,
        state_dir: Path,
        session: Callable[[], Session],
        tell: Callable[[Input], None],
    ) -> None:
        self.clock = HallClock(state_dir / "clock.json")
        self._outbox = Outbox(state_dir / "outbox.jsonl")
        self._book = LeaseBook(state_dir / "leases.jsonl")
        self._refused: list[str] = []
        self._told = Told(state_dir / "told.jsonl")
        self._settler = Settler(
            link, self._outbox, self._refused.append, self._told, lambda: session().link_up
        )
        self._alone = Alone(self._book, self._outbox, self.clock)
        self._issuer = Issuer(
            link, self._outbox, self._alone, self._told, self._settler, session, tell
        )
        kept = KeptDay(state_dir / "day.json", self.clock)
        self._standby = Standby(
            link,
            self.clock,
            kept,
            self._book,
            self._outbox,
            self._alone,
            self._told,
            self._tell_again,
            tell,
        )

    def start(self, spool: Spool | None) -> None:
        """Numbers of an earlier run whose end nobody recorded end as the spool knows; begin."""
        for ticket, outcome in self._outbox.pending().items():
            if outcome is None:
                self._settler.confirm(ticket, recorded_end(spool, ticket))
        for part in (self._settler, self._issuer, self._standby):
            part.start()

    def stops(self) -> list[Callable[[], None]]:
        """What ends the threads; each may take a while."""
        return [self._settler.close, self._issuer.close, self._standby.close]

    def close_files(self) -> None:
        """Only when no thread uses them any more; all are durable at every moment anyway."""
        self._outbox.close()
        self._book.close()
        self._told.close()

    def hear(self, event: Input) -> None:
        """Something happened.  Returns at once."""
        self._standby.hear(event)
        if isinstance(event, LinkChanged):
            self._settler.look()

    def wish(self, wish: Issue) -> None:
        """Somebody wants a number; the answer is told.  Returns at once."""
        self._issuer.wish(wish)

    def confirm(self, ticket: str, outcome: Outcome) -> None:
        """How a number ended.  Durable when it returns."""
        if outcome is Outcome.VOID:
            self._alone.void(ticket)
        self._settler.confirm(ticket, outcome)

    def _tell_again(self, day: str, blocks: Blocks) -> None:
        """The controller holds these to be set aside, or doubts them: whatever it knew of them, it
        has forgotten. Told once too often does no harm."""
        for given, outcome in self._told.among(day, blocks, self.clock.now_ms()):
            if given.ticket not in self._outbox.pending():
                self._settler.tell_again(given, outcome)

    def health(self) -> dict[str, str]:
        """What staff should know: numbers that people hold and the controller has not heard of,
        and those that it did not want."""
        untold = len(self._outbox.given())
        told = {"untold": str(untold)} if untold else {}
        return told | ({"refused": " ".join(self._refused[-NAMED:])} if self._refused else {})
