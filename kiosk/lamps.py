"""What the lamps and the buzzer at the case show of a visit.  PURE."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.session.model import Code, Lamp, ReaderLamp, Session, State

PRINTS = frozenset({Lamp.OK, Lamp.NEAR_END, Lamp.SILENT})
CARD_FAULTS = frozenset(code for code in Code if code.value.startswith("card_"))


class Light(StrEnum):
    """SLOW says "here, please", once a second; FAST says "this did not work"."""

    OFF = "off"
    ON = "on"
    SLOW = "slow"
    FAST = "fast"


@dataclass(frozen=True, slots=True)
class Look:
    """The lamp beside the reader, the lamp at the mouth of the printer, the buzzer."""

    reader: Light = Light.OFF
    mouth: Light = Light.OFF
    buzzer: bool = False


def look_of(session: Session) -> Look:
    """The panel's look for a session."""
    return Look(_reader(session), _mouth(session), session.card_alarm_at is not None)


def _reader(session: Session) -> Light:
    visit = session.visit
    if session.reader is not ReaderLamp.OK:
        return Light.OFF
    if session.card_alarm_at is not None:
        return Light.FAST
    if visit.state is State.IDLE:
        return Light.SLOW
    if visit.state is State.READING:
        return Light.ON
    fault = visit.fault if visit.state is State.ERROR else None
    return Light.FAST if fault and fault.code in CARD_FAULTS else Light.OFF


def _mouth(session: Session) -> Light:
    visit = session.visit
    if visit.state is State.PRINTING:
        return Light.ON
    if visit.state is State.DONE and visit.printed:
        return Light.SLOW
    if visit.state is State.ERROR and session.printer not in PRINTS | {Lamp.NONE}:
        return Light.FAST
    return Light.OFF
