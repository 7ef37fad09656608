"""The beats of a screen's page tell how it is, and a page that hangs is begun anew."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from config import DisplayConfig
from display.agent import Screen, create_app
from display.enrolment import Enrolment, TokenFile
from display.watch.browser import OwnBrowser, UnitBrowser, browser_of
from display.watch.page import HUNG_S, START_S, PageWatch, Word
from display.watch.warden import FIRST_PAUSE_S, WELL_S, Warden


class Clock:
    """A clock that stands until it is put on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class FakeBrowser:
    """Counts how often it is begun anew."""

    def __init__(self) -> None:
        self.restarts = 0
        self.dead = False
        self.problem: str | None = None

    def start(self) -> None:
        self.dead = False

    def ended(self) -> bool:
        return self.dead

    def restart(self) -> str | None:
        self.restarts += 1
        self.dead = False
        return self.problem

    def stop(self) -> None:
        self.dead = True


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def page(clock: Clock) -> PageWatch:
    return PageWatch(clock)


def word_of(page: PageWatch) -> Word:
    """Asked anew each time."""
    return page.word


def run(clock: Clock, seconds: float, each: Callable[[], None]) -> None:
    for _ in range(round(seconds)):
        clock.now += 1
        each()


def test_a_page_is_fresh_while_it_beats_draws_and_hears_the_controller(
    page: PageWatch, clock: Clock
) -> None:
    assert word_of(page) is Word.STARTING
    run(clock, 30, lambda: page.beat("live", 60))
    assert word_of(page) is Word.FRESH
    page.beat("stale_dot", 60)
    assert word_of(page) is Word.STALE
    page.beat("connecting", 60)
    assert word_of(page) is Word.STALE
    page.beat("live", 60)
    assert word_of(page) is Word.FRESH


def test_a_page_that_beats_no_more_hangs(page: PageWatch, clock: Clock) -> None:
    page.beat("live", 60)
    clock.now += HUNG_S
    assert word_of(page) is Word.FRESH
    clock.now += 0.1
    assert word_of(page) is Word.HUNG


def test_a_picture_that_stands_still_hangs_though_the_script_goes_on(
    page: PageWatch, clock: Clock
) -> None:
    page.beat("live", 60)
    run(clock, HUNG_S + 1, lambda: page.beat("live", 0))
    assert word_of(page) is Word.HUNG


def test_a_page_that_never_came_is_gone_after_a_while(page: PageWatch, clock: Clock) -> None:
    clock.now += START_S + 1
    assert word_of(page) is Word.GONE
    page.began()
    assert word_of(page) is Word.GONE, "until one is seen"
    assert page.starting
    page.beat("live", 1)
    assert word_of(page) is Word.FRESH


def test_a_hung_page_is_told_first_and_begun_anew_once(page: PageWatch, clock: Clock) -> None:
    browser = FakeBrowser()
    told: list[tuple[Word, int]] = []
    warden = Warden(page, browser, lambda word: told.append((word, browser.restarts)), clock=clock)
    page.beat("live", 60)
    warden.look()
    run(clock, HUNG_S + 3, warden.look)
    assert browser.restarts == 1
    assert told[-1] == (Word.HUNG, 0), "the controller hears of it before it is mended"
    assert word_of(page) is Word.HUNG
    page.beat("connecting", 3)
    warden.look()
    assert (word_of(page), browser.restarts) == (Word.STALE, 1)


def test_a_page_that_hangs_again_and_again_is_begun_anew_ever_more_seldom(
    page: PageWatch, clock: Clock
) -> None:
    browser = FakeBrowser()
    at: list[float] = []
    warden = Warden(page, browser, clock=clock)
    page.beat("live", 60)

    def look() -> None:
        before = browser.restarts
        warden.look()
        if browser.restarts > before:
            at.append(clock.now)
            page.beat("live", 1)  # it comes, and hangs at once

    run(clock, 3600, look)
    gaps = [b - a for a, b in pairwise(at)]
    assert gaps[0] <= FIRST_PAUSE_S + HUNG_S + 1
    assert gaps == sorted(gaps)
    assert 599 <= gaps[-1] <= 601

    def fine() -> None:
        page.beat("live", 60)
        warden.look()

    run(clock, WELL_S + 700, fine)
    before = browser.restarts
    run(clock, HUNG_S + 2, warden.look)
    assert browser.restarts == before + 1, "what went well for a while is trusted again"


def test_a_browser_that_ended_is_started_without_waiting_for_beats_to_be_missed(
    page: PageWatch, clock: Clock
) -> None:
    browser = FakeBrowser()
    said: list[str] = []
    warden = Warden(page, browser, tell=said.append, clock=clock)
    page.beat("live", 60)
    browser.dead = True
    warden.look()
    assert (browser.restarts, said) == (1, ["browser ended: browser started anew"])


def test_without_a_browser_of_its_own_the_agent_watches_and_tells(
    page: PageWatch, clock: Clock
) -> None:
    told: list[Word] = []
    warden = Warden(page, None, told.append, clock=clock)
    page.beat("live", 60)
    warden.look()
    run(clock, START_S * 2, warden.look)
    assert told == [Word.FRESH, Word.HUNG]


def test_the_command_that_restarts_a_unit_is_run_and_its_complaint_is_told(tmp_path: Path) -> None:
    mark = tmp_path / "restarted"
    assert UnitBrowser(["touch", str(mark)]).restart() is None
    assert mark.exists()
    failing = UnitBrowser([sys.executable, "-c", "raise SystemExit('no such unit')"])
    assert "no such unit" in str(failing.restart())
    assert "nowhere" in str(UnitBrowser(["/nowhere/systemctl"]).restart())


def test_a_program_of_the_agent_ends_with_all_its_processes(tmp_path: Path) -> None:
    """A browser is many processes; one that is stopped or deaf to a kind word ends too."""
    script = "trap '' TERM; sleep 600 & echo $! > child; wait; wait"
    browser = OwnBrowser(["sh", "-c", f"cd {tmp_path}; {script}"])
    browser.start()
    child = int(_wait(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text()))
    first = browser.pid
    assert first is not None
    os.kill(child, signal.SIGSTOP)
    assert browser.restart() is None
    assert browser.pid not in (None, first)
    assert not browser.ended()
    _wait(lambda: not _alive(child))
    browser.stop()
    assert browser.ended()


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    browser = OwnBrowser([str(tmp_path / "none")])
    browser.start()
    assert browser.ended()
    assert "No such file" in str(browser.restart())


def test_a_browser_is_restarted_or_started_and_not_both() -> None:
    base = {"controller": {"url": "http://127.0.0.1:8080"}, "screen": {"kind": "hall"}}
    assert browser_of(DisplayConfig.model_validate(base)) is None
    unit = DisplayConfig.model_validate({**base, "browser": {"restart": ["true"]}})
    assert isinstance(browser_of(unit), UnitBrowser)
    own = DisplayConfig.model_validate({**base, "browser": {"start": ["true"]}})
    assert isinstance(browser_of(own), OwnBrowser)
    wrongs: list[dict[str, Any]] = [{}, {"restart": ["true"], "start": ["true"]}]
    for wrong in wrongs:
        with pytest.raises(ValueError, match="or neither"):
            DisplayConfig.model_validate({**base, "browser": wrong})


def test_a_beat_is_taken_from_the_own_page_alone(page: PageWatch, tmp_path: Path) -> None:
    def nobody(
        method: str, path: str, token: str | None, body: dict[str, Any] | None
    ) -> tuple[int, dict[str, Any]]:
        raise AssertionError("nobody is asked")

    enrolment = Enrolment(nobody, TokenFile(tmp_path), "大厅屏")
    screen = Screen("/screens/hall", "大厅屏", "hall")
    client = create_app("http://10.0.0.1", screen, enrolment, page).test_client()
    beat = {"link": "live", "frames": 3}
    foreign = client.post("/agent/beat", json=beat, base_url="http://evil.example:8090")
    assert foreign.status_code == 403
    wrongs: list[Any] = [
        {"link": 1, "frames": 3},
        {"link": "live", "frames": -1},
        {"link": "x"},
        [],
    ]
    for wrong in wrongs:
        assert client.post("/agent/beat", json=wrong).status_code == 400
    assert client.post("/agent/beat", data='{"link": "live", "frames": 3}').status_code == 400
    assert page.starting
    assert client.post("/agent/beat", json=beat).status_code == 204
    assert word_of(page) is Word.FRESH


def _alive(pid: int) -> bool:
    """Whether the process runs; one that has ended may wait for whoever reaps it."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _wait(ask: Callable[[], object]) -> str:
    deadline = time.monotonic() + 20
    while not (found := ask()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return str(found)


def test_the_command_leaves_the_program_it_started_not_behind(tmp_path: Path) -> None:
    (tmp_path / "display.toml").write_text(
        '[controller]\nurl = "http://127.0.0.1:1"\n[screen]\nkind = "hall"\n[page]\nport = 0\n'
        f'[display]\nstate_dir = "{tmp_path / "state"}"\n'
        f'[browser]\nstart = ["sh", "-c", "echo $$ > {tmp_path / "pid"}; exec sleep 600"]\n'
    )
    with subprocess.Popen(
        [sys.executable, "-m", "display.cli", "--config", str(tmp_path)],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        pid = int(_wait(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text()))
        assert _alive(pid)
        process.terminate()
        assert process.wait(30) == 0
    assert not _alive(pid)
