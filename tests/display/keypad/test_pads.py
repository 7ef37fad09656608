"""The pads as they are plugged in, and what their keys mean (FR-42)."""

from __future__ import annotations

import os
import pty
import socket
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from config.console import DELIVERED
from config.keypad import KeypadConfig, Pad
from display.keypad.cli import open_pad
from display.keypad.keys import DEEDS, NUMBER_PAD, SPOKEN, Guard, meanings
from display.keypad.pads import EV_KEY, EV_LED, EV_SND, EVENT, InputPad, LinePad
from display.wire import Gone, SerialWire, TcpWire

CODES = {"NumpadAdd": "78", "NumpadMultiply": "55", "NumpadDecimal": "83", "NumpadDivide": "98"}
CODES |= {"NumpadSubtract": "74", "Numpad0": "82", "Numpad7": "71", "Numpad8": "72"}
CODES |= {"Numpad9": "73", "Numpad1": "79", "Numpad2": "80", "Numpad3": "81"}
CODES |= {"Numpad4": "75", "Numpad5": "76"}


def pressed(pad: Any, n: int) -> list[str]:
    """The next n keys."""
    found: list[str] = []
    deadline = time.monotonic() + 30
    while len(found) < n:
        assert time.monotonic() < deadline, found
        found += pad.pressed(0.1)
    return found


# --- what the keys mean --------------------------------------------------------------------------


def test_a_number_pad_means_what_it_means_on_the_console() -> None:
    console = {"back": "undo"}
    for deed, codes in DELIVERED.items():
        mine = console.get(deed, deed)
        if mine == "transfer":
            continue  # needs words and a list: done on the page
        own = [CODES[code] for code in codes if code in CODES]
        assert set(own) <= set(NUMBER_PAD.get(mine, ())), deed


def test_a_hall_names_its_own_keys_and_no_key_presses_two_things() -> None:
    found = meanings(NUMBER_PAD, {"call": ["28", "83"], "help": ["1"]})
    assert (found["28"], found["83"], found["1"]) == ("call", "call", "help")
    assert found["96"] == "finish", "its other key stays"
    assert "78" not in found
    assert "98" not in found
    assert meanings(SPOKEN, {}) == {deed: deed for deed in DEEDS}


def test_one_press_is_one_press() -> None:
    guard = Guard(0.25)
    assert guard.admits("call", 10.0)
    assert not guard.admits("call", 10.1)
    assert not guard.admits("call", 10.3), "a key that goes on bouncing"
    assert guard.admits("recall", 10.3), "another key is another press"
    assert guard.admits("call", 10.6)


# --- lines ---------------------------------------------------------------------------------------


@contextmanager
def terminal() -> Iterator[tuple[int, str]]:
    """A serial line: our end, and the path of the pad's."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    try:
        yield ours, os.ttyname(theirs)
    finally:
        os.close(ours)
        os.close(theirs)


def told(line: int, lines: int) -> bytes:
    """What came to our end, so many lines of it; each may come by itself."""
    found = b""
    while found.count(b"\n") < lines:
        found += os.read(line, 100)
    return found


def test_a_serial_pad_speaks_and_is_answered() -> None:
    with terminal() as (line, path):
        pad = LinePad(SerialWire(path, 9600))
        os.write(line, b"KEY ca")
        assert pad.pressed(0.05) == []
        os.write(line, b"ll\r\nKEY recall\nHELLO\nKEY\n\xff\xfe\nKEY arrive now\nKEY pass\n")
        assert pressed(pad, 3) == ["call", "recall", "pass"]
        pad.lamp("called", "R046")
        pad.beep("ok")
        assert told(line, 2) == b"LAMP called R046\nBEEP ok\n"
        pad.lamp("free", "")
        assert told(line, 1) == b"LAMP free\n"
        pad.close()


def test_noise_without_an_end_fills_nothing() -> None:
    with terminal() as (line, path):
        pad = LinePad(SerialWire(path, 9600))
        for _ in range(50):
            os.write(line, b"x" * 64)
            pad.pressed(0.05)
        os.write(line, b"\nKEY call\n")
        assert pressed(pad, 1) == ["call"]
        pad.close()


def test_a_network_pad_speaks_and_is_missed_when_it_hangs_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        pad = LinePad(TcpWire("127.0.0.1", server.getsockname()[1]))
        peer, _ = server.accept()
        with peer:
            peer.sendall(b"KEY finish\n")
            assert pressed(pad, 1) == ["finish"]
            peer.sendall(b"KEY pass\n")
            pad.beep("no")
            assert peer.recv(100) == b"BEEP no\n"
            assert pressed(pad, 1) == ["pass"], "a key pressed while the pad is told something"
        with pytest.raises(Gone):
            pressed(pad, 1)
        pad.close()


# --- a Linux input device ------------------------------------------------------------------------


@pytest.fixture
def fifo(tmp_path: Path) -> Iterator[tuple[InputPad, int]]:
    """A pad on a named pipe, which carries the kernel's own records, and our end of it."""
    path = tmp_path / "event0"
    os.mkfifo(path)
    pad = InputPad(path)
    ours = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    yield pad, ours
    os.close(ours)
    pad.close()


def key(code: int, value: int) -> bytes:
    now = time.time()
    return EVENT.pack(int(now), int(now % 1 * 1e6), EV_KEY, code, value) + EVENT.pack(0, 0, 0, 0, 0)


def test_an_input_device_is_read_as_the_kernel_writes_it(fifo: tuple[InputPad, int]) -> None:
    pad, ours = fifo
    held = b"".join(key(78, 2) for _ in range(5))
    os.write(ours, key(78, 1) + held + key(78, 0) + key(82, 1) + key(82, 0))
    assert pressed(pad, 2) == ["78", "82"]
    assert pad.pressed(0.01) == []


def test_its_lamp_is_lit_while_somebody_is_in_hand_and_its_bell_tells_a_refusal(
    fifo: tuple[InputPad, int],
) -> None:
    pad, ours = fifo
    pad.lamp("called", "R046")
    pad.lamp("free", "")
    pad.beep("ok")
    pad.beep("no")
    data = os.read(ours, EVENT.size * 10)
    said = [EVENT.unpack_from(data, at)[2:] for at in range(0, len(data), EVENT.size)]
    assert said == [(EV_LED, 0, 1), (EV_LED, 0, 0), (EV_SND, 1, 1), (EV_SND, 1, 0)]


def test_an_input_device_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Gone, match="No such file"):
        InputPad(tmp_path / "none")


# --- the configuration ---------------------------------------------------------------------------

BASE = {"controller": {"url": "http://127.0.0.1:8080"}}


@pytest.mark.parametrize(
    ("pad", "why"),
    [
        ({"window": 5}, "no place of the pad"),
        ({"window": 5, "port": "/dev/ttyUSB0", "host": "10.0.0.5"}, "more than one"),
        ({"window": 5, "host": "h", "keys": {"call": ["1"], "help": ["1"]}}, "twice"),
        ({"window": 5, "host": "h", "keys": {"transfer": ["1"]}}, "transfer"),
    ],
)
def test_a_configuration_that_is_wrong_says_so(pad: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        KeypadConfig.model_validate({**BASE, "keypad": pad})


def test_the_configured_pad_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "event0")
    found = Pad.model_validate({"window": 5, "input": str(tmp_path / "event0")})
    pad = open_pad(found)
    assert isinstance(pad, InputPad)
    pad.close()
    with terminal() as (_, path):
        line = open_pad(Pad.model_validate({"window": 5, "port": path}))
        assert isinstance(line, LinePad)
        line.close()
