"""Conditions that many commands share: each returns what it found, or raises the rule that
refuses."""

from collections.abc import Iterable
from typing import NoReturn

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.instants import SECOND, Instant, Moment
from controller.hall.model import Hall, Ticket, TicketState, Window, WindowState
from controller.hall.plan import Service
from controller.hall.refusals import NoLowCounter

S = TicketState

TICKET_LIFE: dict[type, frozenset[TicketState]] = {
    c.Recall: frozenset({S.CALLED}),
    c.Arrive: frozenset({S.CALLED}),
    c.Start: frozenset({S.SERVING}),
    c.Pass: frozenset({S.CALLED}),
    c.Drop: frozenset({S.CALLED, S.SERVING, S.HELD}),
    c.Finish: frozenset({S.SERVING}),
    c.Hold: frozenset({S.CALLED, S.SERVING}),
    c.CallBack: frozenset({S.HELD}),
    c.Transfer: frozenset({S.CALLED, S.SERVING}),
    c.Accept: frozenset({S.HANDED}),
    c.SendBack: frozenset({S.HANDED}),
    c.CallChosen: frozenset({S.WAITING, S.RETURNED, S.PASSED}),
    c.Cancel: frozenset({S.WAITING, S.OFFERED, S.CALLED, S.HELD, S.PASSED, S.RETURNED, S.HANDED}),
    c.Return: frozenset({S.PASSED}),
    c.Move: frozenset({S.WAITING, S.PASSED, S.RETURNED}),
    c.LowCounter: frozenset({S.WAITING, S.PASSED, S.RETURNED}),
    c.Grant: frozenset({S.WAITING, S.PASSED, S.RETURNED, S.HANDED}),
    c.Reprint: frozenset(S) - {S.FINISHED, S.CANCELLED, S.DROPPED, S.VOID},
    c.ConfirmPrint: frozenset(S) - {S.VOID},
}
"""In which states of a ticket a command is legal at all; the deciders add what a table cannot
hold (whose window, how often, how soon)."""


def known_ticket(hall: Hall, ticket: str) -> Ticket:
    """The ticket of that id."""
    found = hall.tickets.get(ticket)
    if found is None:
        raise x.UnknownTicket(ticket=ticket)
    return found


def issued_by(ticket: Ticket, by: str | None) -> Ticket:
    """The ticket, if `by` gave it out or may speak of any (None)."""
    if by is not None and ticket.issuer != by:
        raise x.IssuedElsewhere(number=ticket.number)
    return ticket


def known_window(hall: Hall, no: int) -> Window:
    """The window of that number."""
    found = hall.windows.get(no)
    if found is None:
        raise x.UnknownWindow(window=no)
    return found


def own(hall: Hall, command: c.AtWindow) -> Window:
    """The command's window, if its clerk may act there."""
    window = known_window(hall, command.window)
    if not command.authority and window.clerk != command.clerk:
        if window.state is WindowState.CLOSED:
            raise x.WindowClosedError(window=window.no)
        raise x.NotYourWindow(window=window.no)
    return window


def opened(window: Window) -> Window:
    """The window, if it is open for calls."""
    if window.state is WindowState.CLOSED:
        raise x.WindowClosedError(window=window.no)
    if window.state is WindowState.PAUSED:
        raise x.WindowPausedError(window=window.no)
    return window


def free(hall: Hall, window: Window) -> Window:
    """The window, if nobody is in hand there."""
    if window.ticket is not None:
        raise x.WindowBusy(number=hall.tickets[window.ticket].number)
    return window


def in_hand(hall: Hall, command: c.WithTicket) -> Ticket:
    """The command's ticket, if it is in the hand of the command's window and its life allows it."""
    window = own(hall, command)
    ticket = known_ticket(hall, command.ticket)
    if ticket.window != window.no or window.ticket != ticket.id:
        if ticket.window is None:
            refuse_state(ticket)
        raise x.NotYourTicket(number=ticket.number, window=window.no)
    check_life(ticket, type(command))
    return ticket


def held_here(hall: Hall, command: c.WithTicket) -> Ticket:
    """The command's ticket, if the command's window holds it."""
    window = own(hall, command)
    ticket = known_ticket(hall, command.ticket)
    check_life(ticket, type(command))
    if ticket.id not in window.held:
        raise x.NotYourTicket(number=ticket.number, window=window.no)
    return ticket


def handed_here(hall: Hall, command: c.WithTicket) -> Ticket:
    """The command's ticket, if it was handed to the command's window."""
    window = own(hall, command)
    ticket = known_ticket(hall, command.ticket)
    check_life(ticket, type(command))
    if ticket.target != window.no:
        raise x.NotYourTicket(number=ticket.number, window=window.no)
    return ticket


def check_life(ticket: Ticket, command: type) -> None:
    """Refuse what the ticket's state does not allow."""
    if ticket.state not in TICKET_LIFE[command]:
        refuse_state(ticket)


def refuse_state(ticket: Ticket) -> NoReturn:
    """Say in which state the ticket is; whose number was given up takes a new one."""
    refusal = x.NumberGivenUp if ticket.state is S.DROPPED else x.WrongState
    raise refusal(number=ticket.number, state=str(ticket.state))


def not_before(ticket: Ticket, gap: Instant, now: Moment) -> None:
    """Refuse what comes too soon after the last call."""
    left = (ticket.last_called_at or 0) + gap - now.at
    if 0 < left <= gap:  # more: the clock was set back, and nobody waits for it
        raise x.TooSoon(wait_s=-(-left // SECOND))


def skills_today(hall: Hall, no: int) -> frozenset[str]:
    """What a window does today, whoever sits there."""
    return hall.skills_set.get(no, hall.plan.windows[no].skills)


def known_item(hall: Hall, code: str) -> Service:
    """The service item of that code."""
    found = hall.plan.services.get(code)
    if found is None:
        raise x.UnknownItem(item=code)
    return found


def check_item(hall: Hall, code: str) -> None:
    """Refuse a service item that is none, or that no window does today."""
    skill = known_item(hall, code).skill
    if not any(skill in skills_today(hall, no) for no in hall.windows):
        raise x.ItemWithoutWindow(item=code)


def check_low_counters(hall: Hall, codes: Iterable[str]) -> None:
    """Refuse what not all of can be done today at windows that a wheelchair can come to."""
    able = {skill for no in hall.plan.low_counters for skill in skills_today(hall, no)}
    if any(hall.plan.skill_of(code) not in able for code in codes):
        raise NoLowCounter()
