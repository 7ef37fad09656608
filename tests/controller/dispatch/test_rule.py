"""The hall's rule on small halls: who is called, and which idle window takes whom."""

from __future__ import annotations

import pytest

from controller.dispatch.rule import HallRule, barred
from controller.hall import commands as c
from controller.hall.instants import MINUTE
from controller.hall.knowledge import Knowledge, Observed
from controller.hall.model import DispatchClass
from controller.hall.plan import Mode, Plan, Rules, Service, Skill, WindowPlan
from controller.hall.port import Choice
from tests.controller.hall.desk import Desk

PRIORITY, APPOINTMENT = DispatchClass.PRIORITY, DispatchClass.APPOINTMENT


def plan(skills: dict[int, str], **rules: object) -> Plan:
    """Windows with one-letter services, each a skill of its own, ten minutes each."""
    letters = sorted(set("".join(skills.values())))
    return Plan(
        services={s: Service(s, s, 10.0) for s in letters},
        skills={s: Skill(s, s, "A") for s in letters},
        windows={no: WindowPlan(no, "A", frozenset(own)) for no, own in skills.items()},
        rules=Rules(**rules),  # type: ignore[arg-type]
    )


def desk_of(skills: dict[int, str], known: Knowledge | None = None, **rules: object) -> Desk:
    """A desk with every window open; clerks are 0001 and so on."""
    desk = Desk(plan(skills, **rules), policy=HallRule())
    desk.hall.known = known or Knowledge()
    for no in skills:
        desk.do(c.OpenWindow(no, f"{no:04}"))
    return desk


def choose(desk: Desk, window: int) -> Choice | None:
    return HallRule().choose(desk.hall, desk.hall.windows[window], desk.clock.now())


def called(desk: Desk, window: int) -> str | None:
    """The service of who is chosen, by its first item."""
    found = choose(desk, window)
    return None if found is None else desk.ticket(found.ticket).items[0].service


def place(desk: Desk, ticket: str, idle: list[int]) -> int | None:
    windows = [(desk.hall.windows[no], 0) for no in idle]
    return HallRule().place(desk.hall, desk.ticket(ticket), windows)


def seen(**clerks: dict[str, float]) -> Knowledge:
    """What clerks took in many observations."""
    return Knowledge(
        {f"000{c[1]}": {s: Observed(m, 500) for s, m in row.items()} for c, row in clerks.items()}
    )


def test_nobody_waits_and_nobody_is_chosen() -> None:
    assert choose(desk_of({1: "ab"}), 1) is None


def test_who_waits_longer_goes_first_when_all_else_is_equal() -> None:
    desk = desk_of({1: "ab", 2: "ab"})
    desk.issue("b")
    desk.clock.forward(30)
    desk.issue("a")
    assert called(desk, 1) == "b"


def test_a_window_calls_whom_it_serves_faster_than_others_do() -> None:
    known = seen(w1={"a": 6.0, "b": 12.0}, w2={"a": 12.0, "b": 6.0})
    desk = desk_of({1: "ab", 2: "ab"}, known)
    desk.issue("b")
    desk.clock.forward(60)
    desk.issue("a")
    desk.clock.forward(600)
    assert called(desk, 1) == "a"
    assert called(desk, 2) == "b"


def test_a_flexible_window_calls_the_service_that_few_can_do() -> None:
    desk = desk_of({1: "a", 2: "a", 3: "ab"})
    for _ in range(3):
        desk.issue("b")
        desk.issue("a")
        desk.clock.forward(60)
    assert called(desk, 3) == "b"


def test_nobody_younger_of_the_own_class_and_main_service_goes_first() -> None:
    desk = desk_of({1: "abc"})
    long = desk.issue("a", "b", "c")
    desk.clock.forward(10)
    short = desk.issue("a")
    desk.clock.forward(600)
    assert (found := choose(desk, 1)) is not None
    assert found.ticket == long
    line = desk.hall.waiting.line_of(short)
    assert line is not None
    assert barred(desk.hall, desk.hall.windows[1], line) == "senior"


def test_a_ticket_keeps_its_seniority_for_the_rest_of_its_items() -> None:
    desk = desk_of({1: "a", 2: "b"})
    both = desk.issue("a", "b")
    desk.clock.forward(60)
    later = desk.issue("b")
    desk.do(c.CallNext(1, "0001"))
    desk.clock.forward(300)
    desk.serve(both, 1, "0001")
    assert desk.ticket(both).id in desk.hall.waiting
    assert (found := choose(desk, 2)) is not None
    assert found.ticket == both != later


def test_priority_ages_faster_but_does_not_go_first_for_ever() -> None:
    desk = desk_of({1: "ab"})
    desk.issue("a")
    desk.clock.forward(20 * 60)
    desk.issue("b", cls=PRIORITY)
    desk.clock.forward(5 * 60)
    assert called(desk, 1) == "a"
    desk.clock.forward(15 * 60)
    assert called(desk, 1) == "b"


def test_in_strict_order_priority_goes_first_then_a_due_appointment() -> None:
    desk = desk_of({1: "abc"}, mode=Mode.STRICT)
    desk.issue("a")
    desk.clock.forward(60 * 60)
    now = desk.clock.now().at
    desk.issue("b", cls=APPOINTMENT, slot=now + 6 * MINUTE)
    assert called(desk, 1) == "a"
    desk.clock.forward(60)
    assert called(desk, 1) == "b"
    desk.issue("c", cls=PRIORITY)
    assert called(desk, 1) == "c"


def test_an_appointment_before_its_slot_lets_everybody_else_go_first() -> None:
    desk = desk_of({1: "ab"})
    desk.issue("b", cls=APPOINTMENT, slot=desk.clock.now().at + 10 * MINUTE)
    desk.issue("a")
    desk.clock.forward(1)
    assert called(desk, 1) == "a"


@pytest.mark.parametrize("cap", [1, 2])
def test_the_cap_bounds_how_often_priority_goes_before_an_ordinary_ticket(cap: int) -> None:
    desk = desk_of({1: "abcd"}, mode=Mode.STRICT, overtaking_cap=cap)
    desk.issue("a")
    order = []
    for service in "bcd":
        desk.clock.forward(1)
        desk.issue(service, cls=PRIORITY)
    for _ in range(4):
        (event,) = desk.do(c.CallNext(1, "0001"))
        order.append(desk.ticket(event.ticket).items[0].service)  # type: ignore[attr-defined]
        desk.do(c.Cancel(event.ticket))  # type: ignore[attr-defined]
    assert order.index("a") == cap


def test_an_arriving_ticket_goes_to_the_idle_window_that_serves_it_faster() -> None:
    known = seen(w1={"a": 14.0}, w2={"a": 7.0})
    desk = desk_of({1: "a", 2: "a"}, known)
    assert place(desk, desk.issue("a"), [1, 2]) == 2


def test_an_arriving_ticket_leaves_the_flexible_window_free() -> None:
    desk = desk_of({1: "abc", 2: "a"})
    assert place(desk, desk.issue("a"), [1, 2]) == 2
    assert place(desk, desk.issue("b"), [1, 2]) == 1
    assert place(desk, desk.issue("b"), [2]) is None


def test_a_window_that_opens_serves_whoever_waited_for_it() -> None:
    wider = Desk(plan({1: "a", 2: "b"}))
    wider.do(c.OpenWindow(1, "0001"))
    waiting = wider.issue("b")
    wider.clock.forward(3600)
    assert choose(wider, 1) is None
    wider.do(c.OpenWindow(2, "0002"))
    assert (found := choose(wider, 2)) is not None
    assert found.ticket == waiting


def test_what_was_worked_out_before_never_changes_a_decision() -> None:
    desk = desk_of({1: "ab", 2: "ab", 3: "b"})
    used = HallRule()
    for n in range(30):
        desk.issue("ab"[n % 2], cls=(PRIORITY, DispatchClass.ORDINARY)[n % 3 == 0])
        desk.clock.forward(20)
        if n % 5 == 4:
            desk.do(c.PauseWindow(2, "0002"))
            desk.do(c.ResumeWindow(2, "0002"))
        if n == 15:
            desk.do(c.CloseWindow(3, "0003"))
        for no in (1, 2):
            window = desk.hall.windows[no]
            now = desk.clock.now()
            assert used.choose(desk.hall, window, now) == HallRule().choose(desk.hall, window, now)


def test_the_same_matters_in_another_order_are_called_by_seniority() -> None:
    desk = desk_of({1: "ab"})
    first = desk.issue("a", "b")
    desk.clock.forward(5)
    desk.issue("b", "a")
    assert (found := choose(desk, 1)) is not None
    assert found.ticket == first
    line = desk.hall.waiting.lines(frozenset("ab"), None)[-1]
    assert barred(desk.hall, desk.hall.windows[1], line) == "senior"
