"""The life of tickets and windows as plain tables: what may follow what, and who may cause it.

Written down a second time on purpose: the checker shares nothing with the rules it judges. A new
event, deed or refusal of the hall is a new row here; what is in no table is a finding.
"""

from __future__ import annotations

TICKET_LIFE: dict[tuple[str, str], str] = {
    ("waiting", "ticket.called"): "called",
    ("waiting", "ticket.cancelled"): "cancelled",
    ("waiting", "ticket.voided"): "void",
    ("waiting", "ticket.dropped"): "dropped",
    ("called", "ticket.recalled"): "called",
    ("called", "ticket.arrived"): "serving",
    ("called", "ticket.passed"): "passed",
    ("called", "ticket.cancelled"): "cancelled",
    ("called", "ticket.voided"): "void",
    ("called", "ticket.dropped"): "dropped",
    ("serving", "item.started"): "serving",
    ("serving", "item.finished"): "serving",
    ("serving", "ticket.requeued"): "waiting",
    ("serving", "ticket.finished"): "finished",
    ("serving", "ticket.dropped"): "dropped",
    ("passed", "ticket.cancelled"): "cancelled",
    ("passed", "ticket.dropped"): "dropped",
}
"""(state, event) → state. An issue makes a ticket, which waits."""

PAPER: dict[str, str] = {
    "ticket.printed": "printed",
    "ticket.unproven": "unproven",
    "ticket.voided": "void",
}
"""Event → what is known of the paper."""

PAPER_STATES = frozenset(
    {"waiting", "called", "serving", "passed", "finished", "cancelled", "dropped"}
)
"""States in which paper may be spoken of without a change of state."""

IN_HAND = frozenset({"called", "serving"})
OVER = frozenset({"finished", "cancelled", "dropped", "void"})

WINDOW_LIFE: dict[tuple[str, str], str] = {
    ("closed", "window.opened"): "open",
    ("open", "window.paused"): "paused",
    ("paused", "window.resumed"): "open",
    ("open", "window.closed"): "closed",
    ("paused", "window.closed"): "closed",
}

CALL_STATES = {
    "called": "called",
    "serving": "serving",
    "waiting": "done",
    "finished": "done",
    "passed": "passed",
}
"""Ticket state → what a screen shows of its last call; all others are gone."""

CALLS_SHOWN = 40

SILENT = ("device.", "staff.", "day.learned")
"""Events that change nothing in the hall, by how their type begins."""

BY_THE_HALL = frozenset({"day.opened", "day.learned", "ticket.dropped", "window.closed"})
"""What happens without anybody asking, when a day ends."""

DEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "issue": (("ticket.issued",),),
    "print": (("ticket.printed",), ("ticket.unproven",), ("ticket.voided",)),
    "cancel": (("ticket.cancelled",),),
    "open": (("window.opened",),),
    "pause": (("window.paused",),),
    "resume": (("window.resumed",),),
    "close": (("window.closed",),),
    "call": (("ticket.called",),),
    "recall": (("ticket.recalled",),),
    "arrive": (("ticket.arrived", "item.started"),),
    "finish": (
        ("item.finished", "item.started"),
        ("item.finished", "ticket.requeued"),
        ("item.finished", "ticket.finished"),
    ),
    "pass": (("ticket.passed",),),
}
"""Deed → the events it may cause; an answer's `seq` is that of the last."""

MAY_CHANGE_NOTHING = frozenset({"open", "print"})
"""Deeds that are done already when they are asked for again under another request id."""

REFUSALS = frozenset(
    {
        "wrong-state",
        "not-your-ticket",
        "not-your-window",
        "recall-limit",
        "series-full",
        "too-soon",
        "unknown-ticket",
        "window-busy",
        "window-closed",
        "window-paused",
        "window-taken",
        "clerk-elsewhere",
    }
)
"""Refusals that people who press at the same moment, or late, meet in an ordinary hall."""
