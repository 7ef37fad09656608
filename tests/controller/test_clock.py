"""The hall's clock follows the machine's and never goes back (law 8)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controller.clock import SystemClock
from controller.hall.instants import MINUTE, SECOND

NOON = 1_774_000_000 * SECOND


class Machine:
    """A machine whose clock somebody sets."""

    def __init__(self) -> None:
        self.wall, self.steady = NOON, 0
        self.clock = SystemClock(
            "Asia/Shanghai", lambda: self.wall * 1000, lambda: self.steady * 1000
        )

    def passes(self, micros: int) -> int:
        self.wall += micros
        self.steady += micros
        return self.clock.instant()

    def set(self, by: int) -> int:
        self.wall += by
        return self.clock.instant()


def test_it_is_the_machine_s_clock_while_nobody_sets_that() -> None:
    machine = Machine()
    assert machine.passes(5 * MINUTE) == NOON + 5 * MINUTE
    assert machine.clock.ahead == 0


def test_set_forward_it_follows_at_once() -> None:
    machine = Machine()
    assert machine.set(60 * MINUTE) == NOON + 60 * MINUTE


def test_set_back_it_runs_at_half_speed_until_it_is_right_again() -> None:
    machine = Machine()
    assert machine.set(-60 * MINUTE) == NOON
    assert machine.passes(60 * MINUTE) == NOON + 30 * MINUTE
    assert machine.passes(60 * MINUTE) == NOON + 60 * MINUTE
    assert machine.clock.ahead == 0
    assert machine.passes(MINUTE) == NOON + 61 * MINUTE


def test_set_back_and_right_again_it_is_right_at_once() -> None:
    machine = Machine()
    machine.set(-60 * MINUTE)
    machine.passes(MINUTE)
    assert machine.set(60 * MINUTE) == NOON + MINUTE


def test_a_restart_after_the_clock_was_set_back_goes_on_from_the_journal() -> None:
    machine = Machine()
    machine.clock.not_before(NOON + 10 * MINUTE)
    assert machine.passes(0) == NOON + 10 * MINUTE
    assert machine.passes(20 * MINUTE) == NOON + 20 * MINUTE


@given(
    st.lists(
        st.tuples(st.integers(0, 3600 * SECOND), st.integers(-7200 * SECOND, 7200 * SECOND)),
        max_size=30,
    )
)
def test_whatever_is_done_to_the_machine_s_clock_it_never_goes_back(
    days: list[tuple[int, int]],
) -> None:
    machine, last = Machine(), NOON
    for passed, step in days:
        for told in (machine.passes(passed), machine.set(step)):
            assert told >= last
            last = told
