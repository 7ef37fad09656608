"""What answers and screens must say of a state of the hall, in the words of docs/protocol.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from controller.cli.bench.crash.checker.fold import Call, Hall, Ticket, Window
from controller.cli.bench.crash.checker.life import PATIENT
from controller.cli.bench.crash.checker.records import Json, Shown

MOST_TEXT = 160


def ms(at: int | None) -> int | None:
    """Milliseconds of the journal's microseconds."""
    return None if at is None else at // 1000


def ticket_of(hall: Hall, ticket: Ticket) -> Json:
    """The facts of TICKET."""
    return {
        "id": ticket.id,
        "number": ticket.number,
        "state": ticket.state,
        "window": ticket.window,
        "zone": zone_of(hall, ticket),
        "print": ticket.paper,
        "calls": ticket.calls,
        "issued_at": ms(ticket.issued_at),
        "seniority_at": ms(ticket.seniority),
        "called_at": ms(ticket.called_at),
        "arrived_at": ms(ticket.arrived_at),
        "items": [
            {"code": code, "state": state, "result": result}
            for code, state, result in zip(ticket.codes, ticket.states, ticket.results, strict=True)
        ],
    }


def desk_of(window: Window) -> Json:
    """The facts of WINDOW that staff are answered with."""
    return {
        "no": window.no,
        "state": window.state,
        "clerk": window.clerk,
        "reason": window.reason,
        "until": ms(window.until),
    }


def differences(expected: Any, found: Any, where: str = "") -> Iterator[str]:
    """Where `found` says otherwise than `expected`; what is not expected may be anything."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from differences(value, found.get(key), f"{where}.{key}" if where else str(key))
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for n, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{where}[{n}]")
    elif expected != found:
        yield f"{where} is {_short(found)} and not {_short(expected)}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"


def board_of(hall: Hall) -> Json:
    """The facts of SNAPSHOT."""
    return {
        "day": hall.day,
        "windows": {no: _window(hall, window) for no, window in hall.windows.items()},
        "calls": [_call(hall, call) for call in reversed(hall.calls.values())],
        "waiting": _waiting(hall),
        "queues": _queues(hall),
    }


def board_shown(shown: Shown) -> Json:
    """The same of a screen."""
    return {
        "day": shown.day,
        "windows": shown.windows,
        "calls": shown.calls,
        "waiting": shown.waiting,
        "queues": shown.queues,
    }


def zone_of(hall: Hall, ticket: Ticket) -> str:
    """Where a ticket waits: the zone of its first item that is not done, else of its last."""
    left = [n for n, state in enumerate(ticket.states) if state != "done"]
    return hall.plan.zones[hall.plan.skills[ticket.codes[left[0] if left else -1]]]


def _window(hall: Hall, window: Window) -> Json:
    ticket = hall.tickets.get(window.hand or "")
    return {
        "no": window.no,
        "state": window.state,
        "reason": window.reason,
        "until": ms(window.until),
        "number": ticket.number if ticket else None,
        "serving": ticket is not None and ticket.state == "serving",
    }


def _call(hall: Hall, call: Call) -> Json:
    return {
        "id": call.id,
        "ticket": call.ticket,
        "number": call.number,
        "window": call.window,
        "zone": hall.plan.windows[call.window],
        "state": call.state,
        "times": call.times,
    }


def _waiting(hall: Hall) -> dict[str, int]:
    count = dict.fromkeys(hall.plan.zones.values(), 0)
    for ticket in hall.tickets.values():
        if ticket.state in PATIENT:
            count[zone_of(hall, ticket)] += 1
    return count


def _queues(hall: Hall) -> dict[str, Json]:
    queues: dict[str, Json] = {s: {"waiting": 0, "oldest_at": None} for s in hall.plan.zones}
    for ticket in hall.tickets.values():
        if ticket.state != "waiting":
            continue
        left = [c for c, s in zip(ticket.codes, ticket.states, strict=True) if s != "done"]
        for skill in {hall.plan.skills[code] for code in left}:
            queue, since = queues[skill], ticket.seniority // 1000
            queue["waiting"] += 1
            queue["oldest_at"] = min(queue["oldest_at"] or since, since)
    return queues
