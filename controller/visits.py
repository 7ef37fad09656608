"""Visits that may still be rated, in memory, from durable rows until they are purged."""

from dataclasses import dataclass, field

from controller.journal.base import VISIT_DAYS, VisitRow, days_before
from controller.persons import written_code


@dataclass(slots=True)
class Visits:
    """The visits of the last days: by ticket, by code, and the last one of each window."""

    rows: dict[str, VisitRow] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    """Ticket by the code on its slip."""
    last: dict[int, str] = field(default_factory=dict)
    """The ticket that was finished last, by window."""

    def apply(self, row: VisitRow) -> None:
        """Take over a durable row; a newer one of a ticket replaces it."""
        self.rows[row.ticket] = row
        if row.code:
            self.codes[row.code] = row.ticket
        newest = self.rows.get(self.last.get(row.window, ""))
        if newest is None or newest.finished_at <= row.finished_at:
            self.last[row.window] = row.ticket

    def forget(self, before_day: str) -> None:
        """Follow a purge (`Journal.purge`)."""
        oldest = days_before(before_day, VISIT_DAYS)
        for gone in [row for row in self.rows.values() if row.day < oldest]:
            del self.rows[gone.ticket]
            self.codes.pop(gone.code, None)
            if self.last.get(gone.window) == gone.ticket:
                del self.last[gone.window]

    def ticket_of_code(self, code: str) -> str | None:
        """The ticket of a visit, by the code as people write it."""
        return self.codes.get(written_code(code))
