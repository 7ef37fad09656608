"""Appointments as the events tell them; whatever does not fit is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from controller.cli.bench.crash.checker.chain import Row
from controller.cli.bench.crash.checker.life import BOOKING_LIFE
from controller.cli.bench.crash.checker.nouns import Booking, Ticket
from controller.cli.bench.crash.checker.numbers import Wrong
from controller.cli.bench.crash.checker.plan import Plan
from controller.cli.bench.crash.checker.records import DOUBLED, UNEXPLAINED, Json

MINUTE = 60_000_000
ABSENCE_DAYS = 30


@dataclass(slots=True)
class Appointments:
    """All that were ever promised. `absences`: who did not come, and appeals, in order."""

    plan: Plan
    known: dict[str, Booking] = field(default_factory=dict)
    absences: list[tuple[str, str]] = field(default_factory=list)
    """Missed or cleared, and whose appointment."""
    _came: set[str] = field(default_factory=set)
    """Tickets of those who checked in."""

    def take(self, row: Row, body: Json, day: str, arrival: int, ticket: Ticket | None) -> Wrong:
        """Fold an event of a day; `arrival`: when whoever comes now counts as come; `ticket`: the
        one that it names, or was given for the appointment."""
        name = body["booking"]
        if row.type == "appointment.booked":
            yield from self._booked(row, body)
            return
        booking = self.known.get(name)
        if booking is None:
            yield UNEXPLAINED, f"nobody was promised {name}"
            return
        if row.type == "appointment.absences_cleared":
            self.absences.append(("cleared", name))
            return
        after = BOOKING_LIFE.get((booking.state, row.type))
        if after is None:
            yield UNEXPLAINED, f"{name} is {booking.state}"
            return
        booking.state = after
        if after == "booked" and (ticket is None or ticket.state != "void"):
            yield UNEXPLAINED, f"{name} is open again, and {booking.ticket} is not void"
        if after == "arrived":
            yield from self._arrived(body, booking, day, arrival, ticket)
        elif after == "missed":
            self.absences.append(("missed", name))
            if booking.day >= day:
                yield UNEXPLAINED, f"{name} was missed, and {booking.day} is not over"

    def _booked(self, row: Row, body: Json) -> Wrong:
        name, item, slot = body["booking"], body["item"], body["slot"]
        if name in self.known:
            yield DOUBLED, f"{name} was promised before"
        self.known[name] = Booking(name, body["day"], item, slot)
        skill = self.plan.skills[item]
        there = sum(1 for b in self._of(skill) if b.slot == slot and b.state == "booked")
        if there > self.plan.places.get(skill, 0):
            yield DOUBLED, f"{there} people are promised one time for {skill}"
        if slot <= row.at:
            yield UNEXPLAINED, f"{name} begins before it is booked"

    def _of(self, skill: str) -> Iterator[Booking]:
        return (b for b in self.known.values() if self.plan.skills[b.item] == skill)

    def _arrived(
        self, body: Json, booking: Booking, day: str, arrival: int, ticket: Ticket | None
    ) -> Wrong:
        if ticket is None or ticket.id in self._came or ticket.codes != (booking.item,):
            yield UNEXPLAINED, f"{body['ticket']} is no ticket for {booking.id}"
            return
        self._came.add(ticket.id)
        booking.ticket = ticket.id
        rules = self.plan.rules
        early = arrival < booking.slot - rules.check_in_before_min * MINUTE
        late = arrival > booking.slot + rules.check_in_after_min * MINUTE
        if booking.day != day or early:
            yield UNEXPLAINED, f"{booking.id} is not due"
        if body["late"] != late:
            yield UNEXPLAINED, f"{booking.id} came late: {body['late']}, by the clock {late}"
        if ticket.slot != (None if body["late"] else booking.slot):
            yield UNEXPLAINED, f"{ticket.number} has another slot than {booking.id}"

    # --- what must be kept of them --------------------------------------------------------------

    def open_from(self, day: str) -> dict[str, str]:
        """States of the appointments that are not purged on a day, by id."""
        return {b.id: b.state for b in self.known.values() if b.day >= day}

    def unnoted(self, day: str) -> list[str]:
        """Those of days that are over whose absence nobody noted."""
        return [b.id for b in self.known.values() if b.day < day and b.state == "booked"]

    def absent(self, owners: dict[str, str], day: str) -> tuple[set[str], dict[str, str]]:
        """The absences that count on a day, and until when which person may book nothing."""
        counted: dict[str, str] = {}
        blocked: dict[str, str] = {}
        for what, name in self.absences:
            person = owners.get(name)
            if person is None:
                continue
            if what == "missed":
                counted[name] = person
                until = self._until([self._day(b) for b, p in counted.items() if p == person])
                blocked |= {person: until} if until else {}
            else:
                counted = {b: p for b, p in counted.items() if p != person}
                blocked.pop(person, None)
        oldest = (date.fromisoformat(day) - timedelta(days=ABSENCE_DAYS)).isoformat()
        lasting = {p: until for p, until in blocked.items() if until >= day}
        return {b for b in counted if self.known[b].day >= oldest}, lasting

    def _day(self, booking: str) -> date:
        return date.fromisoformat(self.known[booking].day)

    def _until(self, days: list[date]) -> str | None:
        rules, last = self.plan.rules, days[-1]
        recent = [day for day in days if (last - day).days < rules.no_show_within_days]
        if len(recent) < rules.no_show_limit:
            return None
        return (last + timedelta(days=rules.no_show_block_days)).isoformat()
