"""`jiaohao kiosk` as a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from config.kiosk import KioskConfig
from kiosk.build import build, machine, paper, printer, readers
from kiosk.cli import command
from kiosk.printing import ROLL_FILE
from kiosk.readers.sam import SamReader
from kiosk.readers.virtual import VirtualSamReader
from printers.escpos import EscposPrinter
from printers.mute import MutePrinter, QueuePrinter
from printers.paper import Paper
from printers.paper_roll import CountedPrinter, RollBook
from printers.status import PrinterState
from printers.virtual import VirtualPrinter
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import PATIENCE_S, until
from tests.ports import free_port

RUN = [sys.executable, "-c", "from kiosk.cli import command; command()"]
ROOT = Path(__file__).parents[2]


def write_config(folder: Path, url: str, reader: str, printer_port: int) -> Path:
    (folder / "kiosk.toml").write_text(
        f"""
[controller]
url = "{url}"
[kiosk]
id = "kiosk-1"
no = 1
name = "1 号取号机"
state_dir = "{folder}/state"
[page]
port = {free_port()}
[reader]
kind = "sam-serial"
port = "{reader}"
[printer]
kind = "network"
host = "127.0.0.1"
port = {printer_port}
"""
    )
    return folder


@contextmanager
def running(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*RUN, "--config", str(folder), *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def test_a_kiosk_serves_its_page_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    with FakeController() as controller:
        folder = write_config(tmp_path, controller.url, str(tmp_path / "none"), 9)
        with running(folder, "--json") as process:
            assert process.stdout is not None
            page = json.loads(process.stdout.readline())["page"]
            assert requests.get(page, timeout=20).status_code == 200
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE_S) == 0


def test_a_kiosk_process_prints_a_ticket_for_an_invented_person(tmp_path: Path) -> None:
    from tests.kiosk.people import CARD

    with (
        FakeController() as controller,
        VirtualSamReader(link=str(tmp_path / "idreader")) as reader,
        VirtualPrinter() as paper_out,
    ):
        folder = write_config(tmp_path, controller.url, reader.port, paper_out.port)
        with running(folder, "--invented-people") as process:
            assert process.stdout is not None
            page = process.stdout.readline().removeprefix("page ").strip()
            stream = requests.get(page + "events", stream=True, timeout=30)
            views = (
                json.loads(line[6:])
                for line in stream.iter_lines(chunk_size=1, decode_unicode=True)
                if line.startswith("data: {") and len(line) > 10
            )
            idle = next(v for v in views if v["state"] == "idle" and v["reader"] == "ok")
            assert idle["printer"] == "ok"
            reader.lay(CARD)
            home = next(v for v in views if v["state"] == "home")
            touch(page, home["rev"], "choose", code="RS-003")
            item = next(v for v in views if v["state"] == "item")
            touch(page, item["rev"], "take")
            assert next(v for v in views if v["state"] == "done")["ticket"]["number"] == "R001"
            paper_out.wait_for_ticket()
            until(lambda: controller.outcomes.get("2026-03-17-R001") == ["printed"], "the proof")
            stream.close()
            process.terminate()
            assert process.wait(PATIENCE_S) == 0
            assert process.stderr is not None
            log = process.stderr.read()
            assert CARD.number not in log
            assert CARD.name not in log


def touch(page: str, rev: int, act: str, **args: str) -> None:
    body = {"rev": rev, "act": act, **args}
    answer = requests.post(page + "act", json=body, headers={"X-Kiosk": "1"}, timeout=20)
    assert answer.status_code == 200


def test_a_configuration_that_does_not_hold_ends_with_two(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text('[controller]\nurl = "http://127.0.0.1:1"\n')
    result = CliRunner().invoke(command, ["--config", str(tmp_path)])
    assert result.exit_code == 2
    assert "kiosk.toml" in result.output


def config(**parts: object) -> KioskConfig:
    base = {
        "controller": {"url": "http://127.0.0.1:1"},
        "kiosk": {"id": "kiosk-1", "no": 1, "name": "1 号取号机"},
    }
    return KioskConfig.model_validate(base | parts)


def test_a_kiosk_without_devices_is_a_kiosk(tmp_path: Path) -> None:
    bare = config()
    assert readers(bare) == ()
    assert printer(bare) is None
    assert paper(bare) is Paper.MM80


def test_devices_are_built_as_configured(tmp_path: Path) -> None:
    kiosk = config(
        kiosk={"id": "k", "no": 2, "name": "2 号", "state_dir": str(tmp_path)},
        reader={"kind": "sam-serial", "port": "/dev/kiosk-idreader"},
        printer={"kind": "network", "host": "127.0.0.1", "paper": 58},
        idle={"reset_s": 20, "elder_s": 40, "warning_s": 5, "done_s": 6},
    )
    assert isinstance(readers(kiosk)[0], SamReader)
    assert paper(kiosk) is Paper.MM58
    timing = machine(kiosk, invented=False).timing
    assert (timing.idle, timing.elder, timing.warning, timing.done) == (20, 40, 5, 6)
    assert "99" not in machine(kiosk, invented=False).provinces
    assert "99" in machine(kiosk, invented=True).provinces
    build(kiosk).close()


@pytest.mark.parametrize(
    ("table", "kind", "says"),
    [
        ({"kind": "network", "host": "127.0.0.1", "port": 1}, EscposPrinter, "refused"),
        ({"kind": "serial", "device": "/dev/no-such"}, EscposPrinter, "/dev/no-such"),
        ({"kind": "device", "device": "/dev/no-such"}, EscposPrinter, "/dev/no-such"),
        ({"kind": "device", "device": "/dev/no-such", "answers": False}, MutePrinter, "no-such"),
        ({"kind": "usb", "usb_id": "0416:5011"}, EscposPrinter, ""),
        ({"kind": "cups", "queue": "q", "host": "127.0.0.1:1"}, QueuePrinter, ""),
    ],
)
def test_every_kind_of_printer_is_built_and_absent_where_there_is_none(
    table: dict[str, object], kind: type, says: str
) -> None:
    built = printer(config(printer=table))
    assert isinstance(built, kind)
    status = built.status()
    assert status.state is PrinterState.ABSENT
    assert says in status.detail


def test_a_printer_whose_roll_has_a_length_is_counted(tmp_path: Path) -> None:
    kiosk = config(
        kiosk={"id": "k", "no": 2, "name": "2 号", "state_dir": str(tmp_path)},
        printer={"kind": "network", "host": "127.0.0.1", "port": 1, "roll_m": 33},
    )
    built = printer(kiosk)
    assert isinstance(built, CountedPrinter)
    assert built.status().slips_left == 200
    built.close()


def test_staff_tell_of_a_new_roll(tmp_path: Path) -> None:
    toml = (
        '[controller]\nurl = "http://127.0.0.1:1"\n'
        f'[kiosk]\nid = "k"\nno = 1\nname = "1 号"\nstate_dir = "{tmp_path}"\n'
        '[printer]\nkind = "network"\nhost = "127.0.0.1"\n'
    )
    file = tmp_path / "kiosk.toml"
    file.write_text(toml)
    arguments = ["--config", str(tmp_path), "--new-roll"]
    without = CliRunner().invoke(command, arguments)
    assert (without.exit_code, "roll_m" in without.output) == (2, True)
    file.write_text(toml + "roll_m = 33\n")
    book = RollBook(tmp_path / ROLL_FILE, 33_000)
    book.spend(1_000)
    told = CliRunner().invoke(command, arguments)
    assert (told.exit_code, told.output) == (0, "a new roll: about 200 slips\n")
    assert book.used_mm == 0
    book.close()
