"""Appointments 预约: who may book what and when, what an early or late arrival means, and who is
not let book for a while because nobody came (FR-14, FR-15, FR-16). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from controller.hall import refusals as r
from controller.hall.booking import bookable_days, booking_slots
from controller.hall.instants import MINUTE, Instant, Moment
from controller.hall.opening import OpeningPlan


class Due(StrEnum):
    """An appointment against the hall's clock: what whoever comes for it now is told (FR-14)."""

    EARLY = "early"
    DUE = "due"
    LATE = "late"
    """Its time has begun; it still has its rank."""
    OVER = "over"
    """Too late for its rank: an ordinary number."""
    OTHER_DAY = "other_day"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    MISSED = "missed"


class BookingState(StrEnum):
    """What became of an appointment."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    ARRIVED = "arrived"
    MISSED = "missed"


TAKEN = frozenset({BookingState.BOOKED, BookingState.ARRIVED})
"""Of these a person has one a day; one that was kept is open again if its number is void."""


@dataclass(frozen=True, slots=True)
class BookingRules:
    """How far ahead may be booked (working days, from so many days on), how late cancelled, and
    how many absences within how many days bar from booking for how long."""

    days_ahead: int = 5
    lead_days: int = 1
    cancel_before: Instant = 120 * MINUTE
    absences: int = 3
    within_days: int = 30
    block_days: int = 30
    slot_min: int = 15
    places: Mapping[str, int] | None = None
    """Places in one slot by skill; none for a skill that is not there."""


@dataclass(frozen=True, slots=True)
class Booking:
    """An appointment as the rules see it: `start` is its time on the hall's wall."""

    id: str
    day: date
    start: datetime
    item: str
    state: BookingState = BookingState.BOOKED


def free_slots(
    plan: OpeningPlan,
    rules: BookingRules,
    item: str,
    skill: str,
    now: Moment,
    today: str,
    taken: Mapping[datetime, int],
) -> list[tuple[datetime, int]]:
    """The slots that may be booked for an item, and the places left in each; `taken` counts the
    appointments for its skill by slot. `today`: the hall's day; one that is over for the hall is
    over, also when the clock was a day ahead and is put right."""
    places = (rules.places or {}).get(skill, 0)
    found = []
    for day in bookable_days(plan, now.local.date(), rules.days_ahead, rules.lead_days):
        for start in booking_slots(plan, item, day, rules.slot_min):
            left = places - taken.get(start, 0)
            if left > 0 and start > now.local and start.date().isoformat() >= today:
                found.append((start, left))
    return found


def check_booking(
    slots: Iterable[tuple[datetime, int]],
    start: datetime,
    mine: Iterable[Booking],
    blocked: str | None,
) -> None:
    """Refuse an appointment that the person may not have. `slots` may be booked, `mine` are the
    person's appointments, `blocked` the day until which nothing may be booked."""
    if blocked is not None:
        raise r.BookingBlocked(until=blocked)
    if any(b.state in TAKEN and b.day == start.date() for b in mine):
        raise r.BookedThatDay()
    free = [slot for slot, _ in slots]
    if start not in free:
        after = next((slot for slot in free if slot > start), None)
        raise r.SlotFull(next=after.strftime("%m-%d %H:%M") if after else "-")


def blocked_by(absences: Iterable[date], rules: BookingRules, today: date) -> date | None:
    """Until when, itself excluded, somebody may book nothing who did not come on these days, the
    last of them today; None if not so often. Whoever comes without an appointment is never turned
    away."""
    recent = [day for day in absences if (today - day).days < rules.within_days]
    if len(recent) < rules.absences:
        return None
    return today + timedelta(days=rules.block_days)


def check_cancel(booking: Booking, rules: BookingRules, now: Moment) -> None:
    """Refuse to cancel what is over, or too near."""
    if booking.state is not BookingState.BOOKED:
        raise r.UnknownBooking()
    if booking.start - now.local < timedelta(microseconds=rules.cancel_before):
        raise r.TooLateToCancel(minutes=rules.cancel_before // MINUTE)


def due_of(
    booking: Booking, now: Moment, before: Instant | None, after: Instant | None
) -> tuple[Due, datetime]:
    """How an appointment stands now, and from when its number is given: `before` and `after` bound
    the time to check in around its own (None: the whole day)."""
    early = timedelta(microseconds=before) if before is not None else timedelta(days=1)
    opens = max(booking.start - early, datetime.combine(booking.day, time.min))
    if booking.state is not BookingState.BOOKED:
        return Due(booking.state.value), opens
    if booking.day != now.local.date():
        return Due.OTHER_DAY, opens
    if now.local < opens:
        return Due.EARLY, opens
    if now.local <= booking.start:
        return Due.DUE, opens
    over = after is not None and now.local - booking.start > timedelta(microseconds=after)
    return (Due.OVER if over else Due.LATE), opens


def check_kept(booking: Booking, now: Moment) -> None:
    """Refuse an appointment that is over, or not today's."""
    if booking.state is not BookingState.BOOKED or booking.day != now.local.date():
        raise r.UnknownBooking()
