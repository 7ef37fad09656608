"""What an owner does with a number that was found: line up again, give back, print again.  PURE."""

from __future__ import annotations

from typing import Any

from kiosk.session.finding import claim_of, new_job, waiting
from kiosk.session.model import Effects, Session, State, Visit
from kiosk.session.own import Again, Claim, Deed, Standing, Want
from kiosk.session.rest import prints
from kiosk.session.timers import active

MOST_REPRINTS = 2


def pick(session: Session, number: str, now: float) -> tuple[Session, Effects]:
    """One of several numbers."""
    ids = [one.id for one in session.visit.numbers]
    if number not in ids:
        return session, ()
    return active(session, now, state=State.NUMBER, picked=ids.index(number)), ()


def picked(visit: Visit) -> Standing | None:
    """The number that is meant."""
    return visit.numbers[visit.picked] if visit.picked < len(visit.numbers) else None


def may_return(visit: Visit) -> bool:
    """Whether a citizen may line up again with this number, here and now (FR-35)."""
    number, claim = picked(visit), visit.claim
    return bool(number and number.state == "passed" and claim and claim.proves)


def may_cancel(visit: Visit) -> bool:
    """Whether the number can be given back here (FR-21)."""
    number, claim = picked(visit), visit.claim
    given_back = {"waiting", "passed", "returned"}
    return bool(number and number.state in given_back and claim and claim.proves)


def may_reprint(session: Session) -> bool:
    """Whether the slip can be printed here once more (FR-20); how late it is, the controller
    knows."""
    visit = session.visit
    number, claim = picked(visit), visit.claim
    mine = number and not number.ended and claim and claim.proves
    return bool(prints(session) and mine and number and number.reprints < MOST_REPRINTS)


def may_print_the_one_in_the_way(session: Session) -> bool:
    """Whether the number for which another was refused can be printed here once more (FR-08)."""
    fault = session.visit.fault
    return bool(fault and fault.ticket and session.visit.visitor and prints(session))


def come_back(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """Line up again after a call that was missed."""
    return _want(session, Deed.RETURN, now) if may_return(session.visit) else (session, ())


def give_back(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """First the question."""
    if not may_cancel(session.visit):
        return session, ()
    return active(session, now, state=State.SURE), ()


def sure(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """The number is given back."""
    return _want(session, Deed.CANCEL, now) if may_cancel(session.visit) else (session, ())


def print_own(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """The slip of one's own number, once more."""
    visit = session.visit
    if visit.state is State.ERROR:
        return _print_the_one_in_the_way(session, now)
    number, claim = picked(visit), visit.claim
    if number is None or claim is None or not may_reprint(session):
        return session, ()
    return _again(session, number.id, claim, now)


def _print_the_one_in_the_way(session: Session, now: float) -> tuple[Session, Effects]:
    """FR-08: a second try is offered the first number's slip."""
    visit = session.visit
    if visit.fault is None or visit.visitor is None or not may_print_the_one_in_the_way(session):
        return session, ()
    return _again(session, visit.fault.ticket, claim_of(visit.visitor), now)


def _again(session: Session, ticket: str, claim: Claim, now: float) -> tuple[Session, Effects]:
    session, job = new_job(session, again=True)
    printing: dict[str, Any] = {"state": State.PRINTING, "job": job, "fault": None}
    asked: dict[str, Any] = {"claim": claim, "ticket": None, "reprints": MOST_REPRINTS}
    session = waiting(session, now, **printing | asked)
    return session, (Again(job.request_id, ticket, claim),)


def _want(session: Session, deed: Deed, now: float) -> tuple[Session, Effects]:
    number, claim = picked(session.visit), session.visit.claim
    assert number is not None
    assert claim is not None
    session, job = new_job(session)
    session = waiting(session, now, state=State.ASKING, job=job)
    return session, (Want(job.request_id, deed, number.id, claim),)
