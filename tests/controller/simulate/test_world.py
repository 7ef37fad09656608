"""The rules of a simulated day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.simulate.figures import figures, waits
from controller.simulate.policies import ROOMS, play
from controller.simulate.sources import DrawnSource
from controller.simulate.trace import TraceError
from tests.controller.simulate.small import calls, day, pause, ticket, wait

EVERY = pytest.mark.parametrize("policy", ROOMS)


@EVERY
def test_a_service_in_hand_is_finished_and_shortens_the_break(policy: str) -> None:
    found = calls(day(ticket(0), ticket(1), breaks=[pause(5, 20)]), policy)
    assert found["t0"] == [(0, "w0", 0.0, 10.0)]
    assert found["t1"] == [(0, "w0", 25.0, 35.0)]


@EVERY
def test_a_service_longer_than_the_break_leaves_none_of_it(policy: str) -> None:
    found = calls(day(ticket(0, takes=40), ticket(1), breaks=[pause(5, 20)]), policy)
    assert found["t1"][0][2] == 40.0


@EVERY
def test_overlapping_breaks_are_one(policy: str) -> None:
    breaks = [pause(5, 20), pause(15, 30), pause(20, 5)]
    assert calls(day(ticket(6), breaks=breaks), policy)["t0"][0][2] == 45.0


@EVERY
def test_nobody_is_called_during_a_break(policy: str) -> None:
    found = calls(day(ticket(5), ticket(7), breaks=[pause(5, 20)]), policy)
    assert found["t0"][0][2] == 25.0
    assert found["t1"][0][2] == 35.0


@EVERY
def test_further_items_follow_back_to_back_even_into_a_break(policy: str) -> None:
    found = calls(day(ticket(0, "A", "B"), breaks=[pause(5, 30)]), policy)
    assert found["t0"] == [(0, "w0", 0.0, 10.0), (1, "w0", 10.0, 20.0)]


def test_what_cannot_be_done_here_waits_again() -> None:
    the_day = day(ticket(0, "A", "B"), ticket(0, "B", takes=15), windows={"w0": "A", "w1": "B"})
    assert calls(the_day)["t0"] == [(0, "w0", 0.0, 10.0), (1, "w1", 15.0, 25.0)]
    assert wait(the_day, 0) == pytest.approx(5.0)


@EVERY
def test_who_does_not_come_is_called_once_and_counts_nowhere(policy: str) -> None:
    the_day = day(ticket(0, "A", "B", no_show=True), ticket(0))
    found = calls(the_day, policy)
    assert found["t0"] == [(0, "w0", 0.0, 1.0)]
    assert found["t1"][0][2] == 1.0
    played = play(the_day, policy)
    assert [w.ticket for w in waits(the_day, played)] == [1]
    assert figures(the_day, played).tickets == 1


@EVERY
def test_an_appointment_called_before_its_slot_waited_nought(policy: str) -> None:
    the_day = day(ticket(2, **{"class": "appointment", "slot": 15}))
    assert calls(the_day, policy)["t0"][0][2] == 2.0
    assert wait(the_day, 0, policy) == 0.0


@EVERY
def test_everybody_is_served_after_closing_if_need_be(policy: str) -> None:
    found = calls(day(*[ticket(470) for _ in range(5)]), policy)
    assert found["t4"][0][3] == 520.0


@EVERY
def test_a_late_opening_is_a_break_from_nought(policy: str) -> None:
    assert calls(day(ticket(0), breaks=[pause(0, 60)]), policy)["t0"][0][2] == 60.0


def test_times_are_exact_to_a_millionth_of_a_minute() -> None:
    found = calls(day(ticket(1 / 3, takes=1 / 7)))["t0"][0]
    assert found[2] == pytest.approx(1 / 3, abs=1e-6)
    assert found[3] == pytest.approx(1 / 3 + 1 / 7, abs=1e-6)


def test_strict_order_calls_an_appointment_from_five_minutes_before_its_slot() -> None:
    early = ticket(1, **{"class": "appointment", "slot": 16})
    due = ticket(2, **{"class": "appointment", "slot": 14})
    for policy in ("fifo", "hall-strict"):
        found = calls(day(ticket(0), ticket(3), early, due), policy)
        assert found["t3"][0][2] == 10.0  # at 10 it is due, the other is not
    found = calls(day(ticket(0), early, ticket(0.5)), "fifo")
    assert found["t2"][0][2] == 10.0  # an appointment too early is one of the others


def test_the_past_is_decided_alike_whatever_the_future_holds() -> None:
    one = DrawnSource("S8", 5, 0).day()
    now = 200.0
    other = replace(
        one,
        tickets=tuple(
            t if t.at < now else replace(t, items=(one.services[0].id,), noise=(3.0,), no_show=True)
            for t in one.tickets
        ),
    )
    for policy in ("hall", "hall-strict"):
        first, second = (
            [c for c in play(d, policy).calls if c.called < now * 60e6] for d in (one, other)
        )
        assert len(first) > 100
        assert first == second


def test_the_same_trace_is_decided_alike() -> None:
    one = DrawnSource("S8", 6, 0).day()
    assert play(one, "hall").calls == play(one, "hall").calls


def test_the_dispatcher_does_not_see_the_truth() -> None:
    """A day whose truth differs is decided alike until the first service ends otherwise."""
    tickets = [ticket(n / 10) for n in range(8)]
    windows = {"w0": "A", "w1": "A", "w2": "AB"}
    first = calls(day(*tickets, windows=windows))
    second = calls(day(*[{**t, "noise": [9.0]} for t in tickets], windows=windows))
    assert [first[f"t{n}"][0][:3] for n in range(3)] == [second[f"t{n}"][0][:3] for n in range(3)]


def test_a_window_does_its_home_group_only_where_it_is_dedicated() -> None:
    the_day = day(ticket(0, "B"), windows={"w0": "AB", "w1": "B"}, groups={"A": "g", "B": "h"})
    with pytest.raises(TraceError, match=r"\$\.tickets\[0\]\.items\[0\]"):
        play(the_day, "dedicated")


@EVERY
def test_a_day_for_which_nobody_was_expected_is_played(policy: str) -> None:
    services = [{"id": s, "mean": 10.0, "expected": 0} for s in "AB"]
    assert calls(day(ticket(3), services=services), policy)["t0"] == [(0, "w0", 3.0, 13.0)]


@EVERY
def test_a_window_that_can_do_nothing_which_is_wanted_stays_idle(policy: str) -> None:
    found = calls(day(ticket(0), ticket(1), windows={"w0": "A", "w1": "Z"}), policy)
    able = ("w0", "w1") if policy == "pooled" else ("w0", "w0")
    assert tuple(row[0][1] for row in found.values()) == able


@EVERY
def test_who_comes_after_closing_is_served(policy: str) -> None:
    found = calls(day(ticket(479), ticket(900), ticket(1500), breaks=[pause(1495, 10)]), policy)
    assert [row[0][2] for row in found.values()] == [479.0, 900.0, 1505.0]


@EVERY
def test_tickets_need_not_stand_in_order_of_time(policy: str) -> None:
    found = calls(day(ticket(50), ticket(3), ticket(20), ticket(3)), policy)
    assert {t: row[0][2] for t, row in found.items()} == {"t0": 50, "t1": 3, "t2": 23, "t3": 13}


@EVERY
def test_items_that_take_no_time_are_all_done_at_once(policy: str) -> None:
    found = calls(day(*[ticket(7, "A", "B", takes=0) for _ in range(4)], ticket(7)), policy)
    assert [row[0][2] for row in found.values()] == [7.0] * 5
