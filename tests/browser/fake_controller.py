"""A controller of a few lines that speaks the live protocol: what the screens are tested against.

It holds a board, changes it on demand and publishes whole entities with a gapless sequence, as
``docs/protocol.md`` says. It decides nothing.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, jsonify, request, send_from_directory
from flask_socketio import SocketIO, join_room, leave_room
from werkzeug.serving import make_server

from display.pages import STATIC, screens_blueprint
from tests.browser.fake_zones import PLACES, ZONES

TOKEN = "screen-token-for-tests"
Data = dict[str, Any]


def now_ms() -> int:
    return int(time.time() * 1000)


@dataclass
class Board:
    """The hall as the fake controller sees it."""

    seq: int = 100
    calls: dict[int, Data] = field(default_factory=dict)
    windows: dict[int, Data] = field(default_factory=dict)
    waiting: dict[str, int] = field(
        default_factory=lambda: {"A": 8, "B": 11, "C": 15, "D": 5, "E": 2, "X": 3, "Y": 2}
    )
    #: WAITS as the controller tells them, and how old they are, ms
    waits: dict[str, list[int]] | None = None
    waits_age_ms: int = 0
    notices: list[Data] = field(
        default_factory=lambda: [
            {"id": None, "text": "午间值班窗口：1、3、9、13 号", "until": None}
        ]
    )
    emergency: Data | None = None
    silent: set[str] = field(default_factory=set)
    hall_open: bool = True
    opens_at: int | None = None

    def __post_init__(self) -> None:
        for no, (zone, name, services) in PLACES.items():
            self.windows[no] = {
                "no": no,
                "name": name,
                "name_en": "General",
                "zone": zone,
                "state": "open",
                "reason": None,
                "until": None,
                "number": None,
                "serving": False,
                "rating": None,
                "services": services,
                "services_en": [],
            }


class FakeController:
    """Runs on a free port of the loopback until ``close``."""

    def __init__(self, beat_s: float = 1.0) -> None:
        self.board = Board()
        self.devices: dict[str, Data] = {}
        self.ratings: list[Data] = []
        self.health: list[Data] = []
        """What devices said of themselves, in order."""
        self.clock_ahead_ms = 0
        self._last: dict[str, int] = {}
        self._beats = 0
        self._lock = threading.RLock()
        self._breath = threading.Lock()
        app = Flask("fake-controller", static_folder=None)
        app.register_blueprint(screens_blueprint())
        # A page whose clock a test moves lives through minutes in seconds: a ping at every half
        # second keeps its socket from giving the controller up, which it does after 60 s without.
        self._socket = SocketIO(
            app,
            async_mode="threading",
            cors_allowed_origins="*",
            ping_interval=0.5,
            ping_timeout=60,
        )
        self._routes(app)
        self._feed()
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.port: int = self._server.server_port
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True),
            threading.Thread(target=self._beat, args=(beat_s,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._stopped.set()
        self._server.shutdown()
        for thread in self._threads:
            thread.join(timeout=5)
        self._server.server_close()

    def silence(self) -> None:
        """No heartbeat from now on; the sockets stay open."""
        self._stopped.set()

    @contextlib.contextmanager
    def between_beats(self) -> Iterator[int]:
        """One more heartbeat, whose number this is, and none until the end of the block: who has
        heard it has heard everything that was told before."""
        with self._breath:
            yield self._beat_once()

    # ── deeds ────────────────────────────────────────────────────────────────
    def call(self, number: str, window: int, ago_s: float = 0, quietly: bool = False) -> int:
        """Calls a ticket to a window; ``quietly`` changes the board without publishing."""
        with self._lock:
            at = now_ms() - int(ago_s * 1000)
            call = {
                "id": self.board.seq + 1,
                "ticket": f"2026-11-23-{number}",
                "number": number,
                "window": window,
                "zone": PLACES[window][0],
                "ticket_zone": PLACES[window][0],
                "state": "called",
                "times": 1,
                "called_at": at,
                "last_called_at": at,
                "arrived_at": None,
            }
            self.board.windows[window] |= {"number": number, "serving": False, "rating": None}
            return self._publish("ticket.called", call, quietly)

    def recall(self, call_id: int) -> int:
        old = self.board.calls[call_id]
        call = old | {"times": old["times"] + 1, "last_called_at": now_ms()}
        return self._publish("ticket.recalled", call)

    def arrive(self, call_id: int, quietly: bool = False) -> int:
        call = self.board.calls[call_id] | {"state": "serving", "arrived_at": now_ms()}
        self.board.windows[call["window"]]["serving"] = True
        return self._publish("ticket.arrived", call, quietly)

    def pass_over(self, call_id: int, quietly: bool = False) -> int:
        call = self.board.calls[call_id] | {"state": "passed"}
        self.board.windows[call["window"]] |= {"number": None, "serving": False}
        return self._publish("ticket.passed", call, quietly)

    def finish(self, call_id: int, asking_s: float = 0) -> int:
        """Ends the visit; the window asks for a rating so long."""
        call = self.board.calls[call_id] | {"state": "done"}
        until = now_ms() + int(asking_s * 1000)
        rating = {"number": call["number"], "until": until} if asking_s else None
        self.board.windows[call["window"]] |= {"number": None, "serving": False, "rating": rating}
        return self._publish("ticket.finished", call)

    def window(self, no: int, **changes: Any) -> int:
        """Changes a window: ``state="paused", until=...``."""
        with self._lock:
            self.board.windows[no] |= changes
            self.board.seq += 1
            event: Data = {
                "seq": self.board.seq,
                "type": "window.changed",
                "at": now_ms(),
                "window": dict(self.board.windows[no]),
            }
            self._send(event, {"hall", f"zone:{PLACES[no][0]}", f"window:{no}"})
            return self.board.seq

    def tell(self, *texts: str, until: int | None = None, quietly: bool = False) -> None:
        """Has every screen show these notices and no others."""
        self.board.notices = [
            {"id": f"N{n}", "text": text, "until": until} for n, text in enumerate(texts)
        ]
        self._told("notice.released", quietly)

    def alarm(
        self, kind: str | None, drill: bool = False, minutes: float = 60, quietly: bool = False
    ) -> None:
        """Raises an emergency, or ends it."""
        since, until = now_ms(), now_ms() + int(minutes * 60_000)
        standing = {"kind": kind, "drill": drill, "since": since, "until": until}
        self.board.emergency = standing if kind else None
        self._told("emergency.raised" if kind else "emergency.ended", quietly)

    def _told(self, kind: str, quietly: bool) -> None:
        with self._lock:
            self.board.seq += 1
            board = self.board
            told = {"notices": board.notices, "emergency": board.emergency}
            event = {"seq": board.seq, "type": kind, "at": now_ms(), **told}
            if not quietly:
                rooms = {"hall", *(f"zone:{zone['id']}" for zone in ZONES)}
                self._send(event, rooms | {f"window:{no}" for no in PLACES})

    def send_raw(self, message: Data, room: str = "hall") -> None:
        """Whatever somebody may send in our name."""
        self._socket.emit("events", message, to=room)

    def approve_all(self) -> None:
        for device in self.devices.values():
            device["state"] = "approved"

    # ── publishing ───────────────────────────────────────────────────────────
    def _publish(self, kind: str, call: Data, quietly: bool = False) -> int:
        with self._lock:
            self.board.seq += 1
            self.board.calls[call["id"]] = call
            if quietly:
                return call["id"]  # type: ignore[no-any-return]
            ticket = {key: call[key] for key in ("number", "state", "zone", "window")}
            event = {
                "seq": self.board.seq,
                "type": kind,
                "at": now_ms(),
                "ticket": {"id": call["ticket"], **ticket},
                "call": call,
                "window": dict(self.board.windows[call["window"]]),
                "waiting": {call["zone"]: self.board.waiting[call["zone"]]},
            }
            rooms = {"hall", f"zone:{call['zone']}", f"window:{call['window']}"}
            self._send(event, rooms)
            return call["id"]  # type: ignore[no-any-return]

    def _send(self, event: Data, rooms: set[str]) -> None:
        for room in rooms:
            prev, self._last[room] = self._last.get(room, 0), event["seq"]
            message = {"room": room, "prev": prev, "seq": event["seq"], "events": [event]}
            self._socket.emit("events", message, to=room)

    def lose_one(self, number: str, window: int) -> int:
        """A call whose event never reaches anybody: the next event shows a gap."""
        with self._lock:
            call_id = self.call(number, window, quietly=True)
            for room in ("hall", f"zone:{PLACES[window][0]}", f"window:{window}"):
                self._last[room] = self.board.seq
            return call_id

    def _beat(self, every_s: float) -> None:
        while not self._stopped.wait(every_s):
            with self._breath:
                self._beat_once()

    def _beat_once(self) -> int:
        with self._lock:
            self._beats += 1
            beat = {
                "seq": self.board.seq,
                "at": now_ms() + self.clock_ahead_ms,
                "rooms": dict(self._last),
                "waits": self._waits(),
                "beat": self._beats,
            }
            self._socket.emit("hb", beat)
            return self._beats

    # ── what clients ask ─────────────────────────────────────────────────────
    def snapshot(self) -> Data:
        board = self.board
        newest = sorted(board.calls.values(), key=lambda c: (-c["last_called_at"], -c["id"]))
        return {
            "seq": board.seq,
            "at": now_ms(),
            "day": f"{datetime.now(UTC) + timedelta(hours=8):%Y-%m-%d}",
            "tz": "Asia/Shanghai",
            "hall": {
                "name": "青禾区政务服务中心",
                "name_en": "Qinghe District Service Hall",
                "short_name": "青禾政务",
            },
            "zones": [
                {**zone, "silent": [["00:00", "24:00"]] if zone["id"] in board.silent else []}
                for zone in ZONES
            ],
            "windows": list(board.windows.values()),
            "calls": newest[:40],
            "waiting": board.waiting,
            "waits": self._waits(),
            "queues": {},
            "notices": board.notices,
            "emergency": board.emergency,
            "hall_open": board.hall_open,
            "opens_at": board.opens_at,
        }

    def _waits(self) -> Data | None:
        """The waits, as by the controller's clock."""
        board = self.board
        at = now_ms() + self.clock_ahead_ms - board.waits_age_ms
        return None if board.waits is None else {"at": at, "zones": board.waits}

    def _allowed(self, token: str | None) -> bool:
        return token == TOKEN or self.devices.get(token or "", {}).get("state") == "approved"

    def _feed(self) -> None:
        socket = self._socket

        @socket.on("connect")
        def connect(auth: Data | None) -> bool:
            return self._allowed((auth or {}).get("token"))

        @socket.on("join")
        def join(asked: Data) -> Data:
            with self._lock:
                join_room(asked["room"])
                return {"ok": True, "seq": self.board.seq, "snapshot": self.snapshot()}

        @socket.on("snapshot")
        def snapshot(asked: Data) -> Data:
            with self._lock:
                return {"ok": True, "seq": self.board.seq, "snapshot": self.snapshot()}

        @socket.on("leave")
        def leave(asked: Data) -> Data:
            leave_room(asked["room"])
            return {"ok": True}

    def _routes(self, app: Flask) -> None:
        @app.post("/api/v1/devices")
        def enrol() -> Any:
            secret = f"secret-{len(self.devices) + 1}"
            asked = request.get_json()
            device = {"device": secret[-1], "code": "7K3M2Q", "state": "pending", **asked}
            self.devices[secret] = device
            return jsonify(device=device["device"], secret=secret, code=device["code"]), 201

        @app.get("/api/v1/devices/me")
        def me() -> Any:
            secret = request.headers.get("Authorization", "").removeprefix("Bearer ")
            device = self.devices.get(secret)
            if device is None:
                return jsonify(code="unauthenticated", status=401, title="Unknown"), 401
            return jsonify(device)

        @app.get("/api/v1/windows/<int:no>/rating")
        def may_rate(no: int) -> Any:
            asked = self.board.windows[no]["rating"]
            return jsonify(rating=asked and {"token": f"token-{asked['number']}", **asked})

        @app.post("/api/v1/windows/<int:no>/rating")
        @app.post("/api/v1/windows/<int:no>/rating/reasons")
        def rate(no: int) -> Any:
            body = request.get_json()
            self.ratings.append({"window": no, **body})
            return jsonify(seq=self.board.seq, low=body.get("level", 5) <= 2), 201

        @app.get("/rate")
        def by_slip() -> Any:
            return send_from_directory(STATIC / "rate", "rate.html")

        @app.post("/api/v1/devices/me/health")
        def health() -> Any:
            self.health.append(request.get_json()["health"])
            return jsonify(seq=self.board.seq, at=now_ms(), day="2026-11-23", hall="open")
