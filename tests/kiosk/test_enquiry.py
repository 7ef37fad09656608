"""Codes, look-ups and appointments over real lines: scanner, HTTP, printer."""

from __future__ import annotations

import pytest

from kiosk.readers.base import CodeScanned
from kiosk.session.model import Act
from tests.kiosk.conftest import Rig
from tests.kiosk.fake_controller import CODE, booking_json, standing_json
from tests.kiosk.heard import until
from tests.kiosk.people import CARD, ELDER


@pytest.fixture
def scan(rig: Rig) -> Rig:
    """The kiosk, after a slip's code was held before its scanner."""
    rig.controller.standing = [standing_json("R046")]
    rig.station.tell(CodeScanned(CODE))
    return rig


def test_a_scanned_slip_shows_where_its_number_stands(scan: Rig) -> None:
    number = scan.wait_for("number")["number"]
    assert (number["number"], number["state"], number["ahead"]) == ("R046", "waiting", 4)
    assert (number["zone"]["letter"], number["windows"]) == ("B", "3–8")
    assert scan.controller.looks == [("lookups", {"code": CODE})]
    assert scan.printer.cuts == 0


def test_a_typed_number_shows_where_it_stands_and_nothing_can_be_done_with_it(rig: Rig) -> None:
    row = standing_json("R046", "passed")
    rig.controller.standing = [{k: v for k, v in row.items() if k not in ("items", "reprints")}]
    for act in (Act("look_open"), Act("code_open")):
        assert rig.act(act.name)
    for key in [*"R046", "ok"]:
        assert rig.act("code_key", key)
    number = rig.wait_for("number")["number"]
    assert number["item"] == ""
    assert not any(number[f"may_{deed}"] for deed in ("return", "cancel", "reprint"))


def test_a_passed_number_lines_up_again(scan: Rig) -> None:
    scan.wait_for("number")
    scan.controller.standing[0]["state"] = "passed"
    scan.station.tell(CodeScanned(CODE))
    until(lambda: scan.view().get("number", {}).get("may_return"), "the offer to return")
    assert scan.act("come_back")
    until(lambda: scan.view().get("number", {}).get("state") == "returned", "the return")


def test_a_number_is_given_back_and_shown_as_such(scan: Rig) -> None:
    scan.wait_for("number")
    assert scan.act("give_back")
    assert scan.act("sure")
    until(lambda: scan.view().get("number", {}).get("state") == "cancelled", "the end")


def test_the_slip_is_printed_again_each_time_it_is_asked_for(scan: Rig) -> None:
    for copies in (1, 2):
        scan.wait_for("number")
        assert scan.act("print_own")
        scan.wait_for("done")
        until(lambda n=copies: scan.printer.cuts == n, "the paper")  # type: ignore[misc]
        scan.act("exit")
        scan.station.tell(CodeScanned(CODE))


def test_wrong_codes_are_said_and_too_many_lead_to_the_card(rig: Rig) -> None:
    rig.station.tell(CodeScanned("AAAAAA"))
    assert rig.wait_for("error")["error"]["code"] == "code_unknown"
    rig.controller.locked = True
    rig.station.tell(CodeScanned(CODE))
    until(lambda: rig.view().get("error", {}).get("code") == "code_locked", "the lock")


def test_an_appointment_is_found_by_card_and_gets_its_number(rig: Rig) -> None:
    rig.controller.bookings = [booking_json()]
    assert rig.act("book_open")
    rig.wait_for("find")
    rig.device.lay(CARD)
    booked = rig.wait_for("booked")["booked"]
    assert (booked["start"], booked["due"], booked["check_in"]) == ("10:30", "due", True)
    ((path, asked),) = rig.controller.looks
    assert path == "appointments/mine"
    assert [len(one) for one in asked["bookings"]] == [64, 64]
    assert rig.act("check_in")
    assert rig.wait_for("done")["ticket"]["late"] is False
    body = rig.controller.tickets["2026-03-17-R001"]
    assert (body["bookings"], body["person"]["masked"]) == (asked["bookings"], "张*名")
    rig.printer.wait_for_ticket()
    until(lambda: rig.outcomes("R001") == ["printed"], "the confirmation")


def test_the_owner_of_a_code_need_not_be_known(rig: Rig) -> None:
    rig.controller.bookings = [booking_json("over")]
    rig.station.tell(CodeScanned(CODE))
    assert rig.wait_for("booked")["booked"]["check_in"]
    rig.controller.lose_answers = 2
    assert rig.act("check_in")
    rig.wait_for("done")
    (body,) = rig.controller.tickets.values()
    assert (body["code"], body["person"]) == (CODE, None)


def test_who_has_a_number_already_gets_its_slip_again(rig: Rig) -> None:
    """FR-08"""
    rig.controller.standing = [standing_json("R046")]
    rig.controller.refuse = "already-waiting"
    rig.controller.refuse_with = {"ticket": "2026-03-17-R046", "number": "R046"}
    rig.lay(ELDER)
    rig.take()
    assert rig.wait_for("error")["error"]["actions"][0] == "print_own"
    assert rig.act("print_own")
    assert rig.wait_for("done")["ticket"]["number"] == "R046"
    assert rig.controller.tickets == {}


def test_a_controller_that_is_gone_meanwhile_is_said(rig: Rig) -> None:
    rig.controller.fail_with = 503
    rig.station.tell(CodeScanned(CODE))
    until(lambda: rig.view().get("error", {}).get("code") in ("no_answer", "offline"), "the fault")
