"""A small controller of our own for tests: real HTTP, real idempotency, switches for trouble."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from tests.kiosk.fake_reserve import Reserve
from tests.kiosk.people import ZONE_B, day_json

Reply = tuple[int, dict[str, Any]]


def problem(code: str, status: int) -> Reply:
    return status, {
        "type": f"urn:jiaohao:problem:{code}",
        "code": code,
        "status": status,
        "title": f"title {code}",
        "detail": f"detail {code}",
        "zh": {"title": f"标题 {code}", "detail": f"说明 {code}"},
    }


CODE = "7K3M2Q"


def slip_json(number: str) -> dict[str, Any]:
    return {
        "number": number,
        "items": ["社会保障卡申领"],
        "items_en": ["Social security card"],
        "bundle": None,
        "zone": ZONE_B,
        "windows": "3–8",
        "ahead": 7,
        "wait": [10, 20],
        "issued_at": 1_773_717_720_000,
        "short_code": CODE,
        "priority": False,
    }


def standing_json(number: str, state: str = "waiting", **more: Any) -> dict[str, Any]:
    """DESK_TICKET as far as a kiosk reads it."""
    item = {"code": "RS-003", "name": "社会保障卡申领", "name_en": "Card", "state": "open"}
    base = {
        "id": f"2026-03-17-{number}",
        "number": number,
        "state": state,
        "window": None,
        "zone": "B",
        "items": [item],
        "ahead": 4,
        "wait": [10, 20],
        "deadline_at": None,
        "reprints": 0,
        "issued_at": 1_773_717_720_000,
        "target": None,
        "bundle": None,
        "bundle_en": None,
    }
    return base | more


def booking_json(due: str = "due") -> dict[str, Any]:
    """OWN_BOOKING."""
    return {
        "id": "2026-03-17-1030-1",
        "day": "2026-03-17",
        "start": "2026-03-17T10:30:00",
        "item": "RS-003",
        "name": "社会保障卡申领",
        "name_en": "Card",
        "state": "booked",
        "code": CODE,
        "due": due,
        "opens": "2026-03-17T10:15",
    }


class FakeController:
    """Serves the kiosk's part of the protocol on loopback.

    `lose_answers`: so many next commands are done and their answer is lost.
    `refuse`: problem code for the next tickets.  `silent`: accepts and never answers.
    """

    def __init__(self, *, approve: bool = True) -> None:
        self.approve = approve
        self.lose_answers = 0
        self.fail_with: int | None = None
        self.refuse = ""
        self.refuse_with: dict[str, Any] = {}
        self.day = day_json()
        self.seq = 1
        self.devices: dict[str, str] = {}
        self.answers: dict[str, tuple[Any, Reply]] = {}
        self.tickets: dict[str, dict[str, Any]] = {}
        self.outcomes: dict[str, list[str]] = {}
        self.health: dict[str, str] = {}
        self.standing: list[dict[str, Any]] = []
        self.bookings: list[dict[str, Any]] = []
        self.looks: list[tuple[str, dict[str, Any]]] = []
        self.locked = False
        self.reserve = Reserve()
        self.mark = ""
        self.beats_at = 0
        self.bodies: list[str] = []
        self.calls: list[str] = []
        self.lock = threading.Lock()
        self._server: _Server | None = None
        self._port = 0

    def __enter__(self) -> FakeController:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; after a `stop`, on the same port."""
        self._server = _Server(("127.0.0.1", self._port), _Handler)
        self._server.fake = self
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """Go away: connections are refused and open ones cut."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.cut_all()
            self._server = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    # -- what it does -----------------------------------------------------------

    def answer(self, method: str, path: str, token: str, body: dict[str, Any]) -> Reply:
        if (method, path) == ("POST", "devices"):
            return self._enrol()
        state = self.devices.get(token)
        if state is None:
            return problem("unauthenticated", 401)
        if path == "devices/me":
            return 200, {"device": "d1", "kind": "kiosk", "state": state, "code": "7K3M2Q"}
        if state != "approved":
            return problem(f"device-{state}", 403)
        if path == "devices/me/health":
            self.health = body["health"]
            newest = {"seq": self.seq, "digest": f"{self.seq:016x}", "day": self.day["day"]}
            lost = body.get("heard", newest)["seq"] > self.seq
            at = self.beats_at
            return 200, {**newest, "forgotten": lost, "at": at, "hall": "open"}
        if path == "kiosk/day":
            return 200, self.day
        if path in ("lookups", "appointments/mine"):
            return self._look(path, body)
        if (method, path) == ("GET", "leases"):
            return self.reserve.mine()
        return self._command(path, body)

    def _look(self, path: str, body: dict[str, Any]) -> Reply:
        self.looks.append((path, body))
        if self.locked:
            return problem("too-many-requests", 429)
        if path == "appointments/mine":
            return 200, {"bookings": self.bookings}
        if "code" in body and body["code"] != CODE:
            return problem("unknown-ticket", 404)
        if "number" in body and body["number"] not in {row["number"] for row in self.standing}:
            return problem("unknown-ticket", 404)
        booked = self.bookings if "code" in body and not self.standing else []
        return 200, {"tickets": self.standing, "bookings": booked}

    def _enrol(self) -> Reply:
        secret = f"secret-{len(self.devices) + 1}"
        self.devices[secret] = "approved" if self.approve else "pending"
        return 201, {"device": "d1", "secret": secret, "code": "7K3M2Q"}

    def _command(self, path: str, body: dict[str, Any]) -> Reply:
        request_id = body["request_id"]
        if request_id in self.answers:
            first, reply = self.answers[request_id]
            return reply if first == (path, body) else problem("request-id-reused", 422)
        reply = self.reserve.command(path, body) or self._do(path, body)
        self.answers[request_id] = ((path, body), reply)
        return reply

    def _do(self, path: str, body: dict[str, Any]) -> Reply:
        if path == "tickets":
            return self._ticket(body)
        if path == "appointments/check-in":
            status, answer = self._ticket(body)
            return status, answer | {"late": False}
        if path.endswith("/print"):
            return self._print(path, body)
        ticket_id, deed = path.split("/")[1:]
        mine = [row for row in self.standing if row["id"] == ticket_id]
        if not mine:
            return problem("unknown-ticket", 404)
        if deed == "reprint":
            return 200, {"ticket": {"id": ticket_id}, "slip": slip_json(mine[0]["number"])}
        mine[0]["state"] = {"return": "returned", "cancel": "cancelled"}[deed]
        return 200, {"ticket": mine[0]}

    def _ticket(self, body: dict[str, Any]) -> Reply:
        if self.refuse:
            status, refusal = problem(self.refuse, 409)
            return status, refusal | self.refuse_with
        number = f"R{len(self.tickets) + 1:03d}"
        ticket_id = f"2026-03-17-{number}"
        self.seq += 1
        self.tickets[ticket_id] = body
        self.outcomes[ticket_id] = []
        slip = slip_json(number) | {
            "bundle": "灵活就业一件事" if "bundle" in body else None,
            "priority": body["priority"] is not None,
        }
        return 201, {"seq": self.seq, "ticket": {"id": ticket_id}, "slip": slip}

    def _print(self, path: str, body: dict[str, Any]) -> Reply:
        ticket_id = path.split("/")[1]
        if ticket_id not in self.outcomes:
            return problem("unknown-ticket", 404)
        self.outcomes[ticket_id].append(body["outcome"])
        return 200, {"seq": self.seq, "ticket": {"id": ticket_id}}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeController

    def __init__(self, *args: Any) -> None:
        self.connections: list[Any] = []
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.append(request)
        super().process_request(request, client_address)

    def cut_all(self) -> None:
        for connection in self.connections:
            try:
                connection.shutdown(2)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A cut line is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._serve({})

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with self.server.fake.lock:
            self.server.fake.bodies.append(text)
        self._serve(json.loads(text))

    def _serve(self, body: dict[str, Any]) -> None:
        fake = self.server.fake
        path = self.path.removeprefix("/api/v1/")
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        with fake.lock:
            fake.calls.append(f"{self.command} {path}")
            status, data = fake.answer(self.command, path, token, body)
            if fake.fail_with:
                status, data = fake.fail_with, {}
            lost = fake.lose_answers > 0 and path.startswith("tickets")
            fake.lose_answers -= lost
        if lost:
            self.close_connection = True
            return
        payload = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        if fake.mark:
            self.send_header("Jiaohao-Hall", fake.mark)
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *args: Any) -> None:
        """Quiet."""
