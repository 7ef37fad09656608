"""The guide desk (导办台) and whoever looks a number up: today's tickets, found and listed."""

from flask import Blueprint, Response, jsonify, request
from pydantic import Field

from controller.hall import refusals as r
from controller.hall.errors import UnknownTicket
from controller.hall.model import ENDED_STATES, Ticket
from controller.identity import Role
from controller.journal.base import Journal
from controller.views.desk import desk_ticket_json, grant_json
from controller.views.offers import catalogue_json
from controller.web import errors as x
from controller.web.access import Asked, Body, number_asked, operation
from controller.web.appointments import own_json
from controller.web.deeds import COUNTERS, GUIDES
from controller.web.persons import KEY, WAIVERS, Need
from controller.web.reading import told_of

api = Blueprint("desk", __name__, url_prefix="/api/v1")

LISTED = 200


class LookupBody(Body):
    """A card's keyed hash, the code on a slip or of an appointment, or the number itself. A number
    stands on the hall's screens: it proves nothing, and a kiosk is told where it stands alone."""

    key: str | None = Field(default=None, pattern=KEY)
    code: str | None = Field(default=None, max_length=12)
    number: str | None = Field(default=None, max_length=8)


@operation(api, "POST", "/lookups", COUNTERS, "Where one's numbers stand 查号", body=LookupBody)
def look_up(asked: Asked) -> Response:
    """See docs/protocol.md. Changes nothing; wrong codes are counted (FR-57)."""
    ctx, body, now = asked.ctx, asked.body, asked.ctx.service.clock.instant()
    kiosk = asked.actor.role is Role.KIOSK
    guessing = kiosk and body.key is None and body.code is not None  # staff may read all codes
    if guessing:
        ctx.lookups.check(asked.actor.id, now)
    found = _found(asked, body)
    booked = ctx.service.bookings.by_code(body.code) if body.code is not None else None
    if not found and booked is None and body.key is None:
        if guessing:
            ctx.lookups.count(asked.actor.id, now)
        raise UnknownTicket(ticket=body.number[:8]) if body.number else r.UnknownCode()
    tell = _standing_json if kiosk and body.key is None and body.code is None else _json
    with ctx.service.lock:
        shown = [tell(asked, t) for t in found]
    return jsonify(tickets=shown, bookings=[own_json(asked, booked)] if booked else [])


def _found(asked: Asked, body: LookupBody) -> list[Ticket]:
    service = asked.ctx.service
    tickets = service.board.tickets
    if body.key is not None:
        ids = service.persons.tickets_of(body.key)
    elif body.code is not None:
        ids = (service.persons.ticket_of_code(body.code) or "",)
    elif body.number is not None:
        ids = (f"{service.board.day}-{body.number.strip().upper()}",)
    else:
        raise x.Invalid(field="key", message="give key, code or number")
    return [tickets[t] for t in ids if t in tickets]


@operation(api, "GET", "/desk/tickets", GUIDES, "Today's tickets for the guide desk")
def tickets(asked: Asked) -> Response:
    """See docs/protocol.md."""
    board = asked.ctx.service.board
    wanted = request.args.get("state", "open")
    limit = number_asked("limit", LISTED, 1000)
    with asked.ctx.service.lock:
        chosen = [
            t
            for t in board.tickets.values()
            if t.state == wanted or (wanted == "open" and t.state not in ENDED_STATES)
        ]
        newest = sorted(chosen, key=lambda t: -t.order)[:limit]
        return jsonify(seq=board.seq, tickets=[_json(asked, t) for t in newest])


@operation(
    api, "GET", "/catalogue", GUIDES | {Role.CLERK}, "Items, bundles, groups, windows and reasons"
)
def catalogue(asked: Asked) -> Response:
    """See docs/protocol.md."""
    ctx = asked.ctx
    needs = [str(need) for need in Need]
    return jsonify(catalogue_json(ctx.catalogue, ctx.service.board.day, needs, WAIVERS))


@operation(
    api,
    "GET",
    "/grants",
    frozenset({Role.SUPERVISOR, Role.AUDITOR}),
    "Priorities that staff granted today",
)
def grants(asked: Asked) -> Response:
    """See docs/protocol.md (FR-28)."""

    def query(journal: Journal) -> list[dict[str, object]]:
        today = journal.read(journal.day_start())
        shown = (grant_json(r.seq, r.at, r.actor, r.event) for r in today)
        return [grant for grant in shown if grant is not None]

    found = asked.ctx.service.ask(query)
    return jsonify(grants=found[::-1])


PUBLIC = frozenset({"id", "number", "state", "window", "zone", "target", "deadline_at"})
"""What a number alone tells: as much as the hall's screens do."""


def _standing_json(asked: Asked, ticket: Ticket) -> dict[str, object]:
    told = _json(asked, ticket)
    return {k: v for k, v in told.items() if k in PUBLIC | {"ahead", "wait"}}


def _json(asked: Asked, ticket: Ticket) -> dict[str, object]:
    ctx = asked.ctx
    told = told_of(ctx, ticket)
    row = ctx.service.persons.rows.get(ticket.id)
    shown = desk_ticket_json(ctx.service.board, ctx.catalogue, ticket, row)
    ahead = ctx.service.board.ahead_of(ticket) if ticket.state == "waiting" else None
    return {
        **shown,
        "ahead": told.ahead if told else ahead,
        "wait": told.told[1] if told else None,
    }
