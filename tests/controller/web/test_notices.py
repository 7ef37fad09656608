"""FR-51, T15: notices and the emergency slide over the wire, and on every screen at once."""

from __future__ import annotations

from typing import Any

import pytest

from controller.cli.client import Refused
from tests.controller.web.process import MOSTLY_DEFAULT, House, events, until
from tests.controller.web.test_live import Watcher

Json = dict[str, Any]
TEXT = "今天下午 3 点停电检修，<b>请</b>提前办理"


@pytest.fixture
def staffed(house: House) -> House:
    house.staff("0901", "supervisor"), house.staff("0902", "supervisor")
    house.staff("0801", "guide"), house.device("screen", "screen")
    yield_nothing_open(house)
    return house


def yield_nothing_open(house: House) -> None:
    supervisor = house.client("0901")
    known = supervisor.get("/notices")
    for notice in known["notices"]:
        if notice["state"] != "ended":
            supervisor.command(f"/notices/{notice['id']}/withdraw")
    if known["emergency"]:
        supervisor.command("/emergency/end")


def shown(house: House) -> list[str]:
    """What a screen that comes now would show, beside the configured line."""
    snapshot = house.client("screen").get("/snapshot?room=hall")["snapshot"]
    return [n["text"] for n in snapshot["notices"] if n["id"] is not None]


def test_a_notice_reaches_every_room_when_a_second_person_released_it(staffed: House) -> None:
    screen = Watcher(staffed, "screen", "hall", "zone:B", "window:5")
    try:
        notice = staffed.client("0801").command("/notices", text=TEXT, minutes=30)["notice"]
        assert (notice["state"], notice["writer"]) == ("draft", "0801")
        assert shown(staffed) == []
        released = staffed.client("0901").command(f"/notices/{notice['id']}/release")
        assert (released["notice"]["state"], released["notice"]["releaser"]) == ("standing", "0901")
        for room in screen.rooms:
            until(lambda room=room: screen.seq(room) >= released["seq"], room)  # type: ignore[misc]
            event = screen.events(room)[-1]
            assert event["type"] == "notice.released"
            assert [n["text"] for n in event["notices"] if n["id"]] == [TEXT]
        (draft,) = [e for e in screen.events("hall") if e["type"] == "notice.written"]
        assert set(draft) == {"seq", "type", "at"}, "nobody sees a draft"
        assert shown(staffed) == [TEXT]
        staffed.client("0902").command(f"/notices/{notice['id']}/withdraw")
        assert shown(staffed) == []
    finally:
        screen.close()


def test_one_person_alone_shows_nothing(staffed: House) -> None:
    supervisor = staffed.client("0901")
    notice = supervisor.command("/notices", text="请到 3 号窗口", minutes=30)["notice"]
    with pytest.raises(Refused) as refused:
        supervisor.command(f"/notices/{notice['id']}/release")
    assert refused.value.problem["code"] == "second-person-needed"
    with pytest.raises(Refused) as refused:
        staffed.client("0801").command(f"/notices/{notice['id']}/withdraw")
    assert refused.value.problem["code"] == "not-your-notice"
    assert shown(staffed) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": "上\n下", "minutes": 30}, "notice-text"),
        ({"text": "好" * 61, "minutes": 30}, "notice-text"),
        ({"text": "好" * 300, "minutes": 30}, "invalid"),
        ({"text": "停电检修", "minutes": 4}, "invalid"),
        ({"text": "停电检修", "minutes": 20_000}, "invalid"),
        ({"text": "停电检修", "minutes": 30, "html": True}, "invalid"),
    ],
)
def test_what_is_no_notice_is_refused(staffed: House, body: Json, code: str) -> None:
    with pytest.raises(Refused) as refused:
        staffed.client("0901").command("/notices", **body)
    assert refused.value.problem["code"] == code


def test_an_emergency_reaches_every_room_and_names_its_sender_to_staff_only(
    staffed: House,
) -> None:
    screen = Watcher(staffed, "screen", "hall", "window:7")
    supervisor = staffed.client("0901")
    try:
        raised = supervisor.command("/emergency", kind="evacuate", minutes=30)
        for room in screen.rooms:
            until(lambda room=room: screen.seq(room) >= raised["seq"], room)  # type: ignore[misc]
            emergency = screen.events(room)[-1]["emergency"]
            assert emergency == raised["emergency"]
            assert emergency["until"] - emergency["since"] == 30 * 60_000
        assert "0901" not in str(screen.heard)
        assert supervisor.get("/notices")["emergency"]["by"] == "0901"
        supervisor.command("/emergency", kind="fire", drill=True)
        supervisor.command("/emergency/end")
        until(lambda: screen.events("window:7")[-1]["type"] == "emergency.ended", "the end")
        assert screen.snapshot("hall")["emergency"] is None
        kinds = [e["actor"] for e in events(staffed) if e["type"].startswith("emergency.")]
        assert set(kinds) == {"supervisor:0901"}
    finally:
        screen.close()


@MOSTLY_DEFAULT
def test_notices_and_the_emergency_survive_a_crash(own: House) -> None:
    own.staff("0901", "supervisor"), own.staff("0801", "guide"), own.device("screen", "screen")
    notice = own.client("0801").command("/notices", text="停电检修", minutes=30)["notice"]
    own.client("0901").command(f"/notices/{notice['id']}/release")
    own.client("0801").command("/notices", text="还没发布", minutes=30)
    own.client("0901").command("/emergency", kind="suspended", drill=True)
    before = own.client("screen").get("/snapshot?room=hall")["snapshot"]
    own.process.kill()
    own.process.start()
    after = own.client("screen").get("/snapshot?room=hall")["snapshot"]
    assert shown(own) == ["停电检修"]
    assert (after["notices"], after["emergency"]) == (before["notices"], before["emergency"])
    assert [n["state"] for n in own.client("0901").get("/notices")["notices"]] == [
        "draft",
        "standing",
    ]
