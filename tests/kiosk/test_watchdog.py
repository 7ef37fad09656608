"""The service manager's watchdog is fed while reader, printer and link go round, and not otherwise.

The kiosk is a real process that tells a datagram socket how it is. What hangs is a call into a
device, as a driver that never returns: it hangs while a file is there.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.readers.virtual import VirtualSamReader
from kiosk.readers.virtual_pcscd import VirtualPcscd, VirtualSlot
from printers.virtual import VirtualPrinter
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import PATIENCE_S, until
from tests.kiosk.test_cli import write_config

ROOT = Path(__file__).parents[2]
BOUND_S = 6.0
"""Longer than an honest turn takes on a machine with much else to do."""
HANGS = {
    "resident_id": "kiosk.readers.sam:ask",
    "printer": "printers.link:NetworkLink.open",
    "link": "kiosk.link:Link._call",
    "core": "kiosk.station:step",
}
RUN = f"""
import importlib, os, sys, time
where, flag = sys.argv.pop(1), sys.argv.pop(1)
import controller.sdnotify, kiosk.press, kiosk.station, kiosk.uplink
controller.sdnotify.LOOK_S = 0.05
kiosk.press.LOOK_BOUND_S = kiosk.station.STUCK_S = kiosk.uplink.BOUND_S = {BOUND_S}
if where:
    module, _, path = where.partition(":")
    *owners, name = path.split(".")
    owner = importlib.import_module(module)
    for part in owners:
        owner = getattr(owner, part)
    honest = getattr(owner, name)
    def call(*args, **more):
        while os.path.exists(flag):
            time.sleep(0.02)
        return honest(*args, **more)
    setattr(owner, name, call)
from kiosk.cli import command
command()
"""


class Manager:
    """A service manager that listens."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.heard: list[str] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.settimeout(0.2)

    def close(self) -> None:
        self._socket.close()

    def listen(self) -> str:
        """The next thing that is said, "" if nothing comes."""
        try:
            said = self._socket.recv(4096).decode()
        except TimeoutError:
            return ""
        self.heard.append(said)
        return said

    def wait_for(self, wanted: str) -> None:
        deadline = time.monotonic() + PATIENCE_S + BOUND_S
        while self.listen() != wanted:
            assert time.monotonic() < deadline, f"{wanted} never came: {self.heard[-5:]}"

    def everything_for(self, seconds: float) -> list[str]:
        """All that is said in this time."""
        end, said = time.monotonic() + seconds, []
        while time.monotonic() < end:
            if one := self.listen():
                said.append(one)
        return said


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    listening = Manager(tmp_path / "notify")
    yield listening
    listening.close()


@contextmanager
def watched(folder: Path, manager: Manager, where: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A kiosk that a service manager watches."""
    environment = {
        **os.environ,
        "NOTIFY_SOCKET": str(manager.path),
        "WATCHDOG_USEC": "20000000",
    }
    flag = str(folder / "hang")
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-c", RUN, where, flag, "--config", str(folder)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=log,
        ) as process,
    ):
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


@pytest.mark.parametrize(
    "loop",
    [
        pytest.param(loop, marks=() if loop in ("core", "printer") else pytest.mark.long)
        for loop in HANGS
    ],
)
def test_a_loop_that_hangs_stops_the_feeding_and_is_named(
    loop: str, tmp_path: Path, manager: Manager
) -> None:
    with (
        FakeController() as controller,
        VirtualSamReader(link=str(tmp_path / "idreader")) as reader,
        VirtualPrinter() as printer,
    ):
        folder = write_config(tmp_path, controller.url, reader.port, printer.port)
        with watched(folder, manager, HANGS[loop]) as process:
            manager.wait_for("READY=1")
            manager.wait_for("WATCHDOG=1")
            (tmp_path / "hang").touch()
            manager.wait_for(f"STATUS=stuck: {loop}")
            assert manager.everything_for(1.0) == []
            (tmp_path / "hang").unlink()
            manager.wait_for("STATUS=all loops go round")
            manager.wait_for("WATCHDOG=1")
            process.terminate()
            manager.wait_for("STOPPING=1")
            assert process.wait(PATIENCE_S) == 0
        assert f"loop={loop}" in (tmp_path / "log").read_text()


def test_devices_that_are_out_of_order_are_no_reason_for_a_restart(
    tmp_path: Path, manager: Manager
) -> None:
    """A silent reader, a printer that never reads and a controller that is away: all is fed."""
    with (
        VirtualSamReader(link=str(tmp_path / "idreader")) as reader,
        VirtualPrinter() as printer,
        FakeController() as controller,
    ):
        reader.bad.silent = True
        printer.faults.silent = printer.faults.never_read = True
        folder = write_config(tmp_path, controller.url, reader.port, printer.port)
        controller.stop()
        with watched(folder, manager):
            manager.wait_for("READY=1")
            said = manager.everything_for(BOUND_S + 2)
    assert set(said) == {"WATCHDOG=1"}


def test_a_smart_card_service_that_hangs_is_noticed(
    tmp_path: Path, manager: Manager, slot: VirtualSlot, pcscd: VirtualPcscd
) -> None:
    """A real pcscd that is stopped: the library waits for it inside a call, for ever."""
    with FakeController() as controller:
        folder = write_config(tmp_path, controller.url, str(tmp_path / "none"), 9)
        with (folder / "kiosk.toml").open("a") as toml:
            toml.write('[chip_reader]\nkind = "pcsc"\n')
        daemon = process_of(pcscd)
        with watched(folder, manager):
            manager.wait_for("WATCHDOG=1")
            until(lambda: controller.health.get("chip_card") == "ok", "the chip-card reader")
            os.kill(daemon, signal.SIGSTOP)
            try:
                manager.wait_for("STATUS=stuck: chip_card")
                assert manager.everything_for(1.0) == []
                until(lambda: controller.health.get("chip_card") == "stuck", "the word of it")
            finally:
                os.kill(daemon, signal.SIGCONT)
            manager.wait_for("WATCHDOG=1")


def process_of(pcscd: VirtualPcscd) -> int:
    """The daemon's own process, which is a child of the one that made its namespaces."""
    assert pcscd._inside is not None
    children = Path(f"/proc/{pcscd._inside.pid}/task/{pcscd._inside.pid}/children").read_text()
    (daemon,) = [
        int(pid)
        for pid in children.split()
        if Path(f"/proc/{pid}/comm").read_text().strip() == "pcscd"
    ]
    return daemon


def test_nobody_who_does_not_watch_is_fed(tmp_path: Path, manager: Manager) -> None:
    """Type=notify without WatchdogSec: ready is said, and nothing more."""
    with FakeController() as controller:
        folder = write_config(tmp_path, controller.url, str(tmp_path / "none"), 9)
        environment = {**os.environ, "NOTIFY_SOCKET": str(manager.path)}
        environment.pop("WATCHDOG_USEC", None)
        with subprocess.Popen(
            [sys.executable, "-c", RUN, "", "", "--config", str(folder)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            manager.wait_for("READY=1")
            process.terminate()
            manager.wait_for("STOPPING=1")
        assert manager.heard == ["READY=1", "STOPPING=1"]
