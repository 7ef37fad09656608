"""A repeat of a request id gets the first answer (law 4), whenever and wherever it comes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.deed import Deed
from controller.hall import commands as c
from controller.identity import Actor, Role
from controller.journal.base import Journal
from controller.journal.sqlite import SqliteJournal
from controller.service import Service
from tests.controller.hall_fixture import FakeClock
from tests.controller.service.heart import (
    HeldJournal,
    Together,
    deed,
    issue,
    service_on,
    waiting_deeds,
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    made = SqliteJournal(tmp_path / "journal.db")
    yield made
    made.close()


def issued(journal: Journal) -> int:
    return sum(r.event.type == "ticket.issued" for r in journal.read())


def test_a_repeat_gets_the_first_answer_and_does_nothing(journal: SqliteJournal) -> None:
    service = service_on(journal)
    first = service.submit(issue("request-1"))
    assert service.submit(issue("request-1")) == first
    assert issued(journal) == 1


def test_another_request_id_is_another_deed(journal: SqliteJournal) -> None:
    service = service_on(journal)
    assert service.submit(issue("request-1")) != service.submit(issue("request-2"))
    assert issued(journal) == 2


def test_a_repeat_in_the_same_batch_gets_the_first_answer() -> None:
    journal = HeldJournal()
    service = service_on(journal)
    journal.hold()
    first = Together(lambda: service.submit(issue("before")))
    assert journal.reached.wait(20)
    twice = Together(*[lambda: service.submit(issue("same-id")) for _ in range(5)])
    waiting_deeds(service, 5)
    journal.gate.set()
    first.join()
    assert len(set(twice.join())) == 1
    assert issued(journal) == 2


def test_a_repeat_after_a_restart_gets_the_first_answer(tmp_path: Path) -> None:
    path = tmp_path / "again.db"
    journal = SqliteJournal(path)
    first = service_on(journal).submit(issue("request-1"))
    journal.close()
    journal = SqliteJournal(path)
    assert service_on(journal).submit(issue("request-1")) == first
    assert issued(journal) == 1
    journal.close()


def test_a_refusal_is_an_answer_too_and_stays_what_it_was(journal: SqliteJournal) -> None:
    clock = FakeClock()
    service = service_on(journal, clock)
    call = deed(c.CallNext(1, "0517"), "request-1")
    refused = service.submit(call)
    assert (refused.status, json.loads(refused.body)["code"]) == (409, "window-closed")
    service.submit(deed(c.OpenWindow(1, "0517")))
    assert service.submit(call) == refused


def test_the_same_id_with_another_body_or_from_another_actor_is_refused(
    journal: SqliteJournal,
) -> None:
    service = service_on(journal)
    service.submit(issue("request-1"))
    other = Actor("k-2", Role.KIOSK)
    for wrong in (issue("request-1", "T-1"), deed(c.Issue(("C-1",), "k-1"), "request-1", other)):
        answer = service.submit(wrong)
        assert (answer.status, json.loads(answer.body)["code"]) == (422, "request-id-reused")
    assert issued(journal) == 1


def test_the_first_answer_stays_after_somebody_reused_its_id(journal: SqliteJournal) -> None:
    service = service_on(journal)
    first = service.submit(issue("request-1"))
    service.submit(issue("request-1", "T-1"))
    assert service.submit(issue("request-1")) == first


def test_a_fault_of_ours_is_not_kept_as_an_answer_and_hurts_nobody(
    journal: SqliteJournal,
) -> None:
    def broken(tx: object) -> dict[str, object]:
        raise ZeroDivisionError

    service = service_on(journal)
    with pytest.raises(ZeroDivisionError):
        service.submit(Deed(None, broken, "request-1", "x"))
    assert service.submit(issue("request-2")).status == 200
    assert list(journal.request_ids()) == ["request-2"]


def test_a_purge_does_not_forget_what_was_answered_while_it_ran() -> None:
    journal = HeldJournal()
    service: Service = service_on(journal)
    asked, answered = service.ask, []

    def ask_and_be_slow(query: object, then: object) -> object:
        found = asked(query, then)  # type: ignore[arg-type]
        answered.append(f"in-between-{len(answered)}")
        service.submit(issue(answered[-1]))
        return found

    service.ask = ask_and_be_slow  # type: ignore[method-assign]
    service.purge("2026-03-17")
    assert set(answered) <= service._answered
