"""The rules of calling, over the wire: hold, transfer, undo, return, authority, live skills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from controller.cli.client import Refused
from tests.controller.web.process import House, Patron, Process

ITEM = "RS-003"
Json = dict[str, Any]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall where nobody has to wait for a pass, and a busy machine may take back what it did."""
    process = Process(tmp_path_factory.mktemp("calling") / "hall").start()
    found = House(process)
    found.staff("0901", "supervisor")
    found.staff("0801", "guide")
    found.client("0901").command("/policy", name="pass_after_s", value=0)
    found.client("0901").command("/policy", name="undo_s", value=30)
    yield found
    process.stop()


@pytest.fixture
def desk(house: House) -> Iterator[Patron]:
    """The clerk at window 5, who leaves nobody behind."""
    clerk = house.clerk(5)
    yield clerk
    tidy(house, clerk, 5)


def tidy(house: House, clerk: Patron, no: int) -> None:
    """Nobody is in hand, held or waiting when the next test begins."""
    hand = console(clerk, no)["ticket"]
    if hand is not None:
        clerk.command(f"/windows/{no}/drop", ticket=hand["id"], reason="wish")
    clerk.command(f"/windows/{no}/close")
    for ticket in house.client("0801").get("/desk/tickets?limit=1000")["tickets"]:
        if ticket["state"] not in {"called", "serving"}:
            house.client("0801").command(f"/tickets/{ticket['id']}/cancel")


def console(clerk: Patron, no: int = 5) -> Json:
    found: Json = clerk.get(f"/windows/{no}/console")["console"]
    return found


def called(house: House, clerk: Patron, no: int = 5, item: str = ITEM) -> str:
    """A ticket that was just called."""
    house.issue(item)
    ticket: str = clerk.command(f"/windows/{no}/call")["ticket"]["id"]
    return ticket


def test_fr_38_a_held_ticket_is_called_back_by_the_same_window(house: House, desk: Patron) -> None:
    ticket = called(house, desk)
    assert desk.command("/windows/5/hold", ticket=ticket)["ticket"]["state"] == "held"
    (held,) = console(desk)["held"]
    assert (held["id"], held["from"]) == (ticket, 5)
    back = desk.command("/windows/5/call-back", ticket=ticket)["ticket"]
    assert (back["state"], back["window"]) == ("called", 5)
    assert console(desk)["ticket"]["called_back"]


def test_fr_38_a_fourth_hold_is_refused(house: House, desk: Patron) -> None:
    for _ in range(3):
        desk.command("/windows/5/hold", ticket=called(house, desk))
    ticket = called(house, desk)
    with pytest.raises(Refused, match="hold-limit"):
        desk.command("/windows/5/hold", ticket=ticket)


def test_fr_37_a_transfer_waits_for_the_other_window_s_word_and_keeps_its_number(
    house: House, desk: Patron
) -> None:
    other = house.clerk(7)
    ticket = called(house, desk)
    before = console(desk)["ticket"]["number"]
    handed = desk.command("/windows/5/transfer", ticket=ticket, to_window=7, note="带齐材料")
    assert (handed["ticket"]["state"], handed["ticket"]["target"]) == ("handed", 7)
    assert [o["to"] for o in console(desk)["outgoing"]] == [7]
    (incoming,) = console(other, 7)["incoming"]
    assert (incoming["number"], incoming["from"], incoming["note"]) == (before, 5, "带齐材料")
    other.command("/windows/7/accept", ticket=ticket)
    assert console(desk)["outgoing"] == []
    assert other.command("/windows/7/call")["ticket"]["number"] == before
    tidy(house, other, 7)


def test_fr_37_what_is_not_taken_goes_back_to_whoever_sent_it(house: House, desk: Patron) -> None:
    other = house.clerk(7)
    ticket = called(house, desk)
    desk.command("/windows/5/transfer", ticket=ticket, to_window=7)
    other.command("/windows/7/send-back", ticket=ticket)
    assert [h["id"] for h in console(desk)["held"]] == [ticket]
    tidy(house, other, 7)


def test_a_note_between_clerks_is_in_no_event(house: House, desk: Patron) -> None:
    ticket = called(house, desk)
    desk.command("/windows/5/transfer", ticket=ticket, to_item="YB-001", note="认得我的话")
    events = house.process.operator().get("/events?after=0&limit=1000")["events"]
    assert "认得我的话" not in str(events)


def test_fr_45_a_finish_is_taken_back_and_the_clock_goes_on(house: House, desk: Patron) -> None:
    ticket = called(house, desk)
    desk.command("/windows/5/arrive", ticket=ticket)
    started = console(desk)["ticket"]["arrived_at"]
    desk.command("/windows/5/finish", ticket=ticket, item=0, result="done")
    state = console(desk)
    assert (state["ticket"], state["undo"]["what"]) == (None, "finish")
    finished = state["today"]["finished"]
    desk.command("/windows/5/undo")
    state = console(desk)
    assert (state["ticket"]["state"], state["ticket"]["arrived_at"]) == ("serving", started)
    assert state["today"]["finished"] == finished - 1
    with pytest.raises(Refused, match="nothing-to-undo"):
        desk.command("/windows/5/undo")


def test_fr_35_a_passed_person_comes_back_with_the_slip_and_keeps_the_seniority(
    house: House, desk: Patron
) -> None:
    house.device("kiosk")
    taken = house.client("kiosk").command("/tickets", items=[ITEM])
    ticket = desk.command("/windows/5/call")["ticket"]
    desk.command("/windows/5/pass", ticket=ticket["id"])
    house.device("other kiosk")
    code = taken["slip"]["short_code"]
    back = house.client("other kiosk").command(f"/tickets/{ticket['id']}/return", code=code)
    assert back["ticket"]["state"] == "returned"
    assert back["ticket"]["seniority_at"] == ticket["seniority_at"]
    for _ in range(3):
        other = called(house, desk)
        desk.command("/windows/5/drop", ticket=other, reason="wish")
    shown = house.client("0801").post("/lookups", {"number": ticket["number"]})["tickets"]
    assert [t["state"] for t in shown] == ["waiting"]


def test_fr_36_a_clerk_gives_a_number_up_for_a_reason_only(house: House, desk: Patron) -> None:
    house.client("0901").command("/policy", name="pass_after_s", value=60)
    ticket = called(house, desk)
    with pytest.raises(Refused, match="too-soon"):
        desk.command("/windows/5/drop", ticket=ticket, reason="absent")
    with pytest.raises(Refused, match="invalid"):
        desk.command("/windows/5/drop", ticket=ticket)
    dropped = desk.command("/windows/5/drop", ticket=ticket, reason="mismatch")
    house.client("0901").command("/policy", name="pass_after_s", value=0)
    assert dropped["ticket"]["state"] == "dropped"


def test_fr_31_only_a_supervisor_calls_a_chosen_ticket_and_says_why(
    house: House, desk: Patron
) -> None:
    house.issue(ITEM)
    chosen = house.issue(ITEM)["id"]
    with pytest.raises(Refused, match="forbidden"):
        desk.command("/windows/5/call-chosen", ticket=chosen, why="因为")
    supervisor = house.client("0901")
    with pytest.raises(Refused, match="invalid"):
        supervisor.command("/windows/5/call-chosen", ticket=chosen, why="")
    done = supervisor.command("/windows/5/call-chosen", ticket=chosen, why="急重病")
    assert (done["ticket"]["id"], done["ticket"]["window"]) == (chosen, 5)
    assert "值班长" in console(desk)["ticket"]["reason"]["zh"]


def test_fr_41_a_supervisor_changes_a_window_s_skills_from_its_next_call_on(
    house: House, desk: Patron
) -> None:
    house.issue("SW-001")
    assert desk.command("/windows/5/call")["ticket"] is None
    supervisor = house.client("0901")
    changed = supervisor.command("/windows/5/skills", skills=["tax", "social_ins"])
    assert len(changed["window"]["services"]) == 2
    assert desk.command("/windows/5/call")["ticket"]["items"][0]["code"] == "SW-001"


def test_a_supervisor_opens_a_window_for_a_clerk_and_moves_one(house: House, desk: Patron) -> None:
    house.staff("0506", "clerk")
    supervisor = house.client("0901")
    opened = supervisor.command("/windows/6/open", clerk="0506")["window"]
    assert (opened["state"], opened["clerk"]) == ("open", "0506")
    with pytest.raises(Refused, match="clerk-elsewhere"):
        supervisor.command("/windows/7/open", clerk="0506")
    moved = supervisor.command("/windows/7/open", clerk="0506", take_over=True)["window"]
    assert (moved["no"], moved["clerk"]) == (7, "0506")
    supervisor.command("/windows/7/close")


def test_fr_40_a_roster_turned_by_hand_pauses_who_is_not_on_it(house: House, desk: Patron) -> None:
    supervisor = house.client("0901")
    supervisor.command("/roster", on=[1, 3])
    window = console(desk)["window"]
    assert (window["state"], window["rostered"]) == ("paused", True)
    supervisor.command("/roster", on=[1, 3, 5])
    assert console(desk)["window"]["state"] == "open"
    supervisor.command("/roster", on=sorted(range(1, 25)))
