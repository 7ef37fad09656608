"""The agent of one screen: serves its page on the loopback, with or without a controller.

A browser that starts before the controller, or while the network is down, still gets its page;
the page then says that it is connecting. The agent holds the screen's token and hands it to the
page from the same origin.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, abort, jsonify, redirect, request
from werkzeug.wrappers import Response as Answer

from config import DisplayConfig
from display.enrolment import Enrolment, TokenFile, http_api
from display.pages import screens_blueprint
from display.ratings import ratings_blueprint
from display.watch.beats import beats_blueprint
from display.watch.page import PageWatch

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Screen:
    """What a screen shows: its page, the name the administrator sees, and its room of the feed."""

    path: str
    name: str
    room: str


def screen_of(config: DisplayConfig) -> Screen:
    """The page of ``[screen]``, with its panel if the file says which one it is."""
    screen = config.screen
    if screen.kind == "window":
        no = screen.window
        return Screen(f"/screens/window/{no}", f"{no} 号窗口屏", f"window:{no}")
    panel = f"?panel={screen.panel_in:g}&distance={screen.distance_m:g}" if screen.panel_in else ""
    if screen.kind == "zone":
        path = f"/screens/zone/{quote(str(screen.zone), safe='')}{panel}"
        return Screen(path, f"{screen.zone} 区屏", f"zone:{screen.zone}")
    return Screen(f"/screens/hall{panel}", "大厅屏", "hall")


def enrolment_of(
    config: DisplayConfig, health: Callable[[], dict[str, str]] = lambda: {"display": "ok"}
) -> Enrolment:
    """The enrolment of this screen, not started yet; `health` says how its parts are."""
    ca = config.controller.ca
    api = http_api(str(config.controller.url), ca)
    screen = screen_of(config)
    file = TokenFile(Path(config.display.state_dir))
    return Enrolment(api, file, screen.name, room=screen.room, health=health)


def create_app(
    controller: str, screen: Screen, enrolment: Enrolment, page: PageWatch | None = None
) -> Flask:
    """The agent's pages: ``/`` leads to the screen, ``/agent.json`` lets it in; `page` hears its
    beats."""
    app = Flask("display", static_folder=None)
    app.register_blueprint(screens_blueprint())
    app.register_blueprint(ratings_blueprint(screen.room, enrolment.ask))
    app.register_blueprint(beats_blueprint(page or PageWatch()))

    @app.before_request
    def only_this_machine() -> None:
        # A name that somebody points at 127.0.0.1 must not read the token from a foreign page.
        if request.host.rsplit(":", 1)[0] not in LOOPBACK:
            abort(403)

    @app.get("/")
    def start() -> Answer:
        return redirect(screen.path)

    @app.get("/agent.json")
    def agent() -> Response:
        answer = jsonify(
            controller=controller.rstrip("/"),
            screen=screen.path,
            token=enrolment.token,
            code=enrolment.code,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return app
