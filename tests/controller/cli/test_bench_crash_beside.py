"""The checker of ``jiaohao bench crash`` compares what is kept beside the events and what pages
show; what it judges by it reads from the configuration."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from controller.cli.bench.crash.checker.checker import Checker
from controller.cli.bench.crash.checker.plan import Plan, Rules
from controller.cli.bench.crash.checker.records import LOST, Answer, Finding
from tests.controller.cli.crash_rules_story import (
    SOMEBODY,
    THIRD,
    TODAY,
    TOMORROW,
    YESTERDAY,
    honest,
)
from tests.controller.cli.crash_story import HOUR, KIOSK, PLAN, Story


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return honest(tmp_path / "journal.db")


# --- what is kept beside the events ---------------------------------------------------------------


def twice(story: Story) -> list[Finding]:
    """What two looks find, so that what belongs to a day's beginning has been done."""
    checker = Checker(PLAN)
    checker.check(story.save(), story.asked, story.heard)
    return [*checker.found, *checker.check(story.path, ())]


def test_an_appointment_must_be_kept_as_the_events_tell_it(story: Story) -> None:
    story.booked(TOMORROW, 2, story.at + 23 * HOUR)
    story.hall.appointments.known.pop(f"{TOMORROW}-0900-2")
    (found,) = twice(story)
    assert "only the journal has 2026-11-25-0900-2 as booked" in found.text


def test_an_absence_that_was_cleared_must_not_count(story: Story) -> None:
    assert twice(story) == []
    story.absent[f"{YESTERDAY}-0900-1"] = False
    assert "the absence of 2026-11-23-0900-1 counts" in twice(story)[0].text


def test_an_absence_must_count_until_it_is_cleared(tmp_path: Path) -> None:
    s = Story(tmp_path / "journal.db")
    s.day(YESTERDAY)
    missed = s.booked(YESTERDAY, 1, s.at + HOUR, person=SOMEBODY)
    s.day(TODAY)
    s.event("system", "appointment.missed", booking=missed)
    assert f"the absence of {missed} does not count" in twice(s)[0].text
    s.absent[missed] = False
    assert twice(s) == []


def test_whoever_did_not_come_three_times_must_be_barred(tmp_path: Path) -> None:
    s = Story(tmp_path / "journal.db")
    for n in range(3):
        s.day(f"2026-11-2{n}")
        missed = s.booked(s.hall.day, 1, s.at + HOUR, person=SOMEBODY)
        s.day(f"2026-11-2{n + 1}") if n == 2 else None
        s.absent[missed] = False
    for missed in s.absent:
        s.event("system", "appointment.missed", booking=missed)
    assert "0 people may not book, and 1 should" in twice(s)[0].text


def test_an_absence_that_nobody_noted_is_told(tmp_path: Path) -> None:
    s = Story(tmp_path / "journal.db")
    s.day(YESTERDAY)
    s.booked(YESTERDAY, 1, s.at + HOUR)
    s.day(TODAY)
    assert [f.text for f in twice(s)] == ["nobody noted that 2026-11-23-0900-1 was missed"]


def test_people_of_a_day_that_is_over_must_be_gone(story: Story) -> None:
    checker = Checker(PLAN)
    checker.check(story.save(), story.asked, story.heard)
    with closing(sqlite3.connect(story.path)) as file, file:
        file.execute("INSERT INTO persons VALUES (?, ?, ?)", (f"{YESTERDAY}-A001", YESTERDAY, None))
    (found,) = checker.check(story.path, ())
    assert f"on {TODAY} people of {YESTERDAY} are still known" in found.text


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "no", "change", "words"),
    [
        ("list", None, lambda told: told[1:], "list"),
        ("list", None, lambda told: [told[0] | {"class": "priority"}, *told[1:]], "class"),
        ("console", 2, lambda told: told | {"offer": None}, "offer is None"),
        ("console", 1, lambda told: told | {"held": [THIRD]}, "held"),
        ("appointments", None, lambda told: {}, "0900-1 is None"),
    ],
)
def test_a_page_that_differs_from_the_journal_is_told(
    story: Story, kind: str, no: int | None, change: Callable[[object], object], words: str
) -> None:
    checker = Checker(PLAN)
    checker.check(story.save(), story.asked, story.heard)
    page = next(p for p in story.pages() if (p.kind, p.window) == (kind, no))
    (first, *_) = checker.compare([], [replace(page, told=change(page.told))])
    assert kind in first.text
    assert words in first.text


# --- the plan -------------------------------------------------------------------------------------


def test_the_checker_reads_from_the_configuration_what_it_judges_by(tmp_path: Path) -> None:
    hall = tmp_path / "hall.toml"
    hall.write_text(
        """
        series = { digits = 4 }
        policy = { lease_numbers = 10, recall_limit = 3 }
        appointments = { per_slot = 1, capacity = { tax = 2 } }
        item = [{ code = "C-1", skill = "civil" }]
        skill = [{ id = "civil", zone = "A" }, { id = "tax", zone = "B" }]
        window = [
            { no = 1, zone = "A" },
            { no = 2, zone = "A", auto_assign = true, low_counter = true },
        ]
        priority = [{ id = "elder", weight = 4.0 }, { id = "vip", dispatch_class = "ordinary" }]
        """
    )
    plan = Plan.read(hall)
    assert (plan.digits, plan.rules) == (4, Rules(lease_numbers=10))
    assert (plan.automatic, plan.low) == ({2}, (2,))
    assert plan.places == {"civil": 1, "tax": 2}
    assert plan.standing("elder", booked=False) == ("priority", 4.0)
    assert plan.standing("vip", booked=True) == ("appointment", 3.8)
    assert plan.standing(None, booked=True) == ("appointment", 3.0)


def test_an_answer_that_tells_nothing_else_is_not_of_a_deed(story: Story) -> None:
    story.told("lease", KIOSK, Answer(200, {"seq": len(story.rows), "series": "A"}))
    assert any(f.kind == LOST and "lease" in f.text for f in story.findings())
