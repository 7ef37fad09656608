"""Logs: lines of key=value on standard error, for journald; a long run of digits never gets out."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from controller.hall.visitor import without_long_numbers


def mask_long_numbers(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Hide what could be a document number in any value, of whatever type it is."""
    return {key: without_long_numbers(value) for key, value in event.items()}


def set_up_logs(level: str) -> None:
    """Send all logs of this process through structlog to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            mask_long_numbers,
            structlog.processors.LogfmtRenderer(
                key_order=["timestamp", "level", "event"], bool_as_flag=False
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),  # a line is one write
        cache_logger_on_first_use=True,
    )
