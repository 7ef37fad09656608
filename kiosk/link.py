"""The controller's client: what a kiosk says over HTTP, and what can come of it.

Every command carries a request id and is repeated with the same id while its
answer is lost, so that a repeat never makes a second ticket.  Names and ID numbers
are not parameters here: a keyed hash and a masked name are all there is to send.
Protocol: docs/protocol.md.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from kiosk.day import Day, DayMalformed, day_from_json, wait_from_json, zone_from_json
from kiosk.session.model import Choice, Outcome, Ticket, Visitor, Words

CONNECT_S = 1.0
READ_S = 3.0
PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8)
NOT_ENROLLED = frozenset({"unauthenticated", "device-pending", "device-revoked"})

Json = Mapping[str, Any]


class LinkError(Exception):
    """Something came between the kiosk and the controller's yes."""


class Offline(LinkError):
    """No answer, or none that makes sense.  Whether the deed was done is not known."""


class Busy(Offline):
    """Asked too often: wait."""


class Refused(LinkError):
    """The controller said no.  `code` is stable; `words` are for the page; `ticket` is the number
    in the way, if one is."""

    def __init__(self, code: str, words: Words, ticket: str = "") -> None:
        super().__init__(code)
        self.code, self.words, self.ticket = code, words, ticket


class Unauthorised(LinkError):
    """The controller does not know this kiosk, not yet, or no more."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How the controller knows this kiosk.  `state`: pending, approved or revoked."""

    state: str
    code: str


@dataclass(frozen=True, slots=True)
class Beat:
    """The answer to a heartbeat."""

    seq: int
    at_ms: int
    day: str
    hall_open: bool


class Link:
    """Calls on one controller.  May be used by several threads.

    `ca` is the hall's certificate authority for https.  `token` is set by enrolment.
    """

    def __init__(self, url: str, ca: Path | None = None, token: str = "") -> None:
        self.token = token
        self._url = url.rstrip("/")
        self._verify: str | bool = str(ca) if ca else True
        self._local = threading.local()
        self._closing = threading.Event()
        self._sessions: list[requests.Session] = []

    def close(self) -> None:
        """Let no repeat wait any longer, and cut the connections.  For good."""
        self._closing.set()
        for session in self._sessions:
            session.close()

    # -- calls ------------------------------------------------------------------

    def enrol(self, name: str) -> tuple[str, str]:
        """Make this kiosk known; returns (secret, code to be approved)."""
        answer = self._call("POST", "devices", {"kind": "kiosk", "name": name})
        return _text(answer, "secret"), _text(answer, "code")

    def me(self) -> Enrolment:
        """What the controller thinks of this kiosk."""
        answer = self._call("GET", "devices/me")
        return Enrolment(_text(answer, "state"), str(answer.get("code") or ""))

    def beat(self, health: Mapping[str, str]) -> Beat:
        """Say that this kiosk lives, and in what condition."""
        answer = self._call("POST", "devices/me/health", {"health": dict(health)})
        try:
            return Beat(
                int(answer["seq"]), int(answer["at"]), answer["day"], answer["hall"] == "open"
            )
        except (KeyError, TypeError, ValueError):
            raise Offline("the heartbeat's answer makes no sense") from None

    def day(self) -> Day:
        """Today's catalogue, queues, hours and key."""
        try:
            return day_from_json(self._call("GET", "kiosk/day"))
        except DayMalformed as error:
            raise Offline(str(error)) from error

    def issue(self, request_id: str, choice: Choice, visitor: Visitor, within_s: float) -> Ticket:
        """A number.  Raises `Refused`, `Unauthorised`, or `Offline` when `within_s` is over."""
        what: dict[str, Any] = (
            {"bundle": choice.bundle} if choice.bundle else {"items": list(choice.items)}
        )
        body = what | {
            "priority": visitor.priority,
            "person": {"key": visitor.key, "masked": visitor.masked},
        }
        return ticket_of(self.command("tickets", request_id, body, within_s))

    def confirm(self, ticket: str, outcome: Outcome, within_s: float = 0.0) -> None:
        """How a number ended.  The request id follows from both, so a repeat is one deed."""
        request_id = f"{ticket}-{outcome.value}"
        body = {"outcome": outcome.value}
        self.command(f"tickets/{ticket}/print", request_id, body, within_s)

    def ask(self, path: str, body: Json) -> Json:
        """A question that changes nothing.  Raises `LinkError`."""
        return self._call("POST", path, body)

    # -- the way there ----------------------------------------------------------

    def command(self, path: str, request_id: str, body: Json, within_s: float) -> Json:
        """Repeat with the same id until there is an answer or no time is left."""
        deadline = time.monotonic() + within_s
        attempt = 0
        while True:
            try:
                return self._call("POST", path, {"request_id": request_id, **body})
            except Offline:
                pause = PAUSES_S[min(attempt, len(PAUSES_S) - 1)]
                if time.monotonic() + pause >= deadline or self._closing.wait(pause):
                    raise
                attempt += 1

    def _call(self, method: str, path: str, body: Json | None = None) -> Json:
        """One request.  Every way in which it can fail leaves as a `LinkError`."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            answer = self._session().request(
                method,
                f"{self._url}/api/v1/{path}",
                json=body,
                headers=headers,
                timeout=(CONNECT_S, READ_S),
                allow_redirects=False,
            )
        except (requests.RequestException, OSError) as error:
            # the original may carry the body it could not send
            raise Offline(type(error).__name__) from None
        return _understood(answer)

    def _session(self) -> requests.Session:
        """One kept-alive connection for each thread."""
        session = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = False
            session.verify = self._verify
            self._local.session = session
            self._sessions.append(session)
        return session


def _understood(answer: requests.Response) -> Json:
    try:
        data = answer.json() if answer.content else {}
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise Offline(f"status {answer.status_code} without a JSON object")
    if answer.status_code in (200, 201, 204):
        return data
    code = str(data.get("code") or f"http-{answer.status_code}")
    if answer.status_code == 401 or code in NOT_ENROLLED:
        raise Unauthorised(code)
    if answer.status_code == 429:
        raise Busy(code)
    if answer.status_code >= 500:
        raise Offline(code)
    raise Refused(code, _words(data), str(data.get("ticket") or ""))


def _words(problem: Json) -> Words:
    zh = problem.get("zh")
    zh = zh if isinstance(zh, dict) else {}
    title, say = str(problem.get("title") or "No ticket"), str(problem.get("detail") or "")
    return Words(str(zh.get("title") or title), title, str(zh.get("detail") or say), say)


def _text(answer: Json, key: str) -> str:
    value = answer.get(key)
    if not isinstance(value, str) or not value:
        raise Offline(f"the answer lacks {key}")
    return value


def ticket_of(answer: Json) -> Ticket:
    """The number in an answer, with all that is shown and printed.  Raises `Offline`."""
    try:
        ticket, slip = answer["ticket"], answer["slip"]
        return Ticket(
            id=str(ticket["id"]),
            number=str(slip["number"]),
            items=tuple(slip["items"]),
            items_en=tuple(slip.get("items_en") or ()),
            bundle=slip.get("bundle"),
            zone=zone_from_json(slip["zone"]),
            windows=str(slip.get("windows") or ""),
            ahead=int(slip.get("ahead") or 0),
            wait=wait_from_json(slip.get("wait")),
            issued_at=int(slip["issued_at"]),
            short_code=str(slip.get("short_code") or ""),
            priority=bool(slip.get("priority")),
            late=bool(answer["late"]) if "late" in answer else None,
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise Offline("the ticket's answer makes no sense") from None
