"""The first policy: who waits longest among those the window can serve, and why, in words."""

from __future__ import annotations

import pytest

from controller.dispatch.longest import LongestWaiting
from controller.dispatch.reason import sentence
from controller.hall import commands as c
from controller.hall.model import Reason
from controller.hall.port import Choice
from tests.controller.hall.desk import Desk


def choose(desk: Desk, window: int) -> Choice | None:
    return LongestWaiting().choose(desk.hall, desk.hall.windows[window], desk.clock.now())


def test_nobody_is_called_to_a_window_that_can_serve_nobody() -> None:
    desk = Desk()
    assert choose(desk, 1) is None
    desk.issue("T-1")
    assert choose(desk, 1) is None


def test_who_waits_longest_is_called_whatever_the_skill() -> None:
    desk = Desk()
    first = desk.issue("T-1")
    desk.clock.forward(1)
    desk.issue("C-1")
    assert (found := choose(desk, 2)) is not None
    assert found.ticket == first


def test_of_two_with_the_same_instant_the_earlier_issue_goes_first() -> None:
    desk = Desk()
    first, second = desk.issue("C-1"), desk.issue("C-1")
    assert desk.ticket(first).seniority == desk.ticket(second).seniority
    assert (found := choose(desk, 1)) is not None
    assert found.ticket == first


def test_same_class_and_service_are_called_in_the_order_of_arrival() -> None:
    desk = Desk()
    issued = []
    for n in range(20):
        issued.append(desk.issue(("C-1", "C-2")[n % 2]))
        desk.clock.forward(n % 3)
    desk.do(c.OpenWindow(1, "0517"))
    called = []
    for _ in issued:
        (event,) = desk.do(c.CallNext(1, "0517"))
        called.append(event.ticket)  # type: ignore[attr-defined]
        desk.do(c.Cancel(called[-1]))
    assert called == issued


def test_all_the_window_can_do_is_planned_in_the_ticket_s_order() -> None:
    desk = Desk()
    desk.issue("T-1", "C-1", "T-2")
    assert (found := choose(desk, 3)) is not None
    assert found.items == (0, 2)
    assert dict(found.reason.facts) == {"waited_s": 0, "can_do": 2, "remaining": 3}


def test_choosing_changes_nothing_and_falls_the_same_way_every_time() -> None:
    desk = Desk()
    for n in range(8):
        desk.issue(("C-1", "T-1")[n % 2])
    before = desk.frozen()
    assert len({choose(desk, 2) for _ in range(5)}) == 1
    assert desk.hall == before


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        (
            (59, 1, 1),
            "刚刚取号，是本窗口能办的人中等得最久的。",
            "Just arrived, the longest among those this window can serve.",
        ),
        (
            (840, 1, 1),
            "等候 14 分钟，是本窗口能办的人中等得最久的。",
            "Waited 14 min, the longest among those this window can serve.",
        ),
        (
            (60, 2, 3),
            "等候 1 分钟；3 项中本窗口能办 2 项，是本窗口能办的人中等得最久的。",
            "Waited 1 min; this window can do 2 of 3 items, "
            "the longest among those this window can serve.",
        ),
    ],
)
def test_the_reason_is_a_sentence_in_both_languages(
    facts: tuple[int, int, int], zh: str, en: str
) -> None:
    named = tuple(zip(("waited_s", "can_do", "remaining"), facts, strict=True))
    assert sentence(Reason("longest-waiting", named)) == {"zh": zh, "en": en}


def test_no_reason_is_no_sentence_and_an_unknown_rule_is_named() -> None:
    assert sentence(None) == {"zh": "", "en": ""}
    assert sentence(Reason("by-hand")) == {"zh": "by-hand", "en": "by-hand"}
