"""The rules of taking a number, over the wire: limits, priority, reprint, look-up, own tickets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from controller.cli.client import Refused
from tests.controller.web.process import House, Process, events

ITEM, OTHER, TAX = "RS-003", "GJ-001", "SW-001"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall where only these tests take numbers."""
    process = Process(tmp_path_factory.mktemp("taking") / "hall").start()
    found = House(process)
    for number, role in (("0801", "guide"), ("0901", "supervisor"), ("0951", "auditor")):
        found.staff(number, role)
    found.device("kiosk")
    found.device("other kiosk")
    yield found
    process.stop()


def person(n: int) -> dict[str, Any]:
    return {"key": f"{n:064x}", "masked": "张*三"}


def refusal(house: House, who: str, path: str, **body: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        house.client(who).command(path, **body)
    return refused.value


def test_fr_08_a_second_number_for_the_same_line_names_the_first(house: House) -> None:
    first = house.issue(ITEM, person=person(1))
    refused = refusal(house, "other kiosk", "/tickets", items=[ITEM], person=person(1))
    assert (refused.status, refused.problem["code"]) == (409, "already-waiting")
    assert first["number"] in refused.problem["detail"]
    assert first["number"] in refused.problem["zh"]["detail"]
    assert refused.problem["ticket"] == first["id"]
    house.issue(ITEM, person=person(2))


def test_fr_09_staff_may_waive_a_limit_with_a_reason_and_a_kiosk_may_not(house: House) -> None:
    house.issue(ITEM, person=person(3))
    body: dict[str, Any] = {"items": [ITEM], "person": person(3), "waive": "for-another"}
    assert refusal(house, "kiosk", "/tickets", **body).problem["code"] == "staff-only"
    assert house.client("0801").command("/tickets", **body)["ticket"]["state"] == "waiting"


def test_fr_26_the_card_proves_an_age_and_the_journal_holds_class_and_weight_only(
    house: House,
) -> None:
    ticket = house.issue(ITEM, person=person(4), priority="elder80")
    (event,) = [
        e
        for e in house.process.operator().get("/events?after=0&limit=1000")["events"]
        if e["type"] == "ticket.issued" and e["data"]["ticket"] == ticket["id"]
    ]
    assert (event["data"]["cls"], event["data"]["weight"]) == ("priority", 4.0)
    assert "elder" not in str(event)


def test_fr_28_what_a_card_does_not_prove_staff_grant_with_what_they_saw(house: House) -> None:
    kiosk = refusal(house, "kiosk", "/tickets", items=[ITEM], priority="disabled")
    assert (kiosk.status, kiosk.problem["code"]) == (403, "evidence-needed")
    without = refusal(house, "0801", "/tickets", items=[ITEM], priority="disabled")
    assert without.problem["code"] == "evidence-needed"
    given = house.client("0801").command(
        "/tickets", items=[ITEM], priority="disabled", grant="certificate"
    )["ticket"]
    (newest, *_) = house.client("0951").get("/grants")["grants"]
    assert (newest["ticket"], newest["reason"]) == (given["id"], "certificate")
    assert newest["by"] == "guide:0801"
    assert "disabled" not in str(newest)


def test_fr_28_a_grant_to_a_ticket_that_waits_needs_a_reason(house: House) -> None:
    ticket = house.issue(ITEM, person=person(5))["id"]
    path = f"/tickets/{ticket}/grant"
    assert refusal(house, "0801", path, priority="soldier").status in {404, 422}
    assert refusal(house, "0801", path, priority="infant").problem["code"] == "reason-needed"
    house.client("0801").command(path, priority="infant", reason="visible")
    shown = house.client("0801").post("/lookups", {"key": person(5)["key"]})["tickets"]
    assert [(t["class"], t["priority"]) for t in shown] == [("priority", "infant")]


def test_fr_20_a_third_reprint_is_refused_and_each_is_marked(house: House) -> None:
    ticket = house.issue(ITEM, person=person(6))["id"]
    path, kiosk = f"/tickets/{ticket}/reprint", house.client("kiosk")
    assert [kiosk.command(path)["slip"]["reprint"] for _ in range(2)] == [1, 2]
    refused = refusal(house, "kiosk", path)
    assert refused.problem["code"] == "reprint-limit"


def test_fr_21_another_kiosk_cancels_with_the_card_or_the_code_and_not_without(
    house: House,
) -> None:
    taken = house.client("kiosk").command("/tickets", items=[ITEM], person=person(7))
    path = f"/tickets/{taken['ticket']['id']}/cancel"
    assert refusal(house, "other kiosk", path).problem["code"] == "not-your-ticket"
    wrong = refusal(house, "other kiosk", path, key=person(8)["key"])
    assert wrong.problem["code"] == "not-your-ticket"
    code = taken["slip"]["short_code"]
    done = house.client("other kiosk").command(path, code=f"{code[:3]}-{code[3:].lower()}")
    assert done["ticket"]["state"] == "cancelled"
    again = house.client("kiosk").command("/tickets", items=[ITEM], person=person(7))
    by_card = f"/tickets/{again['ticket']['id']}/cancel"
    done = house.client("other kiosk").command(by_card, key=person(7)["key"])
    assert done["ticket"]["state"] == "cancelled"


def test_fr_24_a_look_up_tells_where_one_s_numbers_stand(house: House) -> None:
    house.issue(ITEM, person=person(9))
    mine = house.issue(OTHER, person=person(9))
    found = house.client("other kiosk").post("/lookups", {"key": person(9)["key"]})["tickets"]
    assert [t["state"] for t in found] == ["waiting", "waiting"]
    number = house.client("0801").post("/lookups", {"number": mine["number"].lower()})
    assert [t["id"] for t in number["tickets"]] == [mine["id"]]
    assert "张" not in str(found)


def test_fr_24_a_number_alone_tells_a_kiosk_where_it_stands_and_nothing_of_its_owner(
    house: House,
) -> None:
    mine = house.issue(OTHER, person=person(15), priority="elder")
    found = house.client("other kiosk").post("/lookups", {"number": mine["number"].lower()})
    (told,) = found["tickets"]
    assert (told["number"], told["state"]) == (mine["number"], "waiting")
    assert told.keys() == {
        *("id", "number", "state", "window", "zone", "target", "deadline_at", "ahead", "wait")
    }
    with pytest.raises(Refused, match="unknown-ticket"):
        house.client("other kiosk").post("/lookups", {"number": "R999"})


def test_fr_57_five_wrong_codes_lock_the_terminal_and_no_other(house: House) -> None:
    house.device("guessing kiosk")
    guess = house.client("guessing kiosk")
    for _ in range(5):
        with pytest.raises(Refused, match="unknown-ticket"):
            guess.post("/lookups", {"code": "ZZZZZZ"})
    with pytest.raises(Refused, match="too-many-requests"):
        guess.post("/lookups", {"code": "ZZZZZZ"})
    for claim in ({"key": person(12)["key"]}, {"number": house.issue(OTHER)["number"]}):
        assert "tickets" in guess.post("/lookups", claim), "who shows a card guesses nothing"
    assert house.client("kiosk").post("/lookups", {"key": person(12)["key"]})["tickets"] == []


def test_fr_57_a_guide_who_mistypes_is_told_and_never_locked_out(house: House) -> None:
    for _ in range(7):
        with pytest.raises(Refused, match="R777"):
            house.client("0801").post("/lookups", {"number": "R777"})
    mine = house.issue(OTHER, person=person(14))
    found = house.client("0801").post("/lookups", {"number": mine["number"]})["tickets"]
    assert [t["id"] for t in found] == [mine["id"]]


def test_fr_29_fr_30_needs_reach_the_guide_and_bind_the_ticket_to_low_counters(
    house: House,
) -> None:
    ticket = house.issue(ITEM, person=person(10), needs=["low_counter", "interpreter"])
    shown = house.client("0801").get("/desk/tickets?limit=1")["tickets"]
    assert [(t["id"], t["needs"]) for t in shown] == [
        (ticket["id"], ["interpreter", "low_counter"])
    ]
    others = house.issue(ITEM, person=person(13))
    clerk = house.clerk(5)
    called = clerk.command("/windows/5/call")["ticket"]
    assert called["id"] != ticket["id"]
    assert others["seniority_at"] >= ticket["seniority_at"]


def test_fr_29_a_number_that_is_out_is_bound_to_low_counters_and_let_go_again(house: House) -> None:
    guide, ticket = house.client("0801"), house.issue(ITEM, person=person(15))
    path = f"/tickets/{ticket['id']}/needs"
    guide.command(path, needs=["low_counter", "help"])
    guide.command(path, needs=["low_counter"])
    guide.command(path, needs=["sign"])
    bound = [e["data"]["only"] for e in events(house) if e["type"] == "ticket.bound"]
    assert bound == [[8], None]
    (shown,) = guide.post("/lookups", {"number": ticket["number"]})["tickets"]
    assert shown["needs"] == ["sign"]


def test_fr_29_help_that_binds_nothing_is_noted_of_a_number_at_a_window(house: House) -> None:
    guide, clerk = house.client("0801"), house.clerk(17)
    ticket = house.issue(TAX, person=person(16))
    house.call(clerk, 17, ticket)
    path = f"/tickets/{ticket['id']}/needs"
    refused = refusal(house, "0801", path, needs=["low_counter", "help"])
    assert refused.problem["code"] == "wrong-state"
    guide.command(path, needs=["help"])
    (shown,) = guide.post("/lookups", {"number": ticket["number"]})["tickets"]
    assert shown["needs"] == ["help"], "nothing of what was refused is kept"


def test_fr_29_a_matter_that_no_low_counter_does_is_refused_with_words(house: House) -> None:
    ticket = house.issue(TAX, person=person(17))
    refused = refusal(house, "0801", f"/tickets/{ticket['id']}/needs", needs=["low_counter"])
    assert refused.problem["code"] == "no-low-counter"
    assert "无障碍窗口" in refused.problem["zh"]["detail"]


def test_fr_37_a_number_meant_for_one_window_is_let_go_for_any(house: House) -> None:
    guide, ticket = house.client("0801"), house.issue(ITEM, person=person(18))
    house.clerk(6)
    path = f"/tickets/{ticket['id']}/move"
    assert guide.command(path, to_window=6)["ticket"]["target"] == 6
    assert guide.command(path, to_window=None)["ticket"]["target"] is None
    assert guide.command(path, to_window=None)["ticket"]["target"] is None
    for body in ({}, {"to_window": None, "to_item": OTHER}, {"to_item": None}):
        assert refusal(house, "0801", path, **body).problem["code"] == "invalid"


def test_fr_10_a_ticket_holds_so_many_matters_and_no_more(house: House) -> None:
    items = [ITEM, OTHER, TAX, "MZ-001", "YB-001", "GA-001"]
    refused = refusal(house, "kiosk", "/tickets", items=items, person=person(11))
    assert refused.problem["code"] == "too-many-items"


def test_the_guide_desk_is_shown_no_name(house: House) -> None:
    rows = house.client("0801").get("/desk/tickets?limit=1000")["tickets"]
    assert all("masked" not in t for t in rows)


def test_policy_is_read_and_changed_while_the_hall_works_within_its_bounds(house: House) -> None:
    supervisor = house.client("0901")
    shown = {v["name"]: v for v in supervisor.get("/policy")["values"]}
    assert (shown["recall_limit"]["value"], shown["recall_limit"]["now"]) == (3, True)
    assert not shown["lease_min"]["now"]
    supervisor.command("/policy", name="recall_limit", value=4)
    shown = {v["name"]: v for v in supervisor.get("/policy")["values"]}
    assert (shown["recall_limit"]["value"], shown["recall_limit"]["configured"]) == (4, 3)
    for name, value in (("recall_limit", 99), ("lease_min", 5), ("nonsense", 1)):
        refused = refusal(house, "0901", "/policy", name=name, value=value)
        assert (refused.status, refused.problem["code"]) == (422, "policy-refused")
        assert refused.problem["zh"]["detail"]
