"""Ticketing slots and their quotas (FR-12): for which item a number may be given now. Pure.

A slot is one stretch of ticketing of a service item on one day: the item's own spans if it has
any, else those of the shifts in which a window works that can do it. Slots of an item never
overlap; what touches stays apart, so that the morning's quota is not the afternoon's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from controller.hall.opening import OpeningPlan, ServiceHours, days_from, opening
from controller.hall.spans import Span, at, common, merged

SlotKey = tuple[str, datetime]


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of a service item, on the hall's wall, end excluded. No quota: no limit."""

    service: str
    start: datetime
    end: datetime
    quota: int | None = None

    @property
    def key(self) -> SlotKey:
        """What its numbers are counted under."""
        return self.service, self.start


class Ticketing(StrEnum):
    """Whether numbers are given for an item."""

    OPEN = "open"
    CLOSED = "closed"
    EXHAUSTED = "exhausted"


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a number may be given for an item now.

    `slot` is the one that runs, `left` its numbers to come (None: no limit). If the answer is no,
    `next` is the next slot with a number to give (None if none is planned). `why` it is closed:
    what `opening` says of the hall, or "slot" when the hall gives numbers, for other items.
    """

    state: Ticketing
    slot: Slot | None = None
    left: int | None = None
    next: Slot | None = None
    why: str | None = None


def slots_of_day(plan: OpeningPlan, service: str, day: date) -> tuple[Slot, ...]:
    """The item's slots of a day, in order. Raises KeyError for an unknown item."""
    hours = plan.service(service)
    return tuple(
        [
            Slot(service, at(day, start), at(day, end), hours.quota)
            for start, end in _spans(plan, hours, day)
        ]
    )


def slot_of(plan: OpeningPlan, service: str, local: datetime) -> Slot | None:
    """The slot that `local` is in. Raises KeyError for an unknown item."""
    today = slots_of_day(plan, service, local.date())
    return next((slot for slot in today if slot.start <= local < slot.end), None)


def next_slot(plan: OpeningPlan, service: str, local: datetime) -> Slot | None:
    """The first slot that begins after `local`, if one is planned."""
    return next(_slots_after(plan, service, local), None)


def availability(
    plan: OpeningPlan, service: str, local: datetime, taken: Mapping[SlotKey, int]
) -> Availability:
    """Whether a number may be given at `local`, when `taken` counts those given by `Slot.key`."""
    slot = slot_of(plan, service, local)
    if slot is not None and (left := _left(slot, taken)) != 0:
        return Availability(Ticketing.OPEN, slot, left)
    ahead = _slots_after(plan, service, local)
    following = next((s for s in ahead if _left(s, taken) != 0), None)
    if slot is not None:
        return Availability(Ticketing.EXHAUSTED, slot, 0, following)
    why = opening(plan, local).why or "slot"
    return Availability(Ticketing.CLOSED, next=following, why=why)


def slots_ahead(
    plan: OpeningPlan, service: str, local: datetime, taken: Mapping[SlotKey, int]
) -> tuple[tuple[Slot, int | None], ...]:
    """The slots of that day that are not over at `local`, each with its numbers to come."""
    today = slots_of_day(plan, service, local.date())
    return tuple([(slot, _left(slot, taken)) for slot in today if slot.end > local])


def _left(slot: Slot, taken: Mapping[SlotKey, int]) -> int | None:
    return None if slot.quota is None else max(0, slot.quota - taken.get(slot.key, 0))


def _slots_after(plan: OpeningPlan, service: str, local: datetime) -> Iterator[Slot]:
    for day in days_from(local.date()):
        for slot in slots_of_day(plan, service, day):
            if slot.start > local:
                yield slot


def _spans(plan: OpeningPlan, hours: ServiceHours, day: date) -> Iterable[Span]:
    given = [span for shift in plan.shifts_for(hours, day) for span in shift.ticketing]
    if hours.ticketing is None:
        return _apart(given)
    return common(merged(given), hours.ticketing)


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """The same minutes, each in one span: a later one begins where the one before it ends."""
    reached = 0
    for start, end in sorted(spans):
        if end > (start := max(start, reached)):
            yield start, end
            reached = end
