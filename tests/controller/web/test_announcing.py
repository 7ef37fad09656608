"""Announcers of a real controller: claims last, whoever asks and whatever dies (law 6)."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.controller.web.process import House, Json, Patron, Process, until

ITEM, WINDOW, ZONE = "RS-003", 5, "B"


def called(house: House, window: int = WINDOW) -> Json:
    """A call that stands, at a window whose clerk is signed on."""
    house.device("kiosk"), house.device("voice", "screen"), house.device("spare", "screen")
    clerk = house.clerk(window)
    ticket = house.issue(ITEM)
    house.call(clerk, window, ticket)
    calls = house.client("voice").get("/snapshot?room=hall")["snapshot"]["calls"]
    return next(c for c in calls if c["ticket"] == ticket["id"])


def asks(call: Json, **more: object) -> dict[str, object]:
    return {"call": call["id"], "times": call["times"], "zone": call["zone"], **more}


def claim(device: Patron, call: Json) -> Json:
    return device.command("/announcements/claim", **asks(call))


def confirm(device: Patron, call: Json, outcome: str) -> Json:
    return device.command("/announcements/confirm", **asks(call, outcome=outcome))


def alarms(house: House) -> list[Json]:
    house.staff("0901", "supervisor")
    found: list[Json] = house.client("0901").get("/decisions")["alarms"]
    return [alarm for alarm in found if alarm["kind"] == "voice"]


def leave(house: House, call: Json) -> None:
    """The person comes and is done, so that the window is free for the next test."""
    house.serve(house.client(f"05{call['window']:02d}"), call["window"], call["ticket"])


def test_of_many_who_ask_at_once_one_may_speak(house: House) -> None:
    call = called(house)
    answers: list[Json] = []
    devices = [house.client(name) for name in ("voice", "spare")] * 4
    asking = [
        threading.Thread(target=lambda d=device: answers.append(claim(d, call)))
        for device in devices
    ]
    for one in asking:
        one.start()
    for one in asking:
        one.join(30)
    assert sorted(a["granted"] for a in answers) == [False] * 7 + [True]
    assert {a["why"] for a in answers if not a["granted"]} == {"taken"}
    leave(house, call)


def test_a_lost_answer_is_asked_for_again_with_the_same_request_id(house: House) -> None:
    call = called(house)
    voice = house.client("voice")
    body = asks(call, request_id="the-same-claim-1")
    first = voice.post("/announcements/claim", body)
    assert first["granted"]
    assert voice.post("/announcements/claim", body) == first
    leave(house, call)


def test_what_was_not_heard_is_an_alarm_until_the_person_comes(house: House) -> None:
    call = called(house)
    voice = house.client("voice")
    assert claim(voice, call)["granted"]
    assert alarms(house) == []
    assert confirm(voice, call, "failed") == {"outcome": "failed"}
    (alarm,) = alarms(house)
    assert alarm["ticket"] == call["ticket"]
    assert f"{call['number']} 到 {WINDOW} 号窗口" in alarm["sentence"]["zh"]
    assert alarm["windows"] == [WINDOW]
    leave(house, call)
    assert alarms(house) == []


def test_nobody_confirms_what_another_claimed(house: House) -> None:
    call = called(house)
    assert claim(house.client("voice"), call)["granted"]
    body = asks(call, outcome="said", request_id="not-my-claim-1")
    refused = house.ask("POST", "/announcements/confirm", house.tokens["spare"], body)
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown-claim")
    leave(house, call)
    assert claim(house.client("spare"), call) == {
        "granted": False,
        "why": "taken",
        "mine": False,
        "outcome": None,
    }


def test_a_claim_outlives_the_controller(tmp_path: Path) -> None:
    process = Process(tmp_path / "hall").start()
    try:
        house = House(process)
        call = called(house)
        assert claim(house.client("voice"), call)["granted"]
        process.kill()
        process.start()
        again = claim(house.client("voice"), call)
        assert (again["granted"], again["why"], again["mine"]) == (False, "taken", True)
        assert not claim(house.client("spare"), call)["granted"]
        assert confirm(house.client("voice"), call, "failed") == {"outcome": "failed"}
        until(lambda: alarms(house), "the alarm")
    finally:
        process.kill()
