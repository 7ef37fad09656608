"""What may be read: the kiosk's day, tickets, windows, snapshots, the journal, health and the API
itself."""

import re
from collections.abc import Callable
from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from controller.deed import Json
from controller.forecast.forecasts import Foretold
from controller.hall.errors import UnknownTicket, UnknownWindow
from controller.hall.instants import Instant, Moment
from controller.hall.model import DispatchClass, Hall, Ticket, TicketState
from controller.hall.slots import Availability, availability, slots_ahead
from controller.hall.ticketing import taken_quotas
from controller.identity import STAFF_ROLES, Actor, Role
from controller.journal.base import Journal, Record
from controller.views.console import console_json
from controller.views.kiosk import ALWAYS, Ahead, Told, day_json
from controller.views.waits import waits_json
from controller.views.wire import ms, snapshot_json, staff_window_json, ticket_json
from controller.web import errors as x
from controller.web.access import ANY, PUBLIC, Asked, number_asked, operation
from controller.web.context import Context
from controller.web.openapi import openapi
from controller.web.waits import waits_by_zone

api = Blueprint("reading", __name__, url_prefix="/api/v1")

ROOM = re.compile(r"hall|(?P<kind>zone|window|console):(?P<which>.{1,20})")
MOST_EVENTS = 1000


@operation(api, "GET", "/kiosk/day", frozenset({Role.KIOSK}), "What a kiosk needs today")
def kiosk_day(asked: Asked) -> Response:
    """See docs/protocol.md."""
    ctx = asked.ctx
    key, booking_keys = ctx.service.day_key(), ctx.service.booking_keys()
    now = ctx.service.clock.now()

    def told(code: str) -> Told | None:
        found = ctx.forecasts.newcomer([code], DispatchClass.ORDINARY, now.at)
        return found.told if found else None

    with ctx.service.lock:
        board, catalogue = ctx.service.board, ctx.catalogue
        given = _given(ctx.service.hall, now)
        slots = _slots(ctx.service.hall, now)
        day = day_json(board, catalogue, ctx.openings, now, key, booking_keys, told, given, slots)
        return jsonify(day)


def _given(hall: Hall, now: Moment) -> Callable[[str], Availability]:
    """Whether numbers are given for an item; always, where no hours are kept."""
    plan, taken = hall.plan.opening, taken_quotas(hall)
    return lambda code: availability(plan, code, now.local, taken) if plan else ALWAYS


def _slots(hall: Hall, now: Moment) -> Callable[[str], Ahead | None]:
    """The rest of an item's slots today; None where no hours are kept."""
    plan, taken = hall.plan.opening, taken_quotas(hall)
    return lambda code: slots_ahead(plan, code, now.local, taken) if plan else None


@operation(
    api,
    "GET",
    "/tickets/<ticket>",
    frozenset({Role.GUIDE, Role.SUPERVISOR, Role.AUDITOR}),
    "One ticket",
)
def one_ticket(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md."""
    board = asked.ctx.service.board
    found = board.tickets.get(ticket)
    if found is None:
        raise UnknownTicket(ticket=ticket)
    told = told_of(asked.ctx, found)
    ticket_now = ticket_json(board, asked.ctx.catalogue, found)
    return jsonify(ticket=ticket_now, wait=told.told[1] if told else None)


@operation(
    api,
    "GET",
    "/slips/<short_code>",
    frozenset({Role.KIOSK, Role.GUIDE, Role.SUPERVISOR}),
    "Where a slip stands, by its short code",
)
def slip(asked: Asked, short_code: str) -> Response:
    """See docs/protocol.md."""
    service = asked.ctx.service
    ticket = service.board.tickets.get(service.persons.ticket_of_code(short_code) or "")
    if ticket is None:
        raise UnknownTicket(ticket=short_code[:12])
    told = told_of(asked.ctx, ticket)
    with service.lock:
        ahead = service.board.ahead_of(ticket) if ticket.state == "waiting" else None
    if told is not None:
        ahead = told.ahead
    wait = told.told[1] if told else None
    return jsonify(number=ticket.number, state=ticket.state, ahead=ahead, wait=wait)


@operation(api, "GET", "/forecast", ANY, "How long a newcomer would wait, by item")
def forecast(asked: Asked) -> Response:
    """See docs/protocol.md."""
    ctx = asked.ctx
    now = ctx.service.clock.instant()
    rolled = ctx.forecasts.rolled if ctx.forecasts.fresh(now) else None
    items = [{"code": code, **_told_json(ctx, code, now)} for code in ctx.catalogue.items]
    return jsonify(at=ms(rolled.at) if rolled else None, items=items)


@operation(api, "GET", "/windows", STAFF_ROLES, "All windows")
def windows(asked: Asked) -> Response:
    """See docs/protocol.md."""
    board = asked.ctx.service.board
    listed = [staff_window_json(board, asked.ctx.catalogue, w) for w in board.windows.values()]
    return jsonify(windows=listed)


@operation(
    api,
    "GET",
    "/windows/<int:no>/console",
    frozenset({Role.CLERK, Role.SUPERVISOR}),
    "What the clerk at a window sees",
)
def console(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    check_room(asked.ctx, asked.actor, f"console:{no}")
    with asked.ctx.service.lock:
        state = console_state(asked.ctx, no)
    return jsonify(seq=state["seq"], console=state)


@operation(api, "GET", "/snapshot", ANY, "The state of a room, as for joining it")
def snapshot(asked: Asked) -> Response:
    """See docs/protocol.md."""
    room = request.args.get("room", "hall")
    check_room(asked.ctx, asked.actor, room)
    with asked.ctx.service.lock:
        state = room_state(asked.ctx, room)
    return jsonify(seq=state["seq"], snapshot=state)


@operation(
    api,
    "GET",
    "/events",
    frozenset({Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR}),
    "The journal after a seq",
)
def events(asked: Asked) -> Response:
    """See docs/protocol.md."""
    after, limit = number_asked("after", 0, None), number_asked("limit", 500, MOST_EVENTS)

    def query(journal: Journal) -> list[Record]:
        return list(journal.read(after, limit))

    found = asked.ctx.service.ask(query)
    return jsonify(events=[_record_json(r) for r in found], last=asked.ctx.service.board.seq)


@operation(api, "GET", "/health", PUBLIC, "Is the controller alive")
def health(asked: Asked) -> Response:
    """See docs/protocol.md."""
    service = asked.ctx.service
    at = ms(service.clock.instant())
    return jsonify(status="ok", engine=service.engine.name, seq=service.board.seq, at=at)


@operation(api, "GET", "/openapi.json", PUBLIC, "This API, for machines")
def openapi_json(asked: Asked) -> Response:
    """See docs/protocol.md."""
    return jsonify(openapi())


def told_of(ctx: Context, ticket: Ticket) -> Foretold | None:
    """What is foretold of a ticket that waits, from now on."""
    if ticket.state is not TicketState.WAITING:
        return None
    return ctx.forecasts.waiting(ticket, ctx.service.clock.instant())


def check_room(ctx: Context, actor: Actor, room: str) -> None:
    """Raise a `HallError` unless the room exists and the actor may be in it."""
    match = ROOM.fullmatch(room)
    if match is None:
        raise x.Invalid(field="room", message="hall, zone:ID, window:NO or console:NO")
    kind, which = match["kind"], match["which"]
    if kind == "zone" and which not in ctx.catalogue.zones:
        raise x.NotFound()
    if kind in {"window", "console"}:
        # One name for one room: whoever joined window:05 would hear nothing of window:5.
        no = int(which) if re.fullmatch(r"[1-9][0-9]{0,8}", which) else -1
        window = ctx.service.board.windows.get(no)
        if window is None:
            raise UnknownWindow(window=which)
        mine = actor.role is Role.CLERK and window.clerk == actor.id
        if kind == "console" and not mine and actor.role is not Role.SUPERVISOR:
            raise x.Forbidden(role=str(actor.role))


def room_state(ctx: Context, room: str) -> Json:
    """What a client that joins the room starts from."""
    if room.startswith("console:"):
        return console_state(ctx, int(room.partition(":")[2]))
    now, board = ctx.service.clock.now(), ctx.service.board
    waits = waits_json(waits_by_zone(ctx, now.at))
    return snapshot_json(board, ctx.catalogue, now.at, ctx.openings.json(now), waits)


def console_state(ctx: Context, no: int) -> Json:
    """CONSOLE of a window."""
    service = ctx.service
    window, last = service.board.windows[no], ctx.papers.last(no)
    return console_json(
        service.board,
        ctx.catalogue,
        ctx.openings,
        window,
        service.persons.rows,
        service.clock.now(),
        ctx.printer_at(no),
        last.json() if last else None,
    )


def _told_json(ctx: Context, code: str, now: Instant) -> Json:
    ordinary, priority = (
        ctx.forecasts.newcomer([code], cls, now)
        for cls in (DispatchClass.ORDINARY, DispatchClass.PRIORITY)
    )
    return {
        "ahead": ordinary.ahead if ordinary else None,
        "wait": ordinary.told[1] if ordinary else None,
        "minutes": round(ordinary.wait.minutes, 1) if ordinary else None,
        "priority_wait": priority.told[1] if priority else None,
    }


def _record_json(record: Record) -> Json:
    event = record.event
    return {
        "seq": record.seq,
        "at": ms(record.at),
        "day": record.day,
        "actor": record.actor,
        "type": event.type,
        "version": event.version,
        "data": asdict(event),
    }
