"""A past day of the hall as a trace: played again, it goes as it went."""

from __future__ import annotations

import pytest

from controller.dispatch.rule import HallRule
from controller.hall.evolve import Applied
from controller.simulate.figures import figures
from controller.simulate.journal import Happened, JournalDayError, day_of, days_in
from controller.simulate.live import HallRoom, plan_of
from controller.simulate.sources import DrawnSource
from controller.simulate.trace import Day
from controller.simulate.world import TrueMinutes, World
from tests.controller.simulate.small import calls, day, pause, ticket

DAY = "2026-01-05"


class Recorded(HallRoom):
    """The hall, with a journal."""

    def __init__(self, of: Day) -> None:
        self.happened: list[Happened] = []
        super().__init__(of, HallRule())

    def _fold(self, event: object, at: int) -> Applied:
        self.happened.append(Happened(DAY, at, event))  # type: ignore[arg-type]
        return super()._fold(event, at)


def lived(of: Day) -> list[Happened]:
    room = Recorded(of)
    World(of, room, TrueMinutes(of)).play()
    return room.happened


def again(of: Day, day: str | None = None) -> Day:
    return day_of(days_in(lived(of)), plan_of(of), {}, day)


def test_a_day_is_played_as_it_went() -> None:
    one = day(
        ticket(1),
        ticket(2, "A", "B"),
        ticket(3, no_show=True),
        ticket(4, takes=25, **{"class": "priority"}),
        ticket(40, **{"class": "appointment", "slot": 45}),
        windows={"w0": "AB", "w1": "A"},
        breaks=[pause(12, 30)],
    )
    was, now = calls(one), calls(again(one))
    assert len(was) == len(now)
    for before, after in zip(was.values(), now.values(), strict=True):
        assert [c[0] for c in before] == [c[0] for c in after]
        for a, b in zip(before, after, strict=True):
            assert b[2:] == pytest.approx(a[2:], abs=1e-6)


def test_a_whole_day_waits_about_as_it_did() -> None:
    one = DrawnSource("S8", 2, 0).day()
    past = again(one)
    room = Recorded(one)
    was = figures(one, World(one, room, TrueMinutes(one)).play())
    now = figures(past, World(past, HallRoom(past, HallRule()), TrueMinutes(past)).play())
    assert now.tickets == was.tickets
    assert now.mean == pytest.approx(was.mean, rel=0.35)


def test_true_times_are_kept_in_the_hands_that_worked() -> None:
    past = again(day(ticket(0, takes=17)))
    (one,) = past.tickets
    assert past.truth.mean["1"]["A"] * one.noise[0] == pytest.approx(17.0)


def test_a_window_is_away_before_it_opened_and_while_it_paused() -> None:
    past = again(day(ticket(0), ticket(30), ticket(80), breaks=[pause(12, 30)]))
    assert [(b.at, b.minutes) for b in past.breaks if b.at < 80] == [(12.0, 30.0)]


def test_a_day_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(JournalDayError, match=DAY):
        again(day(ticket(0)), "2020-01-01")


def test_a_journal_without_service_is_no_day() -> None:
    with pytest.raises(JournalDayError, match="nobody"):
        again(day())
