"""What kiosks, clerks, guides and supervisors do: a table of moves for each.

A move is one row: when it makes sense to who believes what, what is then asked, and what the
answer teaches. A new command of the hall is a new row here and a new row in `checker.life`.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from config import HallConfig
from controller.cli.bench.crash.house import WINDOWS
from controller.cli.client import Json
from controller.hall.visitor import person_key

MOST_WAITING = 150
"""With more people in the hall nobody else comes in."""
MASKS = ("张*", "李*三", "欧阳**", "J*")
RESULTS = ("done", "accepted", "supplement", "refused", "referred")
OUTCOMES = ("printed",) * 8 + ("unproven", "void")
DROPS = ("left", "mismatch", "wish")
REASONS = ("rest", "meal", "meeting", "fault", "other")


@dataclass(slots=True)
class Town:
    """What all of them share: what can be asked for, how full the hall is, the last tickets."""

    items: tuple[str, ...]
    bundles: tuple[str, ...]
    waiting: Callable[[], int]
    given: deque[str] = field(default_factory=lambda: deque(maxlen=200))

    @classmethod
    def of(cls, config: HallConfig, waiting: Callable[[], int]) -> Town:
        """What the windows that open can do together."""
        able = {skill for w in config.windows if w.no in WINDOWS for skill in w.skills}
        items = tuple(item.code for item in config.items if item.skill in able)
        bundles = tuple(b.id for b in config.bundles if set(b.items) <= set(items))
        return cls(items, bundles, waiting)


@dataclass(slots=True)
class Mind:
    """What one caller believes of its window, its ticket in hand and the tickets it gave."""

    town: Town
    chance: Random
    no: int = 0
    state: str = "closed"
    hand: Json | None = None
    key: str = ""
    people: int = 0
    given: deque[str] = field(default_factory=lambda: deque(maxlen=50))
    unprinted: deque[str] = field(default_factory=lambda: deque(maxlen=50))
    idle: bool = False
    """Nothing was there to be done."""
    held: list[str] = field(default_factory=list)
    incoming: list[str] = field(default_factory=list)
    undoable: bool = False
    """Whether the last key at the window can be taken back."""
    unsure: bool = False
    """It has to look how things stand."""

    def hand_is(self, state: str) -> bool:
        """Whether the ticket in hand is in this state."""
        return self.hand is not None and self.hand["state"] == state

    @property
    def free(self) -> bool:
        """Whether the window is open and nobody is at it."""
        return self.state == "open" and self.hand is None


@dataclass(frozen=True, slots=True)
class Request:
    """What a move asks for; `ticket` and `window` are what it is about."""

    path: str
    body: Json = field(default_factory=dict)
    ticket: str | None = None
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a table. `weight`: how often, among those that make sense."""

    deed: str
    weight: float
    when: Callable[[Mind], bool]
    ask: Callable[[Mind], Request]
    learn: Callable[[Mind, Json], None]


def choose(moves: tuple[Move, ...], mind: Mind) -> Move | None:
    """A move that makes sense; None if there is nothing to do."""
    sensible = [move for move in moves if move.when(mind)]
    if not sensible:
        return None
    return mind.chance.choices(sensible, [move.weight for move in sensible])[0]


# --- tickets ------------------------------------------------------------------------------------


def _issue(mind: Mind) -> Request:
    chance = mind.chance
    body: Json = {}
    if chance.random() < 0.15:
        body["bundle"] = chance.choice(mind.town.bundles)
    else:
        body["items"] = chance.sample(mind.town.items, chance.choice((1, 1, 1, 1, 2, 3)))
    if chance.random() < 0.15:
        body["priority"] = "elder"
        if not mind.key:  # staff have no card to prove it by
            body["grant"] = "age"
    if mind.key and chance.random() < 0.9:
        mind.people += 1
        name = hashlib.sha256(f"{id(mind)} {mind.people} {chance.random()}".encode()).hexdigest()
        key = person_key(name, bytes.fromhex(mind.key))
        body["person"] = {"key": key, "masked": chance.choice(MASKS)}
    return Request("/tickets", body)


def _issued(mind: Mind, answer: Json) -> None:
    ticket = answer["ticket"]["id"]
    mind.given.append(ticket)
    mind.unprinted.append(ticket)
    mind.town.given.append(ticket)


def _print(mind: Mind) -> Request:
    ticket = mind.unprinted.popleft()
    outcome = mind.chance.choice(OUTCOMES)
    return Request(f"/tickets/{ticket}/print", {"outcome": outcome}, ticket)


def _cancel(mind: Mind) -> Request:
    ticket = mind.chance.choice(mind.given)
    return Request(f"/tickets/{ticket}/cancel", {}, ticket)


def _cancel_any(mind: Mind) -> Request:
    ticket = mind.chance.choice(mind.town.given)
    return Request(f"/tickets/{ticket}/cancel", {}, ticket)


def _nothing(mind: Mind, answer: Json) -> None:
    """It teaches nothing."""


# --- windows ------------------------------------------------------------------------------------


def _at_window(deed: str, **more: Callable[[Mind], Any]) -> Callable[[Mind], Request]:
    def ask(mind: Mind) -> Request:
        body = {name: value(mind) for name, value in more.items()}
        return Request(f"/windows/{mind.no}/{deed}", body, None, mind.no)

    return ask


def _in_hand(deed: str, **more: Callable[[Mind], Any]) -> Callable[[Mind], Request]:
    def ask(mind: Mind) -> Request:
        ticket = str((mind.hand or {}).get("id"))
        body = {"ticket": ticket} | {name: value(mind) for name, value in more.items()}
        return Request(f"/windows/{mind.no}/{deed}", body, ticket, mind.no)

    return ask


def _active(mind: Mind) -> int:
    states = [item["state"] for item in (mind.hand or {})["items"]]
    return states.index("active")


def _any(values: tuple[str, ...]) -> Callable[[Mind], str]:
    return lambda mind: mind.chance.choice(values)


def _minutes(mind: Mind) -> int:
    return mind.chance.randint(1, 240)


def _windowed(mind: Mind, answer: Json) -> None:
    mind.state = answer["window"]["state"]


def _handed(mind: Mind, answer: Json) -> None:
    ticket = answer["ticket"]
    mind.idle = ticket is None
    here = ticket is not None and ticket["state"] in ("called", "serving")
    mind.hand = ticket if here else None
    mind.undoable = False


def _key(mind: Mind, answer: Json) -> None:
    """A key that may be taken back; whoever holds or hands on looks who else waits for it."""
    _handed(mind, answer)
    mind.undoable = True
    mind.unsure = answer["ticket"]["state"] in ("held", "handed")


def _taken_back(mind: Mind, answer: Json) -> None:
    mind.undoable, mind.unsure = False, True


def _look(mind: Mind, answer: Json) -> None:
    mind.unsure = True


def _drop(mind: Mind) -> Request:
    """Of a ticket that another console of the window may hold by now: that event has no window."""
    asked = _in_hand("drop", reason=_any(DROPS))(mind)
    return Request(asked.path, asked.body, asked.ticket)


def _one_of(deed: str, which: Callable[[Mind], list[str]]) -> Callable[[Mind], Request]:
    """A deed about a ticket that is held here, or was handed to here."""

    def ask(mind: Mind) -> Request:
        ticket = mind.chance.choice(which(mind))
        no = None if deed == "send-back" else mind.no  # that event names the other window
        return Request(f"/windows/{mind.no}/{deed}", {"ticket": ticket}, ticket, no)

    return ask


def _held(mind: Mind) -> list[str]:
    return mind.held


def _incoming(mind: Mind) -> list[str]:
    return mind.incoming


def _back_here(mind: Mind, answer: Json) -> None:
    """The ticket is in hand again, and no longer held."""
    _handed(mind, answer)
    mind.held = [ticket for ticket in mind.held if ticket != answer["ticket"]["id"]]


def _transfer(mind: Mind) -> Request:
    """To another window, or as another matter."""
    to: Json = {"to_item": mind.chance.choice(mind.town.items)}
    if mind.chance.random() < 0.7:
        to = {"to_window": mind.chance.choice([no for no in WINDOWS if no != mind.no])}
    ticket = str((mind.hand or {}).get("id"))
    return Request(f"/windows/{mind.no}/transfer", {"ticket": ticket, **to}, ticket, mind.no)


def _back(mind: Mind) -> Request:
    ticket = mind.chance.choice(mind.town.given)
    return Request(f"/tickets/{ticket}/return", {}, ticket)


def _elsewhere(deed: str, **more: Callable[[Mind], Any]) -> Callable[[Mind], Request]:
    """At any window, by somebody with authority over all."""
    ask = _at_window(deed, **more)

    def anywhere(mind: Mind) -> Request:
        mind.no = mind.chance.choice(WINDOWS)
        return ask(mind)

    return anywhere


# --- the tables ---------------------------------------------------------------------------------

_PAUSE: dict[str, Callable[[Mind], Any]] = {"reason": _any(REASONS), "minutes": _minutes}


def _has_room(mind: Mind) -> bool:
    return mind.town.waiting() < MOST_WAITING


def _always(mind: Mind) -> bool:
    return True


_ISSUE = Move("issue", 6, _has_room, _issue, _issued)
_PRINT = Move("print", 5, lambda m: bool(m.unprinted), _print, _nothing)

KIOSK = (
    _ISSUE,
    _PRINT,
    Move("cancel", 0.4, lambda m: bool(m.given), _cancel, _nothing),
)

CLERK = (
    Move("open", 1, lambda m: m.state == "closed", _at_window("open"), _windowed),
    Move("resume", 1, lambda m: m.state == "paused", _at_window("resume"), _windowed),
    Move("call", 30, lambda m: m.free, _at_window("call"), _handed),
    Move("pause", 0.4, lambda m: m.free, _at_window("pause", **_PAUSE), _windowed),
    Move("close", 0.2, lambda m: m.free, _at_window("close"), _windowed),
    Move("arrive", 10, lambda m: m.hand_is("called"), _in_hand("arrive"), _handed),
    Move("recall", 2, lambda m: m.hand_is("called"), _in_hand("recall"), _handed),
    Move("pass", 1, lambda m: m.hand_is("called"), _in_hand("pass"), _key),
    Move("drop", 0.3, lambda m: m.hand is not None, _drop, _handed),
    Move("hold", 0.5, lambda m: m.hand is not None, _in_hand("hold"), _key),
    Move(
        "call-back", 20, lambda m: m.free and bool(m.held), _one_of("call-back", _held), _back_here
    ),
    Move("transfer", 0.6, lambda m: m.hand is not None, _transfer, _key),
    Move("accept", 8, lambda m: bool(m.incoming), _one_of("accept", _incoming), _look),
    Move("send-back", 2, lambda m: bool(m.incoming), _one_of("send-back", _incoming), _look),
    Move("undo", 4, lambda m: m.undoable and m.state == "open", _at_window("undo"), _taken_back),
    Move(
        "finish",
        1,
        lambda m: m.hand_is("serving"),
        _in_hand("finish", item=_active, result=_any(RESULTS)),
        _key,
    ),
)

GUIDE = (
    Move("issue", 1, _has_room, _issue, _issued),
    _PRINT,
    Move("cancel", 1, lambda m: bool(m.town.given), _cancel_any, _nothing),
    Move("return", 4, lambda m: bool(m.town.given), _back, _nothing),
)

SUPERVISOR = (
    Move("pause", 1, _always, _elsewhere("pause", **_PAUSE), _nothing),
    Move("resume", 3, _always, _elsewhere("resume"), _nothing),
    Move("close", 0.5, _always, _elsewhere("close"), _nothing),
    Move("cancel", 1, lambda m: bool(m.town.given), _cancel_any, _nothing),
)
