"""The page's server over real HTTP: views as they change, touches, and who may ask."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from kiosk.web import app as app_module
from kiosk.web.server import PageServer
from tests.kiosk.conftest import Rig
from tests.kiosk.heard import until

OURS = {"X-Kiosk": "1"}


@pytest.fixture
def page(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Iterator[PageServer]:
    monkeypatch.setattr(app_module, "BEAT_S", 0.1)
    server = PageServer(rig.station, "127.0.0.1", 0)
    server.start()
    yield server
    rig.station.board.close()
    server.close()


class Listener:
    """What EventSource would hear."""

    def __init__(self, page: PageServer) -> None:
        self._answer = requests.get(page.url + "events", stream=True, timeout=20)
        self._lines = self._answer.iter_lines(chunk_size=1, decode_unicode=True)
        assert self._answer.headers["Content-Type"].startswith("text/event-stream")
        assert self._answer.encoding == "utf-8"

    def next(self) -> tuple[str, Any]:
        name = ""
        for line in self._lines:
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return name, json.loads(line.removeprefix("data: "))
        return "", None

    def view(self, state: str) -> dict[str, Any]:
        while True:
            name, data = self.next()
            assert name, "the stream ended"
            if name == "view" and data["state"] == state:
                return data

    def close(self) -> None:
        self._answer.close()


def touch(page: PageServer, body: Any, **headers: str) -> requests.Response:
    return requests.post(page.url + "act", json=body, headers=OURS | headers, timeout=20)


def test_a_listener_hears_the_view_at_once_and_every_change(rig: Rig, page: PageServer) -> None:
    listener = Listener(page)
    idle = listener.view("idle")
    assert idle["kiosk"] == {"no": 1, "name": "1 号取号机"}
    rig.lay()
    home = listener.view("home")
    assert home["rev"] > idle["rev"]
    assert [tile["code"] for tile in home["home"]["tiles"]] == ["RS-003", "GA-010", "RS-004"]
    listener.close()


def test_silence_is_told_from_calm(rig: Rig, page: PageServer) -> None:
    listener = Listener(page)
    listener.view("idle")
    assert any(listener.next()[0] == "hb" for _ in range(30))
    listener.close()


def test_a_touch_is_taken_once(rig: Rig, page: PageServer) -> None:
    rig.lay()
    rev = rig.view()["rev"]
    body = {"rev": rev, "act": "choose", "code": "RS-003"}
    assert touch(page, body).status_code == 200
    assert touch(page, body).status_code == 409
    assert rig.view()["item"]["code"] == "RS-003"


@pytest.mark.parametrize(
    "body",
    [None, [], {}, {"rev": "1", "act": "take"}, {"rev": 1}, {"rev": 1, "act": "choose", "code": 5}],
)
def test_nonsense_is_refused(page: PageServer, body: Any) -> None:
    assert touch(page, body).status_code == 400


def test_an_act_nobody_knows_is_ignored(rig: Rig, page: PageServer) -> None:
    assert touch(page, {"rev": rig.view()["rev"], "act": "fly"}).status_code == 409


def test_switches_take_true_and_false(rig: Rig, page: PageServer) -> None:
    assert touch(page, {"rev": rig.view()["rev"], "act": "elder", "on": True}).status_code == 200
    assert rig.view()["elder"] is True


def test_other_pages_may_not_touch(rig: Rig, page: PageServer) -> None:
    body = {"rev": rig.view()["rev"], "act": "staff"}
    assert touch(page, body, Origin="http://elsewhere.example").status_code == 403
    assert touch(page, body, Host="elsewhere.example").status_code == 403
    assert requests.post(page.url + "act", json=body, timeout=20).status_code == 403
    assert not rig.view()["staff_called"]
    assert touch(page, body, Origin=page.url.rstrip("/")).status_code == 200


def test_views_are_for_this_host_only(page: PageServer) -> None:
    answer = requests.get(page.url + "events", headers={"Host": "elsewhere.example"}, timeout=20)
    assert answer.status_code == 403


def test_the_page_and_its_files_are_served_under_a_strict_policy(page: PageServer) -> None:
    for path in ("", "static/kiosk/kiosk.js", "static/shared/tokens.css"):
        answer = requests.get(page.url + path, timeout=20)
        assert answer.status_code == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert "Server" not in answer.headers or "waitress" not in answer.headers["Server"]


@pytest.mark.parametrize(
    "path", ["static/kiosk/../app.py", "static/kiosk/%2e%2e/app.py", "static/shared/..%2f..%2fx"]
)
def test_nothing_outside_the_page_is_served(page: PageServer, path: str) -> None:
    request = requests.Request("GET", page.url).prepare()
    request.url = page.url + path
    with requests.Session() as session:
        assert session.send(request, timeout=20).status_code == 404


def test_a_page_that_reconnects_for_ever_does_not_starve_the_others(
    rig: Rig, page: PageServer
) -> None:
    listeners = [Listener(page) for _ in range(app_module.LISTENERS * 2 + 1)]
    listeners[-1].view("idle")
    assert touch(page, {"rev": rig.view()["rev"], "act": "staff"}).status_code == 200
    assert listeners[-1].view("idle")["staff_called"]
    for listener in listeners:
        listener.close()


def test_closing_ends_the_streams_and_frees_the_port(rig: Rig) -> None:
    server = PageServer(rig.station, "127.0.0.1", 0)
    server.start()
    listener = Listener(server)
    listener.view("idle")
    rig.station.board.close()
    server.close()
    until(lambda: not server._thread.is_alive(), "the server")
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=1)
    listener.close()


def test_a_request_that_ends_while_the_server_closes_does_no_harm(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = PageServer(rig.station, "127.0.0.1", 0)
    server.start()
    trigger = server._server.trigger
    pull = trigger._physical_pull

    def pull_after_another() -> None:
        pull()  # as a request does whose answer is ready
        deadline = time.monotonic() + 0.5
        while trigger._fds and time.monotonic() < deadline:
            threading.Event().wait(0.01)
        pull()

    monkeypatch.setattr(trigger, "_physical_pull", pull_after_another)
    rig.station.board.close()
    server.close()
    until(lambda: not server._thread.is_alive(), "the server")
