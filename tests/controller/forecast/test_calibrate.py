"""Correction by what came true: on made-up days whose truth is known."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.forecast.calibrate import Calibration, Pair, calibrated, covers, printed
from controller.forecast.sample import Raw


def made_up(rng: Random, count: int, bias: float = 0.0, spread: float = 4.0) -> list[Pair]:
    """Forecasts of 0 to 40 minutes whose runs are far too sure of themselves."""
    pairs = []
    for _ in range(count):
        truth = rng.uniform(0, 40)
        if truth < 8:  # no wait was foretold, and mostly none was
            actual = 0.0 if rng.random() < 0.7 else rng.expovariate(1 / 4)
            pairs.append(Pair(Raw(0.2, 0.0, 0.4, False), actual))
        else:
            actual = max(0.0, truth + bias + rng.gauss(0, spread))
            pairs.append(Pair(Raw(truth, truth - 1, truth + 1, True), actual))
    return pairs


@pytest.mark.parametrize("seed", range(4))
def test_the_printed_interval_holds_as_often_as_it_promises(seed: int) -> None:
    rng = Random(seed)
    learned = calibrated(made_up(rng, 600), level=0.80)
    fresh = made_up(rng, 3000)
    for waits in (True, False):
        own = [p for p in fresh if p.raw.waits is waits]
        told = [(learned.wait(p.raw), p.actual) for p in own]
        held = sum(covers(w.low, w.high, actual) for w, actual in told) / len(told)
        # A printed interval cannot hold less often than its level, but for chance in 250 pairs.
        assert held > 0.75
        if waits:
            assert held < 0.88


def test_uncorrected_the_same_forecasts_hold_too_seldom() -> None:
    fresh = [p for p in made_up(Random(9), 3000, spread=8.0) if p.raw.waits]
    told = [(Calibration().wait(p.raw), p.actual) for p in fresh]
    assert sum(covers(w.low, w.high, a) for w, a in told) / len(told) < 0.6


def test_a_bias_is_taken_out() -> None:
    rng = Random(3)
    learned = calibrated(made_up(rng, 800, bias=6.0))
    assert learned.corrected(25) == pytest.approx(31, abs=1.2)


def test_a_few_pairs_move_little() -> None:
    few = [Pair(Raw(20, 15, 25, True), 40.0)] * 3
    assert 20 < calibrated(few).corrected(20) < 24


def test_without_pairs_the_runs_have_the_word() -> None:
    told = calibrated([]).wait(Raw(18.0, 15.5, 24.0, True))
    assert (told.minutes, told.low, told.high) == (18.0, 15, 25)


raws = st.builds(
    lambda point, below, above: Raw(point, max(0.0, point - below), point + above, point > 0.5),
    st.floats(0, 170),
    st.floats(0, 30),
    st.floats(0, 60),
)
pairs = st.lists(st.builds(Pair, raws, st.floats(0, 180)), max_size=80)


@given(pairs, raws)
def test_what_is_told_is_in_whole_fives_around_the_expected_wait(
    learned: list[Pair], raw: Raw
) -> None:
    told = calibrated(learned).wait(raw)
    assert 0 <= told.low <= told.high
    assert told.low % 5 == told.high % 5 == 0
    assert math.isfinite(told.minutes)
    assert told.low <= told.minutes + 1e-6
    assert told.minutes <= max(told.high, 1) + 1e-6


@given(pairs, st.floats(0, 170), st.floats(0, 170))
def test_who_was_foretold_longer_is_told_no_shorter(
    learned: list[Pair], one: float, other: float
) -> None:
    curve = calibrated(learned)
    low, high = sorted((one, other))
    assert curve.corrected(low) <= curve.corrected(high) + 1e-6


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (16, 24, (15, 25)),
        (15, 25, (15, 25)),
        (-3, 2, (0, 5)),
        (0, 0.3, (0, 0)),
        (1.2, 5.0, (0, 5)),
        (4.9, 5.1, (0, 10)),
    ],
)
def test_intervals_are_rounded_outward_to_fives(
    low: float, high: float, says: tuple[int, int]
) -> None:
    assert printed(low, high) == says
