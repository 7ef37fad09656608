"""Tells the controller how every number ended, however long that takes."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from kiosk.enquiry import fulfil
from kiosk.link import Link, LinkError, Refused
from kiosk.outbox import Outbox
from kiosk.session.model import Issue, Issued, Outcome

RETRY_S = 1.0
ORPHAN_S = 600.0
"""How long an unanswered wish for a number is asked about again."""

log = structlog.get_logger("kiosk.settle")


@dataclass(frozen=True, slots=True)
class _Orphan:
    wish: Issue
    until: float


class Settler:
    """A thread that confirms ends and finds out about lost answers.

    A wish for a number whose answer was lost is asked again with the same request
    id; if there is a number, `found` hears of it (and it becomes void).
    """

    def __init__(self, link: Link, outbox: Outbox, found: Callable[[Issued], None]) -> None:
        self._link, self._outbox, self._found = link, outbox, found
        self._news: queue.Queue[None] = queue.Queue()
        self._orphans: list[_Orphan] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="settler", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """End the thread; what is open stays in the outbox for the next start."""
        self._stop.set()
        self._news.put(None)
        self._thread.join()

    def confirm(self, ticket: str, outcome: Outcome) -> None:
        """Durable when it returns; sent as soon as possible."""
        self._outbox.settle(ticket, outcome)
        self._news.put(None)

    def lost(self, wish: Issue) -> None:
        """Nobody answered this wish."""
        self._orphans.append(_Orphan(wish, time.monotonic() + ORPHAN_S))
        self._news.put(None)

    def _run(self) -> None:
        while not self._stop.is_set():
            all_told = self._confirm_all() and self._ask_orphans()
            try:
                self._news.get(timeout=None if all_told else RETRY_S)
            except queue.Empty:
                continue

    def _confirm_all(self) -> bool:
        """True if nothing is left to tell."""
        for ticket, outcome in self._outbox.pending().items():
            if outcome is None:
                continue
            try:
                self._link.confirm(ticket, outcome)
            except Refused as no:
                # settled otherwise: called meanwhile, or of another day
                log.warning("end of number refused", ticket=ticket, code=no.code)
            except LinkError:
                return False
            self._outbox.done(ticket, outcome)
        return True

    def _ask_orphans(self) -> bool:
        for orphan in list(self._orphans):
            wish = orphan.wish
            try:
                ticket = fulfil(self._link, wish, 0.0)
            except Refused:
                self._orphans.remove(orphan)
            except LinkError:
                if time.monotonic() < orphan.until:
                    return False
                log.warning("gave up on a lost answer", request=wish.request_id)
                self._orphans.remove(orphan)
            else:
                self._orphans.remove(orphan)
                self._outbox.note(ticket.id)
                self._found(Issued(wish.request_id, ticket))
        return True
