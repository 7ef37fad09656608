"""Breaks at better times, from what is known the evening before."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from controller.simulate.profile import Profile, from_slots, learned, profiles, seen, usual
from controller.simulate.roster import proposed
from controller.simulate.sources import DrawnSource
from controller.simulate.trace import Day, DayBreak
from tests.controller.simulate.small import day, pause, ticket

CLOSES = 480.0


def drawn(scenario: str = "S8", number: int = 0) -> Day:
    return DrawnSource(scenario, 11, number).day()


def minutes(breaks: tuple[DayBreak, ...]) -> list[tuple[str, float]]:
    return sorted((b.window, b.minutes) for b in breaks)


@pytest.mark.parametrize("scenario", ["S1", "S4", "S8"])
def test_a_proposal_keeps_the_rules(scenario: str) -> None:
    one = drawn(scenario)
    roster = proposed(one)
    assert roster != one.breaks
    assert minutes(roster) == minutes(one.breaks)
    for old, new in zip(one.breaks, roster, strict=True):
        assert old.window == new.window
        if old.at == 0 or old.minutes > 90:
            assert new == old
        elif new.minutes >= 30:
            assert 0.25 * CLOSES <= new.at <= 0.50 * CLOSES
        else:
            assert 30 <= new.at <= CLOSES - 30 - new.minutes
    for window in one.windows:
        own = sorted((b for b in roster if b.window == window.id and b.at > 0), key=lambda b: b.at)
        for first, second in pairwise(own):
            assert second.at - (first.at + first.minutes) >= 30


def test_two_windows_with_one_rare_skill_do_not_lunch_together() -> None:
    windows = {"w0": "AB", "w1": "AB", "w2": "B", "w3": "B"}
    together = [pause(200, 45, w) for w in windows]
    roster = {b.window: b.at for b in proposed(day(windows=windows, breaks=together))}
    assert abs(roster["w0"] - roster["w1"]) >= 45


def test_lunch_keeps_off_a_peak_at_noon() -> None:
    peak = Profile(60.0, (1, 1, 1, 8, 8, 1, 1, 1))
    (lunch,) = proposed(day(breaks=[pause(200, 30)]), peak)
    assert lunch.at + 30 <= 180 or lunch.at >= 285


def test_a_proposal_does_not_know_the_day_itself() -> None:
    one = drawn()
    truth = replace(
        one.truth, mean={w: dict.fromkeys(row, 99.0) for w, row in one.truth.mean.items()}
    )
    assert proposed(replace(one, tickets=(), truth=truth)) == proposed(one)


def test_arrivals_are_learned_from_earlier_days_of_the_same_hall_only() -> None:
    early, late = day(ticket(10), ticket(12)), day(ticket(400))
    other = day(ticket(300), windows={"w9": "A"})
    found = profiles([seen(d) for d in (early, other, late, late)])
    usual_day = usual(480.0)
    assert found[0] == usual_day
    assert found[1] == usual_day
    assert found[2] == learned([seen(early)], seen(early).hall)
    assert found[3] == learned([seen(early), seen(late)], seen(early).hall)


def test_a_day_that_cannot_be_read_teaches_nothing() -> None:
    assert profiles([None, seen(day(ticket(1)))]) == [None, usual(480.0)]


def test_a_configured_profile_is_used_until_days_are_known() -> None:
    known = from_slots({0.0: 0.5, 120.0: 0.5}, 480.0)
    first, second = profiles([seen(day(ticket(1)))] * 2, known)
    assert first == known
    assert second != known


def test_shares_of_a_profile_add_up_to_one_in_any_bins() -> None:
    for width, count in ((15.0, 32), (7.0, 69), (100.0, 5), (60.0, 4)):
        assert sum(usual(480.0).shares(width, count)) == pytest.approx(1.0)


def test_a_break_with_no_place_stays() -> None:
    long = [pause(60 + 100 * n, 85) for n in range(4)]
    roster = proposed(day(breaks=long))
    assert minutes(roster) == [("w0", 85.0)] * 4
