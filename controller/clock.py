"""The hall's clock. Only here does the controller ask what time it is."""

import time
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from controller.hall.model import Instant, Moment


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
    """The machine's clock, read in the hall's time zone (law 8)."""

    def __init__(self, zone: str) -> None:
        """`zone` is an IANA name, ``Asia/Shanghai``."""
        self.zone = ZoneInfo(zone)

    def instant(self) -> Instant:
        """See `Clock.instant`."""
        return time.time_ns() // 1000

    def now(self) -> Moment:
        """See `Clock.now`."""
        return moment(self.instant(), self.zone)
