"""What has happened to the hall as a whole: days, rosters, rules, numbers (see `events`)."""

from dataclasses import dataclass
from typing import ClassVar

from controller.hall.events import Event
from controller.hall.instants import Instant
from controller.hall.plan import Value

BY_ROSTER, BY_HAND = "roster", "by-hand"


@dataclass(frozen=True, slots=True)
class DayOpened(Event):
    """A hall day began: numbers start anew. `midnight` is when it began on the hall's wall; nought
    in journals that did not say so."""

    type: ClassVar[str] = "day.opened"
    version: ClassVar[int] = 2
    day: str
    midnight: Instant = 0


@dataclass(frozen=True, slots=True)
class DayLearned(Event):
    """What is known this morning from the days before (fields: see `knowledge.Statistics`). Right
    after ``day.opened``, so that a restart reads it with the day. Clerks by staff number."""

    type: ClassVar[str] = "day.learned"
    days: int
    served: tuple[tuple[str, str, int, int], ...]
    issued: tuple[tuple[str, int], ...]
    quarters: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DayEnded(Event):
    """The day's work is over: whoever still waited was dropped before this, `dropped` of them."""

    type: ClassVar[str] = "day.ended"
    dropped: int


@dataclass(frozen=True, slots=True)
class RosterTurned(Event):
    """These windows are on duty, until the roster's next turn at `until` (nought: no more today).
    `why`: ``roster``, or ``by-hand`` if a supervisor turned it."""

    type: ClassVar[str] = "roster.turned"
    on: tuple[int, ...]
    why: str
    until: Instant


@dataclass(frozen=True, slots=True)
class PolicyChanged(Event):
    """A policy value, by its configured name, holds from now on; told again every morning."""

    type: ClassVar[str] = "policy.changed"
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class NumbersLeased(Event):
    """Ordinals of a series were set aside for a kiosk that may be alone for a while."""

    type: ClassVar[str] = "numbers.leased"
    device: str
    series: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class NumbersDoubted(Event):
    """A kiosk has heard of the event `heard` with this `digest`, which the journal never had: it
    was restored from a backup, at the latest when its controller started, after event `began`.
    Whoever has a number of these `blocks` (series, first and last ordinal) may stand in the hall;
    nobody else gets one."""

    type: ClassVar[str] = "numbers.doubted"
    heard: int
    digest: str
    began: int
    blocks: tuple[tuple[str, int, int], ...]
