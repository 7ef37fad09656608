"""What a window's LED strip says in each state: eight characters at most.  PURE."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

MOST = 8
FLASH_MS = 5_000
STALE_S = 15.0
_EMERGENCY = {
    "fire": "火情请疏散",
    "evacuate": "请立即疏散",
    "shelter": "请留在室内",
    "suspended": "暂停办理",
}
_DRILL = "演练"


@dataclass(frozen=True, slots=True)
class Shown:
    """A text, and whether it flashes."""

    text: str
    flash: bool = False


CONNECTING = Shown("正在连接")
STALE = Shown("请留意语音")
"""Nothing was heard for a while: a number that may be old calls nobody."""


@dataclass(slots=True)
class Board:
    """A window as the feed tells it; folded from a snapshot and events."""

    no: int
    window: Json | None = None
    emergency: Json | None = None
    tz: str = "Asia/Shanghai"
    called_at: int | None = None
    """When a call was heard live, ms by the controller's clock."""

    def joined(self, snapshot: Json) -> None:
        """Take a snapshot over; what it holds is no news."""
        found = [w for w in snapshot.get("windows", []) if w.get("no") == self.no]
        self.window = found[0] if found else None
        self.emergency = snapshot.get("emergency")
        self.tz = snapshot.get("tz", self.tz)

    def heard(self, event: Json) -> None:
        """Take an event over."""
        window, call = event.get("window"), event.get("call")
        if isinstance(window, dict) and window.get("no") == self.no:
            self.window = {**(self.window or {}), **window}
        if "emergency" in event:
            self.emergency = event["emergency"]
        news = event.get("type") in ("ticket.called", "ticket.recalled")
        if news and isinstance(call, dict) and call.get("window") == self.no:
            self.called_at = event.get("at")


def shown(board: Board, now: int, quiet_s: float) -> Shown:
    """What the strip says at `now` (ms by the controller's clock); nothing was heard for
    `quiet_s`. An emergency stands until it ends, whoever is heard."""
    emergency = board.emergency
    if emergency is not None and now < emergency["until"]:
        text = _EMERGENCY.get(emergency["kind"], _EMERGENCY["evacuate"])
        return Shown(f"{_DRILL} {text}" if emergency.get("drill") else text)
    if quiet_s >= STALE_S:
        return STALE
    if board.window is None:
        return CONNECTING
    return _of_window(board, board.window, now)


def _of_window(board: Board, window: Json, now: int) -> Shown:
    number, state, rating = window.get("number"), window.get("state"), window.get("rating")
    if state == "closed":
        return Shown("窗口关闭")
    if number and window.get("serving"):
        return _fitting(f"{number}办理中", number)
    if number:
        fresh = board.called_at is not None and now - board.called_at < FLASH_MS
        return Shown(_fitting(f"请{number}号", number).text, fresh)
    if rating and now < rating["until"]:
        return Shown("请您评价")
    if state == "paused":
        until = window.get("until")
        return Shown(f"暂停至{_clock(until, board.tz)}" if until else "暂停服务")
    return Shown("空闲")


def _fitting(text: str, number: str) -> Shown:
    """The text, or the number alone where that is too long."""
    return Shown(text if len(text) <= MOST else number[:MOST])


def _clock(at: int, tz: str) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(tz)):%H:%M}"
