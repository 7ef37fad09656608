"""A controller's clock that jumps: libfaketime, whose file changes the clock of a live process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from controller.cli.bench.crash.preload import CannotPlay, Preload

LIBRARY = "faketime/libfaketimeMT.so.1"
PLACES = (Path("/usr/lib"), Path("/usr/local/lib"))
SHARED = Path("/dev/shm")
MINUTE_S, HOUR_S = 60.0, 3600.0
BEFORE_MIDNIGHT_S = 0.4


def find_library() -> Path:
    """libfaketime for threads. Raises `CannotPlay`."""
    for place in PLACES:
        for found in (place / LIBRARY, *sorted(place.glob(f"*/{LIBRARY}"))):
            if found.exists():
                return found
    raise CannotPlay("no libfaketime (Debian: libfaketime)")


class JumpyClock:
    """The wall clock of the processes that preload it; `offset` seconds ahead of the machine's.

    The monotonic clock and the times of files stay as they are, as when somebody sets a clock.
    """

    def __init__(self, library: Path, file: Path, zone: ZoneInfo) -> None:
        self._file, self._zone = file, zone
        self.offset = 0.0
        self.preload = Preload(
            library,
            {
                "FAKETIME_TIMESTAMP_FILE": str(file),
                "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                # Its "fix" for glibc makes every timed wait for Python's lock end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX": "0",
                "NO_FAKE_STAT": "1",
            },
        )
        self.set(0.0)

    def set(self, offset: float) -> None:
        """Set the clock so many seconds ahead, at once for all who read it."""
        self.offset = offset
        beside = self._file.with_suffix(".new")
        beside.write_text(f"{offset:+.3f}\n")
        beside.replace(self._file)

    def jump(self, seconds: float) -> None:
        """Forward, or back."""
        self.set(self.offset + seconds)

    def now(self) -> datetime:
        """What its wall clock says in the hall."""
        return datetime.fromtimestamp(time.time() + self.offset, self._zone)

    def to_midnight(self) -> float:
        """Seconds until the next hall day begins."""
        now = self.now()
        tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return (tomorrow - now).total_seconds()


def jumps(clock: JumpyClock, chance: Random, time: int) -> Iterator[float]:
    """The jumps, in seconds, of the `time`-th time that somebody sets the clock.

    In turns: over midnight and back, anywhere, to just before midnight and back, anywhere. What
    comes next depends on what the clock says then, so take them one by one.
    """
    small = chance.uniform(6, 5 * MINUTE_S)
    large = chance.uniform(0.5 * HOUR_S, 4 * HOUR_S)
    if time % 4 == 0:
        yield clock.to_midnight() + small
        yield -2 * small
    elif time % 4 == 2:
        yield clock.to_midnight() - BEFORE_MIDNIGHT_S
        yield -small
    else:
        yield from chance.sample([small, -small, large, -large], 2)


def forget_shared(pid: int) -> None:
    """Remove what libfaketime keeps in shared memory for a process that was killed."""
    for name in (f"faketime_shm_{pid}", f"sem.faketime_sem_{pid}"):
        (SHARED / name).unlink(missing_ok=True)
