"""What kiosks, clerks, guides and supervisors do: a table of moves for each.

A move is one row: when it makes sense to who believes what, what is then asked, and what the
answer teaches. A new command of the hall is a new row here and a new row in `checker.life`.
"""

from __future__ import annotations

from dataclasses import replace

from controller.cli.bench.crash.moves import appointments as a
from controller.cli.bench.crash.moves import tickets as t
from controller.cli.bench.crash.moves import windows as w
from controller.cli.bench.crash.moves.mind import Mind, Move, any_of, look, nothing

MOST_WAITING = 150
"""With more people in the hall nobody else comes in."""


def _has_room(mind: Mind) -> bool:
    return mind.town.waiting() < MOST_WAITING


def _always(mind: Mind) -> bool:
    return True


def _gave(mind: Mind) -> bool:
    return bool(mind.given)


def _anybody(mind: Mind) -> bool:
    return bool(mind.town.given)


def _has_hand(mind: Mind) -> bool:
    return mind.hand is not None


def _called(mind: Mind) -> bool:
    return mind.hand_is("called")


def _free(mind: Mind) -> bool:
    return mind.free


_ISSUE = Move("issue", 6, _has_room, t.issue, t.issued)
_PRINT = Move("print", 5, lambda m: bool(m.unprinted), t.print_, nothing)
_BOOK = Move("book", 0.7, lambda m: bool(m.slots), a.book, a.booked)

KIOSK = (
    _ISSUE,
    _PRINT,
    Move("cancel", 0.4, _gave, t.cancel, nothing),
    Move("reprint", 0.4, _gave, t.reprint, t.reprinted),
    Move("lease", 0.3, lambda m: m.at > 0, t.lease, t.leased),
    Move("report", 0.6, lambda m: bool(m.slips) and _has_room(m), t.report, t.taken_in),
    _BOOK,
    Move("check-in", 0.5, lambda m: bool(m.booked) and _has_room(m), a.check_in, t.issued),
    Move("give-back", 0.1, lambda m: bool(m.booked), a.give_back, nothing),
)

_CALL = Move("call", 30, _free, w.at_window("call"), w.handed)
CLERK = (
    Move("open", 1, lambda m: m.state == "closed", w.at_window("open"), w.windowed),
    Move("resume", 1, lambda m: m.state == "paused", w.at_window("resume"), w.windowed),
    _CALL,
    Move("pause", 0.4, _free, w.at_window("pause", **w.PAUSE), w.windowed),
    Move("close", 0.2, _free, w.at_window("close"), w.windowed),
    Move("arrive", 10, _called, w.in_hand("arrive"), w.handed),
    Move("recall", 2, _called, w.in_hand("recall"), w.handed),
    Move("pass", 1, _called, w.in_hand("pass"), w.key),
    Move("drop", 0.3, _has_hand, w.drop, w.handed),
    Move("hold", 0.5, _has_hand, w.in_hand("hold"), w.key),
    Move(
        "call-back",
        20,
        lambda m: m.free and bool(m.held),
        w.one_of("call-back", w.held),
        w.back_here,
    ),
    Move("transfer", 0.6, _has_hand, w.transfer, w.key),
    Move("accept", 8, lambda m: bool(m.incoming), w.one_of("accept", w.incoming), look),
    Move("send-back", 2, lambda m: bool(m.incoming), w.one_of("send-back", w.incoming), look),
    Move("undo", 4, lambda m: m.undoable and m.state == "open", w.at_window("undo"), w.taken_back),
    Move(
        "finish",
        1,
        lambda m: m.hand_is("serving"),
        w.in_hand("finish", item=w.active, result=any_of(w.RESULTS)),
        w.key,
    ),
)

AUTOMATIC = (
    *(replace(move, weight=4) if move is _CALL else move for move in CLERK),
    Move("decline", 4, lambda m: m.offered, w.at_window("decline"), w.windowed),
    Move("", 30, _free, w.watch, nothing),
)
"""At a window that is offered numbers, and calls them by itself."""

GUIDE = (
    Move("issue", 1, _has_room, t.issue, t.issued),
    _PRINT,
    Move("cancel", 1, _anybody, t.cancel_any, nothing),
    Move("return", 4, _anybody, t.come_back, nothing),
    Move("reprint", 1, _anybody, t.reprint_any, t.reprinted),
    Move("grant", 3, _anybody, t.grant, nothing),
    Move("move", 5, _anybody, t.move, nothing),
    Move("needs", 3, _anybody, t.needs, nothing),
    Move("take-in", 3, lambda m: bool(m.town.slips) and _has_room(m), t.take_in, t.taken_in),
    _BOOK,
    Move("check-in", 1, lambda m: bool(m.town.booked), a.check_in_any, t.issued),
    Move("give-back", 0.3, lambda m: bool(m.town.booked), a.give_back_any, nothing),
)

SUPERVISOR = (
    Move("pause", 1, _always, w.elsewhere("pause", **w.PAUSE), nothing),
    Move("resume", 3, _always, w.elsewhere("resume"), nothing),
    Move("close", 0.5, _always, w.elsewhere("close"), nothing),
    Move("cancel", 1, _anybody, t.cancel_any, nothing),
    Move("clear", 1, lambda m: bool(m.missed), a.appeal, look),
)
