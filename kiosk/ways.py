"""The ways out of an error: the buttons below it, the first one largest.  PURE."""

from __future__ import annotations

from kiosk.session.acts import MAX_REPRINTS
from kiosk.session.deeds import may_print_the_one_in_the_way
from kiosk.session.finding import looks_while_standing
from kiosk.session.model import Code, Fault, Session
from kiosk.session.rest import prints

PAD_HELPS = frozenset(
    {
        Code.CARD_UNREADABLE,
        Code.CARD_UNSUPPORTED,
        Code.CARD_PROTECTED,
        Code.CARD_PULLED_OUT,
        Code.CARD_MUTE,
    }
)
"""A resident who typed the number would be served."""

_FOR_ANOTHER = frozenset({"ticketing-closed", "quota-exhausted", "too-many-waiting", "item-limit"})
"""Refused for this service; there are others."""


def actions_of(session: Session) -> list[str]:
    """What can be done now, at most four."""
    fault = session.visit.fault
    if fault is None:
        return []
    if fault.standing:
        return ["look", "staff"] if looks_while_standing(session) else ["staff"]
    if session.visit.ticket is not None:
        may_reprint = prints(session) and session.visit.reprints < MAX_REPRINTS
        return (["reprint"] if may_reprint else []) + ["staff", "exit"]
    return _of_visit(session, fault)


def _of_visit(session: Session, fault: Fault) -> list[str]:
    known = session.visit.visitor is not None
    away = "home" if known else "exit"
    if fault.code in PAD_HELPS:
        return ["retry", "pad", "staff", "exit"]
    if fault.code is Code.REFUSED:
        return _refused(session, fault, away)
    if fault.code is Code.NO_NUMBER:
        return ["home", "staff", "exit"] if known else ["retry", "staff", "exit"]
    if fault.code is Code.NO_BOOKING and known:
        return ["retry", "home", "staff", "exit"]
    return ["retry", "staff", away]


def _refused(session: Session, fault: Fault, away: str) -> list[str]:
    if fault.ticket:
        again = may_print_the_one_in_the_way(session)
        return [*(["print_own"] if again else []), "look", "staff", away]
    if fault.why in _FOR_ANOTHER and away == "home":
        return ["home", "staff", "exit"]
    return ["staff", away]
