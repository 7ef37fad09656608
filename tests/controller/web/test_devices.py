"""How each device is reaches staff at once, and a device that falls silent is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
import socketio

from tests.controller.web.process import MOSTLY_DEFAULT, House, Json, until
from tests.controller.web.test_live import in_order

pytestmark = MOSTLY_DEFAULT

SUPERVISOR = "0901"
WAIT_S = 60


@contextmanager
def watching(house: House, who: str) -> Iterator[list[Json]]:
    """What the socket of somebody hears of devices."""
    heard: list[Json] = []
    client = in_order(socketio.Client(reconnection=False))
    client.on("devices", heard.append)
    client.connect(
        house.address,
        auth={"token": house.tokens[who]},
        transports=["websocket"],
        wait_timeout=WAIT_S,
    )
    try:
        yield heard
    finally:
        client.disconnect()


def of(device: str) -> Callable[[Json], Json]:
    """The entry of one device in a message."""
    return lambda message: next(d for d in message["devices"] if d["device"] == device)


@pytest.fixture
def kiosk(own: House) -> str:
    """A kiosk that is let in; its id."""
    own.device("kiosk")
    own.staff(SUPERVISOR, "supervisor")
    return own.devices["kiosk"]


def say(house: House, **words: str) -> None:
    house.client("kiosk").post("/devices/me/health", {"health": words})


def test_every_change_reaches_a_supervisor_at_once_with_words_in_both_languages(
    own: House, kiosk: str
) -> None:
    entry = of(kiosk)
    with watching(own, SUPERVISOR) as heard:
        until(lambda: heard, "what a newcomer is told")
        assert entry(heard[0])["conditions"][0]["word"] == "never"
        say(own, printer="ok", resident_id="ok")
        until(lambda: entry(heard[-1])["level"] == "ok", "all is well")
        say(own, printer="paper_out", resident_id="ok")
        until(lambda: entry(heard[-1])["level"] == "bad", "the paper")
        worst = entry(heard[-1])["conditions"][0]
        assert (worst["part"], worst["short"]) == ("printer", {"zh": "缺纸", "en": "No paper"})
        assert "装入新纸卷" in worst["say"]["zh"]
        assert "new roll" in worst["say"]["en"]
        say(own, printer="paper_out", resident_id="ok")
        say(own, printer="ok", resident_id="ok")
        until(lambda: entry(heard[-1])["level"] == "ok", "the paper is back")
        told = [(one["level"], one["conditions"]) for one in map(entry, heard)]
        assert all(one != other for one, other in pairwise(told)), "a sign of life is no news"


def test_a_kiosk_that_falls_silent_is_told_and_is_an_alarm(own: House, kiosk: str) -> None:
    entry = of(kiosk)
    with watching(own, SUPERVISOR) as heard:
        say(own, printer="ok")
        until(lambda: heard and entry(heard[-1])["level"] == "ok", "a sign of life")
        until(lambda: entry(heard[-1])["silent"], "its silence")
        (gone,) = entry(heard[-1])["conditions"]
        assert (gone["word"], gone["since_at"]) == ("silent", entry(heard[-1])["seen_at"])
        (alarm,) = own.client(SUPERVISOR).get("/decisions")["alarms"]
        assert (alarm["kind"], alarm["device"], alarm["level"]) == ("device", kiosk, "alarm")
        assert alarm["sentence"]["zh"].startswith("kiosk：没有联系，可能断网或断电。")
        say(own, printer="ok")
        until(lambda: not entry(heard[-1])["silent"], "its return")
    assert own.client(SUPERVISOR).get("/decisions")["alarms"] == []


def test_an_alarm_stands_for_each_device_that_is_out_of_order(own: House, kiosk: str) -> None:
    say(own, printer="cover_open", scanner="gone", resident_id="ok", staff="asked")
    alarms = own.client(SUPERVISOR).get("/decisions")["alarms"]
    assert [(a["part"], a["level"]) for a in alarms] == [
        ("printer", "alarm"),
        ("scanner", "warning"),
        ("staff", "warning"),
    ]
    assert alarms[0]["sentence"]["en"] == (
        "kiosk: The printer cover is open. Close it until it clicks."
    )


def test_a_kiosk_that_was_never_heard_of_is_listed_and_is_no_alarm(own: House, kiosk: str) -> None:
    listed = of(kiosk)(own.client(SUPERVISOR).get("/devices"))
    assert (listed["level"], listed["conditions"][0]["word"]) == ("bad", "never")
    assert own.client(SUPERVISOR).get("/decisions")["alarms"] == []


def test_clerks_guides_and_devices_hear_nothing_of_devices(own: House, kiosk: str) -> None:
    own.staff("0801", "guide")
    own.staff("0505", "clerk")
    with (
        watching(own, "0801") as guide,
        watching(own, "0505") as clerk,
        watching(own, "kiosk") as machine,
        watching(own, SUPERVISOR) as supervisor,
    ):
        say(own, printer="paper_out")
        until(lambda: supervisor and of(kiosk)(supervisor[-1])["level"] == "bad", "the news")
        assert (guide, clerk, machine) == ([], [], [])


def test_the_room_of_the_watchers_cannot_be_joined_by_name(own: House, kiosk: str) -> None:
    client = socketio.Client(reconnection=False)
    client.connect(
        own.address, auth={"token": own.tokens["kiosk"]}, transports=["websocket"], wait_timeout=20
    )
    assert client.call("join", {"room": "devices"}, timeout=WAIT_S)["ok"] is False
    client.disconnect()
