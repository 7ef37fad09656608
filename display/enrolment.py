"""How a screen's agent becomes a device of the controller, and stays one."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import requests

from controller.sdnotify import Turn

RETRY_S = 2.0
TIMEOUT_S = 5.0
LOOK_S = 0.5
BOUND_S = 60.0
"""Longer than a round takes, a name server that does not answer included."""


class Api(Protocol):
    """Calls to the controller; raises ``requests.RequestException`` when it does not answer."""

    def __call__(
        self, method: str, path: str, token: str | None, body: dict[str, Any] | None
    ) -> tuple[int, dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Identity:
    """What the controller gave this screen. ``secret`` is worth nothing until approved."""

    secret: str
    code: str
    approved: bool = False


class TokenFile:
    """The identity on disk, readable by its owner only."""

    def __init__(self, state_dir: Path) -> None:
        self._path = state_dir / "device.json"

    def load(self) -> Identity | None:
        """The kept identity; None when there is none or the file is damaged."""
        try:
            return Identity(**json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def save(self, identity: Identity) -> None:
        """Durable and whole: a power cut leaves the old identity or the new one."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(identity), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)


def http_api(controller: str, ca: Path | None = None) -> Api:
    """Calls over HTTP to ``controller``, whose certificate must come from ``ca`` when given."""

    def call(
        method: str, path: str, token: str | None, body: dict[str, Any] | None
    ) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = requests.request(
            method,
            controller.rstrip("/") + path,
            json=body,
            headers=headers,
            timeout=TIMEOUT_S,
            verify=str(ca) if ca else True,
        )
        try:
            data = answer.json()
        except requests.JSONDecodeError:
            data = {}
        return answer.status_code, data if isinstance(data, dict) else {}

    return call


class Enrolment:
    """Enrols once, waits for approval, then tells every 2 s that the screen lives."""

    def __init__(
        self,
        api: Api,
        file: TokenFile,
        name: str,
        retry_s: float = RETRY_S,
        room: str = "",
        health: Callable[[], dict[str, str]] = lambda: {"display": "ok"},
        kind: str = "screen",
    ) -> None:
        """`room`: what the device shows or serves; it is approved for that. `health` says how its
        parts are, in single words."""
        self._api = api
        self._file = file
        self._name = name
        self._retry_s = retry_s
        self._room = room
        self._health = health
        self._kind = kind
        self._identity = file.load()
        self._stopped = threading.Event()
        self._wake = threading.Event()
        self.turn = Turn("enrolment", BOUND_S)
        self._thread = threading.Thread(target=self._run, name="enrolment", daemon=True)

    @property
    def identity(self) -> Identity | None:
        return self._identity

    @property
    def token(self) -> str | None:
        """What lets this screen in, once it is approved."""
        identity = self._identity
        return identity.secret if identity and identity.approved else None

    @property
    def code(self) -> str | None:
        """What an administrator has to approve; None when nothing."""
        identity = self._identity
        return identity.code if identity and not identity.approved else None

    def tell_code_until(self, stop: threading.Event, tell: Callable[[str], None]) -> None:
        """For a device without a screen: tell each code that is to be approved, until `stop`."""
        told = None
        while not stop.wait(LOOK_S):
            if (code := self.code) != told:
                told = code
                if code:
                    tell(f"approve {code[:3]}-{code[3:]}")

    def start(self) -> None:
        self._thread.start()

    def report_now(self) -> None:
        """A word has changed: do not wait for the next round to tell it."""
        self._wake.set()

    def stop(self) -> None:
        self._stopped.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=TIMEOUT_S + 1)

    def ask(
        self, method: str, path: str, body: dict[str, Any] | None
    ) -> tuple[int, dict[str, Any]] | None:
        """Ask the controller with the screen's token; None while it has none, or nobody answers."""
        token = self.token
        if token is None:
            return None
        try:
            return self._api(method, path, token, body)
        except requests.RequestException:
            return None

    def step(self) -> None:
        """One conversation with the controller. Raises ``requests.RequestException``."""
        if self._identity is None:
            self._enrol()
        elif not self._identity.approved:
            self._ask()
        else:
            self._report()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.turn()
            self._wake.clear()
            # A controller that is away is no reason to stop: the page shows that it waits.
            with contextlib.suppress(requests.RequestException):
                self.step()
            self._wake.wait(self._retry_s)

    def _enrol(self) -> None:
        body = {"kind": self._kind, "name": self._name}
        if self._room:
            body["room"] = self._room
        status, answer = self._api("POST", "/api/v1/devices", None, body)
        if status == 201:
            self._keep(Identity(answer["secret"], answer["code"]))

    def _ask(self) -> None:
        assert self._identity is not None
        status, answer = self._api("GET", "/api/v1/devices/me", self._identity.secret, None)
        if status == 200 and answer.get("state") == "approved":
            self._keep(Identity(self._identity.secret, self._identity.code, approved=True))
        elif status in (401, 404) or answer.get("state") == "revoked":
            self._forget()

    def _report(self) -> None:
        assert self._identity is not None
        path, health = "/api/v1/devices/me/health", {"health": self._health()}
        status, answer = self._api("POST", path, self._identity.secret, health)
        if status == 401 or answer.get("code") == "device-revoked":
            self._forget()

    def _keep(self, identity: Identity) -> None:
        self._file.save(identity)
        self._identity = identity

    def _forget(self) -> None:
        """Revoked or unknown: enrol afresh, to be approved by a person again."""
        self._file.forget()
        self._identity = None
