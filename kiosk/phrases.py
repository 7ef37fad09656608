"""Which sentence belongs to each step of a visit, and the figures in it.  PURE.

The sentences stand in `display.voice.guidance`.  The kiosk speaks them, the page shows them as
captions, and a screen reader reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from display.voice.guidance import GUIDANCE, caption, guidance_phrase
from display.voice.numerals import LARGEST
from kiosk.session.choosing import group_items, items_of
from kiosk.session.deeds import may_return, picked
from kiosk.session.model import Code, ReaderLamp, Session, State
from kiosk.session.own import Due, Purpose, Standing
from kiosk.session.rest import PRINTER_FAULTS, resting
from kiosk.ways import PAD_HELPS


@dataclass(frozen=True, slots=True)
class Phrase:
    """A step of `GUIDANCE` and the figures in it."""

    id: str
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The words, in Chinese unless `lang` is English."""
        return caption(self.id, lang, self.values)

    def clips(self, lang: str) -> tuple[str, ...]:
        """The clips that say it."""
        return guidance_phrase(self.id, lang, self.values)


def phrase_of(session: Session) -> Phrase | None:
    """What is said now; None where nothing is."""
    if session.card_on_reader and resting(session):
        return Phrase("card_left")
    said = _SAID.get(session.visit.state)
    return said(session) if said else None


def _idle(session: Session) -> Phrase:
    return Phrase("idle" if session.reader is ReaderLamp.OK else "idle-typed")


def _home(session: Session) -> Phrase:
    if session.visit.basket:
        return Phrase("home-more")
    return Phrase("home" if session.card_on_reader else "home-choose")


def _all(session: Session) -> Phrase:
    return Phrase("all-group" if group_items(session) else "all")


def _item(session: Session) -> Phrase:
    visit, day = session.visit, session.day
    if visit.visitor is None:
        return Phrase("item-card")
    chosen = items_of(day, visit.choice.items) if day and visit.choice else []
    if any(item.ticketing != "open" for item in chosen):
        return Phrase("item-shut")
    item = chosen[0] if chosen else None
    ahead = None if item is None or session.alone else item.ahead
    if ahead is None or not 0 < ahead <= LARGEST:
        return Phrase("item")
    return Phrase("item-ahead", {"n": str(ahead)})


def _pad(session: Session) -> Phrase:
    return Phrase("pad-wrong" if session.visit.wrong else "pad")


def _find(session: Session) -> Phrase:
    return Phrase("find-booked" if session.visit.purpose is Purpose.BOOKED else "find")


def _code(session: Session) -> Phrase:
    if session.visit.wrong:
        return Phrase("code-wrong")
    return Phrase("code-booked" if session.visit.purpose is Purpose.BOOKED else "code")


def _booked(session: Session) -> Phrase | None:
    one = session.visit.booked
    if one is None:
        return None
    due = "" if one.due is Due.DUE else f"-{one.due.value}"
    return Phrase(f"booked{due}", {"time": one.opens})


def _numbers(session: Session) -> Phrase:
    return Phrase("numbers", {"n": str(len(session.visit.numbers))})


def _number(session: Session) -> Phrase | None:
    one = picked(session.visit)
    if one is None:
        return None
    window = one.target if one.state == "handed" else one.window
    values = {"number": one.number, "n": str(one.ahead), "window": str(window)}
    return Phrase(_stands(session, one, window), values)


def _stands(session: Session, one: Standing, window: int | None) -> str:
    """Never a figure that is not known."""
    if one.state == "passed" and may_return(session.visit):
        return "number-may_return"
    if one.state in ("waiting", "offered"):
        return "number-ahead" if one.ahead is not None and one.ahead <= LARGEST else "number"
    state = "dropped" if one.state == "void" else one.state
    told = state not in ("called", "held", "handed") or window is not None
    return f"number-{state}" if told and f"number-{state}" in GUIDANCE else "number"


def _sure(session: Session) -> Phrase | None:
    one = picked(session.visit)
    return Phrase("sure", {"number": one.number}) if one else None


def _done(session: Session) -> Phrase | None:
    ticket = session.visit.ticket
    if ticket is None:
        return None
    return Phrase("done" if session.visit.printed else "done-unprinted", {"number": ticket.number})


def _error(session: Session) -> Phrase:
    fault, ticket = session.visit.fault, session.visit.ticket
    if fault is None:
        return Phrase("error")
    if fault.code is Code.PRINTER_SILENT and ticket is not None:
        return Phrase("error-unproven", {"number": ticket.number})
    if fault.code in PRINTER_FAULTS.values():
        return Phrase("error-paper")
    if fault.ticket or fault.code is Code.HELD_ALREADY:
        return Phrase("error-held")
    return Phrase("error-card" if fault.code in PAD_HELPS else "error")


def _plain(step: str) -> Callable[[Session], Phrase]:
    return lambda session: Phrase(step)


_SAID: dict[State, Callable[[Session], Phrase | None]] = {
    State.IDLE: _idle,
    State.READING: _plain("reading"),
    State.HOME: _home,
    State.ALL: _all,
    State.SEARCH: _plain("search"),
    State.BUNDLES: _plain("bundles"),
    State.ITEM: _item,
    State.PAD: _pad,
    State.FIND: _find,
    State.CODE: _code,
    State.ASKING: _plain("asking"),
    State.BOOKED: _booked,
    State.NUMBERS: _numbers,
    State.NUMBER: _number,
    State.SURE: _sure,
    State.PRIVACY: _plain("privacy"),
    State.PRINTING: _plain("printing"),
    State.DONE: _done,
    State.TIMEOUT: _plain("timeout"),
    State.CLOSED: _plain("closed"),
    State.ERROR: _error,
}
