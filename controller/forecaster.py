"""Keeps the hall's forecast new: every few seconds a picture of what is durable goes to the
forecasting process, and what comes back is kept for paper, screens and the API.

Nobody who gives out a number waits for it. The controller lives without it: no process, or one
that fails, means that no wait is told.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import structlog

from config import HallConfig
from config.fields import minutes
from controller.forecast.forecasts import Forecasts
from controller.forecast.memory import Memory
from controller.forecast.picture import QUARTER_MIN, Absence, Coming, Picture, take
from controller.forecast.process import Worker, WorkerFailed
from controller.hall.events import TicketIssued
from controller.hall.instants import MINUTE, Instant, Moment
from controller.hall.knowledge import Knowledge
from controller.hall.model import TicketState
from controller.openings import Openings
from controller.service import Service
from controller.views.board import Change
from controller.views.demand import Demand, Usual

log = structlog.get_logger()

PERIOD_S = 10.0
"""Between an answer and the next question; with the runs (a few seconds) well under 20 s."""
IDLE_S = 2.0
"""Between two looks whether a window has opened."""
KEEP_EVERY_S = 60.0
QUARTERS_AHEAD = 8


class Forecaster:
    """One hall's forecasts, made in a process of their own."""

    def __init__(
        self, service: Service, config: HallConfig, openings: Openings, memory: Memory
    ) -> None:
        self.forecasts = Forecasts()
        self.usual = Usual(config)
        self.worker = Worker()
        self._service = service
        self._config = config
        self._openings = openings
        self._memory = memory
        self._seq = -1
        self._quiet = False
        self._failed = False
        memory.day = service.board.day
        self.forecasts.calibration = memory.calibration()
        service.listen(self.hear)

    def run_for_ever(self) -> None:
        """Forecast until the process ends."""
        engine, since_kept, pause = self._service.engine, 0.0, PERIOD_S
        while True:
            try:
                pause = PERIOD_S if self.step() else IDLE_S
                if since_kept >= KEEP_EVERY_S and self._memory.changed:
                    engine.call_blocking(self._memory.write, self._memory.text())
                    since_kept = 0.0
            except Exception:
                log.exception("a forecast failed")
            engine.sleep(pause)
            since_kept += pause

    def step(self) -> bool:
        """One forecast, if there is something new to see; whether a window is open at all."""
        service = self._service
        with service.lock:
            now, seq, day = service.clock.now(), service.board.seq, service.board.day
            if seq == self._seq and self._quiet and self.forecasts.rolled is not None:
                self.forecasts.confirm(now.at)
                return True
            picture = self.picture(now)
        if not picture.windows:
            self.forecasts.forget()
            self._seq = -1
            return False
        try:
            rolled = service.engine.call_blocking(self.worker.ask, picture)
        except WorkerFailed as error:
            if not self._failed:
                log.warning("no forecast; waits are not told", error=str(error))
            self._failed = True
            return True
        self._failed = False
        if service.board.day == day:
            self.forecasts.take(rolled)
            self._seq, self._quiet = seq, not picture.tickets
        return True

    def hear(self, changes: list[Change]) -> None:
        """What became durable: who is told a wait, and whose wait has come true."""
        for change in changes:
            applied = change.applied
            if self._memory.fold(applied):
                self.forecasts.forget()
                self.forecasts.calibration = self._memory.calibration()
            if isinstance(applied.event, TicketIssued) and applied.ticket is not None:
                ticket = applied.ticket
                codes = [i.service for i in ticket.items]
                told = self.forecasts.newcomer(codes, ticket.cls, applied.at)
                if told is not None and ticket.state is TicketState.WAITING:
                    self._memory.tell(ticket, told.raw)

    # --- the picture ---

    def picture(self, now: Moment) -> Picture:
        """The durable hall at this moment. Under the service's lock."""
        board, known = self._service.board, self._service.hall.known
        return take(
            now.at,
            board.plan,
            known,
            board.windows.values(),
            board.tickets,
            list(board.lines.tickets()),
            tuple(self._breaks(now)),
            self._coming(now, known),
        )

    def _coming(self, now: Moment, known: Knowledge) -> Coming:
        demand = self._config.demand
        usual = self.usual.demand(self._service.board.plan, known)
        shares = _quarters(usual, now.local)
        return Coming(
            arrivals={c: tuple(n * share for share in shares) for c, n in usual.daily.items()},
            priority=demand.priority_share,
            appointment=demand.appointment_share,
            no_show=demand.no_show_share,
            no_show_min=max(1.0, self._config.policy.pass_after_s / 60),
        )

    def _breaks(self, now: Moment) -> Iterator[Absence]:
        """The hall's own gap between morning and afternoon, at windows without duty in it."""
        if self._openings.round_the_clock:
            return
        hall = self._config.hall
        on_duty = set(hall.lunch_duty.windows) if hall.lunch_duty else set()
        spans = sorted((minutes(a) or 0, minutes(b) or 0) for a, b in hall.hours)
        midnight = now.at - _since_midnight(now.local)
        for (_, end), (start, _) in pairwise(spans):
            for window in self._service.board.windows.values():
                if window.no not in on_duty and window.clerk is not None:
                    begin, back = midnight + end * MINUTE, midnight + start * MINUTE
                    if back > now.at:
                        yield Absence(window.no, begin, back)


def _quarters(usual: Demand, now: datetime) -> list[float]:
    """The shares of a usual day that come in the next quarter hours from `now` on."""
    start = _since_midnight(now) / MINUTE
    starts = [start + n * QUARTER_MIN for n in range(QUARTERS_AHEAD)]
    return [usual.share(at, at + QUARTER_MIN) for at in starts]


def _since_midnight(local: datetime) -> Instant:
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return (local - midnight) // timedelta(microseconds=1)
