"""Waits that real processes tell: in an empty hall, with people before one, and without the
forecasting process."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.controller.web.process import MOSTLY_DEFAULT, House, until
from tests.controller.web.test_live import Watcher

pytestmark = MOSTLY_DEFAULT

SERVICE = "RS-003"
WINDOWS = range(3, 9)


def item(house: House, code: str = SERVICE) -> dict[str, Any]:
    items = house.client("kiosk").get("/forecast")["items"]
    return next(i for i in items if i["code"] == code)


def told(house: House) -> dict[str, Any] | None:
    found = item(house)
    return found if found["wait"] is not None else None


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in listed for child in file.read_text().split()]


def test_what_is_told_is_true_of_the_hall(own: House) -> None:
    own.device("kiosk")
    own.issue()
    found = own.client("kiosk").get("/forecast")
    assert found["at"] is None
    assert {i["wait"] for i in found["items"]} == {None}, "no window is open yet"

    clerk = own.clerk(3)
    clerk.command("/windows/3/call")
    own.clerk(4)
    assert until(lambda: told(own), "a forecast", 90)["minutes"] is not None
    until(lambda: item(own)["wait"] == [0, 0], "a forecast that sees window 4", 90)
    answer = own.client("kiosk").command("/tickets", items=[SERVICE])
    assert answer["slip"]["ahead"] == 0, "an idle window calls at once"
    assert answer["slip"]["wait"] == [0, 0]
    of_day = own.client("kiosk").get("/kiosk/day")["items"]
    assert next(i for i in of_day if i["code"] == SERVICE)["wait"] == [0, 0]

    for _ in range(7):
        own.issue()
    grown = until(lambda: (i := item(own))["ahead"] and i["ahead"] > 3 and i, "a new one", 90)
    assert grown["wait"][1] >= 10
    slip = own.client("kiosk").command("/tickets", items=[SERVICE])["slip"]
    assert slip["wait"][1] >= 10
    own.staff("0700", "guide")
    guide = own.client("0700")
    found = guide.get(f"/slips/{slip['short_code']}")
    assert found["wait"] is not None
    assert guide.get(f"/tickets/{answer['ticket']['id']}")["ticket"]["number"]
    the_screens_are_told(own)


def the_screens_are_told(own: House) -> None:
    """The wait by zone stands in the snapshot and comes with the heartbeat."""
    own.device("screen", "screen")
    screen = Watcher(own, "screen", "hall", "zone:B")
    try:
        waits = screen.joined["zone:B"]["snapshot"]["waits"]
        assert waits["zones"]["B"][1] >= 10
        assert set(waits["zones"]) < {z["id"] for z in screen.snapshot("hall")["zones"]}, (
            "two windows do not serve every zone"
        )

        def since(at: int) -> list[dict[str, Any]]:
            told = [beat for beat in list(screen.beats) if beat["waits"]]
            return [beat for beat in told if beat["waits"]["at"] >= at]

        beat = until(lambda: since(waits["at"]), "a beat")[0]
        assert beat["waits"]["zones"]["B"][1] >= 10
        newer = until(lambda: since(beat["waits"]["at"] + 1), "a newer forecast", 90)
        assert newer[0]["seq"] == beat["seq"], "a forecast is no event"
    finally:
        screen.close()


@pytest.mark.long
def test_without_its_process_the_hall_goes_on(own: House) -> None:
    own.device("kiosk")
    own.clerk(3)
    until(lambda: told(own), "a forecast", 90)
    found = children(own.process.pid)
    assert len(found) == 1
    os.kill(found[0], signal.SIGKILL)
    assert own.issue()["number"]
    assert own.client("kiosk").get("/health")["status"] == "ok"
    at = own.client("kiosk").get("/forecast")["at"]
    until(
        lambda: (now := own.client("kiosk").get("/forecast")["at"]) and now != at, "a new one", 90
    )
