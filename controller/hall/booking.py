"""Which days and times may be booked (FR-16): pure arithmetic on the hall's plan."""

from datetime import date, datetime, timedelta

from controller.hall.opening import OpeningPlan, working_days_ahead
from controller.hall.spans import at, common, merged


def bookable_days(plan: OpeningPlan, today: date, ahead: int, lead: int = 1) -> tuple[date, ...]:
    """The days on which windows work, from `lead` days after today up to the `ahead`-th working
    day. Saturdays between that only some windows serve are among them."""
    last = working_days_ahead(plan, today, ahead)
    if last is None:
        return ()
    days = [today + timedelta(days=n) for n in range(lead, (last - today).days + 1)]
    return tuple([day for day in days if plan.day(day).hours])


def booking_slots(plan: OpeningPlan, service: str, day: date, length: int) -> tuple[datetime, ...]:
    """When the slots of `length` minutes of a day begin, for one service item: whole slots in the
    hours of the windows that can do it, and in the item's own ticketing spans if it has any.

    Raises KeyError for an unknown item.
    """
    item = plan.service(service)
    hours = merged(span for shift in plan.shifts_for(item, day) for span in shift.hours)
    if item.ticketing is not None:
        hours = tuple(common(hours, item.ticketing))
    starts = [n for start, end in hours for n in range(start, end - length + 1, length)]
    return tuple([at(day, start) for start in starts])
