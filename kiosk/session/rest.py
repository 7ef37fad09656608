"""The kiosk between two visits: what it shows, and how a visit ends.  PURE."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.session.model import (
    Code,
    DayChanged,
    Effects,
    Fault,
    Forget,
    Lamp,
    LinkChanged,
    Session,
    SparesChanged,
    State,
    Visit,
)

PRINTER_FAULTS = {
    Lamp.OUT: Code.PAPER_OUT,
    Lamp.COVER: Code.PRINTER_COVER,
    Lamp.CUTTER: Code.PRINTER_CUTTER,
    Lamp.OFFLINE: Code.PRINTER_OFFLINE,
    Lamp.SILENT: Code.PRINTER_OFFLINE,
}
"""What keeps a number from being printed.  A kiosk without printer shows its numbers."""


def prints(session: Session) -> bool:
    """Whether a slip can be printed here now."""
    return session.printer is not Lamp.NONE and session.printer not in PRINTER_FAULTS


def on_link(session: Session, event: DayChanged | LinkChanged | SparesChanged) -> Session:
    """What the kiosk knows of the hall now, and whether it has to go on by itself (FR-23)."""
    match event:
        case DayChanged():
            session = replace(session, day=event.day)
        case LinkChanged():
            session = replace(session, link_up=event.up)
        case SparesChanged():
            session = replace(session, spares=event.series)
    if session.link_up or session.day is None:
        return replace(session, alone=False)
    return replace(session, alone=bool(session.spares), day=session.day.uncounted())


def resting(session: Session) -> bool:
    """Nobody's visit: the page shows what the kiosk can do."""
    visit = session.visit
    if visit.state is State.ERROR:
        return visit.fault is not None and visit.fault.standing
    return visit.state in (State.ENROL, State.IDLE, State.CLOSED)


def fresh(session: Session) -> Visit:
    """The visit of nobody, as the kiosk's condition allows it."""
    if not session.enrolled:
        return Visit(State.ENROL)
    if session.day is None or not (session.link_up or session.alone):
        return Visit(State.ERROR, fault=Fault(Code.OFFLINE, standing=True))
    if not session.day.open:
        return Visit(State.CLOSED)
    if code := PRINTER_FAULTS.get(session.printer):
        return Visit(State.ERROR, fault=Fault(code, standing=True))
    return Visit(State.IDLE)


def read_alike(visit: Visit, state: State, **changes: Any) -> Visit:
    """A new visit that is read the way this one was: language, size, voice, contrast."""
    alike = Visit(state, visit.lang, visit.elder, visit.voice, visit.contrast)
    return replace(alike, **changes)


def end_visit(session: Session, now: float) -> tuple[Session, Effects]:
    """Forget the person.  A card still on the reader starts its alarm."""
    forgotten = replace(watch_card(session, now), visit=fresh(session))
    return forgotten, (Forget(),)


def watch_card(session: Session, now: float) -> Session:
    """From now on a card on the reader is a card left behind."""
    known = session.card_alarmed or session.card_alarm_at is not None
    if not session.card_on_reader or known:
        return session
    return replace(session, card_alarm_at=now + session.timing.card_left)


def refresh(session: Session) -> Session:
    """Show the kiosk's new condition if nobody is at it; the way it is read stays."""
    if not resting(session):
        return session
    now_shown, next_shown = session.visit, fresh(session)
    if (now_shown.state, now_shown.fault) == (next_shown.state, next_shown.fault):
        return session
    kept = read_alike(
        now_shown,
        next_shown.state,
        fault=next_shown.fault,
        staff_called=now_shown.staff_called,
        deadline=now_shown.deadline,
    )
    return replace(session, visit=kept)
