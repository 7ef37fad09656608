"""What a card, or its absence, means for the visit.  PURE."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from controller.hall.visitor import (
    AgeClass,
    NumberError,
    age_class,
    age_on,
    birth_date,
    check_number,
    mask_name,
    person_key,
)
from kiosk.day import Day
from kiosk.readers.base import (
    CardRead,
    CardRemoved,
    CardSeen,
    CardUnreadable,
    CodeRefused,
    CodeScanned,
    DocumentType,
    ReaderDown,
    ReaderEvent,
    ReaderUp,
    Unreadable,
)
from kiosk.session.finding import on_code, on_foreign_code, welcome
from kiosk.session.model import (
    Code,
    Effects,
    Fault,
    Forget,
    ReaderLamp,
    Session,
    State,
    Visit,
    Visitor,
)
from kiosk.session.rest import end_visit, read_alike, resting
from kiosk.session.timers import active

TYPED_NAME = "*"
"""Somebody who typed a number has given no name."""

_UNREADABLE = {
    Unreadable.TRY_AGAIN: Code.CARD_UNREADABLE,
    Unreadable.NOT_VALID: Code.CARD_INVALID,
    Unreadable.WRONG_CARD: Code.CARD_UNKNOWN,
    Unreadable.UNKNOWN_LAYOUT: Code.CARD_UNKNOWN,
    Unreadable.UNSUPPORTED: Code.CARD_UNSUPPORTED,
    Unreadable.PROTECTED: Code.CARD_PROTECTED,
    Unreadable.PULLED_OUT: Code.CARD_PULLED_OUT,
    Unreadable.MUTE: Code.CARD_MUTE,
}
_BUSY = (State.PRINTING, State.READING, State.ASKING)
_CHOSEN = (State.ITEM, State.PAD)
"""States in which a card goes on with what was chosen before it."""
_ANSWERED = (State.BOOKED, State.NUMBERS, State.NUMBER, State.SURE)
"""States in which somebody has what they came for."""


def on_reader(session: Session, event: ReaderEvent, now: float) -> tuple[Session, Effects]:
    """A reader event."""
    match event:
        case CardSeen():
            return _seen(session, now)
        case CardRead():
            return _read(session, event, now)
        case CardUnreadable(reason):
            return _unreadable(session, reason, now), ()
        case CardRemoved():
            return _removed(session, now)
        case ReaderDown():
            return _reader_down(session, now)
        case ReaderUp():
            return replace(session, reader=ReaderLamp.OK), ()
        case CodeScanned():
            return on_code(session, event, now)
        case CodeRefused():
            return on_foreign_code(session, now)


def _seen(session: Session, now: float) -> tuple[Session, Effects]:
    session = replace(session, card_on_reader=True, card_alarm_at=None, card_alarmed=False)
    if session.visit.state in _BUSY or (resting(session) and session.visit.state is not State.IDLE):
        return session, ()
    visit, until = session.visit, now + session.timing.reading
    if visit.visitor is not None or visit.ticket is not None:
        # somebody else's card: nothing of the person before is kept, not even the text size
        return replace(session, visit=Visit(State.READING, deadline=until)), (Forget(),)
    reading = replace(_going_on(visit), deadline=until, tries=visit.tries)
    return replace(session, visit=reading), ()


def _going_on(visit: Visit) -> Visit:
    """A card that goes on with what was begun without it."""
    state = visit.under or visit.state
    if state in _ANSWERED:
        return read_alike(visit, State.READING)
    if visit.choice is not None and (state in _CHOSEN or visit.fault is not None):
        kept = {"choice": visit.choice, "basket": visit.basket, "came": visit.came}
        return read_alike(visit, State.READING, filter=visit.filter, group=visit.group, **kept)
    return read_alike(visit, State.READING, purpose=visit.purpose)


def _read(session: Session, card: CardRead, now: float) -> tuple[Session, Effects]:
    if session.visit.state is not State.READING:
        return session, ()
    if session.day is None:
        return active(session, now, state=State.ERROR, fault=Fault(Code.OFFLINE)), ()
    try:
        visitor = visitor_of(card, session.day, session.provinces)
    except NumberError:
        return active(session, now, state=State.ERROR, fault=Fault(Code.CARD_INVALID)), ()
    return welcome(session, visitor, now)


def _unreadable(session: Session, reason: Unreadable, now: float) -> Session:
    if session.visit.state is not State.READING:
        return session
    fault = Fault(_UNREADABLE[reason])
    return active(session, now, state=State.ERROR, fault=fault, tries=session.visit.tries + 1)


def _removed(session: Session, now: float) -> tuple[Session, Effects]:
    session = replace(session, card_on_reader=False, card_alarm_at=None, card_alarmed=False)
    visit = session.visit
    if visit.state is State.READING:
        return _unreadable(session, Unreadable.TRY_AGAIN, now), ()
    if visit.state is State.DONE and visit.deadline is not None and now >= visit.deadline:
        return end_visit(session, now)
    return session, ()


def _reader_down(session: Session, now: float) -> tuple[Session, Effects]:
    session, effects = _removed(session, now)
    return replace(session, reader=ReaderLamp.OUT), effects


def visitor_of(card: CardRead, day: Day, provinces: frozenset[str]) -> Visitor:
    """The little that remains of a document.  Raises `NumberError`."""
    number = card.number
    if card.document_type is not DocumentType.FOREIGN_RESIDENT or len(number) == 18:
        number = check_number(number, today=day.date, provinces=provinces)
    return Visitor(
        key=person_key(number, day.key),
        masked=mask_name(card.name),
        document_type=card.document_type,
        elderly=_elderly(card.birth, day.date),
        priority=day.group_of_age(age_on(card.birth, day.date)),
        expired=card.valid_to is not None and card.valid_to < day.date,
        bookings=booking_hashes(number, day),
    )


def typed_visitor(digits: str, day: Day, provinces: frozenset[str]) -> Visitor:
    """Somebody who typed a number.  Raises `NumberError`."""
    number = check_number(digits, today=day.date, provinces=provinces)
    birth = birth_date(number)
    return Visitor(
        key=person_key(number, day.key),
        masked=TYPED_NAME,
        document_type=DocumentType.TYPED,
        elderly=_elderly(birth, day.date),
        priority=day.group_of_age(age_on(birth, day.date)),
        bookings=booking_hashes(number, day),
    )


def booking_hashes(number: str, day: Day) -> tuple[str, ...]:
    """What appointments know the person by, under the newest key first."""
    return tuple(person_key(number, key) for key in day.booking_keys)


def _elderly(birth: date, today: date) -> bool:
    return age_class(birth, today) is not AgeClass.ORDINARY
