"""Giving out numbers while the kiosk is cut off (FR-23).

One person, one number.  A wish that may have reached the controller and was not answered in time
is lost: it is withdrawn as soon as the controller can be asked, so that its number, if there is
one, is void; and the person keeps the number of the kiosk's own that was printed instead.  The
other way round would be worse: whoever holds paper must be called.

A number is crossed out in the lease book, then written into the outbox with whose it is, and only
then printed.  Whoever has one of these that the controller does not know yet gets no other for the
same line, but may have it printed again.  What the controller knows of other numbers of a person
the kiosk does not know; that is checked at its return, and reported.
"""

from __future__ import annotations

import secrets
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from controller.hall.numbering import format_number, short_code
from kiosk.day import Day, Item
from kiosk.hall_clock import HallClock
from kiosk.leases import LeaseBook
from kiosk.outbox import Given, Outbox
from kiosk.session.model import (
    Choice,
    HeldAlready,
    Input,
    Issue,
    Issued,
    IssueLost,
    IssueRefused,
    Outcome,
    Ticket,
    Visitor,
    Words,
)

MINUTE_MS = 60_000

log = structlog.get_logger("kiosk.alone")

ENOUGH = Words(
    "今日取号已达上限",
    "No more tickets for you today",
    "每人每天最多取 {limit} 个号，确需再取请到咨询台。",
    "One person may take {limit} tickets a day. Please ask at the guide desk.",
)

SHUT = {
    "closed": (
        "ticketing-closed",
        Words(
            "现在不取号",
            "No numbers now",
            "这个事项现在不取号，可到咨询台询问。",
            "No numbers are given for this matter now. Please ask at the guide desk.",
        ),
    ),
    "exhausted": (
        "quota-exhausted",
        Words(
            "本时段号已取完",
            "No numbers left",
            "这个事项本时段的号已取完，可到咨询台询问。",
            "All numbers for this matter are given out for now. Please ask at the guide desk.",
        ),
    ),
}
"""Why no number is given for an item (FR-12)."""


def code_by_chance() -> str:
    """A short code as the controller makes them."""
    return short_code(secrets.randbits(64))


@dataclass(frozen=True, slots=True)
class _Taken:
    """A number that somebody took at this kiosk today."""

    key: str
    lines: frozenset[str]


class Alone:
    """What a kiosk can do by itself.  Any thread."""

    def __init__(
        self,
        book: LeaseBook,
        outbox: Outbox,
        clock: HallClock,
        code: Callable[[], str] = code_by_chance,
    ) -> None:
        self._book, self._outbox, self._clock, self._code = book, outbox, clock, code
        self._lock = threading.Lock()
        self._taken: dict[str, _Taken] = {}
        self._day = ""

    def spares(self, day: Day) -> frozenset[str]:
        """The series of which numbers may be given out now: it is that day, for all that can be
        known, and not for longer than the hall's rule allows since the first one."""
        if not self._clock.sure or self._clock.today(day.tz) != day.date:
            return frozenset()
        first = next(iter(self._outbox.given()), None)
        longest = day.alone.lease_min * MINUTE_MS
        if first is not None and self._clock.now_ms() - first.at > longest:
            return frozenset()
        letters = {item.series for item in day.items if item.series}
        today = day.date.isoformat()
        return frozenset(s for s in letters if self._book.left(today, s))

    def day_now(self, day: Day) -> Day:
        """The day as it stands now, for all that can be known: the hall's hours, the items' hours,
        and the quotas less what this kiosk gave of them."""
        given: defaultdict[str, list[int]] = defaultdict(list)
        for one in self._outbox.given():
            for code in one.items:
                given[code].append(one.at)
        return day.at(self._clock.now_ms(), given)

    def give(self, wish: Issue, day: Day) -> Input:
        """A number for this wish, or why there is none.  An appointment is the controller's
        affair; its owner waits until it is back, or goes to the guide desk."""
        visitor = wish.visitor
        if visitor is None or wish.claim is not None:
            return IssueLost(wish.request_id)
        with self._lock:
            try:
                return self._give(wish, visitor, day)
            except OSError as error:
                log.error("no number can be written down", why=error.strerror)
                return IssueLost(wish.request_id)

    def held(self, wish: Issue, day: Day) -> HeldAlready | None:
        """The number of the kiosk's own that the person has for the same line, and that the
        controller does not know yet."""
        if wish.visitor is None or wish.claim is not None:
            return None
        lines = _lines(wish.choice, day)
        for given in self._outbox.given():
            mine = given.key == wish.visitor.key
            if mine and lines & _lines(Choice(given.items, given.bundle), day):
                ticket = ticket_of(given, day)
                printed = self._outbox.pending().get(given.ticket) is Outcome.PRINTED
                return HeldAlready(wish.request_id, ticket, printed) if ticket else None
        return None

    def took(self, ticket: str, wish: Issue, day: Day) -> None:
        """The controller gave this number.  Remembered in memory only."""
        if wish.visitor is not None:
            with self._lock:
                self._remember(ticket, wish.visitor.key, wish.choice, day)

    def void(self, ticket: str) -> None:
        """Nobody got this number: it counts for no limit."""
        with self._lock:
            self._taken.pop(ticket, None)

    # -- the number -------------------------------------------------------------

    def _give(self, wish: Issue, visitor: Visitor, day: Day) -> Input:
        if held := self.held(wish, day):
            return held
        if self._has_enough(visitor, day):
            limit = day.alone.per_person
            say, say_en = (text.format(limit=limit) for text in (ENOUGH.say, ENOUGH.say_en))
            words = Words(ENOUGH.title, ENOUGH.title_en, say, say_en)
            return IssueRefused(wish.request_id, words)
        now = self.day_now(day)
        for code in wish.choice.items:
            wanted = now.item(code)
            if wanted is not None and wanted.ticketing in SHUT:
                why, shut = SHUT[wanted.ticketing]
                return IssueRefused(wish.request_id, shut, why)
        item = day.item(wish.choice.items[0])
        if item is None or item.series not in self.spares(day):
            return IssueLost(wish.request_id)
        number = self._book.take(day.date.isoformat(), item.series)
        if number is None:
            return IssueLost(wish.request_id)
        given = self._written(wish, visitor, day, format_number(*number, day.alone.digits))
        ticket = ticket_of(given, day)
        assert ticket is not None
        log.info("number of our own", ticket=ticket.id)
        return Issued(wish.request_id, ticket)

    def _written(self, wish: Issue, visitor: Visitor, day: Day, number: str) -> Given:
        earlier = self._outbox.given()
        last = max((one.at for one in earlier), default=0)
        code, known = self._code(), {one.code for one in earlier}
        while code in known:
            code = self._code()
        given = Given(
            ticket=f"{day.date.isoformat()}-{number}",
            request_id=f"{wish.request_id}-g",
            code=code,
            # whoever came later stands behind, even if a clock was set back
            at=max(self._clock.now_ms(), last + 1),
            items=wish.choice.items,
            bundle=wish.choice.bundle,
            priority=visitor.priority,
            key=visitor.key,
            masked=visitor.masked,
        )
        self._outbox.give(given)
        self._remember(given.ticket, visitor.key, wish.choice, day)
        return given

    # -- limits, as far as this kiosk knows ------------------------------------------

    def _has_enough(self, visitor: Visitor, day: Day) -> bool:
        """FR-09: a number for several lines counts once in each of them."""
        most = day.alone.per_person
        if most is None:
            return False
        for given in self._outbox.given():  # after a restart
            if given.key is not None and given.ticket not in self._taken:
                choice = Choice(given.items, given.bundle)
                self._remember(given.ticket, given.key, choice, day)
        mine = [one for one in self._taken.values() if one.key == visitor.key]
        return sum(len(one.lines) for one in mine) >= most

    def _remember(self, ticket: str, key: str, choice: Choice, day: Day) -> None:
        if self._day != day.date.isoformat():
            self._day = day.date.isoformat()
            self._taken.clear()
        self._taken[ticket] = _Taken(key, _lines(choice, day))


def ticket_of(given: Given, day: Day) -> Ticket | None:
    """What is shown and printed; how many are ahead, nobody knows.  None if the hall does not
    offer it any more."""
    items = [item for code in given.items if (item := day.item(code))]
    if not items:
        return None
    bundle = day.bundle(given.bundle) if given.bundle else None
    first: Item = items[0]
    return Ticket(
        id=given.ticket,
        number=given.ticket.rpartition("-")[2],
        items=tuple(item.name for item in items),
        items_en=tuple(item.name_en for item in items),
        bundle=bundle.name if bundle else None,
        zone=first.zone,
        windows=first.windows,
        ahead=None,
        wait=None,
        issued_at=given.at,
        short_code=given.code,
        priority=given.priority is not None,
        alone=True,
    )


def _lines(choice: Choice, day: Day) -> frozenset[str]:
    """The queues in which a number for this stands."""
    return frozenset(item.group for code in choice.items if (item := day.item(code)))
