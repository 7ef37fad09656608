"""Keeps the kiosk ready to be alone: the day and its key, the clock, and numbers of its own.

While the controller is there, the day is kept on disk and blocks of numbers are leased for every
series, anew each hall day and whenever half of one is used.  When it is not, the kept day is told
to the session, and what may be given out.  When the day's time is over, the day, its key
and whatever tells whose a number was are destroyed, cut off or not; so they are when the hall
shuts this kiosk out.  Blocks go with the hall day.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterable

import structlog

from kiosk.alone import Alone
from kiosk.day import Day
from kiosk.hall_clock import HallClock
from kiosk.kept_day import KeptDay
from kiosk.leases import LeaseBook
from kiosk.link import Link, LinkError, Refused
from kiosk.outbox import Outbox
from kiosk.session.model import (
    DayChanged,
    EnrolmentChanged,
    Input,
    LinkChanged,
    SparesChanged,
)
from kiosk.told import Told

LOOK_S = 1.0
REFUSED_S = 60.0
"""A series of which no block is left to be had is asked for again after this."""

Blocks = Iterable[tuple[str, int, int]]

log = structlog.get_logger("kiosk.standby")


class Standby:
    """A thread.  `hear` what happens; `tell` the session what it may do by itself.  `tell_again`
    hears which numbers the controller holds to be set aside and not given out."""

    def __init__(
        self,
        link: Link,
        clock: HallClock,
        kept: KeptDay,
        book: LeaseBook,
        outbox: Outbox,
        alone: Alone,
        told: Told,
        tell_again: Callable[[str, Blocks], None],
        tell: Callable[[Input], None],
    ) -> None:
        self._link, self._clock, self._kept = link, clock, kept
        self._told_before, self._tell_again = told, tell_again
        self._book, self._outbox, self._alone, self._tell = book, outbox, alone, tell
        self._wake, self._stop = threading.Event(), threading.Event()
        self._day: Day | None = None
        self._up: bool | None = None
        self._checked = ""
        self._shut_out = False
        self._told: frozenset[str] = frozenset()
        self._asked: dict[str, str] = {}
        self._not_before: dict[str, float] = {}
        self._thread = threading.Thread(target=self._run, name="standby", daemon=True)

    def start(self) -> None:
        """Destroy what an earlier run should have, and begin."""
        self._forget_if_over()
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._wake.set()
        self._thread.join()

    def hear(self, event: Input) -> None:
        """Something happened.  Returns at once."""
        match event:
            case DayChanged(day):
                self._day = day
            case LinkChanged(up):
                self._up, self._checked = up, ""
            case EnrolmentChanged(enrolled):
                self._shut_out = not enrolled
            case _:
                return
        self._wake.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._look()
            except OSError as error:
                log.error("what is needed alone cannot be kept", why=error.strerror)
            self._wake.wait(LOOK_S)
            self._wake.clear()

    def _look(self) -> None:
        self._forget_if_over()
        if self._shut_out:
            self._day = None
        elif self._up and self._day is not None:
            self._get_ready(self._day)
        elif self._up is False:
            self._go_on()
        self._say_spares()

    def _forget_if_over(self) -> None:
        if self._shut_out:
            self._kept.destroy()
            self._book.forget("")
            self._told_before.forget("")
        if self._kept.forget_if_over():
            self._outbox.forget_persons()

    # -- the controller is there ------------------------------------------------

    def _get_ready(self, day: Day) -> None:
        self._kept.keep(self._link.day_answer)
        today = day.date.isoformat()
        try:
            if self._checked != today:
                told, mine = self._link.leases()
                self._book.forget(told)
                self._told_before.forget(told)
                self._book.keep_only(told, mine)
                self._tell_again(told, mine)
                self._checked = told
            if self._checked == today:
                self._lease(day)
        except Refused as no:
            log.error("no leases to be had", code=no.code)
            self._checked = today
        except LinkError:
            return  # the heartbeat says so, too

    def _lease(self, day: Day) -> None:
        """Blocks for all series of which less than half a block is left."""
        today, enough = day.date.isoformat(), day.alone.lease_numbers // 2
        for series in sorted({item.series for item in day.items if item.series}):
            if self._book.left(today, series) > enough or self._barred(series):
                continue
            request_id = self._asked.setdefault(series, f"lease-{secrets.token_hex(8)}")
            try:
                block = self._link.lease(request_id, series)
            except Refused as no:
                log.warning("no numbers to lease", series=series, code=no.code)
                self._not_before[series] = time.monotonic() + REFUSED_S
                del self._asked[series]
                continue
            self._book.add(block)
            del self._asked[series]
            self._tell_again(block.day, [(block.letter, block.first, block.last)])
            log.info("leased", series=series, first=block.first, last=block.last)

    def _barred(self, series: str) -> bool:
        return time.monotonic() < self._not_before.get(series, 0.0)

    # -- it is not --------------------------------------------------------------

    def _go_on(self) -> None:
        """With the day that is known; after a restart with the one that was kept."""
        if self._day is None:
            self._day = self._kept.load()
            if self._day is not None:
                log.info("going on alone", day=self._day.date.isoformat())
                self._tell(EnrolmentChanged(True))
                self._tell(DayChanged(self._alone.day_now(self._day)))
            return
        if not self._clock.sure:
            return
        now = self._alone.day_now(self._day)
        if now != self._day:
            self._tell(DayChanged(now))

    def _say_spares(self) -> None:
        spares = self._alone.spares(self._day) if self._day else frozenset()
        if spares != self._told:
            self._told = spares
            self._tell(SparesChanged(spares))
