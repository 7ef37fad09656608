"""The words we say to the service manager, heard on real sockets."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.sdnotify import Loop, Turn, Watchdog, notify, watchdog_seconds


@pytest.fixture(params=["path", "abstract"])
def manager(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[socket.socket]:
    """A listening service manager, on a path and in the abstract namespace."""
    name = str(tmp_path / "notify") if request.param == "path" else f"@{secrets.token_hex(8)}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(name.replace("@", "\0", 1) if name.startswith("@") else name)
        listening.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", name)
        yield listening


def test_the_manager_hears_what_is_said(manager: socket.socket) -> None:
    assert notify("READY=1\nSTATUS=大厅已开")
    assert manager.recv(4096).decode() == "READY=1\nSTATUS=大厅已开"


def test_a_manager_that_stopped_listening_is_no_error(
    manager: socket.socket,
) -> None:
    manager.close()
    assert not notify("WATCHDOG=1")


def test_a_manager_that_does_not_read_never_holds_us_up(manager: socket.socket) -> None:
    answers = [notify("WATCHDOG=1") for _ in range(3000)]
    assert answers[0]
    assert not answers[-1], "the queue of a socket is finite, so the last one cannot fit"


def test_nothing_is_said_when_nobody_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not notify("READY=1")


def test_the_watchdog_is_fed_twice_as_often_as_it_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "20000000")
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    assert watchdog_seconds() == 10.0


@pytest.mark.parametrize(("usec", "pid"), [("", ""), ("20000000", "1"), ("soon", "")])
def test_nobody_watches_this_process(monkeypatch: pytest.MonkeyPatch, usec: str, pid: str) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", usec)
    monkeypatch.setenv("WATCHDOG_PID", pid or str(os.getpid()))
    assert watchdog_seconds() is None


def test_a_loop_that_takes_longer_than_it_may_is_stuck() -> None:
    assert not Loop("printer", turned_s=30.0, bound_s=30.0).stuck
    assert Loop("printer", turned_s=30.1, bound_s=30.0).stuck


def test_a_loop_may_ask_for_more_time_once() -> None:
    turn = Turn("printer", 30.0)
    turn(180.0)
    assert turn.loop.bound_s == 180.0
    turn()
    assert (turn.loop.name, turn.loop.bound_s) == ("printer", 30.0)
    assert turn.loop.turned_s < 30.0


def test_one_stuck_loop_stops_the_feeding_and_is_told_once(manager: socket.socket) -> None:
    loops = {"reader": 0.0, "printer": 0.0}
    told: list[str] = []
    watchdog = Watchdog(
        lambda: [Loop(name, turned, 5.0) for name, turned in loops.items()],
        lambda loop: told.append(loop.name),
    )
    assert watchdog.feed()
    assert manager.recv(4096) == b"WATCHDOG=1"
    loops["printer"] = 6.0
    assert not watchdog.feed()
    assert not watchdog.feed()
    assert manager.recv(4096) == b"STATUS=stuck: printer"
    assert told == ["printer"]
    loops["printer"] = 0.0
    assert watchdog.feed()
    assert manager.recv(4096) == b"STATUS=all loops go round"
    assert manager.recv(4096) == b"WATCHDOG=1"


def test_what_a_busy_manager_could_not_take_is_told_again(manager: socket.socket) -> None:
    loops = {"printer": 0.0}
    watchdog = Watchdog(lambda: [Loop(name, turned, 5.0) for name, turned in loops.items()])
    fed = 0
    while watchdog.feed():  # until no more fits into its queue
        fed += 1
    loops["printer"] = 6.0
    assert not watchdog.feed()
    for _ in range(fed):
        assert manager.recv(4096) == b"WATCHDOG=1"
    assert not watchdog.feed()
    assert manager.recv(4096) == b"STATUS=stuck: printer"
