"""One visit at a kiosk as a state machine.  PURE: no I/O, no clock, no randomness."""

from __future__ import annotations

from dataclasses import replace

from kiosk.panel.base import DoorMoved, PresenceChanged, StaffWanted
from kiosk.session.acts import fits, on_act
from kiosk.session.cards import on_reader
from kiosk.session.finding import on_found
from kiosk.session.model import (
    Act,
    DayChanged,
    Effects,
    EnrolmentChanged,
    HeldAlready,
    Input,
    Issued,
    IssueLost,
    IssueRefused,
    LinkChanged,
    PrintEnded,
    PrinterChanged,
    Session,
    SparesChanged,
    Tick,
)
from kiosk.session.numbers import on_held, on_issued, on_lost, on_print_ended, on_refused
from kiosk.session.own import Found
from kiosk.session.panel import on_panel, shows_presence
from kiosk.session.rest import on_link, refresh
from kiosk.session.timers import next_wake, on_time

__all__ = ["fits", "next_wake", "step"]


def step(session: Session, event: Input, now: float) -> tuple[Session, Effects]:
    """What an event makes of a session, and what it asks for.

    What is overdue at `now` happens first, so that a touch after the end of a visit
    finds it ended.  Never raises; an event that does not fit changes nothing.
    """
    session, overdue = on_time(session, now)
    session = replace(session, near=session.near or shows_presence(event))
    session, effects = _handle(session, event, now)
    return refresh(session), overdue + effects


def _handle(session: Session, event: Input, now: float) -> tuple[Session, Effects]:
    match event:
        case Tick():
            return session, ()
        case Act():
            return on_act(session, event, now) if fits(session, event) else (session, ())
        case Found():
            return on_found(session, event, now)
        case Issued():
            return on_issued(session, event, now)
        case IssueRefused():
            return on_refused(session, event, now)
        case IssueLost():
            return on_lost(session, event, now)
        case PrintEnded():
            return on_print_ended(session, event, now)
        case HeldAlready():
            return on_held(session, event, now)
        case DayChanged() | LinkChanged() | SparesChanged():
            return on_link(session, event), ()
        case PrinterChanged(lamp):
            return replace(session, printer=lamp), ()
        case EnrolmentChanged(enrolled, code):
            return replace(session, enrolled=enrolled, enrol_code=code), ()
        case StaffWanted() | DoorMoved() | PresenceChanged():
            return on_panel(session, event, now)
        case _:
            return on_reader(session, event, now)
