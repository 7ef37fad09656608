"""The page's Flask application: files, the stream of views, and touches."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, request, send_from_directory

from kiosk.board import Board
from kiosk.session.model import Act
from kiosk.station import Station

BEAT_S = 2.0
LISTENERS = 4
"""Pages that may listen at once; the oldest gives way.  Each takes a thread."""
PAGE = Path(__file__).parent / "static"
SCREENS = Path(__file__).parents[2] / "display" / "static"
"""Tokens, icons and libraries that all screens share."""
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_ARGUMENTS = {
    "pad_key": "key",
    "choose": "code",
    "choose_bundle": "id",
    "group": "id",
    "turn": "page",
    "drop": "code",
    "pick": "id",
    "code_key": "key",
    "search_key": "key",
    "elder": "on",
    "contrast": "on",
    "voice": "on",
    "lang": "lang",
}


def create_app(station: Station, hosts: frozenset[str]) -> Flask:
    """The application for one station.  `hosts`: the Host headers that mean this page."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 4096
    seats = _Seats()

    @app.before_request
    def only_our_own_page() -> None:
        if request.host not in hosts:
            abort(403)

    @app.after_request
    def guard(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @app.get("/")
    def page() -> Response:
        return send_from_directory(PAGE, "kiosk.html")

    @app.get("/static/kiosk/<path:name>")
    def page_file(name: str) -> Response:
        return send_from_directory(PAGE, name)

    @app.get("/static/shared/<path:name>")
    def shared_file(name: str) -> Response:
        return send_from_directory(SCREENS / "shared", name)

    @app.get("/static/vendor/<path:name>")
    def vendored_file(name: str) -> Response:
        return send_from_directory(SCREENS / "vendor", name)

    @app.get("/favicon.ico")
    def no_icon() -> tuple[str, int]:
        return "", 204

    @app.get("/health")
    def health() -> Response:
        """How the devices are, for `jiaohao kiosk doctor` on this machine."""
        return jsonify(kiosk=station.board.no, health=station.health())

    @app.get("/events")
    def events() -> Response:
        stream = _stream(station.board, seats)
        return Response(stream, mimetype="text/event-stream")

    @app.post("/act")
    def act() -> tuple[Response, int]:
        _same_origin(hosts)
        body = request.get_json(silent=True)
        parsed = _act(body)
        if parsed is None:
            return jsonify({"error": "malformed"}), 400
        taken = station.act(*parsed)
        return jsonify({}), 200 if taken else 409

    return app


def _same_origin(hosts: frozenset[str]) -> None:
    """A page of another origin cannot set the header, and says where it comes from."""
    origin = request.headers.get("Origin")
    if request.headers.get("X-Kiosk") != "1":
        abort(403)
    if origin is not None and origin not in {f"http://{host}" for host in hosts}:
        abort(403)


def _act(body: Any) -> tuple[int, Act] | None:
    """The revision and the act, or None."""
    if not isinstance(body, dict) or type(body.get("rev")) is not int:
        return None
    name = body.get("act")
    if not isinstance(name, str):
        return None
    argument = body.get(_ARGUMENTS.get(name, ""), "")
    if isinstance(argument, bool):
        argument = "true" if argument else "false"
    return (body["rev"], Act(name, argument)) if isinstance(argument, str) else None


class _Seats:
    """Who listens.  A newcomer beyond the last seat takes the oldest listener's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: list[object] = []

    def take(self) -> object:
        with self._lock:
            seat = object()
            self._taken = [*self._taken, seat][-LISTENERS:]
            return seat

    def holds(self, seat: object) -> bool:
        with self._lock:
            return any(taken is seat for taken in self._taken)

    def leave(self, seat: object) -> None:
        with self._lock:
            self._taken = [taken for taken in self._taken if taken is not seat]


def _stream(board: Board, seats: _Seats) -> Iterator[str]:
    seat, turn = seats.take(), -1
    board.come()
    try:
        yield "retry: 1000\n\n"
        while seats.holds(seat) and not board.closed:
            newest = board.wait(turn, BEAT_S)
            if newest != turn:
                turn = newest
                data = json.dumps(board.view(), ensure_ascii=False)
                yield f"event: view\ndata: {data}\n\n"
            else:
                yield "event: hb\ndata: {}\n\n"
    finally:
        board.leave()
        seats.leave(seat)
