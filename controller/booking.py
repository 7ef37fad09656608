"""What the writer does about appointments: book, cancel, check in, note who did not come."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from config import HallConfig
from controller.bookings import Bookings, booking_of
from controller.deed import Transaction
from controller.hall import commands as c
from controller.hall import refusals as r
from controller.hall.appointment_events import (
    AbsencesCleared,
    AppointmentArrived,
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMissed,
    AppointmentReopened,
)
from controller.hall.appointments import (
    BookingRules,
    BookingState,
    blocked_by,
    check_booking,
    check_cancel,
    check_kept,
    free_slots,
)
from controller.hall.instants import MINUTE, SECOND, Instant, Moment
from controller.hall.model import DispatchClass, Ticket
from controller.hall.opening import OpeningPlan
from controller.identity import new_code
from controller.journal.base import AbsenceRow, BlockRow, BookingRow, Journal


def booking_rules(config: HallConfig) -> BookingRules:
    """The configured rules of appointments."""
    policy = config.policy
    return BookingRules(
        days_ahead=policy.booking_days_ahead,
        lead_days=policy.booking_lead_days,
        cancel_before=policy.cancel_before_min * MINUTE,
        absences=policy.no_show_limit,
        within_days=policy.no_show_within_days,
        block_days=policy.no_show_block_days,
        slot_min=config.appointments.slot_min,
        places={s.id: config.appointments.places(s.id) for s in config.skills},
    )


def free_slots_of(
    config: HallConfig, plan: OpeningPlan, bookings: Bookings, item: str, now: Moment, today: str
) -> list[tuple[datetime, int]]:
    """The times that may be booked for an item, and the places left. Raises `NotBookable`."""
    found = next(i for i in config.items if i.code == item)
    if not found.appointment:
        raise r.NotBookable()
    alike = frozenset(i.code for i in config.items if i.skill == found.skill)
    rules, taken = booking_rules(config), bookings.taken(alike)
    return free_slots(plan, rules, item, found.skill, now, today, taken)


def book(
    tx: Transaction,
    config: HallConfig,
    plan: OpeningPlan,
    item: str,
    start: datetime,
    persons: tuple[str, ...],
) -> BookingRow:
    """Promise a time to the person whose hashes these are (the newest first)."""
    free = free_slots_of(config, plan, tx.bookings, item, tx.now, tx.hall.day)
    known = [booking_of(row) for row in tx.bookings.of(persons)]
    check_booking(free, start, known, tx.bookings.blocked_until(persons, tx.now.day))
    day = start.date().isoformat()
    same = sum(1 for b in tx.bookings.rows.values() if b.start == start.isoformat())
    row = BookingRow(
        booking=f"{day}-{start:%H%M}-{same + 1}",
        day=day,
        start=start.isoformat(),
        item=item,
        person=persons[0] if persons else None,
        code=_fresh_code(tx),
        state=str(BookingState.BOOKED),
    )
    slot = _instant(start, ZoneInfo(config.hall.timezone))
    tx.record(AppointmentBooked(row.booking, day, slot, item))
    tx.keep(row)
    return row


def cancel_booking(tx: Transaction, config: HallConfig, booking: str) -> BookingRow:
    """Give a time back, if that is not too late."""
    row = _known(tx, booking)
    check_cancel(booking_of(row), booking_rules(config), tx.now)
    tx.record(AppointmentCancelled(booking))
    return _turn(tx, row, BookingState.CANCELLED)


def check_in(
    tx: Transaction,
    booking: str,
    by: str,
    earlier: tuple[str, ...] | None,
    priority: str | None,
    low_counter: bool,
) -> tuple[Ticket, bool]:
    """Give the person of an appointment a number (FR-14): with the slot's seniority in time, an
    ordinary one later; whether it is late."""
    row = _known(tx, booking)
    found = booking_of(row)
    check_kept(found, tx.now)
    command = c.Issue(
        (row.item,),
        by,
        DispatchClass.APPOINTMENT,
        slot=_slot(tx.now, found.start),
        group=priority,
        earlier=earlier,
        low_counter=low_counter,
    )
    ticket = tx.do(command)[0].ticket
    assert ticket is not None
    late = ticket.slot is None
    tx.record(AppointmentArrived(booking, ticket.id, late))
    _turn(tx, row, BookingState.ARRIVED)
    return ticket, late


def booking_of_ticket(journal: Journal, ticket: str) -> str | None:
    """The appointment whose newest number of today this is, if it is one's."""
    today = (record.event for record in journal.read(journal.day_start()))
    newest = {e.booking: e.ticket for e in today if isinstance(e, AppointmentArrived)}
    return next((booking for booking, given in newest.items() if given == ticket), None)


def reopen(tx: Transaction, booking: str) -> None:
    """The number given for an appointment is void: its owner may check in again."""
    row = _known(tx, booking)
    if row.state == BookingState.ARRIVED:
        tx.record(AppointmentReopened(booking))
        _turn(tx, row, BookingState.BOOKED)


def note_absences(tx: Transaction, config: HallConfig, before_day: str) -> int:
    """Note that nobody came for the open appointments of the days before `before_day`, and let
    those book nothing for a while who did so too often (FR-15); how many."""
    rules, absent = booking_rules(config), dict[str, list[date]]()
    over = (b for b in tx.bookings.rows.values() if b.day < before_day)
    missed = sorted((b for b in over if b.state == BookingState.BOOKED), key=lambda b: b.day)
    for row in missed:
        tx.record(AppointmentMissed(row.booking))
        _turn(tx, row, BookingState.MISSED)
        if row.person is None:
            continue
        tx.keep(AbsenceRow(row.booking, row.day, row.person))
        day = date.fromisoformat(row.day)
        days = absent.setdefault(row.person, tx.bookings.absent_days([row.person]))
        days.append(day)  # of several days, if nobody looked for as long
        until = blocked_by(days, rules, day)
        if until is not None:
            tx.keep(BlockRow(row.person, until.isoformat()))
    return len(missed)


def clear_absences(tx: Transaction, booking: str, reason: str) -> int:
    """Forget all absences of an appointment's owner, after an appeal; how many."""
    known = tx.bookings.absences.get(booking)
    if known is None:
        raise r.UnknownBooking()
    theirs = [a for a in tx.bookings.absences.values() if a.person == known.person]
    tx.record(AbsencesCleared(booking, reason))
    for absence in theirs:
        tx.keep(AbsenceRow(absence.booking, absence.day, absence.person, cleared=True))
    tx.keep(BlockRow(known.person, ""))
    return len(theirs)


def _known(tx: Transaction, booking: str) -> BookingRow:
    row = tx.bookings.rows.get(booking)
    if row is None:
        raise r.UnknownBooking()
    return row


def _turn(tx: Transaction, row: BookingRow, state: BookingState) -> BookingRow:
    new = BookingRow(row.booking, row.day, row.start, row.item, row.person, row.code, str(state))
    tx.keep(new)
    return new


def _fresh_code(tx: Transaction) -> str:
    code = new_code()
    while tx.bookings.by_code(code) is not None or tx.ticket_of_code(code) is not None:
        code = new_code()
    return code


def _slot(now: Moment, start: datetime) -> Instant:
    """The instant of a time on today's wall."""
    return now.at + round((start - now.local).total_seconds() * SECOND)


def _instant(start: datetime, zone: ZoneInfo) -> Instant:
    return round(start.replace(tzinfo=zone).timestamp()) * SECOND
