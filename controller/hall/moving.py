"""What happens to a ticket between windows: held, called back, handed on, accepted, returned.

Number and seniority stay whatever happens (law 9). Until the next clerk has a transferred ticket
in hand, the one who sent it answers for it (首问负责).
"""

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall import events as e
from controller.hall.calling import unoffered
from controller.hall.conditions import (
    check_item,
    check_life,
    check_low_counters,
    free,
    handed_here,
    held_here,
    in_hand,
    known_ticket,
    known_window,
    opened,
    own,
)
from controller.hall.instants import Instant, Moment
from controller.hall.model import (
    Hall,
    Reason,
    Ticket,
    TicketState,
    Window,
    WindowState,
)
from controller.hall.port import Policy

S = TicketState
CALLED_BACK = "called-back"


# --- hold ---------------------------------------------------------------------------------------


def hold(hall: Hall, command: c.Hold, now: Moment, policy: Policy) -> list[e.Event]:
    """Let the person fetch something (FR-38)."""
    ticket = in_hand(hall, command)
    rules = hall.plan.rules
    if len(hall.windows[command.window].held) >= rules.hold_limit:
        raise x.HoldLimit(limit=rules.hold_limit)
    return [e.TicketHeld(ticket.id, command.window, now.at + rules.hold_longest)]


def call_back(hall: Hall, command: c.CallBack, now: Moment, policy: Policy) -> list[e.Event]:
    """Call somebody who is held; announced like any call."""
    ticket = held_here(hall, command)
    window = free(hall, opened(own(hall, command)))
    items = ticket.doable(window.skills)
    if not items:
        raise x.CannotServe(window=window.no, number=ticket.number)
    call = e.TicketCalled(
        ticket.id, window.no, window.clerk or command.clerk, items, Reason(CALLED_BACK)
    )
    return [*unoffered(window), call]


# --- transfer -----------------------------------------------------------------------------------


def transfer(hall: Hall, command: c.Transfer, now: Moment, policy: Policy) -> list[e.Event]:
    """Hand the ticket on, to a window or as another matter (FR-37)."""
    ticket = in_hand(hall, command)
    clerk = hall.windows[command.window].clerk or command.clerk
    if command.to_item is not None:
        item = ticket.planned[0] if ticket.active is None else ticket.active
        _check_other_matter(hall, ticket, command.to_item)
        return [e.TicketRedirected(ticket.id, command.window, clerk, item, command.to_item)]
    to = known_window(hall, command.to_window or 0)
    if to.no == command.window:
        raise x.SameWindow(window=to.no)
    _check_receiver(to, ticket)
    until = now.at + hall.plan.rules.transfer_within
    return [e.TicketHanded(ticket.id, command.window, clerk, to.no, until)]


def _check_other_matter(hall: Hall, ticket: Ticket, code: str) -> None:
    """Refuse a matter that is on the ticket anyway, or that no window does to which it may go."""
    check_item(hall, code)
    if any(ticket.items[i].service == code for i in ticket.remaining):
        raise x.SameItem(item=code, number=ticket.number)
    if ticket.only is not None:
        check_low_counters(hall, [code])


def _check_receiver(to: Window, ticket: Ticket) -> None:
    """Refuse a window that nobody sits at, or that can do nothing of the ticket."""
    if to.state is WindowState.CLOSED:
        raise x.WindowClosedError(window=to.no)
    if not ticket.doable(to.skills):
        raise x.CannotServe(window=to.no, number=ticket.number)


# --- by the guide desk --------------------------------------------------------------------------


def move(hall: Hall, command: c.Move, now: Moment, policy: Policy) -> list[e.Event]:
    """Arrange a ticket that is at no window: another matter, one window, or any again."""
    ticket = known_ticket(hall, command.ticket)
    check_life(ticket, c.Move)
    if command.to_item is not None:
        return [_as_another_matter(hall, command, ticket, command.to_item)]
    if command.to_window is not None:
        _check_receiver(known_window(hall, command.to_window), ticket)
    if command.to_window == ticket.target:
        return []
    return [e.TicketArranged(ticket.id, command.by, command.to_window)]


def low_counter(hall: Hall, command: c.LowCounter, now: Moment, policy: Policy) -> list[e.Event]:
    """Bind a ticket that is at no window to low counters, or to none; it keeps its seniority. What
    it was meant for is given up if no wheelchair comes there: the last word counts."""
    ticket = known_ticket(hall, command.ticket)
    check_life(ticket, c.LowCounter)
    if command.needed == (ticket.only is not None):
        return []
    if not command.needed:
        return [e.TicketBound(ticket.id, None)]
    check_low_counters(hall, [ticket.items[i].service for i in ticket.remaining])
    low, freed = hall.plan.low_counters, list[e.Event]()
    if ticket.target is not None and ticket.target not in low:
        freed.append(e.TicketArranged(ticket.id, command.by, None))
    return [*freed, e.TicketBound(ticket.id, low)]


def _as_another_matter(
    hall: Hall, command: c.Move, ticket: Ticket, code: str
) -> e.TicketRedirected:
    index = command.item
    if not 0 <= index < len(ticket.items):
        raise x.UnknownItem(item=str(index + 1))
    if index not in ticket.remaining:
        raise x.ItemDone(number=ticket.number, item=index + 1)
    _check_other_matter(hall, ticket, code)
    return e.TicketRedirected(ticket.id, None, command.by, index, code)


# --- accepted or not ----------------------------------------------------------------------------


def accept(hall: Hall, command: c.Accept, now: Moment, policy: Policy) -> list[e.Event]:
    """Take the ticket that was handed to this window."""
    ticket = handed_here(hall, command)
    return [e.TicketAccepted(ticket.id, command.window)]


def send_back(hall: Hall, command: c.SendBack, now: Moment, policy: Policy) -> list[e.Event]:
    """Do not take it."""
    ticket = handed_here(hall, command)
    return [sent_back(hall, ticket, "declined", now.at)]


def sent_back(hall: Hall, ticket: Ticket, why: str, now: Instant) -> e.TicketSentBack:
    """A ticket that nobody accepted: back to the window it came from, which holds it, or into line
    for all if its clerk is gone, or holds as many as may be."""
    origin, rules = hall.windows.get(ticket.origin or 0), hall.plan.rules
    there = origin is not None and origin.clerk is not None and origin.clerk == ticket.owner
    room = origin is not None and len(origin.held) < rules.hold_limit
    home = origin.no if origin is not None and there and room else None
    return e.TicketSentBack(ticket.id, home, why, now + rules.hold_longest)


def abandoned(hall: Hall, now: Moment) -> list[e.Event]:
    """What becomes of those who are meant for a window that will not call them: one that closed,
    went off duty or gave up what they need. Nobody waits for it."""
    return [
        sent_back(hall, ticket, "closed", now.at)
        if ticket.state is S.HANDED
        else e.TicketFreed(ticket.id)
        for ticket in map(hall.tickets.__getitem__, sorted(hall.meant))
        if ticket.window is None and _given_up(hall.windows[ticket.target or 0], ticket)
    ]


def _given_up(window: Window, ticket: Ticket) -> bool:
    return window.gone or not ticket.doable(window.skills)


# --- back after a pass --------------------------------------------------------------------------


def come_back(hall: Hall, command: c.Return, now: Moment, policy: Policy) -> list[e.Event]:
    """The person of a passed ticket is here again (FR-35)."""
    ticket = known_ticket(hall, command.ticket)
    check_life(ticket, c.Return)
    rules = hall.plan.rules
    return [e.TicketReturned(ticket.id, rules.return_behind, now.at + rules.return_after)]
