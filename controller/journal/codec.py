"""Events to and from JSON, and the hash chain over them.

An event's body is a JSON object of its fields in their declared order. The digest of an event
covers its predecessor's digest and every column, so that no event can be changed, moved, added or
taken out unseen.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from pydantic_core import from_json

from controller.hall import (
    administration,
    appointment_events,
    day_events,
    help_events,
    notice_events,
    rating_events,
)
from controller.hall.events import Event, TicketCalled, TicketOffered
from controller.hall.model import Reason
from controller.journal.base import JournalError, Record

GENESIS = "0" * 64

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
UPCASTERS: dict[tuple[str, int], Upcaster] = {
    ("day.opened", 1): lambda body: {**body, "midnight": 0},
    ("ticket.issued", 1): lambda body: {
        **body,
        "in_order": False,
        "only": None,
        "beyond": None,
        "drawn": [],
        "granted": None,
    },
    ("ticket.passed", 1): lambda body: {**body, "until": 0},
    ("window.opened", 1): lambda body: {**body, "stays": False},
    ("window.paused", 1): lambda body: {**body, "rostered": False},
}
"""(type, version) → a function to the next version."""


def _listed(cls: type[Event]) -> dict[str, type[Event]]:
    found = {cls.type: cls} if "type" in cls.__dict__ else {}
    for sub in cls.__subclasses__():
        found |= _listed(sub)
    return found


_DEFINED_IN = (
    administration,
    appointment_events,
    day_events,
    help_events,
    notice_events,
    rating_events,
)
"""Imported so that their events are listed."""
EVENTS: dict[str, type[Event]] = _listed(Event)
"""Every event by its wire name."""

_FIELDS: dict[type[Event], tuple[str, ...]] = {
    cls: tuple(f.name for f in fields(cls)) for cls in EVENTS.values()
}
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=None).encode


def body_of(event: Event) -> str:
    """The event's fields as a JSON object."""
    body = {name: getattr(event, name) for name in _FIELDS[type(event)]}
    if isinstance(event, TicketCalled | TicketOffered):
        body["reason"] = {"rule": event.reason.rule, "facts": event.reason.facts}
    return _ENCODE(body)


def event_from(type_: str, version: int, body: str) -> Event:
    """The event of a stored row. Raises `JournalError` for what this version cannot read."""
    cls = EVENTS.get(type_)
    if cls is None or version > cls.version:
        raise JournalError(
            f"the journal holds {type_} version {version}, which this version of jiaohao cannot "
            f"read. Start the version that wrote it, or a newer one."
        )
    values = from_json(body)
    while version < cls.version:
        values = UPCASTERS[type_, version](values)
        version += 1
    if cls in (TicketCalled, TicketOffered):
        reason = values["reason"]
        values["reason"] = Reason(reason["rule"], tuple((k, v) for k, v in reason["facts"]))
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple([tuple(v) if isinstance(v, list) else v for v in value])
    return cls(**values)


def digest(previous: str, record: Record, version: int, body: str) -> str:
    """The chained SHA-256 of a record as it was written, hexadecimal.

    `version` and `body` are those of the journal: an upcaster must not break the chain.
    """
    r = record
    line = _ENCODE([previous, r.seq, r.at, r.day, r.actor, r.event.type, version, body])
    return hashlib.sha256(line.encode()).hexdigest()
