"""From many services to the ones a person came for: lists, letters, several at once.  PURE."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kiosk.day import Day, Group, Item
from kiosk.session.model import Choice, Effects, Session, State
from kiosk.session.timers import active, leave

PAGE = 12
"""Items on one page of a group; more are turned over to."""
MOST_LETTERS = 10

Handler = Callable[[Session, str, float], tuple[Session, Effects]]

AT_HOME: dict[str, Any] = {
    "state": State.HOME,
    "came": State.HOME,
    "filter": "",
    "group": "",
    "page": 0,
    "text": "",
    "choice": None,
}


def choose(session: Session, code: str, now: float) -> tuple[Session, Effects]:
    """One more service, or the only one."""
    visit, day = session.visit, session.day
    if day is None or day.item(code) is None:
        return session, ()
    codes = tuple(dict.fromkeys((*visit.basket, code)))[: day.most_items]
    return active(session, now, state=State.ITEM, choice=Choice(codes)), ()


def choose_bundle(session: Session, bundle_id: str, now: float) -> tuple[Session, Effects]:
    """一件事; what was chosen before is put away."""
    bundle = session.day.bundle(bundle_id) if session.day else None
    if bundle is None:
        return session, ()
    choice = Choice(bundle.items, bundle.id)
    return active(session, now, state=State.ITEM, choice=choice, basket=()), ()


def add(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """Keep what is chosen and choose one more for the same number (FR-10)."""
    choice, day = session.visit.choice, session.day
    if choice is None or day is None or choice.bundle or len(choice.items) >= day.most_items:
        return session, ()
    return _choosing_on(session, now, basket=choice.items), ()


def drop(session: Session, code: str, now: float) -> tuple[Session, Effects]:
    """Leave one of several out again."""
    choice = session.visit.choice
    if choice is None or choice.bundle or code not in choice.items:
        return session, ()
    left = tuple(item for item in choice.items if item != code)
    if not left:
        return _choosing_on(session, now, basket=()), ()
    basket = left if session.visit.basket else ()
    return active(session, now, choice=Choice(left), basket=basket), ()


def show_basket(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """Back to what is chosen already."""
    basket = session.visit.basket
    if not basket:
        return session, ()
    return active(session, now, state=State.ITEM, choice=Choice(basket)), ()


def _choosing_on(session: Session, now: float, basket: tuple[str, ...]) -> Session:
    if session.visit.visitor is not None:
        return active(session, now, **AT_HOME | {"basket": basket})
    listed = AT_HOME | {"state": State.ALL, "came": State.ALL, "basket": basket}
    return active(session, now, **listed)


def show_all(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """All services, by group."""
    if session.day is None:
        return session, ()
    return active(session, now, **AT_HOME | {"state": State.ALL, "came": State.ALL}), ()


def show_group(session: Session, group: str, now: float) -> tuple[Session, Effects]:
    """The services of one group."""
    if group not in {one.id for one, _ in groups_of(session)}:
        return session, ()
    return active(session, now, group=group, page=0), ()


def turn(session: Session, page: str, now: float) -> tuple[Session, Effects]:
    """Another page of a long group."""
    pages = -(-len(group_items(session)) // PAGE)
    if not (page.isascii() and page.isdigit() and int(page[:3]) < pages):
        return session, ()
    return active(session, now, page=int(page[:3])), ()


def show_bundles(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """All 一件事."""
    return active(session, now, state=State.BUNDLES, came=State.BUNDLES), ()


def of_kind(kind: str) -> Handler:
    """One item of the kind goes straight to its page, several to a list."""

    def handle(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
        items = [item for item in session.day.items if item.kind == kind] if session.day else []
        if not items:
            return session, ()
        if len(items) == 1:
            return choose(session, items[0].code, now)
        listed = AT_HOME | {"state": State.ALL, "came": State.ALL, "filter": kind}
        return active(session, now, **listed), ()

    return handle


def show_search(session: Session, arg: str, now: float) -> tuple[Session, Effects]:
    """Services by their first letters (FR-06)."""
    if session.day is None:
        return session, ()
    return active(session, now, state=State.SEARCH, came=State.SEARCH, text=""), ()


def search_key(session: Session, key: str, now: float) -> tuple[Session, Effects]:
    """A letter, or one back, or all away."""
    text = session.visit.text
    if key == "clear":
        return active(session, now, text=""), ()
    if key == "back":
        return active(session, now, text=text[:-1]), ()
    if len(key) == 1 and key in "abcdefghijklmnopqrstuvwxyz" and len(text) < MOST_LETTERS:
        return active(session, now, text=text + key), ()
    return session, ()


def back_from_list(session: Session, now: float) -> tuple[Session, Effects]:
    """One step towards the beginning."""
    visit = session.visit
    if visit.state is State.ITEM and visit.came is not State.HOME:
        return active(session, now, state=visit.came, choice=None), ()
    if visit.state is State.ALL and visit.group:
        return active(session, now, group="", page=0), ()
    if visit.visitor is None:
        at_start = visit.state is State.ALL
        return leave(session, now) if at_start else show_all(session, "", now)
    return active(session, now, **AT_HOME), ()


def groups_of(session: Session) -> list[tuple[Group, list[Item]]]:
    """The groups that are offered, each with its items."""
    day, kind = session.day, session.visit.filter
    if day is None:
        return []
    wanted = [item for item in day.items if not kind or item.kind == kind]
    found = [(group, [i for i in wanted if i.group == group.id]) for group in day.groups]
    return [(group, items) for group, items in found if items]


def group_items(session: Session) -> list[Item]:
    """The items of the open group; a single group is open by itself."""
    groups = groups_of(session)
    if len(groups) == 1:
        return groups[0][1]
    return next((items for group, items in groups if group.id == session.visit.group), [])


def items_of(day: Day, codes: Iterable[str]) -> list[Item]:
    """The items of these codes that the hall offers."""
    return [item for code in codes if (item := day.item(code))]
