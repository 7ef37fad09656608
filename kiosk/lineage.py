"""The newest event that this kiosk has heard of: by it a controller finds out that its journal is
an older copy of the one that the kiosk knows, and that people hold numbers it never gave.

Kept on disk, half a minute old at most, for a kiosk that is started again while its controller is
replaced.  If it is lost, the controller has to hear of it from another kiosk.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.ledger import put

KEEP_S = 30.0
"""Oldest that what is kept may be, while there is something newer."""
DIGEST = re.compile(r"[0-9a-f]{16}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Heard:
    """An event: its hall day, its place, and the digest of it and all before it."""

    day: str
    seq: int
    digest: str

    @property
    def makes_sense(self) -> bool:
        """Whether it can be told to a controller."""
        whole = DAY.fullmatch(self.day) and DIGEST.fullmatch(self.digest)
        return whole is not None and self.seq > 0


class Lineage:
    """The newest event heard of, in one file.  Any thread."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path, self._clock = path, clock
        self._lock = threading.Lock()
        self._newest = _kept(path)
        self._kept_at = -KEEP_S

    def newest(self) -> Heard | None:
        """What was heard last; None if nothing was."""
        with self._lock:
            return self._newest

    def heard(self, newest: Heard) -> None:
        """The controller says so."""
        with self._lock:
            if newest == self._newest or not newest.makes_sense:
                return
            self._newest = newest
            if self._clock() - self._kept_at >= KEEP_S:
                self._kept_at = self._clock()
                with suppress(OSError):  # there will be a newer one
                    put(self._path, json.dumps(asdict(newest)))


def _kept(path: Path) -> Heard | None:
    try:
        kept = json.loads(path.read_text())
        found = Heard(str(kept["day"]), int(kept["seq"]), str(kept["digest"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.makes_sense else None
