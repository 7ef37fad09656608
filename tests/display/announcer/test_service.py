"""`jiaohao announcer` as a process beside a real controller."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pytest

from display.voice.build import build
from display.voice.clips import Clips
from display.voice.phrases import CHIME, Called, Manner, call_phrase
from display.voice.wave import RATE, Samples, read_wav, silence, write_wav
from tests.controller.service.heart import Together
from tests.controller.web.process import REPOSITORY, House, Json, Process, request_id, until

CONFIG = """
[controller]
url = "{url}"

[announcer]
zones = {zones}
clips = "{clips}"
state_dir = "{state}"
"""


def pitched(text: str, lang: str) -> Samples:
    """A speaker whose every word has a pitch of its own, so that a recording can be read."""
    period = 3 + crc32(f"{lang} {text}".encode()) % 20_011 / 1000
    length = round((0.02 * len(text) + 0.05) * RATE)
    return array("h", (round(9000 * math.sin(n / period)) for n in range(length)))


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    build(folder, pitched)
    return folder


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[House]:
    process = Process(tmp_path / "hall").start()
    house = House(process)
    house.device("kiosk")
    yield house
    process.kill()


@pytest.fixture
def voices(hall: House, tmp_path: Path, clips: Path) -> Iterator[Voices]:
    """Starts announcers of zones; none outlives its test."""
    running: list[Voice] = []

    def start(*zones: str, clips: Path = clips) -> Voice:
        voice = Voice(hall, tmp_path / f"voice-{len(running)}", clips, list(zones))
        running.append(voice)
        voice.approve()
        return voice

    yield start
    for voice in running:
        if voice.child.poll() is None:
            voice.kill()


class Voice:
    """The process of an announcer, and the lines it prints."""

    def __init__(self, hall: House, folder: Path, clips: Path, zones: list[str]) -> None:
        folder.mkdir(exist_ok=True)
        self.hall, self.folder = hall, folder
        self.lines: list[Json] = []
        text = CONFIG.format(
            url=hall.address, zones=json.dumps(zones), clips=clips, state=folder / "state"
        )
        (folder / "announcer.toml").write_text(text, encoding="utf-8")
        self.start()

    def start(self) -> None:
        self.record = self.folder / "said.wav"
        command = [sys.executable, "-W", "error", "-m", "controller.cli", "announcer"]
        self.child = subprocess.Popen(
            [*command, "--config", str(self.folder), "--record", str(self.record)],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.child.stdout is not None
        for line in self.child.stdout:
            self.lines.append(json.loads(line))

    def approve(self) -> None:
        """Let it in, and wait until it is known."""
        operator = self.hall.process.operator()
        device = self.folder / "state" / "device.json"
        assert self.child.stderr is not None
        told = self.child.stderr.readline().removeprefix("jiaohao announcer: approve ")
        operator.command("/devices/approve", code=told.replace("-", "").strip())
        until(lambda: json.loads(device.read_text())["approved"], "being known")

    def what(self, kind: str) -> list[str]:
        return [line["number"] for line in self.lines if line["what"] == kind]

    def kill(self) -> None:
        self.child.kill()
        self._end()

    def stop(self) -> int:
        self.child.terminate()
        return self._end()

    def _end(self) -> int:
        status = self.child.wait(30)
        self._reader.join(30)
        for pipe in (self.child.stdout, self.child.stderr):
            assert pipe is not None
            pipe.close()
        return status


Voices = Callable[..., Voice]


def call(hall: House, window: int = 5) -> str:
    """Somebody is called; their number."""
    number: str = hall.issue("RS-003")["number"]
    called = hall.client(f"05{window:02d}").command(f"/windows/{window}/call")["ticket"]
    assert called["number"] == number
    return number


def alarms(hall: House) -> list[str]:
    hall.staff("0901", "supervisor")
    found = hall.client("0901").get("/decisions")["alarms"]
    return [alarm["sentence"]["zh"] for alarm in found if alarm["kind"] == "voice"]


def test_a_burst_of_calls_is_spoken_whole_in_order_and_recorded(
    hall: House, voices: Voices, clips: Path
) -> None:
    """Peers 7, with the processes that a hall runs."""
    windows = (3, 4, 5, 6, 7, 8)
    clerks = {no: hall.clerk(no) for no in windows}
    for _ in windows:
        hall.issue("RS-003")
    voice = voices("A", "B", "C", "D", "E")
    Together(*[lambda no=no: clerks[no].command(f"/windows/{no}/call") for no in windows]).join()
    until(lambda: len(voice.what("said")) == len(windows), "all calls")
    hall.staff("0901", "supervisor")
    journal = hall.client("0901").get("/events?after=0&limit=500")["events"]
    called = [e["data"]["ticket"] for e in journal if e["type"] == "ticket.called"]
    assert voice.what("say") == [ticket.rpartition("-")[2] for ticket in called]
    assert voice.stop() == 0
    assert alarms(hall) == []
    assert read_back(voice.record, Clips(clips), voice.lines) == len(windows)


def read_back(record: Path, clips: Clips, lines: list[Json]) -> int:
    """How many calls sound in a recording: each whole, with the right words in the right order, as
    often as it should, begun when the one before had ended, and no more than nine seconds long."""
    sound = read_wav(record)
    said = [line for line in lines if line["what"] == "say"]
    ended = 0
    for left, line in zip(range(len(said), 0, -1), said, strict=True):
        phrase = call_phrase(Called(line["number"], line["window"]), Manner())
        once = clips[CHIME] + sum((clips[word] for word in phrase), array("h"))
        began = sound.tobytes().find(once.tobytes()[: len(once) * 2], ended * 2) // 2
        assert began >= ended, f"{line['number']} is not there after {ended / RATE:.2f} s"
        whole = len(once) if left >= 3 else 2 * len(once) - len(clips[CHIME])
        assert whole / RATE < 9
        ended = began + whole
    assert ended <= len(sound) + RATE // 10
    return len(said)


def test_kill_9_while_it_sounds_repeats_nothing_and_raises_an_alarm(
    hall: House, voices: Voices, clips: Path, tmp_path: Path
) -> None:
    """Law 6: at most once across a crash."""
    slow = tmp_path / "slow"
    shutil.copytree(clips, slow)
    write_wav(slow / "请.wav", silence(14))  # it still sounds when the blow falls
    hall.clerk(5)
    voice = voices("B", clips=slow)
    number = call(hall)
    until(lambda: voice.what("say") == [number], "the call")
    voice.kill()
    assert voice.what("said") == []
    voice.start()
    (told,) = until(lambda: alarms(hall), "the alarm")
    assert told.startswith(f"{number} 到 5 号窗口")
    until(lambda: voice.what("left") == [number], "the call to be left")
    ticket = hall.client("0505").get("/windows/5/console")["console"]["ticket"]["id"]
    until(lambda: _recalled(hall, ticket), "the recall")
    until(lambda: voice.what("say") == [number, number], "the recall to be spoken")
    assert alarms(hall) == []
    assert voice.stop() == 0


def _recalled(hall: House, ticket: str) -> bool:
    """Once the hall allows it."""
    body = {"ticket": ticket, "request_id": request_id()}
    return hall.ask("POST", "/windows/5/recall", hall.tokens["0505"], body).status_code == 200


def test_the_controller_knows_how_the_voice_is(hall: House, voices: Voices) -> None:
    voice = voices("B")
    hall.staff("0901", "supervisor")

    def word() -> str | None:
        devices = hall.client("0901").get("/devices")["devices"]
        mine = [d for d in devices if d["name"] == "B 区语音"]
        found: str | None = mine[0]["health"].get("voice") if mine else None
        return found

    until(lambda: word() == "ok", "the word")
    voice.stop()


def test_a_controller_that_dies_is_survived_and_nothing_is_said_twice(
    hall: House, voices: Voices
) -> None:
    hall.clerk(5), hall.clerk(6)
    voice = voices("B")
    first = call(hall)
    until(lambda: voice.what("said") == [first], "the first")
    hall.process.kill()
    hall.process.start()
    second = call(hall, 6)
    until(lambda: second in voice.what("said"), "the second")
    assert voice.what("said") == [first, second]
    voice.stop()


def test_a_configuration_that_does_not_hold_ends_it_with_2(tmp_path: Path) -> None:
    (tmp_path / "announcer.toml").write_text("[announcer]\nzones = []\n")
    done = subprocess.run(
        [sys.executable, "-m", "controller.cli", "announcer", "--config", str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "announcer.zones" in done.stderr
