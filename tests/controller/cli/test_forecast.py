"""``jiaohao forecast evaluate``: on two very small days."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from controller.cli import main
from controller.forecast.calibrate import Calibration
from controller.forecast.figures import figures
from controller.forecast.sample import Sample
from controller.forecast.trial import Trial, ahead, profile
from controller.simulate.scenario import SCENARIOS, days

SMALL = ["--scenario", "S8", "--days", "1", "--train", "1", "--samples", "4", "--runs", "5"]


def test_days_are_played_and_judged() -> None:
    told = CliRunner().invoke(main, ["forecast", "evaluate", *SMALL, "--json"])
    found = json.loads(told.stdout)
    assert found["trials"] == 4
    assert found["mae"] >= 0
    assert 0 <= found["coverage"] <= 1
    assert told.exit_code == (0 if all(found["targets"].values()) else 1)


def trial(told: float, actual: float) -> Trial:
    return Trial(Sample((told,) * 9, (0,) * 9), actual, head=actual + 9, last=0.0, share=50.0)


def test_the_figures_are_those_of_the_trials() -> None:
    found = figures([], [trial(10, 12), trial(20, 12), trial(0, 0), trial(4, 4)])
    assert (found.trials, found.waiting) == (4, 3)
    assert found.mae == 2.5
    assert found.bias == 1.5
    assert found.within_5 == 0.75
    assert found.coverage == pytest.approx(0.5)
    assert found.head_mae == 9
    assert found.targets["mae <= 3.0"]
    assert not found.targets["coverage .77 to .90"]
    assert Calibration().knots == ()


def test_without_trials_there_is_no_judgement() -> None:
    with pytest.raises(ValueError, match="nothing to judge"):
        figures([], [])


def test_the_profile_of_days_sums_to_one_and_is_read_across_quarters() -> None:
    usual = profile(days("S8", SCENARIOS["S8"], 1, 2))
    assert sum(usual) == pytest.approx(1.0)
    assert ahead([0.2, 0.4, 0.4], 22.5)[:3] == pytest.approx([0.4, 0.2, 0.0])
