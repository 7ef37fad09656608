"""预约取号 and 查号: somebody's appointment or numbers, found by card, code or number.  PURE."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.readers.base import CodeScanned
from kiosk.session.choosing import AT_HOME, Handler
from kiosk.session.model import (
    Code,
    Effects,
    Fault,
    Forget,
    IssueLost,
    IssueRefused,
    Job,
    Session,
    State,
    Visitor,
)
from kiosk.session.own import (
    Claim,
    Found,
    Purpose,
    Seek,
    nearest,
    shown,
)
from kiosk.session.rest import PRINTER_FAULTS, read_alike, resting
from kiosk.session.timers import active, leave

LETTERS = "0123456789ACDEFGHJKLMNPQRTUVWXYZ"
"""On the pad: what short codes and ticket numbers are made of."""
CODE_LENGTH = 6
SHORTEST_NUMBER = 4

_FORGOTTEN: dict[str, Any] = {"text": "", "wrong": False, "claim": None, "numbers": (), "picked": 0}


def open_for(purpose: Purpose) -> Handler:
    """A touch on 预约取号 or 查号: who is known is looked for, others say who they are."""

    def handle(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
        visitor = session.visit.visitor
        if visitor is not None:
            return seek(session, purpose, claim_of(visitor), now)
        found = read_alike(session.visit, State.FIND, purpose=purpose)
        return active(replace(session, visit=found), now), ()

    return handle


def welcome(session: Session, visitor: Visitor, now: float) -> tuple[Session, Effects]:
    """Somebody is known now, and gets on with what they came for."""
    visit = session.visit
    known: dict[str, Any] = {"visitor": visitor, "digits": "", "wrong": False, "tries": 0}
    if visit.purpose is not Purpose.TAKE:
        session = replace(session, visit=replace(visit, **known))
        return seek(session, visit.purpose, claim_of(visitor), now)
    state = State.ITEM if visit.choice is not None else State.HOME
    came = visit.came if visit.choice is not None else State.HOME
    return active(session, now, state=state, came=came, **known), ()


def claim_of(visitor: Visitor) -> Claim:
    """What a card shows."""
    return Claim(key=visitor.key, bookings=visitor.bookings)


def open_pad(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """The pad of letters and digits."""
    return active(session, now, **_FORGOTTEN | {"state": State.CODE, "fault": None}), ()


def pad_key(session: Session, key: str, now: float) -> tuple[Session, Effects]:
    """A letter or digit, one back, or done."""
    text = session.visit.text
    if key == "ok":
        return _typed(session, now)
    if key == "back":
        return active(session, now, text=text[:-1], wrong=False), ()
    if len(key) == 1 and key in LETTERS and len(text) < CODE_LENGTH:
        return active(session, now, text=text + key, wrong=False), ()
    return session, ()


def _typed(session: Session, now: float) -> tuple[Session, Effects]:
    """Six are a code; a letter and three or four digits are a number."""
    text, purpose = session.visit.text, session.visit.purpose
    if len(text) == CODE_LENGTH:
        return seek(session, purpose, Claim(code=text), now)
    a_number = len(text) >= SHORTEST_NUMBER and text[0].isalpha() and text[1:].isdigit()
    if purpose is Purpose.LOOK and a_number:
        return seek(session, purpose, Claim(number=text), now)
    return active(session, now, wrong=True), ()


def on_code(session: Session, event: CodeScanned, now: float) -> tuple[Session, Effects]:
    """A code before the scanner says what its owner wants."""
    visit = session.visit
    if not listens(session):
        return session, ()
    purpose = Purpose.LOOK if visit.purpose is Purpose.TAKE else visit.purpose
    gone: Effects = ()
    if visit.ticket is not None or visit.visitor is None:
        # the number before is somebody's who has it; nothing of that visit is kept
        gone = (Forget(),) if visit.visitor is not None else ()
        session = replace(session, visit=read_alike(visit, State.FIND))
    session, effects = seek(session, purpose, Claim(code=event.code), now)
    return session, gone + effects


def on_foreign_code(session: Session, now: float) -> tuple[Session, Effects]:
    """Something that is no code of ours."""
    if session.visit.state not in (State.IDLE, State.FIND, State.CODE):
        return session, ()
    asked = read_alike(session.visit, State.ERROR, fault=Fault(Code.CODE_FOREIGN))
    purpose = session.visit.purpose
    return active(replace(session, visit=replace(asked, purpose=purpose)), now), ()


def listens(session: Session) -> bool:
    """Whether a code that is scanned now means something."""
    visit = session.visit
    if visit.state in (State.ENROL, State.READING, State.PRINTING, State.ASKING):
        return False
    standing = visit.state is State.ERROR and resting(session)
    return not standing or looks_while_standing(session)


def looks_while_standing(session: Session) -> bool:
    """A kiosk that cannot print can still look numbers up."""
    fault = session.visit.fault
    return fault is not None and fault.standing and fault.code in PRINTER_FAULTS.values()


def seek(session: Session, purpose: Purpose, claim: Claim, now: float) -> tuple[Session, Effects]:
    """Ask what the controller knows under a claim."""
    if not session.link_up:
        lost: dict[str, Any] = {"purpose": purpose, "claim": claim, "fault": Fault(Code.NO_ANSWER)}
        return active(session, now, state=State.ERROR, **lost), ()
    session, job = new_job(session)
    asking: dict[str, Any] = {"state": State.ASKING, "under": None, "fault": None, "job": job}
    session = waiting(session, now, **_FORGOTTEN | asking | {"purpose": purpose, "claim": claim})
    return session, (Seek(job.request_id, purpose, claim),)


def on_found(session: Session, event: Found, now: float) -> tuple[Session, Effects]:
    """What was found, or how it stands after a deed."""
    if not awaited(session, event.request_id):
        return session, ()
    visit = session.visit
    booked, numbers = nearest(event.appointments), shown(event.numbers)
    if booked is not None:
        return active(session, now, state=State.BOOKED, booked=booked, job=None), ()
    if not numbers:
        none = Code.NO_BOOKING if visit.purpose is Purpose.BOOKED else Code.NO_NUMBER
        return active(session, now, state=State.ERROR, fault=Fault(none), job=None), ()
    state = State.NUMBER if len(numbers) == 1 else State.NUMBERS
    return active(session, now, state=state, numbers=numbers, picked=0, job=None), ()


def on_not_found(session: Session, event: IssueRefused, now: float) -> tuple[Session, Effects]:
    """Why not, in plain words."""
    code = _REFUSALS.get(event.code, Code.REFUSED)
    words = event.words if code is Code.REFUSED else None
    fault = Fault(code, words, why=event.code)
    return active(session, now, state=State.ERROR, fault=fault, job=None), ()


def on_no_answer(session: Session, event: IssueLost, now: float) -> tuple[Session, Effects]:
    """The controller did not say."""
    fault = Fault(Code.NO_ANSWER)
    return active(session, now, state=State.ERROR, fault=fault, job=None), ()


_REFUSALS = {
    "unknown-ticket": Code.CODE_UNKNOWN,
    "unknown-booking": Code.NO_BOOKING,
    "too-many-requests": Code.CODE_LOCKED,
}


def awaited(session: Session, request_id: str) -> bool:
    """Whether this answer is the one that is waited for."""
    visit = session.visit
    asks = visit.state is State.ASKING and visit.job is not None
    return asks and visit.job is not None and visit.job.request_id == request_id


def back(session: Session, now: float) -> tuple[Session, Effects]:
    """One step towards the beginning."""
    visit = session.visit
    if visit.state is State.CODE:
        return active(session, now, **_FORGOTTEN | {"state": State.FIND}), ()
    if visit.state is State.SURE:
        return active(session, now, state=State.NUMBER), ()
    if visit.state is State.NUMBER and len(visit.numbers) > 1:
        return active(session, now, state=State.NUMBERS), ()
    return go_home(session, now)


def find_again(session: Session, now: float) -> tuple[Session, Effects]:
    """Another try to be found; what was not answered is asked again."""
    visit = session.visit
    unanswered = visit.fault is not None and visit.fault.code is Code.NO_ANSWER
    if unanswered and visit.claim is not None:
        return seek(session, visit.purpose, visit.claim, now)
    found: dict[str, Any] = {"state": State.FIND, "fault": None, "job": None}
    return active(session, now, **_FORGOTTEN | found), ()


def go_home(session: Session, now: float) -> tuple[Session, Effects]:
    """To the services for whoever is known, else to the beginning."""
    visit, day = session.visit, session.day
    if visit.visitor is None or visit.ticket is not None or day is None or not day.open:
        return leave(session, now)
    home = AT_HOME | _FORGOTTEN | {"purpose": Purpose.TAKE, "basket": (), "booked": None}
    return active(session, now, **home | {"fault": None, "job": None}), ()


def new_job(session: Session, *, again: bool = False) -> tuple[Session, Job]:
    """A new request; its id is unlike any other's."""
    asked = session.issued + 1
    return replace(session, issued=asked), Job(f"{session.nonce}-{asked}", again, again)


def waiting(session: Session, now: float, **changes: Any) -> Session:
    """The visit with `changes`, until there is an answer or none comes."""
    deadline = now + session.timing.asking
    return replace(session, visit=replace(session.visit, **changes | {"deadline": deadline}))
