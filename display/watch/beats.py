"""``POST /agent/beat``: the page tells its agent that it lives."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from display.watch.page import PageWatch

LARGEST = 512
MOST_FRAMES = 100_000


def beats_blueprint(page: PageWatch) -> Blueprint:
    """The one call: ``{"link": "live", "frames": 60}`` → 204. JSON only, so that no page from
    elsewhere can send it."""
    beats = Blueprint("beats", __name__)

    @beats.post("/agent/beat")
    def beat() -> Response:
        if not request.is_json or (request.content_length or LARGEST + 1) > LARGEST:
            abort(400)
        body = request.get_json(silent=True)
        link, frames = (
            (body.get(k) for k in ("link", "frames")) if isinstance(body, dict) else (0, 0)
        )
        if not isinstance(link, str) or type(frames) is not int or not 0 <= frames <= MOST_FRAMES:
            abort(400)
        page.beat(link, frames)
        return Response(status=204)

    return beats
