"""Numbers given out, printed, granted a priority, taken back."""

from collections.abc import Callable

from controller.hall import events as e
from controller.hall.change import changed
from controller.hall.folds.common import Touched, laid_down, released
from controller.hall.instants import Instant
from controller.hall.learning import tally_issue
from controller.hall.model import DispatchClass, Hall, Item, PrintState, Ticket, TicketState

S = TicketState


def issued(hall: Hall, event: e.TicketIssued, seq: int, at: Instant) -> Touched:
    ticket = Ticket(
        id=event.ticket,
        number=event.number,
        order=event.order,
        items=tuple(Item(code, hall.plan.skill_of(code)) for code in event.items),
        cls=DispatchClass(event.cls),
        weight=event.weight,
        issued_at=at,
        seniority=event.seniority,
        issuer=event.issuer,
        slot=event.slot,
        bundle=event.bundle,
        in_order=event.in_order,
        only=event.only,
        drawn=event.drawn,
        beyond=event.beyond,
    )
    if hall.leased.pop((event.series, event.ordinal), None) is None:
        hall.ordinals[event.series] = event.ordinal
    if event.beyond == e.BEYOND_LIMIT:
        hall.beyond_limits.append(event.ticket)
    if event.slot is None:
        hall.last_arrival = max(hall.last_arrival, event.seniority)
    for draw in event.drawn:
        hall.quota[draw] = hall.quota.get(draw, 0) + 1
    tally_issue(hall, event.items, at)
    return ticket, None


def reprinted(hall: Hall, event: e.TicketReprinted, seq: int, at: Instant) -> Touched:
    ticket = hall.tickets[event.ticket]
    return changed(ticket, reprints=ticket.reprints + 1), None


def granted(hall: Hall, event: e.TicketGranted, seq: int, at: Instant) -> Touched:
    ticket = hall.tickets[event.ticket]
    return changed(ticket, cls=DispatchClass(event.cls), weight=event.weight), None


def print_state(state: PrintState) -> Callable[[Hall, e.TicketEvent, int, Instant], Touched]:
    def fold(hall: Hall, event: e.TicketEvent, seq: int, at: Instant) -> Touched:
        return changed(hall.tickets[event.ticket], print=state), None

    return fold


def left(state: TicketState) -> Callable[..., Touched]:
    """Fold an event after which the ticket's day is over."""

    def fold(
        hall: Hall,
        event: e.TicketFinished | e.TicketCancelled | e.TicketDropped,
        seq: int,
        at: Instant,
    ) -> Touched:
        before = hall.tickets[event.ticket]
        ticket = changed(
            laid_down(before),
            state=state,
            window=None,
            deadline=None,
            target=None,
            origin=None,
        )
        _give_back(hall, ticket)
        no = event.window if event.window is not None else before.origin
        return ticket, None if no is None else released(hall, no, ticket.id, at)

    return fold


def _give_back(hall: Hall, ticket: Ticket) -> None:
    """A number that was taken back or never given out leaves its place in the quotas."""
    if ticket.state in {S.CANCELLED, S.VOID}:
        for draw in ticket.drawn:
            hall.quota[draw] -= 1


def voided(hall: Hall, event: e.TicketVoided, seq: int, at: Instant) -> Touched:
    ticket, window = left(S.VOID)(hall, event, seq, at)
    return changed(ticket, print=PrintState.VOID) if ticket else None, window
