"""What a touch does.  PURE.

`ALLOWED` is the table of states and touches; a touch that is not in it is ignored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from controller.hall.visitor import NumberError
from kiosk.session.cards import typed_visitor
from kiosk.session.model import (
    Act,
    Alert,
    AlertStaff,
    Choice,
    Code,
    Effects,
    Fault,
    Issue,
    Job,
    Print,
    Session,
    State,
    Visit,
)
from kiosk.session.rest import PRINTER_FAULTS, end_visit, refresh, resting
from kiosk.session.timers import active, touched

MAX_REPRINTS = 2
NUMBER_LENGTH = 18

_AT_HOME: dict[str, Any] = {
    "state": State.HOME,
    "came": State.HOME,
    "filter": "",
    "choice": None,
}

_ALWAYS = frozenset({"elder", "voice", "lang", "staff", "touch"})
_CHOOSING = frozenset({"choose", "choose_bundle", "back", "exit"})

ALLOWED: dict[State, frozenset[str]] = {
    State.ENROL: _ALWAYS,
    State.CLOSED: _ALWAYS,
    State.IDLE: _ALWAYS | {"pad_open"},
    State.READING: _ALWAYS | {"exit"},
    State.PAD: _ALWAYS | {"pad_key", "back", "exit"},
    State.HOME: _ALWAYS | _CHOOSING | {"show_all", "show_bundles", "collect", "enquire"},
    State.ALL: _ALWAYS | _CHOOSING,
    State.BUNDLES: _ALWAYS | _CHOOSING,
    State.ITEM: _ALWAYS | {"take", "back", "exit"},
    State.PRINTING: _ALWAYS,
    State.DONE: _ALWAYS | {"exit", "reprint"},
    State.TIMEOUT: _ALWAYS | {"continue", "exit"},
    State.ERROR: _ALWAYS | {"retry", "home", "exit", "reprint", "pad_open"},
}


def fits(session: Session, act: Act) -> bool:
    """Whether the act means anything now."""
    return act.name in ALLOWED[session.visit.state]


def on_act(session: Session, act: Act, now: float) -> tuple[Session, Effects]:
    """A touch that fits.  What cannot be done leaves the session as it was."""
    return _ACTS[act.name](session, act.arg, now)


Handler = Callable[[Session, str, float], tuple[Session, Effects]]


def _touch(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    if session.visit.state is State.TIMEOUT:
        return _continue(session, arg, now)
    return touched(session, now), ()


def _continue(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    return active(session, now, state=session.visit.under, under=None), ()


def _elder(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    return _touch(replace(session, visit=replace(session.visit, elder=arg == "true")), "", now)


def _voice(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    return _touch(replace(session, visit=replace(session.visit, voice=arg == "true")), "", now)


def _lang(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    if arg not in ("zh", "en"):
        return session, ()
    return _touch(replace(session, visit=replace(session.visit, lang=arg)), "", now)


def _staff(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    called = replace(session, visit=replace(session.visit, staff_called=True))
    session, _ = _touch(called, "", now)
    return session, (AlertStaff(Alert.ASKED),)


def _exit(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    return end_visit(session, now)


def _pad_open(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    if session.visit.state is State.ERROR and (resting(session) or session.visit.visitor):
        return session, ()
    return active(session, now, state=State.PAD, digits="", wrong=False, fault=None), ()


def _pad_key(session: Session, key: str, now: float) -> tuple[Session, Effects]:
    digits = session.visit.digits
    if key == "ok":
        return _pad_done(session, now), ()
    if key == "back":
        return active(session, now, digits=digits[:-1], wrong=False), ()
    last = len(digits) == NUMBER_LENGTH - 1
    a_digit = len(key) == 1 and key in "0123456789"
    if (a_digit and len(digits) < NUMBER_LENGTH) or (key == "X" and last):
        return active(session, now, digits=digits + key, wrong=False), ()
    return session, ()


def _pad_done(session: Session, now: float) -> Session:
    if session.day is None:
        return active(session, now, state=State.ERROR, fault=Fault(Code.OFFLINE), digits="")
    try:
        visitor = typed_visitor(session.visit.digits, session.day, session.provinces)
    except NumberError:
        return active(session, now, wrong=True)
    return active(session, now, state=State.HOME, visitor=visitor, digits="", wrong=False, tries=0)


def _choose(session: Session, code: str, now: float) -> tuple[Session, Effects]:
    if session.day is None or session.day.item(code) is None:
        return session, ()
    return active(session, now, state=State.ITEM, choice=Choice((code,))), ()


def _choose_bundle(session: Session, bundle_id: str, now: float) -> tuple[Session, Effects]:
    bundle = session.day.bundle(bundle_id) if session.day else None
    if bundle is None:
        return session, ()
    choice = Choice(bundle.items, bundle.id)
    return active(session, now, state=State.ITEM, choice=choice), ()


def _show_all(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    return active(session, now, state=State.ALL, came=State.ALL, filter=""), ()


def _show_bundles(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    return active(session, now, state=State.BUNDLES, came=State.BUNDLES), ()


def _of_kind(kind: str) -> Handler:
    """One item of the kind goes straight to its page, several to a list."""

    def handle(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
        items = [item for item in session.day.items if item.kind == kind] if session.day else []
        if not items:
            return session, ()
        if len(items) == 1:
            return _choose(session, items[0].code, now)
        return active(session, now, state=State.ALL, came=State.ALL, filter=kind), ()

    return handle


def _back(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    visit = session.visit
    if visit.state in (State.HOME, State.PAD):
        return end_visit(session, now)
    if visit.state is State.ITEM and visit.came is not State.HOME:
        return active(session, now, state=visit.came, choice=None), ()
    return active(session, now, **_AT_HOME), ()


def _take(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    visit = session.visit
    if visit.choice is None or visit.visitor is None:
        return session, ()
    if fault := _hindrance(session):
        return active(session, now, state=State.ERROR, fault=fault), ()
    request_id = f"{session.nonce}-{session.issued + 1}"
    printing = replace(
        visit,
        state=State.PRINTING,
        job=Job(request_id),
        deadline=now + session.timing.asking,
    )
    session = replace(session, visit=printing, issued=session.issued + 1)
    return session, (Issue(request_id, visit.choice, visit.visitor),)


def _hindrance(session: Session) -> Fault | None:
    """Why no number can be had or printed now (FR-18, FR-19: found out before issuing)."""
    if not session.link_up:
        return Fault(Code.OFFLINE)
    code = PRINTER_FAULTS.get(session.printer)
    return Fault(code) if code else None


def _reprint(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    visit = session.visit
    if visit.ticket is None or visit.reprints >= MAX_REPRINTS or session.printer in PRINTER_FAULTS:
        return session, ()
    again = replace(
        visit,
        state=State.PRINTING,
        job=Job(visit.ticket.id, reprint=True),
        fault=None,
        reprints=visit.reprints + 1,
        deadline=now + session.timing.printing,
    )
    return replace(session, visit=again), (Print(visit.ticket, reprint=True),)


def _retry(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    visit = session.visit
    if resting(session):
        return refresh(session), ()
    if visit.ticket is not None:
        return _reprint(session, arg, now)
    if visit.visitor is not None and visit.choice is not None:
        return active(session, now, state=State.ITEM, fault=None), ()
    tries = visit.tries
    kept = Visit(State.IDLE, visit.lang, visit.elder, visit.voice, tries=tries)
    session, effects = end_visit(session, now)
    if session.visit.state is State.IDLE:
        session = touched(replace(session, visit=kept), now)
    return session, effects


def _home(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    visit = session.visit
    if resting(session):
        return session, ()
    if visit.visitor is None or visit.ticket is not None:
        return end_visit(session, now)
    return active(session, now, fault=None, **_AT_HOME), ()


_ACTS: dict[str, Handler] = {
    "touch": _touch,
    "continue": _continue,
    "elder": _elder,
    "voice": _voice,
    "lang": _lang,
    "staff": _staff,
    "exit": _exit,
    "pad_open": _pad_open,
    "pad_key": _pad_key,
    "choose": _choose,
    "choose_bundle": _choose_bundle,
    "show_all": _show_all,
    "show_bundles": _show_bundles,
    "collect": _of_kind("collect"),
    "enquire": _of_kind("enquire"),
    "back": _back,
    "take": _take,
    "reprint": _reprint,
    "retry": _retry,
    "home": _home,
}
