"""A living hall: simulated people at a real controller, faster than life."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import HallConfig, load_hall
from controller.cli.client import Refused
from controller.cli.demo.busy import Busy, Place
from controller.cli.operator import TOKEN_FILE
from tests.controller.web.process import PASSWORD, House, Patron, Process, events, until

pytestmark = pytest.mark.timeout(400)

WINDOWS = (3, 4, 10, 13)
SPEED = 60


def quick(hall: HallConfig) -> HallConfig:
    """The demo's hall with matters of a minute, twice the people, and four clerks."""
    items = [i.model_copy(update={"minutes": 1, "daily": 2 * i.daily}) for i in hall.items]
    windows = [
        w.model_copy(update={"open_by_default": w.no in WINDOWS or w.no in (5, 9)})
        for w in hall.windows
    ]
    return hall.model_copy(update={"items": items, "windows": windows})


class Town:
    """A controller and its simulated people; `stop` and `start` as a demo's end and start."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        process = Process(directory / "hall")
        # At any speed, whoever does not come keeps a window for as long as the policy says.
        process.rule("recall_gap_s = 15", "recall_gap_s = 5")
        process.rule("pass_after_s = 60", "pass_after_s = 1")
        self.house = House(process.start())
        for no in WINDOWS:
            self.house.staff(f"05{no:02d}", "clerk")
        self.house.device("kiosk")
        self.said: list[str] = []
        self.signed_in: set[str] = set()
        self.start()

    def start(self) -> None:
        token = (self.house.process.state / TOKEN_FILE).read_text().split()[1]
        self.busy = Busy(
            Place(
                address=self.house.address,
                config=quick(load_hall(self.house.process.directory / "config")),
                kiosk=self.house.tokens["kiosk"],
                operator=token,
                clerks={f"05{no:02d}": no for no in WINDOWS},
                sign_in=lambda staff_no: (self.house.tokens[staff_no], False),
                notes=self.directory / "busy.json",
            ),
            self.said.append,
        )
        self.busy.start()

    def stop(self) -> None:
        self.busy.close()

    def windows(self) -> dict[int, dict[str, Any]]:
        found = self.house.process.operator().get("/windows")["windows"]
        return {window["no"]: window for window in found}

    def happened(self) -> Counter[str]:
        return Counter(event["type"] for event in events(self.house))


def pauses(clerk: Patron) -> bool:
    """Whether the clerk could pause window 10; not while somebody is in hand."""
    try:
        clerk.command("/windows/10/pause", reason="rest", minutes=5)
    except Refused:
        return False
    return True


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    running = Town(tmp_path_factory.mktemp("town"))
    yield running
    running.stop()
    running.house.process.stop()


@pytest.fixture
def living(town: Town) -> Town:
    """The hall at work: the clerks at their windows, but for those a test has sent away."""
    town.busy.switch(True, SPEED)
    until(lambda: len(town.busy.json().get("windows", [])) >= 2, "clerks came")
    return town


def test_people_are_called_with_a_reason_and_their_matters_are_done(living: Town) -> None:
    until(lambda: living.happened()["ticket.finished"] >= 5, "five were served")
    told = events(living.house)
    calls = [event for event in told if event["type"] == "ticket.called"]
    assert all(event["data"]["reason"]["rule"] for event in calls)
    assert {event["data"]["window"] for event in calls} <= set(WINDOWS)
    kinds = living.happened()
    assert kinds["ticket.issued"] >= len(calls) >= kinds["ticket.finished"]
    assert kinds["ticket.printed"] > 0


def test_the_switch_tells_what_they_have_done(living: Town) -> None:
    until(lambda: living.busy.json()["finished"] >= 1, "somebody was served")
    told = living.busy.json()
    assert told["on"] is True
    assert told["speed"] == SPEED
    assert told["issued"] >= told["finished"]
    assert told["clock"].count(":") == 1


def test_the_newcomers_windows_stay_closed(living: Town) -> None:
    assert living.busy.json()["free"] == [5, 9]
    assert {living.windows()[no]["state"] for no in (5, 9)} == {"closed"}


def test_nothing_is_refused_again_and_again(living: Town) -> None:
    before = living.busy.json()["requests"]
    until(lambda: living.busy.json()["requests"] >= before + 30, "they went on")
    assert living.busy.json()["refused"] <= 3, living.said


def test_a_window_where_a_real_person_acts_is_left_to_them(living: Town) -> None:
    until(lambda: living.windows()[10]["state"] == "open", "window 10 is open")
    until(lambda: pauses(living.house.client("0510")), "window 10 is free to pause")
    until(lambda: 10 not in living.busy.json()["windows"], "the simulated clerk has let go")
    assert living.windows()[10]["state"] == "paused"


def test_a_real_persons_sign_in_makes_the_simulated_clerk_let_go(living: Town) -> None:
    until(lambda: 13 in living.busy.json()["windows"], "window 13 is at work")
    body = {"staff_no": "0513", "password": PASSWORD}
    living.house.client("0513").post("/session", body)
    until(lambda: 13 not in living.busy.json()["windows"], "the simulated clerk has let go")


def test_a_restart_goes_on_with_the_same_windows(tmp_path: Path) -> None:
    town = Town(tmp_path)
    try:
        town.busy.switch(True, SPEED)
        until(lambda: town.happened()["ticket.finished"] >= 1, "one was served")
        until(lambda: len(town.busy.json()["windows"]) == len(WINDOWS), "all clerks came")
        town.stop()
        opened = town.happened()["window.opened"]
        served = town.happened()["ticket.finished"]
        town.start()
        town.busy.switch(True, SPEED)
        until(lambda: town.happened()["ticket.finished"] > served, "one more was served")
        until(lambda: set(town.busy.json()["windows"]) == set(WINDOWS), "all clerks are back")
        assert town.happened()["window.opened"] == opened
        town.busy.switch(False)
        until(
            lambda: {w["state"] for w in town.windows().values()} == {"closed"}, "all went home", 90
        )
    finally:
        town.stop()
        town.house.process.stop()


def test_a_controller_that_is_gone_is_told_once_and_tried_again(tmp_path: Path) -> None:
    town = Town(tmp_path)
    try:
        town.busy.switch(True, SPEED)
        until(lambda: town.busy.json().get("windows"), "somebody came")
        town.house.process.kill()
        until(lambda: town.said, "the silence was noticed")
        town.house.process.start()
        until(lambda: any("again" in text for text in town.said), "it answers again")
        assert sum("does not answer" in text for text in town.said) == 1
    finally:
        town.stop()
        town.house.process.stop()
