"""The checker of ``jiaohao bench crash`` finds each kind of wrong, and nothing in an honest day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from controller.cli.bench.crash.checker.checker import Checker
from controller.cli.bench.crash.checker.records import (
    DOUBLED,
    LOST,
    TWICE_CALLED,
    UNEXPLAINED,
    Answer,
    Heard,
)
from tests.controller.cli.crash_story import GUIDE, KIOSK, PLAN, Story, clerk, honest_day

TODAY = "2026-11-24"
FIRST, SECOND = f"{TODAY}-A001", f"{TODAY}-A002"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return honest_day(tmp_path / "journal.db")


def test_an_honest_day_has_no_findings(story: Story) -> None:
    assert story.findings() == []


def test_it_counts_the_deeds_that_it_found(story: Story) -> None:
    checker = Checker(PLAN)
    story.findings(checker)
    assert checker.counts()["issue"] == 4
    assert checker.counts()["call"] == 3


# --- each a way to break an honest day ------------------------------------------------------------


def lost_number(s: Story) -> None:
    s.issued(3)
    s.cut(len(s.rows) - 1)
    s.heard.pop()


def lost_finish(s: Story) -> None:
    s.event(clerk(1), "ticket.dropped", ticket=FIRST, why="-", window=1)
    s.answer("finish", clerk(1), FIRST, 1)


def another_ticket_than_was_said(s: Story) -> None:
    s.issued(3)
    s.asked[-1].answers[0].body["ticket"]["id"] = f"{TODAY}-A004"


def one_number_for_two(s: Story) -> None:
    s.issued(2)


def one_answer_for_two(s: Story) -> None:
    s.issued(3)
    s.answer("issue", KIOSK, f"{TODAY}-A003")


def one_person_with_two_numbers(s: Story) -> None:
    s.people[s.issued(3)] = s.people[SECOND]


def called_to_two_windows(s: Story) -> None:
    s.opens(2)
    s.called(SECOND, 2)
    s.event(clerk(1), "ticket.cancelled", ticket=FIRST, window=1)
    s.called(SECOND, 1)


def two_in_hand_of_a_window(s: Story) -> None:
    s.called(SECOND, 1)


def one_call_answered_to_two(s: Story) -> None:
    s.opens(2)
    s.called(SECOND, 2)
    s.answer("call", clerk(2), SECOND, 2)


BROKEN = {
    lost_number: (LOST, "A003"),
    lost_finish: (LOST, "finish"),
    another_ticket_than_was_said: (LOST, "A004"),
    one_number_for_two: (DOUBLED, "A002 was given before"),
    one_answer_for_two: (DOUBLED, "belongs to request"),
    one_person_with_two_numbers: (DOUBLED, "one person"),
    called_to_two_windows: (TWICE_CALLED, "A002 is called at window 2"),
    two_in_hand_of_a_window: (TWICE_CALLED, "in hand"),
    one_call_answered_to_two: (TWICE_CALLED, "belongs to request"),
}


@pytest.mark.parametrize("break_", BROKEN, ids=lambda break_: break_.__name__)
def test_it_counts_what_was_lost_doubled_or_called_twice(
    story: Story, break_: Callable[[Story], None]
) -> None:
    kind, words = BROKEN[break_]
    break_(story)
    assert any(f.kind == kind and words in f.text for f in story.findings())


# --- what no event, answer or screen explains -----------------------------------------------------


def finished_without_arriving(s: Story) -> None:
    s.opens(2)
    s.called(SECOND, 2)
    s.finished(SECOND, 2)


def arrived_at_another_window(s: Story) -> None:
    s.opens(2)
    s.called(SECOND, 2)
    s.event(clerk(1), "ticket.arrived", ticket=SECOND, window=1)


def finished_with_an_item_left(s: Story) -> None:
    s.event(clerk(1), "ticket.finished", ticket=FIRST, window=1)


def called_for_what_the_window_cannot_do(s: Story) -> None:
    s.opens(3)
    s.called(SECOND, 3)


def unknown_event(s: Story) -> None:
    s.event(KIOSK, "ticket.folded", ticket=SECOND)


def event_that_nobody_caused(s: Story) -> None:
    s.event("system", "ticket.cancelled", ticket=SECOND, window=None)


def event_that_nobody_was_told(s: Story) -> None:
    s.issued(3, answered=False)


def ticket_nobody_was_given(s: Story) -> None:
    s.event(GUIDE, "ticket.cancelled", ticket=f"{TODAY}-A099", window=None)


def paused_with_a_ticket_in_hand(s: Story) -> None:
    s.event(clerk(1), "window.paused", window=1, reason="rest", until=0)
    s.answer("pause", clerk(1), no=1)


def resumed_without_a_pause(s: Story) -> None:
    s.event(clerk(1), "window.resumed", window=1)
    s.answer("resume", clerk(1), no=1)


def day_that_goes_back(s: Story) -> None:
    s.event("system", "ticket.dropped", ticket=FIRST, why="day-end", window=1)
    s.event("system", "ticket.dropped", ticket=SECOND, why="day-end", window=None)
    s.event("system", "window.closed", window=1)
    s.day("2026-11-22")


def ticket_left_overnight(s: Story) -> None:
    s.day("2026-11-25")


def event_of_another_day(s: Story) -> None:
    s.hall.day = "2026-11-23"
    s.opens(2)
    s.hall.day = TODAY


def never_answered(s: Story) -> None:
    s.told("call", clerk(1), None, no=1)


def answered_in_two_ways(s: Story) -> None:
    s.asked[-1].answers.append(Answer(409, {"code": "wrong-state"}))


def refused_for_no_good_reason(s: Story) -> None:
    s.told("call", clerk(1), Answer(500, {"code": "internal"}), no=1)


def answered_with_a_state_that_was_not(s: Story) -> None:
    s.asked[-1].answers[0].body["ticket"]["state"] = "finished"


def answered_with_a_window_that_was_not(s: Story) -> None:
    s.opens(2)
    s.asked[-1].answers[0].body["window"]["state"] = "paused"


def screen_heard_what_is_not_there(s: Story) -> None:
    s.heard.append(Heard("screen", len(s.rows) + 1, "ticket.called", SECOND, "called", 2))


def screen_heard_another_state(s: Story) -> None:
    s.heard[-1] = replace(s.heard[-1], state="waiting")


STRANGE = {
    finished_without_arriving: "A002 is called",
    arrived_at_another_window: "the event says 1",
    finished_with_an_item_left: "is not done",
    called_for_what_the_window_cannot_do: "cannot do item 1",
    unknown_event: "no table",
    event_that_nobody_caused: "nobody asked for it",
    event_that_nobody_was_told: "no answer tells of it",
    ticket_nobody_was_given: "nobody was given",
    paused_with_a_ticket_in_hand: "in hand",
    resumed_without_a_pause: "window 1 is open",
    day_that_goes_back: "2026-11-22 follows 2026-11-24",
    ticket_left_overnight: "was left serving overnight",
    event_of_another_day: "it is dated 2026-11-23",
    never_answered: "was never answered",
    answered_in_two_ways: "in two ways",
    refused_for_no_good_reason: "was refused: 500 internal",
    answered_with_a_state_that_was_not: "ticket.state is 'finished' and not 'serving'",
    answered_with_a_window_that_was_not: "window.state is 'paused' and not 'open'",
    screen_heard_what_is_not_there: "is not in the journal",
    screen_heard_another_state: "where the journal has",
}


@pytest.mark.parametrize("break_", STRANGE, ids=lambda break_: break_.__name__)
def test_it_tells_what_cannot_be_explained(story: Story, break_: Callable[[Story], None]) -> None:
    break_(story)
    found = story.findings()
    assert any(f.kind == UNEXPLAINED and STRANGE[break_] in f.text for f in found)


# --- the file itself ------------------------------------------------------------------------------


def test_an_event_that_was_changed_breaks_the_chain(story: Story) -> None:
    story.rows[4] = replace(story.rows[4], actor="kiosk:k-2")
    assert any("event 5 does not match its digest" in f.text for f in story.findings())


def test_an_event_that_was_taken_out_is_missed(story: Story) -> None:
    del story.rows[4]
    assert any("event 5 is missing" in f.text for f in story.findings())


def test_a_file_that_is_no_journal_is_said_to_be_none(story: Story) -> None:
    story.path.write_text("no journal at all, but long enough to be looked at as one" * 9)
    checker = Checker(PLAN)
    checker.check(story.path, story.asked)
    assert "cannot be read" in checker.found[0].text


def test_numbers_that_are_kept_must_be_those_of_the_events(story: Story) -> None:
    story.numbers[0] = (TODAY, "A", 77, 4)
    assert any("numbers that are kept" in f.text for f in story.findings())


def test_the_answer_kept_for_repeats_must_be_the_one_given(story: Story) -> None:
    checker, given = Checker(PLAN), story.asked[-1].answers[0]
    story.asked[-1].answers[0] = Answer(200, {**given.body, "more": 1})
    story.save()
    story.asked[-1].answers[0] = given
    checker.check(story.path, story.asked, story.heard)
    assert any("another answer is kept" in f.text for f in checker.found)


def test_answers_of_today_and_yesterday_must_be_kept_and_older_ones_need_not(story: Story) -> None:
    checker, today, yesterday = Checker(PLAN), story.asked.pop(), story.asked.pop(0)
    story.save()
    checker.check(story.path, [yesterday, *story.asked, today], story.heard)
    assert {f.text for f in checker.found} == {
        f"arrive (request {today.id}): no answer is kept for repeats",
        f"open (request {yesterday.id}): no answer is kept for repeats",
    }


def test_answers_of_days_before_yesterday_need_not_be_kept(tmp_path: Path) -> None:
    story = Story(tmp_path / "journal.db")
    for day in ("2026-11-23", "2026-11-24", "2026-11-25"):
        story.day(day)
        story.opens(1)
        story.event("system", "window.closed", window=1)
    kept = Checker(PLAN)
    oldest = story.asked.pop(0)
    kept.check(story.save(), [oldest, *story.asked], story.heard)
    assert kept.found == []


# --- from check to check --------------------------------------------------------------------------


def test_a_check_goes_on_where_the_last_one_ended(story: Story) -> None:
    checker = Checker(PLAN)
    checker.check(story.save(), story.asked, story.heard)
    done, heard = len(story.asked), len(story.heard)
    story.issued(3)
    story.opens(2)
    checker.check(story.save(), story.asked[done:], story.heard[heard:])
    checker.compare([story.shown()])
    assert checker.found == []


def test_what_was_there_at_the_last_check_and_is_gone_is_lost(story: Story) -> None:
    story.issued(3)
    story.issued(4)
    checker = Checker(PLAN)
    assert checker.check(story.save(), story.asked, story.heard) == []
    story.cut(len(story.rows) - 2)
    found = checker.check(story.save(), ())
    assert sorted(f.kind for f in found) == [LOST, LOST, UNEXPLAINED]


def test_a_deed_that_was_done_already_claims_nothing(story: Story) -> None:
    story.answer("open", clerk(1), no=1)
    story.asked[-1].answers[0].body["window"] |= {"state": "open"}
    story.told("call", clerk(3), Answer(200, {"seq": len(story.rows), "ticket": None}), no=3)
    assert story.findings() == []


# --- boards ---------------------------------------------------------------------------------------


def windows_differ(s: Story) -> dict[str, object]:
    return {"windows": {**s.shown().windows, 1: {**s.shown().windows[1], "serving": False}}}


BOARDS: dict[str, Callable[[Story], dict[str, object]]] = {
    "windows.1.serving": windows_differ,
    "calls is": lambda s: {"calls": []},
    "waiting.A is 5 and not 1": lambda s: {"waiting": {"A": 5, "B": 0}},
    "queues.civil.oldest_at": lambda s: {"queues": {"civil": {"waiting": 1, "oldest_at": 1}}},
    "day is": lambda s: {"day": "2026-11-23"},
    "stands at 3": lambda s: {"seq": 3},
}


@pytest.mark.parametrize("words", BOARDS)
def test_a_board_that_differs_from_the_journal_is_told(story: Story, words: str) -> None:
    checker = Checker(PLAN)
    checker.check(story.save(), story.asked, story.heard)
    (first, *_) = checker.compare([replace(story.shown(), **BOARDS[words](story))])  # type: ignore[arg-type]
    assert first.kind == UNEXPLAINED
    assert words in first.text
