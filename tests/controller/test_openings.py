"""The configuration's calendar, roster and slots, as the pure plan has them (FR-12, FR-40)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from config import DEMO, HallConfig, load_hall
from controller.hall.opening import SpecialDay, opening, unknown_years, working_days_ahead
from controller.hall.roster import duty
from controller.hall.slots import slots_of_day
from controller.openings import Openings, calendar_warnings, opening_plan
from tests.config.minimal import HALL, spoil, write

NO_PUBLIC_DAYS = 'public_holidays = "none"\n'
LATE = "[series]"
DUTIES = """\
[hall.lunch_duty]
hours = [["12:00", "13:30"]]
ticketing = [["11:45", "13:15"]]
windows = [1]

[[hall.extended]]
weekday = "Fri"
hours = [["17:00", "19:00"]]
ticketing = [["16:45", "18:45"]]
windows = [2]

[series]"""


def hall(directory: Path, calendar: str = "", old: str = "", new: str = "") -> HallConfig:
    text = spoil(HALL, LATE, DUTIES)
    return load_hall(
        write(directory, hall=spoil(text, old, new) if old else text, calendar=calendar)
    )


def special(config: HallConfig, day: str) -> SpecialDay | None:
    return opening_plan(config).special_day(date.fromisoformat(day))


def test_law_8_public_holidays_are_shut_and_make_up_days_worked_without_being_written(
    tmp_path: Path,
) -> None:
    plan = opening_plan(hall(tmp_path))
    spring = opening(plan, datetime(2026, 2, 15, 10))
    assert (spring.why, spring.name) == ("holiday", "春节")
    assert spring.next == datetime(2026, 2, 24, 8, 45)
    saturday = plan.day(date(2026, 2, 14))
    assert (saturday.working, saturday.hours) == (True, ((540, 1020),))
    assert working_days_ahead(plan, date(2026, 2, 13), 2) == date(2026, 2, 24)


def test_calendar_toml_goes_before_the_lists_of_the_hall_and_these_before_the_law(
    tmp_path: Path,
) -> None:
    calendar = (
        '[[day]]\ndate = 2026-10-01\nopen = true\nlike = "Fri"\n'
        '[[day]]\ndate = 2026-08-15\nopen = false\nnote = "系统升级"\n'
    )
    lists = 'name_en = "Subdistrict Hall"\nopen_on = [2026-10-02]\nclosed_on = [2026-02-14]\n'
    config = hall(tmp_path, calendar, 'name_en = "Subdistrict Hall"\n', lists)
    plan = opening_plan(config)
    assert plan.day(date(2026, 10, 1)) == plan.week[4]  # Friday's late duty included
    assert plan.day(date(2026, 10, 2)).hours == ((540, 1020),)
    assert plan.day(date(2026, 2, 14)).hours == ()
    assert special(config, "2026-08-15") == SpecialDay(date(2026, 8, 15), name="系统升级")
    assert [day.day for day in plan.special] == sorted(day.day for day in plan.special)


def test_a_complete_year_is_the_file_s_alone(tmp_path: Path) -> None:
    calendar = "complete = [2027]\n[[day]]\ndate = 2027-10-01\nopen = false\n"
    plan = opening_plan(hall(tmp_path, calendar))
    assert [day.day for day in plan.special if day.day.year == 2027] == [date(2027, 10, 1)]
    assert plan.knows(2027)


def test_a_hall_may_keep_no_public_holidays(tmp_path: Path) -> None:
    plan = opening_plan(hall(tmp_path, NO_PUBLIC_DAYS))
    assert plan.special == ()
    assert unknown_years(plan, date(2035, 1, 1), 31) == ()


def test_law_8_a_year_that_is_not_settled_is_warned_of_a_month_ahead(tmp_path: Path) -> None:
    far = date(2035, 11, 30)
    config = hall(tmp_path, "complete = [2035]\n[[day]]\ndate = 2035-10-01\nopen = false\n")
    assert calendar_warnings(config, far) == []
    (warning,) = calendar_warnings(config, date(2035, 12, 1))
    assert "make-up days (调休) of 2036 are not known" in warning
    assert "complete = [2036]" in warning


def test_fr_40_the_demo_s_roster_opens_and_closes_the_right_windows_to_the_minute() -> None:
    plan = opening_plan(load_hall(DEMO))
    windows = [w.no for w in load_hall(DEMO).windows]

    def on_duty(text: str) -> list[int]:
        return [no for no in windows if duty(plan, no, datetime.fromisoformat(text)).on]

    everybody = [no for no in windows if no != 23]  # 23 works when somebody opens it
    assert on_duty("2026-03-17 08:59") == []
    assert on_duty("2026-03-17 09:00") == everybody
    assert on_duty("2026-03-17 11:59") == everybody
    assert on_duty("2026-03-17 12:00") == [1, 3, 9, 13]
    assert on_duty("2026-03-17 13:30") == everybody
    assert on_duty("2026-03-17 17:00") == []
    assert on_duty("2026-03-18 18:59") == [3, 9, 13]
    assert on_duty("2026-03-18 19:00") == []
    assert on_duty("2026-03-21 09:00") == [3, 9, 13, 24]
    assert on_duty("2026-02-14 10:00") == everybody  # worked for the Spring Festival
    assert on_duty("2026-02-21 10:00") == []  # a Saturday within it


def test_fr_40_planned_breaks_are_breaks(tmp_path: Path) -> None:
    breaks = 'skills = ["civil"]\nbreaks = [["10:10", "10:20"]]\n'
    plan = opening_plan(hall(tmp_path, "", 'skills = ["civil"]\n', breaks))
    assert plan.breaks == ((2, ((610, 620),)),)
    assert duty(plan, 2, datetime(2026, 3, 17, 10, 10)).why == "break"


def test_fr_40_a_break_may_lie_in_the_duty_of_its_window_at_noon(tmp_path: Path) -> None:
    breaks = 'name = "综合"\nbreaks = [["11:50", "12:10"]]\nname_en = "All"\nskills = ['
    first = 'name = "综合"\nname_en = "All"\nskills = [\n'
    plan = opening_plan(hall(tmp_path, "", first, breaks + "\n"))
    assert plan.breaks == ((1, ((710, 730),)),)


def test_fr_12_every_item_of_the_demo_has_slots_on_a_working_day() -> None:
    config = load_hall(DEMO)
    plan = opening_plan(config)
    monday = date(2026, 3, 16)
    assert [i.code for i in config.items if not slots_of_day(plan, i.code, monday)] == []


def test_fr_12_noon_has_a_slot_for_items_that_a_window_on_duty_can_do(tmp_path: Path) -> None:
    own = 'minutes = 10\nquota = 5\nticketing = [["09:00", "10:00"]]\n'
    plan = opening_plan(hall(tmp_path, "", "minutes = 10\n", own))
    monday = date(2026, 3, 16)
    guide = [(s.start.hour, s.end.hour) for s in slots_of_day(plan, "MZ-002", monday)]
    assert guide == [(8, 11), (11, 13), (13, 16)]  # window 1 guides at noon
    (narrow,) = slots_of_day(plan, "MZ-001", monday)
    assert (narrow.start, narrow.quota) == (datetime(2026, 3, 16, 9), 5)


def test_fr_23_a_day_tells_its_ticketing_and_when_persons_are_forgotten(tmp_path: Path) -> None:
    openings = Openings(hall(tmp_path))
    wall = [
        [datetime.fromtimestamp(ms / 1000, openings.zone).strftime("%H:%M") for ms in span if ms]
        for span in openings.ticketing_ms("2026-03-20")
    ]
    assert wall == [["08:45", "18:45"]]
    assert openings.purge_at("2026-03-20", 60) == datetime(2026, 3, 20, 20)
    assert openings.ticketing_ms("2026-03-22") == []
    assert openings.purge_at("2026-03-22", 60) is None
    always = Openings(hall(tmp_path), round_the_clock=True)
    ((opens, closes),) = always.ticketing_ms("2026-03-22")
    assert opens is not None
    assert closes is not None
    assert closes - opens == 24 * 3600 * 1000
    assert always.purge_at("2026-03-20", 60) is None
