"""What a page may send to its agent."""

from __future__ import annotations

from typing import Any

from flask import abort, request


def small_json(largest: int) -> dict[str, Any]:
    """The JSON object of this request, of so many bytes at most; anything else is answered 400.
    JSON only, so that no page from elsewhere can send it."""
    if not request.is_json or (request.content_length or largest + 1) > largest:
        abort(400)
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        abort(400)
    return body
