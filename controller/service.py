"""The heart: one writer decides commands in order, makes them durable together, and only then
tells anybody.

The writer takes all deeds that have arrived, decides and evolves them one after the other on a
private working hall, and has the journal keep the whole batch with one fsync. While that runs the
next deeds gather: this is the group commit. After it the board is folded, answers are given and
events published, in the order of their seq. If the journal cannot be written the process stops
(law 3): the working hall is then ahead of what is true.
"""

import os
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from pydantic_core import to_json

from controller.announcements import Announcements
from controller.bookings import Bookings
from controller.clock import Clock
from controller.deed import Deed, Json, RequestIdReused, Transaction
from controller.dispatch.rule import HallRule
from controller.engine import Engine, Promise
from controller.hall.commands import OpenDay
from controller.hall.days import turn_day
from controller.hall.due import next_due
from controller.hall.errors import HallError
from controller.hall.events import Event
from controller.hall.evolve import Applied, evolve
from controller.hall.instants import Moment
from controller.hall.model import Hall
from controller.hall.plan import Plan
from controller.hall.remembering import remembering
from controller.identity import Identities
from controller.journal.base import (
    RESTORED,
    Answer,
    Batch,
    BookingKeyRow,
    DayKeyRow,
    Journal,
    JournalError,
    PersonRow,
    Record,
    Row,
    StoredAnswer,
    VisitRow,
)
from controller.persons import Persons
from controller.views.board import Board, Change
from controller.views.problem import problem_document
from controller.visits import Visits

log = structlog.get_logger()

MOST_IN_A_BATCH = 256
MOST_DUE_AT_ONCE = 10_000
SYSTEM = "system"
WITHDRAWN = "withdrawn"
"""In place of the fingerprint of a command that never came: none that comes is like it."""
STOPPED = 70
"""Exit status of a controller that stopped because its journal failed (EX_SOFTWARE)."""

Listener = Callable[[list[Change]], None]


@dataclass(slots=True)
class _Waiting:
    """A deed in the inbox; or a `query` of the journal, done by the writer between two batches,
    off the hub. `then` is told what was found before anything else happens."""

    promise: Promise
    deed: Deed | None = None
    query: Callable[[Journal], Any] | None = None
    then: Callable[[Any], None] = lambda found: None


@dataclass(slots=True)
class _Prepared:
    batch: Batch = field(default_factory=Batch)
    applied: list[Applied] = field(default_factory=list)
    answers: list[tuple[Promise, Answer]] = field(default_factory=list)
    given: dict[str, StoredAnswer] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Whether it holds rows that the next deed must be able to see: who may do what."""
        return any(not isinstance(row, PersonRow | VisitRow) for row in self.batch.rows)


class Service:
    """The hall's one writer, and everything that is read from it."""

    def __init__(
        self, plan: Plan, policy: HallRule, journal: Journal, clock: Clock, engine: Engine
    ) -> None:
        """Restore the hall from its journal. Raises `JournalError`."""
        self.policy = policy
        self.clock = clock
        self.engine = engine
        self.hall = Hall(plan)
        self.board = Board(plan)
        self.identities = Identities.restore(journal)
        self.persons = Persons()
        self.bookings = Bookings()
        self.announcements = Announcements()
        self.visits = Visits()
        self.day_keys: dict[str, str] = {}
        self.lock = engine.lock()
        self.seq = 0
        self.origin = journal.digest(1)
        self.began = journal.last_seq()
        self.head = self.began, journal.digest(self.began)
        self._journal = journal
        self._answered = set(journal.request_ids())
        self._inbox = engine.inbox()
        self._listeners: list[Listener] = []
        self._batch = _Prepared()
        self._restore()

    # --- for everybody --------------------------------------------------------------------------

    def start(self) -> None:
        """Start the writer, and turn to today."""
        self.engine.spawn(self._write_for_ever)
        self.turn()

    def listen(self, listener: Listener) -> None:
        """Be told of every durable change, in order. What a listener raises is logged, no more."""
        self._listeners.append(listener)

    def submit(self, deed: Deed) -> Answer:
        """Have a deed done; returns when its answer is durable."""
        promise = self.engine.promise()
        self._inbox.put(_Waiting(promise, deed))
        return promise.get()  # type: ignore[no-any-return]

    def ask(
        self, query: Callable[[Journal], Any], then: Callable[[Any], None] = lambda found: None
    ) -> Any:
        """Ask the journal between two batches, off the hub; `then` hears the answer first."""
        promise = self.engine.promise()
        self._inbox.put(_Waiting(promise, query=query, then=then))
        return promise.get()

    def turn(self) -> None:
        """Turn to the clock's hall day, if it has come; also shows that the writer lives."""
        self.submit(Deed(None, lambda tx: {"events": len(tx.do(OpenDay()))}))

    def purge(self, before_day: str) -> int:
        """Destroy what links tickets to people of the days before `before_day`; how many rows.
        Answers are kept a day longer. Raises `JournalError` if another process is in the way."""

        def purge(journal: Journal) -> tuple[int, set[str]]:
            return journal.purge(before_day), set(journal.request_ids())

        gone, _ = self.ask(purge, lambda found: self._forget(before_day, found[1]))
        return int(gone)

    def day_key(self) -> str:
        """Today's key for hashes of persons, made durable before it is first told."""
        known = self.day_keys.get(self.board.day)
        if known is not None:
            return known

        def make(tx: Transaction) -> Json:
            key = self.day_keys.get(tx.hall.day) or secrets.token_hex(32)
            tx.keep(DayKeyRow(tx.hall.day, key))
            return {}

        self.submit(Deed(None, make))
        return self.day_keys[self.board.day]

    def booking_keys(self) -> list[str]:
        """The keys for hashes of persons with appointments, the newest first; a new one is made
        durable before it is first told."""
        if self.bookings.key_due(self.board.day):

            def make(tx: Transaction) -> Json:
                if tx.bookings.key_due(tx.hall.day):
                    tx.keep(BookingKeyRow(tx.hall.day, secrets.token_hex(32)))
                return {}

            self.submit(Deed(None, make))
        return self.bookings.serving(self.board.day)

    def pending_rows(self) -> list[Row]:
        """The rows of this batch, not durable yet (for `Transaction`)."""
        return self._batch.batch.rows

    # --- the writer -----------------------------------------------------------------------------

    def record(self, event: Event, actor: str, now: Moment) -> Applied:
        """Number an event and fold it into the working hall (for `Transaction`)."""
        self.seq += 1
        applied = evolve(self.hall, event, self.seq, now.at)
        day = self.hall.day or now.day
        self._batch.batch.records.append(Record(self.seq, now.at, day, actor, event))
        self._batch.applied.append(applied)
        return applied

    def _write_for_ever(self) -> None:
        while True:
            waiting = [self._inbox.get()]
            while len(waiting) < MOST_IN_A_BATCH and not self._inbox.empty():
                waiting.append(self._inbox.get())
            self._write(deque(w for w in waiting if w.deed is not None))
            for question in (w for w in waiting if w.query is not None):
                self._read(question)

    def _read(self, question: _Waiting) -> None:
        assert question.query is not None
        try:
            found = self.engine.call_blocking(question.query, self._journal)
            question.then(found)
        except Exception as error:
            question.promise.fail(error)
        else:
            question.promise.set(found)

    def _write(self, waiting: deque[_Waiting]) -> None:
        """Do all that waits, in batches that are each durable before the next begins."""
        while waiting:
            self._batch = _Prepared()
            try:
                while waiting and not self._batch.settled:
                    self._prepare(waiting.popleft())
                if self._batch.batch:
                    self.engine.call_blocking(self._journal.append, self._batch.batch)
                    self.origin = self.origin or self._journal.digest(1)
            except BaseException as error:
                self._stop("the journal cannot be written; stopping", error)
            try:
                self._publish()
            except BaseException as error:
                self._stop("what is durable cannot be told; stopping", error)

    def _prepare(self, w: _Waiting) -> None:
        deed = w.deed
        assert deed is not None
        try:
            answer = self._repeated(deed) or self._do(deed)
        except _Faulty as faulty:
            w.promise.fail(faulty.error)
            return
        self._batch.answers.append((w.promise, answer))

    def answered(self, request_id: str) -> StoredAnswer | None:
        """What a request id was answered, also in this batch (for `Transaction`)."""
        stored = self._batch.given.get(request_id)
        if stored is None and request_id in self._answered:
            stored = self.engine.call_blocking(self._journal.answer, request_id)
        return stored

    def _repeated(self, deed: Deed) -> Answer | None:
        stored = None if deed.request_id is None else self.answered(deed.request_id)
        if stored is None:
            return None
        if stored.deed != deed.fingerprint():
            return _refusal(RequestIdReused())
        return stored.answer

    def _do(self, deed: Deed) -> Answer:
        now = self.clock.now()
        for event in turn_day(self.hall, now):
            self.record(event, SYSTEM, now)
        self._do_what_is_due(now)
        tx = Transaction(self, str(deed.actor or SYSTEM), now)
        try:
            answer = Answer(deed.status, _dumps(deed.run(tx)))
        except HallError as error:
            if tx.applied:
                raise
            tx.rows.clear()
            answer = _refusal(error)
        except Exception as error:
            if tx.applied:
                raise
            log.exception("a deed failed", deed=deed.actor and deed.actor.role)
            raise _Faulty(error) from error
        self._do_what_is_due(now)
        self._batch.batch.rows.extend(tx.rows)
        if deed.request_id is not None:
            self._keep(deed.request_id, deed.fingerprint(), answer)
        for request_id in tx.withdrawn:
            self._keep(request_id, WITHDRAWN, answer)
        return answer

    def _keep(self, request_id: str, deed: str, answer: Answer) -> None:
        stored = StoredAnswer(request_id, self.hall.day, deed, answer)
        self._batch.batch.answers.append(stored)
        self._batch.given[request_id] = stored

    def _do_what_is_due(self, now: Moment) -> None:
        """Let happen what happens by itself: deadlines, rosters, offers."""
        for _ in range(MOST_DUE_AT_ONCE):
            events = next_due(self.hall, now, self.policy)
            if not events:
                return
            for event in events:
                self.record(event, SYSTEM, now)
        raise RuntimeError("what is due does not come to an end")

    def _publish(self) -> None:
        batch = self._batch
        self._answered.update(batch.given)
        for row in batch.batch.rows:
            self._apply(row)
        with self.lock:
            changes = [self.board.fold(applied) for applied in batch.applied]
            self.head = self.seq, self._journal.digest(self.seq)
            if changes:
                self._tell(changes)
        for promise, answer in batch.answers:
            promise.set(answer)

    def _tell(self, changes: list[Change]) -> None:
        for listener in self._listeners:
            try:
                listener(changes)
            except Exception:
                log.exception("a listener failed", seq=changes[-1].applied.seq)

    def _stop(self, why: str, error: BaseException) -> None:
        """Say why and end the process at once; a restart tells what is true."""
        log.critical(why, error=str(error), exc_info=error)
        os._exit(STOPPED)

    # --- memory ---------------------------------------------------------------------------------

    def _apply(self, row: Row) -> None:
        if isinstance(row, PersonRow):
            self.persons.apply(row)
        elif isinstance(row, VisitRow):
            self.visits.apply(row)
        elif isinstance(row, DayKeyRow):
            self.day_keys[row.day] = row.key
        else:
            self.identities.apply(row)
            self.bookings.apply(row)
            self.announcements.apply(row)

    def _forget(self, before_day: str, answered: set[str]) -> None:
        """Follow a purge, in the writer, before the next deed is done."""
        self.persons.forget(before_day)
        self.bookings.forget(before_day)
        self.announcements.forget(before_day)
        self.visits.forget(before_day)
        for day in [d for d in self.day_keys if d < before_day]:
            del self.day_keys[day]
        self._answered = answered

    def _restore(self) -> None:
        start, today = self._journal.day_start(), self.hall.plan
        opened = next(self._journal.read(start, 1), None)
        if opened is not None and opened.day < self.clock.now().day:
            # The day is over, and the configuration may have changed over night.
            plan = remembering(today, (r.event for r in self._journal.read(start)))
            self.hall, self.board = Hall(plan), Board(plan)
        for record in self._journal.read(start):
            try:
                self.board.fold(evolve(self.hall, record.event, record.seq, record.at))
            except KeyError as missing:
                raise JournalError(
                    f"event {record.seq} ({record.event.type}) names {missing}, which the hall's "
                    f"configuration no longer has. Put it back until the day is over."
                ) from missing
        self.hall.tomorrow = self.board.tomorrow = today
        self.seq = self.board.seq = self._journal.last_seq()
        for kind in RESTORED:
            for row in self._journal.rows(kind):
                self._apply(row)


class _Faulty(Exception):
    """A deed failed by a fault of ours before anything happened: nobody else is affected."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def _dumps(body: Json) -> str:
    return to_json(body).decode()


def _refusal(error: HallError) -> Answer:
    return Answer(error.status, _dumps(problem_document(error)))
