"""The LED strip: eight characters at most, in every state, over a serial line and the network."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from config import DisplayConfig
from config.display import Led
from display.feed import Feed
from display.led.frame import checksum, frame
from display.led.service import LedService
from display.led.strip import Strip
from display.led.words import CONNECTING, MOST, STALE, Board, Shown, shown
from display.wire import Gone, open_wire
from tests.browser.fake_controller import TOKEN
from tests.browser.screens import controller_behind_cable, wait

Json = dict[str, Any]
NOW = 1_774_000_000_000
OPEN = {"no": 5, "state": "open", "number": None, "serving": False, "rating": None, "until": None}


def board(**window: Any) -> Board:
    found = Board(5)
    found.joined({"windows": [{**OPEN, **window}], "tz": "Asia/Shanghai"})
    return found


# ── what it says ─────────────────────────────────────────────────────────────

STATES: dict[str, tuple[Json, str]] = {
    "idle": ({}, "空闲"),
    "called": ({"number": "R046"}, "请R046号"),
    "called, four digits": ({"number": "R1046"}, "请R1046号"),
    "serving": ({"number": "R046", "serving": True}, "R046办理中"),
    "serving, four digits": ({"number": "R1046", "serving": True}, "R1046办理中"),
    "a longer number": ({"number": "RR1046", "serving": True}, "RR1046"),
    "paused": ({"state": "paused"}, "暂停服务"),
    "paused until": ({"state": "paused", "until": NOW + 60_000}, "暂停至17:47"),
    "paused, one in hand": ({"state": "paused", "number": "R046", "serving": True}, "R046办理中"),
    "closed": ({"state": "closed"}, "窗口关闭"),
    "rating": ({"rating": {"number": "R046", "until": NOW + 1}}, "请您评价"),
    "rating over": ({"rating": {"number": "R046", "until": NOW}}, "空闲"),
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_its_words_and_they_fit(state: str) -> None:
    window, text = STATES[state]
    told = shown(board(**window), NOW, 0)
    assert told.text == text
    assert len(told.text) <= MOST


@pytest.mark.parametrize("kind", ["fire", "evacuate", "shelter", "suspended", "of a later version"])
@pytest.mark.parametrize("drill", [False, True])
def test_an_emergency_is_told_before_all_else_and_until_it_ends(kind: str, drill: bool) -> None:
    found = board(number="R046")
    found.emergency = {"kind": kind, "drill": drill, "until": NOW + 60_000}
    for quiet in (0.0, 600.0):
        told = shown(found, NOW, quiet)
        assert len(told.text) <= MOST
        assert ("演练" in told.text) == drill
        assert "R046" not in told.text
    assert shown(found, NOW + 60_000, 0).text == "请R046号"


def test_a_call_heard_live_flashes_for_five_seconds_and_an_old_one_does_not() -> None:
    found = board(number="R046")
    assert not shown(found, NOW, 0).flash
    found.heard({"type": "ticket.called", "at": NOW, "call": {"window": 6}})
    assert not shown(found, NOW, 0).flash, "another window's"
    found.heard({"type": "ticket.recalled", "at": NOW, "call": {"window": 5}})
    assert shown(found, NOW + 4_999, 0).flash
    assert not shown(found, NOW + 5_000, 0).flash


def test_what_may_be_old_calls_nobody() -> None:
    assert shown(Board(5), NOW, 0) == CONNECTING
    assert shown(board(number="R046"), NOW, 14.9).text == "请R046号"
    assert shown(board(number="R046"), NOW, 15) == STALE


# ── how it is told ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_frame_is_what_the_documentation_says(encoding: str) -> None:
    told = frame(1, Shown("请R046号", flash=True), encoding)
    text = "请R046号".encode(encoding)
    body = b"01F" + text + b"\x03"
    assert told == b"\x02" + body + b"%02X" % checksum(body) + b"\r"
    assert not {2, 3, 13} & set(text), "no byte of a text can be taken for a mark"


def test_the_documentation_shows_a_frame_as_it_is_and_every_text() -> None:
    page = (Path(__file__).parents[2] / "docs/led.md").read_text(encoding="utf-8")
    line = re.search(r'^02 +"01" +"F" +([0-9A-F ]+?) +03 +"(..)" +0D', page, re.MULTILINE)
    assert line is not None
    text, check = line.groups()
    shown_there = b"\x0201F" + bytes.fromhex(text) + b"\x03" + check.encode() + b"\r"
    assert shown_there == frame(1, Shown("请R046号", flash=True), "gb18030")
    for _, said in (*STATES.values(), ("", CONNECTING.text), ("", STALE.text)):
        assert re.sub(r"17:47", "13:30", said) in page or said.startswith(("R", "请R")), said


def test_every_character_of_the_states_can_be_sent_in_both_encodings() -> None:
    for _, text in STATES.values():
        for encoding in ("gb18030", "utf-8"):
            assert text.encode(encoding).decode(encoding) == text


class Paper:
    """A strip: keeps what it was told, and confirms if it was built to."""

    def __init__(self, answers: bool = False) -> None:
        self.answers = answers
        self.texts: list[str] = []
        self._held = b""

    def take(self, data: bytes) -> bytes:
        """What came over the line; what the strip answers."""
        self._held += data
        answer = b""
        while b"\r" in self._held:
            one, _, self._held = self._held.partition(b"\r")
            body, given = one[1:-2], one[-2:]
            assert one[:1] == b"\x02"
            assert given == b"%02X" % checksum(body)
            self.texts.append(body[3:-1].decode("gb18030") + ("!" if body[2:3] == b"F" else ""))
            answer += b"\x06" + body[:2] if self.answers else b""
        return answer


class TcpStrip:
    """A strip on the network."""

    def __init__(self, paper: Paper, port: int = 0) -> None:
        self.paper = paper
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self._line: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._line, _ = self._listener.accept()
                with contextlib.suppress(OSError):
                    while data := self._line.recv(4096):
                        self._line.sendall(self.paper.take(data))

    def close(self) -> None:
        """Switch it off."""
        for one in (self._listener, self._line):
            if one is not None:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()
        self._thread.join(5)


@contextlib.contextmanager
def serial_strip(paper: Paper) -> Iterator[str]:
    """The path of a serial line with a strip at its other end."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    over = threading.Event()

    def serve() -> None:
        with contextlib.suppress(OSError):
            while not over.is_set():
                answer = paper.take(os.read(ours, 4096))
                if answer:
                    os.write(ours, answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield os.ttyname(theirs)
    over.set()
    os.close(theirs)
    thread.join(5)
    os.close(ours)


@pytest.fixture
def strips() -> Iterator[Callable[..., Strip]]:
    made: list[Strip] = []

    def make(led: Led, **more: Any) -> Strip:
        quick = {"repeat_s": 0.2, "retry_s": 0.05} | more
        open_ = partial(open_wire, led)
        strip = Strip(5, led.address, led.encoding, open_, led.answers, **quick)
        made.append(strip)
        strip.start()
        return strip

    yield make
    for strip in made:
        strip.close()


@pytest.mark.parametrize("answers", [False, True])
def test_a_strip_on_a_serial_line_follows_its_window(
    strips: Callable[..., Strip], answers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display.led.strip.ANSWER_S", 20.0)
    paper = Paper(answers)
    with serial_strip(paper) as port:
        strip = strips(Led(port=port, answers=answers), repeat_s=60)
        wait(lambda: paper.texts == ["正在连接"], "the first word")
        strip.joined({"windows": [OPEN], "at": NOW})
        wait(lambda: paper.texts[-1] == "空闲", "the state")
        called = {"type": "ticket.called", "at": NOW + 60_000, "call": {"window": 5}}
        strip.heard([called | {"window": OPEN | {"number": "R046"}}])
        wait(lambda: paper.texts[-1] == "请R046号!", "the call")
        wait(lambda: strip.word == "ok", "the confirmation")
        strip.close()
    assert paper.texts == ["正在连接", "空闲", "请R046号!"], "nothing is told twice"


def test_a_strip_on_the_network_is_missed_when_it_is_gone_and_told_again_when_it_is_back(
    strips: Callable[..., Strip],
) -> None:
    first = TcpStrip(Paper())
    strip = strips(Led(host="127.0.0.1", tcp_port=first.port))
    strip.joined({"windows": [OPEN | {"number": "R046", "serving": True}], "at": NOW})
    wait(lambda: first.paper.texts[-1:] == ["R046办理中"], "the state")
    wait(lambda: len(first.paper.texts) > 3, "the same again, for a strip that was switched off")
    first.close()
    wait(lambda: strip.word == "gone", "the loss")
    second = TcpStrip(Paper(), first.port)
    wait(lambda: second.paper.texts[-1:] == ["R046办理中"], "the state again")
    wait(lambda: strip.word == "ok", "the good word")
    second.close()


def test_a_strip_that_does_not_confirm_is_missed(strips: Callable[..., Strip]) -> None:
    dumb = TcpStrip(Paper(answers=False))
    strip = strips(Led(host="127.0.0.1", tcp_port=dumb.port, answers=True))
    wait(lambda: strip.word == "silent", "the word for it")
    dumb.paper.answers = True
    wait(lambda: strip.word == "ok", "the good word")
    dumb.close()


def test_a_serial_port_that_is_not_there_is_gone_and_nothing_else_suffers(
    strips: Callable[..., Strip], tmp_path: Path
) -> None:
    strip = strips(Led(port=str(tmp_path / "ttyUSB9")))
    wait(lambda: strip.word == "gone", "the word for it")
    with pytest.raises(Gone):
        open_wire(Led(port=str(tmp_path / "ttyUSB9")))


# ── with the feed ────────────────────────────────────────────────────────────


def test_a_strip_follows_the_feed_and_says_so_when_it_is_cut(
    strips: Callable[..., Strip], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display.led.words.STALE_S", 2.0)
    tcp = TcpStrip(Paper())
    strip = strips(Led(host="127.0.0.1", tcp_port=tcp.port))
    with controller_behind_cable() as (controller, cable):
        feed = Feed(cable.url, "window:5", lambda: TOKEN, strip)
        feed.start()
        wait(lambda: tcp.paper.texts[-1:] == ["空闲"], "the snapshot")
        call = controller.call("R046", 5)
        wait(lambda: "请R046号!" in tcp.paper.texts, "the call")
        controller.arrive(call)
        wait(lambda: tcp.paper.texts[-1] == "R046办理中", "the arrival")
        controller.alarm("fire")
        wait(lambda: tcp.paper.texts[-1] == "火情请疏散", "the emergency")
        controller.alarm(None)
        wait(lambda: tcp.paper.texts[-1] == "R046办理中", "its end")
        cable.cut()
        wait(lambda: tcp.paper.texts[-1] == "请留意语音", "the silence")
        controller.finish(call)
        cable.mend()
        wait(lambda: tcp.paper.texts[-1] == "空闲", "the truth")
        feed.stop()
    tcp.close()


def test_the_agent_without_a_strip_has_none() -> None:
    config = DisplayConfig.model_validate(
        {"controller": {"url": "http://127.0.0.1:9"}, "screen": {"kind": "window", "window": 5}}
    )
    led = LedService(config, lambda: None)
    led.start()
    assert led.health() == {}
    led.stop()
