"""The score: what makes a ticket more urgent, and that its order is exact."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from controller.dispatch.score import Worth, beats, log_score, urgency, worth

MINUTE = 60_000_000

minutes = st.integers(1, 120)
worths = st.builds(
    lambda h, m, extra: worth("s", h * 10**6, m * 10**6, (m + extra) * 10**6),
    minutes,
    minutes,
    st.integers(0, 60),
)
ages = st.integers(-2 * 3600 * 10**6, 9 * 3600 * 10**6)
scored = st.tuples(ages.map(lambda age: urgency(1.0, age, 0)), worths)


def usual(at_home: int = 10) -> Worth:
    return worth("s", 10_000_000, at_home * 1_000_000, 10_000_000)


def test_a_longer_wait_is_more_urgent() -> None:
    assert beats(urgency(1.0, 11 * MINUTE, 0), usual(), urgency(1.0, 10 * MINUTE, 0), usual())


def test_a_minute_of_pressure_counts_as_a_minute_waited() -> None:
    assert urgency(1.0, 10 * MINUTE, 0) == urgency(1.0, 0, 10_000_000)


def test_a_weight_makes_time_run_faster() -> None:
    assert urgency(3.8, 10 * MINUTE, 0) == urgency(1.0, 38 * MINUTE, 0)


def test_who_is_served_faster_here_than_elsewhere_goes_first() -> None:
    age = urgency(1.0, 10 * MINUTE, 0)
    assert beats(age, usual(8), age, usual(10))


def test_a_long_visit_lets_a_short_one_go_first() -> None:
    age = urgency(1.0, 10 * MINUTE, 0)
    short, long = worth("s", 10**7, 10**7, 10**7), worth("s", 10**7, 10**7, 3 * 10**7)
    assert beats(age, short, age, long)


def test_whoever_waits_goes_before_an_appointment_that_is_early() -> None:
    slow = worth("s", 10**6, 120 * 10**6, 240 * 10**6)
    fast = worth("s", 120 * 10**6, 10**6, 10**6)
    assert beats(urgency(1.0, 1, 0), slow, urgency(3.0, -1, 0), fast)
    assert beats(urgency(3.0, -1, 0), fast, urgency(3.0, -MINUTE, 0), fast)


@given(scored, scored)
def test_one_beats_the_other_exactly_as_the_formula_says(
    one: tuple[int, Worth], two: tuple[int, Worth]
) -> None:
    def exact(x: int, of: Worth) -> Fraction:
        # score ** 8 with x in the unit of `urgency`; nought and below are far below all else.
        age = Fraction(x) ** 18 if x > 0 else 1 / (Fraction(1 - x) ** 18 * 10 ** (36 * 18))
        return age * Fraction(of.harmonic, of.micros) ** 40 / Fraction(of.total) ** 7

    assert beats(*one, *two) == (exact(*one) > exact(*two))
    assert not (beats(*one, *two) and beats(*two, *one))


@given(scored)
def test_nothing_beats_its_like(one: tuple[int, Worth]) -> None:
    x, of = one
    again = Worth(of.service, of.harmonic, of.micros, of.total, of.log)
    assert not beats(x, of, x, again)


def test_scores_too_close_for_logarithms_are_told_apart() -> None:
    of = usual()
    x = urgency(1.0, 8 * 3600 * 10**6, 0)
    assert abs(log_score(x + 1, of) - log_score(x, of)) < 1e-9
    assert beats(x + 1, of, x, of)
    assert not beats(x, of, x + 1, of)
