"""Durable before answered and before published (law 3), in one order, several deeds at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from controller.deed import Deed, Transaction
from controller.hall import commands as c
from controller.journal.base import SetupRow
from controller.views.board import Change
from tests.controller.hall_fixture import FakeClock
from tests.controller.service.heart import (
    HeldJournal,
    Together,
    deed,
    issue,
    service_on,
    waiting_deeds,
)

REPOSITORY = Path(__file__).resolve().parents[3]


def test_nobody_hears_of_a_deed_before_it_is_durable() -> None:
    journal = HeldJournal()
    service = service_on(journal)
    journal.notes.clear()
    service.listen(lambda changes: journal.notes.append("published"))
    journal.hold()

    def ask() -> None:
        service.submit(issue())
        journal.notes.append("answered")

    asking = Together(ask)
    assert journal.reached.wait(20)
    assert journal.notes == []
    assert service.board.tickets == {}
    journal.gate.set()
    asking.join()
    assert journal.notes == ["durable", "published", "answered"]


def test_deeds_that_gather_while_the_disk_works_are_kept_together() -> None:
    journal = HeldJournal()
    service = service_on(journal)
    journal.batches.clear()
    journal.hold()
    first = Together(lambda: service.submit(issue()))
    assert journal.reached.wait(20)
    rest = Together(*[lambda: service.submit(issue()) for _ in range(20)])
    waiting_deeds(service, 20)
    journal.gate.set()
    first.join()
    answers = [json.loads(a.body)["number"] for a in rest.join()]
    assert sorted(answers) == [f"C{n:03d}" for n in range(2, 22)]
    assert [len(b.records) for b in journal.batches] == [1, 20]


def test_a_refused_deed_in_a_batch_leaves_the_others_alone() -> None:
    journal = HeldJournal()
    service = service_on(journal)
    journal.hold()
    first = Together(lambda: service.submit(issue()))
    assert journal.reached.wait(20)
    rest = Together(
        lambda: service.submit(issue()),
        lambda: service.submit(deed(c.CallNext(9, "0517"))),
        lambda: service.submit(issue()),
    )
    waiting_deeds(service, 3)
    journal.gate.set()
    first.join()
    assert [a.status for a in rest.join()] == [200, 404, 200]


def test_changes_are_published_once_each_in_the_order_of_their_seq() -> None:
    journal = HeldJournal()
    service = service_on(journal)
    heard: list[int] = []

    def listen(changes: list[Change]) -> None:
        assert service.board.seq == changes[-1].applied.seq
        heard.extend(ch.applied.seq for ch in changes)

    service.listen(listen)
    Together(*[lambda: service.submit(issue()) for _ in range(30)]).join()
    start = journal.last_seq() - 30
    assert heard == list(range(start + 1, start + 31))


def test_a_listener_that_raises_stops_neither_the_others_nor_the_writer() -> None:
    journal = HeldJournal()
    service = service_on(journal)
    heard: list[int] = []

    def broken(changes: list[Change]) -> None:
        raise RuntimeError("a listener of a test")

    service.listen(broken)
    service.listen(lambda changes: heard.append(len(changes)))
    assert service.submit(issue()).status == 200
    assert service.submit(issue()).status == 200
    assert heard == [1, 1]


def test_every_event_falls_on_the_day_that_is_open_then() -> None:
    journal, clock = HeldJournal(), FakeClock("2026-03-31 23:59:00")
    service = service_on(journal, clock)
    service.submit(issue())
    clock.set("2026-04-01 00:00:05")
    service.submit(issue())
    assert [(r.day, r.event.type, r.actor) for r in journal.records] == [
        ("2026-03-31", "day.opened", "system"),
        ("2026-03-31", "ticket.issued", "kiosk:k-1"),
        ("2026-03-31", "ticket.dropped", "system"),
        ("2026-04-01", "day.opened", "system"),
        ("2026-04-01", "day.learned", "system"),
        ("2026-04-01", "ticket.issued", "kiosk:k-1"),
    ]


FAILING = """
import sys
from controller.journal.memory import MemoryJournal
from tests.controller.service.heart import issue, service_on

class Full(MemoryJournal):
    full = False
    def append(self, batch):
        if self.full:
            raise OSError(28, "No space left on device")
        super().append(batch)

journal = Full()
service = service_on(journal)
service.listen(lambda changes: print("published", flush=True))
print("answered", service.submit(issue()).status, flush=True)
journal.full = True
print("answered", service.submit(issue()).status, flush=True)
"""


@pytest.mark.parametrize("kind", ["OSError(28, 'full')", "SystemExit(0)", "MemoryError()"])
def test_a_journal_that_cannot_be_written_ends_the_process_without_an_answer(kind: str) -> None:
    program = FAILING.replace('OSError(28, "No space left on device")', kind)
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        env={"PYTHONPATH": str(REPOSITORY)},
    )
    assert ended.returncode == 70, ended.stderr
    told = [x for x in ended.stdout.splitlines() if x.startswith(("published", "answered"))]
    assert told == ["published", "answered 200"]
    assert "the journal cannot be written" in ended.stdout + ended.stderr


def test_a_deed_sees_the_rows_of_the_deeds_before_it_in_the_same_batch() -> None:
    """Else one set-up link that is used twice at once makes two administrators."""
    journal = HeldJournal()
    service = service_on(journal)

    def use_the_link(tx: Transaction) -> dict[str, bool]:
        first = not any(link.used for link in tx.identities.setups.values())
        tx.keep(SetupRow("t" * 64, None, used=True))
        return {"first": first}

    journal.hold()
    before = Together(lambda: service.submit(issue()))
    assert journal.reached.wait(20)
    both = Together(*[lambda: service.submit(Deed(None, use_the_link)) for _ in range(2)])
    waiting_deeds(service, 2)
    journal.gate.set()
    before.join()
    answers = [json.loads(a.body)["first"] for a in both.join()]
    assert sorted(answers) == [False, True]
