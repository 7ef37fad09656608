"""Tickets between windows: passed, back again, held, handed on, and a key taken back."""

from controller.hall import events as e
from controller.hall.change import changed
from controller.hall.folds.common import Touched, laid_down, released, waiting
from controller.hall.instants import Instant
from controller.hall.learning import untally_service
from controller.hall.model import Hall, Item, Ticket, TicketState, Undo, Window

S = TicketState


def passed(hall: Hall, event: e.TicketPassed, seq: int, at: Instant) -> Touched:
    before = hall.tickets[event.ticket]
    ticket = changed(before, state=S.PASSED, window=None, deadline=event.until or None)
    return ticket, _let_go(hall, "pass", before, event.window, seq, at)


def returned(hall: Hall, event: e.TicketReturned, seq: int, at: Instant) -> Touched:
    hall.returned[event.ticket] = event.behind
    return changed(hall.tickets[event.ticket], state=S.RETURNED, deadline=event.until), None


def rejoined(hall: Hall, event: e.TicketRejoined, seq: int, at: Instant) -> Touched:
    return waiting(hall.tickets[event.ticket]), None


def held(hall: Hall, event: e.TicketHeld, seq: int, at: Instant) -> Touched:
    before = hall.tickets[event.ticket]
    window = _let_go(hall, "hold", before, event.window, seq, at)
    return _kept(before, event.until, window)


def lapsed(hall: Hall, event: e.TicketLapsed, seq: int, at: Instant) -> Touched:
    before = hall.tickets[event.ticket]
    window = released(hall, before.origin or 0, before.id, at)
    return changed(before, state=S.PASSED, origin=None, deadline=event.until), window


def handed(hall: Hall, event: e.TicketHanded, seq: int, at: Instant) -> Touched:
    before = hall.tickets[event.ticket]
    ticket = changed(
        laid_down(before),
        state=S.HANDED,
        window=None,
        planned=(),
        origin=event.window,
        target=event.to,
        owner=event.clerk,
        deadline=event.until,
    )
    return ticket, _let_go(hall, "transfer", before, event.window, seq, at)


def accepted(hall: Hall, event: e.TicketAccepted, seq: int, at: Instant) -> Touched:
    return waiting(hall.tickets[event.ticket]), None


def sent_back(hall: Hall, event: e.TicketSentBack, seq: int, at: Instant) -> Touched:
    ticket = changed(hall.tickets[event.ticket], target=None, owner=None)
    if event.window is None:
        return waiting(ticket), None
    return _kept(ticket, event.until, hall.windows[event.window])


def redirected(hall: Hall, event: e.TicketRedirected, seq: int, at: Instant) -> Touched:
    before = hall.tickets[event.ticket]
    items = list(before.items)
    items[event.item] = Item(event.service, hall.plan.skill_of(event.service))
    if event.window is None:
        return changed(before, items=tuple(items), owner=event.clerk), None
    ticket = changed(waiting(before), items=tuple(items), owner=event.clerk, target=None)
    return ticket, _let_go(hall, "transfer", before, event.window, seq, at)


def arranged(hall: Hall, event: e.TicketArranged, seq: int, at: Instant) -> Touched:
    ticket = hall.tickets[event.ticket]
    return changed(ticket, target=event.to, owner=event.clerk), None


def bound(hall: Hall, event: e.TicketBound, seq: int, at: Instant) -> Touched:
    return changed(hall.tickets[event.ticket], only=event.only), None


def freed(hall: Hall, event: e.TicketFreed, seq: int, at: Instant) -> Touched:
    return changed(hall.tickets[event.ticket], target=None), None


def undone(hall: Hall, event: e.TicketUndone, seq: int, at: Instant) -> Touched:
    window, now = hall.windows[event.window], hall.tickets[event.ticket]
    last = window.undo
    if last is None:
        return None, None
    if last.what == "finish" and last.ticket.active is not None:
        untally_service(hall, window.clerk, last.ticket.items[last.ticket.active], last.at)
    ticket = changed(last.ticket, print=now.print, reprints=now.reprints)
    remaining = tuple([t for t in window.held if t != ticket.id])
    return ticket, changed(window, ticket=ticket.id, held=remaining, undo=None)


def _kept(ticket: Ticket, until: Instant, window: Window) -> Touched:
    """The ticket, held by the window."""
    kept = changed(
        laid_down(ticket),
        state=S.HELD,
        window=None,
        planned=(),
        origin=window.no,
        deadline=until,
    )
    return kept, changed(window, held=(*window.held, ticket.id))


def _let_go(hall: Hall, what: str, before: Ticket, no: int, seq: int, at: Instant) -> Window:
    """The window without the ticket, and with what its clerk may take back."""
    return changed(released(hall, no, before.id, at), undo=Undo(what, before, at, seq))
