"""All commands in any order: what holds in a hall whatever is asked of it (laws 1, 2, 9, 10)."""

from __future__ import annotations

import os
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.hall import commands as c
from controller.hall.events import TicketEvent, WindowEvent
from controller.hall.help_events import HelpEvent
from controller.hall.notice_events import EmergencyEnded, EmergencyRaised, NoticeEvent
from controller.hall.plan import Mode
from tests.property.anything import Life
from tests.property.chance import Seeded, Taped, TapeEnds, any_plan

LONG_DAYS = int(os.environ.get("JIAOHAO_LONG_DAYS", "10000"))
STEPS_A_DAY = 60
MET = {
    *(
        cls.type
        for base in (TicketEvent, WindowEvent, NoticeEvent, HelpEvent)
        for cls in base.__subclasses__()
    ),
    EmergencyRaised.type,
    EmergencyEnded.type,
}


@settings(max_examples=60, print_blob=True)
@given(st.binary(min_size=200, max_size=600))
def test_whatever_is_asked_of_a_hall_everybody_is_in_one_place_and_nobody_is_lost(
    tape: bytes,
) -> None:
    chance = Taped(tape)
    life = Life(chance, any_plan(chance))
    with suppress(TapeEnds):
        while True:
            life.step()
    life.note()
    life.check_replay()


@pytest.mark.parametrize("seed", range(6))
def test_long_days_hold_what_short_ones_do(seed: int) -> None:
    live(seed, days=2, steps=250)


def test_the_days_that_are_lived_meet_every_event_of_the_hall() -> None:
    """A machine that never gets anywhere would prove nothing."""
    missing = set(MET)
    seeds = iter(range(60))
    while missing:
        missing -= {a.event.type for a in live(next(seeds), days=3, steps=250).desk.log}


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("mode", Mode)
def test_ten_thousand_days_of_anything(mode: Mode) -> None:
    """FR-27: in each mode."""
    for seed in range(LONG_DAYS // 5):
        live(seed, days=5, steps=STEPS_A_DAY, mode=mode)


def live(seed: int, days: int, steps: int, **rules: object) -> Life:
    """Days of a seed, with a night between them; replayed at the end."""
    chance = Seeded(seed)
    life = Life(chance, any_plan(chance, **rules))
    for _ in range(days):
        for no in (1, 2, 3):
            life.try_(c.OpenWindow(no, ("0517", "0620", "0700")[no - 1]))
        life.note()
        for _ in range(steps):
            life.step()
        life.a_night()
        life.note()
    life.check_replay()
    return life
