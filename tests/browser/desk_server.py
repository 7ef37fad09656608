"""The desk hall over HTTP and the live feed, with switches for what goes wrong on a network."""

from __future__ import annotations

import socket as sockets
import threading
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_socketio import SocketIO, join_room
from werkzeug.serving import WSGIRequestHandler, make_server

from controller.web.pages import pages, screens_blueprint
from tests.browser.desk_fake import ITEMS, SKILLS, STAFF_NO, Data, DeskHall, Refused, now_ms

TOKEN = "staff-token-for-tests"
PASSWORD = "correct horse battery"


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


class DeskServer:
    """On a free port of the loopback until ``close``; ``commands`` holds every POST as it came."""

    def __init__(self, hall: DeskHall | None = None, beat_s: float = 0.5) -> None:
        self.hall = hall or DeskHall()
        self.role = "clerk"
        self.session_ended = False
        self.commands: list[tuple[str, Data]] = []
        self.lose_answers = 0  # carried out, but the answer never arrives
        self.refuse: Refused | None = None  # once
        self.hold: threading.Event | None = None  # answers wait for it
        self.waits: Data | None = None  # WAITS, as the heartbeat tells them
        self.keys: Data | None = None  # what the hall's consoles have
        self._answers: dict[str, Data] = {}
        self._lock = threading.RLock()
        self._speaking = threading.Event()
        self._speaking.set()
        app = Flask("desk-server", static_folder=None)
        app.register_blueprint(screens_blueprint())
        app.register_blueprint(pages)
        self._socket = SocketIO(app, async_mode="threading")
        self._feed()
        self._session_routes(app)
        self._window_routes(app)
        self.extend(app)
        app.register_error_handler(Refused, problem)
        self._server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
        self.port: int = self._server.server_port
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True),
            threading.Thread(target=self._beat, args=(beat_s,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def extend(self, app: Flask) -> None:
        """For more routes in a subclass."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def deeds(self) -> list[str]:
        """What was really done at the window, in order."""
        return [deed for deed, _ in self.hall.done]

    def close(self) -> None:
        if self.hold:
            self.hold.set()
        self._stopped.set()
        self._speaking.set()
        self._server.shutdown()
        for thread in self._threads:
            thread.join(timeout=5)
        self._server.server_close()

    def publish(self) -> None:
        """Tell everybody the state as it is."""
        hall = self.hall
        console = {"room": "console:5", "seq": hall.seq, "console": hall.console()}
        self._socket.emit("console", console, to="console:5")
        event = {"seq": hall.seq, "type": "ticket.changed", "at": now_ms(), "queues": hall.queues()}
        message = {"room": "hall", "prev": hall.seq - 1, "seq": hall.seq, "events": [event]}
        self._socket.emit("events", message, to="hall")

    def silence(self) -> None:
        """No sign of life any more; the sockets stay open, as with a pulled cable, and whoever
        dials again hears nothing either."""
        self._speaking.clear()

    def speak(self) -> None:
        self._speaking.set()

    def change(self, change: Callable[[DeskHall], object]) -> None:
        """Change the hall behind the console's back and publish."""
        with self._lock:
            change(self.hall)
            self.hall.seq += 1
            self.publish()

    def command(self, path: str, body: Data, do: Callable[[], Data]) -> Response:
        """A repeat gets the first answer; then the switches."""
        self.commands.append((path, body))
        with self._lock:
            if self.refuse:
                refusal, self.refuse = self.refuse, None
                raise refusal
            if body["request_id"] not in self._answers:
                self._answers[body["request_id"]] = do()
                self.publish()
            answer = jsonify(self._answers[body["request_id"]])
        if self.hold:
            self.hold.wait(10)
        if self.lose_answers > 0:
            self.lose_answers -= 1
            request.environ["werkzeug.socket"].shutdown(sockets.SHUT_RDWR)
        return answer

    def check(self) -> None:
        if self.session_ended or request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise Refused("unauthenticated", 401, "Sign in first.", "请先登录。")

    def _beat(self, every_s: float) -> None:
        while not self._stopped.wait(every_s):
            if not self._speaking.is_set():
                continue
            with self._lock:
                seq = self.hall.seq
            rooms = {"hall": seq, "console:5": seq}
            beat = {"seq": seq, "at": now_ms(), "rooms": rooms, "waits": self.waits}
            self._socket.emit("hb", beat)

    def _feed(self) -> None:
        @self._socket.on("connect")
        def connect(auth: Data | None) -> bool:
            return (auth or {}).get("token") == TOKEN

        @self._socket.on("join")
        def join(asked: Data) -> Data:
            self._speaking.wait()
            with self._lock:
                join_room(asked["room"])
                return {"ok": True, "seq": self.hall.seq, "snapshot": self._state(asked["room"])}

        @self._socket.on("snapshot")
        def snapshot(asked: Data) -> Data:
            self._speaking.wait()
            with self._lock:
                return {"ok": True, "seq": self.hall.seq, "snapshot": self._state(asked["room"])}

    def _state(self, room: str) -> Data:
        """As it is now, whatever changes before it is sent."""
        own = room.startswith("console:")
        return deepcopy(self.hall.console() if own else self.hall.snapshot())

    def _session_routes(self, app: Flask) -> None:
        @app.post("/api/v1/session")
        def sign_in() -> Any:
            asked = request.get_json()
            if asked["password"] != PASSWORD:
                raise Refused("wrong-password", 401, "Wrong.", "工号或密码不对，请重新输入。")
            return jsonify(
                token=TOKEN, staff_no=asked["staff_no"], role=self.role, expires_at=0
            ), 201

        @app.get("/api/v1/session")
        def session() -> Any:
            self.check()
            with self._lock:
                window = 5 if self.hall.window["clerk"] == STAFF_NO else None
            return jsonify(staff_no=STAFF_NO, role=self.role, expires_at=0, window=window)

        @app.delete("/api/v1/session")
        def sign_out() -> Any:
            self.check()
            return "", 204

        @app.get("/api/v1/snapshot")
        def snapshot() -> Any:
            self.check()
            with self._lock:
                return jsonify(seq=self.hall.seq, snapshot=self.hall.snapshot())

    def _window_routes(self, app: Flask) -> None:
        other = {
            "no": 6,
            "name": "综合民生",
            "name_en": "Civil affairs",
            "zone": "B",
            "services": [],
        }

        @app.get("/api/v1/windows")
        def windows() -> Any:
            self.check()
            taken = other | {"state": "open", "clerk": "0518", "services_en": [], "reason": None}
            with self._lock:
                return jsonify(windows=[taken, self.hall.window])

        @app.get("/api/v1/catalogue")
        def catalogue() -> Any:
            self.check()
            return jsonify(items=ITEMS, skills=SKILLS, keys=self.keys)

        @app.get("/api/v1/windows/5/console")
        def console() -> Any:
            self.check()
            with self._lock:
                return jsonify(seq=self.hall.seq, console=self.hall.console())

        @app.post("/api/v1/windows/5/<deed>")
        def command(deed: str) -> Any:
            self.check()
            body = request.get_json()
            return self.command(deed, body, lambda: self.hall.do(deed, body))


def problem(refusal: Refused) -> tuple[Data, int, dict[str, str]]:
    kind = {"Content-Type": "application/problem+json"}
    return refusal.document(), refusal.status, kind
