"""The agent of one screen: serves its page on the loopback, with or without a controller.

A browser that starts before the controller, or while the network is down, still gets its page;
the page then says that it is connecting. The agent holds the screen's token and hands it to the
page from the same origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, abort, jsonify, redirect, request
from werkzeug.wrappers import Response as Answer

from config import DisplayConfig
from display.enrolment import Enrolment, TokenFile, http_api
from display.pages import screens_blueprint

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Screen:
    """What a screen shows: its page and the name the administrator sees."""

    path: str
    name: str


def screen_of(config: DisplayConfig) -> Screen:
    """The page of ``[screen]``."""
    screen = config.screen
    if screen.kind == "window":
        return Screen(f"/screens/window/{screen.window}", f"{screen.window} 号窗口屏")
    if screen.kind == "zone":
        return Screen(f"/screens/zone/{quote(str(screen.zone), safe='')}", f"{screen.zone} 区屏")
    return Screen("/screens/hall", "大厅屏")


def enrolment_of(config: DisplayConfig) -> Enrolment:
    """The enrolment of this screen, not started yet."""
    ca = Path(config.controller.ca) if config.controller.ca else None
    api = http_api(str(config.controller.url), ca)
    return Enrolment(api, TokenFile(Path(config.display.state_dir)), screen_of(config).name)


def create_app(controller: str, screen: Screen, enrolment: Enrolment) -> Flask:
    """The agent's pages: ``/`` leads to the screen, ``/agent.json`` lets it in."""
    app = Flask("display", static_folder=None)
    app.register_blueprint(screens_blueprint())

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
        identity = enrolment.identity
        answer = jsonify(
            controller=controller.rstrip("/"),
            screen=screen.path,
            token=identity.secret if identity and identity.approved else None,
            code=identity.code if identity and not identity.approved else None,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return app
