"""What the folds of several subjects share."""

from controller.hall.change import changed
from controller.hall.instants import Instant
from controller.hall.model import Hall, ItemState, Ticket, TicketState, Window

Touched = tuple[Ticket | None, Window | None]
"""The ticket and the window as they are after the event."""


def waiting(ticket: Ticket) -> Ticket:
    """The ticket in line again, as it was before a window took it."""
    return changed(
        laid_down(ticket),
        state=TicketState.WAITING,
        window=None,
        planned=(),
        reason=None,
        deadline=None,
        origin=None,
    )


def laid_down(ticket: Ticket) -> Ticket:
    """The ticket with no item in hand."""
    index = ticket.active
    if index is None:
        return ticket
    items = list(ticket.items)
    items[index] = changed(items[index], state=ItemState.OPEN, started_at=None)
    return changed(ticket, items=tuple(items))


def with_item(hall: Hall, ticket: str, index: int, **changes: object) -> Ticket:
    found = hall.tickets[ticket]
    items = list(found.items)
    items[index] = changed(items[index], **changes)
    return changed(found, items=tuple(items))


def released(hall: Hall, no: int, ticket: str, at: Instant) -> Window:
    """The window without the ticket, in whatever way it had it."""
    window = hall.windows[no]
    if window.ticket == ticket:
        window = changed(window, ticket=None, free_since=at)
    if window.offer == ticket:
        window = changed(window, offer=None)
    if ticket in window.held:
        window = changed(window, held=tuple([t for t in window.held if t != ticket]))
    return window
