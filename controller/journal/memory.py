"""A journal that lives as long as its process: for tests and for simulated days."""

from collections.abc import Iterator
from dataclasses import fields

from controller.hall.day_events import DayOpened
from controller.hall.events import TicketIssued
from controller.journal.base import (
    ABSENCE_DAYS,
    ANSWER_DAYS,
    BOOKING_KEY_DAYS,
    VISIT_DAYS,
    AbsenceRow,
    AnnouncementRow,
    Batch,
    BlockRow,
    BookingKeyRow,
    BookingRow,
    ChainBroken,
    DayKeyRow,
    JournalError,
    PersonRow,
    Record,
    Row,
    StoredAnswer,
    Verdict,
    VisitRow,
    days_before,
)
from controller.journal.codec import GENESIS, body_of, digest


class MemoryJournal:
    """See `Journal`; nothing here is durable."""

    def __init__(self) -> None:
        """Begin empty."""
        self.records: list[Record] = []
        self._digests: list[str] = []
        self._numbers: set[tuple[str, str, int]] = set()
        self._answers: dict[str, StoredAnswer] = {}
        self._rows: dict[tuple[type[Row], object], Row] = {}

    def append(self, batch: Batch) -> None:
        """See `Journal.append`."""
        numbers = [
            (r.day, r.event.series, r.event.ordinal)
            for r in batch.records
            if isinstance(r.event, TicketIssued)
        ]
        expected = range(self.last_seq() + 1, self.last_seq() + 1 + len(batch.records))
        ids = {a.request_id for a in batch.answers}
        repeated = len(ids) < len(batch.answers) or not ids.isdisjoint(self._answers)
        if [r.seq for r in batch.records] != list(expected):
            raise JournalError("the events do not follow the last one")
        if len(set(numbers)) < len(numbers) or not self._numbers.isdisjoint(numbers) or repeated:
            raise JournalError("a number or request id is used twice")
        for r in batch.records:
            previous = self._digests[-1] if self._digests else GENESIS
            self._digests.append(digest(previous, r, r.event.version, body_of(r.event)))
            self.records.append(r)
        self._numbers.update(numbers)
        self._answers |= {a.request_id: a for a in batch.answers}
        for row in batch.rows:
            self._rows[type(row), getattr(row, fields(row)[0].name)] = row

    def read(self, after: int = 0, limit: int | None = None) -> Iterator[Record]:
        """See `Journal.read`."""
        return iter(self.records[after : None if limit is None else after + limit])

    def day_start(self) -> int:
        """See `Journal.day_start`."""
        days = [r.seq for r in self.records if isinstance(r.event, DayOpened)]
        return days[-1] - 1 if days else 0

    def last_seq(self) -> int:
        """See `Journal.last_seq`."""
        return len(self.records)

    def digest(self, seq: int) -> str:
        """See `Journal.digest`."""
        return self._digests[seq - 1] if 0 < seq <= len(self._digests) else ""

    def answer(self, request_id: str) -> StoredAnswer | None:
        """See `Journal.answer`."""
        return self._answers.get(request_id)

    def request_ids(self) -> Iterator[str]:
        """See `Journal.request_ids`."""
        return iter(self._answers)

    def rows(self, kind: type[Row]) -> Iterator[Row]:
        """See `Journal.rows`."""
        return (row for (k, _), row in self._rows.items() if k is kind)

    def purge(self, before_day: str) -> int:
        """See `Journal.purge`."""
        gone = [key for key, row in self._rows.items() if _over(row, before_day)]
        over = days_before(before_day, ANSWER_DAYS)
        answers = [k for k, a in self._answers.items() if a.day < over]
        for key in gone:
            del self._rows[key]
        for request_id in answers:
            del self._answers[request_id]
        return len(gone) + len(answers)

    def verify(self) -> Verdict:
        """See `Journal.verify`."""
        previous = GENESIS
        for n, (r, stored) in enumerate(zip(self.records, self._digests, strict=True), 1):
            previous = digest(previous, r, r.event.version, body_of(r.event))
            if r.seq != n or previous != stored:
                raise ChainBroken(r.seq, "does not match its digest")
        return Verdict(len(self.records), previous)

    def close(self) -> None:
        """See `Journal.close`."""


def _over(row: Row, before_day: str) -> bool:
    match row:
        case PersonRow() | DayKeyRow() | BookingRow() | AnnouncementRow():
            return row.day < before_day
        case AbsenceRow():
            return row.day < days_before(before_day, ABSENCE_DAYS)
        case BlockRow():
            return row.until < before_day
        case VisitRow():
            return row.day < days_before(before_day, VISIT_DAYS)
        case BookingKeyRow():
            return row.since < days_before(before_day, BOOKING_KEY_DAYS)
    return False
