"""Calls, and what clerks do with the number in hand."""

from controller.hall import events as e
from controller.hall.change import changed
from controller.hall.folds.common import Touched, released, waiting, with_item
from controller.hall.instants import Instant
from controller.hall.learning import tally_service
from controller.hall.model import Hall, ItemState, Result, Ticket, TicketState, Undo

S = TicketState


def offered(hall: Hall, event: e.TicketOffered, seq: int, at: Instant) -> Touched:
    window = hall.windows[event.window]
    hall.waiting.call(event.ticket, window.skills, window.no)
    ticket = changed(
        hall.tickets[event.ticket],
        state=S.OFFERED,
        planned=event.items,
        reason=event.reason,
        deadline=event.until,
        origin=window.no,
    )
    return ticket, changed(window, offer=ticket.id)


def declined(hall: Hall, event: e.TicketDeclined, seq: int, at: Instant) -> Touched:
    window = hall.windows[event.window]
    hall.waiting.take_back(event.ticket)
    return waiting(hall.tickets[event.ticket]), changed(
        window, offer=None, ready=window.ready and event.why != e.KEPT
    )


def called(hall: Hall, event: e.TicketCalled, seq: int, at: Instant) -> Touched:
    window = hall.windows[event.window]
    hall.waiting.call(event.ticket, window.skills, window.no)
    ticket = changed(
        hall.tickets[event.ticket],
        state=S.CALLED,
        window=event.window,
        planned=event.items,
        calls=1,
        call_id=seq,
        called_at=at,
        last_called_at=at,
        arrived_at=None,
        reason=event.reason,
        deadline=None,
        origin=None,
    )
    _one_nearer(hall, ticket)
    held = tuple([t for t in window.held if t != ticket.id])
    return ticket, changed(window, ticket=ticket.id, offer=None, ready=True, held=held, undo=None)


def _one_nearer(hall: Hall, called: Ticket) -> None:
    """A call brings those who are back after a pass nearer to their place in line, if it is for
    one of their services."""
    services = {called.items[i].service for i in called.planned}
    for id, behind in hall.returned.items():
        ticket = hall.tickets[id]
        if any(ticket.items[i].service in services for i in ticket.remaining):
            hall.returned[id] = behind - 1


def recalled(hall: Hall, event: e.TicketRecalled, seq: int, at: Instant) -> Touched:
    ticket = hall.tickets[event.ticket]
    return changed(ticket, calls=ticket.calls + 1, last_called_at=at), None


def arrived(hall: Hall, event: e.TicketArrived, seq: int, at: Instant) -> Touched:
    before = hall.tickets[event.ticket]
    ticket = changed(before, state=S.SERVING, arrived_at=at, target=None, owner=None)
    window = hall.windows[event.window]
    return ticket, changed(window, undo=Undo("arrive", before, at, seq))


def item_started(hall: Hall, event: e.ItemStarted, seq: int, at: Instant) -> Touched:
    return with_item(hall, event.ticket, event.item, state=ItemState.ACTIVE, started_at=at), None


def item_finished(hall: Hall, event: e.ItemFinished, seq: int, at: Instant) -> Touched:
    before, window = hall.tickets[event.ticket], hall.windows[event.window]
    ticket = with_item(
        hall,
        event.ticket,
        event.item,
        state=ItemState.DONE,
        result=Result(event.result),
        finished_at=at,
    )
    tally_service(hall, window.clerk, ticket.items[event.item], at)
    # The same key causes one event more: the next item starts, or the ticket leaves the window.
    return ticket, changed(window, undo=Undo("finish", before, at, seq + 1))


def requeued(hall: Hall, event: e.TicketRequeued, seq: int, at: Instant) -> Touched:
    return waiting(hall.tickets[event.ticket]), released(hall, event.window, event.ticket, at)
