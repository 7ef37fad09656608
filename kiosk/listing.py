"""What the page draws of the services: lists, letters, one service, several.  PURE."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kiosk.day import Bundle, Day, Item, Zone
from kiosk.search import alphabet, search
from kiosk.session.choosing import PAGE, group_items, groups_of, items_of
from kiosk.session.model import Session

TILES = 8
MATCHES = 6
Json = dict[str, Any]


def home(session: Session) -> Json:
    """The services asked for most, and the ways to all others."""
    day = session.day
    if day is None:
        return {}
    tiles = [item for code in day.popular if (item := day.item(code))][:TILES]
    kinds = {item.kind for item in day.items}
    return {
        "home": {
            "tiles": [tile(session, item) for item in tiles],
            "bundles": [] if session.visit.basket else [_bundle_name(b) for b in day.bundles],
            "collect": "collect" in kinds,
            "enquire": "enquire" in kinds,
            "book": books(session),
            "look": looks(session),
            "basket": basket(session),
        }
    }


def books(session: Session) -> bool:
    """Whether numbers for appointments are to be had."""
    return session.link_up and session.day is not None and bool(session.day.booking_keys)


def looks(session: Session) -> bool:
    """Whether the controller can say where a number stands."""
    return session.link_up


def all_services(session: Session) -> Json:
    """The groups, or the items of one, a page at a time."""
    groups = groups_of(session)
    shown = group_items(session)
    open_group = next((group for group, items in groups if items == shown), None)
    if open_group is None or not shown:
        listed = [
            {
                "id": group.id,
                "name": group.name,
                "name_en": group.name_en,
                "zone": zone_json(items[0].zone),
                "count": len(items),
            }
            for group, items in groups
        ]
        return {"all": _frame(session) | {"groups": listed}}
    start = session.visit.page * PAGE
    one = {
        "id": open_group.id,
        "name": open_group.name,
        "name_en": open_group.name_en,
        "zone": zone_json(shown[0].zone),
        "items": [tile(session, item) for item in shown[start : start + PAGE]],
        "page": session.visit.page,
        "pages": -(-len(shown) // PAGE),
    }
    return {"all": _frame(session) | {"group": one}}


def _frame(session: Session) -> Json:
    day = session.day
    return {
        "kind": session.visit.filter,
        "search": day is not None and any(item.initials for item in day.items),
        "bundles": day is not None and bool(day.bundles) and session.visit.visitor is None,
        "basket": basket(session),
    }


def letters(session: Session) -> Json:
    """The pad of letters and what they find."""
    day, text, lang = session.day, session.visit.text, session.visit.lang
    if day is None:
        return {}
    found = search(day, text, lang)
    bundles = () if session.visit.basket else found.bundles
    shown_bundles = bundles[: max(0, MATCHES - len(found.items[: MATCHES - 1]))]
    shown = found.items[: MATCHES - len(shown_bundles)]
    return {
        "search": {
            "text": text.upper(),
            "letters": alphabet(lang),
            "keys": found.keys,
            "items": [tile(session, item) for item in shown],
            "bundles": [_bundle_name(bundle) for bundle in shown_bundles],
            "more": len(found.items) + len(bundles) - len(shown) - len(shown_bundles),
            "basket": basket(session),
        }
    }


def bundles(session: Session) -> Json:
    """All 一件事."""
    day = session.day
    return {"bundles": [_bundle(day, bundle) for bundle in day.bundles] if day else []}


def basket(session: Session) -> Json | None:
    """What is on the number already, while more is chosen."""
    day, codes = session.day, session.visit.basket
    if day is None or not codes:
        return None
    items = items_of(day, codes)
    return {
        "names": [item.name for item in items],
        "names_en": [item.name_en for item in items],
        "most": day.most_items,
    }


def item_page(session: Session) -> Json:
    """What is chosen: one service, several, or 一件事."""
    day, choice = session.day, session.visit.choice
    if day is None or choice is None:
        return {}
    items = items_of(day, choice.items)
    if not items:
        return {}
    bundle = day.bundle(choice.bundle) if choice.bundle else None
    if bundle:
        page = _bundle_page(session, bundle, items)
    elif len(items) > 1:
        page = _several_page(session, items)
    else:
        page = _item_page(session, items[0])
    can_add = bundle is None and len(items) < day.most_items
    shut = next((shut for item in items if (shut := _shut(session, item))), None)
    known = {"known": session.visit.visitor is not None, "can_add": can_add, "shut": shut}
    counts = {"ahead": None, "wait": None} if shut else {}
    return {"item": page | known | counts}


def _item_page(session: Session, item: Item) -> Json:
    return tile(session, item) | {
        "windows": item.windows,
        "wait": None if session.alone or item.wait is None else list(item.wait),
        "materials": _materials(session.day, item.materials),
        "fee": item.fee,
        "minutes": item.minutes,
        "online": item.online,
        "parts": [],
        "several": False,
    }


def _materials(day: Day | None, texts: Iterable[str]) -> list[Json]:
    """What to bring; "" where the hall has no English for it."""
    english = day.materials_en if day else {}
    return [{"name": text, "name_en": english.get(text, "")} for text in texts]


def _several_page(session: Session, items: list[Item]) -> Json:
    """Several go where the first one goes; each material is brought once."""
    texts = dict.fromkeys(text for item in items for text in item.materials)
    return _item_page(session, items[0]) | {
        "code": "+".join(item.code for item in items),
        "materials": _materials(session.day, texts),
        "fee": "",
        "minutes": sum(item.minutes for item in items),
        "online": False,
        "parts": [{"code": i.code, "name": i.name, "name_en": i.name_en} for i in items],
        "several": True,
    }


def _bundle_page(session: Session, bundle: Bundle, items: list[Item]) -> Json:
    """A bundle goes where its first item goes; its line is that item's."""
    return _item_page(session, items[0]) | {
        "code": bundle.id,
        "name": bundle.name,
        "name_en": bundle.name_en,
        "icon": "generic",
        "materials": _materials(session.day, bundle.materials),
        "fee": "",
        "minutes": bundle.minutes,
        "online": False,
        "parts": [{"code": "", "name": i.name, "name_en": i.name_en} for i in items],
    }


def tile(session: Session, item: Item) -> Json:
    """A service to choose; alone, nobody knows how many wait."""
    return {
        "code": item.code,
        "name": item.name,
        "name_en": item.name_en,
        "icon": item.icon,
        "zone": zone_json(item.zone),
        "ahead": None if session.alone else item.ahead,
        "shut": _shut(session, item),
    }


def _shut(session: Session, item: Item) -> Json | None:
    """Why no number is given for a service now, and when again (FR-12); None if one is."""
    if item.ticketing == "open" or session.day is None:
        return None
    again, again_on = session.day.moment(item.next_at)
    return {"why": item.ticketing, "again": again, "again_on": again_on}


def zone_json(zone: Zone) -> Json:
    """A zone as the page takes it."""
    return {
        "id": zone.id,
        "letter": zone.letter,
        "name": zone.name,
        "name_en": zone.name_en,
        "cls": zone.cls,
    }


def _bundle_name(bundle: Bundle) -> Json:
    return {
        "id": bundle.id,
        "name": bundle.name,
        "name_en": bundle.name_en,
        "minutes": bundle.minutes,
    }


def _bundle(day: Day, bundle: Bundle) -> Json:
    items = items_of(day, bundle.items)
    zones = dict.fromkeys(item.zone for item in items)
    return _bundle_name(bundle) | {
        "items": [item.name for item in items],
        "items_en": [item.name_en for item in items],
        "materials": list(bundle.materials),
        "zones": [zone_json(zone) for zone in zones],
    }
