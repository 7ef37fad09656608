"""The controller's client: what a kiosk says over HTTP, and what can come of it.

Every command carries a request id and is repeated with the same id while its
answer is lost, so that a repeat never makes a second ticket.  Names and ID numbers
are not parameters here: a keyed hash and a masked name are all there is to send.
Protocol: docs/protocol.md.

A line can fail in more ways than by being cut.  Every answer has to be there in a
bounded time, also one that trickles or never ends; and an answer without the mark
of the hall this kiosk belongs to (a portal of the network, another hall) is none.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import requests

from kiosk.day import Day, DayMalformed, day_from_json, wait_from_json, zone_from_json
from kiosk.leases import Block
from kiosk.lineage import Heard
from kiosk.outbox import Given
from kiosk.session.model import Choice, Outcome, Ticket, Visitor, Words

CONNECT_S = 1.0
READ_S = 3.0
ANSWER_S = 8.0
"""Longest time for one answer, however it comes."""
CHUNK = 65_536
LARGEST = 8 * 1024 * 1024
MARK = "Jiaohao-Hall"
NEVER_SENT = frozenset({"NewConnectionError", "ConnectTimeoutError", "NameResolutionError"})
"""Why a request failed before a byte of it went out."""
PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8)
NOT_ENROLLED = frozenset({"unauthenticated", "device-pending", "device-revoked"})

Json = Mapping[str, Any]


class LinkError(Exception):
    """Something came between the kiosk and the controller's yes."""


class Offline(LinkError):
    """No answer, or none that makes sense.  `sent` is False if the controller cannot have heard
    of the deed; else nobody knows whether it was done."""

    def __init__(self, why: str, *, sent: bool = True) -> None:
        super().__init__(why)
        self.sent = sent


class Faulty(Offline):
    """The controller is there, and failed at this very deed."""


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
    """The answer to a heartbeat.  `newest` is the controller's newest event; `forgotten` if its
    journal lacks the event that this kiosk says it has heard of."""

    newest: Heard
    forgotten: bool
    at_ms: int
    hall_open: bool


class Link:
    """Calls on one controller, or on the backup that takes its place.  May be used by several
    threads.

    `ca` is the hall's certificate authority for https.  `token` is set by enrolment, and so is
    `hall`, the mark that an answer has to bear; `seen` is the mark of the newest answer.
    `day_answer` is the newest answer of `day`, as it came.
    """

    def __init__(
        self, url: str, ca: Path | None = None, token: str = "", backup: str | None = None
    ) -> None:
        self.token, self.hall, self.seen = token, "", ""
        self.day_answer: Json = {}
        self._urls = [each.rstrip("/") for each in (url, backup) if each]
        self._verify: str | bool = str(ca) if ca else True
        self._local = threading.local()
        self._closing = threading.Event()
        self._sessions: list[requests.Session] = []

    def close(self) -> None:
        """Let no repeat wait any longer, and cut the connections.  For good."""
        self._closing.set()
        for session in self._sessions:
            session.close()

    def turn(self) -> None:
        """Nobody answers here: ask at the other address from now on, if there is one."""
        self._urls = [*self._urls[1:], self._urls[0]]

    # -- calls ------------------------------------------------------------------

    def enrol(self, name: str) -> tuple[str, str]:
        """Make this kiosk known; returns (secret, code to be approved)."""
        answer = self._call("POST", "devices", {"kind": "kiosk", "name": name})
        return _text(answer, "secret"), _text(answer, "code")

    def me(self) -> Enrolment:
        """What the controller thinks of this kiosk."""
        answer = self._call("GET", "devices/me")
        return Enrolment(_text(answer, "state"), str(answer.get("code") or ""))

    def beat(self, health: Mapping[str, str], heard: Heard | None = None) -> Beat:
        """Say that this kiosk lives, in what condition, and of which event it has heard."""
        said = {"heard": asdict(heard)} if heard else {}
        answer = self._call("POST", "devices/me/health", {"health": dict(health), **said})
        try:
            newest = Heard(str(answer["day"]), int(answer["seq"]), str(answer["digest"]))
            forgotten, is_open = bool(answer["forgotten"]), answer["hall"] == "open"
            return Beat(newest, forgotten, int(answer["at"]), is_open)
        except (KeyError, TypeError, ValueError):
            raise Offline("the heartbeat's answer makes no sense") from None

    def day(self) -> Day:
        """Today's catalogue, queues, hours and key."""
        answer = self._call("GET", "kiosk/day")
        try:
            day = day_from_json(answer)
        except DayMalformed as error:
            raise Offline(str(error)) from error
        self.day_answer = answer
        return day

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

    def report(self, given: Given, printed: bool) -> None:
        """A number that this kiosk gave out while it was cut off."""
        what: dict[str, Any] = (
            {"bundle": given.bundle} if given.bundle else {"items": list(given.items)}
        )
        person = {"key": given.key, "masked": given.masked} if given.key else None
        out = {"ticket": given.ticket, "code": given.code, "at": given.at, "printed": printed}
        body = what | {"priority": given.priority, "person": person, "given": out}
        self.command("tickets", given.request_id, body, 0.0)

    def withdraw(self, wish: str) -> None:
        """Nobody waits for the answer to this wish: its number is void, or will never be."""
        self.command("tickets/withdraw", f"{wish}-w", {"wish": wish}, 0.0)

    def lease(self, request_id: str, series: str) -> Block:
        """Numbers that this kiosk may give out while it is cut off."""
        answer = self.command("leases", request_id, {"series": series}, 0.0)
        return _block(answer, _text(answer, "day"), series)

    def leases(self) -> tuple[str, list[tuple[str, int, int]]]:
        """The hall day, and what is set aside for this kiosk: letter, first and last ordinal."""
        answer = self._call("GET", "leases")
        day = _text(answer, "day")
        blocks = [_block(row, day, "") for row in answer.get("leases") or ()]
        return day, [(block.letter, block.first, block.last) for block in blocks]

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
        """Repeat with the same id until there is an answer or no time is left; one try, however
        short the time."""
        deadline = time.monotonic() + within_s
        attempt, sent = 0, False
        while True:
            left = deadline - time.monotonic() if within_s else ANSWER_S
            try:
                return self._call("POST", path, {"request_id": request_id, **body}, left)
            except Offline as error:
                error.sent = sent = sent or error.sent
                pause = PAUSES_S[min(attempt, len(PAUSES_S) - 1)]
                if time.monotonic() + pause >= deadline or self._closing.wait(pause):
                    raise
                attempt += 1

    def _call(
        self, method: str, path: str, body: Json | None = None, within_s: float = ANSWER_S
    ) -> Json:
        """One request.  Every way in which it can fail leaves as a `LinkError`.  After one that
        failed the next takes a new connection: the old one may lead nowhere, or to somebody else.
        """
        session, deadline = self._session(), time.monotonic() + within_s
        short = max(within_s, 0.01)
        try:
            answer = session.request(
                method,
                f"{self._urls[0]}/api/v1/{path}",
                json=body,
                headers={"Authorization": f"Bearer {self.token}"} if self.token else {},
                timeout=(min(CONNECT_S, short), min(READ_S, short)),
                allow_redirects=False,
                stream=True,
            )
            content = _content(answer, deadline)
            self.seen = answer.headers.get(MARK, "")
            if self.hall and self.seen != self.hall:
                raise Offline("somebody else answers, not the controller of this hall")
            return _understood(answer.status_code, content)
        except (requests.RequestException, OSError) as error:
            session.close()
            # the original may carry the body it could not send
            raise Offline(type(error).__name__, sent=_may_have_been_sent(error)) from None
        except Offline:
            session.close()
            raise

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


def _content(answer: requests.Response, deadline: float) -> bytes:
    """The whole answer.  Raises `Offline` for one that takes too long or does not end."""
    content = b""
    try:
        for chunk in answer.iter_content(CHUNK):
            content += chunk
            if len(content) > LARGEST or time.monotonic() > deadline:
                raise Offline("the answer does not come to its end")
    except BaseException:
        answer.close()  # what is left of it would be taken for the next answer
        raise
    return content


def _may_have_been_sent(error: Exception) -> bool:
    """Whether the controller may have heard of a request that failed so."""
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return False
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ not in NEVER_SENT


def _understood(status: int, content: bytes) -> Json:
    try:
        data = json.loads(content) if content else {}
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise Offline(f"status {status} without a JSON object")
    if status in (200, 201, 204):
        return data
    code = str(data.get("code") or f"http-{status}")
    if status == 401 or code in NOT_ENROLLED:
        raise Unauthorised(code)
    if status == 429:
        raise Busy(code)
    if status >= 500:
        raise Faulty(code)
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


def _block(answer: Json, day: str, series: str) -> Block:
    try:
        first, last = int(answer["first"]), int(answer["last"])
        return Block(day, series, _text(answer, "series"), first, last)
    except (KeyError, TypeError, ValueError):
        raise Offline("the lease's answer makes no sense") from None


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
            ahead=None if slip.get("ahead") is None else int(slip["ahead"]),
            wait=wait_from_json(slip.get("wait")),
            issued_at=int(slip["issued_at"]),
            short_code=str(slip.get("short_code") or ""),
            priority=bool(slip.get("priority")),
            late=bool(answer["late"]) if "late" in answer else None,
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise Offline("the ticket's answer makes no sense") from None
