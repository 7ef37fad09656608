"""`jiaohao kiosk doctor` on real lines: every fault is named, with what to do about it."""

from __future__ import annotations

import json
import os
import pwd
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from config.kiosk import KioskConfig
from kiosk.doctor import findings
from kiosk.doctor.finding import NAMES, Finding, as_text, ok
from kiosk.identity import Identity
from kiosk.readers.base import Down
from kiosk.readers.condition import SAYINGS
from kiosk.readers.virtual import VirtualSamReader
from kiosk.readers.virtual_scanner import VirtualScanner
from printers.status import PrinterState, PrinterStatus
from printers.virtual import VirtualPrinter
from tests.controller.web.process import House, Process
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
ROOT_USER = os.geteuid() == 0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A real controller."""
    process = Process(tmp_path_factory.mktemp("doctor") / "hall").start()
    yield House(process)
    process.stop()


@dataclass
class Kiosk:
    """A kiosk with every device, which nobody has started."""

    folder: Path
    reader: VirtualSamReader
    scanner: VirtualScanner
    printer: VirtualPrinter
    house: House
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def set(self, table: str, **values: Any) -> None:
        """Let kiosk.toml say something else."""
        self.parts[table] = self.parts.get(table, {}) | values

    def toml(self) -> Path:
        lines = []
        for table, values in self.parts.items():
            lines.append(f"[{table}]")
            lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
        (self.folder / "kiosk.toml").write_text("\n".join(lines))
        return self.folder

    def look(self, **options: bool) -> dict[str, Finding]:
        config = KioskConfig.model_validate(self.parts)
        return {one.check: one for one in findings(config, **options)}

    def approve(self) -> None:
        # One device of all tests: a controller admits only so many new ones in a minute.
        Identity(self.folder / "state").save(self.house.device("kiosk"))


@pytest.fixture
def kiosk(tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kiosk]:
    monkeypatch.setattr("kiosk.doctor.devices.SETTLE_S", 20.0)
    (tmp_path / "state").mkdir()
    with (
        VirtualSamReader(link=str(tmp_path / "idreader")) as reader,
        VirtualScanner(link=str(tmp_path / "scanner")) as scanner,
        VirtualPrinter() as printer,
    ):
        whole = Kiosk(tmp_path, reader, scanner, printer, house)
        whole.set("controller", url=house.address)
        whole.set("kiosk", id="k", no=7, name="7 号取号机", state_dir=str(tmp_path / "state"))
        whole.set("page", port=free_port())
        whole.set("reader", kind="sam-serial", port=reader.port)
        whole.set("scanner", kind="serial", port=scanner.port)
        whole.set("printer", kind="network", host="127.0.0.1", port=printer.port)
        whole.approve()
        yield whole


def levels(found: dict[str, Finding]) -> dict[str, str]:
    """What a check came to; the machine these tests run on may well lack a battery clock."""
    return {name: one.level.value for name, one in found.items() if name != "battery_clock"}


def test_a_kiosk_that_is_well_is_well_in_every_respect(kiosk: Kiosk) -> None:
    found = kiosk.look(test_print=True)
    account = "warn" if ROOT_USER else "ok"  # root sees no lack of rights, and is told so
    assert levels(found) == {
        "account": account,
        "page": "ok",
        "disk": "ok",
        "font": "ok",
        "permissions": "ok",
        "resident_id": "ok",
        "scanner": "ok",
        "printer": "ok",
        "test_page": "ok",
        "link": "ok",
        "clock": "ok",
        "enrolment": "ok",
    }
    assert len(kiosk.printer.tickets) == 1
    assert not list((kiosk.folder / "state").glob("doctor*"))


def test_the_command_prints_both_languages_and_ends_with_zero(kiosk: Kiosk) -> None:
    done = run(kiosk)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok    打印机 Printer" in done.stdout
    assert "The printer is ready." in done.stdout
    assert done.stdout.endswith("可以使用。 Fit for use.\n")


def test_a_fault_ends_the_command_with_one_and_json_names_it(kiosk: Kiosk) -> None:
    kiosk.printer.faults.paper_out = True
    done = run(kiosk, "--json")
    said = json.loads(done.stdout)
    (bad,) = [one for one in said["findings"] if one["level"] == "fail"]
    assert (done.returncode, said["ok"], bad["check"]) == (1, False, "printer")
    assert "装入新纸卷" in bad["zh"]
    assert done.stderr == ""


def run(kiosk: Kiosk, *options: str) -> subprocess.CompletedProcess[str]:
    command = "from kiosk.cli import command; command()"
    arguments = ["doctor", "--config", str(kiosk.toml()), *options]
    return subprocess.run(
        [sys.executable, "-c", command, *arguments], cwd=ROOT, capture_output=True, text=True
    )


def test_a_configuration_that_is_not_there_ends_with_two(tmp_path: Path) -> None:
    command = "from kiosk.cli import command; command()"
    for arguments in (["doctor", "--config", str(tmp_path)], ["doctor"], []):
        done = subprocess.run(
            [sys.executable, "-c", command, *arguments], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 2, done


def _switch(**switches: Any) -> Callable[[Kiosk], None]:
    def turn(kiosk: Kiosk) -> None:
        for name, value in switches.items():
            setattr(kiosk.printer.faults, name, value)

    return turn


@pytest.mark.parametrize(
    ("spoil", "state", "level"),
    [
        (_switch(paper_near_end=True), PrinterState.NEAR_END, "warn"),
        (_switch(paper_out=True), PrinterState.PAPER_OUT, "fail"),
        (_switch(cover_open=True), PrinterState.COVER_OPEN, "fail"),
        (_switch(cutter=True), PrinterState.CUTTER, "fail"),
        (_switch(silent=True), PrinterState.SILENT, "fail"),
        (lambda kiosk: kiosk.printer.unplug(), PrinterState.ABSENT, "fail"),
    ],
    ids=["near end", "out", "cover", "cutter", "silent", "absent"],
)
def test_the_printer_says_what_to_do(
    kiosk: Kiosk, spoil: Callable[[Kiosk], None], state: PrinterState, level: str
) -> None:
    spoil(kiosk)
    printer = kiosk.look()["printer"]
    words = PrinterStatus(state)
    assert (printer.level.value, printer.zh, printer.en) == (level, words.zh, words.en)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda kiosk: kiosk.reader.unplug(), Down.GONE),
        (lambda kiosk: setattr(kiosk.reader.bad, "silent", True), Down.SILENT),
        (lambda kiosk: setattr(kiosk.reader.bad, "noise", b"\x00\xff\x00"), Down.GARBLED),
        (lambda kiosk: setattr(kiosk.reader.bad, "not_authorised", True), Down.NOT_AUTHORISED),
        (lambda kiosk: setattr(kiosk.reader.bad, "self_test_failed", True), Down.SELF_TEST),
    ],
    ids=["gone", "silent", "garbled", "not authorised", "self-test"],
)
def test_the_reader_says_what_to_do(
    kiosk: Kiosk, spoil: Callable[[Kiosk], None], why: Down
) -> None:
    spoil(kiosk)
    reader = kiosk.look()["resident_id"]
    assert (reader.level.value, reader.zh) == ("fail", SAYINGS[why].zh)


def test_a_scanner_without_a_port_is_missed(kiosk: Kiosk) -> None:
    kiosk.scanner.unplug()
    assert kiosk.look()["scanner"].zh == SAYINGS[Down.GONE].zh


def test_a_kiosk_without_devices_is_a_kiosk(kiosk: Kiosk) -> None:
    for table in ("reader", "scanner", "printer"):
        kiosk.parts.pop(table)
    found = kiosk.look()
    assert (found["readers"].level.value, found["printer"].level.value) == ("ok", "ok")
    assert "permissions" not in found


@pytest.mark.skipif(not ROOT_USER, reason="only root can take another account")
def test_root_examines_with_the_rights_of_the_kiosks_account(kiosk: Kiosk) -> None:
    nobody = pwd.getpwnam("nobody")
    shut = kiosk.folder / "shut"
    shut.touch(0o600)
    kiosk.set("scanner", port=str(shut))
    for path in (kiosk.folder, *kiosk.folder.parents):
        if path.stat().st_mode & 0o001 == 0 and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    for path in (kiosk.folder / "state", *(kiosk.folder / "state").iterdir()):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    done = run(kiosk, "--json")
    assert done.stdout, done.stderr
    said = json.loads(done.stdout)
    found = {one["check"]: one for one in said["findings"]}
    assert "nobody" in found["account"]["en"]
    assert str(shut) in found["permissions"]["zh"]
    assert found["permissions"]["level"] == "fail"
    assert found["disk"]["level"] == "ok"
    assert found["enrolment"]["level"] == "ok"


# --- the way to the controller --------------------------------------------------------------------


def test_a_name_that_nobody_knows(kiosk: Kiosk) -> None:
    kiosk.set("controller", url="http://no-such-controller.invalid:8080")
    found = kiosk.look()
    assert found["link"].level.value == "fail"
    assert "/etc/hosts" in found["link"].zh
    assert "enrolment" not in found


def test_a_controller_that_does_not_run(kiosk: Kiosk) -> None:
    kiosk.set("controller", url=f"http://127.0.0.1:{free_port()}")
    assert "Nothing listens" in kiosk.look()["link"].en


def test_an_address_that_cannot_be_reached(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.doctor.line.PATIENCE_S", 0.3)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        # a queue that is full drops who comes, as a pulled cable does
        crowd = [socket.socket() for _ in range(4)]
        for one in crowd:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        kiosk.set("controller", url=f"http://127.0.0.1:{full.getsockname()[1]}")
        link = kiosk.look()["link"]
        for one in crowd:
            one.close()
    assert "网线" in link.zh


def test_something_else_at_the_controllers_address(kiosk: Kiosk) -> None:
    kiosk.set("controller", url=f"http://127.0.0.1:{kiosk.printer.port}")
    assert "no controller" in kiosk.look()["link"].en


@pytest.mark.parametrize(
    ("ahead_s", "level", "word"),
    [(30, "warn", "behind"), (-30, "warn", "ahead of"), (7200, "fail", "behind")],
)
def test_clocks_that_differ(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, ahead_s: int, level: str, word: str
) -> None:
    from kiosk.doctor import line

    honest = line._answer
    monkeypatch.setattr(
        line, "_answer", lambda target: (honest(target)[0] + ahead_s, honest(target)[1])
    )
    clock = kiosk.look()["clock"]
    assert clock.level.value == level
    assert word in clock.en


def test_a_kiosk_that_was_never_let_in(kiosk: Kiosk) -> None:
    Identity(kiosk.folder / "state").forget()
    assert kiosk.look()["enrolment"].level.value == "warn"


def test_a_kiosk_that_waits_for_its_approval(kiosk: Kiosk) -> None:
    kiosk.house.device("waiting", approve=False)
    code = kiosk.house.client("waiting").get("/devices/me")["code"]
    Identity(kiosk.folder / "state").save(kiosk.house.tokens["waiting"])
    enrolment = kiosk.look()["enrolment"]
    assert (enrolment.level.value, code in enrolment.zh) == ("warn", True)


def test_a_kiosk_that_was_shut_out(kiosk: Kiosk) -> None:
    kiosk.house.device("gone")
    device = kiosk.house.devices["gone"]
    kiosk.house.process.operator().command(f"/devices/{device}/revoke")
    Identity(kiosk.folder / "state").save(kiosk.house.tokens["gone"])
    assert kiosk.look()["enrolment"].level.value == "fail"


# --- the machine -------------------------------------------------------------------------------


def test_a_page_port_that_another_program_has(kiosk: Kiosk) -> None:
    kiosk.set("page", port=kiosk.printer.port)
    page = kiosk.look()["page"]
    assert (page.level.value, str(kiosk.printer.port) in page.zh) == ("fail", True)


# --- a kiosk that runs ---------------------------------------------------------------------------


def test_a_running_kiosk_is_asked_for_its_devices(kiosk: Kiosk) -> None:
    """Its reader's port is its own, so it could not be opened a second time."""
    kiosk.printer.faults.cover_open = True
    command = "from kiosk.cli import command; command()"
    with subprocess.Popen(
        [sys.executable, "-c", command, "--config", str(kiosk.toml())],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("page http")
            deadline = threading.Event()
            for _ in range(400):
                found = kiosk.look(test_print=True)
                settled = found["printer"].level.value == "fail"
                if settled and found["resident_id"].level.value == "ok":
                    break
                deadline.wait(0.05)
            assert found["page"].zh == "取号机正在运行。"
            assert found["printer"].zh == PrinterStatus(PrinterState.COVER_OPEN).zh
            assert found["resident_id"].level.value == "ok"
            assert found["test_page"].level.value == "warn"
            assert kiosk.printer.tickets == []
        finally:
            process.terminate()
            process.wait(20)


# --- words ---------------------------------------------------------------------------------------


def test_every_check_has_a_name_and_columns_line_up() -> None:
    texts = [as_text(ok(check, "中", "en")) for check in NAMES]
    assert len({text.index("\n") - len(text.split("\n")[0]) for text in texts}) == 1
    assert {len(text.split("\n")[1]) - 2 for text in texts} == {38}
