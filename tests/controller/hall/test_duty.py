"""FR-40, FR-41: the roster opens, rests and ends windows to the minute, and people may deviate.

On the hall of `config/demo`: windows 1 to 24; at noon 1, 3, 9 and 13 work, on Wednesday evening
3, 9 and 13, on Saturday morning 3, 9, 13 and 24; number 23 only if somebody opens it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from config import load_hall
from controller.catalogue import plan_of
from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall.alarms import stranded
from controller.hall.events import Event
from controller.hall.model import PauseReason, Result, TicketState, WindowState
from controller.hall.plan import Plan
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import FakeClock, at

S, W = TicketState, WindowState
USUAL = frozenset({*range(1, 23), 24})
NOON = frozenset({1, 3, 9, 13})
LATE = frozenset({3, 9, 13})
NONE: frozenset[int] = frozenset()


@cache
def demo_plan() -> Plan:
    return plan_of(load_hall(Path("config/demo")))


def item_of(skill: str) -> str:
    """The first service item of a skill."""
    return next(i.code for i in demo_plan().services.values() if i.skill == skill)


HOUSEHOLD, PROPERTY = item_of("household"), item_of("property")


def clerk(no: int) -> str:
    return f"05{no:02}"


class Floor(Desk):
    """The demo hall in March 2026; the 18th is a Wednesday."""

    def __init__(self, now: str, *windows: int) -> None:
        super().__init__(demo_plan(), FakeClock(f"2026-03-{now}"))
        for no in windows:
            self.do(c.OpenWindow(no, clerk(no)))

    def until(self, now: str) -> list[Event]:
        """Set the clock to that time; what happened by itself."""
        self.clock.set(f"2026-03-{now}")
        return [*self.turn(), *self.due()]

    def working(self) -> frozenset[int]:
        return frozenset(w.no for w in self.hall.windows.values() if w.state is W.OPEN)

    def at(self, command: type[c.AtWindow], no: int, **more: object) -> list[Event]:
        return self.do(command(no, clerk(no), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "turns"),
    [
        ("17", {"09:00": USUAL, "12:00": NOON, "13:30": USUAL, "17:00": NONE}),
        ("18", {"09:00": USUAL, "12:00": NOON, "13:30": USUAL, "17:00": LATE, "19:00": NONE}),
        ("21", {"09:00": LATE | {24}, "12:00": NONE}),
    ],
    ids=["Tuesday", "Wednesday", "Saturday"],
)
def test_fr_40_the_demo_roster_opens_and_closes_the_right_windows_to_the_minute(
    day: str, turns: dict[str, frozenset[int]]
) -> None:
    rostered = frozenset[int]().union(*turns.values())
    floor, before = Floor(f"{day} 08:30:00", *rostered), NONE
    for time, on in turns.items():
        floor.until(f"{day} {time}:00")
        floor.clock.at -= 1
        early = Floor(f"{day} 08:30:00", *rostered)
        early.clock.at = floor.clock.at
        early.due()
        assert early.working() == before, f"a microsecond before {time}"
        floor.clock.at += 1
        assert floor.working() == on
        before = on


def test_fr_40_screens_are_told_why_and_until_when() -> None:
    floor = Floor("17 09:00:00", 2, 3, 23)
    floor.until("17 12:00:00")
    lunch = floor.hall.windows[2]
    assert (lunch.state, lunch.reason, lunch.until) == (
        W.PAUSED,
        PauseReason.MEAL,
        at("2026-03-17 13:30:00"),
    )
    floor.until("17 17:00:00")
    evening = floor.hall.windows[3]
    assert (evening.state, evening.reason) == (W.PAUSED, PauseReason.ROSTER)
    assert evening.until == at("2026-03-18 09:00:00")


def test_fr_40_who_is_early_begins_with_the_roster() -> None:
    floor = Floor("17 08:40:00", 2)
    assert floor.working() == NONE
    with pytest.raises(x.WindowPausedError):
        floor.at(c.CallNext, 2)
    floor.until("17 09:00:00")
    assert floor.working() == {2}


def test_fr_40_whoever_is_in_hand_is_served_before_lunch() -> None:
    floor = Floor("17 11:40:00", 9, 10)
    ticket = floor.issue(HOUSEHOLD)
    floor.at(c.CallNext, 10)
    floor.at(c.Arrive, 10, ticket=ticket)
    floor.until("17 12:00:00")
    assert floor.working() == {9, 10}
    floor.at(c.Finish, 10, ticket=ticket, item=0, result=Result.DONE)
    assert floor.working() == {9}
    assert floor.hall.windows[10].reason is PauseReason.MEAL


def test_fr_40_people_wait_through_lunch_where_nobody_of_their_line_works() -> None:
    floor = Floor("17 11:40:00", 19)
    floor.issue(PROPERTY, waived="预置")
    floor.until("17 12:00:00")
    assert floor.working() == NONE
    assert stranded(floor.hall) == ()


def test_fr_40_after_hours_windows_go_on_for_those_who_still_wait() -> None:
    floor = Floor("17 16:30:00", 9, 10, 3)
    first, second = (floor.issue(HOUSEHOLD, waived="预置") for _ in range(2))
    floor.until("17 17:00:00")
    assert floor.working() == {9, 10}, "window 3 has nobody"
    floor.at(c.CallNext, 9)
    assert floor.working() == {9, 10}
    floor.at(c.CallNext, 10)
    floor.at(c.Arrive, 9, ticket=first)
    floor.at(c.Finish, 9, ticket=first, item=0, result=Result.DONE)
    assert floor.working() == {10}
    assert floor.state(second) is S.CALLED


def test_fr_40_on_a_long_evening_only_those_go_on_whom_nobody_replaces() -> None:
    """Wednesday: 9 works late and does households; 19 alone does property."""
    floor = Floor("18 16:30:00", 9, 10, 19)
    floor.issue(HOUSEHOLD, waived="预置")
    floor.issue(PROPERTY, waived="预置")
    floor.until("18 17:00:00")
    assert floor.working() == {9, 19}


def test_fr_40_who_says_so_works_through_lunch_and_ends_with_the_day() -> None:
    floor = Floor("17 09:00:00", 2)
    floor.until("17 12:00:00")
    floor.at(c.ResumeWindow, 2)
    assert floor.working() == {2}
    floor.until("17 12:30:00")
    assert floor.working() == {2}
    floor.until("17 13:30:00")
    floor.until("17 17:00:00")
    assert floor.working() == NONE, "the roster means it again at the end of its day"


def test_fr_40_a_clerk_s_own_pause_is_not_ended_by_the_roster() -> None:
    floor = Floor("17 11:50:00", 2)
    floor.at(c.PauseWindow, 2, reason=PauseReason.FAULT, minutes=30)
    floor.until("17 13:30:00")
    assert (floor.working(), floor.hall.windows[2].reason) == (NONE, PauseReason.FAULT)


def test_fr_39_off_duty_is_the_roster_s_word_and_no_clerk_s() -> None:
    floor = Floor("17 10:00:00", 2)
    with pytest.raises(x.ReasonNeeded):
        floor.at(c.PauseWindow, 2, reason=PauseReason.ROSTER)


# --- FR-41 --------------------------------------------------------------------------------------


def test_fr_41_a_window_that_works_only_if_opened_works_until_it_is_closed() -> None:
    floor = Floor("17 09:30:00", 1, 23)
    assert floor.working() == {1, 23}
    for time in ("12:00:00", "13:30:00", "16:59:59"):
        floor.until(f"17 {time}")
        assert 23 in floor.working(), time
    floor.at(c.CloseWindow, 23)
    assert 23 not in floor.working()


def test_fr_41_who_worked_on_and_left_begins_with_the_roster_the_next_time() -> None:
    floor = Floor("17 12:10:00", 2)
    floor.at(c.ResumeWindow, 2)
    floor.at(c.CloseWindow, 2)
    floor.do(c.OpenWindow(2, clerk(2)))
    assert floor.working() == NONE


def test_fr_41_a_supervisor_who_puts_somebody_there_means_it() -> None:
    floor = Floor("17 12:10:00", 1, 2)
    assert floor.working() == {1}
    floor.do(c.OpenWindow(4, clerk(2), take_over=True))
    assert floor.working() == {1, 4}
    assert floor.hall.windows[2].clerk is None


def test_fr_41_skills_change_from_the_next_call_on() -> None:
    floor = Floor("17 09:30:00", 9)
    ticket = floor.issue(HOUSEHOLD)
    floor.at(c.CallNext, 9)
    floor.do(c.SetSkills(9, ("tax",)))
    floor.at(c.Arrive, 9, ticket=ticket)
    floor.at(c.Finish, 9, ticket=ticket, item=0, result=Result.DONE)
    assert floor.state(ticket) is S.FINISHED
    other = floor.issue(HOUSEHOLD)
    assert floor.at(c.CallNext, 9) == []
    assert [s.ticket for s in stranded(floor.hall)] == [other]
    floor.do(c.SetSkills(9, ("tax", "household")))
    (called,) = floor.at(c.CallNext, 9)
    assert called.ticket == other  # type: ignore[attr-defined]


def test_fr_41_what_a_window_does_today_stays_when_its_clerk_changes_and_ends_with_the_day() -> (
    None
):
    floor = Floor("17 09:30:00", 9)
    floor.do(c.SetSkills(9, ("tax",)))
    floor.at(c.CloseWindow, 9)
    floor.do(c.OpenWindow(9, "0599"))
    assert floor.hall.windows[9].skills == {"tax"}
    floor.until("18 09:00:00")
    assert floor.hall.windows[9].skills == demo_plan().windows[9].skills


@pytest.mark.parametrize(
    ("skills", "error"), [((), x.NoSkillLeft), (("tax", "flying"), x.UnknownSkill)]
)
def test_fr_41_a_window_does_something_that_exists(
    skills: tuple[str, ...], error: type[x.HallError]
) -> None:
    floor = Floor("17 09:30:00", 9)
    with pytest.raises(error):
        floor.do(c.SetSkills(9, skills))
    assert floor.do(c.SetSkills(9, ("household",))) == []


def test_fr_41_a_supervisor_turns_the_roster_by_hand_until_it_turns_again() -> None:
    floor = Floor("17 10:00:00", 1, 2, 3, 23)
    floor.do(c.TurnRoster((1, 23)))
    assert floor.working() == {1, 23}
    off = floor.hall.windows[3]
    assert (off.reason, off.until) == (PauseReason.ROSTER, at("2026-03-17 12:00:00"))
    floor.until("17 12:00:00")
    assert floor.working() == {1, 3}, "the roster knows 23 for nothing, and has turned"
    with pytest.raises(x.UnknownWindow):
        floor.do(c.TurnRoster((1, 99)))


def test_fr_41_by_hand_all_others_rest_also_those_who_worked_on() -> None:
    floor = Floor("17 10:00:00", 1, 23)
    floor.do(c.TurnRoster((1,)))
    assert floor.working() == {1}


# --- the end of the day -------------------------------------------------------------------------


def test_the_day_ends_half_an_hour_after_closing_and_gives_up_whom_nobody_called() -> None:
    floor = Floor("17 16:30:00", 9)
    served, waiting = (floor.issue(HOUSEHOLD, waived="预置") for _ in range(2))
    floor.at(c.CallNext, 9)
    floor.at(c.Arrive, 9, ticket=served)
    floor.until("17 17:29:59")
    assert floor.state(waiting) is S.WAITING
    assert not floor.hall.over
    events = floor.until("17 17:30:00")
    assert [e.type for e in events] == ["ticket.dropped", "day.ended"]
    assert floor.state(waiting) is S.DROPPED
    assert floor.state(served) is S.SERVING, "who is in hand is served to the end"
    floor.at(c.Finish, 9, ticket=served, item=0, result=Result.DONE)
    assert floor.hall.over
    assert floor.working() == NONE
    assert floor.wait(3600) == []


def test_the_day_ends_whatever_people_are_about() -> None:
    """Held, passed, back, handed on: all are given up at the end, and nothing points to them."""
    floor = Floor("17 16:30:00", 9, 10, 12)
    tickets = [floor.issue(HOUSEHOLD, waived="预置") for _ in range(5)]

    def in_hand(no: int) -> str:
        return floor.at(c.CallNext, no)[0].ticket  # type: ignore[attr-defined, no-any-return]

    floor.at(c.Hold, 9, ticket=in_hand(9))
    floor.at(c.Transfer, 9, ticket=in_hand(9), to_window=12)
    back, gone = in_hand(9), in_hand(10)
    floor.until("17 17:28:00")
    floor.at(c.Pass, 9, ticket=back)
    floor.at(c.Pass, 10, ticket=gone)
    floor.do(c.Return(back))
    states = {floor.state(t) for t in tickets}
    assert states == {S.HELD, S.PASSED, S.RETURNED, S.WAITING}
    floor.until("17 17:30:00")
    assert {floor.state(t) for t in tickets} == {S.DROPPED}
    hall = floor.hall
    assert (list(hall.deadlines), hall.returned, hall.meant, len(hall.waiting)) == (
        [],
        {},
        set(),
        0,
    )
    assert {w.held for w in hall.windows.values()} == {()}


def test_windows_that_are_put_on_duty_keep_the_day_open() -> None:
    floor = Floor("17 16:30:00", 9)
    ticket = floor.issue(HOUSEHOLD, waived="预置")
    floor.until("17 17:10:00")
    floor.do(c.TurnRoster((9,)))
    floor.until("17 18:00:00")
    assert floor.state(ticket) is S.WAITING
    floor.do(c.TurnRoster(()))
    assert floor.state(ticket) is S.DROPPED
    assert floor.hall.over


def test_a_day_that_stays_shut_does_not_end_and_holds_nobody() -> None:
    floor = Floor("22 10:00:00")
    assert [e.type for e in floor.until("22 23:59:59")] == ["roster.turned"]
    assert not floor.hall.over


# --- clocks -------------------------------------------------------------------------------------


def test_a_clock_that_was_hours_fast_and_is_put_right_has_its_day_again() -> None:
    floor = Floor("17 20:00:00", 9)
    assert floor.hall.over
    floor.until("17 09:30:00")
    assert floor.hall.on_duty == USUAL
    assert floor.working() == {9}
    assert not floor.hall.over
    ticket = floor.issue(HOUSEHOLD)
    floor.until("17 17:30:00")
    assert floor.state(ticket) is S.DROPPED
    assert floor.hall.over


def test_a_clock_that_is_put_right_by_seconds_turns_nothing_twice() -> None:
    floor = Floor("17 11:59:00", 2)
    floor.until("17 12:00:00")
    floor.clock.forward(-2)
    assert floor.due() == []
    assert floor.until("17 13:29:59") == []


def test_a_hall_that_was_off_over_lunch_catches_up_in_one_step() -> None:
    floor = Floor("17 11:00:00", 2, 9)
    events = floor.until("17 17:10:00")
    assert [e.type for e in events] == ["roster.turned", "window.paused", "window.paused"]
    assert floor.working() == NONE
