"""The journal's port and the records that cross it.

An adapter keeps, in one atomic and durable step, the events of a batch, the answers given to its
commands and the rows of who may do what. What links a ticket to a person lives apart and can be
purged; the chain of events can be verified without it (law 7).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from controller.hall.events import Event
from controller.hall.model import Instant


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
    """What links a ticket to a person; purged after closing. `key` is a keyed hash."""

    ticket: str
    day: str
    key: str | None
    masked: str | None = field(repr=False)
    short_code: str
    legal_class: str | None = None


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """An enrolled machine. `secret` is a SHA-256 of its token."""

    device: str
    kind: str
    name: str
    state: str
    code: str
    secret: str = field(repr=False)


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


Row = PersonRow | DeviceRow | StaffRow | SetupRow | SessionRow | DayKeyRow


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
        """Destroy persons, answers and day keys of the days before `before_day`; how many rows."""
        ...

    def verify(self) -> Verdict:
        """Check the whole hash chain. Raises `ChainBroken`."""
        ...

    def close(self) -> None:
        """Release the store."""
        ...
