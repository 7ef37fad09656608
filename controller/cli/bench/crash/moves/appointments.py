"""Appointments: booked, kept, given back, missed and appealed."""

from __future__ import annotations

from controller.cli.bench.crash.moves.mind import Mind, Promise, Request
from controller.cli.client import Json
from controller.hall.visitor import person_key

REGULARS = 6
"""So many people book at a kiosk again and again, so that rules of persons come into play."""
SOON = 12
"""Most book one of the next so many times, and come early."""


def book(mind: Mind) -> Request:
    """A time for somebody with a card; at the guide desk for somebody without."""
    chance = mind.chance
    near = mind.slots[:SOON] if chance.random() < 0.8 else mind.slots
    body: Json = {"item": mind.bookable, "start": chance.choice(near)}
    if mind.booking_keys:
        name = f"regular {id(mind)} {chance.randrange(REGULARS)}"
        body["bookings"] = [person_key(name, bytes.fromhex(key)) for key in mind.booking_keys]
    return Request("/appointments", body)


def booked(mind: Mind, answer: Json) -> None:
    """The owner knows the code; at the guide desk everybody can be found."""
    promise = Promise(answer["booking"]["id"], answer["booking"]["code"])
    mind.booked.append(promise)
    mind.town.booked.append(promise)
    mind.unsure = mind.chance.random() < 0.3  # next time perhaps another item


def check_in(mind: Mind) -> Request:
    """Come with the code."""
    return _with_code(mind.booked.popleft(), "/appointments/check-in")


def check_in_any(mind: Mind) -> Request:
    """Come to the guide desk, and be known there."""
    promise = mind.chance.choice(mind.town.booked)
    body = {"booking": promise.id}
    return Request("/appointments/check-in", body, booking=promise.id)


def give_back(mind: Mind) -> Request:
    """Cancel one's own."""
    promise = mind.chance.choice(mind.booked)
    return _with_code(promise, f"/appointments/{promise.id}/cancel")


def give_back_any(mind: Mind) -> Request:
    """Have the guide cancel it."""
    promise = mind.chance.choice(mind.town.booked)
    return Request(f"/appointments/{promise.id}/cancel", booking=promise.id)


def appeal(mind: Mind) -> Request:
    """Have all absences of an appointment's owner forgotten."""
    booking = mind.chance.choice(mind.missed)
    return Request(f"/absences/{booking}/clear", {"reason": "医院证明"}, booking=booking)


def _with_code(promise: Promise, path: str) -> Request:
    return Request(path, {"code": promise.code}, booking=promise.id)
