"""`jiaohao kiosk enrol-anew`: a kiosk forgets its hall and asks to be enrolled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.anew import OF_THE_HALL
from kiosk.cli import command
from kiosk.identity import Identity
from tests.kiosk.conftest import Rig, station_of
from tests.kiosk.cut_off import ZHANG, Kiosk
from tests.kiosk.heard import until
from tests.kiosk.test_station_alone import gives, prepare, restarted
from tests.portal import portal

URL = "http://127.0.0.1:9"


def configured(folder: Path, state: Path, page: int = 9) -> Path:
    """A directory with the kiosk.toml of a kiosk of this state directory."""
    folder.mkdir(exist_ok=True)
    (folder / "kiosk.toml").write_text(
        f'[controller]\nurl = "{URL}"\n'
        f'[kiosk]\nid = "k-1"\nno = 1\nname = "1 号取号机"\nstate_dir = {json.dumps(str(state))}\n'
        f"[page]\nport = {page}\n"
    )
    return folder


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(command, ["enrol-anew", "--config", str(folder), *options])


def test_a_kiosk_that_forgot_its_hall_is_enrolled_in_another(rig: Rig, tmp_path: Path) -> None:
    prepare(rig.controller)
    until(lambda: Identity(rig.state_dir).hall() != "", "the hall's mark")
    rig.station.close()
    done = run(configured(tmp_path / "config", rig.state_dir))
    assert done.exit_code == 0, done.output
    assert "approve the code" in done.output
    assert not [name for name in OF_THE_HALL if (rig.state_dir / name).exists()]
    rig.controller.mark = "fedcba9876543210"
    rig.station = station_of(rig.state_dir, rig.controller, rig.device.port, rig.printer.port)
    rig.station.start()
    rig.wait_for("idle")
    assert rig.controller.calls.count("POST devices") == 2
    until(lambda: Identity(rig.state_dir).hall() == "fedcba9876543210", "the other hall's mark")
    assert gives(rig)["printed"]


def test_without_that_it_listens_to_no_other_hall(rig: Rig) -> None:
    prepare(rig.controller)
    until(lambda: Identity(rig.state_dir).hall() != "", "the hall's mark")
    rig.controller.mark = "fedcba9876543210"
    until(lambda: rig.view()["link"] == "offline", "the stranger to be noticed")
    restarted(rig)
    until(lambda: rig.view()["link"] == "offline", "the stranger to be noticed")
    assert rig.controller.calls.count("POST devices") == 1


def test_it_keeps_its_hall_while_people_hold_numbers_that_are_not_told(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    kiosk = Kiosk(state)
    ticket = kiosk.take(ZHANG)
    kiosk.prints(ticket)
    kiosk.stop()
    Identity(state).save("secret", "0123456789abcdef")
    folder = configured(tmp_path / "config", state)
    refused = run(folder)
    assert refused.exit_code == 1
    assert ticket.number in refused.output
    assert "--drop-untold" in refused.output
    assert Identity(state).load() == "secret"
    assert run(folder, "--drop-untold").exit_code == 0
    assert list(state.iterdir()) == []


def test_a_kiosk_that_runs_is_left_alone(tmp_path: Path) -> None:
    state = tmp_path / "state"
    Identity(state).save("secret")
    with portal((200, {"Content-Type": "application/json"}, b'{"kiosk": 1, "health": {}}')) as page:
        refused = run(configured(tmp_path / "config", state, page))
    assert refused.exit_code == 1
    assert "systemctl stop" in refused.output
    assert Identity(state).load() == "secret"


@pytest.mark.parametrize("options", [[], ["--drop-untold"]])
def test_a_kiosk_that_was_never_enrolled_may_be_told_so_too(
    tmp_path: Path, options: list[str]
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    assert run(configured(tmp_path / "config", state), *options).exit_code == 0
