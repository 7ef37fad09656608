"""A pad emulator at a real window: the same commands as the console's keys (FR-42, FR-47)."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from controller.cli.demo.cable import Cable
from tests.controller.web.process import (
    REPOSITORY,
    House,
    Process,
    events,
    request_id,
    until,
)
from tests.controller.web.test_ratings import refusal

NO = 5
GUARD_S = 0.25


class Emulator:
    """A network pad: it listens, keeps what it is told, and presses keys."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.server.getsockname()[1]
        self.lines: list[str] = []
        self.peer: socket.socket | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                peer, _ = self.server.accept()
            except OSError:
                return
            self.peer = peer
            with peer, peer.makefile("r", encoding="ascii") as told:
                self.lines += (line.strip() for line in told)
            self.peer = None

    def press(self, *keys: str) -> None:
        assert self.peer is not None
        self.peer.sendall("".join(f"KEY {key}\n" for key in keys).encode())

    def beeps(self) -> list[str]:
        return [line.removeprefix("BEEP ") for line in self.lines if line.startswith("BEEP")]

    def lamp(self) -> str:
        lamps = [line for line in self.lines if line.startswith("LAMP")]
        return lamps[-1].removeprefix("LAMP ") if lamps else ""


class Window:
    """Window 5, its pad and the agent between."""

    def __init__(self, folder: Path, house: House) -> None:
        self.house, self.pad = house, Emulator()
        self.cable = Cable(house.process.port)
        self.state = folder / "state"
        self.pressed: dict[str, float] = {}
        """When each key was answered last: what comes too soon is the same press."""
        self.clerk = house.clerk(NO)
        house.device("kiosk")
        (folder / "keypad.toml").write_text(
            f'[controller]\nurl = "{self.cable.url}"\n[keypad]\nwindow = {NO}\n'
            f'host = "127.0.0.1"\ntcp_port = {self.pad.port}\nguard_ms = {GUARD_S * 1000:.0f}\n'
            f'state_dir = "{self.state}"\n',
            encoding="utf-8",
        )
        self.agent = subprocess.Popen(
            [
                *(sys.executable, "-W", "error", "-m", "controller.cli", "keypad"),
                *("--config", str(folder)),
            ],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def close(self) -> None:
        self.agent.terminate()
        assert self.agent.wait(30) == 0
        if self.agent.stdout is not None:
            self.agent.stdout.close()
        self.pad.server.close()
        self.cable.close()

    def key(self, key: str) -> str:
        """Press, and what the pad was answered."""
        last = self.pressed.get(key, 0.0)
        until(lambda: time.monotonic() - last > GUARD_S * 1.5, "the end of the guard")
        before = len(self.pad.beeps())
        self.pad.press(key)
        until(lambda: len(self.pad.beeps()) > before, f"an answer to {key}")
        self.pressed[key] = time.monotonic()
        return self.pad.beeps()[before]

    def console(self) -> Any:
        return self.house.client(f"05{NO:02d}").get(f"/windows/{NO}/console")["console"]

    def since(self, seq: int) -> list[Any]:
        return [e for e in events(self.house, seq) if e["type"] != "day.learned"]

    def seq(self) -> int:
        found: int = events(self.house)[-1]["seq"]
        return found


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    folder = tmp_path_factory.mktemp("keypad")
    process = Process(folder / "hall")
    # However slow the machine is, the last key can still be taken back.
    process.rule("recall_limit = 3", "recall_limit = 3\nundo_s = 30").start()
    try:
        made = Window(folder, House(process))
        try:
            assert made.agent.stdout is not None
            code = made.agent.stdout.readline().split()[-1]
            process.operator().command("/devices/approve", code=code)
            kept = json.loads((made.state / "device.json").read_text())
            made.house.tokens["pad"] = kept["secret"]
            until(lambda: made.pad.lamp() == "free", "the lamp")
            yield made
        finally:
            made.close()
    finally:
        process.kill()


def test_the_common_cycle_is_the_consoles(window: Window) -> None:
    number = window.house.issue()["number"]
    seq = window.seq()
    assert window.key("call") == "ok"
    assert window.console()["ticket"]["number"] == number
    until(lambda: window.pad.lamp() == f"called {number}", "the lamp")
    assert window.key("arrive") == "ok"
    until(lambda: window.pad.lamp() == f"serving {number}", "the lamp")
    assert window.key("finish") == "ok"
    until(lambda: window.pad.lamp() == "free", "the lamp")
    happened = window.since(seq)
    kinds = [event["type"] for event in happened]
    assert kinds == [
        "ticket.called",
        "ticket.arrived",
        "item.started",
        "item.finished",
        "ticket.finished",
    ]
    actors = {event["actor"] for event in happened}
    assert all(actor.startswith("keypad:p-") for actor in actors), actors


def test_nobody_waits_is_told_apart_from_a_refusal(window: Window) -> None:
    assert window.key("call") == "none"
    assert window.key("recall") == "no"
    assert window.key("finish") == "no"


def test_a_key_that_bounces_or_is_pressed_twice_calls_once(window: Window) -> None:
    first, second = window.house.issue()["number"], window.house.issue()["number"]
    before = len(window.pad.beeps())
    window.pad.press("call", "call", "call")
    until(lambda: "ok" in window.pad.beeps()[before:], "the answer")
    window.pressed["call"] = time.monotonic()
    until(lambda: window.pad.lamp() == f"called {first}", "the call")
    assert window.key("call") == "no", "somebody is in hand"
    assert window.console()["ticket"]["number"] == first
    for key in ("arrive", "accepted"):
        assert window.key(key) == "ok"
    assert window.key("call") == "ok"
    assert window.console()["ticket"]["number"] == second
    for key in ("arrive", "done"):
        assert window.key(key) == "ok"


def test_a_pause_ends_by_the_same_key_and_the_last_key_can_be_taken_back(window: Window) -> None:
    assert window.key("pause") == "ok"
    until(lambda: window.pad.lamp() == "paused", "the lamp")
    assert window.key("pause") == "ok"
    number = window.house.issue()["number"]
    for key in ("call", "arrive", "finish", "undo"):
        assert window.key(key) == "ok"
    assert window.console()["ticket"]["number"] == number
    assert window.key("hold") == "ok"
    assert window.console()["ticket"] is None
    assert window.key("hold") == "ok", "calls back who is held"
    for key in ("arrive", "done"):
        assert window.key(key) == "ok"
    assert window.key("help") == "ok"
    assert window.console()["window"]["help"] is not None


def test_a_pad_that_is_cut_off_says_so_and_presses_nothing_later(window: Window) -> None:
    window.house.issue()
    window.cable.cut()
    until(lambda: window.pad.lamp() == "lost", "the lamp")
    assert window.key("call") == "lost"
    window.cable.mend()
    until(lambda: window.pad.lamp() == "free", "the lamp")
    assert window.console()["ticket"] is None, "nothing was kept for later"
    for key in ("call", "arrive", "done"):
        assert window.key(key) == "ok"


def test_the_same_request_is_done_once_and_another_window_is_refused(window: Window) -> None:
    window.house.issue(), window.house.issue()
    pad = window.house.client("pad")
    body = {"request_id": request_id(), "key": "call"}
    answers = [pad.post(f"/windows/{NO}/key", body) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["state"] == "open" or answers[0]["number"]
    assert refusal(lambda: pad.command("/windows/6/key", key="call")) == "not-the-windows-keypad"
    assert refusal(lambda: pad.command(f"/windows/{NO}/key", key="transfer")) == "invalid"
    assert refusal(lambda: pad.command(f"/windows/{NO}/call")) == "forbidden"
    for key in ("arrive", "done", "call", "arrive", "done"):
        pad.command(f"/windows/{NO}/key", key=key)


def test_a_pad_works_only_while_a_clerk_is_signed_on(window: Window) -> None:
    window.clerk.command(f"/windows/{NO}/close")
    until(lambda: window.pad.lamp() == "closed", "the lamp")
    window.house.issue()
    for key in ("call", "pause", "help", "undo"):
        assert window.key(key) == "no"
    window.clerk.command(f"/windows/{NO}/open")
    until(lambda: window.pad.lamp() == "free", "the lamp")
    for key in ("call", "arrive", "done"):  # nobody is left to the next test
        assert window.key(key) == "ok"


def test_a_pad_stands_at_a_window(window: Window) -> None:
    answer = window.house.ask("POST", "/devices", None, {"kind": "keypad", "name": "x"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_the_supervisor_sees_how_the_pad_is(window: Window) -> None:
    def pad() -> Any:
        devices = window.house.process.operator().get("/devices")["devices"]
        return next(one for one in devices if one["kind"] == "keypad")

    until(lambda: pad()["level"] == "ok", "a sign of life")
    assert (pad()["room"], pad()["health"]) == (f"window:{NO}", {"keypad": "ok"})
