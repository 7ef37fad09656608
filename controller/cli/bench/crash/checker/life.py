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
    ("passed", "ticket.returned"): "returned",
    ("passed", "ticket.freed"): "passed",
    ("returned", "ticket.rejoined"): "waiting",
    ("returned", "ticket.freed"): "returned",
    ("returned", "ticket.cancelled"): "cancelled",
    ("returned", "ticket.dropped"): "dropped",
    ("called", "ticket.held"): "held",
    ("serving", "ticket.held"): "held",
    ("held", "ticket.called"): "called",
    ("held", "ticket.lapsed"): "passed",
    ("held", "ticket.requeued"): "waiting",
    ("held", "ticket.cancelled"): "cancelled",
    ("held", "ticket.dropped"): "dropped",
    ("called", "ticket.handed"): "handed",
    ("serving", "ticket.handed"): "handed",
    ("handed", "ticket.accepted"): "waiting",
    ("handed", "ticket.cancelled"): "cancelled",
    ("handed", "ticket.dropped"): "dropped",
    ("called", "ticket.redirected"): "waiting",
    ("serving", "ticket.redirected"): "waiting",
    ("waiting", "ticket.freed"): "waiting",
    ("waiting", "ticket.offered"): "offered",
    ("offered", "ticket.called"): "called",
    ("offered", "ticket.declined"): "waiting",
    ("offered", "ticket.cancelled"): "cancelled",
    ("offered", "ticket.voided"): "void",
    ("offered", "ticket.dropped"): "dropped",
    ("waiting", "ticket.granted"): "waiting",
    ("passed", "ticket.granted"): "passed",
    ("returned", "ticket.granted"): "returned",
    ("handed", "ticket.granted"): "handed",
    ("waiting", "ticket.arranged"): "waiting",
    ("passed", "ticket.arranged"): "passed",
    ("returned", "ticket.arranged"): "returned",
    ("waiting", "ticket.bound"): "waiting",
    ("passed", "ticket.bound"): "passed",
    ("returned", "ticket.bound"): "returned",
    ("waiting", "ticket.redirected"): "waiting",
    ("passed", "ticket.redirected"): "passed",
    ("returned", "ticket.redirected"): "returned",
}
"""(state, event) → state. An issue makes a ticket, which waits."""

SENT_BACK = "ticket.sent_back"
"""From handed to held, at the window it came from; to waiting if that has nobody."""
UNDONE = "ticket.undone"
"""The ticket is again what it was before the last key at the window."""
UNDOABLE = frozenset(
    {
        "ticket.arrived",
        "item.finished",
        "ticket.passed",
        "ticket.held",
        "ticket.handed",
        "ticket.redirected",
    }
)
"""Events of a key that can be taken back."""
ANOTHER_WINDOW = frozenset(
    {
        "ticket.called",
        "ticket.accepted",
        "ticket.offered",
        "ticket.declined",
        SENT_BACK,
        UNDONE,
    }
)
"""Events whose window is not the one that has the ticket in hand."""
STAYS = frozenset(
    {
        "ticket.recalled",
        "ticket.arrived",
        "item.started",
        "item.finished",
        "ticket.granted",
        "ticket.arranged",
        "ticket.bound",
        "ticket.freed",
    }
)
"""Events that leave the ticket's deadline as it was; all others set one, or end it."""

PAPER: dict[str, str] = {
    "ticket.printed": "printed",
    "ticket.unproven": "unproven",
    "ticket.voided": "void",
}
"""Event → what is known of the paper."""

REPRINTED = "ticket.reprinted"
PAPER_STATES = frozenset(
    {
        "waiting",
        "offered",
        "called",
        "serving",
        "held",
        "passed",
        "returned",
        "handed",
        "finished",
        "cancelled",
        "dropped",
    }
)
"""States in which paper may be spoken of without a change of state."""

IN_HAND = frozenset({"called", "serving"})
PATIENT = frozenset({"waiting", "offered", "returned", "handed"})
"""Who sits in the hall and waits."""
OVER = frozenset({"finished", "cancelled", "dropped", "void"})

WINDOW_LIFE: dict[tuple[str, str], str] = {
    ("closed", "window.opened"): "open",
    ("open", "window.paused"): "paused",
    ("paused", "window.resumed"): "open",
    ("open", "window.closed"): "closed",
    ("paused", "window.closed"): "closed",
    ("open", "window.ready"): "open",
}

BOOKING_LIFE: dict[tuple[str, str], str] = {
    ("booked", "appointment.cancelled"): "cancelled",
    ("booked", "appointment.arrived"): "arrived",
    ("booked", "appointment.missed"): "missed",
    ("arrived", "appointment.reopened"): "booked",
}
APPOINTMENTS = "appointment."
"""How the types of their events begin."""

CALL_STATES = {
    "called": "called",
    "serving": "serving",
    "waiting": "done",
    "offered": "done",
    "returned": "done",
    "handed": "done",
    "finished": "done",
    "passed": "passed",
}
"""Ticket state → what a screen shows of its last call; all others are gone."""

CALLS_SHOWN = 40

SILENT = ("device.", "staff.", "day.learned")
"""Events that change nothing in the hall, by how their type begins."""

BY_THE_HALL = frozenset(
    {
        "day.opened",
        "day.learned",
        "ticket.dropped",
        "ticket.lapsed",
        "ticket.rejoined",
        "ticket.freed",
        "ticket.offered",
        "ticket.called",
        SENT_BACK,
        "window.closed",
        "appointment.missed",
    }
)
"""What happens without anybody asking: when a day ends, and when somebody's time has come. A call
only of who was offered."""

Types = tuple[str, ...]


def _unoffered(*rows: Types, most: int = 1) -> tuple[Types, ...]:
    """The rows, and each with so many offers taken back before."""
    return tuple((*("ticket.declined",) * n, *row) for row in rows for n in range(most, -1, -1))


DEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "issue": (("ticket.issued",),),
    "print": (
        ("ticket.voided", "appointment.reopened"),
        ("ticket.printed",),
        ("ticket.unproven",),
        ("ticket.voided",),
    ),
    "cancel": (("ticket.cancelled",),),
    "reprint": ((REPRINTED,),),
    "grant": (("ticket.granted",),),
    "move": (("ticket.arranged",), ("ticket.redirected",)),
    "needs": (("ticket.arranged", "ticket.bound"), ("ticket.bound",)),
    "lease": (("numbers.leased",),),
    "take-in": (("ticket.issued", "ticket.printed"),),
    "report": (("ticket.issued", "ticket.printed"), ("ticket.issued", "ticket.unproven")),
    "book": (("appointment.booked",),),
    "check-in": (("ticket.issued", "appointment.arrived"),),
    "give-back": (("appointment.cancelled",),),
    "clear": (("appointment.absences_cleared",),),
    "open": (("window.opened",),),
    "pause": _unoffered(("window.paused",)),
    "resume": (("window.resumed",),),
    "close": _unoffered(
        ("ticket.requeued",) * 3 + ("window.closed",),
        ("ticket.requeued",) * 2 + ("window.closed",),
        ("ticket.requeued", "window.closed"),
        ("window.closed",),
    ),
    "call": (("ticket.called",), ("window.ready",)),
    "decline": (("ticket.declined",),),
    "recall": (("ticket.recalled",),),
    "arrive": (("ticket.arrived", "item.started"),),
    "finish": (
        ("item.finished", "item.started"),
        ("item.finished", "ticket.requeued"),
        ("item.finished", "ticket.finished"),
    ),
    "pass": (("ticket.passed",),),
    "drop": (("ticket.dropped",),),
    "return": (("ticket.returned",),),
    "hold": (("ticket.held",),),
    "call-back": _unoffered(("ticket.called",)),
    "transfer": (("ticket.handed",), ("ticket.redirected",)),
    "accept": (("ticket.accepted",),),
    "send-back": ((SENT_BACK,),),
    "undo": _unoffered((UNDONE,), most=2),
}
"""Deed → the events it may cause, the most first; an answer's `seq` is that of the last."""

MAY_CHANGE_NOTHING = frozenset({"open", "print", "grant", "move", "needs", "report"})
"""Deeds after which all may be as it was: it was so before."""

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
        "cannot-serve",
        "hold-limit",
        "same-item",
        "nothing-to-undo",
        "too-late-to-undo",
        "nothing-offered",
        "unknown-item",
        "no-low-counter",
        "reprint-limit",
        "too-late-to-reprint",
        "not-leased",
        "another-day",
        "lease-limit",
        "code-taken",
        "too-early",
        "unknown-booking",
        "too-late-to-cancel",
        "slot-full",
        "booked-that-day",
        "booking-blocked",
    }
)
"""Refusals that people who press at the same moment, or late, meet in an ordinary hall."""
