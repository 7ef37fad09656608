"""What the guide desk sees of a ticket, and the list of granted priorities. No names."""

from controller.catalogue import Catalogue
from controller.hall.events import Event, TicketGranted, TicketIssued
from controller.hall.instants import Instant
from controller.hall.model import Ticket
from controller.views.board import Board
from controller.views.person import Person
from controller.views.wire import Json, ms, ticket_json


def desk_ticket_json(
    board: Board, catalogue: Catalogue, ticket: Ticket, row: Person | None
) -> Json:
    """DESK_TICKET of docs/protocol.md; `row` is what is known of its person."""
    bundle = None if ticket.bundle is None else catalogue.bundles[ticket.bundle]
    return {
        **ticket_json(board, catalogue, ticket),
        "class": ticket.cls,
        "bundle": bundle.name if bundle else None,
        "bundle_en": bundle.name_en if bundle else None,
        "slot_at": ms(ticket.slot),
        "code": row.short_code if row else None,
        "needs": row.needs.split() if row else [],
        "priority": row.legal_class if row else None,
    }


def grant_json(seq: int, at: Instant, by: str, event: Event) -> Json | None:
    """GRANT of docs/protocol.md: who granted what to which ticket, and what was seen; None for an
    event that grants nothing."""
    if isinstance(event, TicketGranted):
        reason = event.reason
    elif isinstance(event, TicketIssued):
        reason = event.granted
    else:
        return None
    if reason is None:
        return None
    return {
        "seq": seq,
        "at": ms(at),
        "by": by,
        "ticket": event.ticket,
        "class": event.cls,
        "weight": event.weight,
        "reason": reason,
    }
