"""Numbers given out by a kiosk that was alone (FR-23), and series that are full (FR-22)."""

from __future__ import annotations

import pytest

from controller.hall import commands as c
from controller.hall import errors as x
from controller.hall import refusals as r
from controller.hall.alarms import stranded
from controller.hall.day_events import DayOpened, NumbersLeased
from controller.hall.evolve import evolve
from controller.hall.model import Hall
from controller.hall.numbering import lease_numbers, next_number
from tests.controller.hall.desk import Desk
from tests.controller.hall_fixture import at, small_plan


def leasing(count: int = 5, **rules: object) -> Desk:
    desk = Desk(small_plan(**rules))
    desk.do(c.Lease("k-1", "C", count))
    return desk


def reports(desk: Desk, ordinal: int, **more: object) -> str:
    return desk.issue("C-1", given=("C", ordinal), **more)


def test_fr_23_what_was_set_aside_is_given_to_nobody_else() -> None:
    desk = leasing(6, digits=1, reserve_series=("X",))
    given = [desk.ticket(desk.issue("C-1")).number for _ in range(4)]
    assert given == ["C1", "C2", "C3", "X1"]


def test_fr_22_numbers_begin_at_one_although_blocks_are_set_aside() -> None:
    desk = leasing()
    assert desk.ticket(desk.issue("C-1")).number == "C001"


def test_fr_23_two_kiosks_have_blocks_of_their_own() -> None:
    desk = leasing()
    (leased,) = desk.do(c.Lease("k-2", "C", 5))
    assert leased == NumbersLeased("k-2", "C", 990, 994)


def test_blocks_of_older_journals_from_the_beginning_of_a_series_are_kept_apart() -> None:
    hall, day = Hall(small_plan()), "2026-03-17"
    evolve(hall, DayOpened(day), 1, 1)
    evolve(hall, NumbersLeased("k-1", "C", 1, 5), 2, 2)
    assert next_number(hall, "C") == ("C", 6)
    evolve(hall, NumbersLeased("k-2", "C", 995, 999), 3, 3)
    assert lease_numbers(hall, "C", 5) == ("C", 990, 994)
    assert {hall.leased["C", n] for n in (1, 5)} == {"k-1"}
    assert {hall.leased["C", n] for n in (995, 999)} == {"k-2"}


def test_fr_23_a_number_that_was_given_out_is_reported_once_and_by_that_kiosk() -> None:
    desk = leasing()
    with pytest.raises(r.NotLeased):
        reports(desk, 997, by="k-2")
    assert desk.ticket(reports(desk, 997)).number == "C997"
    with pytest.raises(r.NotLeased):
        reports(desk, 997)
    with pytest.raises(r.NotLeased):
        reports(desk, 994)
    assert desk.ticket(reports(desk, 995)).number == "C995"


def test_fr_23_it_counts_from_when_it_was_given_out_and_goes_before_who_came_later() -> None:
    desk = leasing()
    desk.clock.forward(300)
    later = desk.issue("C-1")
    desk.clock.forward(300)
    offline = reports(desk, 995, given_at=at("2026-03-17 09:04:00"))
    assert desk.ticket(offline).seniority == at("2026-03-17 09:04:00")
    desk.open(1)
    assert desk.call(1) == offline
    assert later in desk.hall.waiting


@pytest.mark.parametrize(
    ("given_at", "seniority"),
    [
        ("2026-03-17 11:00:00", "2026-03-17 09:00:00"),
        ("2020-01-01 00:00:00", "2026-03-17 00:00:00"),
    ],
)
def test_fr_23_a_kiosk_whose_clock_is_wrong_gives_neither_the_future_nor_yesterday(
    given_at: str, seniority: str
) -> None:
    desk = leasing()
    ticket = reports(desk, 995, given_at=at(given_at))
    assert desk.ticket(ticket).seniority == at(seniority)


def test_fr_23_the_person_s_limits_are_reported_and_not_enforced() -> None:
    desk = leasing(tickets_per_item=1)
    first = desk.issue("C-1", earlier=())
    ticket = reports(desk, 995, earlier=(first,))
    assert desk.log[-1].event.beyond == "limit"  # type: ignore[attr-defined]
    assert desk.ticket(ticket)
    reports(desk, 996, earlier=())
    assert desk.log[-1].event.beyond is None  # type: ignore[attr-defined]


def leased_by(desk: Desk, device: str, series: str = "C") -> list[int]:
    (leased,) = desk.do(c.Lease(device, series, 10))
    assert isinstance(leased, NumbersLeased)
    return [*range(leased.first, leased.last + 1)]


def test_fr_23_a_kiosk_that_asks_when_its_block_is_half_used_is_served_all_day() -> None:
    desk = Desk(small_plan(lease_blocks=2, digits=4))
    left: list[int] = []
    for _ in range(50):
        left += leased_by(desk, "k-1")
        while len(left) > 5:
            reports(desk, left.pop(0))


def test_fr_23_a_kiosk_that_reports_nothing_has_so_many_blocks_and_no_more() -> None:
    desk = Desk(small_plan(lease_blocks=3))
    numbers = [n for _ in range(3) for n in leased_by(desk, "k-1")]
    with pytest.raises(r.LeaseLimit) as refused:
        leased_by(desk, "k-1")
    assert "30 numbers of C" in refused.value.english()
    assert "30 个 C 字头" in refused.value.chinese()
    for ordinal in numbers[:9]:
        reports(desk, ordinal)
    with pytest.raises(r.LeaseLimit):
        leased_by(desk, "k-1")
    reports(desk, numbers[9])
    assert leased_by(desk, "k-1")


def test_fr_23_the_blocks_of_others_and_of_other_letters_and_days_do_not_count() -> None:
    desk = Desk(small_plan(lease_blocks=2))
    for device, series in (("k-1", "C"), ("k-1", "F"), ("k-2", "C")):
        for _ in range(2):
            assert leased_by(desk, device, series)
        with pytest.raises(r.LeaseLimit):
            leased_by(desk, device, series)
    desk.wait(24 * 3600)
    assert leased_by(desk, "k-1")


def test_fr_23_yesterday_s_numbers_are_not_today_s() -> None:
    desk = leasing()
    desk.wait(24 * 3600)
    with pytest.raises(r.NotLeased):
        reports(desk, 995)
    assert desk.ticket(desk.issue("C-1")).number == "C001"


def test_fr_22_at_the_end_of_a_series_a_block_is_shorter_and_then_goes_on_in_reserve() -> None:
    desk = leasing(8, digits=1, reserve_series=("X",))
    assert desk.do(c.Lease("k-2", "C", 5)) == [NumbersLeased("k-2", "C", 1, 1)]
    assert desk.do(c.Lease("k-2", "C", 5)) == [NumbersLeased("k-2", "X", 5, 9)]
    assert desk.ticket(desk.issue("C-1")).number == "X1"
    assert desk.ticket(desk.issue("C-1", by="k-2", given=("X", 7))).number == "X7"
    desk.do(c.Lease("k-2", "C", 50))
    with pytest.raises(x.SeriesFull):
        desk.do(c.Lease("k-2", "C", 1))
    with pytest.raises(x.SeriesFull):
        desk.issue("C-1")
    assert desk.ticket(reports(desk, 8)).number == "C8", "what was set aside is still good"


def test_fr_23_a_number_that_is_out_is_taken_whatever_the_hall_does_meanwhile() -> None:
    desk = leasing(items_per_ticket=1)
    for no in (1, 2):
        desk.do(c.SetSkills(no, ("tax",)))
    ticket = desk.issue("C-1", "C-2", given=("C", 995), low_counter=True)
    assert [s.ticket for s in stranded(desk.hall)] == [ticket], "and staff are told"
    with pytest.raises(x.UnknownItem):
        desk.issue("X-9", given=("C", 996))
