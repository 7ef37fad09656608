"""What clerks do with the number in hand: call, recall, arrive, finish, pass, drop, and take the
last key back."""

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall import events as e
from controller.hall.conditions import (
    check_life,
    free,
    in_hand,
    known_ticket,
    not_before,
    opened,
    own,
)
from controller.hall.instants import SECOND, Moment
from controller.hall.model import (
    DropReason,
    Hall,
    Reason,
    TicketState,
    Window,
    WindowState,
)
from controller.hall.port import Policy
from controller.hall.visitor import hide_long_numbers

S = TicketState
CHOSEN = "chosen"
AT_ONCE = frozenset({DropReason.MISMATCH, DropReason.WISH})
"""Grounds that the clerk knows at once; the others need the wait that a pass needs."""


def call_next(hall: Hall, command: c.CallNext, now: Moment, policy: Policy) -> list[e.Event]:
    """Call whom the policy says, or whom the window has been offered. With nobody to call, at
    least an offer is wanted again."""
    window = free(hall, opened(own(hall, command)))
    if window.offer is not None:
        return [called_as_offered(hall, window)]
    choice = policy.choose(hall, window, now)
    if choice is None:
        return [] if window.ready else [e.WindowReady(window.no)]
    clerk = window.clerk or command.clerk
    return [e.TicketCalled(choice.ticket, window.no, clerk, choice.items, choice.reason)]


def called_as_offered(hall: Hall, window: Window) -> e.TicketCalled:
    """The call of the ticket that is reserved for the window."""
    ticket = hall.tickets[window.offer or ""]
    reason = ticket.reason or Reason("")
    return e.TicketCalled(ticket.id, window.no, window.clerk or "", ticket.planned, reason)


def call_chosen(hall: Hall, command: c.CallChosen, now: Moment, policy: Policy) -> list[e.Event]:
    """Call the named ticket; only with authority and a reason (FR-31)."""
    ticket = known_ticket(hall, command.ticket)
    window = free(hall, opened(own(hall, command)))
    if not command.authority:
        raise x.NeedsAuthority()
    if not command.why:
        raise x.ReasonNeeded()
    check_life(ticket, c.CallChosen)
    items = ticket.doable(window.skills)
    if not items:
        raise x.CannotServe(window=window.no, number=ticket.number)
    reason = Reason(CHOSEN, (("by", command.clerk), ("why", hide_long_numbers(command.why))))
    clerk = window.clerk or command.clerk
    return [*unoffered(window), e.TicketCalled(ticket.id, window.no, clerk, items, reason)]


def unoffered(window: Window) -> list[e.Event]:
    """The event that takes the window's offer back, if it has one."""
    if window.offer is None:
        return []
    return [e.TicketDeclined(window.offer, window.no, e.WITHDRAWN)]


def decline(hall: Hall, command: c.Decline, now: Moment, policy: Policy) -> list[e.Event]:
    """Keep the offer back (FR-32)."""
    window = own(hall, command)
    if window.offer is None:
        raise x.NothingOffered(window=window.no)
    return [e.TicketDeclined(window.offer, window.no, e.KEPT)]


def recall(hall: Hall, command: c.Recall, now: Moment, policy: Policy) -> list[e.Event]:
    """Call again, not too often and not too soon (FR-34)."""
    ticket = in_hand(hall, command)
    rules = hall.plan.rules
    if ticket.calls - 1 >= rules.recall_limit:
        raise x.RecallLimit(number=ticket.number, limit=rules.recall_limit)
    not_before(ticket, rules.recall_gap, now)
    return [e.TicketRecalled(ticket.id, command.window)]


def arrive(hall: Hall, command: c.Arrive, now: Moment, policy: Policy) -> list[e.Event]:
    """The person is here; work starts with it unless the hall separates them (FR-44)."""
    ticket = in_hand(hall, command)
    here = e.TicketArrived(ticket.id, command.window)
    if hall.plan.rules.separate_arrival:
        return [here]
    return [here, e.ItemStarted(ticket.id, command.window, ticket.planned[0])]


def start(hall: Hall, command: c.Start, now: Moment, policy: Policy) -> list[e.Event]:
    """Work begins on the first planned item."""
    ticket = in_hand(hall, command)
    if ticket.active is not None:
        return []
    return [e.ItemStarted(ticket.id, command.window, ticket.planned[0])]


def finish(hall: Hall, command: c.Finish, now: Moment, policy: Policy) -> list[e.Event]:
    """End the item in hand with a result (FR-45); go on with the next one here, or back into line,
    or end."""
    ticket = in_hand(hall, command)
    if ticket.active != command.item:
        raise x.WrongItem(number=ticket.number, item=command.item + 1)
    if command.result is None:
        raise x.ResultNeeded()
    done = e.ItemFinished(ticket.id, command.window, command.item, str(command.result))
    rest = [i for i in ticket.remaining if i != command.item]
    here = [i for i in ticket.planned if i in rest]
    if here:
        return [done, e.ItemStarted(ticket.id, command.window, here[0])]
    if rest:
        return [done, e.TicketRequeued(ticket.id, command.window)]
    return [done, e.TicketFinished(ticket.id, command.window)]


def pass_ticket(hall: Hall, command: c.Pass, now: Moment, policy: Policy) -> list[e.Event]:
    """The person did not come (FR-35)."""
    ticket = in_hand(hall, command)
    rules = hall.plan.rules
    not_before(ticket, rules.pass_after, now)
    return [e.TicketPassed(ticket.id, command.window, now.at + rules.return_within)]


def drop(hall: Hall, command: c.Drop, now: Moment, policy: Policy) -> list[e.Event]:
    """Give the number up for a reason (FR-36)."""
    window = own(hall, command)
    if command.ticket in window.held:
        return [_dropped_while_held(hall, command, now)]
    ticket = in_hand(hall, command)
    if ticket.state is S.CALLED and command.reason not in AT_ONCE:
        not_before(ticket, hall.plan.rules.pass_after, now)
    return [e.TicketDropped(ticket.id, str(command.reason), command.window)]


def _dropped_while_held(hall: Hall, command: c.Drop, now: Moment) -> e.TicketDropped:
    """Who was sent to fetch something may be away until the hold ends."""
    ticket = known_ticket(hall, command.ticket)
    if command.reason not in AT_ONCE:
        raise x.TooSoon(wait_s=max(1, -((now.at - (ticket.deadline or 0)) // SECOND)))
    return e.TicketDropped(ticket.id, str(command.reason), None)


def undo(hall: Hall, command: c.UndoLast, now: Moment, policy: Policy) -> list[e.Event]:
    """Take the last key back within seconds, unless the ticket has gone on since (FR-45)."""
    window = own(hall, command)
    last = window.undo
    if last is None or window.state is not WindowState.OPEN:
        raise x.NothingToUndo(window=window.no)
    if now.at - last.at > hall.plan.rules.undo_within:
        raise x.TooLateToUndo(seconds=hall.plan.rules.undo_within // SECOND)
    ticket = hall.tickets[last.ticket.id]
    if hall.moved[ticket.id] > last.upto:
        raise x.NothingToUndo(window=window.no)
    offers = {window.no: window.offer}
    if ticket.state is S.OFFERED and ticket.origin is not None:
        offers[ticket.origin] = ticket.id
    withdrawn = [e.TicketDeclined(t, no, e.WITHDRAWN) for no, t in offers.items() if t is not None]
    return [*withdrawn, e.TicketUndone(ticket.id, window.no, last.what)]
