"""The nouns of a hall: plan (what is configured), tickets, windows, and the hall of one day.

Times are integers, microseconds since 1970-01-01 UTC (`Instant`). Values are frozen; only `Hall`,
the aggregate that `evolve` folds events into, changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from controller.hall.knowledge import Knowledge, Tally
from controller.hall.waiting import Kind, WaitingLines

Instant = int
SECOND: Instant = 1_000_000
MINUTE: Instant = 60 * SECOND


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, told twice: the instant, and the wall clock in the hall's time zone (naive)."""

    at: Instant
    local: datetime

    @property
    def day(self) -> str:
        """The calendar day on the hall's wall, ISO 8601."""
        return self.local.date().isoformat()


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PASSED = "passed"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    DROPPED = "dropped"
    VOID = "void"


OPEN_STATES = frozenset(
    {TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.PASSED}
)


class ItemState(StrEnum):
    """Where one item of a ticket stands."""

    OPEN = "open"
    ACTIVE = "active"
    DONE = "done"


class PrintState(StrEnum):
    """What is known of the paper: nothing yet, proven, not proven, or no number was given out."""

    PENDING = "pending"
    PRINTED = "printed"
    UNPROVEN = "unproven"
    VOID = "void"


class WindowState(StrEnum):
    """What a window does."""

    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


class DispatchClass(StrEnum):
    """How dispatch treats a ticket. The legal ground of a priority is not kept here."""

    ORDINARY = "ordinary"
    PRIORITY = "priority"
    APPOINTMENT = "appointment"


class Mode(StrEnum):
    """How priority works: it ages faster, or it goes first whatever the others waited (FR-27)."""

    ACCUMULATING = "accumulating"
    STRICT = "strict"


class Result(StrEnum):
    """How an item ended: 办结, 受理, 补正, 不予受理, 转办."""

    DONE = "done"
    ACCEPTED = "accepted"
    SUPPLEMENT = "supplement"
    REFUSED = "refused"
    REFERRED = "referred"


class PauseReason(StrEnum):
    """Why a window pauses: rest 休息, meal 午餐, meeting 会议, fault 系统故障, other 其他."""

    REST = "rest"
    MEAL = "meal"
    MEETING = "meeting"
    FAULT = "fault"
    OTHER = "other"


# --- the plan: what the hall's configuration says -----------------------------------------------


@dataclass(frozen=True, slots=True)
class Service:
    """A service item of the catalogue (事项). `minutes` is the mean time it is expected to take;
    services of one `group` are much alike for a clerk (its skill, unless told); `daily` is how many
    a day are expected before days were learned."""

    code: str
    skill: str
    minutes: float
    group: str = ""
    daily: float | None = None

    @property
    def family(self) -> str:
        """What it is much like: its group."""
        return self.group or self.skill


@dataclass(frozen=True, slots=True)
class Skill:
    """What a window can do: a group of service items with one number series and one waiting
    zone."""

    id: str
    series: str
    zone: str


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """A window as configured."""

    no: int
    zone: str
    skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy values the hall's rules read (requirements, section 3)."""

    digits: int = 3
    reserve_series: tuple[str, ...] = ()
    recall_limit: int = 3
    recall_gap: Instant = 15 * SECOND
    pass_after: Instant = 60 * SECOND
    mode: Mode = Mode.ACCUMULATING
    overtaking_cap: int | None = None
    weights: Mapping[str, float] = field(
        default_factory=lambda: {"ordinary": 1.0, "priority": 3.1, "appointment": 3.0}
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about the hall that stands in its configuration."""

    services: Mapping[str, Service]
    skills: Mapping[str, Skill]
    windows: Mapping[int, WindowPlan]
    rules: Rules = field(default_factory=Rules)

    def skill_of(self, code: str) -> str:
        """The skill that the service item `code` needs."""
        return self.services[code].skill


# --- the state of a day -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision fell: the rule's name and the facts it weighed, in a fixed order."""

    rule: str
    facts: tuple[tuple[str, int | str], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One matter on a ticket."""

    service: str
    skill: str
    state: ItemState = ItemState.OPEN
    result: Result | None = None
    started_at: Instant | None = None
    finished_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A citizen's number and everything the hall knows of it. No name, no document number.

    `order` counts the issues of the day; `seniority` is the instant from which the wait is counted
    and is never lost; `planned` are the indices of the items the calling window will do.
    """

    id: str
    number: str
    order: int
    items: tuple[Item, ...]
    cls: DispatchClass
    weight: float
    issued_at: Instant
    seniority: Instant
    issuer: str = ""
    slot: Instant | None = None
    bundle: str | None = None
    state: TicketState = TicketState.WAITING
    print: PrintState = PrintState.PENDING
    window: int | None = None
    planned: tuple[int, ...] = ()
    calls: int = 0
    call_id: int | None = None
    called_at: Instant | None = None
    last_called_at: Instant | None = None
    arrived_at: Instant | None = None
    reason: Reason | None = None

    @property
    def remaining(self) -> tuple[int, ...]:
        """Indices of the items that are not done."""
        return tuple([i for i, item in enumerate(self.items) if item.state is not ItemState.DONE])

    @property
    def active(self) -> int | None:
        """Index of the item in hand."""
        return next((i for i, it in enumerate(self.items) if it.state is ItemState.ACTIVE), None)

    def skills_needed(self) -> frozenset[str]:
        """The skills its remaining items need."""
        return frozenset([i.skill for i in self.items if i.state is not ItemState.DONE])

    def kind(self) -> Kind:
        """What dispatch compares it by while it waits."""
        rest = [i for i in self.items if i.state is not ItemState.DONE]
        return Kind(
            str(self.cls),
            self.weight,
            self.items[0].service,
            tuple(sorted([i.service for i in rest])),
            frozenset([i.skill for i in rest]),
        )

    def doable(self, skills: frozenset[str]) -> tuple[int, ...]:
        """Indices of the remaining items that a window with these skills can do."""
        return tuple(
            [
                i
                for i, item in enumerate(self.items)
                if item.state is not ItemState.DONE and item.skill in skills
            ]
        )


@dataclass(frozen=True, slots=True)
class Window:
    """A window today: who sits there, what it can do now, whose ticket is in hand."""

    no: int
    zone: str
    skills: frozenset[str]
    state: WindowState = WindowState.CLOSED
    clerk: str | None = None
    ticket: str | None = None
    reason: PauseReason | None = None
    until: Instant | None = None


Staffing = tuple[tuple[int, str, frozenset[str]], ...]
"""Number, clerk and skills of every window with a clerk, paused or not."""


@dataclass(slots=True)
class Hall:
    """The hall of one day: the working state that `evolve` folds events into.

    `tomorrow` is the plan that holds from the next ``day.opened`` on, if it is another one.
    """

    plan: Plan
    day: str = ""
    tickets: dict[str, Ticket] = field(default_factory=dict)
    windows: dict[int, Window] = field(default_factory=dict)
    at_window: dict[str, int] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    waiting: WaitingLines = field(default_factory=WaitingLines)
    staffing: Staffing = ()
    tomorrow: Plan | None = None
    known: Knowledge = field(default_factory=Knowledge)
    """What was learned on earlier days; before that, what the configuration expects."""
    today: Tally = field(default_factory=Tally)
    """What today is learned from."""
    midnight: Instant = 0
    """When the day began on the hall's wall; nought if nobody said so."""
    last_arrival: Instant = 0
    """The youngest seniority given today: a clock that is set back lets nobody overtake."""

    def __post_init__(self) -> None:
        """A hall begins with every configured window closed."""
        if not self.windows:
            self.windows = closed_windows(self.plan)
        if self.known == Knowledge():
            self.known = first_guess(self.plan)


def closed_windows(plan: Plan) -> dict[int, Window]:
    """The windows of the plan before anybody has signed on."""
    return {w.no: Window(w.no, w.zone, w.skills) for w in plan.windows.values()}


def first_guess(plan: Plan) -> Knowledge:
    """What is known before any day: the configuration's items a day."""
    told = {code: s.daily for code, s in plan.services.items() if s.daily is not None}
    return Knowledge(expected=told)
