"""What a hall's configuration offers once it is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from config import (
    DEMO,
    EXAMPLE,
    ConfigError,
    ControllerConfig,
    DisplayConfig,
    HallConfig,
    KioskConfig,
    Problem,
    check,
    load,
    load_hall,
)
from config.policy import Policy
from tests.config.minimal import HALL, spoil, write


@pytest.fixture(scope="module")
def demo() -> HallConfig:
    return load_hall(DEMO)


@pytest.mark.parametrize("directory", [DEMO, EXAMPLE])
def test_what_is_shipped_is_in_order(directory: Path) -> None:
    assert check(directory) == []


def test_the_demo_hall_is_whole(demo: HallConfig) -> None:
    assert (len(demo.windows), len(demo.items), len(demo.bundles)) == (24, 70, 6)
    assert len(demo.clerks) >= 24
    assert len(demo.kiosks) == 2
    assert [zone.letter for zone in demo.zones] == ["A", "B", "C", "D", "E", "出", "咨"]


def test_every_item_of_the_demo_can_be_served_by_a_clerk_at_work(demo: HallConfig) -> None:
    windows = {window.no: window for window in demo.windows}
    at_work = {
        skill
        for clerk in demo.clerks
        if windows[clerk.window].open_by_default
        for skill in demo.skills_of(clerk, windows[clerk.window])
    }
    assert [item.code for item in demo.items if item.skill not in at_work] == []


def test_every_window_and_every_waiting_zone_of_the_demo_has_a_screen(demo: HallConfig) -> None:
    assert {s.window for s in demo.screens if s.kind == "window"} == {w.no for w in demo.windows}
    assert {s.zone for s in demo.screens if s.kind == "zone"} == {z.id for z in demo.zones}


def test_everything_the_public_reads_in_the_demo_has_an_english_name(demo: HallConfig) -> None:
    named = (*demo.zones, *demo.departments, *demo.skills, *demo.windows, *demo.items)
    named += (*demo.bundles, *demo.kiosks, *demo.priorities)
    assert [thing for thing in named if not thing.name_en.isascii()] == []
    english = [item.name_en for item in demo.items]
    assert len(set(english)) == len(english)


def test_the_demo_opens_for_some_at_noon_on_wednesday_evening_and_on_saturday(
    demo: HallConfig,
) -> None:
    hall = demo.hall
    assert hall.lunch_duty is not None
    assert hall.lunch_duty.windows == (1, 3, 9, 13)
    assert hall.lunch_duty.ticketing == (("11:45", "13:15"),)
    assert [(duty.weekday, duty.windows) for duty in hall.extended] == [("Wed", (3, 9, 13))]
    assert hall.saturday is not None
    assert hall.saturday.windows == (3, 9, 13, 24)


def test_the_demo_has_the_default_policy_but_for_bookings(demo: HallConfig, tmp_path: Path) -> None:
    for_today = {"booking_lead_days": 0}  # a demo books for the same day
    usual = load_hall(write(tmp_path, hall=HALL)).policy
    assert usual.model_copy(update=for_today) == demo.policy


def test_the_readme_names_every_key_of_every_file() -> None:
    readme = (EXAMPLE.parent / "README.md").read_text(encoding="utf-8")
    models = [HallConfig, ControllerConfig, KioskConfig, DisplayConfig]
    keys = {key for model in models for key in keys_of(model)} - set(Policy.model_fields)
    assert sorted(key for key in keys if not re.search(rf"`\W*(hall\.)?{key}\W*`", readme)) == []


def keys_of(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from keys_of(inner)


def test_a_clerk_can_do_all_of_the_window_unless_skills_are_listed(tmp_path: Path) -> None:
    hall = load_hall(write(tmp_path, hall=HALL))
    assert hall.skills_of(hall.clerks[0], hall.windows[0]) == ("civil", "guide")
    listed = spoil(HALL, 'skills = "all"', 'skills = ["guide"]')
    hall = load_hall(write(tmp_path, hall=listed))
    assert hall.skills_of(hall.clerks[0], hall.windows[0]) == ("guide",)


def test_the_windows_for_a_skill_come_by_number(demo: HallConfig) -> None:
    assert [w.no for w in demo.windows_for("household")] == [8, 9, 10, 12, 23]


def test_it_cannot_be_changed(demo: HallConfig) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        demo.windows[0].low_counter = True  # type: ignore[misc]
    assert isinstance(demo.items, tuple)
    assert isinstance(demo.windows[0].skills, tuple)


def test_a_hall_made_without_a_file_keeps_the_same_rules() -> None:
    data = tomllib.loads(spoil(HALL, 'skill = "guide"', 'skill = "nobody"'))
    with pytest.raises(ValidationError, match='names "nobody", but there is no such skill'):
        HallConfig.model_validate(data)


LINES = [n for n, line in enumerate(HALL.splitlines()) if " = " in line and "[" not in line]
JUNK = [
    "0",
    "-1",
    '""',
    '"x"',
    "true",
    "nan",
    "[]",
    "[[]]",
    "{}",
    "[{}]",
    '{ "k" = [1] }',
    "2026-01-01",
]


@settings(max_examples=80)
@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(JUNK)), min_size=1, max_size=6))
def test_no_value_however_wrong_is_answered_otherwise_than_with_problems(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, str]]
) -> None:
    lines = HALL.splitlines()
    for n, junk in changes:
        lines[n] = lines[n].split(" = ")[0] + " = " + junk
    path = tmp_path_factory.mktemp("junk") / "hall.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert all(p.line and p.key and p.problem and p.remedy for p in problems_of(path))


def problems_of(path: Path) -> tuple[Problem, ...]:
    try:
        load(path, HallConfig)
    except ConfigError as error:
        return error.problems
    return ()
