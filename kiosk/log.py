"""Logs to stderr, one line each, for journald.  No line holds a long number."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_LONG = re.compile(r"\d[\d \-]{13,}[\dXx]")
MASKED = "[15+]"


def mask_numbers(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace every run of 15 or more digits in any value: it may be an ID number."""
    return {key: _masked(value) for key, value in event.items()}


def mask_text(text: str) -> str:
    """The text with every run of 15 or more digits replaced, also with blanks or hyphens inside."""
    return _LONG.sub(_replace, text)


def _replace(found: re.Match[str]) -> str:
    digits = sum(char.isdigit() for char in found.group())
    return MASKED if digits >= 15 else found.group()


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, int | float | bool | None):
        return value if len(str(value)) < 15 else MASKED
    return mask_text(str(value))


def set_up(as_json: bool) -> None:
    """Structured logs of our own and warnings of libraries, both to stderr, both masked."""
    render = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_no_traceback)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            mask_numbers,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),  # a line is one write
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Masked("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _no_traceback(*args: Any) -> None:
    """Frames hold values, and values may be people."""


class _Masked(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        record.exc_info = record.exc_text = record.stack_info = None
        return mask_text(super().format(record))
