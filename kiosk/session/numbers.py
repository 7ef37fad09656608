"""From asking for a number to holding it: issue, print, prove.  PURE.

A number that was given and cannot be printed because nothing was sent is void.
One that may be on paper is never taken back: it is shown and flagged (FR-18).
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.session.finding import awaited, on_no_answer, on_not_found
from kiosk.session.model import (
    Code,
    Confirm,
    Effects,
    Fault,
    HeldAlready,
    Issued,
    IssueLost,
    IssueRefused,
    Lamp,
    Outcome,
    Print,
    PrintEnded,
    Sent,
    Session,
    State,
)
from kiosk.session.rest import PRINTER_FAULTS, watch_card
from kiosk.session.timers import active, no_number, show_unproven


def on_issued(session: Session, event: Issued, now: float) -> tuple[Session, Effects]:
    """A number: print it, unless nobody waits for it any more.  One whose slip was asked for
    once more is valid whoever waits."""
    if not _awaited(session, event.request_id):
        lost: Effects = () if event.again else (Confirm(event.ticket.id, Outcome.VOID),)
        return session, lost
    visit = replace(session.visit, ticket=event.ticket, deadline=now + session.timing.printing)
    session = replace(session, visit=visit)
    if session.printer is Lamp.NONE:
        done = active(session, now, state=State.DONE, job=None, printed=False)
        return watch_card(done, now), (Confirm(event.ticket.id, Outcome.UNPROVEN),)
    again = f"{event.ticket.id}-{event.request_id}" if event.again else ""
    return session, (Print(event.ticket, reprint=event.again, again=again),)


def on_refused(session: Session, event: IssueRefused, now: float) -> tuple[Session, Effects]:
    """The controller's own words."""
    if awaited(session, event.request_id):
        return on_not_found(session, event, now)
    if not _awaited(session, event.request_id):
        return session, ()
    fault = Fault(Code.REFUSED, event.words, why=event.code, ticket=event.ticket)
    return active(session, now, state=State.ERROR, fault=fault, job=None), ()


def on_lost(session: Session, event: IssueLost, now: float) -> tuple[Session, Effects]:
    """No number can be had, or nothing can be found."""
    if awaited(session, event.request_id):
        return on_no_answer(session, event, now)
    if not _awaited(session, event.request_id):
        return session, ()
    return no_number(session, now), ()


def on_held(session: Session, event: HeldAlready, now: float) -> tuple[Session, Effects]:
    """The number that the person has already stands on the page and can be printed again."""
    if not _awaited(session, event.request_id):
        return session, ()
    fault = Fault(Code.HELD_ALREADY)
    theirs = {"ticket": event.ticket, "printed": event.printed}
    return active(session, now, state=State.ERROR, fault=fault, job=None, **theirs), ()


def on_print_ended(session: Session, event: PrintEnded, now: float) -> tuple[Session, Effects]:
    """What the printer proved."""
    session = replace(session, printer=event.printer)
    visit = session.visit
    ticket = visit.ticket
    if visit.state is not State.PRINTING or ticket is None or ticket.id != event.ticket:
        # the number was shown meanwhile; a proof that comes late is still a proof
        late = (Confirm(event.ticket, Outcome.PRINTED),) if event.sent is Sent.PRINTED else ()
        return session, late
    if event.sent is Sent.PRINTED:
        done = active(session, now, state=State.DONE, job=None, printed=True)
        return watch_card(done, now), (Confirm(ticket.id, Outcome.PRINTED),)
    if event.sent is Sent.UNPROVEN:
        return show_unproven(session, now)
    if event.reprint:
        return _reprint_failed(session, now), ()
    code = PRINTER_FAULTS.get(event.printer, Code.PRINTER_OFFLINE)
    failed = active(session, now, state=State.ERROR, fault=Fault(code), job=None, ticket=None)
    return failed, (Confirm(ticket.id, Outcome.VOID),)


def _awaited(session: Session, request_id: str) -> bool:
    visit = session.visit
    return (
        visit.state is State.PRINTING
        and visit.ticket is None
        and visit.job is not None
        and visit.job.request_id == request_id
    )


def _reprint_failed(session: Session, now: float) -> Session:
    """The number is as good as before: it stays on the page."""
    if session.visit.printed:
        return active(session, now, state=State.DONE, job=None)
    fault = Fault(Code.PRINTER_SILENT)
    return active(session, now, state=State.ERROR, fault=fault, job=None)
