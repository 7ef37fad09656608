"""From the clerk's key to the paper: a real controller, a real agent, a virtual printer (FR-45)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from printers.virtual import VirtualPrinter
from tests.controller.web.process import (
    REPOSITORY,
    House,
    Patron,
    Process,
    events,
    request_id,
    until,
)
from tests.controller.web.test_live import Watcher
from tests.controller.web.test_ratings import enrolled, refusal

NO = 5
MISSING = ["居民身份证", "单位证明 1 份"]


class Window:
    """Window 5 with its clerk, its screen's agent and its printer."""

    def __init__(self, folder: Path, house: House, printer: VirtualPrinter) -> None:
        self.folder, self.house, self.printer = folder, house, printer
        self.papers: list[Image.Image] = []
        self.clerk = house.clerk(NO)
        (folder / "display.toml").write_text(
            f'[controller]\nurl = "{house.address}"\n[screen]\nkind = "window"\nwindow = {NO}\n'
            f'[page]\nport = 0\n[display]\nstate_dir = "{folder / "state"}"\n'
            f'[printer]\nkind = "network"\nhost = "127.0.0.1"\nport = {printer.port}\n',
            encoding="utf-8",
        )

    def start(self) -> None:
        self.agent = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "display.cli", "--config", str(self.folder)],
            cwd=REPOSITORY,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        self.agent.terminate()
        assert self.agent.wait(30) == 0

    def serve(self) -> str:
        """Somebody is at the window."""
        ticket: str = self.house.issue()["id"]
        self.clerk.command(f"/windows/{NO}/call")
        self.clerk.command(f"/windows/{NO}/arrive", ticket=ticket)
        return ticket

    def tell(self, ticket: str, **more: Any) -> Any:
        body = {"ticket": ticket, "item": 0, "missing": MISSING, **more}
        return self.clerk.command(f"/windows/{NO}/missing", **body)

    def console(self) -> Any:
        return self.clerk.get(f"/windows/{NO}/console")["console"]

    def finish(self, ticket: str) -> None:
        body = {"ticket": ticket, "item": 0, "result": "supplement"}
        self.clerk.command(f"/windows/{NO}/finish", **body)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    folder = tmp_path_factory.mktemp("window")
    process = Process(folder / "hall").start()
    try:
        house, papers = House(process), []
        with VirtualPrinter(on_ticket=lambda image: papers.append(image)) as printer:
            made = Window(folder, house, printer)
            made.papers = papers
            made.start()
            try:
                kept = folder / "state/device.json"
                until(kept.exists, "the screen's enrolment")
                code = json.loads(kept.read_text(encoding="utf-8"))["code"]
                process.operator().command("/devices/approve", code=code)
                until(lambda: made.console()["printer"] == "ok", "the printer's word")
                yield made
            finally:
                made.stop()
    finally:
        process.kill()


def test_what_is_missing_is_told_on_paper_once(window: Window) -> None:
    ticket = window.serve()
    watcher = Watcher(window.house, f"05{NO:02d}", f"console:{NO}")
    before, seq = len(window.papers), events(window.house)[-1]["seq"]
    id_ = request_id()
    body = {"request_id": id_, "ticket": ticket, "item": 0, "missing": MISSING}
    answers = [window.clerk.post(f"/windows/{NO}/missing", body) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    paper = answers[0]["paper"]
    assert (paper["id"], paper["missing"], paper["outcome"]) == (id_, MISSING, "sent")
    until(lambda: window.console()["paper"]["outcome"] == "printed", "the paper")
    until(
        lambda: [c["console"]["paper"]["outcome"] for c in watcher.consoles][-1:] == ["printed"],
        "the clerk's page",
    )
    watcher.socket.disconnect()
    assert len(window.papers) == before + 1
    told = str(events(window.house, seq))
    assert not any(text in told for text in MISSING), "what is missing stands on the paper alone"
    window.finish(ticket)


def test_a_screen_that_was_away_prints_when_it_is_back(window: Window) -> None:
    ticket = window.serve()
    before = len(window.papers)
    window.stop()
    window.tell(ticket)
    assert window.console()["paper"]["outcome"] == "sent"
    window.start()
    until(lambda: window.console()["paper"]["outcome"] == "printed", "the paper")
    window.stop()
    window.start()
    until(lambda: window.console()["printer"] == "ok", "the printer's word")
    assert len(window.papers) == before + 1
    window.finish(ticket)


def test_a_printer_that_is_gone_is_told_to_the_clerk(window: Window) -> None:
    ticket = window.serve()
    before = len(window.papers)
    window.printer.unplug()
    window.tell(ticket)
    until(lambda: window.console()["paper"]["outcome"] == "failed", "the end")
    assert window.console()["paper"]["word"] == "absent"
    until(lambda: window.console()["printer"] == "absent", "the printer's word")
    window.printer.plug()
    until(lambda: window.console()["printer"] == "ok", "the printer's word")
    window.tell(ticket)
    until(lambda: window.console()["paper"]["outcome"] == "printed", "the paper")
    assert len(window.papers) == before + 1
    window.finish(ticket)


def test_only_the_clerk_who_has_the_ticket_in_hand_may_tell(window: Window) -> None:
    ticket = window.serve()
    other = window.house.clerk(6)
    body: dict[str, Any] = {"ticket": ticket, "item": 0, "missing": MISSING}

    def told(by: Patron, no: int, **more: Any) -> str:
        return refusal(lambda: by.command(f"/windows/{no}/missing", **{**body, **more}))

    assert told(other, NO) == "not-your-window"
    assert told(other, 6) == "not-your-ticket"
    assert told(window.clerk, NO, item=7) == "invalid"
    for missing in ([], [""], ["x" * 81], ["a"] * 31, ["a\u0000"]):
        assert told(window.clerk, NO, missing=missing) == "invalid"
    number = "999901" + "1990010100" + "1X"
    paper = window.tell(ticket, missing=[f"证件 {number}"])["paper"]
    assert number not in paper["missing"][0], "an ID number is hidden, whoever typed it"
    until(lambda: window.console()["paper"]["outcome"] == "printed", "the paper")
    window.finish(ticket)
    assert told(window.clerk, NO) == "not-your-ticket"
    other.command("/windows/6/close")


def test_only_the_windows_own_screen_says_how_a_notice_ended(window: Window) -> None:
    ticket = window.serve()
    id_ = window.tell(ticket)["paper"]["id"]
    enrolled(window.house, "screen 6", "window:6")
    stranger, end = window.house.client("screen 6"), {"outcome": "failed", "word": "absent"}

    def said(no: int, paper: str) -> str:
        return refusal(lambda: stranger.post(f"/windows/{no}/papers/{paper}", end))

    assert said(NO, id_) == "not-the-windows-screen"
    assert said(6, id_) == "unknown-paper"
    until(lambda: window.console()["paper"]["outcome"] == "printed", "the paper")
    heard = threading.Event()
    watcher = Watcher(window.house, "screen 6", "window:6")
    watcher.socket.on("print", lambda message: heard.set())
    window.tell(ticket, missing=["户口簿"])
    until(lambda: window.console()["paper"]["missing"] == ["户口簿"], "the next one")
    until(lambda: window.console()["paper"]["outcome"] == "printed", "the paper")
    assert not heard.is_set()
    watcher.socket.disconnect()
    window.finish(ticket)
