"""What the page draws: a session as plain data for JSON.  PURE.

The page is a function of this and keeps no state of its own.  Here, and only
here, a session becomes a dict; a name, a number and typed digits never do.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.day import Bundle, Day, Item, Zone
from kiosk.session.acts import MAX_REPRINTS, NUMBER_LENGTH
from kiosk.session.model import Session, State, Ticket, Visit
from kiosk.session.rest import resting
from kiosk.words import actions_of, words_of

TILES = 8
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
        "hall": {"name": day.hall if day else "", "name_en": day.hall_en if day else ""},
        "kiosk": {"no": no, "name": name},
        "now_ms": now_ms,
        "tz_offset_min": _offset_min(day, now_ms),
        "link": "online" if session.link_up else "offline",
        "reader": session.reader.value,
        "printer": session.printer.value,
        "waiting_total": day.waiting_total if day else 0,
        "hours": day.hours if day else "",
        "deadline_ms": _deadline_ms(visit, now, now_ms),
        "staff_called": visit.staff_called,
        "card_left": session.card_on_reader and (resting(session) or visit.state is State.DONE),
        "visitor": _visitor(session),
    }
    part = _PARTS.get(_page_state(visit))
    return shown | (part(session) if part else {})


def meaning(session: Session) -> str:
    """Changes whenever a touch would mean something else; figures and the clock do not count."""
    visit = session.visit
    parts = (
        visit.state,
        visit.choice,
        visit.filter,
        visit.fault,
        visit.ticket.id if visit.ticket else None,
        visit.lang,
        visit.elder,
        visit.voice,
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


def _enrol(session: Session) -> Json:
    return {"enrol": {"code": session.enrol_code}}


def _closed(session: Session) -> Json:
    day = session.day
    if day is None:
        return {"closed": {"opens": "", "why": "night"}}
    opens = opens_on = ""
    if day.opens_at is not None:
        local = datetime.fromtimestamp(day.opens_at / 1000, UTC).astimezone(ZoneInfo(day.tz))
        opens = f"{local:%H:%M}"
        opens_on = "" if local.date() == day.date else local.date().isoformat()
    names = {"name": day.closed_name, "name_en": day.closed_name_en}
    return {
        "closed": {"opens": opens, "opens_on": opens_on, "why": day.closed_why or "night", **names}
    }


def _pad(session: Session) -> Json:
    count = len(session.visit.digits)
    shown = f"{DOT * count}{'_' * (NUMBER_LENGTH - count)}"
    return {"pad": {"digits": shown, "count": count, "wrong": session.visit.wrong}}


def _home(session: Session) -> Json:
    day = session.day
    if day is None:
        return {}
    tiles = [item for code in day.popular if (item := day.item(code))][:TILES]
    bundles = [
        {"id": b.id, "name": b.name, "name_en": b.name_en, "minutes": b.minutes}
        for b in day.bundles
    ]
    kinds = {item.kind for item in day.items}
    return {
        "home": {
            "tiles": [_tile(item) for item in tiles],
            "bundles": bundles,
            "collect": "collect" in kinds,
            "enquire": "enquire" in kinds,
        }
    }


def _all(session: Session) -> Json:
    day, kind = session.day, session.visit.filter
    if day is None:
        return {}
    wanted = [item for item in day.items if not kind or item.kind == kind]
    groups = []
    for group in day.groups:
        items = [item for item in wanted if item.group == group.id]
        if items:
            groups.append(
                {
                    "id": group.id,
                    "name": group.name,
                    "name_en": group.name_en,
                    "zone": zone_json(items[0].zone),
                    "items": [_tile(item) for item in items],
                }
            )
    return {"all": {"groups": groups, "kind": kind}}


def _bundles(session: Session) -> Json:
    day = session.day
    return {"bundles": [_bundle(day, bundle) for bundle in day.bundles] if day else []}


def _bundle(day: Day, bundle: Bundle) -> Json:
    items = _items(day, bundle.items)
    return {
        "id": bundle.id,
        "name": bundle.name,
        "name_en": bundle.name_en,
        "minutes": bundle.minutes,
        "items": [item.name for item in items],
        "items_en": [item.name_en for item in items],
        "materials": list(bundle.materials),
        "zones": _zones(items),
    }


def _items(day: Day, codes: tuple[str, ...]) -> list[Item]:
    return [item for code in codes if (item := day.item(code))]


def _zones(items: list[Item]) -> list[Json]:
    return [zone_json(zone) for zone in dict.fromkeys(item.zone for item in items)]


def _item(session: Session) -> Json:
    day, choice = session.day, session.visit.choice
    if day is None or choice is None:
        return {}
    items = _items(day, choice.items)
    if not items:
        return {}
    bundle = day.bundle(choice.bundle) if choice.bundle else None
    return {"item": _bundle_page(bundle, items) if bundle else _item_page(items[0])}


def _item_page(item: Item) -> Json:
    return _tile(item) | {
        "windows": item.windows,
        "wait": list(item.wait) if item.wait else None,
        "materials": list(item.materials),
        "fee": item.fee,
        "minutes": item.minutes,
        "online": item.online,
        "parts": [],
    }


def _bundle_page(bundle: Bundle, items: list[Item]) -> Json:
    """A bundle goes where its first item goes; its line is that item's."""
    return _item_page(items[0]) | {
        "code": bundle.id,
        "name": bundle.name,
        "name_en": bundle.name_en,
        "icon": "generic",
        "materials": list(bundle.materials),
        "fee": "",
        "minutes": bundle.minutes,
        "online": False,
        "parts": [{"name": item.name, "name_en": item.name_en} for item in items],
    }


def _tile(item: Item) -> Json:
    return {
        "code": item.code,
        "name": item.name,
        "name_en": item.name_en,
        "icon": item.icon,
        "zone": zone_json(item.zone),
        "ahead": item.ahead,
    }


def zone_json(zone: Zone) -> Json:
    """A zone as the page takes it."""
    return {
        "id": zone.id,
        "letter": zone.letter,
        "name": zone.name,
        "name_en": zone.name_en,
        "cls": zone.cls,
    }


def _ticket(session: Session) -> Json:
    ticket = session.visit.ticket
    return {"ticket": _ticket_json(ticket, session.visit.printed)} if ticket else {}


def _ticket_json(ticket: Ticket, printed: bool) -> Json:
    code = ticket.short_code
    return {
        "number": ticket.number,
        "item": ticket.bundle or "、".join(ticket.items),
        "item_en": "; ".join(ticket.items_en),
        "zone": zone_json(ticket.zone),
        "windows": ticket.windows,
        "ahead": ticket.ahead,
        "wait": list(ticket.wait) if ticket.wait else None,
        "printed": printed,
        "short_code": f"{code[:4]}-{code[4:]}" if len(code) == 6 else code,
    }


def _error(session: Session) -> Json:
    fault = session.visit.fault
    if fault is None:
        return {}
    words = words_of(fault)
    left = session.visit.reprints < MAX_REPRINTS
    error: Json = {
        "code": fault.code.value,
        "title": words.title,
        "title_en": words.title_en,
        "say": words.say,
        "say_en": words.say_en,
        "actions": actions_of(fault, session.visit.ticket is not None, left),
        "tries": session.visit.tries,
    }
    return {"error": error} | _ticket(session)


_PARTS = {
    State.ENROL: _enrol,
    State.CLOSED: _closed,
    State.PAD: _pad,
    State.HOME: _home,
    State.ALL: _all,
    State.BUNDLES: _bundles,
    State.ITEM: _item,
    State.PRINTING: _item,
    State.DONE: _ticket,
    State.ERROR: _error,
}
