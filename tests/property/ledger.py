"""A hall's day kept in plain dicts from its events alone: where everybody is, and what must hold.

It shares nothing with the hall's own folds. `note` refuses an event that cannot follow what was
before, `agree` compares with the hall as it says it is.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from controller.hall.events import Event
from controller.hall.model import ANYBODY, Hall, ItemState, TicketState, WindowState
from controller.hall.waiting import WaitingLines

S, W = TicketState, WindowState
LINE, OFFER, HAND, SERVED, HOLD, AWAY, BACK, SENT, ENDED = (
    "in line",
    "offered",
    "in hand",
    "being served",
    "held",
    "passed",
    "back",
    "sent on",
    "ended",
)
STATE_OF = {
    S.WAITING: LINE,
    S.OFFERED: OFFER,
    S.CALLED: HAND,
    S.SERVING: SERVED,
    S.HELD: HOLD,
    S.PASSED: AWAY,
    S.RETURNED: BACK,
    S.HANDED: SENT,
    S.FINISHED: ENDED,
    S.CANCELLED: ENDED,
    S.DROPPED: ENDED,
    S.VOID: ENDED,
}

# What may happen to a ticket, where it may be then, and where it is after it; None: where it was.
MOVES: dict[str, tuple[set[str], str | None]] = {
    "ticket.printed": ({*STATE_OF.values()}, None),
    "ticket.unproven": ({*STATE_OF.values()}, None),
    "ticket.reprinted": ({*STATE_OF.values()} - {ENDED}, None),
    "ticket.voided": ({LINE, OFFER, HAND}, ENDED),
    "ticket.granted": ({LINE, AWAY, BACK, SENT}, None),
    "ticket.offered": ({LINE}, OFFER),
    "ticket.declined": ({OFFER}, LINE),
    "ticket.called": ({LINE, OFFER, HOLD, AWAY, BACK}, HAND),
    "ticket.recalled": ({HAND}, None),
    "ticket.arrived": ({HAND}, SERVED),
    "item.started": ({SERVED}, None),
    "item.finished": ({SERVED}, None),
    "ticket.requeued": ({SERVED, HOLD}, LINE),
    "ticket.finished": ({SERVED}, ENDED),
    "ticket.passed": ({HAND}, AWAY),
    "ticket.returned": ({AWAY}, BACK),
    "ticket.rejoined": ({BACK}, LINE),
    "ticket.cancelled": ({*STATE_OF.values()} - {ENDED, SERVED}, ENDED),
    "ticket.dropped": ({*STATE_OF.values()} - {ENDED}, ENDED),
    "ticket.held": ({HAND, SERVED}, HOLD),
    "ticket.lapsed": ({HOLD}, AWAY),
    "ticket.handed": ({HAND, SERVED}, SENT),
    "ticket.accepted": ({SENT}, LINE),
    "ticket.arranged": ({LINE, AWAY, BACK}, None),
    "ticket.bound": ({LINE, AWAY, BACK}, None),
    "ticket.freed": ({*STATE_OF.values()} - {ENDED, HAND, SERVED, SENT}, None),
}


class Ledger:
    """Who is where. A ticket's entry: `at`, `window`, `seniority`, `items` (code, done)."""

    def __init__(self) -> None:
        self.day = ""
        self.numbers: set[tuple[str, str]] = set()
        self.tickets: dict[str, dict[str, Any]] = {}
        self.windows: dict[int, str] = {}
        self.taken_back: dict[int, tuple[str, dict[str, Any]]] = {}
        self.reserved: dict[tuple[str, int], str] = {}
        self.hold_limit = 3

    # --- what happens ---------------------------------------------------------------------------

    def note(self, event: Event) -> None:
        """Take an event over."""
        e: Any = event
        if e.type == "day.opened":
            self._opened(e.day)
        elif e.type == "policy.changed":
            self.hold_limit = e.value if e.name == "hold_limit" else self.hold_limit
        elif e.type == "numbers.leased":
            self._leased(e)
        elif e.type == "numbers.doubted":
            for series, first, last in e.blocks:
                self._set_aside(series, first, last, ANYBODY)
        elif e.type == "ticket.issued":
            self._issued(e)
        elif e.type in ("ticket.redirected", "ticket.sent_back", "ticket.undone"):
            getattr(self, "_" + e.type.removeprefix("ticket."))(e)
        elif e.type in MOVES:
            self._moved(e)
        elif e.type.startswith("window."):
            self._window(e)
        else:
            assert e.type.split(".")[0] in {"day", "roster", "notice", "emergency", "help"}, e.type

    def _opened(self, day: str) -> None:
        assert day > self.day
        assert {t["at"] for t in self.tickets.values()} <= {ENDED}, "nobody is left in yesterday"
        assert not self.windows, "nobody works into the new day"
        self.day = day
        self.tickets, self.reserved, self.taken_back = {}, {}, {}

    def _leased(self, e: Any) -> None:
        mine = [n for n, to in self.reserved.items() if (n[0], to) == (e.series, e.device)]
        assert len(mine) <= 5, "whoever asks for a second block has one at most"
        self._set_aside(e.series, e.first, e.last, e.device)

    def _set_aside(self, series: str, first: int, last: int, whose: str) -> None:
        block = {(series, ordinal) for ordinal in range(first, last + 1)}
        out = {ticket["series"] for ticket in self.tickets.values()}
        assert not block & out, "a number that is out is set aside for nobody"
        assert not block & self.reserved.keys(), "nor is one that is set aside for somebody"
        self.reserved |= dict.fromkeys(block, whose)

    def _issued(self, e: Any) -> None:
        assert (self.day, e.number) not in self.numbers, "one number, one ticket, per day"
        assert self.reserved.pop((e.series, e.ordinal), e.issuer) in (e.issuer, ANYBODY)
        self.numbers.add((self.day, e.number))
        self.tickets[e.ticket] = {
            "at": LINE,
            "window": None,
            "series": (e.series, e.ordinal),
            "seniority": e.seniority,
            "items": [(code, False) for code in e.items],
            "number": e.number,
        }

    def _moved(self, e: Any) -> None:
        entry = self.tickets[e.ticket]
        allowed, to = MOVES[e.type]
        assert entry["at"] in allowed, f"{e.type} of a ticket that is {entry['at']}"
        window = getattr(e, "window", None)
        if entry["at"] in {OFFER, HAND, SERVED, HOLD} and window is not None:
            assert window == entry["window"], f"{e.type} by a window that does not have it"
        self._before_a_key(e, entry)
        if e.type == "item.finished":
            assert entry["items"][e.item][1] is False
            entry["items"][e.item] = (entry["items"][e.item][0], True)
        if to is not None:
            entry["at"] = to
            entry["window"] = window if to in {OFFER, HAND, SERVED, HOLD} else None
        if e.type == "ticket.held":
            self._within_limit(window)
        if e.type == "ticket.called":
            self.taken_back.pop(window, None)

    def _within_limit(self, window: int | None) -> None:
        held = [t for t in self.tickets.values() if (t["at"], t["window"]) == (HOLD, window)]
        assert len(held) <= self.hold_limit, "a window holds no more than it may (FR-38)"

    def _before_a_key(self, e: Any, entry: dict[str, Any]) -> None:
        """Remember how it was before a key that may be taken back."""
        if e.type in (
            "ticket.arrived",
            "item.finished",
            "ticket.passed",
            "ticket.held",
            "ticket.handed",
        ):
            self.taken_back[e.window] = (e.ticket, {**entry, "items": [*entry["items"]]})

    def _redirected(self, e: Any) -> None:
        entry = self.tickets[e.ticket]
        if e.window is not None:
            assert (entry["at"], entry["window"]) in {(HAND, e.window), (SERVED, e.window)}
            self.taken_back[e.window] = (e.ticket, {**entry, "items": [*entry["items"]]})
            entry["at"], entry["window"] = LINE, None
        else:
            assert entry["at"] in {LINE, AWAY, BACK}
        assert entry["items"][e.item][1] is False, "what is done stays what it was"
        entry["items"][e.item] = (e.service, False)

    def _sent_back(self, e: Any) -> None:
        entry = self.tickets[e.ticket]
        assert entry["at"] == SENT
        entry["at"], entry["window"] = (LINE, None) if e.window is None else (HOLD, e.window)
        if e.window is not None:
            self._within_limit(e.window)

    def _undone(self, e: Any) -> None:
        ticket, was = self.taken_back.pop(e.window)
        assert ticket == e.ticket
        assert self.tickets[ticket]["at"] != OFFER, "the offer was withdrawn first"
        assert self.tickets[ticket]["window"] in {None, e.window}
        self.tickets[ticket] = was

    def _window(self, e: Any) -> None:
        """Windows as words: open, paused; closed ones are not there."""
        what = e.type.removeprefix("window.")
        state = self.windows.get(e.window, "closed")
        if what == "opened":
            assert state == "closed"
            self.windows[e.window] = "open"
        elif what == "closed":
            assert state != "closed"
            assert not self._of(e.window), "a window that closes leaves nobody behind"
            del self.windows[e.window]
        elif what == "paused":
            assert state == "open"
            assert not any(t["at"] != HOLD for t in self._of(e.window)), "nobody is in hand"
            self.windows[e.window] = "paused"
        elif what == "resumed":
            assert state == "paused"
            self.windows[e.window] = "open"
        if what in ("closed", "paused"):
            self.taken_back.pop(e.window, None)

    def _of(self, window: int) -> list[dict[str, Any]]:
        return [t for t in self.tickets.values() if t["window"] == window]

    # --- what must hold -------------------------------------------------------------------------

    def agree(self, hall: Hall) -> None:
        """Whether the hall says the same, and all that it looks things up by is true."""
        assert set(hall.tickets) == set(self.tickets)
        for id, ticket in hall.tickets.items():
            mine = self.tickets[id]
            assert STATE_OF[ticket.state] == mine["at"], id
            assert ticket.seniority == mine["seniority"], "seniority is never lost (law 9)"
            assert ticket.number == mine["number"]
            assert [(i.service, i.state is ItemState.DONE) for i in ticket.items] == mine["items"]
            where = ticket.window if ticket.state in {S.CALLED, S.SERVING} else ticket.origin
            if mine["at"] in {OFFER, HAND, SERVED, HOLD}:
                assert where == mine["window"]
        self._windows_agree(hall)
        check_indexes(hall)

    def _windows_agree(self, hall: Hall) -> None:
        for no, window in hall.windows.items():
            here = {
                at: [i for i, t in self.tickets.items() if (t["window"], t["at"]) == (no, at)]
                for at in (OFFER, HAND, SERVED, HOLD)
            }
            in_hand = here[HAND] + here[SERVED]
            assert len(in_hand) <= 1, "a window has at most one called or serving ticket (law 2)"
            assert len(here[OFFER]) <= 1
            assert not (in_hand and here[OFFER]), "whoever is busy is offered nobody"
            assert window.ticket == (in_hand[0] if in_hand else None)
            assert window.offer == (here[OFFER][0] if here[OFFER] else None)
            assert sorted(window.held) == sorted(here[HOLD])
            assert window.state == self.windows.get(no, "closed")
            assert (window.clerk is None) == (window.state is W.CLOSED)
            if window.state is not W.OPEN:
                assert not in_hand
                assert not here[OFFER]


def check_indexes(hall: Hall) -> None:
    """Everything the hall keeps for looking up is what the tickets and windows say."""
    tickets = hall.tickets.values()
    lines = WaitingLines()
    for t in tickets:
        if t.state is S.WAITING:
            lines.join(t.id, t.seniority, t.order, t.kind())
    assert sorted(hall.waiting.tickets()) == sorted(lines.tickets())
    assert dict(hall.waiting.all_lines()) == dict(lines.all_lines())
    for skill in hall.plan.skills:
        assert hall.waiting.count(skill) == lines.count(skill)
    items = {s: n for s, n in hall.waiting.items.items() if n}
    assert items == {s: n for s, n in lines.items.items() if n}
    assert dict(hall.deadlines) == {t.id: t.due for t in tickets if t.due is not None}
    timed = {S.OFFERED, S.HELD, S.RETURNED, S.HANDED}
    assert all((t.deadline is not None) == (t.state in timed | {S.PASSED}) for t in tickets)
    assert set(hall.returned) == {t.id for t in tickets if t.state is S.RETURNED}
    assert hall.meant == {t.id for t in tickets if t.target is not None}
    for t in (t for t in tickets if t.target is not None and t.window is None):
        window = hall.windows[t.target or 0]
        assert window.clerk is not None, "nobody waits for a window that has gone"
        assert t.doable(window.skills), "nobody waits for a window that can do nothing for them"
    seated = {w.clerk: w.no for w in hall.windows.values() if w.clerk is not None}
    assert hall.at_window == seated
    posts = [(w.no, w.clerk, w.skills) for w in hall.windows.values() if w.clerk is not None]
    assert hall.staffing == tuple(sorted(posts, key=lambda p: p[0]))
    assert hall.staying <= set(hall.at_window.values())
    assert not hall.staying & (hall.on_duty or frozenset())
    drawn = Counter(d for t in tickets if t.state not in {S.CANCELLED, S.VOID} for d in t.drawn)
    assert {k: n for k, n in hall.quota.items() if n} == dict(drawn)
    for t in tickets:
        active = [i for i in t.items if i.state is ItemState.ACTIVE]
        most = 1 if t.state is S.SERVING else 0
        least = most if not hall.plan.rules.separate_arrival else 0
        assert least <= len(active) <= most
        assert (t.state is S.FINISHED) == (not t.remaining)
