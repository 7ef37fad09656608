"""Sessions at the moments that matter, and short ways to ask about them."""

from __future__ import annotations

from kiosk.session import step
from kiosk.session.model import (
    Act,
    Code,
    Effects,
    Input,
    Issued,
    Lamp,
    PrintEnded,
    Sent,
    Session,
)
from tests.kiosk.people import (
    AT_ITEM,
    READY,
    after,
    ticket,
)

TAKE = Act("take")


def ready(*events: Input) -> Session:
    return after(*READY, *events)


def request_of(session: Session) -> str:
    assert session.visit.job is not None
    return session.visit.job.request_id


def taken() -> Session:
    return ready(*AT_ITEM, TAKE)


def issued() -> Session:
    session = taken()
    return after(Issued(request_of(session), ticket()), session=session)


def printed(sent: Sent, lamp: Lamp = Lamp.OK, reprint: bool = False) -> PrintEnded:
    return PrintEnded(ticket().id, sent, lamp, reprint)


def done() -> Session:
    return after(printed(Sent.PRINTED), session=issued())


def fault(session: Session) -> Code | None:
    return session.visit.fault.code if session.visit.fault else None


def last(session: Session, event: Input, now: float = 0.0) -> Effects:
    return step(session, event, now)[1]
