"""What time it is in the hall, also while the kiosk is cut off.

The controller's clock rules (law 8).  Every heartbeat brings its time; from then on the machine's
own count of seconds goes on with it, which no clock that is set can disturb.  The last reading is
kept, so that a kiosk that is started again in the same boot still knows.  After a reboot without
the controller only the machine's own clock is left: it is believed if the machine has one that
runs while it is off, or has been set over the network, and if it is not earlier than what was
known; else the kiosk does not know which day it is, and gives no numbers.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.ledger import put

KEEP_IF_OFF_MS = 1000
"""A reading that differs less from what is kept is not written down."""


def boot_id() -> str:
    """Another one after every boot; "" where the system has none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def runs_while_off() -> bool:
    """Whether the machine's clock is right after a reboot without a network: it has a clock chip,
    or the network has set it."""
    chip = any(Path("/sys/class/rtc").glob("rtc*"))
    return chip or Path("/run/systemd/timesync/synchronized").exists()


@dataclass(frozen=True, slots=True)
class Machine:
    """The clocks of the machine.  `since_boot` counts seconds, also while it sleeps."""

    boot: str = field(default_factory=boot_id)
    since_boot: Callable[[], float] = lambda: time.clock_gettime(time.CLOCK_BOOTTIME)
    wall: Callable[[], float] = time.time
    right_after_boot: Callable[[], bool] = runs_while_off


class HallClock:
    """The hall's time.  Any thread."""

    def __init__(self, path: Path, machine: Machine | None = None) -> None:
        self._path = path
        self._machine = machine or Machine()
        self._lock = threading.Lock()
        self._at, self._then, self._known_ms = _kept(path, self._machine.boot)

    def heard(self, at_ms: int) -> None:
        """The controller says so."""
        with self._lock:
            off = None if self._then is None else at_ms - self._count_on()
            self._at, self._then = at_ms, self._machine.since_boot()
            self._known_ms = max(self._known_ms, at_ms)
            if off is None or abs(off) > KEEP_IF_OFF_MS:
                self._keep()

    @property
    def sure(self) -> bool:
        """Whether `now_ms` can be relied on."""
        with self._lock:
            if self._then is not None:
                return True
            return self._machine.right_after_boot() and self._wall_ms() >= self._known_ms

    def now_ms(self) -> int:
        """Milliseconds since 1970, as the controller counts them."""
        with self._lock:
            return self._wall_ms() if self._then is None else self._count_on()

    def today(self, tz: str) -> date:
        """The hall day."""
        return datetime.fromtimestamp(self.now_ms() / 1000, UTC).astimezone(ZoneInfo(tz)).date()

    def _count_on(self) -> int:
        assert self._then is not None
        return self._at + round((self._machine.since_boot() - self._then) * 1000)

    def _wall_ms(self) -> int:
        return round(self._machine.wall() * 1000)

    def _keep(self) -> None:
        """A reading that is lost is no harm."""
        kept = {"boot": self._machine.boot, "at": self._at, "since_boot": self._then}
        with suppress(OSError):
            put(self._path, json.dumps(kept))


def _kept(path: Path, boot: str) -> tuple[int, float | None, int]:
    """The last reading, its place in this boot if it is of this boot, and the latest time that
    is known to have been."""
    try:
        kept = json.loads(path.read_text())
        at, then, of = int(kept["at"]), float(kept["since_boot"]), str(kept["boot"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None, 0
    return at, (then if boot and of == boot else None), at
