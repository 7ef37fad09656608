"""When a visit ends by itself.  PURE."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.session.model import (
    Alert,
    AlertStaff,
    Code,
    Confirm,
    Effects,
    Fault,
    Outcome,
    Session,
    State,
)
from kiosk.session.rest import end_visit, read_alike, resting

ASKS_FIRST = (
    State.HOME,
    State.ALL,
    State.BUNDLES,
    State.ITEM,
    State.PAD,
    State.SEARCH,
    State.FIND,
    State.CODE,
    State.BOOKED,
    State.NUMBERS,
    State.NUMBER,
    State.SURE,
    State.PRIVACY,
)
"""States that ask 还需要时间吗 before they end."""


def patience(session: Session) -> float:
    """Seconds without a touch until the visit ends; the notice is long to read."""
    slow = session.visit.elder or session.visit.state is State.PRIVACY
    return session.timing.elder if slow else session.timing.idle


def active(session: Session, now: float, **changes: Any) -> Session:
    """The visit with `changes`, its time starting anew."""
    return touched(replace(session, visit=replace(session.visit, **changes)), now)


def touched(session: Session, now: float) -> Session:
    """Somebody is there: the time of the present state starts anew, where it may."""
    visit, timing = session.visit, session.timing
    twice = 2 if visit.elder else 1
    if visit.state in ASKS_FIRST:
        left = patience(session) - timing.warning
    elif visit.state is State.DONE:
        left = timing.done * twice
    elif visit.state is State.ERROR and visit.ticket is not None:
        left = timing.shown
    elif visit.state in (State.ERROR, State.IDLE, State.CLOSED, State.ENROL):
        left = patience(session)
    else:
        return session
    return replace(session, visit=replace(visit, deadline=now + left))


def leave(session: Session, now: float) -> tuple[Session, Effects]:
    """End the visit.  For somebody who is not known yet the page stays in the same language."""
    before = session.visit
    session, effects = end_visit(session, now)
    if before.visitor is not None or before.ticket is not None:
        return session, effects
    alike = read_alike(before, session.visit.state, fault=session.visit.fault)
    return touched(replace(session, visit=alike), now), effects


def next_wake(session: Session) -> float | None:
    """When `Tick` is due next, or None."""
    times = [t for t in (_visit_deadline(session), session.card_alarm_at) if t is not None]
    return min(times, default=None)


def _visit_deadline(session: Session) -> float | None:
    waits_for_card = session.visit.state is State.DONE and session.card_alarm_at is not None
    if not waits_for_card:
        return session.visit.deadline
    assert session.card_alarm_at is not None
    return max(session.visit.deadline or 0.0, session.card_alarm_at)


def on_time(session: Session, now: float) -> tuple[Session, Effects]:
    """Do what is due."""
    effects: Effects = ()
    if session.card_alarm_at is not None and now >= session.card_alarm_at:
        session = replace(session, card_alarm_at=None, card_alarmed=True)
        effects = (AlertStaff(Alert.CARD_LEFT),)
    due = _visit_deadline(session)
    if due is None or now < due:
        return session, effects
    session, more = _expired(session, now)
    return session, effects + more


def _expired(session: Session, now: float) -> tuple[Session, Effects]:
    visit = session.visit
    if visit.state in ASKS_FIRST:
        until = now + session.timing.warning
        asked = replace(visit, state=State.TIMEOUT, under=visit.state, deadline=until)
        return replace(session, visit=asked), ()
    if visit.state is State.READING:
        return active(session, now, state=State.ERROR, fault=Fault(Code.CARD_UNREADABLE)), ()
    if visit.state is State.PRINTING:
        return _printing_expired(session, now)
    if visit.state is State.ASKING:
        return active(session, now, state=State.ERROR, fault=Fault(Code.NO_ANSWER), job=None), ()
    if resting(session) and visit.deadline is None:
        return session, ()
    return end_visit(session, now)


def _printing_expired(session: Session, now: float) -> tuple[Session, Effects]:
    """Before a number: there is none.  After: it may be on paper, so it is shown."""
    if session.visit.ticket is None:
        return no_number(session, now), ()
    return show_unproven(session, now)


def no_number(session: Session, now: float) -> Session:
    """No answer in time: no number, or no slip of one that there is."""
    job = session.visit.job
    code = Code.NO_ANSWER if job is not None and job.again else Code.OFFLINE
    return active(session, now, state=State.ERROR, fault=Fault(code), job=None)


def show_unproven(session: Session, now: float) -> tuple[Session, Effects]:
    """The number stands large on the page, flagged unprinted; staff are told.

    A reprint takes nothing back from a number that was proven printed before.
    """
    visit = session.visit
    assert visit.ticket is not None
    if visit.printed:
        return active(session, now, state=State.DONE, job=None), ()
    fault = Fault(Code.PRINTER_SILENT)
    shown = active(session, now, state=State.ERROR, fault=fault, job=None)
    confirm = Confirm(visit.ticket.id, Outcome.UNPROVEN)
    return shown, (confirm, AlertStaff(Alert.PRINT))
