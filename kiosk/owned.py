"""What the page draws of somebody's own numbers and appointment.  PURE.

The words for a number's state are the page's; the keys of `Standing.state` are the protocol's.
"""

from __future__ import annotations

from typing import Any

from kiosk.listing import books, zone_json
from kiosk.session.deeds import may_cancel, may_reprint, may_return, picked
from kiosk.session.finding import CODE_LENGTH
from kiosk.session.model import ReaderLamp, Session
from kiosk.session.own import CHECKS_IN, Standing

Json = dict[str, Any]


def find(session: Session) -> Json:
    """By what one is found."""
    return {
        "find": {
            "purpose": session.visit.purpose.value,
            "card": session.reader is ReaderLamp.OK,
            "scans": session.scans,
            "book": books(session),
        }
    }


def code(session: Session) -> Json:
    """The pad of letters and digits, with what was typed."""
    visit = session.visit
    return {
        "code": {
            "text": visit.text,
            "length": CODE_LENGTH,
            "wrong": visit.wrong,
            "purpose": visit.purpose.value,
        }
    }


def asking(session: Session) -> Json:
    """The controller looks."""
    return {"asking": {"purpose": session.visit.purpose.value}}


def booked(session: Session) -> Json:
    """The appointment, and whether its number is given now."""
    one, day = session.visit.booked, session.day
    if one is None:
        return {}
    item = day.item(one.item) if day else None
    return {
        "booked": {
            "code": one.item,
            "item": one.name,
            "item_en": one.name_en,
            "zone": zone_json(item.zone) if item else None,
            "windows": item.windows if item else "",
            "day": one.day,
            "start": one.start,
            "opens": one.opens,
            "due": one.due.value,
            "check_in": one.due in CHECKS_IN,
        }
    }


def numbers(session: Session) -> Json:
    """All numbers of one person."""
    return {"numbers": [_standing(session, one) for one in session.visit.numbers]}


def number(session: Session) -> Json:
    """One number, and what its owner may do."""
    visit = session.visit
    one = picked(visit)
    if one is None:
        return {}
    owner = {
        "may_return": may_return(visit),
        "may_cancel": may_cancel(visit),
        "may_reprint": may_reprint(session),
        "behind": session.day.terms.return_behind if session.day else 0,
        "one_of": len(visit.numbers),
    }
    return {"number": _standing(session, one) | owner}


def _standing(session: Session, one: Standing) -> Json:
    day = session.day
    items = [item for code in one.codes if day and (item := day.item(code))]
    zones = {item.zone.id: item.zone for item in day.items} if day else {}
    zone = zones.get(one.zone)
    return {
        "id": one.id,
        "number": one.number,
        "state": one.state,
        "item": one.bundle or "、".join(one.items),
        "item_en": one.bundle_en or "; ".join(name for name in one.items_en if name),
        "zone": zone_json(zone) if zone else None,
        "windows": items[0].windows if items else "",
        "window": one.target if one.state == "handed" else one.window,
        "ahead": one.ahead,
        "wait": list(one.wait) if one.wait else None,
        "deadline_ms": one.deadline_at,
    }
