"""What is kept beside the events: people, appointments and absences, and that it goes in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from controller.cli.bench.crash.checker.chain import (
    absences,
    blocks,
    bookings,
    days_with_people,
    people,
)
from controller.cli.bench.crash.checker.claims import two_of_one_person
from controller.cli.bench.crash.checker.fold import Hall
from controller.cli.bench.crash.checker.records import DOUBLED, UNEXPLAINED, Finding


def beside(
    connection: sqlite3.Connection, hall: Hall, owners: dict[str, str], settled: bool
) -> Iterator[Finding]:
    """What is wrong beside the events. `owners`: whose appointment which is; `settled`: the day
    has been the same for a while, so that what belongs to its beginning has been done."""
    yield from two_of_one_person(people(connection, hall.day))
    kept = {b: state for b, day, _, state in bookings(connection) if day >= hall.day}
    expected = hall.appointments.open_from(hall.day)
    for booking in kept.items() ^ expected.items():
        where = "journal" if booking in expected.items() else "table"
        yield Finding(UNEXPLAINED, f"only the {where} has {booking[0]} as {booking[1]}")
    yield from _two_a_day(connection)
    if settled:
        yield from _in_time(connection, hall)
        yield from _absences(connection, hall, owners)


def _two_a_day(connection: sqlite3.Connection) -> Iterator[Finding]:
    promised: dict[tuple[str, str], str] = {}
    for booking, day, person, state in bookings(connection):
        if person is None or state != "booked":
            continue
        if (day, person) in promised:
            other = promised[day, person]
            yield Finding(DOUBLED, f"one person was promised {other} and {booking}")
        promised[day, person] = booking


def _in_time(connection: sqlite3.Connection, hall: Hall) -> Iterator[Finding]:
    """What must have gone with the last day."""
    for day in days_with_people(connection):
        if day < hall.day:
            yield Finding(UNEXPLAINED, f"on {hall.day} people of {day} are still known")
    for booking in hall.appointments.unnoted(hall.day):
        yield Finding(UNEXPLAINED, f"nobody noted that {booking} was missed")


def _absences(
    connection: sqlite3.Connection, hall: Hall, owners: dict[str, str]
) -> Iterator[Finding]:
    counted, blocked = hall.appointments.absent(owners, hall.day)
    found = {booking for booking in absences(connection) if booking in owners}
    for booking in sorted(found ^ counted):
        counts = "counts" if booking in found else "does not count"
        yield Finding(UNEXPLAINED, f"the absence of {booking} {counts}")
    shut = {p: until for p, until in blocks(connection).items() if until >= hall.day}
    if shut != blocked:
        yield Finding(UNEXPLAINED, f"{len(shut)} people may not book, and {len(blocked)} should")
