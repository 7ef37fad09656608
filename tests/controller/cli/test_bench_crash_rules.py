"""The checker of ``jiaohao bench crash`` judges offers, moves at the guide desk, leases and
appointments: nothing is found in an honest day, and each way to break it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from controller.cli.bench.crash.checker.records import (
    DOUBLED,
    LOST,
    TWICE_CALLED,
    UNEXPLAINED,
    Answer,
)
from tests.controller.cli.crash_rules_story import (
    SECOND_ONE,
    SLIP,
    SOMEBODY,
    THIRD,
    TODAY,
    TOMORROW,
    YESTERDAY,
    arranged,
    bound,
    granted,
    honest,
)
from tests.controller.cli.crash_story import (
    GUIDE,
    HOUR,
    KIOSK,
    SECOND,
    Story,
    clerk,
)


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
    ticket = s.issued(6, only=[2], answered=False)
    s.answer("issue", KIOSK, ticket, asked={"items": ["C-1"], "needs": ["low_counter"]})
    s.called(ticket, 1)


def bound_to_a_window_that_is_not_low(s: Story) -> None:
    bound(s, SLIP, [1])


def need_that_is_gone(s: Story) -> None:
    s.answer("needs", GUIDE, SLIP, asked={"needs": ["low_counter"]})


def let_go_although_it_is_bound(s: Story) -> None:
    bound(s, SLIP, [2])
    s.event(clerk(2), "ticket.declined", ticket=SECOND_ONE, window=2, why="withdrawn")
    s.called(SLIP, 1)


def need_that_was_forgotten(s: Story) -> None:
    ticket = s.issued(6, answered=False)
    s.answer("issue", KIOSK, ticket, asked={"items": ["C-1"], "needs": ["low_counter"]})


def another_matter_than_was_asked_for(s: Story) -> None:
    ticket = s.issued(6, answered=False)
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
    ticket = s.given("kiosk:k-2", 993, ("C-1",), seniority=s.at)
    s.answer("issue", "kiosk:k-2", ticket)


def slip_taken_in_twice(s: Story) -> None:
    s.taken_in(991, s.at - SECOND)


def slip_that_waits_from_now_on(s: Story) -> None:
    s.taken_in(993, s.at - 60 * SECOND)
    s.asked[-1].body["given_at"] -= 60_000


def leased_twice(s: Story) -> None:
    s.leased(985, 990)


def leased_more_than_a_kiosk_may_have(s: Story) -> None:
    for last in (989, 939, 889, 839):
        s.leased(last - 49, last)


def leased_from_the_middle(s: Story) -> None:
    s.leased(500, 505)


def leased_what_is_out(s: Story) -> None:
    s.leased(4, 4)


def given_out_of_a_block(s: Story) -> None:
    s.taken_in(990, s.at)
    s.issued(990)


def report_of_what_nobody_was_given(s: Story) -> None:
    told = {"seq": len(s.rows), "ticket": {"id": f"{TODAY}-A994"}}
    s.told("report", KIOSK, Answer(200, told), body={"given": {"at": 1}})


def leased_without_end(s: Story) -> None:
    s.leased(804, 989)


def number_left_out(s: Story) -> None:
    s.issued(8)


def one_lease_for_two_requests(s: Story) -> None:
    s.leased(985, 989)
    s.answer("lease", KIOSK, asked={"series": "A"}, series="A", first=985, last=989)


def lease_answered_with_other_numbers(s: Story) -> None:
    s.leased(985, 989)
    s.asked[-1].answers[0].body["last"] = 994


def overtaken_by_a_clock_set_back(s: Story) -> None:
    s.issued(6, seniority=s.at - 60 * SECOND)


def one_time_for_two(s: Story) -> None:
    slot = s.at + 48 * HOUR
    s.booked("2026-11-26", 1, slot), s.booked("2026-11-26", 2, slot)


def two_times_for_one(s: Story) -> None:
    for n in (1, 2):
        s.booked("2026-11-26", n, s.at + (24 + n) * HOUR, person=SOMEBODY)


def kept_twice(s: Story) -> None:
    booking = f"{TODAY}-0900-1"
    s.given(KIOSK, 6, ("C-1",))
    body = {"booking": booking, "ticket": f"{TODAY}-A006", "late": True}
    s.event(KIOSK, "appointment.arrived", **body)


def open_again_although_its_number_is_out(s: Story) -> None:
    s.event(KIOSK, "appointment.reopened", booking=f"{TODAY}-0900-1")


def kept_before_its_day(s: Story) -> None:
    s.checked_in(s.booked(TOMORROW, 2, s.at + 24 * HOUR), 6)


def appointment_that_is_gone(s: Story) -> None:
    s.booked(TOMORROW, 2, s.at + 23 * HOUR)
    s.cut(len(s.rows) - 1)
    s.heard.pop()


def appointment_nobody_was_told_of(s: Story) -> None:
    s.booked(TOMORROW, 2, s.at + 23 * HOUR)
    s.asked.pop()


def missed_before_the_day_was_over(s: Story) -> None:
    s.event("system", "appointment.missed", booking=s.booked(TODAY, 3, s.at + HOUR))


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
    called_where_no_wheelchair_comes: (UNEXPLAINED, "A006 is meant for another window"),
    bound_to_a_window_that_is_not_low: (UNEXPLAINED, "and is to (1,)"),
    need_that_is_gone: (UNEXPLAINED, "may go to None and not to (2,)"),
    let_go_although_it_is_bound: (UNEXPLAINED, "A991 is meant for another window"),
    need_that_was_forgotten: (UNEXPLAINED, "may go to None"),
    another_matter_than_was_asked_for: (UNEXPLAINED, "['T-1'] was asked for"),
    granted_what_nobody_asked_for: (UNEXPLAINED, "goes as priority 9.9"),
    grant_that_is_gone: (UNEXPLAINED, "goes as ordinary 1.0"),
    granted_what_was_so_before: (UNEXPLAINED, "goes as before"),
    moved_to_another_window_than_asked: (UNEXPLAINED, "to_window 1 was asked for"),
    move_that_is_gone: (UNEXPLAINED, "is meant for None and not for 1"),
    printed_again_too_often: (UNEXPLAINED, "printed 4"),
    number_out_of_another_s_lease: (DOUBLED, "set aside for k-1 and given by k-2"),
    slip_taken_in_twice: (DOUBLED, "A991 was given before"),
    slip_that_waits_from_now_on: (UNEXPLAINED, "and not since"),
    leased_twice: (DOUBLED, "A985 was given or set aside before"),
    leased_more_than_a_kiosk_may_have: (UNEXPLAINED, "k-1 has 158 numbers of A already"),
    leased_from_the_middle: (UNEXPLAINED, "A505 is not the last that is left"),
    leased_what_is_out: (DOUBLED, "A004 was given or set aside before"),
    given_out_of_a_block: (DOUBLED, "A990 was given before"),
    report_of_what_nobody_was_given: (UNEXPLAINED, "which nobody was given"),
    leased_without_end: (UNEXPLAINED, "186 numbers at once"),
    number_left_out: (UNEXPLAINED, "A006 was next"),
    one_lease_for_two_requests: (DOUBLED, "belongs to request"),
    lease_answered_with_other_numbers: (UNEXPLAINED, "last is 994 and not 989"),
    overtaken_by_a_clock_set_back: (UNEXPLAINED, "waits since"),
    one_time_for_two: (DOUBLED, "2 people are promised one time"),
    two_times_for_one: (DOUBLED, "one person was promised"),
    kept_twice: (UNEXPLAINED, "0900-1 is arrived"),
    open_again_although_its_number_is_out: (UNEXPLAINED, "A004 is not void"),
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
