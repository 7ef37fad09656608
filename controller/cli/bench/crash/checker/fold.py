"""The hall as its events tell it, folded by the tables of `life`; whatever does not fit is found.

An event that fits no row is applied all the same, as far as it can be, so that one fault is told
once and not with every event after it. What single events change stands in `changes`.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import date, timedelta

from controller.cli.bench.crash.checker.appointments import Appointments
from controller.cli.bench.crash.checker.chain import Row
from controller.cli.bench.crash.checker.changes import CHANGES
from controller.cli.bench.crash.checker.life import (
    ANOTHER_WINDOW,
    APPOINTMENTS,
    BY_THE_HALL,
    CALL_STATES,
    CALLS_SHOWN,
    IN_HAND,
    OVER,
    PAPER,
    PAPER_STATES,
    REPRINTED,
    SENT_BACK,
    SILENT,
    STAYS,
    TICKET_LIFE,
    UNDOABLE,
    UNDONE,
    WINDOW_LIFE,
)
from controller.cli.bench.crash.checker.nouns import Call, Ticket, Window
from controller.cli.bench.crash.checker.numbers import Numbers
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
OTHERS = {"day.opened", "ticket.issued", "numbers.leased", REPRINTED, SENT_BACK, UNDONE}
KNOWN = ENDS.keys() | PAPER.keys() | OTHERS


@dataclass(slots=True)
class Hall:
    """The state of the present hall day after the event `seq`."""

    plan: Plan
    seq: int = 0
    day: str = ""
    opened: int = 0
    """The seq with which the day began."""
    kept_from: int = 0
    """The seq with which yesterday began, or today: what was answered since then is kept."""
    midnight: int = 0
    tickets: dict[str, Ticket] = field(default_factory=dict)
    windows: dict[int, Window] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    """By ticket, the newest last."""
    numbers: Numbers = field(init=False)
    appointments: Appointments = field(init=False)
    _last_arrival: int = 0
    _found: list[Finding] = field(default_factory=list)
    _row: Row | None = None

    def __post_init__(self) -> None:
        self.windows = {no: Window(no) for no in self.plan.windows}
        self.numbers = Numbers(self.plan.digits)
        self.appointments = Appointments(self.plan)

    def take(self, row: Row, body: Json) -> list[Finding]:
        """Fold one event, whose body is read already; what is wrong with it."""
        self._found, self._row, self.seq = [], row, row.seq
        if row.type == "day.opened":
            self._day_opened(row, body)
        elif row.day != self.day and self.day:
            self.wrong(UNEXPLAINED, f"it is dated {row.day} and the hall day is {self.day}")
        if not row.type.startswith(SILENT):
            self._change(row, body)
        return self._found

    def wrong(self, kind: str, text: str) -> None:
        """Say what is wrong with the event."""
        assert self._row is not None
        self._found.append(Finding(kind, f"event {self._row.seq} {self._row.type}: {text}"))

    def _change(self, row: Row, body: Json) -> None:
        if row.actor == "system" and row.type not in BY_THE_HALL:
            self.wrong(UNEXPLAINED, "nobody asked for it")
        if row.type.startswith(APPOINTMENTS):
            self._on_appointment(row, body)
        elif row.type not in KNOWN:
            self.wrong(UNEXPLAINED, "no table of the checker knows this event")
        elif row.type == "numbers.leased":
            rules = self.plan.rules
            for kind, text in self.numbers.lease(body, rules.lease_numbers, rules.lease_blocks):
                self.wrong(kind, text)
        elif row.type == "ticket.issued":
            self._issued(row, body)
        elif row.type.startswith("window."):
            self._on_window(row, body)
        elif row.type != "day.opened":
            self._on_ticket(row, body)

    def _day_opened(self, row: Row, body: Json) -> None:
        if body["day"] <= self.day or body["day"] != row.day:
            self.wrong(UNEXPLAINED, f"{body['day']} follows {self.day or 'nothing'}")
        for ticket in self.tickets.values():
            if ticket.state not in OVER:
                self.wrong(UNEXPLAINED, f"{ticket.id} was left {ticket.state} overnight")
        for window in self.windows.values():
            if window.state != "closed":
                self.wrong(UNEXPLAINED, f"window {window.no} was left {window.state} overnight")
        self.kept_from = self.opened if _next_day(self.day) == body["day"] else row.seq
        self.day, self.opened, self.midnight = body["day"], row.seq, body["midnight"]
        self.tickets.clear()
        self.calls.clear()
        self.numbers, self._last_arrival = Numbers(self.plan.digits), 0
        self.windows = {no: Window(no) for no in self.plan.windows}

    def _on_appointment(self, row: Row, body: Json) -> None:
        known = self.appointments.known.get(body["booking"])
        ticket = self.tickets.get(body.get("ticket") or (known.ticket if known else ""))
        arrival = max(row.at, self._last_arrival)
        for kind, text in self.appointments.take(row, body, self.day, arrival, ticket):
            self.wrong(kind, text)

    # --- tickets --------------------------------------------------------------------------------

    def _issued(self, row: Row, body: Json) -> None:
        ticket, number = body["ticket"], body["number"]
        offline = (body["series"], body["ordinal"]) in self.numbers.leased
        for kind, text in self.numbers.issue(body):
            self.wrong(kind, f"{text} on {self.day}")
        if ticket in self.tickets:
            self.wrong(DOUBLED, f"{ticket} was there before")
        if ticket != f"{self.day}-{number}":
            self.wrong(UNEXPLAINED, f"{ticket} is not the ticket of {number} on {self.day}")
        arrival, slot = max(row.at, self._last_arrival), body["slot"]
        due = arrival if slot is None else max(slot, arrival)
        since = body["seniority"]
        if since > row.at if offline else since != due:
            self.wrong(UNEXPLAINED, f"{number} waits since {since}, and came at {due}")
        if slot is None:
            self._last_arrival = max(self._last_arrival, since)
        codes, only = tuple(body["items"]), body["only"]
        self.tickets[ticket] = Ticket(
            id=ticket,
            number=number,
            codes=codes,
            order=body["order"],
            seniority=since,
            issued_at=row.at,
            states=["open"] * len(codes),
            results=[None] * len(codes),
            cls=body["cls"],
            weight=body["weight"],
            slot=slot,
            only=None if only is None else tuple(only),
        )

    def _on_ticket(self, row: Row, body: Json) -> None:
        ticket = self.tickets.get(body["ticket"])
        if ticket is None:
            self.wrong(UNEXPLAINED, f"nobody was given {body['ticket']} on {self.day}")
            return
        if row.type == REPRINTED or row.type in PAPER:
            self._on_paper(ticket, row.type)
            if row.type not in ENDS:
                return
        if row.type == UNDONE:
            self._undone(ticket, body["window"])
            return
        no = body.get("window")
        before, after = ticket.state, self._next(ticket, row.type, no)
        self._hands(ticket, before, no, row.type)
        if row.type in UNDOABLE and no in self.windows:
            self.windows[no].before = copy.deepcopy(ticket)
        change = CHANGES.get(row.type)
        if change is not None:
            change(self, ticket, row, body)
        if row.type not in STAYS and (row.type, no) != ("ticket.redirected", None):
            ticket.deadline = body.get("until") if after != "waiting" else None
        self._move(ticket, after, no)

    def _on_paper(self, ticket: Ticket, event: str) -> None:
        if event == REPRINTED:
            ticket.reprints += 1
            if ticket.state in OVER or ticket.reprints > self.plan.rules.reprint_limit:
                self.wrong(
                    UNEXPLAINED, f"{ticket.number} is {ticket.state}, printed {ticket.reprints + 1}"
                )
            return
        ticket.paper = PAPER[event]
        if event not in ENDS and ticket.state not in PAPER_STATES:
            self.wrong(UNEXPLAINED, f"{ticket.number} is {ticket.state}")

    def _undone(self, ticket: Ticket, no: int) -> None:
        """Put the ticket back to what it was before the last key at the window."""
        window = self.windows[no]
        before, window.before = window.before, None
        if before is None or before.id != ticket.id or window.hand not in (None, ticket.id):
            self.wrong(UNEXPLAINED, f"window {no} has no key of {ticket.number} to take back")
            return
        if ticket.state in {*IN_HAND, "offered"} and ticket.window != no:
            self.wrong(TWICE_CALLED, f"{ticket.number} is {ticket.state} elsewhere")
        if window.offer is not None:
            self.wrong(TWICE_CALLED, f"window {no} has {window.offer} reserved")
        before.paper, before.reprints = ticket.paper, ticket.reprints
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
        self.wrong(
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
            self.wrong(UNEXPLAINED, f"{ticket.number} is at window {expected}, the event says {no}")

    def _move(self, ticket: Ticket, after: str, no: int | None) -> None:
        if ticket.state == "offered" and after != "offered" and ticket.origin in self.windows:
            self.windows[ticket.origin].offer = None
        if after not in IN_HAND and ticket.window is not None:
            if self.windows[ticket.window].hand == ticket.id:
                self.windows[ticket.window].hand = None
            ticket.window, ticket.planned = None, ()
        if after not in IN_HAND:
            ticket.states = ["open" if state == "active" else state for state in ticket.states]
        if after in OVER:
            ticket.target = None
        if after in OVER or after in {*IN_HAND, "waiting"}:
            ticket.origin = None
        ticket.state = after
        if after in IN_HAND and no in self.windows:
            ticket.window = no
            self.windows[no].hand = ticket.id
        call = self.calls.get(ticket.id)
        if call is not None:
            call.state, call.times = CALL_STATES.get(after, "gone"), ticket.calls

    def show(self, call: Call) -> None:
        """A call, or a call once more, is the newest."""
        self.calls.pop(call.ticket, None)
        self.calls[call.ticket] = call
        while len(self.calls) > CALLS_SHOWN:
            del self.calls[next(iter(self.calls))]

    # --- windows --------------------------------------------------------------------------------

    def _on_window(self, row: Row, body: Json) -> None:
        window = self.windows.get(body["window"])
        if window is None:
            self.wrong(UNEXPLAINED, f"there is no window {body['window']}")
            return
        after = WINDOW_LIFE.get((window.state, row.type))
        if after is None:
            self.wrong(UNEXPLAINED, f"window {window.no} is {window.state}")
            after = ENDS[row.type]
        if window.hand is not None and row.type != "window.resumed":
            self.wrong(UNEXPLAINED, f"window {window.no} has {window.hand} in hand")
        if window.offer is not None:
            self.wrong(UNEXPLAINED, f"window {window.no} has {window.offer} reserved")
        if row.type == "window.ready":
            if window.ready:
                self.wrong(UNEXPLAINED, f"window {window.no} wanted numbers before")
            window.ready = True
            return
        window.state = after
        window.reason, window.until = body.get("reason"), body.get("until")
        window.before, window.ready = None, window.ready or after == "open"
        if row.type == "window.opened":
            window.clerk, window.skills = body["clerk"], frozenset(body["skills"])
        elif after == "closed":
            window.clerk, window.ready = None, True


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else ""
