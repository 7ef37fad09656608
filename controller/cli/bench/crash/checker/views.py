"""What answers and screens must say of a state of the hall, in the words of docs/protocol.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from controller.cli.bench.crash.checker.fold import Hall
from controller.cli.bench.crash.checker.life import OVER, PATIENT
from controller.cli.bench.crash.checker.nouns import Booking, Call, Ticket, Window
from controller.cli.bench.crash.checker.records import Json, Page, Shown

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
        "reprints": ticket.reprints,
        "target": ticket.target,
        "deadline_at": ms(ticket.deadline),
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


def booking_of(booking: Booking) -> Json:
    """The facts of BOOKING."""
    return {
        "id": booking.id,
        "day": booking.day,
        "item": booking.item,
        "state": booking.state,
    }


# --- what staff's pages show --------------------------------------------------------------------


def listed(hall: Hall) -> list[Json]:
    """The guide desk's list: everybody who is not done, the newest first."""
    there = [t for t in hall.tickets.values() if t.state not in OVER]
    return [
        {**ticket_of(hall, t), "class": t.cls, "slot_at": ms(t.slot)}
        for t in sorted(there, key=lambda t: -t.order)
    ]


def console_of(hall: Hall, window: Window) -> Json:
    """The facts of CONSOLE: what is in hand, reserved, held, and on its way here or from here."""
    ticket, offer = hall.tickets.get(window.hand or ""), hall.tickets.get(window.offer or "")
    until = None if offer is None else ms(offer.deadline)
    return {
        "window": desk_of(window),
        "ticket": None if ticket is None else {"id": ticket.id, "state": ticket.state},
        "offer": None if offer is None else {"id": offer.id, "until": until},
        "held": _ids(hall, lambda t: t.state == "held" and t.origin == window.no),
        "incoming": _ids(hall, lambda t: t.state == "handed" and t.target == window.no),
        "outgoing": _ids(hall, lambda t: t.state == "handed" and t.origin == window.no),
        "undo": None if window.before is None else {"number": window.before.number},
    }


def page_of(hall: Hall, page: Page) -> Any:
    """What a page of the staff must show."""
    if page.kind == "list":
        return listed(hall)
    if page.kind == "console":
        return console_of(hall, hall.windows[int(page.window or 0)])
    today = [b for b in hall.appointments.known.values() if b.day == hall.day]
    return {booking.id: booking_of(booking) for booking in today}


def _ids(hall: Hall, mine: Callable[[Ticket], bool]) -> list[str]:
    return sorted(t.id for t in hall.tickets.values() if mine(t))


# --- screens ------------------------------------------------------------------------------------


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
