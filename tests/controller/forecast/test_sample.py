"""What the runs of several services come to for somebody who may want any of them."""

from __future__ import annotations

import pytest

from controller.forecast.sample import Sample, mixed


def sample(*waits: float) -> Sample:
    return Sample(waits, ())


def test_a_service_counts_as_often_as_it_is_asked_for() -> None:
    short, long = sample(*[2.0] * 10), sample(*[40.0] * 10)
    mostly_short = mixed([(short, 19.0), (long, 1.0)])
    mostly_long = mixed([(short, 1.0), (long, 19.0)])
    assert mostly_short is not None
    assert mostly_long is not None
    assert (mostly_short.low, mostly_short.high) == (2.0, 2.0)
    assert (mostly_long.low, mostly_long.high) == (40.0, 40.0)
    assert mostly_short.point == pytest.approx((2 + (19 * 2 + 40) / 20) / 2)


def test_two_that_are_asked_for_alike_make_a_range_that_holds_both() -> None:
    found = mixed([(sample(1.0, 2.0, 3.0), 1.0), (sample(31.0, 32.0, 33.0), 1.0)])
    assert found is not None
    assert (found.low, found.high) == (1.0, 33.0)
    assert found.waits


def test_how_many_runs_a_service_had_does_not_weigh() -> None:
    once, often = (
        mixed([(sample(5.0), 1.0), (sample(9.0), 1.0)]),
        mixed([(sample(5.0), 1.0), (sample(*[9.0] * 50), 1.0)]),
    )
    assert once is not None
    assert often is not None
    assert once.point == pytest.approx(often.point)


def test_nobody_waits_where_most_are_called_at_once() -> None:
    found = mixed([(sample(0.0, 0.0, 0.2, 4.0), 1.0)])
    assert found is not None
    assert not found.waits


def test_of_nothing_nothing_is_known() -> None:
    assert mixed([]) is None
    assert mixed([(sample(3.0), 0.0)]) is None
