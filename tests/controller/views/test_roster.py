"""Who is free: configured, signed on nowhere, and the own window closed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config import DEMO, HallConfig, load_hall
from controller.catalogue import plan_of
from controller.hall.model import Window, WindowState, closed_windows
from controller.views.roster import Clerk, choices, free_clerks


@pytest.fixture(scope="module")
def config() -> HallConfig:
    return load_hall(DEMO)


@pytest.fixture
def windows(config: HallConfig) -> dict[int, Window]:
    return closed_windows(plan_of(config))


def numbers(config: HallConfig, windows: dict[int, Window], *gone: str) -> set[str]:
    return {clerk.no for clerk in free_clerks(config, windows.values(), gone)}


def sign_on(windows: dict[int, Window], no: int, clerk: str) -> None:
    windows[no] = replace(windows[no], state=WindowState.OPEN, clerk=clerk)


def test_in_the_morning_everybody_is_free(config: HallConfig, windows: dict[int, Window]) -> None:
    assert numbers(config, windows) == {clerk.no for clerk in config.clerks}


def test_whose_window_works_is_not_free(config: HallConfig, windows: dict[int, Window]) -> None:
    second = {c.no for c in config.clerks if c.window == 5}
    sign_on(windows, 5, "0505")
    assert len(second) == 2, "two belong to window 5"
    assert numbers(config, windows).isdisjoint(second)


def test_who_sits_at_another_window_is_not_free(
    config: HallConfig, windows: dict[int, Window]
) -> None:
    sign_on(windows, 1, "0530")
    assert "0530" not in numbers(config, windows)


def test_a_paused_window_s_clerk_is_not_free(
    config: HallConfig, windows: dict[int, Window]
) -> None:
    sign_on(windows, 23, "0530")
    windows[23] = replace(windows[23], state=WindowState.PAUSED)
    assert "0530" not in numbers(config, windows)


def test_who_has_no_account_any_more_is_not_free(
    config: HallConfig, windows: dict[int, Window]
) -> None:
    assert "0530" not in numbers(config, windows, "0530")


def test_no_skills_of_one_s_own_mean_all_of_the_window() -> None:
    assert Clerk("0501", 1, frozenset()).at(frozenset("ab")) == frozenset("ab")
    assert Clerk("0502", 1, frozenset("bc")).at(frozenset("ab")) == frozenset("b")


def test_of_those_who_could_do_the_same_one_is_chosen() -> None:
    clerks = [
        Clerk("0501", 7, frozenset()),
        Clerk("0502", 8, frozenset("ab")),
        Clerk("0503", 9, frozenset("a")),
        Clerk("0504", 9, frozenset("z")),
    ]
    found = choices(23, frozenset("ab"), clerks)
    assert [clerk.no for clerk in found] == ["0503", "0502"]
