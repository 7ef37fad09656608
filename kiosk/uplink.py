"""Keeps the kiosk known to the controller and the day's data fresh."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

import structlog

from controller.sdnotify import Turn
from kiosk.identity import Identity
from kiosk.lineage import Heard, Lineage
from kiosk.link import Beat, Link, LinkError, Refused, Unauthorised
from kiosk.session.model import DayChanged, EnrolmentChanged, Input, LinkChanged

BEAT_S = 2.0
PENDING_S = 1.0
FAST_S = 0.5
DAY_S = 30.0
"""Oldest that the day's data may be when nothing seems to have changed."""
FAILURES = 2
"""Missed heartbeats, one after the other, before the controller counts as away."""
BOUND_S = 60.0
"""Longer than a round takes on the worst line, a name server that does not answer included."""

log = structlog.get_logger("kiosk.uplink")


class Uplink:
    """A thread that enrols, beats every two seconds and fetches the day.

    `report` hears what changed, `heard` the controller's time with every beat.  `health` is asked
    for the kiosk's condition.
    """

    def __init__(
        self,
        link: Link,
        identity: Identity,
        name: str,
        health: Callable[[], Mapping[str, str]],
        report: Callable[[Input], None],
        lineage: Lineage,
        heard: Callable[[int], None] = lambda at_ms: None,
    ) -> None:
        self._link, self._identity, self._name = link, identity, name
        self._lineage = lineage
        self._health, self._report, self._heard = health, report, heard
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._approved: bool | None = None
        self._up: bool | None = None
        self._failures = 0
        self._seen: tuple[Heard, bool] | None = None
        self._day_at = 0.0
        self.turn = Turn("link", BOUND_S)
        self._thread = threading.Thread(target=self._run, name="uplink", daemon=True)

    def start(self) -> None:
        self._link.token, self._link.hall = self._identity.load(), self._identity.hall()
        self.turn()
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._wake.set()
        self._thread.join()

    def hurry(self) -> None:
        """Beat now: something happened that staff should know."""
        self._wake.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            self.turn()
            pause = self._once()
            self._wake.wait(pause)
            self._wake.clear()

    def _once(self) -> float:
        """One round; returns the seconds until the next."""
        try:
            if self._approved is not True:
                return self._become_known()
            self._beat()
            return BEAT_S
        except Unauthorised as error:
            log.warning("not known to the controller", code=error.code)
            self._approved = None
            return FAST_S
        except Refused as error:
            # an answer all the same: the line is fine, the two sides disagree
            log.error("the controller refuses", code=error.code)
            return self._missed()
        except LinkError as error:
            log.warning("controller away", why=str(error))
            return self._missed()

    def _missed(self) -> float:
        self._failures += 1
        if self._failures >= FAILURES or self._up is None:
            self._say_up(False)
            self._seen = None
            self._link.turn()
        return FAST_S if self._failures < FAILURES else BEAT_S

    def _become_known(self) -> float:
        if not self._link.token:
            secret, code = self._link.enrol(self._name)
            self._identity.save(secret)
            self._link.token = secret
            return self._pending(code)
        try:
            known = self._link.me()
        except Unauthorised:
            return self._start_over()
        if known.state == "revoked":
            return self._start_over()
        if known.state != "approved":
            return self._pending(known.code)
        self._approved = True
        self._report(EnrolmentChanged(True))
        log.info("approved")
        return 0.0

    def _pending(self, code: str) -> float:
        self._failures = 0
        if self._approved is not False:
            self._approved = False
            log.info("waiting for approval")
        self._report(EnrolmentChanged(False, code))
        return PENDING_S

    def _start_over(self) -> float:
        self._identity.forget()
        self._link.token = self._link.hall = ""
        self._report(EnrolmentChanged(False))
        return BEAT_S

    def _beat(self) -> None:
        beat = self._link.beat(self._health(), self._lineage.newest())
        self._failures = 0
        self._heard(beat.at_ms)
        if not self._link.hall and self._link.seen:
            self._identity.save(self._link.token, self._link.seen)
            self._link.hall = self._link.seen
        self._lineage.heard(beat.newest)
        if beat.forgotten:  # restored from a backup: all is to be checked anew
            self._up = self._seen = None
        if self._is_news(beat):
            self._report(DayChanged(self._link.day()))
            self._day_at = time.monotonic()
            self._seen = (beat.newest, beat.hall_open)
        self._say_up(True)

    def _is_news(self, beat: Beat) -> bool:
        old = time.monotonic() - self._day_at > DAY_S
        return old or (beat.newest, beat.hall_open) != self._seen

    def _say_up(self, up: bool) -> None:
        if self._up is not up:
            self._up = up
            self._report(LinkChanged(up))
