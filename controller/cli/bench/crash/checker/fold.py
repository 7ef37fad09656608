"""The hall as its events tell it, folded by the tables of `life`; whatever does not fit is found.

An event that fits no row is applied all the same, as far as it can be, so that one fault is told
once and not with every event after it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

from controller.cli.bench.crash.checker.chain import Row
from controller.cli.bench.crash.checker.life import (
    ANOTHER_WINDOW,
    BY_THE_HALL,
    CALL_STATES,
    CALLS_SHOWN,
    IN_HAND,
    OVER,
    PAPER,
    PAPER_STATES,
    SENT_BACK,
    SILENT,
    TICKET_LIFE,
    UNDOABLE,
    UNDONE,
    WINDOW_LIFE,
)
from controller.cli.bench.crash.checker.plan import Plan
from controller.cli.bench.crash.checker.records import (
    DOUBLED,
    TWICE_CALLED,
    UNEXPLAINED,
    Finding,
    Json,
)

ENDS = {event: after for (_, event), after in (TICKET_LIFE | WINDOW_LIFE).items()}
"""Where an event leads, whatever was before."""
KNOWN = ENDS.keys() | PAPER.keys() | {"day.opened", "ticket.issued", SENT_BACK, UNDONE}


@dataclass(slots=True)
class Ticket:
    """A number as the events tell it. Items by index: code, state, result."""

    id: str
    number: str
    codes: tuple[str, ...]
    order: int
    seniority: int
    issued_at: int
    states: list[str]
    results: list[str | None]
    state: str = "waiting"
    paper: str = "pending"
    window: int | None = None
    planned: tuple[int, ...] = ()
    calls: int = 0
    called_at: int | None = None
    arrived_at: int | None = None
    origin: int | None = None
    """The window that holds it, or handed it on."""
    target: int | None = None
    """The window it was handed to."""


@dataclass(slots=True)
class Window:
    """A window as the events tell it."""

    no: int
    state: str = "closed"
    clerk: str | None = None
    skills: frozenset[str] = frozenset()
    hand: str | None = None
    reason: str | None = None
    until: int | None = None
    before: Ticket | None = None
    """The ticket as it was before the last key."""


@dataclass(slots=True)
class Call:
    """The last call of a ticket, as screens show it."""

    id: int
    ticket: str
    number: str
    window: int
    state: str = "called"
    times: int = 1


@dataclass(slots=True)
class Hall:
    """The state of the present hall day after the event `seq`."""

    plan: Plan
    seq: int = 0
    day: str = ""
    opened: int = 0
    """The seq with which the day began."""
    tickets: dict[str, Ticket] = field(default_factory=dict)
    windows: dict[int, Window] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    """By ticket, the newest last."""
    numbers: set[str] = field(default_factory=set)
    _found: list[Finding] = field(default_factory=list)
    _row: Row | None = None

    def __post_init__(self) -> None:
        self.windows = {no: Window(no) for no in self.plan.windows}

    def take(self, row: Row, body: Json) -> list[Finding]:
        """Fold one event, whose body is read already; what is wrong with it."""
        self._found, self._row, self.seq = [], row, row.seq
        if row.type == "day.opened":
            self._day_opened(row, body)
        elif row.day != self.day and self.day:
            self._wrong(UNEXPLAINED, f"it is dated {row.day} and the hall day is {self.day}")
        if not row.type.startswith(SILENT):
            self._change(row, body)
        return self._found

    def _change(self, row: Row, body: Json) -> None:
        if row.actor == "system" and row.type not in BY_THE_HALL:
            self._wrong(UNEXPLAINED, "nobody asked for it")
        if row.type not in KNOWN:
            self._wrong(UNEXPLAINED, "no table of the checker knows this event")
        elif row.type == "ticket.issued":
            self._issued(row, body)
        elif row.type.startswith("window."):
            self._on_window(row, body)
        elif row.type != "day.opened":
            self._on_ticket(row, body)

    def _wrong(self, kind: str, text: str) -> None:
        assert self._row is not None
        self._found.append(Finding(kind, f"event {self._row.seq} {self._row.type}: {text}"))

    # --- days -----------------------------------------------------------------------------------

    def _day_opened(self, row: Row, body: Json) -> None:
        if body["day"] <= self.day or body["day"] != row.day:
            self._wrong(UNEXPLAINED, f"{body['day']} follows {self.day or 'nothing'}")
        for ticket in self.tickets.values():
            if ticket.state not in OVER:
                self._wrong(UNEXPLAINED, f"{ticket.id} was left {ticket.state} overnight")
        for window in self.windows.values():
            if window.state != "closed":
                self._wrong(UNEXPLAINED, f"window {window.no} was left {window.state} overnight")
        self.day, self.opened = body["day"], row.seq
        self.tickets.clear()
        self.calls.clear()
        self.numbers.clear()
        self.windows = {no: Window(no) for no in self.plan.windows}

    # --- tickets --------------------------------------------------------------------------------

    def _issued(self, row: Row, body: Json) -> None:
        ticket, number = body["ticket"], body["number"]
        if number in self.numbers or ticket in self.tickets:
            self._wrong(DOUBLED, f"{number} was given before on {self.day}")
        if not number.startswith(body["series"]) or ticket != f"{self.day}-{number}":
            self._wrong(UNEXPLAINED, f"{ticket} is not the ticket of {number} on {self.day}")
        self.numbers.add(number)
        codes = tuple(body["items"])
        self.tickets[ticket] = Ticket(
            id=ticket,
            number=number,
            codes=codes,
            order=body["order"],
            seniority=body["seniority"],
            issued_at=row.at,
            states=["open"] * len(codes),
            results=[None] * len(codes),
        )

    def _on_ticket(self, row: Row, body: Json) -> None:
        ticket = self.tickets.get(body["ticket"])
        if ticket is None:
            self._wrong(UNEXPLAINED, f"nobody was given {body['ticket']} on {self.day}")
            return
        if row.type in PAPER:
            ticket.paper = PAPER[row.type]
            if row.type not in ENDS:
                if ticket.state not in PAPER_STATES:
                    self._wrong(UNEXPLAINED, f"{ticket.number} is {ticket.state}")
                return
        if row.type == UNDONE:
            self._undone(ticket, body["window"])
            return
        before, after = ticket.state, self._next(ticket, row.type, body.get("window"))
        self._hands(ticket, before, body.get("window"), row.type)
        if row.type in UNDOABLE and body["window"] in self.windows:
            self.windows[body["window"]].before = copy.deepcopy(ticket)
        change = _CHANGES.get(row.type)
        if change is not None:
            change(self, ticket, row, body)
        self._move(ticket, after, body.get("window"))

    def _undone(self, ticket: Ticket, no: int) -> None:
        """Put the ticket back to what it was before the last key at the window."""
        window = self.windows[no]
        before, window.before = window.before, None
        if before is None or before.id != ticket.id or window.hand not in (None, ticket.id):
            self._wrong(UNEXPLAINED, f"window {no} has no key of {ticket.number} to take back")
            return
        before.paper = ticket.paper
        self.tickets[ticket.id] = before
        self._move(before, before.state, no)

    def _next(self, ticket: Ticket, event: str, no: int | None) -> str:
        after = TICKET_LIFE.get((ticket.state, event))
        if event == SENT_BACK:
            after = ("waiting" if no is None else "held") if ticket.state == "handed" else None
        if after is not None:
            return after
        twice = event == "ticket.called" and ticket.state in IN_HAND
        where = f" at window {ticket.window}" if ticket.window is not None else ""
        self._wrong(
            TWICE_CALLED if twice else UNEXPLAINED, f"{ticket.number} is {ticket.state}{where}"
        )
        return ENDS.get(event, "waiting")

    def _hands(self, ticket: Ticket, before: str, no: int | None, event: str) -> None:
        """Whether the event's window is the one that has, or may take, the ticket in hand."""
        if event in ANOTHER_WINDOW:
            return
        expected = ticket.window if before in IN_HAND else None
        if before == "held" and event == "ticket.requeued":
            expected = ticket.origin
        if no != expected:
            self._wrong(
                UNEXPLAINED, f"{ticket.number} is at window {expected}, the event says {no}"
            )

    def _move(self, ticket: Ticket, after: str, no: int | None) -> None:
        if after not in IN_HAND and ticket.window is not None:
            if self.windows[ticket.window].hand == ticket.id:
                self.windows[ticket.window].hand = None
            ticket.window, ticket.planned = None, ()
        if after not in IN_HAND:
            ticket.states = ["open" if state == "active" else state for state in ticket.states]
        ticket.state = after
        if after in IN_HAND and no in self.windows:
            ticket.window = no
            self.windows[no].hand = ticket.id
        call = self.calls.get(ticket.id)
        if call is not None:
            call.state, call.times = CALL_STATES.get(after, "gone"), ticket.calls

    def _called(self, ticket: Ticket, row: Row, body: Json) -> None:
        window = self.windows.get(body["window"])
        if window is None:
            self._wrong(UNEXPLAINED, f"there is no window {body['window']}")
            return
        if window.hand not in (None, ticket.id):
            self._wrong(TWICE_CALLED, f"window {window.no} has {window.hand} in hand")
        if ticket.target not in (None, window.no) or ticket.origin not in (None, window.no):
            self._wrong(UNEXPLAINED, f"{ticket.number} is meant for another window")
        if window.state != "open" or window.clerk != body["clerk"]:
            self._wrong(UNEXPLAINED, f"window {window.no} is {window.state}, with {window.clerk}")
        for index in body["items"]:
            skill = self.plan.skills[ticket.codes[index]]
            if ticket.states[index] != "open" or skill not in window.skills:
                self._wrong(UNEXPLAINED, f"window {window.no} cannot do item {index + 1}")
        ticket.planned, ticket.calls = tuple(body["items"]), 1
        ticket.called_at, ticket.arrived_at = row.at, None
        ticket.origin, window.before = None, None
        self._show(Call(row.seq, ticket.id, ticket.number, window.no))

    def _recalled(self, ticket: Ticket, row: Row, body: Json) -> None:
        ticket.calls += 1
        call = self.calls.get(ticket.id)
        if call is not None:
            self._show(call)

    def _show(self, call: Call) -> None:
        self.calls.pop(call.ticket, None)
        self.calls[call.ticket] = call
        while len(self.calls) > CALLS_SHOWN:
            del self.calls[next(iter(self.calls))]

    def _arrived(self, ticket: Ticket, row: Row, body: Json) -> None:
        ticket.arrived_at = row.at
        ticket.target = None

    def _held(self, ticket: Ticket, row: Row, body: Json) -> None:
        ticket.origin = body["window"]

    def _handed(self, ticket: Ticket, row: Row, body: Json) -> None:
        ticket.origin, ticket.target = body["window"], body["to"]

    def _accepted(self, ticket: Ticket, row: Row, body: Json) -> None:
        if body["window"] != ticket.target:
            self._wrong(UNEXPLAINED, f"{ticket.number} was handed to window {ticket.target}")
        ticket.origin = None

    def _sent_back(self, ticket: Ticket, row: Row, body: Json) -> None:
        if body["window"] not in (None, ticket.origin):
            self._wrong(UNEXPLAINED, f"{ticket.number} came from window {ticket.origin}")
        ticket.origin, ticket.target = body["window"], None

    def _redirected(self, ticket: Ticket, row: Row, body: Json) -> None:
        index = body["item"]
        codes = list(ticket.codes)
        codes[index] = body["service"]
        ticket.codes, ticket.target = tuple(codes), None
        ticket.states[index] = "open"

    def _freed(self, ticket: Ticket, row: Row, body: Json) -> None:
        ticket.target = None

    def _nowhere(self, ticket: Ticket, row: Row, body: Json) -> None:
        ticket.origin = None

    def _item_started(self, ticket: Ticket, row: Row, body: Json) -> None:
        index = body["item"]
        if ticket.states[index] != "open" or index not in ticket.planned:
            self._wrong(UNEXPLAINED, f"item {index + 1} of {ticket.number} cannot begin")
        ticket.states[index] = "active"

    def _item_finished(self, ticket: Ticket, row: Row, body: Json) -> None:
        index = body["item"]
        if ticket.states[index] != "active":
            self._wrong(UNEXPLAINED, f"item {index + 1} of {ticket.number} was not in hand")
        ticket.states[index], ticket.results[index] = "done", body["result"]

    def _requeued(self, ticket: Ticket, row: Row, body: Json) -> None:
        ticket.origin = None
        if "active" in ticket.states or "open" not in ticket.states:
            self._wrong(UNEXPLAINED, f"{ticket.number} has nothing to wait for")

    def _finished(self, ticket: Ticket, row: Row, body: Json) -> None:
        if set(ticket.states) != {"done"}:
            self._wrong(UNEXPLAINED, f"{ticket.number} is not done: {ticket.states}")

    # --- windows --------------------------------------------------------------------------------

    def _on_window(self, row: Row, body: Json) -> None:
        window = self.windows.get(body["window"])
        if window is None:
            self._wrong(UNEXPLAINED, f"there is no window {body['window']}")
            return
        after = WINDOW_LIFE.get((window.state, row.type))
        if after is None:
            self._wrong(UNEXPLAINED, f"window {window.no} is {window.state}")
            after = ENDS[row.type]
        if window.hand is not None and row.type != "window.resumed":
            self._wrong(UNEXPLAINED, f"window {window.no} has {window.hand} in hand")
        window.state = after
        window.reason, window.until = body.get("reason"), body.get("until")
        window.before = None
        if row.type == "window.opened":
            window.clerk, window.skills = body["clerk"], frozenset(body["skills"])
        elif after == "closed":
            window.clerk = None


_CHANGES: dict[str, Callable[[Hall, Ticket, Row, Json], None]] = {
    "ticket.called": Hall._called,
    "ticket.recalled": Hall._recalled,
    "ticket.arrived": Hall._arrived,
    "item.started": Hall._item_started,
    "item.finished": Hall._item_finished,
    "ticket.requeued": Hall._requeued,
    "ticket.finished": Hall._finished,
    "ticket.held": Hall._held,
    "ticket.lapsed": Hall._nowhere,
    "ticket.handed": Hall._handed,
    "ticket.accepted": Hall._accepted,
    SENT_BACK: Hall._sent_back,
    "ticket.redirected": Hall._redirected,
    "ticket.freed": Hall._freed,
}
