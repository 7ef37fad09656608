"""What a caller believes, what a move is, and how one is chosen."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from config import HallConfig
from controller.cli.bench.crash.house import WINDOWS
from controller.cli.client import Json


@dataclass(frozen=True, slots=True)
class Slip:
    """What a kiosk printed while it was alone: it reports it, or a guide takes it in."""

    ticket: str
    number: str
    code: str
    given_at: int
    item: str


@dataclass(frozen=True, slots=True)
class Promise:
    """An appointment, and the code its owner was told."""

    id: str
    code: str


@dataclass(slots=True)
class Town:
    """What all of them share: what can be asked for, how full the hall is, the last tickets."""

    items: tuple[str, ...]
    bundles: tuple[str, ...]
    series: dict[str, tuple[str, ...]]
    """Items by the letter of their numbers."""
    bookable: tuple[str, ...]
    groups: tuple[str, ...]
    waiting: Callable[[], int]
    given: deque[str] = field(default_factory=lambda: deque(maxlen=200))
    slips: deque[Slip] = field(default_factory=lambda: deque(maxlen=50))
    booked: deque[Promise] = field(default_factory=lambda: deque(maxlen=50))

    @classmethod
    def of(cls, config: HallConfig, waiting: Callable[[], int]) -> Town:
        """What the windows that open can do together."""
        able = {skill for w in config.windows if w.no in WINDOWS for skill in w.skills}
        items = tuple(item.code for item in config.items if item.skill in able)
        series: dict[str, tuple[str, ...]] = {}
        for skill in config.skills:
            if skill.id in able:
                mine = tuple(item.code for item in config.items if item.skill == skill.id)
                series[skill.prefix] = series.get(skill.prefix, ()) + mine
        return cls(
            items=items,
            bundles=tuple(b.id for b in config.bundles if set(b.items) <= set(items)),
            series=series,
            bookable=tuple(i.code for i in config.items if i.code in items and i.appointment),
            groups=tuple(group.id for group in config.priorities),
            waiting=waiting,
        )


@dataclass(slots=True)
class Mind:
    """What one caller believes of its window, its ticket in hand and the tickets it gave."""

    town: Town
    chance: Random
    no: int = 0
    state: str = "closed"
    hand: Json | None = None
    offered: bool = False
    """Whether a number is reserved for the window."""
    key: str = ""
    people: int = 0
    at: int = 0
    """When it gave out its last ticket, by the controller's clock."""
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
    slips: deque[Slip] = field(default_factory=lambda: deque(maxlen=20))
    """What it gave out while it was alone and did not report yet."""
    booking_keys: list[str] = field(default_factory=list)
    bookable: str = ""
    """The item whose free times it has looked up: `slots`, the next ones first."""
    slots: list[str] = field(default_factory=list)
    booked: deque[Promise] = field(default_factory=lambda: deque(maxlen=20))
    there: dict[str, list[str]] = field(default_factory=dict)
    """Tickets by the state they were in when it looked."""
    missed: list[str] = field(default_factory=list)
    """Appointments to which nobody came."""

    def hand_is(self, state: str) -> bool:
        """Whether the ticket in hand is in this state."""
        return self.hand is not None and self.hand["state"] == state

    @property
    def free(self) -> bool:
        """Whether the window is open and nobody is at it."""
        return self.state == "open" and self.hand is None


@dataclass(frozen=True, slots=True)
class Request:
    """What a move asks for; `ticket`, `window` and `booking` are what it is about."""

    path: str
    body: Json = field(default_factory=dict)
    ticket: str | None = None
    window: int | None = None
    booking: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a table. `weight`: how often, among those that make sense. A move that asks for
    None only looks how things stand."""

    deed: str
    weight: float
    when: Callable[[Mind], bool]
    ask: Callable[[Mind], Request | None]
    learn: Callable[[Mind, Json], None]


def choose(moves: tuple[Move, ...], mind: Mind) -> Move | None:
    """A move that makes sense; None if there is nothing to do."""
    sensible = [move for move in moves if move.when(mind)]
    if not sensible:
        return None
    return mind.chance.choices(sensible, [move.weight for move in sensible])[0]


def nothing(mind: Mind, answer: Json) -> None:
    """The answer teaches nothing."""


def look(mind: Mind, answer: Json) -> None:
    """The answer does not tell all: look again."""
    mind.unsure = True


def any_of(values: tuple[str, ...]) -> Callable[[Mind], str]:
    """One of them."""
    return lambda mind: mind.chance.choice(values)
