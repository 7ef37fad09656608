"""Passes a visitor's rating on to the controller: a page may talk to whoever served it, and the
agent holds the token (FR-52)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from display.bodies import small_json

Ask = Callable[[str, str, dict[str, Any] | None], tuple[int, dict[str, Any]] | None]
LARGEST = 4096
NO_ANSWER = (503, {"code": "unreachable", "status": 503, "title": "No answer"})


def ratings_blueprint(room: str, ask: Ask) -> Blueprint:
    """The three calls of docs/protocol.md for the window of `room`, and nothing else."""
    ratings = Blueprint("ratings", __name__)

    def passed_on(no: int, rest: str = "") -> Response:
        if room != f"window:{no}":
            abort(404)
        body = None
        if request.method == "POST":
            body = small_json(LARGEST)
        answer = ask(request.method, f"/api/v1/windows/{no}/rating{rest}", body)
        status, told = answer or NO_ANSWER
        response = jsonify(told)
        response.status_code = status
        response.headers["Cache-Control"] = "no-store"
        return response

    path = "/api/v1/windows/<int:no>/rating"
    ratings.add_url_rule(path, "rate", passed_on, methods=["GET", "POST"])
    ratings.add_url_rule(
        f"{path}/reasons",
        "explain",
        lambda no: passed_on(no, "/reasons"),
        methods=["POST"],
    )
    return ratings
