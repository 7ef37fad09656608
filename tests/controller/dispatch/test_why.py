"""Why was I not called? For every ticket that waits, as data and as whole sentences."""

from __future__ import annotations

from controller.dispatch.because import at_window, details, headline
from controller.dispatch.rule import HallRule
from controller.dispatch.why import Answer, Cause, Why, why_not_called
from controller.hall import commands as c
from controller.hall.instants import MINUTE
from controller.hall.model import DispatchClass
from controller.hall.plan import Mode
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import small_plan

NAMES = {"civil": ("民政", "Civil affairs"), "tax": ("税务", "Tax")}


def why(desk: Desk, ticket: str) -> Why:
    return why_not_called(desk.hall, ticket, desk.clock.now(), HallRule())


def told(found: Why) -> dict[str, str]:
    return headline(found, NAMES.__getitem__)


def more(found: Why) -> list[str]:
    return [d["zh"] for d in details(found, NAMES.__getitem__)]


def two_at_window_1(desk: Desk, first: DispatchClass, second: DispatchClass) -> tuple[str, str]:
    """Two tickets for window 1, ten minutes apart; the window has called one of them."""
    a = desk.issue("C-1", cls=first)
    desk.clock.forward(600)
    b = desk.issue("C-1", cls=second)
    desk.do(c.OpenWindow(1, "0517"))
    desk.do(c.CallNext(1, "0517"))
    return a, b


def test_without_a_window_the_lacking_skill_is_named() -> None:
    desk = Desk()
    ticket = desk.issue("T-1", "C-1")
    found = why(desk, ticket)
    assert (found.answer, found.missing, found.windows) == (
        Answer.NO_WINDOW,
        ("civil", "tax"),
        (),
    )
    assert told(found) == {
        "zh": "现在没有开放的窗口能办：民政、税务。",
        "en": "No window is open that can do: Civil affairs, Tax.",
    }


def test_what_only_a_closed_window_could_do_of_a_ticket_is_told_beside_the_answer() -> None:
    desk = Desk()
    ticket = desk.issue("T-1", "C-1")
    desk.do(c.OpenWindow(1, "0517"))
    found = why(desk, ticket)
    assert found.answer is Answer.NEXT
    assert more(found) == ["现在没有开放的窗口能办：税务。"]


def test_all_capable_windows_may_be_paused() -> None:
    desk = Desk()
    ticket = desk.issue("C-1")
    desk.do(c.OpenWindow(1, "0517"))
    desk.do(c.PauseWindow(1, "0517", minutes=5))
    found = why(desk, ticket)
    assert found.answer is Answer.PAUSED
    assert found.windows[0].until == desk.clock.at + 5 * MINUTE
    assert told(found)["zh"] == "能办的窗口只有 1 个，正在暂停。"
    desk.do(c.OpenWindow(2, "0620"))
    desk.do(c.PauseWindow(2, "0620", minutes=5))
    assert told(why(desk, ticket))["zh"] == "能办的 2 个窗口都在暂停。"
    assert at_window(found.windows[0]) == {"zh": "暂停服务。", "en": "Paused."}


def test_a_free_window_calls_it_next() -> None:
    desk = Desk()
    ticket = desk.issue("C-1")
    desk.do(c.OpenWindow(1, "0517"))
    found = why(desk, ticket)
    assert told(found) == {
        "zh": "1 号窗口空闲，下一个就叫此号。",
        "en": "Window 1 is free and this one is next there.",
    }
    assert at_window(found.windows[0])["zh"] == "空闲；下一个就叫此号。"


def test_a_busy_window_called_who_waited_longer() -> None:
    desk = Desk()
    _, mine = two_at_window_1(desk, DispatchClass.ORDINARY, DispatchClass.ORDINARY)
    found = why(desk, mine)
    assert found.answer is Answer.BUSY
    (window,) = found.windows
    assert window.before is not None
    assert (window.before.number, window.before.causes) == ("C001", (Cause.OLDER,))
    assert told(found)["zh"] == "能办的窗口只开了 1 个，正在办理；1 号窗口下一个就叫此号。"
    assert at_window(window) == {
        "zh": "先叫了 C001：等得更久；下一个就叫此号。",
        "en": "Called C001: it waits longer; this one is next.",
    }


def test_a_busy_window_called_a_younger_ticket_with_priority() -> None:
    desk = Desk()
    mine = desk.issue("C-1")
    desk.clock.forward(300)
    desk.issue("C-1", cls=DispatchClass.PRIORITY)
    desk.clock.forward(600)
    desk.do(c.OpenWindow(1, "0517"))
    desk.do(c.CallNext(1, "0517"))
    (window,) = why(desk, mine).windows
    assert window.before is not None
    assert (window.before.number, window.before.causes) == ("C002", (Cause.PRIORITY,))


def test_in_strict_order_priority_alone_is_the_cause() -> None:
    desk = Desk(small_plan(mode=Mode.STRICT))
    mine = desk.issue("C-1")
    desk.clock.forward(3600)
    desk.issue("C-1", cls=DispatchClass.PRIORITY)
    desk.do(c.OpenWindow(1, "0517"))
    found = why(desk, mine)
    assert found.answer is Answer.LATER
    assert told(found) == {
        "zh": "1 号窗口空闲，但先叫 C002：优先者先办。",
        "en": "Window 1 is free but calls C002: priority goes first.",
    }
    desk.do(c.CallNext(1, "0517"))
    (window,) = why(desk, mine).windows
    assert window.before is not None
    assert window.before.causes == (Cause.STRICT,)


def test_who_stands_behind_its_own_kind_is_told_how_many_wait_longer() -> None:
    desk = Desk()
    first = desk.issue("C-1")
    second, third = desk.issue("C-1"), desk.issue("C-1")
    desk.do(c.Cancel(second))
    desk.do(c.OpenWindow(1, "0517"))
    found = why(desk, third)
    assert found.same_before == 1
    assert found.windows[0].next is not None
    assert found.windows[0].next.ticket == first
    assert more(found) == ["同类号中还有 1 个等得更久。"]


def test_a_shorter_matter_may_be_called_first_and_that_is_said() -> None:
    desk = Desk()
    mine = desk.issue("C-1")
    desk.clock.forward(1)
    desk.issue("C-2")
    desk.clock.forward(600)
    desk.do(c.OpenWindow(1, "0517"))
    found = why(desk, mine)
    assert found.windows[0].next is not None
    assert found.windows[0].next.causes == (Cause.SHORTER,)
    assert told(found)["zh"] == "1 号窗口空闲，但先叫 C002：其事项用时较短。"


def test_who_is_younger_than_one_of_its_own_class_and_matter_is_told_so() -> None:
    desk = Desk()
    old = desk.issue("C-1", "T-1")
    desk.clock.forward(60)
    mine = desk.issue("C-1")
    desk.clock.forward(600)
    desk.do(c.OpenWindow(2, "0620"))
    found = why(desk, mine)
    assert found.windows[0].next is not None
    assert (found.windows[0].next.ticket, found.windows[0].next.causes) == (old, (Cause.BOUND,))


def test_an_appointment_is_told_how_long_until_its_slot() -> None:
    desk = Desk()
    ticket = desk.issue("C-1", cls=DispatchClass.APPOINTMENT, slot=desk.clock.at + 9 * MINUTE + 1)
    found = why(desk, ticket)
    assert found.waited == 0
    assert more(found) == ["预约时间还有 10 分钟。"]


def test_who_does_not_wait_is_told_where_they_stand() -> None:
    desk = Desk()
    mine, _ = two_at_window_1(desk, DispatchClass.ORDINARY, DispatchClass.ORDINARY)
    assert told(why(desk, mine)) == {"zh": "已叫号。", "en": "It has been called."}


def test_asking_changes_nothing() -> None:
    desk = Desk()
    mine, _ = two_at_window_1(desk, DispatchClass.ORDINARY, DispatchClass.PRIORITY)
    other = desk.issue("C-2")
    before = desk.frozen()
    for ticket in (mine, other):
        assert why(desk, ticket) == why(desk, ticket)
    assert desk.hall == before
