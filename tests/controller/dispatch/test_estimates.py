"""Estimates: what many days say of a clerk, believed as far as it stands out of luck."""

from __future__ import annotations

import math
from random import Random

import pytest

from controller.dispatch.estimates import shrunk
from controller.hall.knowledge import Observed
from controller.hall.plan import Service

SERVICES = {f"s{n}": Service(f"s{n}", f"s{n}", 5.0 + n % 7, f"g{n % 4}") for n in range(24)}
CLERKS = [f"{n:04}" for n in range(16)]
CV2 = math.exp(0.75**2) - 1


def truth(rng: Random) -> dict[str, dict[str, float]]:
    """Clerks of their own speed, slower outside a home group."""
    times = {}
    for n, clerk in enumerate(CLERKS):
        speed = math.exp(rng.gauss(0, 0.15))
        times[clerk] = {
            code: s.minutes * speed * (1.0 if s.group == f"g{n % 4}" else rng.uniform(1, 1.25))
            for code, s in SERVICES.items()
        }
    return times


def seen(
    times: dict[str, dict[str, float]], n: float | None, error: float, rng: Random
) -> dict[str, dict[str, Observed]]:
    return {
        clerk: {code: Observed(m * math.exp(rng.gauss(0, error)), n) for code, m in row.items()}
        for clerk, row in times.items()
    }


def error_of(times: dict[str, dict[str, float]], guess: dict[str, dict[str, float]]) -> float:
    """Root mean square of the logarithm of guess over truth."""
    squares = [
        math.log(guess[clerk][code] / m) ** 2
        for clerk, row in times.items()
        for code, m in row.items()
    ]
    return math.sqrt(sum(squares) / len(squares))


def guesses(observed: dict[str, dict[str, Observed]]) -> dict[str, dict[str, float]]:
    estimates = shrunk(SERVICES, observed)
    return {c: {code: estimates.minutes(c, code) for code in SERVICES} for c in CLERKS}


@pytest.mark.parametrize("error", [0.1, 0.3, 0.6])
@pytest.mark.parametrize("counted", [True, False])
def test_shrunk_estimates_are_nearer_the_truth_than_raw_ones(error: float, counted: bool) -> None:
    rng = Random(5)
    times = truth(rng)
    n = max(1, round(CV2 / error**2)) if counted else None
    observed = seen(times, n, error, rng)
    raw = {c: {code: o.minutes for code, o in row.items()} for c, row in observed.items()}
    assert error_of(times, guesses(observed)) < error_of(times, raw)
    assert error_of(times, guesses(observed)) < 0.10 + 0.15 * error


def test_wrong_means_that_claim_many_observations_are_not_believed() -> None:
    rng = Random(6)
    times = truth(rng)
    observed = seen(times, 75, 0.6, rng)
    assert error_of(times, guesses(observed)) < 0.25


def test_many_observations_are_believed() -> None:
    rng = Random(7)
    times = truth(rng)
    observed = seen(times, 4000, 0.014, rng)
    assert error_of(times, guesses(observed)) < 0.03


def test_an_unknown_clerk_takes_the_service_s_mean() -> None:
    assert shrunk(SERVICES, {}).minutes("new", "s3") == SERVICES["s3"].minutes


def test_a_clerk_known_by_one_service_is_expected_to_keep_the_pace_elsewhere() -> None:
    rng = Random(8)
    observed = seen(truth(rng), 400, 0.04, rng)
    observed["slow"] = {"s0": Observed(SERVICES["s0"].minutes * 1.6, 400)}
    estimates = shrunk(SERVICES, observed)
    assert 1.05 < estimates.minutes("slow", "s5") / estimates.minutes("nobody", "s5") < 1.6


def test_what_cannot_be_used_is_left_out() -> None:
    observed = {
        "0001": {
            "gone": Observed(5.0, 10),
            "s0": Observed(0.0, 10),
            "s1": Observed(50.0, 0),
        }
    }
    assert shrunk(SERVICES, observed).minutes("0001", "s1") == SERVICES["s1"].minutes
