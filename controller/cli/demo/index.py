"""The demo's first page: the way to every page, the rack of cards, the paper that came out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, jsonify, request, send_from_directory

from controller.cli.demo.busy import FASTEST, SLOWEST
from controller.cli.demo.cards import RACK
from controller.cli.demo.devices import SWITCHES, Devices, UnknownCard, UnknownSwitch
from controller.cli.demo.report import hall_json
from display.pages import CSP, static_file

if TYPE_CHECKING:
    from controller.cli.demo.hall import DemoHall

PAGE = Path(__file__).parent / "static"
LARGEST_REQUEST = 4096


def create_app(hall: DemoHall, admin: str) -> Flask:
    """The application. Only this machine's browser, and only this page's own script, may act."""
    app = Flask("demo", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    port = hall.ports["index"]
    _guard(app, {f"{name}:{port}" for name in ("127.0.0.1", "localhost")})
    _pages(app)
    _cards(app, hall.devices)
    _printer(app, hall.devices)
    _busy(app, hall)

    @app.get("/hall")
    def about() -> Response:
        cards = [{"id": c.id, "name": c.name, "note": c.note, "note_en": c.note_en} for c in RACK]
        return jsonify(**hall_json(hall, admin), cards=cards)

    @app.get("/state")
    def state() -> Response:
        staff: dict[str, str] = {}
        for no, window in list(hall.clerks.items()):
            staff.setdefault(str(window), no)
        busy = hall.busy.json() if hall.busy else None
        return jsonify(**_state(hall.devices), staff=staff, busy=busy)

    return app


def _guard(app: Flask, hosts: set[str]) -> None:
    origins = {f"http://{host}" for host in hosts}

    @app.before_request
    def only_our_own_page() -> None:
        # A name pointed at 127.0.0.1 must not read the page, a foreign page must not act.
        if request.host not in hosts:
            abort(403)
        if request.method == "POST":
            foreign = request.headers.get("Origin", "http://" + request.host) not in origins
            if foreign or not request.is_json:
                abort(403)

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _pages(app: Flask) -> None:
    app.add_url_rule("/static/<path:name>", "static_file", static_file)

    @app.get("/")
    def index() -> Response:
        return send_from_directory(PAGE, "index.html", max_age=0)

    @app.get("/demo/<name>")
    def own_file(name: str) -> Response:
        return send_from_directory(PAGE, name, max_age=0)


def _cards(app: Flask, devices: Devices) -> None:
    @app.post("/cards/<card>/lay")
    def lay(card: str) -> Response:
        try:
            devices.lay(card)
        except UnknownCard:
            abort(404)
        return jsonify(_state(devices))

    @app.post("/cards/lift")
    def lift() -> Response:
        devices.lift()
        return jsonify(_state(devices))


def _printer(app: Flask, devices: Devices) -> None:
    @app.get("/paper")
    def paper() -> Response:
        return jsonify(paper=_paper(devices))

    @app.get("/paper/<int:n>.png")
    def picture(n: int) -> Response:
        png = devices.picture(n)
        return abort(404) if png is None else Response(png, mimetype="image/png")

    @app.post("/printer")
    def printer() -> Response:
        wanted = request.get_json(silent=True)
        if not isinstance(wanted, dict) or not all(type(on) is bool for on in wanted.values()):
            abort(400, f"a JSON object of {', '.join(SWITCHES)}: true or false")
        try:
            for name, on in wanted.items():
                devices.switch(name, on)
        except UnknownSwitch:
            abort(400, f"the switches are {', '.join(SWITCHES)}")
        return jsonify(_state(devices))


def _busy(app: Flask, hall: DemoHall) -> None:
    @app.post("/busy")
    def busy() -> Response:
        if hall.busy is None:
            abort(503)
        wanted = request.get_json(silent=True)
        if not isinstance(wanted, dict) or not isinstance(wanted.get("on"), bool):
            abort(400, "a JSON object: on (true or false) and speed")
        speed = wanted.get("speed")
        if speed is not None and not _is_speed(speed):
            abort(400, f"speed is a number from {SLOWEST} to {FASTEST}")
        hall.busy.switch(wanted["on"], speed)
        return jsonify(busy=hall.busy.json())


def _is_speed(value: object) -> bool:
    real = isinstance(value, int | float) and not isinstance(value, bool)
    return real and SLOWEST <= value <= FASTEST  # type: ignore[operator]


def _state(devices: Devices) -> dict[str, Any]:
    """What may have changed since the page asked last."""
    return {"card": devices.card, "printer": devices.switches(), "paper": _paper(devices)}


def _paper(devices: Devices) -> list[dict[str, Any]]:
    return [{"n": p.n, "at": p.at, "url": f"/paper/{p.n}.png"} for p in devices.paper()]
