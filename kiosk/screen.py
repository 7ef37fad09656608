"""What the page draws: a session as plain data for JSON.  PURE.

The page is a function of this and keeps no state of its own.  Here, and only
here, a session becomes a dict; a name, a number and typed digits never do.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk import listing, owned
from kiosk.day import Day
from kiosk.phrases import phrase_of
from kiosk.session.acts import NUMBER_LENGTH
from kiosk.session.model import Session, State, Ticket, Visit
from kiosk.session.panel import asleep
from kiosk.session.rest import resting
from kiosk.ways import actions_of
from kiosk.words import words_of

DOT = "•"
Json = dict[str, Any]


def view(session: Session, *, no: int, name: str, now: float, now_ms: int) -> Json:
    """The page's view, without `rev`.  `now` is the session's clock, `now_ms` the wall's."""
    visit, day = session.visit, session.day
    shown: Json = {
        "state": visit.state.value,
        "lang": visit.lang,
        "elder": visit.elder,
        "voice": visit.voice,
        "voice_available": session.speaks,
        "contrast": visit.contrast,
        "hall": {
            "name": day.hall if day else "",
            "name_en": day.hall_en if day else "",
            "short": day.hall_short if day else "",
        },
        "kiosk": {"no": no, "name": name},
        "now_ms": now_ms,
        "tz_offset_min": _offset_min(day, now_ms),
        "link": "online" if session.link_up else "offline",
        "alone": session.alone,
        "reader": session.reader.value,
        "printer": session.printer.value,
        "waiting_total": day.waiting_total if day else None,
        "hours": day.hours if day else "",
        "ticketing": _spans(day) if day else [],
        "deadline_ms": _deadline_ms(visit, now, now_ms),
        "staff_called": visit.staff_called,
        "asleep": asleep(session),
        "card_left": session.card_on_reader and (resting(session) or visit.state is State.DONE),
        "visitor": _visitor(session),
        "say": _say(session),
    }
    part = _PARTS.get(_page_state(visit))
    return shown | (part(session) if part else {})


def meaning(session: Session) -> str:
    """Changes whenever a touch would mean something else; figures and the clock do not count."""
    visit = session.visit
    parts = (
        visit.state,
        visit.choice,
        (visit.filter, visit.group, visit.page, visit.basket),
        visit.text if visit.state is State.SEARCH else "",
        (visit.purpose, visit.booked, visit.picked),
        [(one.id, one.state) for one in visit.numbers],
        visit.fault,
        visit.ticket.id if visit.ticket else None,
        visit.lang,
        visit.elder,
        visit.voice,
        visit.contrast,
        visit.staff_called,
        visit.wrong,
        visit.reprints,
        visit.visitor.key if visit.visitor else None,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _page_state(visit: Visit) -> State:
    """Under the question whether more time is needed stands the page it asks about."""
    return visit.under if visit.under is not None else visit.state


def _offset_min(day: Day | None, now_ms: int) -> int:
    zone = ZoneInfo(day.tz if day else "Asia/Shanghai")
    offset = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def _deadline_ms(visit: Visit, now: float, now_ms: int) -> int | None:
    if visit.deadline is None:
        return None
    return now_ms + round((visit.deadline - now) * 1000)


def _visitor(session: Session) -> Json | None:
    visitor = session.visit.visitor
    if visitor is None:
        return None
    return {
        "masked": visitor.masked,
        "card_on_reader": session.card_on_reader,
        "elderly": visitor.elderly,
        "expired": visitor.expired,
        "typed": visitor.document_type.value == "typed",
    }


def _spans(day: Day) -> list[str]:
    """When numbers are given today."""
    ends = [(day.wall(start), day.wall(end)) for start, end in day.ticketing]
    return [f"{start.hour}:{start:%M}–{end.hour}:{end:%M}" for start, end in ends]


def _say(session: Session) -> Json | None:
    """What the kiosk says, for captions and screen readers."""
    phrase = phrase_of(session)
    if phrase is None:
        return None
    texts = {"text": phrase.text("zh"), "text_en": phrase.text("en")}
    return {"id": phrase.id, "values": dict(phrase.values), **texts}


def _enrol(session: Session) -> Json:
    return {"enrol": {"code": session.enrol_code}}


def _closed(session: Session) -> Json:
    day = session.day
    if day is None:
        return {"closed": {"opens": "", "why": "night"}}
    opens, opens_on = day.moment(day.opens_at)
    names = {"name": day.closed_name, "name_en": day.closed_name_en}
    return {
        "closed": {"opens": opens, "opens_on": opens_on, "why": day.closed_why or "night", **names}
    }


def _pad(session: Session) -> Json:
    count = len(session.visit.digits)
    shown = f"{DOT * count}{'_' * (NUMBER_LENGTH - count)}"
    return {"pad": {"digits": shown, "count": count, "wrong": session.visit.wrong}}


def _ticket(session: Session) -> Json:
    ticket = session.visit.ticket
    return {"ticket": _ticket_json(session, ticket)} if ticket else {}


def _ticket_json(session: Session, ticket: Ticket) -> Json:
    code = ticket.short_code
    known = not session.alone
    return {
        "number": ticket.number,
        "item": ticket.bundle or "、".join(ticket.items),
        "item_en": "; ".join(ticket.items_en),
        "zone": listing.zone_json(ticket.zone),
        "windows": ticket.windows,
        "ahead": ticket.ahead if known else None,
        "wait": list(ticket.wait) if ticket.wait and known else None,
        "late": ticket.late,
        "printed": session.visit.printed,
        "alone": ticket.alone,
        "short_code": f"{code[:4]}-{code[4:]}" if len(code) == 6 else code,
    }


def _error(session: Session) -> Json:
    fault = session.visit.fault
    if fault is None:
        return {}
    words = words_of(fault)
    error: Json = {
        "code": fault.code.value,
        "title": words.title,
        "title_en": words.title_en,
        "say": words.say,
        "say_en": words.say_en,
        "why": fault.why,
        "actions": actions_of(session),
        "purpose": session.visit.purpose.value,
        "tries": session.visit.tries,
    }
    return {"error": error} | _ticket(session)


def _idle(session: Session) -> Json:
    return {"idle": {"book": listing.books(session), "look": listing.looks(session)}}


_PARTS = {
    State.ENROL: _enrol,
    State.CLOSED: _closed,
    State.IDLE: _idle,
    State.PAD: _pad,
    State.HOME: listing.home,
    State.ALL: listing.all_services,
    State.SEARCH: listing.letters,
    State.BUNDLES: listing.bundles,
    State.ITEM: listing.item_page,
    State.FIND: owned.find,
    State.CODE: owned.code,
    State.ASKING: owned.asking,
    State.BOOKED: owned.booked,
    State.NUMBERS: owned.numbers,
    State.NUMBER: owned.number,
    State.SURE: owned.number,
    State.PRINTING: listing.item_page,
    State.DONE: _ticket,
    State.ERROR: _error,
}
