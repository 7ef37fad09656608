"""The split of the day's work over the windows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.dispatch.split import split

windows = st.dictionaries(st.integers(1, 6), st.floats(1, 30), min_size=1)
halls = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.floats(0, 100), windows), min_size=1
)


@given(halls)
def test_every_service_is_split_over_windows_that_can_do_it(
    hall: dict[str, tuple[float, dict[int, float]]],
) -> None:
    demand = {s: items for s, (items, _) in hall.items()}
    minutes = {s: times for s, (_, times) in hall.items()}
    shares = split(demand, minutes)
    assert shares.keys() == minutes.keys()
    for service, row in shares.items():
        assert sum(row.values()) == pytest.approx(1)
        assert row.keys() <= minutes[service].keys()
        assert min(row.values()) > 0


def test_a_flexible_window_takes_what_the_others_leave_it() -> None:
    minutes = {"common": {1: 10.0, 2: 10.0}, "rare": {2: 10.0}}
    shares = split({"common": 30, "rare": 10}, minutes)
    assert shares["rare"] == {2: 1.0}
    assert shares["common"][1] == pytest.approx(2 / 3, abs=0.01)


def test_no_window_is_given_more_than_it_must() -> None:
    minutes = {"a": {1: 10.0, 2: 10.0}, "b": {2: 10.0, 3: 10.0}, "c": {3: 10.0}}
    shares = split({"a": 12, "b": 12, "c": 12}, minutes, rounds=200)
    loads = dict.fromkeys((1, 2, 3), 0.0)
    for row in shares.values():
        for w, share in row.items():
            loads[w] += 120 * share
    assert list(loads.values()) == pytest.approx([120, 120, 120], abs=0.5)
    assert shares["c"] == {3: 1.0}


def test_a_service_nobody_can_do_has_no_split() -> None:
    assert split({"a": 5.0}, {"a": {}}) == {}
