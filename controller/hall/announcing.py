"""Who may have the screens say something, and for how long (FR-51, T15)."""

from controller.hall import commands as c
from controller.hall import refusals as r
from controller.hall.events import Event
from controller.hall.instants import MINUTE, Moment
from controller.hall.model import Hall
from controller.hall.notice_events import (
    EXPIRED,
    TAKEN_BACK,
    EmergencyEnded,
    EmergencyRaised,
    NoticeEnded,
    NoticeReleased,
    NoticeWritten,
)
from controller.hall.notices import LEAST_TEXT, MOST_OPEN, MOST_TEXT, Emergency, Notice, plain
from controller.hall.port import Policy
from controller.hall.visitor import hide_long_numbers


def write(hall: Hall, command: c.WriteNotice, now: Moment, policy: Policy) -> list[Event]:
    """Keep a line until somebody else releases it."""
    text = plain(hide_long_numbers(command.text))
    if text is None:
        raise r.NoticeText(least=LEAST_TEXT, most=MOST_TEXT)
    if len(hall.told.open()) >= MOST_OPEN:
        raise r.NoticeLimit(limit=MOST_OPEN)
    until = now.at + command.minutes * MINUTE
    return [NoticeWritten(hall.told.next_id(hall.day), text, command.by, now.at, until)]


def release(hall: Hall, command: c.ReleaseNotice, now: Moment, policy: Policy) -> list[Event]:
    """Let a notice through that somebody else wrote."""
    notice = _open(hall, command.notice)
    if notice.releaser is not None:
        return []
    if notice.writer == command.by:
        raise r.SecondPersonNeeded()
    return [NoticeReleased(notice.id, command.by)]


def withdraw(hall: Hall, command: c.WithdrawNotice, now: Moment, policy: Policy) -> list[Event]:
    """Take a notice down at once: its writer, or anybody with authority."""
    notice = _open(hall, command.notice)
    if notice.writer != command.by and not command.authority:
        raise r.NotYourNotice()
    return [NoticeEnded(notice.id, TAKEN_BACK)]


def raise_emergency(
    hall: Hall, command: c.RaiseEmergency, now: Moment, policy: Policy
) -> list[Event]:
    """Fill every screen, in place of an emergency that stands."""
    until = now.at + command.minutes * MINUTE
    return [EmergencyRaised(str(command.kind), command.by, now.at, until, command.drill)]


def end_emergency(hall: Hall, command: c.EndEmergency, now: Moment, policy: Policy) -> list[Event]:
    """Give the screens back."""
    if hall.told.emergency is None:
        raise r.NoEmergency()
    return [EmergencyEnded(TAKEN_BACK)]


def _open(hall: Hall, notice: str) -> Notice:
    found = hall.told.notices.get(notice)
    if found is None or found.ended is not None:
        raise r.UnknownNotice(notice=notice)
    return found


def over(hall: Hall, now: Moment) -> list[Event]:
    """What has been told for as long as it was to be."""
    ended: list[Event] = [NoticeEnded(n.id, EXPIRED) for n in hall.told.open() if n.until <= now.at]
    emergency = hall.told.emergency
    if emergency is not None and emergency.until <= now.at:
        ended.append(EmergencyEnded(EXPIRED))
    return ended


def told_again(hall: Hall) -> list[Event]:
    """What stands over midnight, told to the new day."""
    again: list[Event] = []
    for n in hall.told.open():
        again.append(NoticeWritten(n.id, n.text, n.writer, n.written_at, n.until))
        if n.releaser is not None:
            again.append(NoticeReleased(n.id, n.releaser))
    e = hall.told.emergency
    return [*again, *([_raised(e)] if e is not None else [])]


def _raised(e: Emergency) -> EmergencyRaised:
    return EmergencyRaised(str(e.kind), e.by, e.since, e.until, e.drill)
