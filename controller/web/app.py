"""The Flask application: blueprints, problem documents for every error, safe headers."""

import structlog
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from controller.hall.errors import HallError
from controller.web import (
    appointments,
    desk,
    devices,
    explaining,
    keypad,
    leases,
    notices,
    papers,
    ratings,
    reading,
    reports,
    ruling,
    staff,
    tickets,
    voice,
    windows,
)
from controller.web import errors as x
from controller.web.access import LARGEST_REQUEST, problem
from controller.web.context import Context
from controller.web.lineage import DIGITS
from controller.web.pages import pages, screens_blueprint

log = structlog.get_logger()

MODULES = (
    tickets,
    leases,
    reports,
    windows,
    keypad,
    appointments,
    desk,
    ruling,
    notices,
    ratings,
    papers,
    staff,
    devices,
    reading,
    explaining,
    voice,
)

_BY_STATUS: dict[int, type[HallError]] = {
    404: x.NotFound,
    405: x.MethodNotAllowed,
    413: x.TooLarge,
}


def create_app(ctx: Context) -> Flask:
    """The application over a composed controller."""
    app = Flask("controller", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["jiaohao"] = ctx
    for module in MODULES:
        app.register_blueprint(module.api)
    app.register_blueprint(pages)
    app.register_blueprint(screens_blueprint())
    app.register_error_handler(HallError, problem)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)
    app.after_request(_safe_headers)
    app.after_request(lambda response: _mark(response, ctx))
    return app


def _http_error(error: HTTPException) -> Response:
    return problem(_BY_STATUS.get(error.code or 500, x.Malformed)())


def _fault(error: Exception) -> Response:
    log.exception("a request failed", error=type(error).__name__)
    return problem(x.InternalError())


def _safe_headers(response: Response) -> Response:
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return response


def _mark(response: Response, ctx: Context) -> Response:
    """Say which hall this is. A kiosk tells its controller, or a backup with the same journal, from
    whatever else may answer at an address."""
    response.headers["Jiaohao-Hall"] = ctx.service.origin[:DIGITS]
    return response
