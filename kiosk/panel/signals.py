"""What lamps and buzzer show for a session.  PURE."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.panel.base import Place, Signal
from kiosk.session.model import Code, Lamp, ReaderLamp, Session, State
from kiosk.session.rest import PRINTER_FAULTS, resting


@dataclass(frozen=True, slots=True)
class Show:
    """What the panel shows now."""

    reader: Signal = Signal.OFF
    mouth: Signal = Signal.OFF
    buzz: bool = False

    def at(self, place: Place) -> Signal:
        """What the lamp there shows."""
        return self.reader if place is Place.READER else self.mouth


def show_of(session: Session) -> Show:
    """Lamps at the reader and the printer's mouth, and whether the buzzer calls."""
    return Show(_reader(session), _mouth(session), _buzz(session))


def _reader(session: Session) -> Signal:
    visit = session.visit
    if session.reader is ReaderLamp.NONE:
        return Signal.OFF
    if session.reader is ReaderLamp.OUT:
        return Signal.BAD
    if visit.state is State.READING:
        return Signal.BUSY
    if visit.state is State.ERROR and visit.fault and _about_a_card(visit.fault.code):
        return Signal.BAD
    if session.card_on_reader:
        leaving = resting(session) or visit.state is State.DONE
        return Signal.TAKE if leaving else Signal.GOOD
    return Signal.INVITE if visit.state is State.IDLE else Signal.OFF


def _about_a_card(code: Code) -> bool:
    return code.value.startswith("card_")


def _mouth(session: Session) -> Signal:
    visit = session.visit
    if session.printer is Lamp.NONE:
        return Signal.OFF
    if visit.state is State.PRINTING:
        return Signal.BUSY
    if visit.state is State.DONE and visit.printed:
        return Signal.TAKE
    unproven = visit.fault is not None and visit.fault.code is Code.PRINTER_SILENT
    if session.printer in PRINTER_FAULTS or unproven:
        return Signal.BAD
    return Signal.OFF


def _buzz(session: Session) -> bool:
    """A card is being left behind; once staff know, there is nobody to call back."""
    return session.card_on_reader and session.card_alarm_at is not None
