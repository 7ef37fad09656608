"""The life of a ticket and of a window: `decide` turns a command into events, or refuses.

The table `TICKET_LIFE` says in which states of a ticket a command is legal at all; the functions
below it add the rules that a table cannot hold (whose window, how often, how soon).
"""

from collections.abc import Callable

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall import events as e
from controller.hall.learning import merged
from controller.hall.model import (
    MINUTE,
    OPEN_STATES,
    SECOND,
    Hall,
    Instant,
    Moment,
    PrintState,
    Ticket,
    TicketState,
    Window,
    WindowState,
)
from controller.hall.numbering import format_number, next_number
from controller.hall.port import Policy

S = TicketState

TICKET_LIFE: dict[type, frozenset[TicketState]] = {
    c.Recall: frozenset({S.CALLED}),
    c.Arrive: frozenset({S.CALLED}),
    c.Pass: frozenset({S.CALLED}),
    c.Finish: frozenset({S.SERVING}),
    c.Cancel: frozenset({S.WAITING, S.CALLED, S.PASSED}),
    c.ConfirmPrint: frozenset(
        {S.WAITING, S.CALLED, S.SERVING, S.PASSED, S.FINISHED, S.CANCELLED, S.DROPPED}
    ),
}


def decide(hall: Hall, command: c.Command, now: Moment, policy: Policy) -> list[e.Event]:
    """The events that `command` causes in `hall` at `now`; an empty list if there is nothing to do.

    The caller has turned the day (`turn_day`) first. Raises a `HallError` if a rule refuses;
    `hall` is never changed here.
    """
    return _DECIDERS[type(command)](hall, command, now, policy)


def turn_day(hall: Hall, now: Moment) -> list[e.Event]:
    """The events that end yesterday and open today, if the hall's wall calendar has moved on.

    The day never goes back: a clock that is set back stays in the hall day it has reached.
    """
    if now.day <= hall.day:
        return []
    ended: list[e.Event] = [
        e.TicketDropped(t.id, "day-end", t.window)
        for t in hall.tickets.values()
        if t.state in OPEN_STATES
    ]
    ended += [
        e.WindowClosed(w.no) for w in hall.windows.values() if w.state is not WindowState.CLOSED
    ]
    return [*ended, e.DayOpened(now.day, _midnight(now)), *_learned(hall)]


def _midnight(now: Moment) -> Instant:
    """When the day began on the wall, unless its clock was put forward or back since."""
    wall = now.local
    return (now.at // SECOND - (wall.hour * 60 + wall.minute) * 60 - wall.second) * SECOND


def _learned(hall: Hall) -> list[e.Event]:
    """What the new day knows; nothing if no day has taught anything yet."""
    s = merged(hall.known.statistics, hall.today)
    if not s.days:
        return []
    return [e.DayLearned(s.days, s.served, s.issued, s.quarters)]


# --- tickets ------------------------------------------------------------------------------------


def _issue(hall: Hall, command: c.Issue, now: Moment, policy: Policy) -> list[e.Event]:
    plan = hall.plan
    if not command.items:
        raise x.UnknownItem(item="-")
    for code in command.items:
        if code not in plan.services:
            raise x.UnknownItem(item=code)
        if not any(plan.skill_of(code) in w.skills for w in plan.windows.values()):
            raise x.ItemWithoutWindow(item=code)
    series, ordinal = next_number(hall, plan.skills[plan.skill_of(command.items[0])].series)
    number = format_number(series, ordinal, plan.rules.digits)
    slot, arrival = command.slot, max(now.at, hall.last_arrival)
    return [
        e.TicketIssued(
            ticket=f"{hall.day}-{number}",
            number=number,
            series=series,
            ordinal=ordinal,
            order=len(hall.tickets),
            items=command.items,
            cls=str(command.cls),
            weight=command.weight or plan.rules.weights[str(command.cls)],
            seniority=arrival if slot is None else max(slot, arrival),
            slot=slot,
            bundle=command.bundle,
            issuer=command.by,
        )
    ]


def _confirm(hall: Hall, command: c.ConfirmPrint, now: Moment, policy: Policy) -> list[e.Event]:
    ticket = _issued_by(_ticket(hall, command.ticket), command.by)
    if command.outcome is PrintState.VOID:
        if ticket.print is PrintState.VOID:
            return []
        legal = ticket.state in {S.WAITING, S.CALLED} and ticket.print is PrintState.PENDING
        if not legal:
            raise x.WrongState(number=ticket.number, state=str(ticket.state))
        return [e.TicketVoided(ticket.id, ticket.window)]
    _check_life(ticket, c.ConfirmPrint)
    if ticket.print is command.outcome or ticket.print is PrintState.PRINTED:
        return []  # what is proven stays proven
    if command.outcome is PrintState.PRINTED:
        return [e.TicketPrinted(ticket.id)]
    return [e.TicketUnproven(ticket.id)]


def _cancel(hall: Hall, command: c.Cancel, now: Moment, policy: Policy) -> list[e.Event]:
    ticket = _issued_by(_ticket(hall, command.ticket), command.by)
    _check_life(ticket, c.Cancel)
    return [e.TicketCancelled(ticket.id, ticket.window)]


# --- windows ------------------------------------------------------------------------------------


def _open_window(hall: Hall, command: c.OpenWindow, now: Moment, policy: Policy) -> list[e.Event]:
    window = _window(hall, command.window)
    if window.clerk is not None and window.clerk != command.clerk:
        raise x.WindowTaken(window=window.no, clerk=window.clerk)
    elsewhere = _where(hall, command.clerk)
    if elsewhere is not None and elsewhere != window.no:
        raise x.ClerkElsewhere(window=elsewhere)
    if window.state is not WindowState.CLOSED:
        return []  # the same clerk again: a console that was reloaded
    skills = tuple(sorted(hall.plan.windows[window.no].skills))
    return [e.WindowOpened(window.no, command.clerk, skills)]


def _pause(hall: Hall, command: c.PauseWindow, now: Moment, policy: Policy) -> list[e.Event]:
    window = _free(hall, _open(_own(hall, command)))
    until = now.at + command.minutes * MINUTE
    return [e.WindowPaused(window.no, str(command.reason), until)]


def _resume(hall: Hall, command: c.ResumeWindow, now: Moment, policy: Policy) -> list[e.Event]:
    window = _own(hall, command)
    if window.state is not WindowState.PAUSED:
        raise x.WindowNotPaused(window=window.no, state=str(window.state))
    return [e.WindowResumed(window.no)]


def _close(hall: Hall, command: c.CloseWindow, now: Moment, policy: Policy) -> list[e.Event]:
    window = _free(hall, _own(hall, command))
    if window.state is WindowState.CLOSED:
        raise x.WindowClosedError(window=window.no)
    return [e.WindowClosed(window.no)]


# --- calling ------------------------------------------------------------------------------------


def _call(hall: Hall, command: c.CallNext, now: Moment, policy: Policy) -> list[e.Event]:
    window = _free(hall, _open(_own(hall, command)))
    choice = policy.choose(hall, window, now)
    if choice is None:
        return []
    clerk = window.clerk or command.clerk
    return [e.TicketCalled(choice.ticket, window.no, clerk, choice.items, choice.reason)]


def _recall(hall: Hall, command: c.Recall, now: Moment, policy: Policy) -> list[e.Event]:
    ticket = _in_hand(hall, command)
    rules = hall.plan.rules
    if ticket.calls - 1 >= rules.recall_limit:
        raise x.RecallLimit(number=ticket.number, limit=rules.recall_limit)
    _not_before(ticket, rules.recall_gap, now)
    return [e.TicketRecalled(ticket.id, command.window)]


def _arrive(hall: Hall, command: c.Arrive, now: Moment, policy: Policy) -> list[e.Event]:
    ticket = _in_hand(hall, command)
    first = ticket.planned[0]
    return [
        e.TicketArrived(ticket.id, command.window),
        e.ItemStarted(ticket.id, command.window, first),
    ]


def _finish(hall: Hall, command: c.Finish, now: Moment, policy: Policy) -> list[e.Event]:
    ticket = _in_hand(hall, command)
    if ticket.active != command.item:
        raise x.WrongItem(number=ticket.number, item=command.item + 1)
    done = e.ItemFinished(ticket.id, command.window, command.item, str(command.result))
    rest = [i for i in ticket.remaining if i != command.item]
    here = [i for i in ticket.planned if i in rest]
    if here:
        return [done, e.ItemStarted(ticket.id, command.window, here[0])]
    if rest:
        return [done, e.TicketRequeued(ticket.id, command.window)]
    return [done, e.TicketFinished(ticket.id, command.window)]


def _pass(hall: Hall, command: c.Pass, now: Moment, policy: Policy) -> list[e.Event]:
    ticket = _in_hand(hall, command)
    _not_before(ticket, hall.plan.rules.pass_after, now)
    return [e.TicketPassed(ticket.id, command.window)]


# --- shared conditions --------------------------------------------------------------------------


def _ticket(hall: Hall, ticket: str) -> Ticket:
    found = hall.tickets.get(ticket)
    if found is None:
        raise x.UnknownTicket(ticket=ticket)
    return found


def _issued_by(ticket: Ticket, by: str | None) -> Ticket:
    if by is not None and ticket.issuer != by:
        raise x.IssuedElsewhere(number=ticket.number)
    return ticket


def _window(hall: Hall, no: int) -> Window:
    found = hall.windows.get(no)
    if found is None:
        raise x.UnknownWindow(window=no)
    return found


def _where(hall: Hall, clerk: str) -> int | None:
    return hall.at_window.get(clerk)


def _own(hall: Hall, command: c.AtWindow) -> Window:
    """The command's window, if its clerk may act there."""
    window = _window(hall, command.window)
    if not command.authority and window.clerk != command.clerk:
        if window.state is WindowState.CLOSED:
            raise x.WindowClosedError(window=window.no)
        raise x.NotYourWindow(window=window.no)
    return window


def _open(window: Window) -> Window:
    if window.state is WindowState.CLOSED:
        raise x.WindowClosedError(window=window.no)
    if window.state is WindowState.PAUSED:
        raise x.WindowPausedError(window=window.no)
    return window


def _free(hall: Hall, window: Window) -> Window:
    if window.ticket is not None:
        raise x.WindowBusy(number=hall.tickets[window.ticket].number)
    return window


def _in_hand(hall: Hall, command: c.WithTicket) -> Ticket:
    """The command's ticket, if it is in the hand of the command's window and its life allows it."""
    window = _own(hall, command)
    ticket = _ticket(hall, command.ticket)
    if ticket.window != window.no or window.ticket != ticket.id:
        if ticket.window is None:
            raise x.WrongState(number=ticket.number, state=str(ticket.state))
        raise x.NotYourTicket(number=ticket.number, window=window.no)
    _check_life(ticket, type(command))
    return ticket


def _check_life(ticket: Ticket, command: type) -> None:
    if ticket.state not in TICKET_LIFE[command]:
        raise x.WrongState(number=ticket.number, state=str(ticket.state))


def _not_before(ticket: Ticket, gap: int, now: Moment) -> None:
    left = (ticket.last_called_at or 0) + gap - now.at
    if left > 0:
        raise x.TooSoon(wait_s=-(-left // SECOND))


_DECIDERS: dict[type, Callable[..., list[e.Event]]] = {
    c.OpenDay: lambda hall, command, now, policy: [],
    c.Issue: _issue,
    c.ConfirmPrint: _confirm,
    c.Cancel: _cancel,
    c.OpenWindow: _open_window,
    c.PauseWindow: _pause,
    c.ResumeWindow: _resume,
    c.CloseWindow: _close,
    c.CallNext: _call,
    c.Recall: _recall,
    c.Arrive: _arrive,
    c.Finish: _finish,
    c.Pass: _pass,
}
