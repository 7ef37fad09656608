"""`evolve` folds an event into the hall. It never refuses: what is in the journal has happened."""

from collections.abc import Callable
from dataclasses import dataclass

from controller.hall import events as e
from controller.hall.change import changed
from controller.hall.knowledge import Statistics, Tally
from controller.hall.learning import knowledge, tally_issue, tally_service
from controller.hall.model import (
    DispatchClass,
    Hall,
    Instant,
    Item,
    ItemState,
    PauseReason,
    PrintState,
    Result,
    Ticket,
    TicketState,
    Window,
    WindowState,
    closed_windows,
    first_guess,
)
from controller.hall.waiting import WaitingLines

S = TicketState


@dataclass(frozen=True, slots=True)
class Applied:
    """An event with its place in the sequence, and what it touched as it was right after it."""

    seq: int
    at: Instant
    event: e.Event
    ticket: Ticket | None = None
    window: Window | None = None


def evolve(hall: Hall, event: e.Event, seq: int, at: Instant) -> Applied:
    """Fold `event`, number `seq` at `at`, into `hall` and say what it touched."""
    folder = _FOLDERS.get(type(event))
    if folder is None:
        return Applied(seq, at, event)
    ticket, window = folder(hall, event, seq, at)
    if ticket is not None:
        hall.tickets[ticket.id] = ticket
    if window is not None:
        hall.windows[window.no] = window
    return Applied(seq, at, event, ticket, window)


Touched = tuple[Ticket | None, Window | None]


def _day_opened(hall: Hall, event: e.DayOpened, seq: int, at: Instant) -> Touched:
    hall.day, hall.midnight = event.day, event.midnight
    if hall.tomorrow is not None:
        hall.plan, hall.tomorrow = hall.tomorrow, None
        if not hall.known.statistics.days:
            hall.known = first_guess(hall.plan)
    hall.today = Tally()
    hall.tickets.clear()
    hall.at_window.clear()
    hall.ordinals.clear()
    hall.waiting = WaitingLines()
    hall.last_arrival = 0
    hall.windows = closed_windows(hall.plan)
    hall.staffing = ()
    return None, None


def _day_learned(hall: Hall, event: e.DayLearned, seq: int, at: Instant) -> Touched:
    learned = Statistics(event.days, event.served, event.issued, event.quarters)
    hall.known = knowledge(learned, hall.plan)
    return None, None


def _issued(hall: Hall, event: e.TicketIssued, seq: int, at: Instant) -> Touched:
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
    )
    hall.ordinals[event.series] = event.ordinal
    if event.slot is None:
        hall.last_arrival = max(hall.last_arrival, event.seniority)
    _queue(hall, ticket)
    tally_issue(hall, event.items, at)
    return ticket, None


def _print_state(state: PrintState) -> Callable[[Hall, e.TicketEvent, int, Instant], Touched]:
    def fold(hall: Hall, event: e.TicketEvent, seq: int, at: Instant) -> Touched:
        return changed(hall.tickets[event.ticket], print=state), None

    return fold


def _called(hall: Hall, event: e.TicketCalled, seq: int, at: Instant) -> Touched:
    window = hall.windows[event.window]
    hall.waiting.call(event.ticket, window.skills)
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
    )
    return ticket, changed(window, ticket=ticket.id)


def _recalled(hall: Hall, event: e.TicketRecalled, seq: int, at: Instant) -> Touched:
    ticket = hall.tickets[event.ticket]
    return changed(ticket, calls=ticket.calls + 1, last_called_at=at), None


def _arrived(hall: Hall, event: e.TicketArrived, seq: int, at: Instant) -> Touched:
    ticket = changed(hall.tickets[event.ticket], state=S.SERVING, arrived_at=at)
    return ticket, hall.windows[event.window]


def _item_started(hall: Hall, event: e.ItemStarted, seq: int, at: Instant) -> Touched:
    return _with_item(hall, event.ticket, event.item, state=ItemState.ACTIVE, started_at=at), None


def _item_finished(hall: Hall, event: e.ItemFinished, seq: int, at: Instant) -> Touched:
    ticket = _with_item(
        hall,
        event.ticket,
        event.item,
        state=ItemState.DONE,
        result=Result(event.result),
        finished_at=at,
    )
    tally_service(hall, hall.windows[event.window].clerk, ticket.items[event.item], at)
    return ticket, None


def _requeued(hall: Hall, event: e.TicketRequeued, seq: int, at: Instant) -> Touched:
    ticket = changed(
        hall.tickets[event.ticket], state=S.WAITING, window=None, planned=(), reason=None
    )
    _queue(hall, ticket)
    return ticket, _released(hall, event.window)


def _left(state: TicketState) -> Callable[..., Touched]:
    """Fold an event after which the ticket neither waits nor is at a window."""

    def fold(
        hall: Hall,
        event: e.TicketFinished | e.TicketPassed | e.TicketCancelled | e.TicketDropped,
        seq: int,
        at: Instant,
    ) -> Touched:
        hall.waiting.leave(event.ticket)
        ticket = changed(hall.tickets[event.ticket], state=state, window=None)
        return ticket, None if event.window is None else _released(hall, event.window)

    return fold


def _voided(hall: Hall, event: e.TicketVoided, seq: int, at: Instant) -> Touched:
    ticket, window = _left(S.VOID)(hall, event, seq, at)
    return changed(ticket, print=PrintState.VOID) if ticket else None, window


def _window_opened(hall: Hall, event: e.WindowOpened, seq: int, at: Instant) -> Touched:
    hall.at_window[event.clerk] = event.window
    skills = frozenset(event.skills)
    post = (event.window, event.clerk, skills)
    hall.staffing = tuple(sorted([*_others(hall, event.window), post], key=lambda p: p[0]))
    window = hall.windows[event.window]
    return None, changed(window, state=WindowState.OPEN, clerk=event.clerk, skills=skills)


def _window_paused(hall: Hall, event: e.WindowPaused, seq: int, at: Instant) -> Touched:
    return None, changed(
        hall.windows[event.window],
        state=WindowState.PAUSED,
        reason=PauseReason(event.reason),
        until=event.until,
    )


def _window_resumed(hall: Hall, event: e.WindowResumed, seq: int, at: Instant) -> Touched:
    window = hall.windows[event.window]
    return None, changed(window, state=WindowState.OPEN, reason=None, until=None)


def _window_closed(hall: Hall, event: e.WindowClosed, seq: int, at: Instant) -> Touched:
    window = hall.windows[event.window]
    hall.at_window.pop(window.clerk or "", None)
    hall.staffing = tuple(_others(hall, event.window))
    return None, changed(window, state=WindowState.CLOSED, clerk=None, reason=None, until=None)


def _others(hall: Hall, window: int) -> list[tuple[int, str, frozenset[str]]]:
    return [post for post in hall.staffing if post[0] != window]


def _with_item(hall: Hall, ticket: str, index: int, **changes: object) -> Ticket:
    found = hall.tickets[ticket]
    items = list(found.items)
    items[index] = changed(items[index], **changes)
    return changed(found, items=tuple(items))


def _queue(hall: Hall, ticket: Ticket) -> None:
    hall.waiting.join(ticket.id, ticket.seniority, ticket.order, ticket.kind())


def _released(hall: Hall, window: int) -> Window:
    return changed(hall.windows[window], ticket=None)


_FOLDERS: dict[type[e.Event], Callable[..., Touched]] = {
    e.DayOpened: _day_opened,
    e.DayLearned: _day_learned,
    e.TicketIssued: _issued,
    e.TicketPrinted: _print_state(PrintState.PRINTED),
    e.TicketUnproven: _print_state(PrintState.UNPROVEN),
    e.TicketVoided: _voided,
    e.TicketCalled: _called,
    e.TicketRecalled: _recalled,
    e.TicketArrived: _arrived,
    e.ItemStarted: _item_started,
    e.ItemFinished: _item_finished,
    e.TicketRequeued: _requeued,
    e.TicketFinished: _left(S.FINISHED),
    e.TicketPassed: _left(S.PASSED),
    e.TicketCancelled: _left(S.CANCELLED),
    e.TicketDropped: _left(S.DROPPED),
    e.WindowOpened: _window_opened,
    e.WindowPaused: _window_paused,
    e.WindowResumed: _window_resumed,
    e.WindowClosed: _window_closed,
}
