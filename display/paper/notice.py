"""What the controller says of a notice, as a slip. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from printers.facts import SlipError
from printers.notice import NoticeSlip

Json = dict[str, Any]
MOST_HALL = 40
"""Characters there is room for."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice to be printed under its id."""

    id: str
    slip: NoticeSlip


def read(message: Json, window: int) -> Told:
    """The notice of a ``print`` message for this window. Raises `SlipError` if it is none, or says
    what may not be printed."""
    try:
        id_, no, told_at = message["id"], message["window"], message["told_at"]
        missing, phone = message["missing"], message.get("phone")
        if no != window or not (isinstance(id_, str) and 0 < len(id_) <= 64):
            raise SlipError("a notice of another window, or without an id")
        if not isinstance(missing, list):
            raise SlipError("a notice without a list of what is missing")
        local = datetime.fromtimestamp(told_at / 1000, UTC).astimezone(ZoneInfo(message["tz"]))
        slip = NoticeSlip(
            hall=message["hall"][:MOST_HALL],
            number=message["number"],
            item=message["item"],
            missing=tuple(missing),
            told_at=local.replace(tzinfo=None),
            window=f"{window} 号窗口",
            device=f"{window} 号窗口",
            phone=phone,
        )
    except (KeyError, TypeError, OverflowError, OSError, ZoneInfoNotFoundError) as error:
        raise SlipError(f"a notice that is none: {type(error).__name__}") from error
    return Told(id_, slip)
