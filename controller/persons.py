"""What the controller holds in memory of persons, from durable rows until the purge: by ticket, by
short code, by keyed hash."""

from dataclasses import dataclass, field

from controller.journal.base import PersonRow


@dataclass(slots=True)
class Persons:
    """The persons behind the tickets of the days that are not purged."""

    rows: dict[str, PersonRow] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    """Ticket by short code."""
    _tickets: dict[str, list[str]] = field(default_factory=dict)

    def apply(self, row: PersonRow) -> None:
        """Take over a durable row; a newer one of a ticket replaces it."""
        known = self.rows.get(row.ticket)
        self.rows[row.ticket] = row
        if row.short_code:
            self.codes[row.short_code] = row.ticket
        if row.key is not None and (known is None or known.key is None):
            self._tickets.setdefault(row.key, []).append(row.ticket)

    def forget(self, before_day: str) -> None:
        """Drop the persons of the days before `before_day`."""
        for ticket in [t for t, row in self.rows.items() if row.day < before_day]:
            gone = self.rows.pop(ticket)
            self.codes.pop(gone.short_code, None)
            self._tickets.pop(gone.key or "", None)

    def tickets_of(self, key: str) -> tuple[str, ...]:
        """The tickets that the person behind a keyed hash took, in order."""
        return tuple(self._tickets.get(key, ()))

    def ticket_of_code(self, code: str) -> str | None:
        """The ticket with a short code, as people write it."""
        return self.codes.get(written_code(code))


def written_code(code: str) -> str:
    """A short code as it is kept, from how people write it: ``7k3m-2q`` is ``7K3M2Q``."""
    return "".join(code.upper().replace("-", " ").split())
