"""`evolve` folds an event into the hall. It never refuses: what is in the journal has happened."""

from collections.abc import Callable
from dataclasses import dataclass

from controller.hall import day_events as d
from controller.hall import events as e
from controller.hall import help_events as h
from controller.hall.folds import calling, day, moving, taking, telling, windows
from controller.hall.folds.common import Touched
from controller.hall.instants import Instant
from controller.hall.model import Hall, PrintState, Ticket, TicketState, Window
from controller.hall.rating_events import RatingGiven

S = TicketState
WAITING, RETURNED = S.WAITING, S.RETURNED  # looked up once: this runs for every event


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
        _file(hall, hall.tickets.get(ticket.id), ticket)
        if type(event) not in _QUIET:
            hall.moved[ticket.id] = seq
    if window is not None:
        hall.windows[window.no] = window
    return Applied(seq, at, event, ticket, window)


def _file(hall: Hall, before: Ticket | None, ticket: Ticket) -> None:
    """Keep a ticket, and what is looked up by: who waits, who is meant for whom, whose time
    comes."""
    hall.tickets[ticket.id] = ticket
    if stands_anew(before, ticket):
        hall.waiting.join(ticket.id, ticket.seniority, ticket.order, ticket.kind())
    elif before is not None and before.state is WAITING and ticket.state is not WAITING:
        hall.waiting.leave(ticket.id)
    if ticket.deadline is not None or (before is not None and before.deadline is not None):
        hall.deadlines.set(ticket.id, ticket.due)
    if hall.returned and ticket.state is not RETURNED:
        hall.returned.pop(ticket.id, None)
    if ticket.target is not None:
        hall.meant.add(ticket.id)
    elif hall.meant:
        hall.meant.discard(ticket.id)


def stands_anew(before: Ticket | None, after: Ticket) -> bool:
    """Whether the ticket takes a new place in the waiting lines."""
    if after.state is not WAITING:
        return False
    if before is None or before.state is not WAITING:
        return True
    return _grounds(before) != _grounds(after)


def _grounds(ticket: Ticket) -> tuple[object, ...]:
    """What its kind rests on, while it waits."""
    return ticket.items, ticket.cls, ticket.weight, ticket.windows


_QUIET = frozenset(
    {
        e.TicketPrinted,
        e.TicketUnproven,
        e.TicketReprinted,
        e.TicketOffered,
        e.TicketDeclined,
        e.ItemStarted,
    }
)
"""Events after which a key before them can still be taken back."""

_FOLDERS: dict[type[e.Event], Callable[..., Touched]] = {
    d.DayOpened: day.day_opened,
    d.DayLearned: day.day_learned,
    d.DayEnded: day.day_ended,
    d.RosterTurned: day.roster_turned,
    d.PolicyChanged: day.policy_changed,
    d.NumbersLeased: day.numbers_leased,
    d.NumbersDoubted: day.numbers_doubted,
    e.TicketIssued: taking.issued,
    e.TicketPrinted: taking.print_state(PrintState.PRINTED),
    e.TicketUnproven: taking.print_state(PrintState.UNPROVEN),
    e.TicketReprinted: taking.reprinted,
    e.TicketVoided: taking.voided,
    e.TicketGranted: taking.granted,
    e.TicketOffered: calling.offered,
    e.TicketDeclined: calling.declined,
    e.TicketCalled: calling.called,
    e.TicketRecalled: calling.recalled,
    e.TicketArrived: calling.arrived,
    e.ItemStarted: calling.item_started,
    e.ItemFinished: calling.item_finished,
    e.TicketRequeued: calling.requeued,
    e.TicketFinished: taking.left(S.FINISHED),
    e.TicketCancelled: taking.left(S.CANCELLED),
    e.TicketDropped: taking.left(S.DROPPED),
    e.WindowOpened: windows.window_opened,
    e.WindowPaused: windows.window_paused,
    e.WindowResumed: windows.window_resumed,
    e.WindowClosed: windows.window_closed,
    e.WindowSkilled: windows.window_skilled,
    e.WindowReady: windows.window_ready,
    h.HelpAsked: windows.help_asked,
    h.HelpTaken: windows.help_taken,
    h.HelpWithdrawn: windows.help_withdrawn,
    e.TicketPassed: moving.passed,
    e.TicketReturned: moving.returned,
    e.TicketRejoined: moving.rejoined,
    e.TicketHeld: moving.held,
    e.TicketLapsed: moving.lapsed,
    e.TicketHanded: moving.handed,
    e.TicketAccepted: moving.accepted,
    e.TicketSentBack: moving.sent_back,
    e.TicketRedirected: moving.redirected,
    e.TicketArranged: moving.arranged,
    e.TicketBound: moving.bound,
    e.TicketFreed: moving.freed,
    e.TicketUndone: moving.undone,
    RatingGiven: windows.rating_given,
    **dict.fromkeys(telling.TELLING, telling.told),
}
