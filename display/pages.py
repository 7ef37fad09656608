"""Where the pages of the screens are, and a blueprint that serves them.

The pages hold no data and need no sign-in: static HTML, modules and styles. They carry no inline
script or style, so that they live under ``CSP`` as it is.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, jsonify, request, send_from_directory

from display.legibility import Panel, Unreadable, sizes

STATIC = Path(__file__).parent / "static"

#: ``ws:``/``wss:``: a page of the display agent connects to the controller's address.
CSP = (
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def screens_blueprint() -> Blueprint:
    """``/static/…``, ``/screens/hall``, ``/screens/zone/{id}``, ``/screens/window/{no}``."""
    pages = Blueprint("screens", __name__)
    pages.add_url_rule("/static/<path:name>", "static_file", static_file)
    pages.add_url_rule("/screens/hall", "hall", lambda: page("hall/hall.html"))
    pages.add_url_rule("/screens/zone/<zone>", "zone", lambda zone: page("hall/hall.html"))
    pages.add_url_rule("/screens/window/<int:no>", "window", lambda no: page("window/window.html"))
    pages.add_url_rule("/screens/legibility.json", "legibility", legibility)
    return pages


def static_file(name: str) -> Response:
    """A file under ``STATIC``, checked anew each time: an update reaches every screen."""
    answer = send_from_directory(STATIC, name, max_age=0)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def page(name: str) -> Response:
    """A page under ``STATIC`` with the content security policy of all pages."""
    answer = static_file(name)
    answer.headers["Content-Security-Policy"] = CSP
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def legibility() -> Response:
    """Sizes for ``?panel=65&distance=8&width=1920&height=1080`` as CSS variables, or why not."""
    try:
        asked = {key: float(request.args[key]) for key in ("panel", "distance", "width", "height")}
        panel = Panel(asked["panel"], int(asked["width"]), int(asked["height"]))
        answer = jsonify(css=sizes(panel, asked["distance"]).css())
    except Unreadable as error:
        return _problem("unreadable", "The panel cannot be read", str(error))
    except (KeyError, ValueError, OverflowError):
        detail = "Give panel (inches), distance (m), width and height (px), all above zero."
        return _problem("invalid", "Not a panel", detail)
    return answer


def _problem(code: str, title: str, detail: str) -> Response:
    answer = jsonify(
        type=f"urn:jiaohao:problem:{code}", code=code, status=422, title=title, detail=detail
    )
    answer.status_code = 422
    answer.mimetype = "application/problem+json"
    return answer
