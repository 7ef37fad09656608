"""Replaying a journal gives the same hall, and the rule decides everything as it did."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.dispatch.rule import HallRule
from controller.hall.instants import Moment
from controller.hall.model import Hall, Window
from controller.hall.plan import Mode
from controller.hall.port import Choice
from controller.simulate.asking_again import Stored, asked_again
from tests.property.random_days import RandomHall


def stored(hall: RandomHall) -> list[Stored]:
    return [(a.seq, a.at, a.event) for a in hall.desk.log]


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    mode=st.sampled_from(Mode),
    cap=st.sampled_from([None, 1, 3]),
)
def test_replaying_its_journal_gives_the_same_decisions(
    seed: int, mode: Mode, cap: int | None
) -> None:
    hall = RandomHall(seed, mode=mode, overtaking_cap=cap)
    hall.live(150)
    hall.a_night()
    hall.live(150)
    again = asked_again(hall.desk.hall.plan, stored(hall), HallRule())
    assert again.differing == []
    assert again.calls > 20
    assert again.hall == hall.desk.hall


def test_a_replay_from_the_second_day_s_opening_decides_the_same() -> None:
    """As a restart reads it."""
    hall = RandomHall(7)
    hall.live(200)
    hall.a_night()
    hall.live(200)
    events = stored(hall)
    start = max(n for n, (_, _, event) in enumerate(events) if event.type == "day.opened")
    again = asked_again(hall.desk.hall.plan, events[start:], HallRule())
    assert (again.differing, again.hall) == ([], hall.desk.hall)
    assert again.calls > 20


class YoungestFirst(HallRule):
    """A rule nobody would want."""

    def choose(self, hall: Hall, window: Window, now: Moment) -> Choice | None:
        usual = super().choose(hall, window, now)
        able = [t for t in hall.waiting.tickets() if hall.tickets[t].doable(window.skills)]
        return usual and replace(usual, ticket=max(able))


@pytest.mark.parametrize("seed", [1, 2])
def test_another_rule_is_found_out(seed: int) -> None:
    hall = RandomHall(seed)
    hall.live(200)
    assert asked_again(hall.desk.hall.plan, stored(hall), YoungestFirst()).differing
