"""Appointments over HTTP: free times, book, find again, cancel, check in, appeal."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request
from pydantic import Field, model_validator

from controller.booking import book, cancel_booking, check_in, clear_absences, free_slots_of
from controller.bookings import booking_of
from controller.deed import Json, Transaction
from controller.hall import refusals as r
from controller.hall.appointments import BookingState, due_of
from controller.hall.errors import UnknownItem
from controller.identity import Role
from controller.journal.base import BookingRow
from controller.web import errors as x
from controller.web.access import Asked, Body, CommandBody, operation
from controller.web.deeds import COUNTERS, GUIDES, SUPERVISOR, deed, ticket_answer
from controller.web.persons import KEY, Need, PersonBody, keep_person, slip_for

api = Blueprint("appointments", __name__, url_prefix="/api/v1")

Hashes = tuple[str, ...]


class ClaimBody(Body):
    """Whose appointment: the card's hashes under the keys for appointments, or the code; staff who
    know the person may name the appointment itself."""

    booking: str | None = Field(default=None, max_length=40)
    bookings: Hashes = Field(default=(), max_length=3)
    code: str | None = Field(default=None, max_length=12)

    @model_validator(mode="after")
    def _hashes(self) -> "ClaimBody":
        if any(len(h) != 64 or set(h) - set("0123456789abcdef") for h in self.bookings):
            raise ValueError(f"hashes look like {KEY}")
        return self


class BookBody(CommandBody, ClaimBody):
    """An item and a time; without hashes staff book for somebody who shows no card."""

    item: str = Field(max_length=40)
    start: datetime


class CancelBody(CommandBody, ClaimBody):
    """The proof that it is one's own."""


class CheckInBody(CommandBody, ClaimBody):
    """The proof, and the person as for any number."""

    person: PersonBody | None = None
    priority: str | None = Field(default=None, max_length=40)
    needs: tuple[Need, ...] = Field(default=(), max_length=4)


class AppealBody(CommandBody):
    """Why the absences of an appointment's owner are cleared."""

    reason: str = Field(min_length=2, max_length=80)


def own_json(asked: Asked, row: BookingRow) -> Json:
    """BOOKING for its owner, and whether its number is given now (FR-14)."""
    service = asked.ctx.service
    rules = service.hall.plan.rules
    due, opens = due_of(
        booking_of(row), service.clock.now(), rules.check_in_before, rules.check_in_after
    )
    when = {"due": str(due), "opens": opens.isoformat(timespec="minutes")}
    return {**booking_json(asked, row, code=True), **when}


def booking_json(asked: Asked, row: BookingRow, code: bool = False) -> Json:
    """BOOKING of docs/protocol.md; the code is told to its owner only."""
    item = asked.ctx.catalogue.items.get(row.item)
    told: Json = {
        "id": row.booking,
        "day": row.day,
        "start": row.start,
        "item": row.item,
        "name": item.name if item else row.item,
        "name_en": item.name_en if item else row.item,
        "state": row.state,
    }
    return {**told, "code": row.code} if code else told


@operation(api, "GET", "/appointments/slots", COUNTERS, "Times that can be booked")
def slots(asked: Asked) -> Response:
    """See docs/protocol.md."""
    item = request.args.get("item", "")
    if item not in asked.ctx.catalogue.items:
        raise UnknownItem(item=item)
    service = asked.ctx.service
    ctx, now, today = asked.ctx, service.clock.now(), service.board.day
    found = free_slots_of(ctx.config, ctx.openings.planned, service.bookings, item, now, today)
    times = [{"start": start.isoformat(timespec="minutes"), "left": left} for start, left in found]
    return jsonify(item=item, slots=times)


@operation(api, "POST", "/appointments", COUNTERS, "Book a time 预约", body=BookBody, status=201)
def book_time(asked: Asked) -> Response:
    """See docs/protocol.md."""
    body: BookBody = asked.body
    if body.item not in asked.ctx.catalogue.items:
        raise UnknownItem(item=body.item)
    if not body.bookings and asked.actor.role is Role.KIOSK:
        raise x.Invalid(field="bookings", message="a kiosk books for the card on its reader")

    def run(tx: Transaction) -> Json:
        start = body.start.replace(tzinfo=None)
        ctx = asked.ctx
        row = book(tx, ctx.config, ctx.openings.planned, body.item, start, body.bookings)
        return {"seq": tx.seq, "booking": booking_json(asked, row, code=True)}

    return deed(asked, run, status=201)


@operation(api, "POST", "/appointments/mine", COUNTERS, "One's own appointments", body=ClaimBody)
def one_s_own(asked: Asked) -> Response:
    """See docs/protocol.md. Changes nothing; wrong codes are counted like those of slips."""
    ctx, now = asked.ctx, asked.ctx.service.clock.instant()
    guessing = asked.body.code is not None and asked.actor.role is Role.KIOSK
    if guessing:
        ctx.lookups.check(asked.actor.id, now)
    found = _claimed(asked, asked.body)
    if not found and asked.body.code is not None:
        if guessing:
            ctx.lookups.count(asked.actor.id, now)
        raise r.UnknownBooking()
    return jsonify(bookings=[own_json(asked, row) for row in found])


@operation(api, "GET", "/appointments", GUIDES, "The appointments of a day")
def of_day(asked: Asked) -> Response:
    """See docs/protocol.md."""
    service = asked.ctx.service
    day = request.args.get("day", service.board.day)
    rows = sorted(
        (b for b in service.bookings.rows.values() if b.day == day),
        key=lambda b: (b.start, b.booking),
    )
    return jsonify(bookings=[booking_json(asked, row) for row in rows])


@operation(
    api, "POST", "/appointments/check-in", COUNTERS, "Check in 签到", body=CheckInBody, status=201
)
def arrive(asked: Asked) -> Response:
    """See docs/protocol.md (FR-14)."""
    body: CheckInBody = asked.body

    def run(tx: Transaction) -> Json:
        row = _due_today(_claimed(asked, body), tx.hall.day)
        earlier = tx.tickets_of(body.person.key) if body.person else None
        low = Need.LOW_COUNTER in body.needs
        ticket, late = check_in(tx, row.booking, asked.actor.id, earlier, body.priority, low)
        code = keep_person(asked, tx, ticket, body.person, body.priority, body.needs)
        answer: dict[str, Any] = ticket_answer(asked, tx, ticket)
        return {**answer, "slip": slip_for(asked, tx, ticket, code), "late": late}

    return deed(asked, run, status=201)


@operation(
    api,
    "POST",
    "/appointments/<booking>/cancel",
    COUNTERS,
    "Give an appointment back",
    body=CancelBody,
)
def cancel(asked: Asked, booking: str) -> Response:
    """See docs/protocol.md."""

    def run(tx: Transaction) -> Json:
        mine = {b.booking for b in _claimed(asked, asked.body)}
        if asked.actor.role is Role.KIOSK and booking not in mine:
            raise r.UnknownBooking()
        row = cancel_booking(tx, asked.ctx.config, booking)
        return {"seq": tx.seq, "booking": booking_json(asked, row)}

    return deed(asked, run, booking=booking)


@operation(api, "GET", "/absences", SUPERVISOR, "Appointments to which nobody came")
def absences(asked: Asked) -> Response:
    """See docs/protocol.md (FR-15)."""
    bookings = asked.ctx.service.bookings
    rows = sorted(bookings.absences.values(), key=lambda a: a.booking, reverse=True)
    today = asked.ctx.service.board.day
    return jsonify(
        absences=[
            {"booking": a.booking, "day": a.day, "blocked_until": until}
            for a in rows
            for until in [bookings.blocked_until([a.person], today)]
        ]
    )


@operation(
    api,
    "POST",
    "/absences/<booking>/clear",
    SUPERVISOR,
    "Clear the absences of an appointment's owner",
    body=AppealBody,
)
def clear(asked: Asked, booking: str) -> Response:
    """See docs/protocol.md (FR-15)."""

    def run(tx: Transaction) -> Json:
        cleared = clear_absences(tx, booking, asked.body.reason)
        return {"seq": tx.seq, "cleared": cleared}

    return deed(asked, run, booking=booking)


def _due_today(claimed: list[BookingRow], day: str) -> BookingRow:
    """The one of them that may be kept today. Raises `UnknownBooking`."""
    for row in claimed:
        if row.day == day and row.state == BookingState.BOOKED:
            return row
    raise r.UnknownBooking()


def _claimed(asked: Asked, claim: ClaimBody) -> list[BookingRow]:
    bookings = asked.ctx.service.bookings
    if claim.booking is not None and asked.actor.role is not Role.KIOSK:
        known = bookings.rows.get(claim.booking)
        return [known] if known else []
    if claim.code is not None:
        row = bookings.by_code(claim.code)
        return [row] if row else []
    return bookings.of(claim.bookings)
