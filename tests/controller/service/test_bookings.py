"""Appointments through the one writer: kept, missed, barred, appealed, purged, restored."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from config import HallConfig, load_hall
from controller.booking import (
    book,
    booking_of_ticket,
    check_in,
    clear_absences,
    note_absences,
    reopen,
)
from controller.catalogue import plan_of
from controller.deed import Deed, Json, Transaction
from controller.dispatch.rule import HallRule
from controller.engine import ThreadingEngine
from controller.hall.commands import ConfirmPrint
from controller.hall.instants import SECOND
from controller.hall.model import PrintState
from controller.journal.base import Answer, BookingRow
from controller.journal.memory import MemoryJournal
from controller.openings import opening_plan
from controller.service import Service
from tests.controller.hall_fixture import FakeClock

DEMO = Path(__file__).resolve().parents[3] / "config" / "demo"
ITEM = "RS-004"
WANG, LI = ("a" * 64,), ("b" * 64,)


@pytest.fixture(scope="module")
def config() -> HallConfig:
    return load_hall(DEMO)


class Office:
    """A hall with a calendar, at nine on a Tuesday."""

    def __init__(self, config: HallConfig) -> None:
        self.config, self.journal = config, MemoryJournal()
        self.plan = opening_plan(config)
        self.clock = FakeClock("2026-03-17 09:00:00")
        self.service = self.start()

    def start(self) -> Service:
        plan = plan_of(self.config)
        service = Service(plan, HallRule(), self.journal, self.clock, ThreadingEngine())
        service.start()
        return service

    def ask_for(self, start: str, persons: tuple[str, ...]) -> Answer:
        def run(tx: Transaction) -> Json:
            when = datetime.fromisoformat(start)
            row = book(tx, self.config, self.plan, ITEM, when, persons)
            return {"booking": row.booking}

        return self.service.submit(Deed(None, run))

    def book(self, start: str, persons: tuple[str, ...]) -> BookingRow:
        answer = self.ask_for(start, persons)
        assert answer.status == 200, answer.body
        return self.service.bookings.rows[json.loads(answer.body)["booking"]]

    def check_in(self, booking: str) -> tuple[int, bool]:
        """Seniority of the ticket, and whether it was late."""
        found: list[tuple[int, bool]] = []

        def run(tx: Transaction) -> Json:
            ticket, late = check_in(tx, booking, "k-1", None, None, False)
            found.append((ticket.seniority, late))
            return {}

        answer = self.service.submit(Deed(None, run))
        assert answer.status == 200, answer.body
        return found[0]

    def void(self, ticket: str) -> str | None:
        """Say that the number never reached anybody; the appointment that is open again."""
        booking: str | None = self.service.ask(lambda journal: booking_of_ticket(journal, ticket))

        def run(tx: Transaction) -> Json:
            tx.do(ConfirmPrint(ticket, PrintState.VOID, None))
            if booking is not None:
                reopen(tx, booking)
            return {}

        answer = self.service.submit(Deed(None, run))
        assert answer.status == 200, answer.body
        return booking

    def next_day(self, day: str) -> None:
        self.clock.set(f"{day} 08:50:00")
        self.service.turn()
        self.service.submit(
            Deed(None, lambda tx: {"missed": note_absences(tx, self.config, tx.hall.day)})
        )


def test_fr_14_in_time_the_slot_counts_and_late_in_the_window_the_arrival(
    config: HallConfig,
) -> None:
    office = Office(config)
    early, late = office.book("2026-03-17T10:00", WANG), office.book("2026-03-17T10:15", LI)
    office.clock.set("2026-03-17 09:50:00")
    seniority, was_late = office.check_in(early.booking)
    assert (seniority, was_late) == (office.clock.at + 600 * SECOND, False)
    office.clock.set("2026-03-17 10:20:00")
    assert office.check_in(late.booking) == (office.clock.at, False)


def test_fr_14_after_the_window_the_ticket_is_ordinary_from_its_arrival(config: HallConfig) -> None:
    office = Office(config)
    made = office.book("2026-03-17T10:00", WANG)
    office.clock.set("2026-03-17 10:15:01")
    assert office.check_in(made.booking) == (office.clock.at, True)
    (ticket,) = office.service.hall.tickets.values()
    assert (ticket.cls, ticket.slot) == ("ordinary", None)


def test_fr_18_an_appointment_whose_number_is_void_is_kept_once_more(config: HallConfig) -> None:
    office = Office(config)
    made = office.book("2026-03-17T10:00", WANG)
    office.clock.set("2026-03-17 09:50:00")
    office.check_in(made.booking)
    (lost,) = office.service.hall.tickets
    assert office.void(lost) == made.booking
    assert office.service.bookings.rows[made.booking].state == "booked"
    office.check_in(made.booking)
    again = next(t for t in office.service.hall.tickets if t != lost)
    assert office.void(lost) is None, "the newest number is another one"
    assert office.service.bookings.rows[made.booking].state == "arrived"
    assert office.void(again) == made.booking
    assert office.start().bookings == office.service.bookings


def test_fr_15_three_absences_bar_from_booking_and_an_appeal_ends_that(config: HallConfig) -> None:
    office = Office(config)
    for today, tomorrow in (("17", "18"), ("18", "19"), ("19", "20")):
        office.book(f"2026-03-{today}T11:00", WANG)
        office.next_day(f"2026-03-{tomorrow}")
    bookings = office.service.bookings
    assert bookings.blocked_until(WANG, "2026-03-20") == "2026-04-18"
    assert bookings.blocked_until(LI, "2026-03-20") is None
    with pytest.raises(AssertionError, match="booking-blocked"):
        office.book("2026-03-20T11:00", WANG)
    absence = next(iter(bookings.absences))
    office.service.submit(Deed(None, lambda tx: {"n": clear_absences(tx, absence, "住院")}))
    assert office.book("2026-03-20T11:00", WANG).state == "booked"


def test_fr_15_absences_of_days_on_which_the_controller_was_off_count_each(
    config: HallConfig,
) -> None:
    office = Office(config)
    for day in ("19", "18", "17"):
        office.book(f"2026-03-{day}T11:00", WANG)
    office.next_day("2026-03-20")
    assert office.service.bookings.blocked_until(WANG, "2026-03-20") == "2026-04-18"


def test_a_restart_knows_appointments_absences_and_who_is_barred(config: HallConfig) -> None:
    office = Office(config)
    office.book("2026-03-17T11:00", WANG)
    office.next_day("2026-03-18")
    office.book("2026-03-18T11:00", LI)
    again = office.start()
    assert again.bookings == office.service.bookings


def test_a_clock_put_right_by_a_day_offers_nothing_of_a_day_that_is_over(
    config: HallConfig,
) -> None:
    office = Office(config)
    office.book("2026-03-18 10:00", WANG)
    office.clock.set("2026-03-19 09:00:00")  # a day ahead
    office.service.turn()
    office.service.purge("2026-03-19")
    office.clock.set("2026-03-17 09:00:00")
    office.service = office.start()
    assert office.service.hall.day == "2026-03-19"
    refused = office.ask_for("2026-03-18 10:00", LI)
    assert (refused.status, "slot-full" in refused.body) == (409, True)
    assert office.book("2026-03-20 10:00", LI).booking == "2026-03-20-1000-1"


def test_a_purge_forgets_past_appointments_and_keeps_absences_a_month(config: HallConfig) -> None:
    office = Office(config)
    office.book("2026-03-17T11:00", WANG)
    office.next_day("2026-03-18")
    office.service.purge("2026-03-18")
    assert office.service.bookings.rows == {}
    assert len(office.service.bookings.absences) == 1
    office.service.purge("2026-04-17")
    assert office.service.bookings.absences == {}
    assert office.start().bookings == office.service.bookings
