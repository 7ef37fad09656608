"""The demo's first page: the way to every page, the rack, the paper that came out, the weather."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, jsonify, request, send_from_directory

from controller.cli.client import Refused
from controller.cli.demo.busy import FASTEST, SLOWEST
from controller.cli.demo.codes import Codes, Kind, NoCode
from controller.cli.demo.devices import Devices, NoReader, UnknownCard
from controller.cli.demo.report import hall_json, rack_json
from controller.cli.demo.weather import OF_PRINTER, UnknownSwitch, Weather
from controller.cli.demo.witness import Witness
from display.pages import CSP, static_file

if TYPE_CHECKING:
    from controller.cli.demo.hall import DemoHall

PAGE = Path(__file__).parent / "static"
LARGEST_REQUEST = 4096
Now = Callable[[], Response]


def create_app(hall: DemoHall, witness: Witness, admin: str) -> Flask:
    """The application. Only this machine's browser, and only this page's own script, may act."""
    app = Flask("demo", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    port = hall.ports["index"]
    _guard(app, {f"{name}:{port}" for name in ("127.0.0.1", "localhost")})
    weather = Weather(hall.devices, witness)

    def now() -> Response:
        """What may have changed since the page asked last."""
        staff: dict[str, str] = {}
        for no, window in list(hall.clerks.items()):
            staff.setdefault(str(window), no)
        return jsonify(
            **_state(hall.devices, weather),
            staff=staff,
            kiosk=witness.json(),
            slip=witness.last_code is not None,
            busy=hall.busy.json() if hall.busy else None,
        )

    _pages(app)
    _cards(app, hall.devices, now)
    _codes(app, hall.devices, Codes(hall.controller_url, hall.kiosk, witness), now)
    _paper_tray(app, hall.devices)
    _switches(app, weather, now)
    _busy(app, hall)
    app.add_url_rule("/state", "state", now)

    @app.get("/hall")
    def about() -> Response:
        return jsonify(
            **hall_json(hall, admin),
            **rack_json(hall.devices.chips.why),
            switches=[asdict(switch) for switch in weather.offered()],
        )

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


def _cards(app: Flask, devices: Devices, now: Now) -> None:
    @app.post("/cards/<card>/lay")
    def lay(card: str) -> Response:
        try:
            devices.lay(card)
        except UnknownCard:
            abort(404)
        except (NoReader, OSError):
            abort(409, "the reader of this card is not there")
        return now()

    @app.post("/cards/lift")
    def lift() -> Response:
        devices.lift()
        return now()


def _codes(app: Flask, devices: Devices, codes: Codes, now: Now) -> None:
    @app.post("/codes/<kind>/scan")
    def scan(kind: str) -> Response:
        if kind not in [*Kind]:
            abort(404)
        try:
            devices.scanner.scan(codes.of(Kind(kind)))
        except NoCode as error:
            abort(409, str(error))
        except (Refused, OSError):
            abort(503)
        return now()


def _paper_tray(app: Flask, devices: Devices) -> None:
    @app.get("/paper")
    def paper() -> Response:
        return jsonify(paper=_paper(devices))

    @app.get("/paper/<int:n>.png")
    def picture(n: int) -> Response:
        png = devices.picture(n)
        return abort(404) if png is None else Response(png, mimetype="image/png")


def _switches(app: Flask, weather: Weather, now: Now) -> None:
    @app.post("/printer")
    @app.post("/weather")
    def throw() -> Response:
        wanted = request.get_json(silent=True)
        if not isinstance(wanted, dict) or not all(type(on) is bool for on in wanted.values()):
            abort(400, "a JSON object of switches: true or false")
        try:
            weather.throw(wanted)
        except UnknownSwitch as error:
            abort(400, f"no such switch: {error}")
        return now()


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


def _state(devices: Devices, weather: Weather) -> dict[str, Any]:
    switches = weather.json()
    return {
        "card": devices.card,
        "printer": {name: switches[name]["on"] for name in OF_PRINTER},
        "weather": switches,
        "paper": _paper(devices),
    }


def _paper(devices: Devices) -> list[dict[str, Any]]:
    return [{"n": p.n, "at": p.at, "url": f"/paper/{p.n}.png"} for p in devices.paper()]
