"""The day's catalogue and key on the kiosk's disk, so that it can go on alone after a restart.

Counts and waits are left out: they would be lies by then.  The file is its user's only (0600), and
is overwritten and gone at the day's purge (an hour after the last closing), or when the hall day
turns.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.day import Day, DayMalformed, day_from_json
from kiosk.hall_clock import HallClock
from kiosk.ledger import overwrite, put, sync_folder

FRESH_ONLY = frozenset({"at", "seq", "waiting_total"})
FRESH_ONLY_OF_ITEMS = frozenset({"ahead", "wait"})

Json = Mapping[str, Any]


class KeptDay:
    """`day.json` in the state directory.  For one thread."""

    def __init__(self, path: Path, clock: HallClock) -> None:
        self._path, self._clock = path, clock
        self._text = _text(path)

    def keep(self, answer: Json) -> None:
        """This is the day now, unless it is to be forgotten already.  Raises OSError."""
        if not answer:
            return
        text = json.dumps(_lasting(answer), ensure_ascii=False, sort_keys=True)
        if text == self._text or _over(answer, self._clock):
            return
        put(self._path, text)
        self._text = text

    def load(self) -> Day | None:
        """The day, if it is today and not to be forgotten yet, as far as anybody can know."""
        kept = _parsed(self._text)
        if kept is None or not self._clock.sure or _over(kept, self._clock):
            return None
        try:
            return day_from_json(kept)
        except DayMalformed:
            return None

    def forget_if_over(self) -> bool:
        """Destroy it when its time has come; True if there is nothing (any more)."""
        if not self._text:
            return True
        kept = _parsed(self._text)
        over = kept is None or (self._clock.sure and _over(kept, self._clock))
        if over:
            self.destroy()
        return over

    def destroy(self) -> None:
        """Nothing of it is left on the disk."""
        if not self._text:
            return
        fd = os.open(self._path, os.O_RDWR)
        try:
            overwrite(fd)
        finally:
            os.close(fd)
        self._path.unlink()
        sync_folder(self._path.parent)
        self._text = ""


def _parsed(text: str) -> Json | None:
    """What was kept; None if it cannot be read."""
    try:
        kept = json.loads(text)
    except ValueError:
        return None
    return kept if isinstance(kept, dict) else None


def _over(answer: Json, clock: HallClock) -> bool:
    """Whether the key may be kept no longer."""
    purge_at = answer.get("purge_at")
    if isinstance(purge_at, int) and clock.now_ms() >= purge_at:
        return True
    return clock.today(str(answer.get("tz") or "Asia/Shanghai")).isoformat() != answer.get("day")


def _lasting(answer: Json) -> dict[str, Any]:
    """What is still true when the kiosk has been cut off for a while."""
    kept = {name: value for name, value in answer.items() if name not in FRESH_ONLY}
    kept["items"] = [
        {name: value for name, value in item.items() if name not in FRESH_ONLY_OF_ITEMS}
        for item in answer.get("items") or ()
    ]
    return kept


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
