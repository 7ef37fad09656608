"""A restart gives back the exact state from the journal (law 10); a purge forgets people."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from controller.dispatch.rule import HallRule
from controller.engine import ThreadingEngine
from controller.hall import commands as c
from controller.hall.model import DispatchClass, PauseReason, PrintState, Result
from controller.journal.base import JournalError
from controller.journal.memory import MemoryJournal
from controller.journal.sqlite import SqliteJournal
from controller.persons import Persons
from controller.service import Service
from tests.controller.hall_fixture import FakeClock, small_plan
from tests.controller.service.heart import (
    KIOSK,
    HeldJournal,
    Together,
    deed,
    issue,
    service_on,
)

CODES = ("C-1", "C-2", "T-1", "T-2")


def random_command(chance: random.Random, service: Service) -> c.Command:
    """Something that somebody might want now."""
    no = chance.randint(1, 3)
    window = service.board.windows[no]
    clerk = window.clerk or f"05{no}{chance.randint(0, 1)}"
    ticket = window.ticket or chance.choice([*service.board.tickets, "2026-03-17-C999"])
    found = service.board.tickets.get(ticket)
    return chance.choice(
        [
            c.Issue(tuple(chance.sample(CODES, chance.randint(1, 3))), KIOSK.id),
            c.Issue((chance.choice(CODES),), KIOSK.id, chance.choice([*DispatchClass])),
            c.ConfirmPrint(ticket, chance.choice([*PrintState][1:])),
            c.Cancel(ticket) if chance.random() < 0.2 else c.CallNext(no, clerk),
            c.OpenWindow(no, clerk),
            c.PauseWindow(no, clerk, reason=chance.choice([*PauseReason])),
            c.ResumeWindow(no, clerk),
            c.CloseWindow(no, clerk) if chance.random() < 0.2 else c.CallNext(no, clerk),
            c.CallNext(no, clerk),
            c.Recall(no, clerk, ticket=ticket),
            c.Arrive(no, clerk, ticket=ticket),
            c.Arrive(no, clerk, ticket=ticket),
            c.Finish(
                no, clerk, ticket=ticket, item=(found and found.active) or 0, result=Result.DONE
            ),
            c.Pass(no, clerk, ticket=ticket),
        ]
    )


def live(service: Service, clock: FakeClock, chance: random.Random, commands: int) -> None:
    for _ in range(commands):
        service.submit(deed(random_command(chance, service)))
        clock.forward(chance.choice([0, 0.5, 20, 70]))


def assert_same(one: Service, other: Service) -> None:
    for a, b in ((one.hall, other.hall), (one.board, other.board)):
        assert (a.day, a.tickets, a.windows) == (b.day, b.tickets, b.windows)  # type: ignore[attr-defined]
    assert (one.hall.ordinals, one.hall.at_window) == (other.hall.ordinals, other.hall.at_window)
    assert (one.seq, one.board.seq) == (other.seq, other.board.seq)
    assert list(one.board.calls.items()) == list(other.board.calls.items())
    assert one.board.served == other.board.served
    assert one.board.waiting() == other.board.waiting()
    for lines, others in (
        (one.hall.waiting, other.hall.waiting),
        (one.board.lines, other.board.lines),
    ):
        assert sorted(lines.tickets()) == sorted(others.tickets())
        for skill in ("civil", "tax"):
            assert lines.count(skill) == others.count(skill)
            assert lines.oldest(skill) == others.oldest(skill)
    assert (one.persons, one.day_keys) == (
        other.persons,
        other.day_keys,
    )


@pytest.mark.parametrize("seed", range(6))
def test_hall_and_board_are_the_same_after_a_restart_on_any_day(seed: int) -> None:
    chance, clock, journal = random.Random(seed), FakeClock("2026-03-17 23:00:00"), MemoryJournal()
    service = service_on(journal, clock)
    for moment in range(4):
        live(service, clock, chance, 60)
        restarted = Service(small_plan(), HallRule(), journal, clock, ThreadingEngine())
        assert_same(service, restarted)
        if moment == 2:
            clock.set("2026-03-19 08:00:00")
            service.turn()
    assert len({r.event.type for r in journal.records}) > 12, "the days were too quiet to tell"


def test_what_the_restored_service_does_next_is_what_the_first_would_have_done(
    tmp_path: Path,
) -> None:
    path, clock = tmp_path / "journal.db", FakeClock()
    journal = SqliteJournal(path)
    service = service_on(journal, clock)
    live(service, clock, random.Random(7), 80)
    service.submit(issue(code="7K3M2Q"))
    key = service.day_key()
    journal.close()
    journal = SqliteJournal(path)
    restarted = service_on(journal, clock)
    assert_same(service, restarted)
    assert restarted.day_key() == key
    assert restarted.submit(issue()).status == 200
    assert journal.verify().events == service.seq + 1
    journal.close()


def test_a_journal_that_names_what_the_configuration_lost_is_refused_with_a_remedy() -> None:
    journal, clock = MemoryJournal(), FakeClock()
    service_on(journal, clock).submit(deed(c.OpenWindow(3, "0517")))
    plan = small_plan()
    smaller = replace(plan, windows={no: w for no, w in plan.windows.items() if no != 3})
    with pytest.raises(JournalError, match=r"window\.opened.*Put it back"):
        Service(smaller, HallRule(), journal, clock, ThreadingEngine())


def test_the_configuration_may_change_overnight_while_the_controller_is_off() -> None:
    journal, clock = MemoryJournal(), FakeClock()
    service_on(journal, clock).submit(deed(c.OpenWindow(3, "0517")))
    plan = small_plan()
    smaller = replace(plan, windows={no: w for no, w in plan.windows.items() if no != 3})
    clock.set("2026-03-18 08:00:00")
    Service(smaller, HallRule(), journal, clock, ThreadingEngine())


def test_a_purge_forgets_people_codes_and_keys_and_keeps_answers_for_a_day() -> None:
    journal = HeldJournal()
    service = service_on(journal)
    service.submit(issue("request-1", code="7K3M2Q"))
    key = service.day_key()
    assert list(service.persons.codes) == ["7K3M2Q"]
    assert service.purge("2026-03-18") == 2
    assert (service.persons, service.day_keys) == (Persons(), {})
    assert list(journal.request_ids()) == ["request-1"]
    assert service.day_key() != key
    assert len(service.board.tickets) == 1, "the tickets themselves stay"
    service.purge("2026-03-19")
    assert list(journal.request_ids()) == []


def test_a_purge_of_the_days_before_leaves_today_alone() -> None:
    clock = FakeClock()
    service = service_on(HeldJournal(), clock)
    service.submit(issue(code="YESTER"))
    clock.set("2026-03-18 08:00:00")
    service.submit(issue(code="TODAY2"))
    assert service.purge("2026-03-18") == 1
    assert list(service.persons.codes) == ["TODAY2"]


def test_two_who_ask_for_the_day_s_key_at_once_hear_the_same() -> None:
    service = service_on(HeldJournal())
    assert len(set(Together(*[service.day_key for _ in range(8)]).join())) == 1
