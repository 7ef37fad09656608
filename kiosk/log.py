"""Logs to stderr, one line each, for journald.  No line holds a long number."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from controller.hall.visitor import hide_long_numbers, without_long_numbers


def mask_numbers(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace every run of 15 or more digits in any value: it may be an ID number."""
    return {key: without_long_numbers(value) for key, value in event.items()}


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


def silence() -> None:
    """No logs: for a command that says by itself what it found."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def _no_traceback(*args: Any) -> None:
    """Frames hold values, and values may be people."""


class _Masked(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        record.exc_info = record.exc_text = record.stack_info = None
        return hide_long_numbers(super().format(record))
