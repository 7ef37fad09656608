"""calendar.toml, the days that differ; and the public days that the library knows (law 8)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from config import Calendar, ConfigError, Problem, check, load_hall
from controller.public_days import YEARS, public_days
from tests.config.minimal import HALL, line_of, spoil, write

CALENDAR = """\
complete = [2027]

[[day]]
date = 2026-02-14
open = true
like = "Fri"
note = "调休上班"

[[day]]
date = 2027-02-06
open = false
note = "春节"
note_en = "Spring Festival"
"""

# name: (what is replaced, by what, the line that begins with, key, problem, remedy)
BAD = {
    "unknown key": (
        "open = false\n",
        "open = false\nnoted = 1\n",
        "noted",
        "day[2].noted",
        "is not a known key",
        'Did you mean "note"?',
    ),
    "text for a date": (
        "date = 2026-02-14",
        'date = "2026-02-14"',
        'date = "2026-02-14"',
        "day[1].date",
        'is "2026-02-14", not a date',
        "Write it without quotes, as in 2026-01-01.",
    ),
    "hours of a closed day": (
        "open = false\n",
        'open = false\nlike = "Mon"\n',
        'like = "Mon"',
        "day[2].like",
        "is set on a day that is not open",
        "Remove it, or open the day.",
    ),
    "a day twice": (
        "[[day]]\ndate = 2027-02-06",
        "[[day]]\ndate = 2026-02-14\nopen = true\n\n[[day]]\ndate = 2027-02-06",
        "date = 2026-02-14\nopen = true\n\n",
        "day[2].date",
        "is 2026-02-14, already told by day[1]",
        "Keep one of the two.",
    ),
    "a complete year without days": (
        "complete = [2027]",
        "complete = [2027, 2028]",
        "complete",
        "complete[2]",
        "names 2028, of which no day is written",
        "Write its holidays and make-up days as [[day]], or remove the year.",
    ),
    "a weekday without hours": (
        'like = "Fri"',
        'like = "Sun"',
        "like",
        "day[1].like",
        'is "Sun", a weekday on which hall.toml opens nothing',
        "Write one of Mon, Tue, Wed, Thu, Fri.",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_spoilt_calendar_is_refused_with_line_key_fault_and_remedy(
    fault: str, tmp_path: Path
) -> None:
    old, new, begins, key, problem, remedy = BAD[fault]
    text = spoil(CALENDAR, old, new)
    path = write(tmp_path, hall=HALL, calendar=text) / "calendar.toml"
    expected = Problem(path, line_of(text, begins), key, problem, remedy)
    assert check(tmp_path) == [expected]
    with pytest.raises(ConfigError) as refused:
        load_hall(tmp_path)
    assert refused.value.problems == (expected,)


@pytest.mark.parametrize(
    ("list_of_hall", "day", "said"),
    [("closed_on", "2026-02-14", "true"), ("open_on", "2027-02-06", "false")],
)
def test_two_files_that_contradict_each_other_are_told_by_line(
    list_of_hall: str, day: str, said: str, tmp_path: Path
) -> None:
    hall = spoil(
        HALL, 'short_name = "便民中心"\n', f'short_name = "中心"\n{list_of_hall} = [{day}]\n'
    )
    path = write(tmp_path, hall=hall, calendar=CALENDAR) / "calendar.toml"
    (problem,) = check(tmp_path)
    assert (problem.file, problem.line) == (path, line_of(CALENDAR, f"open = {said}"))
    assert problem.problem == (
        f"is {said} for {day}, which hall.{list_of_hall}[1] of hall.toml denies"
    )


def test_two_files_that_say_the_same_are_in_order(tmp_path: Path) -> None:
    hall = spoil(HALL, 'short_name = "便民中心"\n', 'short_name = "中心"\nopen_on = [2026-02-14]\n')
    assert check(write(tmp_path, hall=hall, calendar=CALENDAR)) == []


def test_a_hall_has_its_calendar_or_an_empty_one(tmp_path: Path) -> None:
    assert load_hall(write(tmp_path, hall=HALL)).calendar == Calendar()
    days = load_hall(write(tmp_path, calendar=CALENDAR)).calendar.days
    assert [(d.date, d.open, d.like, d.note) for d in days] == [
        (date(2026, 2, 14), True, "Fri", "调休上班"),
        (date(2027, 2, 6), False, None, "春节"),
    ]


# The State Council's announcements: first and last day off, and the days worked for them.
ANNOUNCED = {
    2024: (
        "01-01 01-01, 02-10 02-17, 04-04 04-06, 05-01 05-05, 06-08 06-10, 09-15 09-17, 10-01 10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 01-01, 01-28 02-04, 04-04 04-06, 05-01 05-05, 05-31 06-02, 10-01 10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01 01-03, 02-15 02-23, 04-04 04-06, 05-01 05-05, 06-19 06-21, 09-25 09-27, 10-01 10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


@pytest.mark.parametrize("year", ANNOUNCED)
def test_law_8_public_days_are_those_that_were_announced(year: int) -> None:
    off, worked = ANNOUNCED[year]
    spans = [[date.fromisoformat(f"{year}-{d}") for d in s.split()] for s in off.split(", ")]
    announced = {a + timedelta(days=n) for a, b in spans for n in range((b - a).days + 1)}
    known = public_days()
    assert {h.day for h in known.off if h.day.year == year} == announced
    assert [f"{d:%m-%d}" for d in known.worked if d.year == year] == worked.split()


def test_public_days_have_the_names_that_people_use() -> None:
    named = {h.day: (h.name, h.name_en) for h in public_days().off}
    assert named[date(2026, 2, 16)] == ("春节", "Chinese New Year (Spring Festival)")
    assert named[date(2025, 10, 8)] == ("国庆节、中秋节", "National Day, Mid-Autumn Festival")
    assert [day for day, names in named.items() if not all(names)] == []


def test_law_8_a_year_without_make_up_days_is_not_arranged_yet() -> None:
    known = public_days()
    worked = Counter(day.year for day in known.worked)
    assert known.arranged == tuple(year for year in YEARS if worked[year])
    assert {2024, 2025, 2026} <= set(known.arranged)
    assert YEARS[-1] not in known.arranged  # told at most a year ahead
    assert any(h.day == date(YEARS[-1], 10, 1) for h in known.off)  # the law holds all the same
