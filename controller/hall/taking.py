"""Taking a number: issue, what became of the paper, reprint, cancel, grants, leased numbers."""

from dataclasses import replace
from datetime import timedelta

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall import events as e
from controller.hall import refusals as r
from controller.hall.conditions import (
    check_item,
    check_life,
    check_low_counters,
    issued_by,
    known_item,
    known_ticket,
    refuse_state,
)
from controller.hall.day_events import NumbersDoubted, NumbersLeased
from controller.hall.instants import MINUTE, Instant, Moment
from controller.hall.limits import check_leases, check_limits
from controller.hall.model import (
    DispatchClass,
    GrantReason,
    Hall,
    PrintState,
    TicketState,
)
from controller.hall.numbering import (
    doubtful_numbers,
    format_number,
    lease_numbers,
    leased_number,
    next_number,
)
from controller.hall.plan import Bundle, Group
from controller.hall.port import Policy
from controller.hall.ticketing import check_ticketing, clock_text, drawn_quotas
from controller.hall.visitor import hide_long_numbers

S = TicketState


def issue(hall: Hall, command: c.Issue, now: Moment, policy: Policy) -> list[e.Event]:
    """Give out a number, if every rule of taking one allows it."""
    command = _checked_in(hall, command, now)
    _check_items(hall, command)
    beyond = _check_rules(hall, command, now, policy)
    series, ordinal = _number(hall, command)
    cls, weight = _standing_asked(hall, command)
    number = format_number(series, ordinal, hall.plan.rules.digits)
    items, in_order = _in_order(hall, command)
    return [
        e.TicketIssued(
            ticket=f"{hall.day}-{number}",
            number=number,
            series=series,
            ordinal=ordinal,
            order=len(hall.tickets),
            items=items,
            cls=str(cls),
            weight=weight,
            seniority=_seniority(hall, command, now),
            slot=command.slot,
            bundle=command.bundle,
            issuer=command.by,
            in_order=in_order,
            only=hall.plan.low_counters if command.low_counter else None,
            beyond=beyond,
            drawn=drawn_quotas(hall, command.items, _given(hall, command, now)),
            granted=None if command.grant is None else str(command.grant),
        )
    ]


def _checked_in(hall: Hall, command: c.Issue, now: Moment) -> c.Issue:
    """The command of somebody with an appointment: refused before its time, and after it that of
    anybody who comes now (FR-14)."""
    rules = hall.plan.rules
    if command.slot is None or command.given is not None:
        return command
    late = _arrival(hall, command, now) - command.slot
    if rules.check_in_before is not None and -late > rules.check_in_before:
        opens = now.local + timedelta(microseconds=-late - rules.check_in_before)
        raise r.TooEarly(time=clock_text(opens, now))
    if rules.check_in_after is not None and late > rules.check_in_after:
        booked = command.cls is DispatchClass.APPOINTMENT
        cls = DispatchClass.ORDINARY if booked else command.cls
        return replace(command, cls=cls, slot=None)
    return command


def _check_items(hall: Hall, command: c.Issue) -> None:
    """Refuse what is no matter of this hall, or more than goes on one number. A number that is out
    already is taken as it is: its holder stands in the hall (FR-23)."""
    for code in command.items or ("-",):
        known_item(hall, code)
    if command.given is not None:
        return
    for code in command.items:
        check_item(hall, code)
    if command.low_counter:
        check_low_counters(hall, command.items)
    most = hall.plan.rules.items_per_ticket
    if most is not None and len(command.items) > most and _bundle(hall, command) is None:
        raise r.TooManyItems(limit=most)


def _bundle(hall: Hall, command: c.Issue) -> Bundle | None:
    """The 一件事 that the items are of, all of them."""
    bundle = hall.plan.bundles.get(command.bundle or "")
    return bundle if bundle is not None and set(command.items) <= set(bundle.items) else None


def _in_order(hall: Hall, command: c.Issue) -> tuple[tuple[str, ...], bool]:
    """The items, in their order if they have one, and whether they have."""
    bundle = _bundle(hall, command)
    if bundle is None or not bundle.in_order:
        return command.items, False
    return tuple(sorted(command.items, key=bundle.items.index)), True


def _check_rules(hall: Hall, command: c.Issue, now: Moment, policy: Policy) -> str | None:
    """What the person has the ticket for in spite of a rule; None if no rule was against it."""
    try:
        if command.earlier is not None:
            check_limits(hall, command.items, command.earlier)
        if command.given is None and command.slot is None:  # an appointment is promised
            check_ticketing(hall, command.items, now, policy)
    except x.HallError:
        if command.given is not None:
            return e.BEYOND_LIMIT  # the number is out; staff are told
        if not command.waived:
            raise
        return hide_long_numbers(command.waived)
    return None


def _number(hall: Hall, command: c.Issue) -> tuple[str, int]:
    if command.given is not None:
        return leased_number(hall, command.given, command.by)
    first = hall.plan.skill_of(command.items[0])
    return next_number(hall, hall.plan.skills[first].series)


def _seniority(hall: Hall, command: c.Issue, now: Moment) -> Instant:
    """Of an appointment from its slot, or from its arrival if that is later (FR-14)."""
    arrival = _arrival(hall, command, now)
    return arrival if command.slot is None else max(command.slot, arrival)


def _given(hall: Hall, command: c.Issue, now: Moment) -> Moment:
    """When the number is given out. One of a kiosk that was alone may come from the quota of a slot
    that is over."""
    if command.given is None:
        return now
    at = _arrival(hall, command, now)
    return Moment(at, now.local - timedelta(microseconds=now.at - at))


def _arrival(hall: Hall, command: c.Issue, now: Moment) -> Instant:
    """Nobody overtakes by a clock that was set back; an offline number counts from when it was
    given out."""
    if command.given_at is not None:
        return min(max(command.given_at, hall.midnight), now.at)
    return max(now.at, hall.last_arrival)


def _standing_asked(hall: Hall, command: c.Issue) -> tuple[DispatchClass, float]:
    """Class and weight: of the group with a right to go first, else as asked for."""
    if command.group is None:
        return command.cls, command.weight or hall.plan.rules.weights[str(command.cls)]
    booked = command.cls is DispatchClass.APPOINTMENT
    return _standing(hall, _group(hall, command.group, command.grant), booked)


def _standing(hall: Hall, group: Group | None, booked: bool) -> tuple[DispatchClass, float]:
    """Class and weight of somebody of a group, who may have an appointment besides: the better of
    both."""
    usual = DispatchClass.APPOINTMENT if booked else DispatchClass.ORDINARY
    weight = hall.plan.rules.weights[str(usual)]
    if group is None:
        return usual, weight
    if not booked:
        return DispatchClass(group.cls), group.weight
    first = group.cls == DispatchClass.PRIORITY
    return DispatchClass.PRIORITY if first else usual, max(group.weight, weight)


def _group(hall: Hall, name: str, grant: GrantReason | None) -> Group:
    group = hall.plan.groups.get(name)
    if group is None:
        raise r.UnknownGroup(group=name)
    if not group.by_card and grant is None:
        raise r.EvidenceNeeded(group=name)
    return group


def lease(hall: Hall, command: c.Lease, now: Moment, policy: Policy) -> list[e.Event]:
    """Set numbers aside for a kiosk, but not without end (FR-23)."""
    series, first, last = lease_numbers(hall, command.series, command.count)
    check_leases(hall, command.device, series, command.count)
    return [NumbersLeased(command.device, series, first, last)]


def doubt(hall: Hall, command: c.Doubt, now: Moment, policy: Policy) -> list[e.Event]:
    """Give nobody a number that somebody may hold already whom a lost journal knew (FR-22); what
    is in doubt already is not doubted twice."""
    heard, digest, began = command.heard, command.digest, command.began
    if hall.doubts is not None and digest in hall.doubts.heard:
        return []
    blocks = doubtful_numbers(hall, heard, began, command.spare)
    return [NumbersDoubted(heard, digest, began, tuple(blocks))] if blocks else []


def confirm_print(
    hall: Hall, command: c.ConfirmPrint, now: Moment, policy: Policy
) -> list[e.Event]:
    """What became of the paper (FR-18); what is proven stays proven. Another kiosk may only speak
    of what was printed again."""
    ticket = known_ticket(hall, command.ticket)
    if command.outcome is PrintState.VOID or ticket.reprints == 0:
        issued_by(ticket, command.by)
    if command.outcome is PrintState.VOID:
        if ticket.print is PrintState.VOID:
            return []
        legal = ticket.state in {S.WAITING, S.OFFERED, S.CALLED}
        if not legal or ticket.print is not PrintState.PENDING:
            refuse_state(ticket)
        return [e.TicketVoided(ticket.id, ticket.window)]
    check_life(ticket, c.ConfirmPrint)
    if ticket.print is command.outcome or ticket.print is PrintState.PRINTED:
        return []
    if command.outcome is PrintState.PRINTED:
        return [e.TicketPrinted(ticket.id)]
    return [e.TicketUnproven(ticket.id)]


def reprint(hall: Hall, command: c.Reprint, now: Moment, policy: Policy) -> list[e.Event]:
    """The same number once more, soon after it was given and not often (FR-20)."""
    ticket = known_ticket(hall, command.ticket)
    check_life(ticket, c.Reprint)
    rules = hall.plan.rules
    if ticket.reprints >= rules.reprint_limit:
        raise r.ReprintLimit(number=ticket.number, limit=rules.reprint_limit)
    if now.at - ticket.issued_at > rules.reprint_within:
        raise r.TooLateToReprint(number=ticket.number, minutes=rules.reprint_within // MINUTE)
    return [e.TicketReprinted(ticket.id)]


def cancel(hall: Hall, command: c.Cancel, now: Moment, policy: Policy) -> list[e.Event]:
    """Take the number back at its owner's wish (FR-21)."""
    ticket = issued_by(known_ticket(hall, command.ticket), command.by)
    check_life(ticket, c.Cancel)
    return [e.TicketCancelled(ticket.id, ticket.window)]


def grant(hall: Hall, command: c.Grant, now: Moment, policy: Policy) -> list[e.Event]:
    """Let a ticket go first from now on, or no longer (FR-28)."""
    ticket = known_ticket(hall, command.ticket)
    check_life(ticket, c.Grant)
    if command.reason is None:
        raise x.ReasonNeeded()
    group = None if command.group is None else _group(hall, command.group, command.reason)
    cls, weight = _standing(hall, group, booked=ticket.slot is not None)
    if (cls, weight) == (ticket.cls, ticket.weight):
        return []
    return [e.TicketGranted(ticket.id, str(cls), weight, str(command.reason))]
