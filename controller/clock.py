"""The hall's clock. Only here does the controller ask what time it is."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from controller.hall.instants import SECOND, Instant, Moment

log = structlog.get_logger()

STEP = SECOND
"""What the machine's clock differs from its steady counter by, within one reading, is a step."""
SLEW = 2
"""After it was set back the hall's clock runs at one part in so many of its speed."""


class Clock(Protocol):
    """Tells the time of the hall."""

    def instant(self) -> Instant:
        """Now, as an instant alone."""
        ...

    def now(self) -> Moment:
        """The present moment."""
        ...


def moment(at: Instant, zone: ZoneInfo) -> Moment:
    """The moment at `at` on the walls of `zone`."""
    local = datetime.fromtimestamp(at / 1_000_000, UTC).astimezone(zone)
    return Moment(at, local.replace(tzinfo=None))


class SystemClock:
    """The machine's clock, read in the hall's time zone (law 8), that never goes back.

    Set forward, it follows at once. Set back, it runs at half speed until the machine's clock has
    caught up: recalls, returns and holds keep their order and come to their end. It may be read
    from any thread.
    """

    def __init__(
        self,
        zone: str,
        wall: Callable[[], int] = time.time_ns,
        steady: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        """`zone` is an IANA name, ``Asia/Shanghai``; `wall` and `steady` count nanoseconds."""
        self.zone = ZoneInfo(zone)
        self._read_wall, self._read_steady = wall, steady
        self._wall, self._steady = wall() // 1000, steady() // 1000
        self._ahead: Instant = 0
        self._told: Instant = 0
        self._lock = threading.Lock()

    @property
    def ahead(self) -> Instant:
        """How far the hall's clock is ahead of the machine's, which was set back."""
        return self._ahead

    def not_before(self, at: Instant) -> None:
        """Go on from `at`, if the machine's clock was set back while nobody looked."""
        with self._lock:
            self._ahead = max(self._ahead, at - self._wall)

    def instant(self) -> Instant:
        """See `Clock.instant`."""
        with self._lock:
            wall, steady = self._read_wall() // 1000, self._read_steady() // 1000
            passed = max(0, steady - self._steady)
            step = wall - self._wall - passed
            if abs(step) > STEP:
                log.warning("the machine's clock was set", by_s=round(step / SECOND, 1))
                self._ahead = max(0, self._ahead - step)
            self._ahead -= min(self._ahead, passed // SLEW)
            self._wall, self._steady = wall, steady
            self._told = max(self._told, wall + self._ahead)
            return self._told

    def now(self) -> Moment:
        """See `Clock.now`."""
        return moment(self.instant(), self.zone)
