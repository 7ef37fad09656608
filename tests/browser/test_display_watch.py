"""A real Chromium on a screen: its agent sees that the page hangs, tells it, and begins it anew."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.fake_controller import FakeController
from tests.conftest import CHROMIUM, QUIET
from tests.ports import free_port

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
PATIENCE_S = 60


@dataclass
class Box:
    """A screen's computer: the agent, which runs the browser."""

    controller: FakeController
    folder: Path

    @property
    def words(self) -> list[str]:
        """What the page was told to be, each word once in a row."""
        said = [health["display"] for health in self.controller.health]
        return [word for n, word in enumerate(said) if n == 0 or said[n - 1] != word]

    def renderers(self) -> list[int]:
        """The processes that draw pages of this browser."""
        return self._processes(lambda command: "--type=renderer" in command)

    def browsers(self) -> list[int]:
        """The process that leads all others of this browser."""
        return self._processes(lambda command: "--type=" not in command)

    def _processes(self, wanted: Callable[[str], bool]) -> list[int]:
        mark = f"--user-data-dir={self.folder / 'profile'}"
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                command = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if mark in command and wanted(command):
                found.append(int(entry.parent.name))
        return found

    def port(self) -> int:
        """Where the browser can be spoken to."""
        return int((self.folder / "profile/DevToolsActivePort").read_text().split()[0])


@pytest.fixture
def box(playwright: Playwright, tmp_path: Path) -> Iterator[Box]:
    controller, port = FakeController(), free_port()
    headless = [
        str(CHROMIUM),
        *QUIET,
        "--headless=new",
        "--remote-debugging-port=0",
        f"--user-data-dir={tmp_path / 'profile'}",
        f"http://127.0.0.1:{port}/",
    ]
    (tmp_path / "display.toml").write_text(
        f'[controller]\nurl = "{controller.url}"\n[screen]\nkind = "hall"\n'
        f"[page]\nport = {port}\n[display]\nstate_dir = {json.dumps(str(tmp_path / 'state'))}\n"
        f"[browser]\nstart = {json.dumps(headless)}\n"
    )
    with (
        (tmp_path / "said").open("wb") as said,
        subprocess.Popen(
            [sys.executable, "-m", "display.cli", "--config", str(tmp_path)],
            cwd=ROOT,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.DEVNULL,
            stderr=said,
        ) as process,
    ):
        found = Box(controller, tmp_path)
        try:
            _until(lambda: controller.devices)
            controller.approve_all()
            _until(lambda: found.words[-1:] == ["fresh"])
            yield found
        finally:
            process.terminate()
            assert process.wait(40) == 0
            controller.close()
    _until(lambda: not found.renderers())  # the browser ends with its agent


def hang_in_a_script(box: Box, playwright: Playwright) -> None:
    browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{box.port()}")
    (page,) = browser.contexts[0].pages
    assert page.url.endswith("/screens/hall")
    page.evaluate("() => { setTimeout(() => { for (;;); }, 0); }")
    browser.close()


def stop_what_draws(box: Box, playwright: Playwright) -> None:
    for pid in box.renderers():
        os.kill(pid, signal.SIGSTOP)


@pytest.mark.parametrize(
    "hang", [hang_in_a_script, pytest.param(stop_what_draws, marks=pytest.mark.long)]
)
def test_a_page_that_hangs_is_noticed_told_and_shown_again(
    box: Box, playwright: Playwright, hang: Callable[[Box, Playwright], None]
) -> None:
    before = set(box.renderers())
    hang(box, playwright)
    _until(lambda: "hung" in box.words)
    told = len(box.words)
    _until(lambda: box.words[-1] == "fresh" and len(box.words) > told - 1)
    _until(lambda: not before & set(box.renderers()))
    assert "page hung: browser started anew" in (box.folder / "said").read_text()
    assert box.words.count("hung") == 1


def test_a_page_without_its_controller_is_stale_and_left_alone(box: Box) -> None:
    before = set(box.browsers())
    assert before
    box.controller.silence()
    _until(lambda: "stale" in box.words)
    assert set(box.browsers()) == before
    assert (box.folder / "said").read_text() == ""


def _until(ask: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not ask():
        assert time.monotonic() < deadline
        time.sleep(0.05)
