"""The journal's port and the records that cross it.

An adapter keeps, in one atomic and durable step, the events of a batch, the answers given to its
commands and the rows of who may do what. What links a ticket to a person lives apart and can be
purged; the chain of events can be verified without it (law 7).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from controller.hall.events import Event
from controller.hall.instants import Instant
from controller.hall.ratings import MOST_SLIP_DAYS


class JournalError(Exception):
    """The journal cannot be read or written; the message says what to do."""


class ChainBroken(JournalError):
    """The hash chain does not hold: somebody or something changed the journal."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"event {seq}: {why}. Keep the file and restore from a backup.")
        self.seq = seq


@dataclass(frozen=True, slots=True)
class Record:
    """One event in the one gapless sequence of the hall."""

    seq: int
    at: Instant
    day: str
    actor: str
    event: Event


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command was answered: an HTTP status and a JSON body, as text."""

    status: int
    body: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer kept for repeats of its request id. `deed` tells the same command from another."""

    request_id: str
    day: str
    deed: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What links a ticket to a person, and what is told of the person; purged after closing.

    `key` is a keyed hash, `needs` the help that staff are to give (words with blanks between),
    `note` a word from one clerk to the next.
    """

    ticket: str
    day: str
    key: str | None
    masked: str | None = field(repr=False)
    short_code: str
    legal_class: str | None = None
    needs: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """An enrolled machine. `secret` is a SHA-256 of its token; `room` what a screen shows, by which
    an administrator approved it (``window:5``), empty if it did not say."""

    device: str
    kind: str
    name: str
    state: str
    code: str
    secret: str = field(repr=False)
    room: str = ""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A member of staff: work number, role, and argon2 hash (None until the owner set a
    password)."""

    staff_no: str
    role: str
    active: bool
    password: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class SetupRow:
    """A one-time set-up link (SHA-256 of its token); `staff_no` None is the first administrator."""

    token: str = field(repr=False)
    staff_no: str | None
    used: bool = False


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A staff session (SHA-256 of its token)."""

    token: str = field(repr=False)
    staff_no: str
    expires_at: Instant
    ended: bool = False


@dataclass(frozen=True, slots=True)
class DayKeyRow:
    """The key of a day's person hashes; destroyed by the purge."""

    day: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BookingRow:
    """An appointment. `person` is a keyed hash, `code` what its owner was told; `start` on the
    hall's wall, ISO 8601. Purged after its day."""

    booking: str
    day: str
    start: str
    item: str
    person: str | None
    code: str
    state: str


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Nobody came for an appointment; counts for a month (FR-15)."""

    booking: str
    day: str
    person: str
    cleared: bool = False


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A person who may book nothing until a day, itself excluded (FR-15); over if it is past."""

    person: str
    until: str


@dataclass(frozen=True, slots=True)
class BookingKeyRow:
    """A key for the hashes of persons with appointments, serving since a day."""

    since: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnnouncementRow:
    """A call that a device may say in a zone, and nobody else (law 6); `outcome` is empty until it
    was told. Purged after its day."""

    id: str
    day: str
    call: int
    times: int
    zone: str
    device: str
    at: Instant
    outcome: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A ticket whose last matter was done at `window`, kept for as long as the code on its slip may
    rate it. What was said of it stands elsewhere and names no ticket. `state`: ``open``, ``rated``,
    or ``revoked`` while the clerk has taken the last key back."""

    ticket: str
    day: str
    window: int
    code: str
    finished_at: Instant
    state: str = "open"


VISIT_DAYS = MOST_SLIP_DAYS
"""How long a visit is kept."""
ANSWER_DAYS = 1
"""How many days longer than people answers are kept, so that whoever asks again after midnight what
was answered before it gets the first answer."""
ABSENCE_DAYS = 30
"""How long an absence is kept."""
BOOKING_KEY_DAYS = 90
"""How long a key for appointments serves."""

Row = (
    PersonRow
    | DeviceRow
    | StaffRow
    | SetupRow
    | SessionRow
    | DayKeyRow
    | BookingRow
    | AbsenceRow
    | BlockRow
    | BookingKeyRow
    | AnnouncementRow
    | VisitRow
)


RESTORED: tuple[type[Row], ...] = (
    PersonRow,
    DayKeyRow,
    BookingRow,
    AbsenceRow,
    BlockRow,
    BookingKeyRow,
    AnnouncementRow,
    VisitRow,
)
"""Rows that the service keeps in memory; those of who may do what are restored apart."""


@dataclass(slots=True)
class Batch:
    """What becomes durable together."""

    records: list[Record] = field(default_factory=list)
    answers: list[StoredAnswer] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.records or self.answers or self.rows)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a verification: how many events, and the digest of the last."""

    events: int
    digest: str


def days_before(day: str, days: int) -> str:
    """The day so many days earlier, ISO 8601."""
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


class Journal(Protocol):
    """What the service asks of a journal. Every adapter passes the same contract tests."""

    def append(self, batch: Batch) -> None:
        """Keep a batch: all of it, durably, or nothing and an exception."""
        ...

    def read(self, after: int = 0, limit: int | None = None) -> Iterator[Record]:
        """Events with a seq above `after`, in order."""
        ...

    def day_start(self) -> int:
        """The seq just before the newest ``day.opened``; 0 in an empty journal."""
        ...

    def last_seq(self) -> int:
        """The seq of the newest event; 0 in an empty journal."""
        ...

    def digest(self, seq: int) -> str:
        """The chained digest of an event, by which all that came before it is known: of the first
        event, the hall for ever; of the newest, all it has done. Empty if there is no such event.
        """
        ...

    def answer(self, request_id: str) -> StoredAnswer | None:
        """The answer given to a request id, if it is still kept."""
        ...

    def request_ids(self) -> Iterator[str]:
        """All request ids whose answers are kept."""
        ...

    def rows(self, kind: type[Row]) -> Iterator[Row]:
        """The newest state of all rows of a kind."""
        ...

    def purge(self, before_day: str) -> int:
        """Destroy persons, day keys and appointments of the days before `before_day`, and of
        answers, absences, blocks, keys and visits what is over by then; how many rows."""
        ...

    def verify(self) -> Verdict:
        """Check the whole hash chain. Raises `ChainBroken`."""
        ...

    def close(self) -> None:
        """Release the store."""
        ...
