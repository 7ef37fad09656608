"""The demo's hall as a process that tests talk to."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from controller.cli.client import Client

REPOSITORY = Path(__file__).resolve().parents[3]
READY_S = 200
END_S = 60


def wait_until(true: Callable[[], bool], within_s: float = END_S) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline, "it did not become true in time"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


@dataclass
class Demo:
    """A started demo and what it printed."""

    process: subprocess.Popen[str]
    info: dict[str, Any]

    @property
    def pids(self) -> list[int]:
        return list(self.info["pids"].values())

    def get(self, role: str, path: str) -> dict[str, Any]:
        """Read something of the controller as this role."""
        with self._client(self.info["tokens"][role]) as client:
            return client.get(path)

    def session(self, token: str) -> dict[str, Any]:
        with self._client(token) as client:
            return client.get("/session")

    def issue(self, item: str) -> dict[str, Any]:
        """A ticket, as the kiosk would ask for it."""
        with self._client(self.info["tokens"]["kiosk"]) as client:
            ticket: dict[str, Any] = client.command("/tickets", items=[item])["ticket"]
            return ticket

    def _client(self, token: str) -> closing[Client]:
        return closing(Client(self.info["urls"]["controller"], token))

    def tell(self, path: str, **body: object) -> dict[str, Any]:
        """Have the index page's server do something; how things stand then."""
        url = self.info["urls"]["index"].rstrip("/") + path
        status, answer = ask(url, "POST", body=json.dumps(body))
        assert status == 200, answer
        state: dict[str, Any] = json.loads(answer)
        return state

    def look(self) -> dict[str, Any]:
        """How things stand, as the index page asks twice a second."""
        state: dict[str, Any] = json.loads(self.ask("GET", "/state")[1])
        return state

    def ask(self, method: str, path: str, **headers: str) -> tuple[int, bytes]:
        """Ask the index page's server, as a script of this machine."""
        return ask(self.info["urls"]["index"].rstrip("/") + path, method, headers)


def ask(
    url: str, method: str = "GET", headers: dict[str, str] | None = None, body: str = "{}"
) -> tuple[int, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=20)
    posts = method == "POST"
    sent = {"Content-Type": "application/json"} if posts else {}
    content = body if posts else None
    connection.request(method, parts.path or "/", content, {**sent, **(headers or {})})
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def start(state: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "controller.cli", "demo", "--json", "--state", str(state)]
    return subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@contextmanager
def demo(state: Path) -> Iterator[Demo]:
    """A demo that is ready; killed at the end if the test did not end it."""
    process = start(state)
    try:
        assert process.stdout is not None
        assert select.select([process.stdout], [], [], READY_S)[0], "it did not get ready"
        line = process.stdout.readline()
        assert line, process.stderr.read() if process.stderr else ""
        yield Demo(process, json.loads(line))
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=END_S)


def kiosk_view(running: Demo) -> dict[str, Any]:
    """The view that the kiosk's page would draw now."""
    parts = urlsplit(running.info["urls"]["kiosk"])
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=20)
    connection.request("GET", "/events")
    answer = connection.getresponse()
    while not (line := answer.readline().decode()).startswith("data: {"):
        assert line, "the kiosk closed its stream of views"
    connection.close()
    view: dict[str, Any] = json.loads(line.removeprefix("data: "))
    return view if "state" in view else kiosk_view(running)
