"""How many numbers one person may take (FR-08, FR-09, FR-10), and one kiosk may have set aside
(FR-23)."""

from collections.abc import Iterable

from controller.hall import refusals as r
from controller.hall.model import ENDED_STATES, Hall, Ticket, TicketState


def check_limits(hall: Hall, items: tuple[str, ...], earlier: Iterable[str]) -> None:
    """Refuse a number that the person of the tickets `earlier` may not take.

    One open ticket per line (skill); of all tickets of the day, and of those with the same item,
    at most so many. A ticket for several lines counts once in each of them, so that many matters
    on few numbers are no way round the limit. Void numbers were never given out and do not count.
    """
    taken = [
        hall.tickets[t]
        for t in earlier
        if t in hall.tickets and hall.tickets[t].state is not TicketState.VOID
    ]
    _one_line_once(hall, items, taken)
    rules = hall.plan.rules
    used = sum(len({i.skill for i in ticket.items}) for ticket in taken)
    if rules.tickets_per_person is not None and used >= rules.tickets_per_person:
        raise r.DailyLimit(limit=rules.tickets_per_person)
    if rules.tickets_per_item is None:
        return
    for code in dict.fromkeys(items):
        same = sum(1 for t in taken if any(i.service == code for i in t.items))
        if same >= rules.tickets_per_item:
            raise r.ItemLimit(item=code, limit=rules.tickets_per_item)


def _one_line_once(hall: Hall, items: tuple[str, ...], taken: Iterable[Ticket]) -> None:
    lines = {hall.plan.skill_of(code) for code in items}
    for ticket in taken:
        if ticket.state not in ENDED_STATES and not lines.isdisjoint(_lines(ticket)):
            raise r.AlreadyWaiting(number=ticket.number, ticket=ticket.id)


def _lines(ticket: Ticket) -> frozenset[str]:
    """The lines in which it still has something to wait for."""
    return frozenset(ticket.items[i].skill for i in ticket.remaining)


def check_leases(hall: Hall, device: str, series: str, count: int) -> None:
    """Refuse a block of `count` numbers to a kiosk that has as many blocks' numbers of the series
    as one may have, and has not reported them."""
    mine = sum(1 for (letter, _), to in hall.leased.items() if (letter, to) == (series, device))
    if mine + count > hall.plan.rules.lease_blocks * count:
        raise r.LeaseLimit(open=mine, series=series)
