"""A deed: something that is asked of the controller and done once, by the writer alone."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

from controller.announcements import Announcements
from controller.bookings import Bookings
from controller.hall.commands import Command
from controller.hall.errors import HallError
from controller.hall.events import Event
from controller.hall.evolve import Applied
from controller.hall.instants import Moment
from controller.hall.lifecycle import decide
from controller.hall.model import Hall
from controller.hall.port import Policy
from controller.identity import Actor, Identities
from controller.journal.base import PersonRow, Row, StoredAnswer
from controller.persons import Persons

Json = dict[str, Any]


class Writer(Protocol):
    """What a transaction needs of the service."""

    hall: Hall
    identities: Identities
    persons: Persons
    bookings: Bookings
    announcements: Announcements
    seq: int

    @property
    def policy(self) -> Policy:
        """Who decides who is next."""

    def record(self, event: Event, actor: str, now: Moment) -> Applied:
        """Number an event and fold it into the working hall."""

    def pending_rows(self) -> Iterable[Row]:
        """The rows of the batch that are not durable yet."""

    def answered(self, request_id: str) -> StoredAnswer | None:
        """What a request id was answered, also in this batch; None if it is not known."""


class RequestIdReused(HallError):
    """The request id was used for another command."""

    code, status = "request-id-reused", 422
    title = "The request id was used before"
    detail = "This request_id belongs to another command. Make a new one for every deed."
    title_zh, detail_zh = "请求编号重复", "这个 request_id 已用于另一个命令，每次操作请用新的编号。"


class Transaction:
    """What a deed may do: decide commands, record events, keep rows. Runs in the writer only."""

    def __init__(self, service: Writer, actor: str, now: Moment) -> None:
        self.now = now
        self.hall = service.hall
        self.identities = service.identities
        self.bookings = service.bookings
        self.announcements = service.announcements
        self.applied: list[Applied] = []
        self.rows: list[Row] = []
        self.withdrawn: list[str] = []
        self._service = service
        self._actor = actor

    def do(self, command: Command) -> list[Applied]:
        """Decide a command and fold its events into the working hall. Raises `HallError`."""
        return [self.record(e) for e in decide(self.hall, command, self.now, self._service.policy)]

    def tickets_of(self, key: str) -> tuple[str, ...]:
        """The tickets that the person behind a keyed hash took today, also in this batch."""
        known = self._service.persons.tickets_of(key)
        new = [r.ticket for r in self._persons() if r.key == key and r.ticket not in known]
        return (*known, *dict.fromkeys(new))

    def person(self, ticket: str) -> PersonRow:
        """What is known of a ticket's person, also in this batch; an empty row if nothing is."""
        mine = [r for r in self._persons() if r.ticket == ticket]
        known = mine[-1] if mine else self._service.persons.rows.get(ticket)
        return known or PersonRow(ticket, self.hall.day, None, None, "")

    def ticket_of_code(self, code: str) -> str | None:
        """The ticket with a short code, also in this batch."""
        mine = [r.ticket for r in self._persons() if r.short_code == code]
        return mine[-1] if mine else self._service.persons.ticket_of_code(code)

    def _persons(self) -> Iterator[PersonRow]:
        rows = chain(self._service.pending_rows(), self.rows)
        return (row for row in rows if isinstance(row, PersonRow))

    def record(self, event: Event) -> Applied:
        """Let an event happen."""
        applied = self._service.record(event, self._actor, self.now)
        self.applied.append(applied)
        return applied

    def keep(self, row: Row) -> None:
        """Keep a row, durable with the events."""
        self.rows.append(row)

    def answered(self, request_id: str) -> StoredAnswer | None:
        """What a request id was answered; None if it never came."""
        return self._service.answered(request_id)

    def withdraw(self, request_id: str) -> None:
        """Let no command with this request id, which has not come yet, be done any more."""
        self.withdrawn.append(request_id)

    @property
    def seq(self) -> int:
        """The seq of the newest event, decided but perhaps not yet durable."""
        return self._service.seq


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to be done once. `request` is what was asked, in canonical form, to know a repeat
    by.

    `run` returns the answer's body. A deed without request id is the controller's own and has no
    answer kept.
    """

    actor: Actor | None
    run: Callable[[Transaction], Json]
    request_id: str | None = None
    request: str = ""
    status: int = 200

    def fingerprint(self) -> str:
        """Who asked for what."""
        return hashlib.sha256(f"{self.actor}\n{self.request}".encode()).hexdigest()
