"""Why who was called, why somebody was not yet, which skills lack windows and which will."""

from flask import Blueprint, Response, jsonify

from controller.deed import Deed, Json, Transaction
from controller.dispatch.why import why_not_called
from controller.hall.errors import UnknownTicket
from controller.identity import Role
from controller.views.alarms import alarms_json
from controller.views.decisions import decision_json, why_json
from controller.views.staffing_json import Outside, staffing_json
from controller.views.voice import voice_alarms_json
from controller.web.access import Asked, json_text, number_asked, operation
from controller.web.waits import waits_by_skill

api = Blueprint("explaining", __name__, url_prefix="/api/v1")

DECISIONS = 50


@operation(
    api,
    "GET",
    "/tickets/<ticket>/why",
    frozenset({Role.GUIDE, Role.SUPERVISOR}),
    "Why a ticket was not called yet",
)
def why(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md. The writer answers: the rule runs on its hall and nowhere else."""
    ctx = asked.ctx

    def run(tx: Transaction) -> Json:
        if ticket not in tx.hall.tickets:
            raise UnknownTicket(ticket=ticket)
        found = why_not_called(tx.hall, ticket, tx.now, ctx.service.policy)
        return {"seq": tx.seq, "why": why_json(ctx.catalogue, found)}

    return json_text(*ctx.submit(Deed(None, run)))


@operation(
    api,
    "GET",
    "/decisions",
    frozenset({Role.GUIDE, Role.SUPERVISOR, Role.AUDITOR}),
    "The last calls and their reasons, and the skills that lack windows",
)
def decisions(asked: Asked) -> Response:
    """See docs/protocol.md. Alarms are read from the writer's hall, like `why`."""
    limit, ctx = number_asked("limit", DECISIONS, None), asked.ctx

    def run(tx: Transaction) -> Json:
        board = ctx.service.board
        newest = list(board.decisions)[::-1][:limit]
        return {
            "seq": board.seq,
            "decisions": [decision_json(ctx.catalogue, d) for d in newest],
            "alarms": [
                *voice_alarms_json(board, ctx.catalogue, tx.announcements, tx.now.at),
                *alarms_json(tx.hall, ctx.catalogue, tx.now, ctx.service.policy, ctx.devices()),
            ],
        }

    return json_text(*ctx.submit(Deed(None, run)))


@operation(
    api,
    "GET",
    "/staffing",
    frozenset({Role.GUIDE, Role.SUPERVISOR, Role.AUDITOR}),
    "The next hours' work against the windows, and what to open",
)
def staffing(asked: Asked) -> Response:
    """See docs/protocol.md."""
    ctx, service = asked.ctx, asked.ctx.service
    with service.lock:
        now = service.clock.now()
        gone = frozenset(s.staff_no for s in service.identities.staff.values() if not s.active)
        outside = Outside(
            ctx.usual.demand(service.board.plan, service.hall.known),
            waits_by_skill(ctx, now.at),
            gone,
        )
        found = staffing_json(service.board, ctx.catalogue, now, outside)
        return jsonify(seq=service.board.seq, staffing=found)
