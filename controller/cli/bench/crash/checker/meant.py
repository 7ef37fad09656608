"""Whether what happened is what was asked for, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from controller.cli.bench.crash.checker.fold import Hall
from controller.cli.bench.crash.checker.nouns import Ticket
from controller.cli.bench.crash.checker.records import Asked, Json
from controller.cli.bench.crash.checker.views import booking_of, desk_of, differences, ticket_of

ASKED: dict[str, tuple[tuple[str, str], ...]] = {
    "issue": (("items", "items"), ("bundle", "bundle"), ("grant", "granted")),
    "grant": (("reason", "reason"),),
    "move": (("to_window", "to"), ("to_item", "service")),
    "lease": (("series", "series"),),
    "take-in": (("number", "number"), ("items", "items")),
    "report": (("items", "items"),),
    "book": (("item", "item"),),
    "clear": (("reason", "reason"),),
    "pause": (("reason", "reason"),),
    "finish": (("item", "item"), ("result", "result")),
    "drop": (("reason", "why"),),
    "transfer": (("to_window", "to"), ("to_item", "service")),
}
"""Deed → what of its body stands in its events, and by which name there."""
ANSWERED = {"lease": ("series", "first", "last"), "check-in": ("late",)}
"""Deed → what of its events stands in its answer."""
GIVEN_AT: dict[str, Callable[[Json], int]] = {
    "take-in": lambda body: int(body["given_at"]),
    "report": lambda body: int(body["given"]["at"]),
}
"""Deeds about numbers that a kiosk gave out alone, and when (ms)."""
RESERVE = {"series"}
"""What may be another when one is used up."""


def answer_of(hall: Hall, asked: Asked) -> Json:
    """The facts that the answer must hold, right after its last event."""
    body, expected = asked.granted or {}, {}
    ticket = hall.tickets.get((body.get("ticket") or {}).get("id", ""))
    booking = hall.appointments.known.get((body.get("booking") or {}).get("id", ""))
    if ticket is not None:
        expected["ticket"] = ticket_of(hall, ticket)
    if booking is not None:
        expected["booking"] = booking_of(booking)
    if "window" in body:
        expected["window"] = desk_of(hall.windows[body["window"]["no"]])
    return expected


def unlike(hall: Hall, asked: Asked, events: Sequence[Json]) -> Iterator[str]:
    """Where the bodies of its events differ from what was asked and answered; `events` is empty
    if nothing was to be done."""
    for name, there in ASKED.get(asked.deed, ()):
        wanted = asked.body.get(name)
        found = [event[there] for event in events if there in event]
        if wanted is not None and found and wanted not in found and name not in RESERVE:
            yield f"{name} {wanted!r} was asked for, and it is {found[-1]!r}"
    told = {name: event[name] for event in events for name in _answered(asked) if name in event}
    yield from differences(told, asked.granted)
    told_of = (asked.granted or {}).get("ticket")
    ticket = hall.tickets.get(told_of["id"]) if told_of else None
    if told_of and ticket is None:
        yield f"it tells of {told_of['id']}, which nobody was given"
    if ticket is not None:
        yield from _standing(hall, asked, ticket)
        yield from _place(hall, asked, ticket, happened=bool(events))


def _answered(asked: Asked) -> Iterable[str]:
    return ANSWERED.get(asked.deed, ())


def _standing(hall: Hall, asked: Asked, ticket: Ticket) -> Iterator[str]:
    """Class and weight of who takes a number, or is granted a priority."""
    if asked.deed not in {"issue", "check-in", "take-in", "report", "grant"}:
        return
    due = hall.plan.standing(asked.body.get("priority"), ticket.slot is not None)
    if (ticket.cls, ticket.weight) != due:
        yield f"{ticket.number} goes as {ticket.cls} {ticket.weight}, and {due} was asked for"


def _place(hall: Hall, asked: Asked, ticket: Ticket, happened: bool) -> Iterator[str]:
    """Where it may be called, and since when it waits, if it did not before."""
    body = asked.body
    if asked.deed in {"issue", "needs"}:
        only = hall.plan.low if "low_counter" in body.get("needs", ()) else None
        if ticket.only != only:
            yield f"{ticket.number} may go to {ticket.only} and not to {only}"
    elif asked.deed in GIVEN_AT:
        since = min(max(GIVEN_AT[asked.deed](body) * 1000, hall.midnight), ticket.issued_at)
        if happened and ticket.seniority != since:
            yield f"{ticket.number} waits since {ticket.seniority} and not since {since}"
    elif asked.deed == "move" and body.get("to_window", ticket.target) != ticket.target:
        yield f"{ticket.number} is meant for {ticket.target} and not for {body['to_window']}"
    elif asked.deed == "move" and body.get("to_item", ticket.codes[0]) not in ticket.codes:
        yield f"{ticket.number} is for {ticket.codes} and not for {body['to_item']}"
