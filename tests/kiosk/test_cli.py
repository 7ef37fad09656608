"""`jiaohao kiosk` as a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from click.testing import CliRunner

from config.kiosk import KioskConfig
from kiosk.build import build, machine, paper, printer, readers
from kiosk.cli import command
from kiosk.readers.sam import SamReader
from kiosk.readers.virtual import VirtualSamReader
from printers.paper import Paper
from printers.virtual import VirtualPrinter
from tests.kiosk.fake_controller import FakeController
from tests.kiosk.heard import until

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


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


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
            assert process.wait(10) == 0


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
            until(lambda: controller.outcomes["2026-03-17-R001"] == ["printed"], "the proof")
            stream.close()
            process.terminate()
            assert process.wait(10) == 0
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
