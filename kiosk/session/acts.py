"""What a touch does.  PURE.

`ALLOWED` is the table of states and touches; a touch that is not in it is ignored.
"""

from __future__ import annotations

from dataclasses import replace

from controller.hall.visitor import NumberError
from kiosk.session import choosing, deeds, finding
from kiosk.session.cards import typed_visitor
from kiosk.session.choosing import Handler, back_from_list
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
)
from kiosk.session.own import CHECKS_IN, Claim, Purpose
from kiosk.session.rest import PRINTER_FAULTS, end_visit, prints, read_alike, refresh, resting
from kiosk.session.timers import active, leave, touched

MAX_REPRINTS = 2
NUMBER_LENGTH = 18

_ALWAYS = frozenset({"elder", "contrast", "voice", "lang", "staff", "touch"})
_CHOOSING = frozenset({"choose", "choose_bundle", "show_basket", "back", "exit"})
_FINDING = frozenset({"book_open", "look_open"})

ALLOWED: dict[State, frozenset[str]] = {
    State.ENROL: _ALWAYS,
    State.CLOSED: _ALWAYS | {"look_open", "privacy_open"},
    State.IDLE: _ALWAYS | _FINDING | {"pad_open", "show_all", "privacy_open"},
    State.PRIVACY: _ALWAYS | {"back", "exit"},
    State.READING: _ALWAYS | {"exit"},
    State.PAD: _ALWAYS | {"pad_key", "back", "exit"},
    State.HOME: _ALWAYS
    | _CHOOSING
    | _FINDING
    | {"show_all", "show_bundles", "search_open", "collect", "enquire"},
    State.ALL: _ALWAYS | _CHOOSING | {"group", "turn", "search_open", "show_bundles"},
    State.SEARCH: _ALWAYS | _CHOOSING | {"search_key"},
    State.BUNDLES: _ALWAYS | _CHOOSING,
    State.ITEM: _ALWAYS | {"take", "add", "drop", "pad_open", "back", "exit"},
    State.FIND: _ALWAYS | {"code_open", "pad_open", "back", "exit"},
    State.CODE: _ALWAYS | {"code_key", "back", "exit"},
    State.ASKING: _ALWAYS | {"exit"},
    State.BOOKED: _ALWAYS | {"check_in", "look_open", "home", "back", "exit"},
    State.NUMBERS: _ALWAYS | {"pick", "home", "back", "exit"},
    State.NUMBER: _ALWAYS | {"come_back", "give_back", "print_own", "home", "back", "exit"},
    State.SURE: _ALWAYS | {"sure", "back", "exit"},
    State.PRINTING: _ALWAYS,
    State.DONE: _ALWAYS | {"exit", "reprint"},
    State.TIMEOUT: _ALWAYS | {"continue", "exit"},
    State.ERROR: _ALWAYS
    | {"retry", "home", "exit", "reprint", "pad_open", "print_own", "look_open"},
}


def fits(session: Session, act: Act) -> bool:
    """Whether the act means anything now."""
    return act.name in ALLOWED[session.visit.state]


def on_act(session: Session, act: Act, now: float) -> tuple[Session, Effects]:
    """A touch that fits.  What cannot be done leaves the session as it was."""
    return _ACTS[act.name](session, act.arg, now)


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


def _contrast(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    return _touch(replace(session, visit=replace(session.visit, contrast=arg == "true")), "", now)


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
        return _pad_done(session, now)
    if key == "back":
        return active(session, now, digits=digits[:-1], wrong=False), ()
    last = len(digits) == NUMBER_LENGTH - 1
    a_digit = len(key) == 1 and key in "0123456789"
    if (a_digit and len(digits) < NUMBER_LENGTH) or (key == "X" and last):
        return active(session, now, digits=digits + key, wrong=False), ()
    return session, ()


def _pad_done(session: Session, now: float) -> tuple[Session, Effects]:
    if session.day is None:
        return active(session, now, state=State.ERROR, fault=Fault(Code.OFFLINE), digits=""), ()
    try:
        visitor = typed_visitor(session.visit.digits, session.day, session.provinces)
    except NumberError:
        return active(session, now, wrong=True), ()
    return finding.welcome(session, visitor, now)


def _back(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    visit = session.visit
    if visit.state is State.PAD:
        return _back_from_pad(session, now)
    if visit.state in (State.HOME, State.PRIVACY):
        return leave(session, now)
    if visit.state in _LISTS:
        return back_from_list(session, now)
    return finding.back(session, now)


_LISTS = (State.ALL, State.SEARCH, State.BUNDLES, State.ITEM)


def _back_from_pad(session: Session, now: float) -> tuple[Session, Effects]:
    if session.visit.purpose is not Purpose.TAKE:
        return active(session, now, state=State.FIND, digits="", wrong=False), ()
    if session.visit.choice is not None:
        return active(session, now, state=State.ITEM, digits="", wrong=False), ()
    return leave(session, now)


def _take(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    visit = session.visit
    if visit.choice is None or visit.visitor is None:
        return session, ()
    return _issue(session, visit.choice, None, now)


def _check_in(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """The number of an appointment (FR-14); whoever shows its code need not be known."""
    visit = session.visit
    if visit.booked is None or visit.booked.due not in CHECKS_IN or visit.claim is None:
        return session, ()
    return _issue(session, Choice((visit.booked.item,)), visit.claim, now)


def _issue(
    session: Session, choice: Choice, claim: Claim | None, now: float
) -> tuple[Session, Effects]:
    if fault := _hindrance(session):
        return active(session, now, state=State.ERROR, fault=fault), ()
    request_id = f"{session.nonce}-{session.issued + 1}"
    printing = replace(
        session.visit,
        state=State.PRINTING,
        job=Job(request_id),
        deadline=now + session.timing.asking,
    )
    session = replace(session, visit=printing, issued=session.issued + 1)
    return session, (Issue(request_id, choice, printing.visitor, claim),)


def _hindrance(session: Session) -> Fault | None:
    """Why no number can be had or printed now (FR-18, FR-19: found out before issuing)."""
    if not session.link_up and not _spare(session):
        return Fault(Code.OFFLINE)
    code = PRINTER_FAULTS.get(session.printer)
    return Fault(code) if code else None


def _spare(session: Session) -> bool:
    """Whether the kiosk has numbers of its own for what was chosen."""
    choice = session.visit.choice
    item = session.day.item(choice.items[0]) if session.day and choice else None
    return item is not None and item.series in session.spares


def _reprint(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    visit = session.visit
    if visit.ticket is None or visit.reprints >= MAX_REPRINTS or not prints(session):
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
    if visit.booked is not None and visit.fault is not None:
        return active(session, now, state=State.BOOKED, fault=None), ()
    if visit.purpose is not Purpose.TAKE or visit.claim is not None:
        return finding.find_again(session, now)
    if visit.choice is not None:
        return active(session, now, state=State.ITEM, fault=None), ()
    session, effects = leave(session, now)
    return replace(session, visit=replace(session.visit, tries=visit.tries)), effects


def _home(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    return (session, ()) if resting(session) else finding.go_home(session, now)


def _privacy(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    opened = read_alike(session.visit, State.PRIVACY)
    return active(replace(session, visit=opened), now), ()


def _look(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    standing = session.visit.state is State.ERROR and resting(session)
    if standing and not finding.looks_while_standing(session):
        return session, ()
    return finding.open_for(Purpose.LOOK)(session, arg, now)


_ACTS: dict[str, Handler] = {
    "touch": _touch,
    "continue": _continue,
    "elder": _elder,
    "contrast": _contrast,
    "voice": _voice,
    "lang": _lang,
    "staff": _staff,
    "exit": _exit,
    "pad_open": _pad_open,
    "pad_key": _pad_key,
    "choose": choosing.choose,
    "choose_bundle": choosing.choose_bundle,
    "show_all": choosing.show_all,
    "group": choosing.show_group,
    "turn": choosing.turn,
    "show_bundles": choosing.show_bundles,
    "search_open": choosing.show_search,
    "search_key": choosing.search_key,
    "collect": choosing.of_kind("collect"),
    "enquire": choosing.of_kind("enquire"),
    "add": choosing.add,
    "drop": choosing.drop,
    "show_basket": choosing.show_basket,
    "book_open": finding.open_for(Purpose.BOOKED),
    "look_open": _look,
    "code_open": finding.open_pad,
    "code_key": finding.pad_key,
    "check_in": _check_in,
    "pick": deeds.pick,
    "come_back": deeds.come_back,
    "give_back": deeds.give_back,
    "sure": deeds.sure,
    "print_own": deeds.print_own,
    "privacy_open": _privacy,
    "back": _back,
    "take": _take,
    "reprint": _reprint,
    "retry": _retry,
    "home": _home,
}
