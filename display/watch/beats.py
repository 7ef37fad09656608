"""``POST /agent/beat``: the page tells its agent that it lives."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from display.bodies import small_json
from display.watch.page import PageWatch

LARGEST = 512
MOST_FRAMES = 100_000


def beats_blueprint(page: PageWatch) -> Blueprint:
    """The one call: ``{"link": "live", "frames": 60}`` → 204."""
    beats = Blueprint("beats", __name__)

    @beats.post("/agent/beat")
    def beat() -> Response:
        body = small_json(LARGEST)
        link, frames = body.get("link"), body.get("frames")
        if not isinstance(link, str) or type(frames) is not int or not 0 <= frames <= MOST_FRAMES:
            abort(400)
        page.beat(link, frames)
        return Response(status=204)

    return beats
