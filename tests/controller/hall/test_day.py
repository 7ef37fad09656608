"""The hall day is the calendar on the hall's wall (law 8), in one process for ever."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from controller.clock import SystemClock, moment
from controller.hall import commands as c
from controller.hall.days import turn_day
from controller.hall.model import TicketState, WindowState
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import FakeClock, at


def test_the_day_turns_at_midnight_on_the_wall_and_not_in_greenwich() -> None:
    desk = Desk(clock=FakeClock("2026-03-17 23:59:59"))
    assert desk.hall.day == "2026-03-17"
    desk.clock.forward(1)
    desk.turn()
    assert desk.hall.day == "2026-03-18"


def test_eight_in_the_morning_in_china_turns_nothing() -> None:
    """Midnight in Greenwich is 08:00 here."""
    desk = Desk(clock=FakeClock("2026-03-17 07:59:59"))
    desk.clock.forward(2)
    assert desk.turn() == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026-01-31", "2026-02-01"),
        ("2026-02-28", "2026-03-01"),
        ("2028-02-28", "2028-02-29"),
        ("2026-12-31", "2027-01-01"),
    ],
)
def test_one_process_runs_across_the_ends_of_months_and_years(before: str, after: str) -> None:
    desk = Desk(clock=FakeClock(f"{before} 23:30:00"))
    first = desk.issue("C-1")
    desk.clock.set(f"{after} 00:10:00")
    second = desk.issue("C-1")
    assert (first, second) == (f"{before}-C001", f"{after}-C001")
    assert list(desk.hall.tickets) == [second]


def test_the_end_of_the_day_drops_who_waits_and_closes_every_window() -> None:
    desk = Desk()
    waiting, called = desk.issue("T-1"), desk.issue("C-1")
    served = desk.issue("C-1")
    desk.do(c.OpenWindow(1, "0517"))
    desk.do(c.OpenWindow(2, "0620"))
    desk.do(c.OpenWindow(3, "0700"))
    desk.do(c.PauseWindow(3, "0700"))
    desk.do(c.CallNext(1, "0517"))
    desk.do(c.CallNext(2, "0620"))
    desk.do(c.Cancel(served))
    desk.clock.set("2026-03-18 00:00:00")
    types = [(e.type, getattr(e, "ticket", getattr(e, "window", None))) for e in desk.turn()]
    assert types == [
        ("ticket.dropped", waiting),
        ("ticket.dropped", called),
        ("window.closed", 1),
        ("window.closed", 2),
        ("window.closed", 3),
        ("day.opened", None),
        ("day.learned", None),
    ]
    assert desk.hall.tickets == {}
    assert len(desk.hall.waiting) == 0
    assert {w.state for w in desk.hall.windows.values()} == {WindowState.CLOSED}
    assert {(w.clerk, w.ticket) for w in desk.hall.windows.values()} == {(None, None)}


def test_a_dropped_ticket_leaves_its_window_free() -> None:
    desk = Desk()
    desk.issue("C-1")
    desk.do(c.OpenWindow(1, "0517"))
    desk.do(c.CallNext(1, "0517"))
    desk.clock.set("2026-03-18 00:00:00")
    dropped, *_ = turn_day(desk.hall, desk.clock.now())
    desk.fold(dropped)
    assert desk.hall.windows[1].ticket is None
    assert desk.log[-1].ticket is not None
    assert desk.log[-1].ticket.state is TicketState.DROPPED


def test_a_clock_that_is_set_back_does_not_go_back_a_day() -> None:
    desk = Desk()
    desk.issue("C-1")
    desk.clock.set("2026-03-16 12:00:00")
    assert desk.turn() == []
    assert desk.ticket(desk.issue("C-1")).id == "2026-03-17-C002"


def test_a_hall_that_slept_for_a_week_opens_today_and_not_each_day_between() -> None:
    desk = Desk()
    desk.clock.set("2026-03-24 08:00:00")
    assert [e.type for e in desk.turn()] == ["day.opened"]
    assert desk.hall.day == "2026-03-24"


def test_the_wall_does_not_hang_in_the_zone_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    instant = at("2026-03-17 00:30:00")
    for zone in ("UTC", "America/New_York", "Pacific/Kiritimati"):
        with machine_in(zone, monkeypatch):
            assert moment(instant, ZoneInfo("Asia/Shanghai")).day == "2026-03-17"
    assert moment(instant, ZoneInfo("UTC")).day == "2026-03-16"


def test_the_system_s_clock_tells_the_instant_and_the_wall_of_its_hall() -> None:
    now = SystemClock("Asia/Shanghai").now()
    assert abs(now.at - time.time_ns() // 1000) < 60_000_000
    assert moment(now.at, ZoneInfo("Asia/Shanghai")) == now


class machine_in:
    """The machine's own zone, for a while."""

    def __init__(self, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.zone, self.patch, self.before = zone, monkeypatch, os.environ.get("TZ")

    def __enter__(self) -> None:
        self.patch.setenv("TZ", self.zone)
        time.tzset()

    def __exit__(self, *_: object) -> None:
        self.patch.delenv("TZ") if self.before is None else self.patch.setenv("TZ", self.before)
        time.tzset()


@pytest.fixture(autouse=True)
def _zone_put_back() -> Iterator[None]:
    yield
    time.tzset()
