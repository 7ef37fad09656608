"""Refusals as problem documents (RFC 9457), in both languages."""

from typing import Any

from controller.hall.errors import HallError

TOLD = frozenset({"ticket", "number", "next"})


def problem_document(error: HallError) -> dict[str, Any]:
    """The document of docs/protocol.md; counts and what a page can act on become members."""
    extra = {k: v for k, v in error.facts.items() if isinstance(v, int) or k in TOLD}
    return {
        "type": f"urn:jiaohao:problem:{error.code}",
        "code": error.code,
        "status": error.status,
        "title": error.title,
        "detail": error.english(),
        "zh": {"title": error.title_zh, "detail": error.chinese()},
        **extra,
    }
