"""Seniority is never lost (law 9): not by a second item, not by a requeue, not by an appointment
that is early."""

from __future__ import annotations

import pytest

from controller.hall import commands as c
from controller.hall.model import DispatchClass
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import at


def test_a_requeued_ticket_keeps_its_seniority_and_goes_before_later_ones() -> None:
    desk = Desk()
    bundle = desk.issue("C-1", "T-1")
    seniority = desk.ticket(bundle).seniority
    desk.clock.forward(60)
    later = [desk.issue("T-1") for _ in range(3)]
    desk.do(c.OpenWindow(1, "0517"))
    desk.do(c.CallNext(1, "0517"))
    desk.clock.forward(600)
    desk.serve(bundle, 1, "0517")
    assert desk.ticket(bundle).seniority == seniority
    assert desk.ticket(bundle).issued_at == seniority
    desk.do(c.OpenWindow(3, "0620"))
    (called,) = desk.do(c.CallNext(3, "0620"))
    assert called.ticket == bundle, f"{later} came later"  # type: ignore[attr-defined]


def test_printing_and_recalling_leave_the_seniority_alone() -> None:
    desk = Desk()
    ticket = desk.issue("C-1")
    before = desk.ticket(ticket).seniority
    desk.clock.forward(60)
    desk.do(c.OpenWindow(1, "0517"))
    desk.do(c.CallNext(1, "0517"))
    desk.clock.forward(60)
    desk.do(c.Recall(1, "0517", ticket=ticket))
    assert desk.ticket(ticket).seniority == before


@pytest.mark.parametrize(
    ("slot", "seniority"),
    [
        ("2026-03-17 10:00:00", "2026-03-17 10:00:00"),
        ("2026-03-17 08:00:00", "2026-03-17 09:00:00"),
    ],
    ids=["early", "late"],
)
def test_an_appointment_counts_from_its_slot_or_from_a_later_arrival(
    slot: str, seniority: str
) -> None:
    desk = Desk()
    ticket = desk.issue("C-1", cls=DispatchClass.APPOINTMENT, slot=at(slot))
    assert desk.ticket(ticket).seniority == at(seniority)


def test_who_comes_after_the_clock_was_set_back_does_not_overtake() -> None:
    desk = Desk()
    first = desk.issue("C-1")
    desk.clock.forward(-1800)
    desk.issue("C-1")
    desk.do(c.OpenWindow(1, "0517"))
    (called,) = desk.do(c.CallNext(1, "0517"))
    assert called.ticket == first  # type: ignore[attr-defined]
