"""Tells the controller, in order, what it has not heard: however long that takes.

First the wishes whose answer never came are withdrawn, so that whoever got a number of the kiosk's
own instead has one number and not two; then the numbers that the kiosk gave out alone are told,
oldest first; then how numbers ended.  All of it may be told twice and is one deed.  What the
controller refuses is struck off and said to staff; what it fails at is tried again later.  Neither
keeps anything behind it from being told.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import structlog

from kiosk.link import Faulty, Link, LinkError, Refused
from kiosk.outbox import Entry, Given, Outbox
from kiosk.session.model import Outcome
from kiosk.told import Told

RETRY_S = 1.0
UNKNOWN = "unknown-ticket"

log = structlog.get_logger("kiosk.settle")


class Settler:
    """A thread that empties the outbox while the controller is `there`.  `refused` hears of numbers
    that people hold and that the controller does not want; `told` keeps those it knows."""

    def __init__(
        self,
        link: Link,
        outbox: Outbox,
        refused: Callable[[str], None],
        told: Told,
        there: Callable[[], bool] = lambda: True,
    ) -> None:
        self._link, self._outbox, self._refused, self._told = link, outbox, refused, told
        self._there = there
        self._news: queue.Queue[None] = queue.Queue()
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
        try:
            self._told.ended(ticket, outcome)
        except OSError as error:
            log.error("cannot write down how it ended", ticket=ticket, why=error.strerror)
        self.look()

    def tell_again(self, given: Given, outcome: Outcome) -> None:
        """The controller has forgotten this number.  Durable when it returns."""
        log.warning("forgotten by the controller", ticket=given.ticket)
        self._outbox.give(given)
        self._outbox.settle(given.ticket, outcome)
        self.look()

    def lost(self, request_id: str) -> None:
        """Nobody waits for the answer to this wish any more."""
        self._outbox.lost(request_id)
        self.look()

    def look(self) -> None:
        """There may be something to tell, or somebody to tell it to.  Returns at once."""
        self._news.put(None)

    def _run(self) -> None:
        while not self._stop.is_set():
            all_told = self.tell_all()
            try:
                self._news.get(timeout=None if all_told else RETRY_S)
            except queue.Empty:
                continue

    def tell_all(self) -> bool:
        """One round; True if nothing is left that could be told now.  One thread at a time.

        Nothing is told before the controller has heard what this kiosk knows of it: one that was
        restored from a backup refuses numbers until it knows that it may doubt them."""
        if not self._there():
            return False
        all_told = True
        order = sorted(self._outbox.entries(), key=_turn)
        for entry in order:
            if entry.outcome is None and not entry.wish:
                continue  # it is being printed, and its end is news
            try:
                self._tell(entry)
            except Refused as no:
                all_told = self._struck(entry, no.code) and all_told
            except Faulty as error:
                log.error("the controller fails at it", what=entry.id, code=str(error))
                all_told = False
            except LinkError:
                return False
            except OSError as error:
                log.error("cannot write down what was told", what=entry.id, why=error.strerror)
                all_told = False
        return all_told

    def _tell(self, entry: Entry) -> None:
        outcome = entry.outcome
        if outcome is None:
            self._link.withdraw(entry.id)
            self._outbox.strike(entry.id)
            return
        if entry.given is not None:
            self._link.report(entry.given, outcome is Outcome.PRINTED)
            self._told.note(entry.given, outcome)
            log.info("reported", ticket=entry.id)
        else:
            self._link.confirm(entry.id, outcome)
        self._outbox.done(entry.id, outcome)

    def _struck(self, entry: Entry, code: str) -> bool:
        """Settled otherwise: called meanwhile, or of another day; or nobody's business.  A number
        of the controller's that it does not know any more is told as one of our own, and not
        settled."""
        log.warning("refused", what=entry.id, code=code)
        forgotten = self._told.find(entry.id) if code == UNKNOWN and not entry.given else None
        if forgotten is not None:
            self.tell_again(*forgotten)
            return False
        self._outbox.strike(entry.id)
        if entry.given is not None:
            self._refused(entry.id.rpartition("-")[2])
        return True


def _turn(entry: Entry) -> int:
    """Wishes, then numbers of one's own, then ends: each in the order in which they came."""
    if entry.wish:
        return 0
    return 1 if entry.given is not None else 2
