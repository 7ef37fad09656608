"""The checker of ``jiaohao bench crash`` judges offers, moves at the guide desk, leases and
appointments: nothing is found in an honest day, and each way to break it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from controller.cli.bench.crash.checker.checker import Checker
from controller.cli.bench.crash.checker.plan import Plan, Rules
from controller.cli.bench.crash.checker.records import (
    DOUBLED,
    LOST,
    TWICE_CALLED,
    UNEXPLAINED,
    Answer,
    Finding,
)
from tests.controller.cli.crash_story import (
    GUIDE,
    HOUR,
    KIOSK,
    PLAN,
    SECOND,
    SUPERVISOR,
    Story,
    clerk,
)

YESTERDAY, TODAY, TOMORROW = "2026-11-23", "2026-11-24", "2026-11-25"
SOMEBODY = "ab" * 32
FIRST, SECOND_ONE, THIRD, SLIP = (f"{TODAY}-A{n:03}" for n in (1, 2, 3, 11))


def honest(path: Path) -> Story:
    """Windows 1 and 2 are open, 2 is automatic. A001 was called by the hall itself and is done;
    A002 is reserved for window 2; A003 waits, goes first and is meant for window 1; A011 was taken
    in from a slip. One appointment was kept, one given back, one missed yesterday and cleared."""
    s = Story(path)
    s.day(YESTERDAY)
    missed = s.booked(YESTERDAY, 1, s.at + HOUR, person=SOMEBODY)
    s.day(TODAY)
    s.event("system", "appointment.missed", booking=missed)
    s.event(SUPERVISOR, "appointment.absences_cleared", booking=missed, reason="ill")
    s.answer("clear", SUPERVISOR, asked={"reason": "ill"}, cleared=1).booking = missed
    s.absent[missed] = True
    s.opens(1), s.opens(2)
    first, second, third = s.issued(1), s.issued(2), s.issued(3, "T-1", "C-1")
    s.at = s.offered(first, 2)
    s.event("system", "ticket.called", ticket=first, window=2, clerk="0502", items=[0])
    s.arrived(first, 2)
    s.finished(first, 2)
    s.offered(second, 2)
    s.event(clerk(2), "ticket.declined", ticket=second, window=2, why="kept")
    s.answer("decline", clerk(2), no=2)
    s.event(clerk(2), "window.ready", window=2)
    s.answer("call", clerk(2), no=2, ticket=None)
    s.asked[-1].answers[0].body.pop("window")
    s.offered(second, 2)
    granted(s, third, "priority", 3.8)
    arranged(s, third, 1)
    redirected(s, third, 0, "T-2")
    s.event(KIOSK, "ticket.reprinted", ticket=third)
    s.answer("reprint", KIOSK, third)
    s.leased(4, 13)
    s.taken_in(11, s.at - 5 * SECOND)
    s.checked_in(s.booked(TODAY, 1, s.at + HOUR // 100), 14)
    given_back = s.booked(TOMORROW, 1, s.at + 24 * HOUR)
    s.event(KIOSK, "appointment.cancelled", booking=given_back)
    s.answer("give-back", KIOSK).booking = given_back
    return s


def granted(s: Story, ticket: str, cls: str, weight: float, group: str = "elder") -> None:
    s.event(GUIDE, "ticket.granted", ticket=ticket, cls=cls, weight=weight, reason="age")
    s.answer("grant", GUIDE, ticket, asked={"priority": group, "reason": "age"})


def arranged(s: Story, ticket: str, to: int, wanted: int | None = None) -> None:
    s.event(GUIDE, "ticket.arranged", ticket=ticket, clerk="0003", to=to)
    s.answer("move", GUIDE, ticket, asked={"to_window": wanted or to})


def redirected(s: Story, ticket: str, item: int, code: str) -> None:
    body = {"window": None, "clerk": "0003", "item": item, "service": code}
    s.event(GUIDE, "ticket.redirected", ticket=ticket, **body)
    s.answer("move", GUIDE, ticket, asked={"item": item, "to_item": code})


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return honest(tmp_path / "journal.db")


def test_an_honest_day_with_all_of_it_has_no_findings(story: Story) -> None:
    assert story.findings() == []


# --- each a way to break it -----------------------------------------------------------------------


def reserved_for_a_window_with_a_number_in_hand(s: Story) -> None:
    s.called(SECOND_ONE, 2)
    s.offered(THIRD, 2, 1)


def reserved_twice(s: Story) -> None:
    s.offered(THIRD, 2, 1)


def reserved_for_a_window_that_calls_by_hand(s: Story) -> None:
    s.offered(THIRD, 1, 1)


def reserved_for_a_clerk_who_wants_none(s: Story) -> None:
    s.event(clerk(2), "ticket.declined", ticket=SECOND_ONE, window=2, why="kept")
    s.answer("decline", clerk(2), no=2)
    s.offered(SECOND_ONE, 2)


def called_elsewhere_while_reserved(s: Story) -> None:
    s.called(SECOND_ONE, 1)


def called_by_the_hall_too_soon(s: Story) -> None:
    s.event(clerk(2), "ticket.declined", ticket=SECOND_ONE, window=2, why="withdrawn")
    s.offered(SECOND_ONE, 2)
    s.event("system", "ticket.called", ticket=SECOND_ONE, window=2, clerk="0502", items=[0])


def called_by_the_hall_without_an_offer(s: Story) -> None:
    s.event("system", "ticket.called", ticket=THIRD, window=1, clerk="0501", items=[1])


def paused_with_a_number_reserved(s: Story) -> None:
    s.event(clerk(2), "window.paused", window=2, reason="rest", until=0)
    s.answer("pause", clerk(2), no=2)


def called_where_it_is_not_meant(s: Story) -> None:
    s.event(clerk(2), "ticket.declined", ticket=SECOND_ONE, window=2, why="withdrawn")
    s.called(THIRD, 2)


def called_where_no_wheelchair_comes(s: Story) -> None:
    ticket = s.issued(14 + 1, only=[2], answered=False)
    s.answer("issue", KIOSK, ticket, asked={"items": ["C-1"], "needs": ["low_counter"]})
    s.called(ticket, 1)


def need_that_was_forgotten(s: Story) -> None:
    ticket = s.issued(15, answered=False)
    s.answer("issue", KIOSK, ticket, asked={"items": ["C-1"], "needs": ["low_counter"]})


def another_matter_than_was_asked_for(s: Story) -> None:
    ticket = s.issued(15, answered=False)
    s.answer("issue", KIOSK, ticket, asked={"items": ["T-1"]})


def granted_what_nobody_asked_for(s: Story) -> None:
    granted(s, SLIP, "priority", 9.9)


def grant_that_is_gone(s: Story) -> None:
    s.answer("grant", GUIDE, SLIP, asked={"priority": "elder", "reason": "age"})


def granted_what_was_so_before(s: Story) -> None:
    granted(s, THIRD, "priority", 3.8)


def moved_to_another_window_than_asked(s: Story) -> None:
    arranged(s, SLIP, 2, wanted=1)


def move_that_is_gone(s: Story) -> None:
    s.answer("move", GUIDE, SLIP, asked={"to_window": 1})


def printed_again_too_often(s: Story) -> None:
    for _ in range(2):
        s.event(KIOSK, "ticket.reprinted", ticket=THIRD)
        s.answer("reprint", KIOSK, THIRD)


def number_out_of_another_s_lease(s: Story) -> None:
    ticket = s.given("kiosk:k-2", 12, ("C-1",), seniority=s.at)
    s.answer("issue", "kiosk:k-2", ticket)


def slip_taken_in_twice(s: Story) -> None:
    s.taken_in(11, s.at - SECOND)


def slip_that_waits_from_now_on(s: Story) -> None:
    s.taken_in(12, s.at - 60 * SECOND)
    s.asked[-1].body["given_at"] -= 60_000


def leased_twice(s: Story) -> None:
    s.leased(13, 20)


def leased_without_end(s: Story) -> None:
    s.leased(15, 200)


def number_left_out(s: Story) -> None:
    s.issued(17)


def one_lease_for_two_requests(s: Story) -> None:
    s.leased(15, 20)
    s.answer("lease", KIOSK, asked={"series": "A"}, series="A", first=15, last=20)


def lease_answered_with_other_numbers(s: Story) -> None:
    s.leased(15, 20)
    s.asked[-1].answers[0].body["last"] = 24


def overtaken_by_a_clock_set_back(s: Story) -> None:
    s.issued(15, seniority=s.at - 60 * SECOND)


def one_time_for_two(s: Story) -> None:
    slot = s.at + 48 * HOUR
    s.booked("2026-11-26", 1, slot), s.booked("2026-11-26", 2, slot)


def two_times_for_one(s: Story) -> None:
    for n in (1, 2):
        s.booked("2026-11-26", n, s.at + (24 + n) * HOUR, person=SOMEBODY)


def kept_twice(s: Story) -> None:
    booking = f"{TODAY}-0900-1"
    s.given(KIOSK, 15, ("C-1",))
    body = {"booking": booking, "ticket": f"{TODAY}-A015", "late": True}
    s.event(KIOSK, "appointment.arrived", **body)


def kept_before_its_day(s: Story) -> None:
    s.checked_in(s.booked(TOMORROW, 2, s.at + 24 * HOUR), 15)


def appointment_that_is_gone(s: Story) -> None:
    s.booked(TOMORROW, 2, s.at + 23 * HOUR)
    s.cut(len(s.rows) - 1)
    s.heard.pop()


def appointment_nobody_was_told_of(s: Story) -> None:
    s.booked(TOMORROW, 2, s.at + 23 * HOUR)
    s.asked.pop()


def missed_before_the_day_was_over(s: Story) -> None:
    s.event("system", "appointment.missed", booking=s.booked(TODAY, 2, s.at + HOUR))


def kept_of_yesterday_s(s: Story) -> None:
    s.event(KIOSK, "appointment.cancelled", booking=f"{YESTERDAY}-0900-1")
    s.answer("give-back", KIOSK).booking = f"{YESTERDAY}-0900-1"


BROKEN = {
    reserved_for_a_window_with_a_number_in_hand: (TWICE_CALLED, "in hand"),
    reserved_twice: (TWICE_CALLED, "A002 reserved"),
    reserved_for_a_window_that_calls_by_hand: (UNEXPLAINED, "window 1 wants no number"),
    reserved_for_a_clerk_who_wants_none: (UNEXPLAINED, "window 2 wants no number"),
    called_elsewhere_while_reserved: (UNEXPLAINED, "A002 is meant for another window"),
    called_by_the_hall_too_soon: (UNEXPLAINED, "nobody asked for it"),
    called_by_the_hall_without_an_offer: (UNEXPLAINED, "nobody asked for it"),
    paused_with_a_number_reserved: (UNEXPLAINED, "A002 reserved"),
    called_where_it_is_not_meant: (UNEXPLAINED, "A003 is meant for another window"),
    called_where_no_wheelchair_comes: (UNEXPLAINED, "A015 is meant for another window"),
    need_that_was_forgotten: (UNEXPLAINED, "may go to None"),
    another_matter_than_was_asked_for: (UNEXPLAINED, "['T-1'] was asked for"),
    granted_what_nobody_asked_for: (UNEXPLAINED, "goes as priority 9.9"),
    grant_that_is_gone: (UNEXPLAINED, "goes as ordinary 1.0"),
    granted_what_was_so_before: (UNEXPLAINED, "goes as before"),
    moved_to_another_window_than_asked: (UNEXPLAINED, "to_window 1 was asked for"),
    move_that_is_gone: (UNEXPLAINED, "is meant for None and not for 1"),
    printed_again_too_often: (UNEXPLAINED, "printed 4"),
    number_out_of_another_s_lease: (DOUBLED, "set aside for k-1 and given by k-2"),
    slip_taken_in_twice: (DOUBLED, "A011 was given before"),
    slip_that_waits_from_now_on: (UNEXPLAINED, "and not since"),
    leased_twice: (DOUBLED, "A013 was given or set aside before"),
    leased_without_end: (UNEXPLAINED, "186 numbers at once"),
    number_left_out: (UNEXPLAINED, "A015 was next"),
    one_lease_for_two_requests: (DOUBLED, "belongs to request"),
    lease_answered_with_other_numbers: (UNEXPLAINED, "last is 24 and not 20"),
    overtaken_by_a_clock_set_back: (UNEXPLAINED, "waits since"),
    one_time_for_two: (DOUBLED, "2 people are promised one time"),
    two_times_for_one: (DOUBLED, "one person was promised"),
    kept_twice: (UNEXPLAINED, "0900-1 is arrived"),
    kept_before_its_day: (UNEXPLAINED, "is not due"),
    appointment_that_is_gone: (LOST, "book"),
    appointment_nobody_was_told_of: (UNEXPLAINED, "no answer tells of it"),
    missed_before_the_day_was_over: (UNEXPLAINED, "is not over"),
    kept_of_yesterday_s: (UNEXPLAINED, "0900-1 is missed"),
}


@pytest.mark.parametrize("break_", BROKEN, ids=lambda break_: break_.__name__)
def test_it_finds_what_broke_a_rule(story: Story, break_: Callable[[Story], None]) -> None:
    kind, words = BROKEN[break_]
    break_(story)
    found = story.findings()
    assert any(f.kind == kind and words in f.text for f in found), found


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
    assert plan.rules == Rules(lease_numbers=10)
    assert (plan.automatic, plan.low) == ({2}, (2,))
    assert plan.places == {"civil": 1, "tax": 2}
    assert plan.standing("elder", booked=False) == ("priority", 4.0)
    assert plan.standing("vip", booked=True) == ("appointment", 3.8)
    assert plan.standing(None, booked=True) == ("appointment", 3.0)


def test_an_answer_that_tells_nothing_else_is_not_of_a_deed(story: Story) -> None:
    story.told("lease", KIOSK, Answer(200, {"seq": len(story.rows), "series": "A"}))
    assert any(f.kind == LOST and "lease" in f.text for f in story.findings())
