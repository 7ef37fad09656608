"""Notices and the emergency: one fold for the hall and for everybody who reads it."""

from controller.hall import notice_events as n
from controller.hall.change import changed
from controller.hall.events import Event
from controller.hall.folds.common import Touched
from controller.hall.instants import Instant
from controller.hall.model import Hall
from controller.hall.notices import Emergency, EmergencyKind, Notice, Told

TELLING = (
    n.NoticeWritten,
    n.NoticeReleased,
    n.NoticeEnded,
    n.EmergencyRaised,
    n.EmergencyEnded,
)


def tell(told: Told, event: Event) -> bool:
    """Fold an event of `TELLING`; whether it changes what everybody sees."""
    before = told.standing(), told.emergency
    match event:
        case n.NoticeWritten():
            told.notices[event.notice] = Notice(
                event.notice, event.text, event.writer, event.written_at, event.until
            )
        case n.NoticeReleased():
            notice = told.notices[event.notice]
            told.notices[event.notice] = changed(notice, releaser=event.releaser)
        case n.NoticeEnded():
            told.notices[event.notice] = changed(told.notices[event.notice], ended=event.why)
        case n.EmergencyRaised():
            kind = EmergencyKind(event.kind)
            told.emergency = Emergency(kind, event.by, event.since, event.until, event.drill)
        case n.EmergencyEnded():
            told.emergency = None
    return before != (told.standing(), told.emergency)


def told(hall: Hall, event: Event, seq: int, at: Instant) -> Touched:
    tell(hall.told, event)
    return None, None
