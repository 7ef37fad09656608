"""Visits of people who look for a number or an appointment of theirs."""

from __future__ import annotations

from dataclasses import replace

from kiosk.readers.base import (
    CardSeen,
    CodeScanned,
)
from kiosk.session import step
from kiosk.session.model import (
    Act,
    Input,
    Session,
    State,
    Words,
)
from kiosk.session.own import (
    Appointment,
    Due,
    Found,
    Seek,
    Standing,
)
from tests.kiosk.people import after, read
from tests.kiosk.visits import ready, request_of

CODE = CodeScanned("7K3M2Q")
WAITING = Standing("2026-03-17-R046", "R046", "waiting", "B", ("RS-003",), ahead=4, wait=(10, 20))
PASSED = replace(WAITING, state="passed", ahead=None, wait=None)
DUE = Appointment(
    "2026-03-17-1030-1", "RS-003", "社会保障卡申领", "Card", "2026-03-17", "10:30", Due.DUE, "10:15"
)
WORDS = Words("不能", "No", "请到咨询台。", "Ask.")


def typed(text: str, key: str = "code_key") -> list[Input]:
    return [Act(key, letter) for letter in text]


def sought(session: Session, event: Input) -> tuple[Session, Seek]:
    session, effects = step(session, event, 0.0)
    (seek,) = [effect for effect in effects if isinstance(effect, Seek)]
    assert session.visit.state is State.ASKING
    return session, seek


def found(session: Session, *numbers: Standing, booked: Appointment | None = None) -> Session:
    booking = (booked,) if booked else ()
    return after(Found(request_of(session), numbers, booking), session=session)


def looked_up(*numbers: Standing) -> Session:
    """Somebody who scanned a slip's code."""
    session, _ = sought(ready(), CODE)
    return found(session, *numbers)


def with_appointment(due: Due = Due.DUE) -> Session:
    """Somebody who touched 预约取号 and laid a card."""
    session = ready(Act("book_open"), CardSeen())
    session, _ = sought(session, read())
    return found(session, booked=replace(DUE, due=due))
