"""The newest forecast: told while it is fresh, to whom it is about."""

from __future__ import annotations

from controller.forecast.forecasts import FRESH, Forecasts
from controller.forecast.ghosts import ordinary_ghosts
from controller.forecast.rollout import Roller
from controller.hall.model import DispatchClass
from tests.controller.forecast.pictures import Desk

ORDINARY, PRIORITY, APPOINTMENT = DispatchClass


def made(desk: Desk) -> Forecasts:
    picture = desk.picture()
    forecasts = Forecasts()
    forecasts.take(Roller().roll(picture, ordinary_ghosts(picture.plan), "s", range(30)))
    return forecasts


def busy() -> Desk:
    desk = Desk()
    desk.open(1)
    for _ in range(5):
        desk.issue("C-1")
    desk.serve(1)
    desk.clock.forward(60)
    return desk


def test_in_an_empty_hall_nobody_is_ahead_and_no_wait_is_told() -> None:
    desk = Desk()
    desk.open(1)
    told = made(desk).newcomer(["C-1"], ORDINARY, desk.clock.at)
    assert told is not None
    assert told.told == (0, (0, 0))


def test_a_newcomer_is_told_who_goes_before_and_how_long() -> None:
    desk = busy()
    told = made(desk).newcomer(["C-1"], ORDINARY, desk.clock.at)
    assert told is not None
    assert told.ahead == 4
    low, high = told.told[1]
    assert 5 <= low < told.wait.minutes < high


def test_what_is_older_than_half_a_minute_is_not_told() -> None:
    desk = busy()
    forecasts = made(desk)
    assert forecasts.newcomer(["C-1"], ORDINARY, desk.clock.at + FRESH) is not None
    assert forecasts.newcomer(["C-1"], ORDINARY, desk.clock.at + FRESH + 1) is None
    forecasts.confirm(desk.clock.at + FRESH)
    assert forecasts.newcomer(["C-1"], ORDINARY, desk.clock.at + FRESH + 1) is not None


def test_nothing_is_told_where_no_window_is_open() -> None:
    desk = busy()
    assert made(desk).newcomer(["T-1"], ORDINARY, desk.clock.at) is None


def test_an_appointment_is_told_what_priority_would_be() -> None:
    desk = busy()
    forecasts = made(desk)
    told = [forecasts.newcomer(["C-1"], cls, desk.clock.at) for cls in DispatchClass]
    assert told[1] == told[2] != told[0]


def test_of_several_items_the_first_call_counts() -> None:
    desk = busy()
    desk.open(3)
    told = made(desk).newcomer(["C-1", "T-1"], ORDINARY, desk.clock.at)
    assert told is not None
    assert told.told == (0, (0, 0))


def test_who_waits_is_told_from_now_on() -> None:
    desk = busy()
    forecasts = made(desk)
    waiting = [t for t in desk.hall.tickets.values() if t.id in desk.hall.waiting]
    told = [forecasts.waiting(t, desk.clock.at) for t in waiting]
    assert [t.ahead for t in told if t is not None] == [0, 1, 2, 3]


def test_a_new_day_begins_with_nothing() -> None:
    desk = busy()
    forecasts = made(desk)
    forecasts.forget()
    assert forecasts.newcomer(["C-1"], ORDINARY, desk.clock.at) is None
