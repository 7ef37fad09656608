"""The issuing thread: a number from the controller, or else one of the kiosk's own.

The wish's id is on disk before it is sent.  If the controller answers in time, its answer counts,
yes or no.  If the kiosk knows that it is cut off, the controller is not asked at all; if it finds
out now, the wish is lost.  Either way the person gets a number of the kiosk's own, if there is one
(`Alone` says why nobody has two by that).
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import structlog

from kiosk.alone import Alone
from kiosk.day import Day
from kiosk.enquiry import fulfil
from kiosk.link import Link, LinkError, Offline, Refused, Unauthorised
from kiosk.outbox import Given, Outbox
from kiosk.session.model import Input, Issue, Issued, IssueLost, IssueRefused, Session, Ticket
from kiosk.settle import Settler
from kiosk.told import Told

ANSWER_S = 4.0
"""How long a wish for a number is repeated while a person waits."""

log = structlog.get_logger("kiosk")


class Issuer:
    """A thread that turns wishes into numbers.  `session` says what is known of the day and of the
    line, `tell` hears what became of each wish."""

    def __init__(
        self,
        link: Link,
        outbox: Outbox,
        alone: Alone,
        told: Told,
        settler: Settler,
        session: Callable[[], Session],
        tell: Callable[[Input], None],
    ) -> None:
        self._link, self._outbox, self._alone, self._settler = link, outbox, alone, settler
        self._told = told
        self._session, self._tell = session, tell
        self._wishes: queue.Queue[Issue | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="issuer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """End after the wish in hand."""
        self._wishes.put(None)
        self._thread.join()

    def wish(self, wish: Issue) -> None:
        """Somebody wants a number.  Returns at once."""
        self._wishes.put(wish)

    def _run(self) -> None:
        while (wish := self._wishes.get()) is not None:
            self._tell(self._answer(wish))

    def _answer(self, wish: Issue) -> Input:
        session = self._session()
        day = session.day
        if day is None:
            return IssueLost(wish.request_id)
        if held := self._alone.held(wish, day):
            return held
        if not session.link_up:
            return self._alone.give(wish, day)
        try:
            return self._ask(wish, day)
        except Unauthorised as error:
            log.warning("not allowed to issue", code=error.code)
            return IssueLost(wish.request_id)
        except LinkError as error:
            log.warning("no answer to a wish", why=str(error))
            return self._alone.give(wish, day)
        except OSError as error:
            log.error("a wish cannot be written down", why=error.strerror)
            return IssueLost(wish.request_id)

    def _ask(self, wish: Issue, day: Day) -> Input:
        """The controller's answer.  Raises `LinkError` if there is none; then the wish is lost."""
        self._outbox.wish(wish.request_id)
        try:
            ticket = fulfil(self._link, wish, ANSWER_S)
        except Refused as no:
            log.info("number refused", code=no.code)
            self._outbox.answered(wish.request_id, None)
            return IssueRefused(wish.request_id, no.words, no.code, no.ticket)
        except LinkError as error:
            if isinstance(error, Offline) and error.sent:
                self._settler.lost(wish.request_id)
            else:
                self._outbox.answered(wish.request_id, None)
            raise
        self._outbox.answered(wish.request_id, ticket.id)
        self._alone.took(ticket.id, wish, day)
        if wish.choice.items:  # of an appointment only the controller knows the matter
            self._told.got(_given(ticket, wish))
        log.info("number", ticket=ticket.id)
        return Issued(wish.request_id, ticket)


def _given(ticket: Ticket, wish: Issue) -> Given:
    """What is to be told of it if the controller's journal is lost."""
    return Given(
        ticket=ticket.id,
        request_id=wish.request_id,
        code=ticket.short_code,
        at=ticket.issued_at,
        items=wish.choice.items,
        bundle=wish.choice.bundle,
    )
