"""How many taps lead from the card to a ticket, by walking to every service of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from controller.cli.bench.kiosk.touch import BACK, GROUPS, SERVICES, Finger

ALL, NEXT = "全部事项", "下一页"
TAKE = 1
"""The tap on 取号, which ends every way and is not made here."""


class NoWay(Exception):
    """The page does not lead where it should."""


@dataclass(frozen=True, slots=True)
class Taps:
    """The most taps to one of the eight most used services, and to any."""

    top8: int
    any: int
    services: int


def count(finger: Finger, wanted: set[str], most: int | None, say: Callable[[str], None]) -> Taps:
    """Walk from the page after the card to each service and back; `most` ends early.

    Raises `NoWay` when a service of `wanted` is not found.
    """
    finger.sees("home")
    top = finger.names()
    found: dict[str, int] = {}
    for place, name in enumerate(top):
        _visit(finger, place, name)
        found[name] = 1 + TAKE
        finger.tap(finger.button(BACK))
        finger.sees("home")
    top8 = max(found.values())
    for name, taps in _others(finger):
        found[name] = min(taps, found.get(name, taps))
        say(f"{len(found)} of {len(wanted)}: {name}, {found[name]} taps")
        if most is not None and len(found) >= most:
            break
    else:
        if missing := wanted - found.keys():
            raise NoWay(f"no way leads to {', '.join(sorted(missing))}")
    if strange := found.keys() - wanted:
        raise NoWay(f"the page offers what the day has not: {', '.join(sorted(strange))}")
    return Taps(top8, max(found.values()), len(found))


def _others(finger: Finger) -> Iterator[tuple[str, int]]:
    """Every service by way of 全部事项, with its taps."""
    finger.tap(finger.button(ALL))
    finger.sees_list(GROUPS)
    for group in range(finger.tiles.count()):
        page, pages = 0, 1
        while page < pages:
            _open(finger, group, page)
            names = finger.names()
            if finger.button(NEXT).count() and finger.button(NEXT).is_enabled():
                pages += 1
            for place, name in enumerate(names):
                if finger.lists(GROUPS) or finger.names() != names:
                    _open(finger, group, page)
                _visit(finger, place, name)
                yield name, len((ALL, group)) + page + 1 + TAKE
                finger.tap(finger.button(BACK))
                finger.sees("all")
            page += 1


def _open(finger: Finger, group: int, page: int) -> None:
    """From wherever among all services to one page of a group's."""
    if finger.lists(SERVICES):
        finger.tap(finger.button(BACK))
        finger.sees_list(GROUPS)
    finger.tap(finger.tiles.nth(group))
    finger.sees_list(SERVICES)
    for _ in range(page):
        before = finger.names()
        finger.tap(finger.button(NEXT))
        finger.sees_other_than(before)


def _visit(finger: Finger, place: int, name: str) -> None:
    finger.tap(finger.tiles.nth(place))
    finger.sees("item")
    if finger.heading() != name:
        raise NoWay(f"the tile {name} leads to {finger.heading()}")
    if not finger.take.is_enabled():
        raise NoWay(f"no number can be taken for {name}")
