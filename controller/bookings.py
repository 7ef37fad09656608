"""Appointments and absences in memory, from durable rows; who they belong to is told by keyed
hashes under overlapping keys, so that a person is known again for weeks and no longer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from controller.hall.appointments import Booking, BookingState
from controller.journal.base import (
    ABSENCE_DAYS,
    BOOKING_KEY_DAYS,
    AbsenceRow,
    BlockRow,
    BookingKeyRow,
    BookingRow,
    Row,
    days_before,
)

NEW_KEY_DAYS = BOOKING_KEY_DAYS // 2
"""A new key begins this long after the last, so that two overlap."""


@dataclass(slots=True)
class Bookings:
    """All appointments that are not purged, the absences that still count, and the keys."""

    rows: dict[str, BookingRow] = field(default_factory=dict)
    absences: dict[str, AbsenceRow] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    """Until when a person may book nothing."""
    keys: dict[str, str] = field(default_factory=dict)
    """Key by the day since when it serves."""

    def apply(self, row: Row) -> None:
        """Take over a row that has become durable."""
        match row:
            case BookingRow():
                self.rows[row.booking] = row
            case AbsenceRow(cleared=True):
                self.absences.pop(row.booking, None)
            case AbsenceRow():
                self.absences[row.booking] = row
            case BlockRow():
                self.blocks[row.person] = row.until
            case BookingKeyRow():
                self.keys[row.since] = row.key
            case _:
                pass

    def forget(self, before_day: str) -> None:
        """Follow a purge (`Journal.purge`)."""
        absences = days_before(before_day, ABSENCE_DAYS)
        keys = days_before(before_day, BOOKING_KEY_DAYS)
        self.rows = {k: b for k, b in self.rows.items() if b.day >= before_day}
        self.absences = {k: a for k, a in self.absences.items() if a.day >= absences}
        self.blocks = {k: until for k, until in self.blocks.items() if until >= before_day}
        self.keys = {since: key for since, key in self.keys.items() if since >= keys}

    def serving(self, day: str) -> list[str]:
        """The keys that serve on a day, the newest first."""
        oldest = days_before(day, BOOKING_KEY_DAYS - 1)
        return [self.keys[since] for since in sorted(self.keys, reverse=True) if since >= oldest]

    def key_due(self, day: str) -> bool:
        """Whether a new key begins on the day."""
        newest = max(self.keys, default="")
        return not newest or newest <= days_before(day, NEW_KEY_DAYS)

    def blocked_until(self, persons: Iterable[str], day: str) -> str | None:
        """Until when the person may book nothing; None if that is over."""
        return max((u for p in persons if (u := self.blocks.get(p, "")) > day), default=None)

    def of(self, persons: Iterable[str]) -> list[BookingRow]:
        """The appointments of the person whose hashes these are, by time."""
        mine = set(persons)
        return sorted((b for b in self.rows.values() if b.person in mine), key=lambda b: b.start)

    def by_code(self, code: str) -> BookingRow | None:
        """The appointment with a code, as people write it."""
        plain = "".join(code.upper().replace("-", " ").split())
        return next((b for b in self.rows.values() if b.code == plain), None)

    def absent_days(self, persons: Iterable[str]) -> list[date]:
        """The days on which the person did not come."""
        mine = set(persons)
        return [date.fromisoformat(a.day) for a in self.absences.values() if a.person in mine]

    def taken(self, items: frozenset[str]) -> dict[datetime, int]:
        """How many appointments for one of the items each slot holds."""
        found: dict[datetime, int] = {}
        for row in self.rows.values():
            if row.item in items and row.state == BookingState.BOOKED:
                start = datetime.fromisoformat(row.start)
                found[start] = found.get(start, 0) + 1
        return found

    def open_on(self, day: str) -> list[BookingRow]:
        """The appointments of a day that nobody has kept or cancelled."""
        rows = self.rows.values()
        return [b for b in rows if b.day == day and b.state == BookingState.BOOKED]


def booking_of(row: BookingRow) -> Booking:
    """The appointment as the rules see it."""
    start = datetime.fromisoformat(row.start)
    state = BookingState(row.state)
    return Booking(row.booking, date.fromisoformat(row.day), start, row.item, state)
