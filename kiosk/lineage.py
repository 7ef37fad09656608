"""The newest event that this kiosk has heard of: by it a controller finds out that its journal is
an older copy of the one that the kiosk knows, and that people hold numbers it never gave.

Kept on disk, half a minute old at most, for a kiosk that is started again while its controller is
replaced.  A mark that is lost is no harm but this: the controller has to hear of it from another
kiosk.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

KEEP_S = 30.0
"""Oldest that what is kept may be, while there is something newer."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event: its hall day, its place, and the digest of it and all before it."""

    day: str
    seq: int
    digest: str


class Lineage:
    """The newest mark, in one file.  Any thread."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path, self._clock = path, clock
        self._lock = threading.Lock()
        self._newest = _kept(path)
        self._kept_at = -KEEP_S

    def newest(self) -> Mark | None:
        """What was heard last; None if nothing was."""
        with self._lock:
            return self._newest

    def heard(self, mark: Mark) -> None:
        """The controller says so."""
        with self._lock:
            if mark == self._newest:
                return
            self._newest = mark
            if self._clock() - self._kept_at >= KEEP_S:
                self._kept_at = self._clock()
                self._keep(mark)

    def forget(self) -> None:
        """This kiosk belongs to no hall any more."""
        with self._lock:
            self._newest, self._kept_at = None, -KEEP_S
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _keep(self, mark: Mark) -> None:
        """Written beside and moved into place; whatever fails, there will be a newer one."""
        beside = self._path.with_suffix(".new")
        with suppress(OSError):
            beside.write_text(json.dumps(asdict(mark)))
            with beside.open("rb") as file:
                os.fsync(file.fileno())
            beside.replace(self._path)


def _kept(path: Path) -> Mark | None:
    try:
        kept = json.loads(path.read_text())
        return Mark(str(kept["day"]), int(kept["seq"]), str(kept["digest"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
