"""Ratios over days, how sure they are, and which targets hold."""

from __future__ import annotations

from controller.simulate.compare import ratios, verdicts
from controller.simulate.figures import Figures
from controller.simulate.targets import ALL, TARGETS, targets_of


def days(*p95: float) -> list[Figures]:
    return [Figures(100, p / 3, p, p * 2, p / 2, p / 3, 0.0, 0.0) for p in p95]


def test_a_ratio_is_of_the_means_with_its_interval() -> None:
    found = {"hall": days(4, 6, 8), "fifo": days(10, 10, 10)}
    (p95,) = [v for v in ratios(found) if v.figure == "p95"]
    assert p95.value == 0.6
    assert p95.low < 0.6 < p95.high
    assert p95.held is None


def test_identical_days_have_no_doubt() -> None:
    (p95,) = [v for v in ratios({"hall": days(5, 9), "fifo": days(10, 18)}) if v.figure == "p95"]
    assert (p95.low, p95.high) == (0.5, 0.5)


def test_a_target_is_held_by_the_upper_end() -> None:
    sure = {"hall": days(7, 7, 7), "fifo": days(10, 10, 10)}
    unsure = {"hall": days(1, 1, 16), "fifo": days(10, 10, 10)}
    for found, held in ((sure, True), (unsure, False)):
        (t2,) = [
            v
            for v in verdicts(found, "S1", None)
            if (v.target, v.figure, v.policy) == ("T2", "p95", "hall")
        ]
        assert t2.value <= 0.81
        assert t2.held is held


def test_wrong_estimates_are_held_against_their_own_target_only() -> None:
    assert [t.name for t, _ in targets_of("S2", 0.6)] == ["T7"]
    assert "T7" not in [t.name for t, _ in targets_of("S2", None)]


def test_every_limit_is_for_a_scenario_there_is() -> None:
    assert {s for t in TARGETS for s in t.limits} == set(ALL)


def test_the_interval_is_always_the_same() -> None:
    found = {"hall": days(4, 6, 8), "fifo": days(9, 10, 12)}
    assert list(ratios(found)) == list(ratios(found))
