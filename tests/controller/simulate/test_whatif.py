"""The same day, staffed differently."""

from __future__ import annotations

import pytest

from controller.simulate.trace import Day, DayBreak
from controller.simulate.whatif import Changes, WhatIfError, WindowChange, changed
from tests.controller.simulate.small import calls, day, ticket

WINDOWS = {"w0": "A", "w1": "B"}


def today() -> Day:
    groups = {"A": "g", "B": "h"}
    return day(ticket(0), ticket(0), ticket(0, "B"), windows=WINDOWS, groups=groups)


def then(*windows: WindowChange, **more: object) -> Day:
    return changed(today(), Changes(windows, **more))  # type: ignore[arg-type]


def test_a_window_learns_a_skill_by_service_or_by_group() -> None:
    for skill in ("A", "g"):
        found = then(WindowChange("w1", add=(skill,)))
        assert set(found.windows[1].skills) == {"A", "B"}
        assert found.truth.mean["w1"]["A"] == 10.0
        assert calls(found)["t1"][0][1:3] == ("w1", 0.0)


def test_a_slow_clerk_is_slow_at_what_is_new_too() -> None:
    one = today()
    slow = {"w0": {"A": 10.0}, "w1": {"B": 20.0}, "w2": {"B": 10.0}}
    one = day(ticket(0), windows={**WINDOWS, "w2": "B"}, truth={"mean": slow, "no_show_minutes": 1})
    found = changed(one, Changes((WindowChange("w1", add=("A",)),)))
    assert found.truth.mean["w1"]["A"] == pytest.approx(10 * 20 / 15)


def test_a_window_more_shortens_the_wait() -> None:
    found = then(WindowChange("w2", new=True, like="w0"))
    assert calls(found)["t1"][0][2] == 0.0


def test_a_window_less_lengthens_it() -> None:
    found = then(WindowChange("w0", add=("B",)), WindowChange("w1", closed=True))
    assert max(c[0][2] for c in calls(found).values()) == 20.0


def test_hours_and_breaks_hold_back_the_first_call() -> None:
    assert calls(then(WindowChange("w0", start=30)))["t0"][0][2] == 30.0
    assert calls(then(opens=20.0))["t0"][0][2] == 20.0
    assert calls(then(breaks=(DayBreak("w0", 0, 45),)))["t0"][0][2] == 45.0


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (WindowChange("w9"), ("window", 0, "id")),
        (WindowChange("w0", new=True, like="w1"), ("window", 0, "id")),
        (WindowChange("w2", new=True, like="w9"), ("window", 0, "like")),
        (WindowChange("w0", clerk_of="w9"), ("window", 0, "clerk_of")),
        (WindowChange("w0", add=("B", "X")), ("window", 0, "add", 1)),
        (WindowChange("w0", remove=("A",)), ("window", 0)),
        (WindowChange("w0", closed=True), ("window",)),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(
    change: WindowChange, path: tuple[str | int, ...]
) -> None:
    with pytest.raises(WhatIfError) as told:
        then(change)
    assert told.value.path == path
