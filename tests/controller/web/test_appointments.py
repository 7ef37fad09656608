"""Appointments over the wire: booked, found again, kept early, in time and late, missed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from controller.cli.client import Refused
from tests.controller.web.bookings import next_slot, slot_of_today
from tests.controller.web.process import House, Process

ITEM, UNBOOKABLE = "RS-004", "RS-003"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo's hall, which lets people book for today and tells them apart by hash."""
    process = Process(tmp_path_factory.mktemp("booking") / "hall")
    found = House(process.start())
    found.staff("0801", "guide")
    found.staff("0901", "supervisor")
    found.device("kiosk")
    found.client("0901").command("/policy", name="check_in_before_min", value=240)
    yield found
    process.stop()


def hashes(n: int) -> list[str]:
    return [f"{n:064x}", f"{n + 1000:064x}"]


def person(n: int) -> dict[str, Any]:
    return {"key": f"{n:064x}", "masked": "张*三"}


def bookable(house: House) -> str:
    return next_slot(house.client("kiosk").get(f"/appointments/slots?item={ITEM}")["slots"])


def test_fr_16_a_time_is_booked_once_a_day_and_found_by_card_and_by_code(house: House) -> None:
    kiosk = house.client("kiosk")
    found = kiosk.get(f"/appointments/slots?item={ITEM}")["slots"]
    slots = [slot["start"] for slot in found if slot["start"] >= next_slot(found)]
    start, later = next(two for two in pairwise(slots) if two[0][:10] == two[1][:10])
    made = kiosk.command("/appointments", item=ITEM, start=start, bookings=hashes(1))["booking"]
    assert (made["start"][:16], made["state"]) == (start, "booked")
    with pytest.raises(Refused, match="booked-that-day"):
        kiosk.command("/appointments", item=ITEM, start=later, bookings=hashes(1))
    for claim in ({"bookings": hashes(1)}, {"code": made["code"].lower()}):
        assert [b["id"] for b in kiosk.post("/appointments/mine", claim)["bookings"]] == [
            made["id"]
        ]
    shown = house.client("0801").get("/appointments?day=" + made["day"])["bookings"]
    assert made["id"] in {b["id"] for b in shown}
    assert "code" not in shown[0]


def test_what_takes_no_appointments_says_so(house: House) -> None:
    with pytest.raises(Refused, match="not-bookable"):
        house.client("kiosk").get(f"/appointments/slots?item={UNBOOKABLE}")


def test_fr_14_who_is_there_in_time_gets_a_number_with_the_slot_s_rank(house: House) -> None:
    kiosk, start = house.client("kiosk"), bookable(house)
    made = kiosk.command("/appointments", item=ITEM, start=start, bookings=hashes(2))["booking"]
    slot = slot_of_today(made["start"])
    asked = {"request_id": "checks-in-once", "bookings": hashes(2), "person": person(2)}
    got = kiosk.post("/appointments/check-in", asked)
    assert not got["late"]
    assert kiosk.post("/appointments/check-in", asked) == got, "a repeat gets the first answer"
    assert abs(got["ticket"]["seniority_at"] - slot.timestamp() * 1000) < 1000
    with pytest.raises(Refused, match="unknown-booking"):
        kiosk.command("/appointments/check-in", bookings=hashes(2), person=person(2))
    journal = house.process.operator().get("/events?after=0&limit=1000")["events"]
    assert hashes(2)[0] not in str(journal)
    assert made["code"] not in str(journal)


def test_fr_16_a_near_appointment_cannot_be_cancelled_and_a_far_one_can(house: House) -> None:
    kiosk = house.client("kiosk")
    found = kiosk.get(f"/appointments/slots?item={ITEM}")["slots"]
    near, far = next_slot(found), found[-1]["start"]
    far_one = kiosk.command("/appointments", item=ITEM, start=far, bookings=hashes(3))["booking"]
    path = f"/appointments/{far_one['id']}/cancel"
    with pytest.raises(Refused, match="unknown-booking"):
        kiosk.command(path, bookings=hashes(4))
    assert kiosk.command(path, bookings=hashes(3))["booking"]["state"] == "cancelled"
    near_one = kiosk.command("/appointments", item=ITEM, start=near, bookings=hashes(5))["booking"]
    with pytest.raises(Refused, match="too-late-to-cancel"):
        kiosk.command(f"/appointments/{near_one['id']}/cancel", bookings=hashes(5))


def test_fr_14_the_owner_is_told_when_the_number_is_given_by_card_and_by_code(house: House) -> None:
    kiosk, start = house.client("kiosk"), bookable(house)
    made = kiosk.command("/appointments", item=ITEM, start=start, bookings=hashes(6))["booking"]
    (by_card,) = kiosk.post("/appointments/mine", {"bookings": hashes(6)})["bookings"]
    assert by_card["due"] in {"due", "early", "other_day"}
    assert by_card["opens"] <= by_card["start"][:16]
    found = kiosk.post("/lookups", {"code": made["code"]})
    assert (found["tickets"], [b["id"] for b in found["bookings"]]) == ([], [made["id"]])


def test_fr_18_an_appointment_whose_slip_never_left_the_printer_can_be_kept_again(
    house: House,
) -> None:
    kiosk, start = house.client("kiosk"), bookable(house)
    made = kiosk.command("/appointments", item=ITEM, start=start, bookings=hashes(7))["booking"]
    slot_of_today(made["start"])
    first = kiosk.command("/appointments/check-in", bookings=hashes(7), person=person(7))
    kiosk.command(f"/tickets/{first['ticket']['id']}/print", outcome="void")
    (again,) = kiosk.post("/appointments/mine", {"bookings": hashes(7)})["bookings"]
    assert again["state"] == "booked"
    second = kiosk.command("/appointments/check-in", bookings=hashes(7), person=person(7))
    assert second["ticket"]["number"] != first["ticket"]["number"]


def test_a_kiosk_is_told_the_keys_and_keeps_them_over_a_restart(house: House) -> None:
    keys = house.client("kiosk").get("/kiosk/day")["booking_keys"]
    assert len(keys) == 1
    house.process.kill()
    house.process.start()
    assert house.client("kiosk").get("/kiosk/day")["booking_keys"] == keys
