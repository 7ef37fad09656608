"""The agent of a screen: always a page, and a token once an administrator has approved it."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from config import DisplayConfig
from display.agent import Screen, create_app, screen_of
from display.enrolment import Enrolment, Identity, TokenFile
from display.fit import display_misfit
from tests.ports import free_port

ROOT = Path(__file__).parents[2]


class FakeApi:
    """The controller's device calls, in memory."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        self.reports = 0
        self.bodies: list[tuple[str, dict[str, Any] | None]] = []
        self.away = False

    def __call__(
        self, method: str, path: str, token: str | None, body: dict[str, Any] | None
    ) -> tuple[int, dict[str, Any]]:
        if self.away:
            raise requests.ConnectionError
        self.bodies.append((f"{method} {path}", body))
        if path == "/api/v1/devices":
            secret = f"secret-{len(self.states) + 1}"
            self.states[secret] = "pending"
            return 201, {"device": "1", "secret": secret, "code": "7K3-M2Q"}
        state = self.states.get(token or "")
        if state is None:
            return 401, {"code": "unauthenticated"}
        if path.endswith("/health"):
            self.reports += 1
            return (403, {"code": "device-revoked"}) if state == "revoked" else (200, {"seq": 1})
        if "/rating" in path:
            return 201, {"seq": 7, "low": False}
        return 200, {"state": state}


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


def enrolment(api: FakeApi, folder: Path) -> Enrolment:
    return Enrolment(api, TokenFile(folder), "大厅屏")


def test_a_screen_asks_to_be_approved_for_what_it_shows(api: FakeApi, tmp_path: Path) -> None:
    Enrolment(api, TokenFile(tmp_path), "5 号窗口屏", room="window:5").step()
    assert api.bodies[0][1] == {"kind": "screen", "name": "5 号窗口屏", "room": "window:5"}


def test_a_rating_goes_on_to_the_controller_with_the_screen_s_token(
    api: FakeApi, tmp_path: Path
) -> None:
    """FR-52: of its own window only, and nothing else goes that way."""
    agent = Enrolment(api, TokenFile(tmp_path), "5 号窗口屏", room="window:5")
    screen = Screen("/screens/window/5", "5 号窗口屏", "window:5")
    client = create_app("http://10.0.0.1:8080", screen, agent).test_client()
    path, body = "/api/v1/windows/5/rating", {"token": "t", "level": 1, "request_id": "x" * 8}
    assert client.post(path, json=body).get_json()["code"] == "unreachable", "not approved yet"
    agent.step()
    api.states["secret-1"] = "approved"
    agent.step()
    answer = client.post(path, json=body)
    assert (answer.status_code, answer.get_json()) == (201, {"seq": 7, "low": False})
    assert api.bodies[-1] == (f"POST {path}", body)
    assert client.get(path).status_code == 201
    assert (
        client.post(f"{path}/reasons", json={"token": "t", "reasons": ["wait"]}).status_code == 201
    )
    assert client.post("/api/v1/windows/6/rating", json=body).status_code == 404
    assert client.post("/api/v1/tickets", json=body).status_code == 404
    assert client.post(path, data=json.dumps(body)).status_code == 400, "a foreign page's form"
    assert client.post(path, json=["x"]).status_code == 400
    assert client.post(path, json={"x": "y" * 5000}).status_code == 400
    api.away = True
    lost = client.post(path, json=body)
    assert (lost.status_code, lost.get_json()["code"]) == (503, "unreachable")


def test_a_new_screen_enrols_and_waits_for_approval(api: FakeApi, tmp_path: Path) -> None:
    agent = enrolment(api, tmp_path)
    agent.step()
    agent.step()
    assert agent.identity == Identity("secret-1", "7K3-M2Q", approved=False)


def test_an_approved_screen_reports_that_it_lives(api: FakeApi, tmp_path: Path) -> None:
    agent = enrolment(api, tmp_path)
    agent.step()
    api.states["secret-1"] = "approved"
    agent.step()
    agent.step()
    assert agent.identity is not None
    assert agent.identity.approved
    assert api.reports == 1


def test_the_token_survives_a_restart_and_only_its_owner_reads_it(
    api: FakeApi, tmp_path: Path
) -> None:
    agent = enrolment(api, tmp_path / "state")
    agent.step()
    kept = tmp_path / "state/device.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert enrolment(api, tmp_path / "state").identity == agent.identity
    assert list(kept.parent.iterdir()) == [kept]


def test_a_damaged_token_file_is_no_identity(api: FakeApi, tmp_path: Path) -> None:
    for text in ("", "[]", "{", '{"secret": 1}', '{"other": 1}'):
        (tmp_path / "device.json").write_text(text)
        assert enrolment(api, tmp_path).identity is None


def test_a_revoked_screen_forgets_its_token_and_enrols_afresh(api: FakeApi, tmp_path: Path) -> None:
    agent = enrolment(api, tmp_path)
    agent.step()
    api.states["secret-1"] = "approved"
    agent.step()
    api.states["secret-1"] = "revoked"
    agent.step()
    assert agent.identity is None
    agent.step()
    assert agent.identity == Identity("secret-2", "7K3-M2Q", approved=False)


def test_a_controller_that_is_away_changes_nothing(api: FakeApi, tmp_path: Path) -> None:
    agent = enrolment(api, tmp_path)
    agent.step()
    before = agent.identity
    api.away = True
    with pytest.raises(requests.RequestException):
        agent.step()
    assert agent.identity == before


@pytest.mark.parametrize(
    ("screen", "path"),
    [
        ({"kind": "hall"}, "/screens/hall"),
        ({"kind": "zone", "zone": "B"}, "/screens/zone/B"),
        ({"kind": "window", "window": 5}, "/screens/window/5"),
    ],
)
def test_each_kind_of_screen_has_its_page(screen: dict[str, Any], path: str) -> None:
    config = DisplayConfig.model_validate(
        {"controller": {"url": "http://127.0.0.1:8080"}, "screen": screen}
    )
    assert screen_of(config).path == path


def test_the_page_gets_the_code_first_and_the_token_when_approved(
    api: FakeApi, tmp_path: Path
) -> None:
    agent = enrolment(api, tmp_path)
    app = create_app("http://10.0.0.1:8080/", Screen("/screens/hall", "大厅屏", "hall"), agent)
    client = app.test_client()
    assert client.get("/").headers["Location"] == "/screens/hall"
    assert client.get("/screens/hall", buffered=True).status_code == 200

    def told() -> dict[str, Any]:
        answer: dict[str, Any] = client.get("/agent.json").get_json()
        assert answer["controller"] == "http://10.0.0.1:8080"
        return answer

    assert (told()["token"], told()["code"]) == (None, None)
    agent.step()
    assert (told()["token"], told()["code"]) == (None, "7K3-M2Q")
    api.states["secret-1"] = "approved"
    agent.step()
    assert (told()["token"], told()["code"]) == ("secret-1", None)


def test_a_foreign_name_for_the_loopback_is_refused(api: FakeApi, tmp_path: Path) -> None:
    app = create_app(
        "http://10.0.0.1", Screen("/screens/hall", "", "hall"), enrolment(api, tmp_path)
    )
    answer = app.test_client().get("/agent.json", base_url="http://evil.example:8090")
    assert answer.status_code == 403


def test_the_command_serves_the_page_without_a_controller_and_leaves_cleanly(
    tmp_path: Path,
) -> None:
    port = free_port()
    (tmp_path / "display.toml").write_text(
        f'[controller]\nurl = "http://127.0.0.1:{free_port()}"\n'
        f'[screen]\nkind = "hall"\n[page]\nport = {port}\n'
        f"[display]\nstate_dir = {json.dumps(str(tmp_path / 'state'))}\n"
    )
    with subprocess.Popen(
        [sys.executable, "-m", "display.cli", "--config", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            assert _wait_for(f"http://127.0.0.1:{port}/").url.endswith("/screens/hall")
            told = requests.get(f"http://127.0.0.1:{port}/agent.json", timeout=20).json()
            assert told["token"] is None
            process.send_signal(signal.SIGTERM)
            _out, errors = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0, errors.decode()
    assert b"Traceback" not in errors


@pytest.mark.parametrize(
    ("screen", "why"),
    [
        ('kind = "hall"\npanel_in = 32\ndistance_m = 12', "larger panel or hang it nearer"),
        ('kind = "zone"\nzone = "B"\npanel_in = 43\ndistance_m = 8', "larger panel"),
        ('kind = "window"\nwindow = 5\npanel_in = 8\ndistance_m = 1', "under 25 mm"),
        ('kind = "window"\nwindow = 5\npanel_in = 15.6\ndistance_m = 3', "under 150 mm"),
        ('kind = "window"\nwindow = 5\npanel_in = 15.6\ndistance_m = 5', "from 5 m"),
    ],
)
def test_a_screen_that_nobody_can_read_is_refused(tmp_path: Path, screen: str, why: str) -> None:
    toml = f'[controller]\nurl = "http://127.0.0.1:9"\n[screen]\n{screen}\n'
    (tmp_path / "display.toml").write_text(toml, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "display.cli", "--config", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert why in done.stderr.decode()
    check = subprocess.run(
        [sys.executable, "-m", "controller.cli", "config", "check", "--config", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (check.returncode, why in check.stdout.decode()) == (2, True)


@pytest.mark.parametrize(
    ("screen", "path"),
    [
        ({"kind": "hall", "panel_in": 65, "distance_m": 8}, "/screens/hall?panel=65&distance=8"),
        (
            {"kind": "window", "window": 5, "panel_in": 22, "distance_m": 5},
            "/screens/window/5",
        ),
        (
            {
                "kind": "window",
                "window": 5,
                "panel_in": 10.1,
                "distance_m": 2,
                "number_plate": True,
            },
            "/screens/window/5",
        ),
    ],
)
def test_a_screen_that_can_be_read_opens_with_its_panel(screen: dict[str, Any], path: str) -> None:
    config = DisplayConfig.model_validate(
        {"controller": {"url": "http://127.0.0.1:8080"}, "screen": screen}
    )
    assert display_misfit(config) is None
    assert screen_of(config).path == path


def test_a_configuration_that_is_wrong_ends_with_status_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "display.cli", "--config", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert b"display.toml" in done.stderr


def _wait_for(url: str) -> requests.Response:
    deadline = time.monotonic() + 20
    while True:
        try:
            return requests.get(url, timeout=2)
        except (requests.ConnectionError, requests.Timeout):
            assert time.monotonic() < deadline, "the agent does not answer"
            time.sleep(0.05)


def test_the_agent_tells_its_service_manager_that_it_is_ready_and_goes_round(
    tmp_path: Path,
) -> None:
    (tmp_path / "display.toml").write_text(
        '[controller]\nurl = "http://127.0.0.1:1"\n[screen]\nkind = "hall"\n'
        f'[page]\nport = 0\n[display]\nstate_dir = "{tmp_path / "state"}"\n'
    )
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(30)
        watched = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "20000000"}
        with subprocess.Popen(
            [sys.executable, "-m", "display.cli", "--config", str(tmp_path)],
            cwd=ROOT,
            env={**os.environ, **watched},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert [manager.recv(4096) for _ in range(2)] == [b"READY=1", b"WATCHDOG=1"]
            process.terminate()
            while manager.recv(4096) != b"STOPPING=1":
                continue
            assert process.wait(20) == 0


def test_an_enrolment_that_hangs_is_seen(api: FakeApi, tmp_path: Path) -> None:
    agent = enrolment(api, tmp_path)
    assert agent.turn.loop.name == "enrolment"
    assert not agent.turn.loop.stuck
