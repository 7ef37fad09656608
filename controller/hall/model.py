"""The nouns of a hall's day: tickets, windows, and the hall itself.

Values are frozen; only `Hall`, the aggregate that `evolve` folds events into, changes.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from controller.hall.deadlines import Deadlines
from controller.hall.instants import Instant
from controller.hall.knowledge import Knowledge, Tally
from controller.hall.notices import Told
from controller.hall.plan import Plan, Value
from controller.hall.waiting import Kind, WaitingLines


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    """Waiting, and reserved for a window that calls it in a moment (FR-32)."""
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    """挂起: the person fetches something; the window calls again."""
    PASSED = "passed"
    RETURNED = "returned"
    """Back after it was passed; waits for its turn to stand in line again (FR-35)."""
    HANDED = "handed"
    """转移: sent to a window that has not accepted it yet (FR-37)."""
    FINISHED = "finished"
    CANCELLED = "cancelled"
    DROPPED = "dropped"
    VOID = "void"


ANYBODY = ""
"""Who may report a number of which only a lost journal knew whose it was."""

ENDED_STATES = frozenset(
    {TicketState.FINISHED, TicketState.CANCELLED, TicketState.DROPPED, TicketState.VOID}
)
OPEN_STATES = frozenset(TicketState) - ENDED_STATES
LAST_CHANCE_STATES = frozenset({TicketState.HELD, TicketState.PASSED, TicketState.HANDED})
"""Whose deadline is the last instant at which somebody may still come, or accept."""
PATIENT_STATES = frozenset(
    {TicketState.WAITING, TicketState.OFFERED, TicketState.RETURNED, TicketState.HANDED}
)
"""Whoever sits in the hall and waits to be called."""


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


class Result(StrEnum):
    """How an item ended: 办结, 受理, 补正, 不予受理, 转办."""

    DONE = "done"
    ACCEPTED = "accepted"
    SUPPLEMENT = "supplement"
    REFUSED = "refused"
    REFERRED = "referred"


class PauseReason(StrEnum):
    """Why a window pauses: rest 休息, meal 午餐, meeting 会议, fault 系统故障, other 其他; roster
    非当班时段 only by the roster (FR-40)."""

    REST = "rest"
    MEAL = "meal"
    MEETING = "meeting"
    FAULT = "fault"
    OTHER = "other"
    ROSTER = "roster"


class GrantReason(StrEnum):
    """What staff saw when they granted a priority (FR-28): 证件已核, 情况可见, 年龄已核, 急重,
    值班长同意. Never the ground itself."""

    CERTIFICATE = "certificate"
    VISIBLE = "visible"
    AGE = "age"
    URGENT = "urgent"
    SUPERVISOR = "supervisor"


class DropReason(StrEnum):
    """Why a clerk gives a number up (FR-36): absent 未到, left 中途离开, mismatch 人证不符,
    wish 本人放弃."""

    ABSENT = "absent"
    LEFT = "left"
    MISMATCH = "mismatch"
    WISH = "wish"


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
    and is never lost; `planned` are the indices of the items the calling window will do. `only`:
    the windows that may call it, None for any; `target`: the one window it was transferred to;
    `owner`: the clerk who answers for it until the next one has it in hand (首问负责). `deadline`:
    when something happens to it by itself, which its state tells.
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
    in_order: bool = False
    only: tuple[int, ...] | None = None
    drawn: tuple[tuple[str, int], ...] = ()
    beyond: str | None = None
    """What the person has it in spite of (see `events.TicketIssued`)."""
    state: TicketState = TicketState.WAITING
    print: PrintState = PrintState.PENDING
    reprints: int = 0
    window: int | None = None
    planned: tuple[int, ...] = ()
    calls: int = 0
    call_id: int | None = None
    called_at: Instant | None = None
    last_called_at: Instant | None = None
    arrived_at: Instant | None = None
    reason: Reason | None = None
    deadline: Instant | None = None
    target: int | None = None
    owner: str | None = None
    origin: int | None = None
    """The window that holds it, has it reserved, or handed it on and nobody has accepted it."""

    @property
    def remaining(self) -> tuple[int, ...]:
        """Indices of the items that are not done."""
        return tuple([i for i, item in enumerate(self.items) if item.state is not ItemState.DONE])

    @property
    def active(self) -> int | None:
        """Index of the item in hand."""
        return next((i for i, it in enumerate(self.items) if it.state is ItemState.ACTIVE), None)

    def skills_needed(self) -> frozenset[str]:
        """The skills its remaining items need; with a fixed order, that of the next one."""
        rest = [i.skill for i in self.items if i.state is not ItemState.DONE]
        return frozenset(rest[:1] if self.in_order else rest)

    @property
    def due(self) -> Instant | None:
        """From when on its deadline counts as passed."""
        if self.deadline is None or self.state not in LAST_CHANCE_STATES:
            return self.deadline
        return self.deadline + 1

    @property
    def windows(self) -> frozenset[int] | None:
        """The windows that may call it; None for any that can."""
        if self.target is not None:
            return frozenset({self.target})
        return None if self.only is None else frozenset(self.only)

    def kind(self) -> Kind:
        """What dispatch compares it by while it waits."""
        rest = [i.service for i in self.items if i.state is not ItemState.DONE]
        return Kind(
            str(self.cls),
            self.weight,
            self.items[0].service,
            tuple(sorted(rest)),
            self.skills_needed(),
            self.windows,
        )

    def doable(self, skills: frozenset[str]) -> tuple[int, ...]:
        """Indices of the remaining items that a window with these skills can do; with a fixed
        order, as far as it gets without leaving one out."""
        found: list[int] = []
        for i in self.remaining:
            if self.items[i].skill in skills:
                found.append(i)
            elif self.in_order:
                break
        return tuple(found)

    def may_go_to(self, no: int) -> bool:
        """Whether window `no` may call it at all."""
        windows = self.windows
        return windows is None or no in windows


@dataclass(frozen=True, slots=True)
class Undo:
    """What the last key at a window can take back: the ticket as it was before, when, and the seq
    of the last event that the key caused: what moved the ticket later ends it."""

    what: str
    ticket: Ticket
    at: Instant
    upto: int


@dataclass(frozen=True, slots=True)
class Help:
    """A call for the supervisor: since when, and who said when to come."""

    asked_at: Instant
    by: str | None = None
    taken_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A window today: who sits there, what it can do now, whose ticket is in hand.

    `offer`: the ticket that is reserved for it; `ready`: whether it may be offered one; `held`:
    those whom it asked to come back; `free_since`: when it last became free. `rostered`: the
    roster paused it and will resume it.
    """

    no: int
    zone: str
    skills: frozenset[str]
    state: WindowState = WindowState.CLOSED
    clerk: str | None = None
    ticket: str | None = None
    reason: PauseReason | None = None
    until: Instant | None = None
    offer: str | None = None
    ready: bool = True
    held: tuple[str, ...] = ()
    free_since: Instant = 0
    rostered: bool = False
    undo: Undo | None = None
    help: Help | None = None

    @property
    def gone(self) -> bool:
        """Whether nobody works here until somebody signs on, or the roster says so."""
        return self.clerk is None or (self.rostered and self.reason is PauseReason.ROSTER)


@dataclass(frozen=True, slots=True)
class Doubts:
    """By series, the last ordinal given out and the last one not set aside, when a controller that
    had started after event `began` first heard that its journal is an older copy; `heard`: the
    digests of lost events of which kiosks have told today."""

    began: int
    stood: dict[str, tuple[int, int]]
    heard: frozenset[str]


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
    ceilings: dict[str, int] = field(default_factory=dict)
    """The last ordinal of a series below the blocks that were set aside; none: its last one."""
    leased: dict[tuple[str, int], str] = field(default_factory=dict)
    """Numbers that a kiosk may give out while it is alone, and has not reported: series and
    ordinal, kiosk; `ANYBODY` for those that were given out or set aside by a controller whose
    journal is lost, as far as this one can tell."""
    doubts: Doubts | None = None
    """Where the numbers stood when those of a lost journal were doubted today."""
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
    deadlines: Deadlines = field(default_factory=Deadlines)
    returned: dict[str, int] = field(default_factory=dict)
    """Passed tickets whose owners are back, and how many calls go before they stand in line."""
    meant: set[str] = field(default_factory=set)
    """Open tickets that are meant for one window."""
    moved: dict[str, int] = field(default_factory=dict)
    """The seq of the last event that moved each ticket; paper and offers move none."""
    on_duty: frozenset[int] | None = None
    """The windows that the roster has on duty; None where it has not turned today."""
    by_hand: bool = False
    """Whether a supervisor turned the roster last."""
    roster_at: Instant = 0
    roster_until: Instant = 0
    staying: set[int] = field(default_factory=set)
    """Windows whose clerks work on although the roster has them off duty."""
    skills_set: dict[int, frozenset[str]] = field(default_factory=dict)
    """What windows do today, where a supervisor changed it."""
    over: bool = False
    """Whether the day's work has ended: what waited was dropped."""
    beyond_limits: list[str] = field(default_factory=list)
    """Tickets that a kiosk gave out, while it was alone, to people who had enough (FR-23)."""
    changes: dict[str, Value] = field(default_factory=dict)
    """Policy values that a supervisor changed, by configured name."""
    quota: dict[tuple[str, int], int] = field(default_factory=dict)
    """Tickets given out by service and start of the slot, in minutes after midnight (FR-12)."""

    told: Told = field(default_factory=Told)
    """What the screens were told to show beside calls."""

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
