"""Lamps lead from the reader to the mouth of the printer."""

from dataclasses import replace

import pytest

from kiosk.lamps import Light, Look, look_of
from kiosk.session.model import Code, Fault, Lamp, ReaderLamp, Session, State, Visit

READY = Session("n", frozenset(), reader=ReaderLamp.OK, printer=Lamp.OK)


def at(state: State, **visit: object) -> Session:
    return replace(READY, visit=replace(Visit(state), **visit))


@pytest.mark.parametrize(
    ("session", "look"),
    [
        (at(State.IDLE), Look(reader=Light.SLOW)),
        (at(State.READING), Look(reader=Light.ON)),
        (at(State.HOME), Look()),
        (at(State.PRINTING), Look(mouth=Light.ON)),
        (at(State.DONE, printed=True), Look(mouth=Light.SLOW)),
        (at(State.DONE, printed=False), Look()),
        (at(State.ERROR, fault=Fault(Code.CARD_UNREADABLE)), Look(reader=Light.FAST)),
        (at(State.ERROR, fault=Fault(Code.OFFLINE)), Look()),
        (
            replace(at(State.ERROR, fault=Fault(Code.PAPER_OUT)), printer=Lamp.OUT),
            Look(mouth=Light.FAST),
        ),
        (replace(at(State.ERROR, fault=Fault(Code.REFUSED)), printer=Lamp.NONE), Look()),
        (replace(at(State.IDLE), reader=ReaderLamp.OUT), Look()),
        (replace(at(State.IDLE), reader=ReaderLamp.NONE), Look()),
        (replace(at(State.IDLE), card_alarm_at=9.0), Look(reader=Light.FAST, buzzer=True)),
    ],
)
def test_the_look_of_a_session(session: Session, look: Look) -> None:
    assert look_of(session) == look
