"""Numbers for a kiosk that may be alone (FR-23): set aside, and taken in from the slip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from controller.cli.client import Refused
from tests.controller.web.process import House, Json, Process, events

ITEM, OTHER = "RS-003", "MZ-004"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall where only these tests take numbers; a block holds five."""
    process = Process(tmp_path_factory.mktemp("leases") / "hall")
    process.rule("recall_limit = 3", "recall_limit = 3\nlease_numbers = 5\nlease_blocks = 10")
    found = House(process.start())
    found.staff("0801", "guide")
    found.staff("0901", "supervisor")
    found.device("kiosk")
    found.device("other kiosk")
    found.device("third kiosk")
    yield found
    process.stop()


def lease(house: House, who: str = "kiosk", series: str = "R") -> Json:
    return house.client(who).command("/leases", series=series)


def slip(number: str, code: str, given_at: int, **more: Any) -> Json:
    return {"number": number, "code": code, "given_at": given_at, "items": [ITEM], **more}


def take_in(house: House, **body: Any) -> Json:
    answer: Json = house.client("0801").command("/tickets/take-in", **body)["ticket"]
    return answer


def refusal(house: House, who: str, path: str, **body: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        house.client(who).command(path, **body)
    return refused.value


def now(house: House) -> int:
    at: int = house.client("kiosk").get("/health")["at"]
    return at


def name(block: Json, n: int = 0) -> str:
    return f"{block['series']}{block['first'] + n:03d}"


def test_fr_23_a_kiosk_leases_a_block_that_nobody_else_is_given(house: House) -> None:
    mine, others = lease(house), lease(house, "other kiosk")
    assert mine["last"] - mine["first"] == 4
    assert others["last"] == mine["first"] - 1
    assert int(house.issue(ITEM)["number"][1:]) < others["first"]
    assert mine["day"] == house.client("kiosk").get("/kiosk/day")["day"]
    assert events(house, mine["seq"] - 1)[0]["type"] == "numbers.leased"


def test_fr_23_a_kiosk_is_told_which_numbers_are_set_aside_for_it(house: House) -> None:
    block = lease(house, "third kiosk")
    take_in(house, **slip(name(block, 1), "BBBBBB", now(house)))
    told = house.client("third kiosk").get("/leases")
    first = {"series": "R", "first": block["first"], "last": block["first"]}
    rest = {"series": "R", "first": block["first"] + 2, "last": block["last"]}
    assert (told["day"], told["leases"]) == (block["day"], [first, rest])


def test_fr_23_a_lease_is_of_a_series_of_the_hall(house: House) -> None:
    refused = refusal(house, "kiosk", "/leases", series="Q")
    assert (refused.status, refused.problem["code"]) == (404, "unknown-series")
    assert "Q" in refused.problem["zh"]["detail"]


def test_fr_23_the_slip_of_a_dead_kiosk_waits_since_it_was_given_out(house: House) -> None:
    block, at = lease(house), now(house)
    ticket = take_in(house, **slip(name(block, 2).lower(), "7k3-m2q", at - 60_000))
    assert (ticket["number"], ticket["state"]) == (name(block, 2), "waiting")
    assert ticket["print"] == "printed"
    assert ticket["issued_at"] >= at
    (found,) = house.client("0801").post("/lookups", {"code": "7K3M2Q"})["tickets"]
    assert (found["id"], found["code"]) == (ticket["id"], "7K3M2Q")
    issued = [e for e in events(house, block["seq"]) if e["type"] == "ticket.issued"]
    assert issued[-1]["actor"] == "guide:0801"
    assert issued[-1]["data"]["issuer"] == house.devices["kiosk"]
    later = house.issue(ITEM)
    assert ticket["seniority_at"] < later["seniority_at"]


def test_fr_23_a_number_is_taken_in_once_and_only_out_of_a_lease(house: House) -> None:
    block = lease(house, "other kiosk")
    take_in(house, **slip(name(block), "AAAAAA", now(house)))
    for number in (name(block), "R500", "R", "nonsense", "9R99"):
        refused = refusal(house, "0801", "/tickets/take-in", **slip(number, "CCCCCC", now(house)))
        assert (refused.status, refused.problem["code"]) == (409, "not-leased"), number


def test_fr_23_a_code_that_is_known_is_refused_and_the_number_stays_free(house: House) -> None:
    block = lease(house)
    known = take_in(house, **slip(name(block), "DDDDDD", now(house)))
    refused = refusal(
        house, "0801", "/tickets/take-in", **slip(name(block, 1), "ddd-ddd", now(house))
    )
    assert (refused.status, refused.problem["code"]) == (409, "code-taken")
    assert refused.problem["number"] == known["number"]
    assert known["number"] in refused.problem["zh"]["detail"]
    take_in(house, **slip(name(block, 1), "EEEEEE", now(house)))


def test_fr_23_a_time_to_come_counts_as_now_and_a_bundle_as_its_items(house: House) -> None:
    block, at = lease(house), now(house)
    ticket = take_in(
        house, **{**slip(name(block), "FFFFFF", at + 3_600_000), "items": [], "bundle": "Y-04"}
    )
    assert at <= ticket["seniority_at"] <= now(house)
    assert len(ticket["items"]) > 1


@pytest.mark.parametrize(
    "change", [{"code": "12345"}, {"code": "七七七七七七"}, {"items": []}, {"given_at": -1}]
)
def test_fr_23_a_slip_that_cannot_be_is_refused(house: House, change: Json) -> None:
    refused = refusal(house, "0801", "/tickets/take-in", **{**slip("R001", "GGGGGG", 1), **change})
    assert (refused.status, refused.problem["code"]) == (422, "invalid")


def test_fr_23_a_lost_answer_takes_a_slip_in_once(house: House) -> None:
    body = {**slip(name(lease(house)), "HHHHHH", now(house)), "request_id": "sent-twice"}
    first, second = (house.client("0801").post("/tickets/take-in", body) for _ in range(2))
    assert first == second


def test_fr_25_without_a_card_staff_say_for_every_group_what_they_saw(house: House) -> None:
    refused = refusal(house, "0801", "/tickets", items=[OTHER], priority="elder")
    assert refused.problem["code"] == "evidence-needed"
    given = house.client("0801").command("/tickets", items=[OTHER], priority="elder", grant="age")
    assert given["slip"]["priority"]


def test_the_catalogue_holds_what_staff_choose_from(house: House) -> None:
    shown = house.client("0801").get("/catalogue")
    items = {item["code"]: item for item in shown["items"]}
    assert len(items) == 70
    assert items["RS-001"]["initials"] == "shbzksl"
    assert {g["id"]: g["evidence"] for g in shown["groups"]}["elder"] == "card_age"
    assert [w["no"] for w in shown["windows"] if w["low_counter"]] == [8]
    assert "certificate" in shown["reasons"]["grant"]
    assert "several-matters" in shown["reasons"]["waive"]
    assert "low_counter" in shown["reasons"]["needs"]
    assert shown["bundles"][3]["initials"] == "lhjyyjs"
    assert set(shown["popular"]) <= set(items)


def test_fr_23_a_kiosk_that_leases_without_end_is_refused_with_words(house: House) -> None:
    house.device("greedy kiosk")
    for _ in range(10):
        lease(house, "greedy kiosk")
    refused = refusal(house, "greedy kiosk", "/leases", series="R")
    assert (refused.status, refused.problem["code"]) == (409, "lease-limit")
    assert "50 numbers of R" in refused.problem["detail"]
    assert "导办台" in refused.problem["zh"]["detail"]
    assert lease(house, "greedy kiosk", "F")["series"] == "F"
