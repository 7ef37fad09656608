"""What time brings to a controller, once a second and before it serves: the day turns, absences are
noted, what links tickets to people goes when its time has come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import structlog

from controller.booking import note_absences
from controller.deed import Deed
from controller.engine import Engine
from controller.sdnotify import notify
from controller.service import Service
from controller.web.context import Context

log = structlog.get_logger()

TICK_S = 1.0
PURGE_MAY_TAKE_S = 1800
"""A purge writes the whole file anew: with the events of years that is work and no standstill."""
AT_WORK = "WATCHDOG=1\nEXTEND_TIMEOUT_USEC=10000000"


class Upkeep:
    """Looks after one hall."""

    def __init__(self, ctx: Context, engine: Engine) -> None:
        self._ctx, self._engine = ctx, engine
        self._purging = False
        self._purged = ("", "")
        """On which day what was purged last: at the turn of the day it is purged once more."""

    def for_ever(self) -> None:
        """Once a second do what is due; the service manager hears each time that the writer
        lives."""
        while True:
            self.once()
            self._engine.sleep(TICK_S)

    def once(self) -> None:
        """Do what is due. What fails is logged, and tried again the next time."""
        try:
            service = self._ctx.service
            service.turn()
            self._note_absences(service)
            due = service.board.day, gone_before(self._ctx, service.clock.now().local)
            if due != self._purged:
                self._purge(service, due[1])
                self._purged = due
            notify("WATCHDOG=1")
        except Exception:
            log.exception("a tick failed")

    def _note_absences(self, service: Service) -> None:
        """After a day's work: nobody came for the appointments that are still open."""
        over = date.fromisoformat(service.board.day) + timedelta(days=int(service.hall.over))
        before, config = over.isoformat(), self._ctx.config
        if any(b.day < before and b.state == "booked" for b in service.bookings.rows.values()):
            service.submit(Deed(None, lambda tx: {"missed": note_absences(tx, config, before)}))

    def _purge(self, service: Service, before: str) -> None:
        self._purging = True
        self._engine.spawn(self._say_that_it_works)
        try:
            service.purge(before)
        finally:
            self._purging = False

    def _say_that_it_works(self) -> None:
        """Keep the service manager from ending a long purge, at the start and later."""
        left = PURGE_MAY_TAKE_S
        while self._purging and left > 0:
            notify(AT_WORK)
            self._engine.sleep(TICK_S)
            left -= 1


def gone_before(ctx: Context, now: datetime) -> str:
    """The day before which nobody may be known any more: today, or tomorrow from an hour (Param)
    after the last closing on."""
    day = ctx.service.board.day
    if ctx.openings.round_the_clock:
        return day
    closing = ctx.openings.last_close(day)
    after = timedelta(minutes=ctx.config.policy.purge_after_close_min)
    if closing is None or now < closing + after:
        return day
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
