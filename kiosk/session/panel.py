"""What the panel tells, as the session takes it.  PURE."""

from __future__ import annotations

from dataclasses import replace

from kiosk.panel.base import DoorMoved, PanelEvent, PresenceChanged, StaffWanted
from kiosk.readers.base import CardSeen, CodeRefused, CodeScanned
from kiosk.session.acts import on_act
from kiosk.session.model import Act, Alert, AlertStaff, Effects, Session
from kiosk.session.rest import resting


def on_panel(session: Session, event: PanelEvent, now: float) -> tuple[Session, Effects]:
    """A panel event.  The staff button is the same call for staff as on the page."""
    match event:
        case StaffWanted():
            return on_act(session, Act("staff"), now)
        case DoorMoved(open):
            return session, (AlertStaff(Alert.DOOR),) if open else ()
        case PresenceChanged(near):
            return replace(session, near=near), ()


def shows_presence(event: object) -> bool:
    """Who touches, lays a card or holds a code is there, whatever the sensor feels: a sensor that
    is dead or looks past somebody must not turn the screen off before a person."""
    return isinstance(event, Act | CardSeen | CodeScanned | CodeRefused | StaffWanted)


def asleep(session: Session) -> bool:
    """Whether the screen rests: nobody is felt in front, and nothing is under way."""
    quiet = resting(session) and session.visit.deadline is None
    return quiet and session.enrolled and not session.near and not session.card_on_reader
