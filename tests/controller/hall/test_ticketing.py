"""When numbers are given: slots, quotas (FR-12), the early stop (FR-13), appointments (FR-14)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.hall import commands as c
from controller.hall import refusals as r
from controller.hall.alarms import stopped_early
from controller.hall.model import DispatchClass, PrintState
from controller.hall.opening import ServiceHours
from controller.hall.plan import Plan
from tests.controller.hall.desk import Desk
from tests.controller.hall.week import PLAN
from tests.controller.hall_fixture import FakeClock, at, small_plan

SERVICES = (
    ServiceHours("C-1", (1, 2)),
    ServiceHours("C-2", (1, 2), ((540, 600), (810, 840)), 2),  # 9:00–10:00, 13:30–14:00
    ServiceHours("T-1", (2, 3)),
    ServiceHours("T-2", (2, 3)),
)


def plan_with_hours(**rules: object) -> Plan:
    """The small hall on the week of `week.PLAN`; 16 March 2026 is a Monday."""
    return replace(small_plan(**rules), opening=replace(PLAN, services=SERVICES))


def desk_at(text: str, **rules: object) -> Desk:
    return Desk(plan_with_hours(**rules), FakeClock(f"2026-03-{text}"))


# --- FR-12: slots -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "next"),
    [
        ("16 08:44:59", "08:45"),
        ("16 16:45:00", "03-17 08:45"),
        ("18 18:45:00", "03-20 08:45"),  # Wednesday is long, and Thursday a holiday
        ("21 11:45:00", "03-22 08:45"),  # Saturday ends; Sunday is made up
        ("19 10:00:00", "03-20 08:45"),
    ],
)
def test_fr_12_outside_of_a_slot_the_refusal_says_when_numbers_are_given_next(
    now: str, next: str
) -> None:
    desk = desk_at(now)
    with pytest.raises(r.TicketingClosed) as refused:
        desk.issue("C-1")
    assert refused.value.facts["next"] == next
    assert next in refused.value.chinese()
    assert desk.hall.tickets == {}


def test_fr_12_to_the_second_numbers_are_given() -> None:
    assert desk_at("16 08:45:00").issue("C-1")
    assert desk_at("16 16:44:59").issue("T-2")


def test_fr_12_an_item_with_hours_of_its_own_keeps_to_them() -> None:
    desk = desk_at("16 10:00:00")
    with pytest.raises(r.TicketingClosed) as refused:
        desk.issue("C-2")
    assert refused.value.facts["next"] == "13:30"
    with pytest.raises(r.TicketingClosed):
        desk.issue("C-1", "C-2")
    assert desk.issue("C-1")


# --- FR-12: quotas ------------------------------------------------------------------------------


def test_fr_12_beyond_the_quota_of_a_slot_the_refusal_names_the_next_slot() -> None:
    desk = desk_at("16 09:30:00")
    for _ in range(2):
        desk.issue("C-2")
    with pytest.raises(r.QuotaExhausted) as refused:
        desk.issue("C-2")
    assert refused.value.facts == {"item": "C-2", "next": "13:30"}
    assert desk.issue("C-1")


def test_fr_12_the_next_slot_and_the_next_day_have_numbers_of_their_own() -> None:
    desk = desk_at("16 09:30:00")
    for time in ("2026-03-16 09:30:00", "2026-03-16 13:30:00", "2026-03-17 09:30:00"):
        desk.clock.set(time)
        for _ in range(2):
            desk.issue("C-2")
        with pytest.raises(r.QuotaExhausted):
            desk.issue("C-2")


def test_fr_12_a_cancelled_and_a_void_number_leave_their_place_to_others() -> None:
    desk = desk_at("16 09:30:00")
    first, second = desk.issue("C-2"), desk.issue("C-2", "C-1")
    desk.do(c.Cancel(first))
    desk.do(c.ConfirmPrint(second, PrintState.VOID))
    desk.issue("C-2")
    desk.issue("C-2")
    with pytest.raises(r.QuotaExhausted):
        desk.issue("C-2")


def test_fr_12_a_number_that_is_cancelled_in_another_slot_opens_none_there() -> None:
    desk = desk_at("16 09:30:00")
    first = desk.issue("C-2")
    desk.clock.set("2026-03-16 13:30:00")
    for _ in range(2):
        desk.issue("C-2")
    desk.do(c.Cancel(first))
    with pytest.raises(r.QuotaExhausted):
        desk.issue("C-2")


def test_fr_12_the_guide_desk_may_give_one_more_and_says_why() -> None:
    desk = desk_at("16 09:30:00")
    for _ in range(2):
        desk.issue("C-2")
    desk.issue("C-2", waived="值班长同意")
    assert desk.log[-1].event.beyond == "值班长同意"  # type: ignore[attr-defined]
    with pytest.raises(r.QuotaExhausted):
        desk.issue("C-2")


def test_fr_12_a_number_given_out_by_a_kiosk_alone_comes_from_the_quota_of_its_time() -> None:
    desk = desk_at("16 09:30:00")
    desk.do(c.Lease("k-1", "C", 5))
    given_at = desk.clock.now().at
    desk.clock.set("2026-03-16 09:40:00")
    desk.issue("C-2", given=("C", 995), given_at=given_at)
    desk.issue("C-2")
    with pytest.raises(r.QuotaExhausted):
        desk.issue("C-2")
    desk.clock.set("2026-03-16 13:30:00")
    desk.issue("C-2", given=("C", 996), given_at=given_at)
    for _ in range(2):
        desk.issue("C-2")


# --- FR-13 --------------------------------------------------------------------------------------


def filled(now: str, windows: tuple[int, ...], waiting: int, **rules: object) -> Desk:
    """So many wait for the civil windows, ten minutes each."""
    desk = desk_at(now, **rules)
    desk.open(*windows)
    for _ in range(waiting):
        desk.issue("C-1", waived="预置")
    return desk


@pytest.mark.parametrize(("waiting", "stopped"), [(11, ()), (12, ("C-1", "C-2"))])
def test_fr_13_no_number_is_given_for_what_could_not_be_done_before_closing(
    waiting: int, stopped: tuple[str, ...]
) -> None:
    """From 15:00 window 1 works until 17:00: twelve of ten minutes."""
    desk = filled("16 15:00:00", (1,), waiting)
    told = stopped_early(desk.hall, desk.clock.now(), desk.policy)
    assert told == ({"civil": stopped} if stopped else {})
    if not stopped:
        assert desk.issue("C-1")
        return
    with pytest.raises(r.TooManyWaiting) as refused:
        desk.issue("C-1")
    assert refused.value.facts == {"item": "C-1", "next": "03-17 08:45"}
    assert "下班" in refused.value.chinese()


def test_fr_13_the_lunch_of_all_windows_is_no_working_time() -> None:
    """From 11:30 window 3 works 30 minutes before lunch and 210 after: thirty of eight minutes."""
    hours = (*SERVICES[:2], ServiceHours("T-1", (4,)), SERVICES[3])
    plan = plan_with_hours()
    assert plan.opening is not None
    desk = Desk(
        replace(plan, opening=replace(plan.opening, services=hours)),
        FakeClock("2026-03-16 11:30:00"),
    )
    desk.open(3)
    for _ in range(30):
        desk.issue("T-1")
    with pytest.raises(r.TooManyWaiting):
        desk.issue("T-1")


def test_fr_13_other_lines_go_on() -> None:
    desk = filled("16 15:00:00", (1,), 12)
    desk.open(3)
    assert desk.issue("T-1")
    assert stopped_early(desk.hall, desk.clock.now(), desk.policy) == {"civil": ("C-1", "C-2")}


def test_fr_13_a_window_more_opens_the_line_again() -> None:
    desk = filled("16 15:00:00", (1,), 12)
    with pytest.raises(r.TooManyWaiting):
        desk.issue("C-1")
    desk.open(2, 3)
    assert desk.issue("C-1")
    assert stopped_early(desk.hall, desk.clock.now(), desk.policy) == {}


def test_fr_13_where_nobody_has_signed_on_yet_numbers_are_given() -> None:
    assert filled("16 08:45:00", (), 30).issue("C-1")


def test_fr_13_an_urgent_matter_is_taken_by_the_guide_desk() -> None:
    desk = filled("16 15:00:00", (1,), 12)
    assert desk.issue("C-1", waived="急事")


def test_a_hall_without_hours_stops_nobody() -> None:
    desk = Desk(small_plan())
    desk.open(1)
    for _ in range(200):
        desk.issue("C-1")
    assert stopped_early(desk.hall, desk.clock.now(), desk.policy) == {}


# --- FR-14 --------------------------------------------------------------------------------------

SLOT = at("2026-03-16 10:00:00")
CHECK_IN = {"check_in_before": 15 * 60 * 1_000_000, "check_in_after": 15 * 60 * 1_000_000}


def checks_in(now: str, **more: object) -> tuple[Desk, str]:
    desk = desk_at(f"16 {now}", **CHECK_IN)
    more = {"cls": DispatchClass.APPOINTMENT, "slot": SLOT, **more}
    return desk, desk.issue("C-1", **more)


def test_fr_14_a_second_too_early_is_told_to_wait() -> None:
    with pytest.raises(r.TooEarly) as refused:
        checks_in("09:44:59")
    assert refused.value.facts["time"] == "09:45"


@pytest.mark.parametrize(
    ("now", "cls", "seniority"),
    [
        ("09:45:00", DispatchClass.APPOINTMENT, "10:00:00"),
        ("10:00:00", DispatchClass.APPOINTMENT, "10:00:00"),
        ("10:14:59", DispatchClass.APPOINTMENT, "10:14:59"),
        ("10:15:00", DispatchClass.APPOINTMENT, "10:15:00"),
        ("10:15:01", DispatchClass.ORDINARY, "10:15:01"),
        ("11:30:00", DispatchClass.ORDINARY, "11:30:00"),
    ],
)
def test_fr_14_seniority_is_the_later_of_slot_and_arrival_and_who_is_late_is_as_others(
    now: str, cls: DispatchClass, seniority: str
) -> None:
    desk, ticket = checks_in(now)
    found = desk.ticket(ticket)
    assert (found.cls, found.seniority) == (cls, at(f"2026-03-16 {seniority}"))
    assert found.weight == desk.hall.plan.rules.weights[str(cls)]
    assert (found.slot is None) == (cls is DispatchClass.ORDINARY)


def test_fr_14_a_right_to_go_first_is_not_lost_by_being_late() -> None:
    desk, ticket = checks_in("10:30:00", group="elder")
    assert (desk.ticket(ticket).cls, desk.ticket(ticket).weight) == (DispatchClass.PRIORITY, 3.1)
