"""Appointments on a real controller, whose hall has the time of the wall clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

ZONE = ZoneInfo("Asia/Shanghai")
EARLY = timedelta(minutes=240)
"""How long before their time people may check in, in halls of these tests."""


def next_slot(slots: list[dict[str, Any]]) -> str:
    """When the first of these begins that does not begin within the next minute."""
    soon = (datetime.now(ZONE) + timedelta(minutes=1)).replace(tzinfo=None)
    return next(s["start"] for s in slots if datetime.fromisoformat(s["start"]) > soon)


def slot_of_today(start: str) -> datetime:
    """When an appointment is that can be kept now, and in the next minute. Late in the evening
    the next one that can be booked is tomorrow's: then the test is skipped."""
    slot, now = datetime.fromisoformat(start).replace(tzinfo=ZONE), datetime.now(ZONE)
    if slot.date() != now.date() or slot - now > EARLY - timedelta(minutes=1):
        pytest.skip("the next slot of the wall clock is tomorrow's")
    return slot
