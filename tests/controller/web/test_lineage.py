"""A controller that was restored from a backup finds out by what a kiosk has heard (FR-22)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from controller.cli.client import Refused
from tests.controller.web.process import House, Json, Process, events

ITEM = "RS-003"


class Halls:
    """A hall whose controller is gone, and its backup, which is two numbers older."""

    def __init__(self, process: Process) -> None:
        process.rule("recall_limit = 3", "recall_limit = 3\nlease_numbers = 5")
        self.house = House(process.start())
        for name in ("kiosk", "other kiosk"):
            self.house.device(name)
        self.house.device("screen", "screen", room="hall")
        self.house.staff("0801", "guide")
        self.known = self.house.issue(ITEM)
        process.stop()
        backup = Process(process.directory.with_name("backup"))
        shutil.copytree(process.state, backup.state)
        process.start()
        self.lost = [self.issued(n) for n in range(2)]
        self.heard = self.mark("kiosk")
        process.kill()
        backup.rule("recall_limit = 3", "recall_limit = 3\nlease_numbers = 5")
        self.house = replace(self.house, process=backup.start())
        self.no_news = self.beats_of_no_news()
        self.doubts_before = len(self.doubts())
        self.news = self.beat(heard=self.heard)["forgotten"]

    def issued(self, n: int) -> Json:
        """A number that the backup does not know, with what stands on its slip."""
        slip = self.house.client("kiosk").command(
            "/tickets", items=[ITEM], person={"key": f"{n:064x}", "masked": "王**"}, priority=None
        )["slip"]
        return {"number": slip["number"], "code": slip["short_code"], "at": slip["issued_at"]}

    def beat(self, who: str = "kiosk", **heard: Any) -> Json:
        """The answer to a heartbeat."""
        return self.house.client(who).post("/devices/me/health", {"health": {}, **heard})

    def mark(self, who: str) -> Json:
        """The newest event, as a device hears of it."""
        answer = self.beat(who)
        return {name: answer[name] for name in ("day", "seq", "digest")}

    def beats_of_no_news(self) -> list[bool]:
        """Of what this journal has, of another day, and of a screen, which has no say in it."""
        mine, old = self.mark("kiosk"), {**self.heard, "day": "2020-01-01"}
        said = [("kiosk", mine), ("other kiosk", mine), ("kiosk", old), ("screen", self.heard)]
        return [self.beat(who, heard=heard)["forgotten"] for who, heard in said]

    def doubts(self) -> list[Json]:
        """All that the hall did about numbers in doubt."""
        return [e for e in events(self.house) if e["type"] == "numbers.doubted"]


@pytest.fixture(scope="module")
def halls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Halls]:
    """The backup has heard from one kiosk what it lacks."""
    found = Halls(Process(tmp_path_factory.mktemp("lineage") / "hall"))
    yield found
    found.house.process.stop()


def test_what_this_journal_has_and_what_is_not_its_day_s_is_no_news(halls: Halls) -> None:
    assert halls.no_news == [False] * 4
    assert halls.doubts_before == 0


@pytest.mark.parametrize("seq", [0, 2**53, "one"])
def test_what_cannot_be_an_event_is_refused(halls: Halls, seq: object) -> None:
    with pytest.raises(Refused):
        halls.beat(heard={**halls.heard, "seq": seq})


def test_fr_22_nobody_is_given_a_number_that_may_be_out(halls: Halls) -> None:
    assert halls.news
    assert halls.beat("other kiosk", heard=halls.heard)["forgotten"], "each kiosk tells its own"
    assert len(halls.doubts()) == 1
    number = int(halls.house.issue(ITEM)["number"][1:])
    assert number > max(int(lost["number"][1:]) for lost in halls.lost)


def test_staff_are_told_in_both_languages_what_to_do(halls: Halls) -> None:
    alarms = halls.house.client("0801").get("/decisions?limit=1")["alarms"]
    (said,) = [alarm["sentence"] for alarm in alarms if alarm["kind"] == "doubted"]
    assert "导办台登记" in said["zh"]
    assert "guide desk" in said["en"]


def test_fr_23_every_kiosk_hears_what_is_in_doubt_and_tells_what_it_knows(halls: Halls) -> None:
    first, _ = halls.lost
    leases = halls.house.client("other kiosk").get("/leases")
    doubted = [range(b["first"], b["last"] + 1) for b in leases["leases"] if b["series"] == "R"]
    assert any(int(first["number"][1:]) in block for block in doubted)
    ticket = f"{leases['day']}-{first['number']}"
    given = {"ticket": ticket, "code": first["code"], "at": first["at"], "printed": True}
    body = {"items": [ITEM], "person": None, "priority": None, "given": given}
    told = halls.house.client("other kiosk").command("/tickets", **body)["ticket"]
    assert told["number"] == first["number"]
    assert told["state"] == "waiting"


def test_fr_23_a_slip_that_the_guide_desk_took_in_and_a_kiosk_tells_later_is_one_number(
    halls: Halls,
) -> None:
    _, second = halls.lost
    slip = {"number": second["number"], "code": second["code"], "given_at": second["at"]}
    taken = halls.house.client("0801").command("/tickets/take-in", items=[ITEM], **slip)["ticket"]
    given = {"ticket": taken["id"], "code": second["code"], "at": second["at"], "printed": True}
    body = {"items": [ITEM], "person": None, "priority": None, "given": given}
    assert halls.house.client("kiosk").command("/tickets", **body)["ticket"]["id"] == taken["id"]


def test_a_restart_still_knows_what_is_in_doubt(halls: Halls) -> None:
    before = halls.house.client("kiosk").get("/leases")["leases"]
    halls.house.process.kill()
    halls.house.process.start()
    assert halls.house.client("kiosk").get("/leases")["leases"] == before
    assert halls.beat(heard=halls.heard)["forgotten"]
    assert len(halls.doubts()) == 1
