"""Why who was called, why somebody was not yet, which skills lack windows and which will."""

from flask import Blueprint, Response, jsonify

from controller.dispatch.why import why_not_called
from controller.hall.errors import UnknownTicket
from controller.identity import Role
from controller.service import Deed, Json, Transaction
from controller.views.decisions import alarms_json, decision_json, why_json
from controller.views.staffing_json import staffing_json
from controller.web.access import Asked, json_text, number_asked, operation

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
    """See docs/protocol.md."""
    limit = number_asked("limit", DECISIONS, None)
    board, catalogue = asked.ctx.service.board, asked.ctx.catalogue
    with asked.ctx.service.lock:
        newest = list(board.decisions)[::-1][:limit]
        return jsonify(
            seq=board.seq,
            decisions=[decision_json(catalogue, d) for d in newest],
            alarms=alarms_json(board, catalogue),
        )


@operation(
    api,
    "GET",
    "/staffing",
    frozenset({Role.GUIDE, Role.SUPERVISOR, Role.AUDITOR}),
    "The next hours' work against the windows, and what to open",
)
def staffing(asked: Asked) -> Response:
    """See docs/protocol.md."""
    service = asked.ctx.service
    with service.lock:
        found = staffing_json(service.board, asked.ctx.catalogue, service.clock.now())
        return jsonify(seq=service.board.seq, staffing=found)
