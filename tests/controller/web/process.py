"""A real controller process over the demo's hall, and the people and machines that belong to it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from controller.cli.client import Client
from controller.cli.operator import TOKEN_FILE
from tests.ports import free_port

REPOSITORY = Path(__file__).resolve().parents[3]
PASSWORD = "a long enough word"
PATIENCE_S = 60
Json = dict[str, Any]


class Process:
    """``jiaohao serve`` on a port of its own; may be killed and started again on the same one."""

    def __init__(
        self, directory: Path, engine: str = "eventlet", env: dict[str, str] | None = None
    ) -> None:
        self.directory, self.engine, self.env = directory, engine, env or {}
        self.state = directory / "state"
        self.log = directory / "log"
        self.address = ""
        self.setup_link: str | None = None
        self.port = free_port()
        shutil.copytree(REPOSITORY / "config" / "demo", directory / "config")

    def rule(self, usual: str, other: str) -> Process:
        """Before the start: have a line of the demo's hall.toml say something else."""
        file = self.directory / "config" / "hall.toml"
        text = file.read_text(encoding="utf-8")
        assert text.count(f"\n{usual}\n") == 1, usual
        file.write_text(text.replace(f"\n{usual}\n", f"\n{other}\n"), encoding="utf-8")
        return self

    def start(self) -> Process:
        """Start and wait until it serves."""
        (self.directory / "config" / "controller.toml").write_text(
            f'[server]\nport = {self.port}\nengine = "{self.engine}"\n'
            f'state_dir = "{self.state}"\nround_the_clock = true\n'
        )
        command = [sys.executable, "-W", "error", "-m", "controller.cli", "serve"]
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                [*command, "--config", str(self.directory / "config")],
                cwd=REPOSITORY,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, **self.env},
            )
        assert self._child.stdout is not None
        first = self._child.stdout.readline()
        if not first.startswith("jiaohao: "):
            with self._child:
                self._child.kill()
            raise AssertionError(self.log.read_text())
        self.address = first.split()[-1]
        self.setup_link = None
        self._drain = threading.Thread(target=self._listen, daemon=True)
        self._drain.start()
        return self

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._child.pid

    def _listen(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            if "#" in line:
                self.setup_link = line.rpartition("#")[2].strip()

    def kill(self) -> None:
        """kill -9."""
        self._child.kill()
        self.wait()

    def stop(self) -> int:
        """SIGTERM; the exit status."""
        self._child.terminate()
        return self.wait()

    def wait(self) -> int:
        """Wait for it to end by itself."""
        status = self._child.wait(PATIENCE_S)
        self._drain.join(PATIENCE_S)
        if self._child.stdout is not None:
            self._child.stdout.close()
        return status

    def operator(self) -> Patron:
        """A client with the token of the state directory."""
        address, token = (self.state / TOKEN_FILE).read_text().split()
        return Patron(address, token)


class Patron:
    """A caller whose every request has a connection of its own, so that threads may share it."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.token = address, token

    def get(self, path: str) -> Json:
        """See `Client.get`."""
        return self._with(lambda client: client.get(path))

    def post(self, path: str, body: Json) -> Json:
        """See `Client.post`."""
        return self._with(lambda client: client.post(path, body))

    def command(self, path: str, **body: Any) -> Json:
        """See `Client.command`."""
        return self._with(lambda client: client.command(path, **body))

    def _with(self, ask: Callable[[Client], Json]) -> Json:
        client = Client(self.address, self.token)
        try:
            return ask(client)
        finally:
            client.close()


def until(condition: Callable[[], Any], what: str = "it", patience: float = PATIENCE_S) -> Any:
    """Wait for a condition and return what it gave."""
    end = time.monotonic() + patience
    while not (found := condition()):
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.01)
    return found


def request_id() -> str:
    """A new one."""
    return secrets.token_hex(12)


ENGINES = ("eventlet", "gevent", "threading")

#: For tests with halls of their own (fixture ``own``) that are slow and alike on every engine:
#: the default engine in the ordinary run, the others in the long one.
MOSTLY_DEFAULT = pytest.mark.parametrize(
    "own",
    [ENGINES[0], *(pytest.param(engine, marks=pytest.mark.long) for engine in ENGINES[1:])],
    indirect=True,
)


@dataclass(slots=True)
class House:
    """A process and who belongs to it; tokens by name."""

    process: Process
    tokens: dict[str, str] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return self.process.address

    def staff(self, staff_no: str, role: str) -> str:
        """The token of a member of staff, who is made if need be."""
        if staff_no not in self.tokens:
            admin, public = self.process.operator(), Patron(self.address, "")
            link = admin.command("/staff", staff_no=staff_no, role=role)["setup"]
            token = link.partition("#")[2]
            public.post("/setup", {"token": token, "staff_no": staff_no, "password": PASSWORD})
            session = public.post("/session", {"staff_no": staff_no, "password": PASSWORD})
            self.tokens[staff_no] = session["token"]
        return self.tokens[staff_no]

    def device(self, name: str, kind: str = "kiosk", approve: bool = True, room: str = "") -> str:
        """The token of a device, which is enrolled if need be."""
        if name not in self.tokens:
            self.enrol(name, kind, room)
            if approve:
                code = self.client(name).get("/devices/me")["code"]
                self.process.operator().command("/devices/approve", code=code)
        return self.tokens[name]

    def enrol(self, name: str, kind: str, room: str = "") -> None:
        """Register a device with the operator's hand, past the limit per minute."""

        def register() -> requests.Response | None:
            answer = self.ask("POST", "/devices", None, {"kind": kind, "name": name, "room": room})
            return None if answer.status_code == 429 else answer

        made = until(register, "the enrolment", 70).json()
        self.tokens[name], self.devices[name] = made["secret"], made["device"]

    def client(self, who: str) -> Patron:
        """A client of somebody who is known; each call has a connection of its own."""
        return Patron(self.address, self.tokens[who])

    def clerk(self, window: int, staff_no: str | None = None) -> Patron:
        """A clerk who is signed on at the window."""
        number = staff_no or f"05{window:02d}"
        self.staff(number, "clerk")
        client = self.client(number)
        client.command(f"/windows/{window}/open")
        return client

    def ask(
        self, method: str, path: str, token: str | None, body: Json | bytes | None = None
    ) -> requests.Response:
        """One request, whatever comes back."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        content = json.dumps(body).encode() if isinstance(body, dict) else body
        if content is not None:
            headers["Content-Type"] = "application/json"
        return requests.request(
            method,
            f"{self.address}/api/v1{path}",
            headers=headers,
            data=content,
            timeout=PATIENCE_S,
        )

    def issue(self, *items: str, who: str = "kiosk", **more: Any) -> Json:
        """A ticket from a kiosk."""
        self.device(who)
        answer = self.client(who).command("/tickets", items=list(items or ("RS-003",)), **more)
        ticket: Json = answer["ticket"]
        return ticket

    def call(self, clerk: Patron, window: int, ticket: Json) -> None:
        """The window calls this ticket; whoever waits there from other tests is served before."""
        while True:
            called = clerk.command(f"/windows/{window}/call")["ticket"]
            if called["id"] == ticket["id"]:
                return
            self.serve(clerk, window, called["id"])

    def serve(self, clerk: Patron, window: int, ticket: str) -> None:
        """The person who was called comes, and is done."""
        clerk.command(f"/windows/{window}/arrive", ticket=ticket)
        clerk.command(f"/windows/{window}/finish", ticket=ticket, item=0, result="done")


def events(house: House, after: int = 0) -> list[Json]:
    """The journal's events after a seq, as the operator reads them."""
    operator, found = house.process.operator(), []
    while True:
        page = operator.get(f"/events?after={after}&limit=1000")["events"]
        found.extend(page)
        if len(page) < 1000:
            return found
        after = page[-1]["seq"]
