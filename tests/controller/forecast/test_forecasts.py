"""The newest forecast: told while it is fresh, to whom it is about."""

from __future__ import annotations

from controller.forecast.forecasts import FRESH, Forecasts
from controller.forecast.ghosts import ordinary_ghosts
from controller.forecast.rollout import Roller
from controller.forecast.sample import HORIZON_MIN
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


def test_who_may_want_any_service_is_told_by_how_often_each_is_wanted() -> None:
    desk = busy()
    desk.open(3)
    forecasts = made(desk)
    civil = forecasts.among({"C-1": 9.0, "T-1": 0.0}, desk.clock.at)
    tax = forecasts.among({"C-1": 0.0, "T-1": 9.0}, desk.clock.at)
    both = forecasts.among({"C-1": 5.0, "T-1": 5.0}, desk.clock.at)
    assert civil is not None
    assert tax is not None
    assert both is not None
    assert (tax.low, tax.high) == (0, 0)
    assert civil.low >= 5
    assert both.low == 0
    assert both.high >= civil.low


def test_a_service_that_no_window_serves_does_not_count() -> None:
    desk = busy()
    forecasts = made(desk)
    alone = forecasts.among({"C-1": 1.0}, desk.clock.at)
    assert alone is not None
    assert forecasts.among({"C-1": 1.0, "T-1": 99.0}, desk.clock.at) == alone
    assert forecasts.among({"T-1": 99.0}, desk.clock.at) is None


def test_a_service_that_is_served_and_never_called_counts() -> None:
    desk = busy()
    for _ in range(40):
        desk.issue("C-1")
    desk.open(3)
    forecasts = made(desk)
    assert forecasts.among({"C-1": 1.0}, desk.clock.at) is None, "more than three hours"
    both = forecasts.among({"C-1": 1.0, "T-1": 1.5}, desk.clock.at)
    assert both is not None
    assert both.high >= HORIZON_MIN


def test_services_that_nobody_comes_for_count_alike() -> None:
    desk = busy()
    forecasts = made(desk)
    even = forecasts.among({"C-1": 1.0, "C-2": 1.0}, desk.clock.at)
    assert forecasts.among({"C-1": 0.0, "C-2": 0.0}, desk.clock.at) == even is not None


def test_no_old_wait_is_told_to_everybody() -> None:
    desk = busy()
    forecasts = made(desk)
    assert forecasts.among({"C-1": 1.0}, desk.clock.at + FRESH) is not None
    assert forecasts.among({"C-1": 1.0}, desk.clock.at + FRESH + 1) is None
