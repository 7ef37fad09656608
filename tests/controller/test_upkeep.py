"""What is due by the clock is done once a second and before the controller serves: days turn,
nobody of a day that is over stays known (law 7), and answers outlive the night (law 4)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config import ControllerConfig, HallConfig, load_hall
from config.controller import Server
from controller import upkeep as module
from controller.deed import Deed, Json, Transaction
from controller.engine import ThreadingEngine
from controller.hall import commands as c
from controller.journal.base import BookingRow, JournalError, PersonRow
from controller.journal.memory import MemoryJournal
from controller.server import compose
from controller.service import Service
from controller.upkeep import Upkeep
from tests.controller.hall_fixture import FakeClock
from tests.controller.service.heart import KIOSK
from tests.controller.web.process import until

DEMO = Path(__file__).resolve().parents[2] / "config" / "demo"
DAY, NEXT, LATER = "2026-03-17", "2026-03-18", "2026-03-19"
BOOKING = BookingRow("b-1", DAY, f"{DAY}T16:00:00", "RS-004", "ab" * 32, "7K3M2Q", "booked")


@pytest.fixture(scope="module")
def hall() -> HallConfig:
    return load_hall(DEMO)


class Start:
    """A controller that is started over a journal, up to where it would begin to serve."""

    def __init__(
        self, hall: HallConfig, journal: MemoryJournal, clock: FakeClock, always: bool = False
    ) -> None:
        engine = ThreadingEngine()
        config = ControllerConfig(server=Server(state_dir="unused", round_the_clock=always))
        self.ctx = compose(hall, config, journal, clock, engine).ctx
        self.service: Service = self.ctx.service
        self.upkeep = Upkeep(self.ctx, engine)
        self.service.start()
        self.upkeep.once()

    def issue(self, request_id: str | None, person: str | None) -> str:
        """A number for somebody; what is answered."""

        def run(tx: Transaction) -> Json:
            ticket = tx.do(c.Issue(("RS-004",), KIOSK.id))[0].ticket
            assert ticket is not None
            tx.keep(PersonRow(ticket.id, tx.hall.day, person, "张*三", "7K3M2Q"))
            return {"ticket": ticket.id}

        return self.service.submit(Deed(KIOSK, run, request_id, "one")).body

    def known(self) -> list[str]:
        return list(self.service.persons.rows)


def tick_by_tick(start: Start, clock: FakeClock, then: str) -> Start:
    clock.set(then)
    start.upkeep.once()
    return start


Way = Callable[[Start, FakeClock, str], Start]


@pytest.fixture(params=["runs on", "is started again"])
def on(request: pytest.FixtureRequest, hall: HallConfig) -> Way:
    """How the controller gets to a later time: it runs all the while, or it was off."""
    if request.param == "runs on":
        return tick_by_tick

    def restart(start: Start, clock: FakeClock, then: str) -> Start:
        clock.set(then)
        journal = start.service._journal
        assert isinstance(journal, MemoryJournal)
        return Start(hall, journal, clock, start.ctx.openings.round_the_clock)

    return restart


def begun(
    hall: HallConfig, at: str = f"{DAY} 11:00:00", always: bool = False
) -> tuple[Start, FakeClock]:
    clock = FakeClock(at)
    return Start(hall, MemoryJournal(), clock, always), clock


@pytest.mark.parametrize("always", [False, True], ids=["by its hours", "round the clock"])
def test_over_midnight_yesterday_s_people_are_gone_before_anybody_is_answered(
    hall: HallConfig, on: Way, always: bool
) -> None:
    start, clock = begun(hall, always=always)
    start.issue(None, "ab" * 32)
    start.service.day_key()
    assert len(start.known()) == 1
    start = on(start, clock, f"{NEXT} 00:10:00")
    assert (start.service.board.day, start.known(), start.service.day_keys) == (NEXT, [], {})
    assert list(start.service._journal.rows(PersonRow)) == []


def test_a_repeat_after_midnight_gets_the_first_answer_and_no_second_number(
    hall: HallConfig, on: Way
) -> None:
    start, clock = begun(hall, f"{DAY} 23:59:59", always=True)
    first = start.issue("asked-before-midnight", "ab" * 32)
    start = on(start, clock, f"{NEXT} 00:10:00")
    assert start.issue("asked-before-midnight", "ab" * 32) == first
    assert start.service.board.tickets == {}
    start = on(start, clock, f"{LATER} 00:10:00")
    assert start.issue("asked-before-midnight", "ab" * 32) != first, "its day is long over"


def test_an_hour_after_the_last_closing_today_s_people_are_gone(hall: HallConfig, on: Way) -> None:
    start, clock = begun(hall)
    first = start.issue("request-1", "ab" * 32)
    start = on(start, clock, f"{DAY} 17:59:59")
    assert len(start.known()) == 1
    start = on(start, clock, f"{DAY} 18:00:00")
    assert start.known() == []
    assert len(start.service.board.tickets) == 1, "the tickets themselves stay"
    assert start.issue("request-1", "ab" * 32) == first


def test_whoever_did_not_come_is_noted_before_the_appointment_is_purged(
    hall: HallConfig, on: Way
) -> None:
    start, clock = begun(hall)

    def run(tx: Transaction) -> Json:
        tx.keep(BOOKING)
        return {}

    start.service.submit(Deed(None, run))
    start = on(start, clock, f"{LATER} 08:00:00")
    assert start.service.bookings.rows == {}
    assert list(start.service.bookings.absences) == [BOOKING.booking]


def test_what_was_purged_once_is_not_purged_every_second(
    hall: HallConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, clock = begun(hall)
    purged: list[str] = []
    journal = start.service._journal
    real = journal.purge
    monkeypatch.setattr(journal, "purge", lambda day: [purged.append(day), real(day)][1])
    for hour in (12, 18, 19, 20):
        tick_by_tick(start, clock, f"{DAY} {hour}:00:00")
    for hour in (0, 9, 20, 21):  # on Wednesdays some windows work till seven
        tick_by_tick(start, clock, f"{NEXT} {hour:02}:00:00")
    assert purged == [NEXT, NEXT, LATER]


def test_whoever_came_after_the_evening_s_purge_is_gone_at_midnight(
    hall: HallConfig, on: Way
) -> None:
    start, clock = begun(hall)
    start = on(start, clock, f"{DAY} 18:00:00")
    start.issue(None, "ab" * 32)
    start = on(start, clock, f"{NEXT} 00:00:00")
    assert start.known() == []


def test_a_purge_that_somebody_is_in_the_way_of_is_tried_again(
    hall: HallConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, clock = begun(hall)
    start.issue(None, "ab" * 32)
    clock.set(f"{NEXT} 08:00:00")
    journal = start.service._journal
    real = journal.purge

    def busy(day: str) -> int:
        raise JournalError("another process reads the file")

    monkeypatch.setattr(journal, "purge", busy)
    start = Start(hall, journal, clock)  # type: ignore[arg-type]
    assert start.service.board.day == NEXT, "it serves all the same"
    monkeypatch.setattr(journal, "purge", real)
    start.upkeep.once()
    assert start.known() == []


def test_a_long_purge_is_no_standstill_to_the_service_manager(
    hall: HallConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(module, "notify", told.append)
    monkeypatch.setattr(module, "TICK_S", 0.001)
    start, clock = begun(hall)
    journal = start.service._journal
    real = journal.purge

    def slow(day: str) -> int:
        until(lambda: told.count(module.AT_WORK) > 3)
        return real(day)

    monkeypatch.setattr(journal, "purge", slow)
    tick_by_tick(start, clock, f"{NEXT} 08:00:00")
    assert told[-1] in {"WATCHDOG=1", module.AT_WORK}
    assert "EXTEND_TIMEOUT_USEC=" in module.AT_WORK
