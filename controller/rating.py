"""What the writer does about ratings: a visit that ends may be rated, once (FR-52)."""

from collections.abc import Iterable
from dataclasses import replace

from controller.deed import Transaction
from controller.hall import refusals as r
from controller.hall.events import TicketFinished, TicketUndone
from controller.hall.evolve import Applied
from controller.hall.rating_events import AT_WINDOW, BY_SLIP, RatingExplained, RatingGiven
from controller.hall.ratings import (
    Visit,
    check_at_window,
    check_reasons,
    is_fast,
    slip_is_over,
)
from controller.journal.base import VisitRow
from controller.persons import written_code

OPEN, RATED, REVOKED = "open", "rated", "revoked"


def follow(tx: Transaction, applied: Iterable[Applied]) -> None:
    """Open a visit for rating when its last matter is done, and close it again when the clerk takes
    that back; what was rated stays rated."""
    for a in applied:
        if isinstance(a.event, TicketFinished):
            _opened(tx, a.event.ticket, a.event.window)
        elif isinstance(a.event, TicketUndone) and a.event.what == "finish":
            known = tx.visit(a.event.ticket)
            if known is not None and known.state == OPEN:
                tx.keep(replace(known, state=REVOKED))


def _opened(tx: Transaction, ticket: str, window: int) -> None:
    known = tx.visit(ticket)
    state = RATED if known is not None and known.state == RATED else OPEN
    code = tx.person(ticket).short_code
    tx.keep(VisitRow(ticket, tx.hall.day, window, code, tx.now.at, state))


def rate_at_window(tx: Transaction, ticket: str, window: int, level: int) -> int:
    """Rate a visit at the window where it ended; the seq of the rating."""
    row = tx.visit(ticket)
    visit = _visit(tx, row, window)
    rules = tx.hall.plan.rules
    check_at_window(visit, tx.now.at, rules.rating_asked_for, rules.rating_days)
    assert row is not None
    assert visit is not None
    return _given(tx, row, level, (), AT_WINDOW, is_fast(visit, tx.now.at))


def explain(tx: Transaction, rating: int, reasons: tuple[str, ...]) -> None:
    """Say why the rating with this seq is low."""
    tx.record(RatingExplained(rating, reasons))


def rate_by_code(tx: Transaction, code: str, level: int, reasons: tuple[str, ...]) -> int:
    """Rate a visit by the code on its slip; the seq of the rating."""
    check_reasons(level, reasons)
    code = written_code(code)
    row = tx.visit(tx.visit_of_code(code) or "")
    days = tx.hall.plan.rules.rating_days
    if row is None and tx.ticket_of_code(code) is not None:
        raise r.NotFinishedYet()
    if row is None or slip_is_over(row.day, tx.hall.day, days):
        raise r.UnknownSlip(days=days)
    if row.state == REVOKED:
        raise r.NotFinishedYet()
    if row.state == RATED:
        raise r.AlreadyRated()
    return _given(tx, row, level, reasons, BY_SLIP, False)


def _visit(tx: Transaction, row: VisitRow | None, window: int) -> Visit | None:
    """The visit as the rules see it; None unless it may be rated at this window."""
    if row is None or row.window != window or row.state == REVOKED:
        return None
    at = tx.hall.windows.get(window)
    current = at is not None and at.ticket is None and tx.last_visit(window) == row.ticket
    return Visit(window, row.finished_at, row.state == RATED, current)


def _given(
    tx: Transaction, row: VisitRow, level: int, reasons: tuple[str, ...], channel: str, fast: bool
) -> int:
    tx.keep(replace(row, state=RATED))
    given = RatingGiven(row.window, row.day, level, tuple(reasons), channel, fast)
    return tx.record(given).seq
