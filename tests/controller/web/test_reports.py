"""What a kiosk reports that was cut off (FR-23): numbers that are out stand in line as given."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from controller.cli.client import Refused
from tests.controller.web.process import House, Json, Process

ITEM, SAME_LINE, OTHER = "RS-003", "RS-004", "MZ-004"
ZHANG, LI = "a" * 64, "b" * 64


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    process = Process(tmp_path_factory.mktemp("reports") / "hall")
    process.rule("recall_limit = 3", "recall_limit = 3\nlease_numbers = 40")
    found = House(process.start())
    found.staff("0801", "guide")
    found.staff("0901", "supervisor")
    for kiosk in ("kiosk", "other kiosk"):
        found.device(kiosk)
    yield found
    process.stop()


class Slips:
    """A kiosk's block, and the numbers it gives out of it."""

    def __init__(self, house: House, who: str = "kiosk") -> None:
        self.house, self.client = house, house.client(who)
        self.block = self.client.command("/leases", series="R")
        self.next = self.block["first"]

    def give(self, code: str, ago_s: float = 0.0, **more: Any) -> Json:
        """The report of the block's next number."""
        at = self.client.get("/health")["at"] - round(ago_s * 1000)
        number = f"{self.block['series']}{self.next:03d}"
        self.next += 1
        given = {"ticket": f"{self.block['day']}-{number}", "code": code, "at": at}
        return {"items": [ITEM], "given": {**given, "printed": True}, **more}

    def report(self, body: Json) -> Json:
        answer: Json = self.client.command("/tickets", **body)["ticket"]
        return answer

    def take_in(self, body: Json) -> Json:
        """The guide desk enters the slip."""
        given = body["given"]
        answer: Json = self.house.client("0801").command(
            "/tickets/take-in",
            number=given["ticket"].rpartition("-")[2],
            code=given["code"],
            given_at=given["at"],
            items=body["items"],
        )
        return dict(answer["ticket"])


@pytest.fixture(scope="module")
def slips(house: House) -> Slips:
    return Slips(house)


def refused(slips: Slips, body: Json) -> str:
    with pytest.raises(Refused) as found:
        slips.report(body)
    return str(found.value.problem["code"])


def person(key: str) -> Json:
    return {"key": key, "masked": "张*名"}


def desk(house: House, number: str) -> Json:
    (found,) = house.client("0801").post("/lookups", {"number": number})["tickets"]
    return dict(found)


def alarms(house: House) -> list[Json]:
    return [a for a in house.client("0901").get("/decisions")["alarms"] if a["kind"] == "limit"]


def test_fr_23_a_reported_number_waits_since_it_was_given_and_its_paper_is_known(
    slips: Slips,
) -> None:
    earlier = slips.house.issue(ITEM)
    body = slips.give("CCCCC2", ago_s=120)
    ticket = slips.report(body)
    assert (ticket["id"], ticket["state"]) == (body["given"]["ticket"], "waiting")
    assert ticket["print"] == "printed"
    assert ticket["seniority_at"] == body["given"]["at"] < earlier["seniority_at"]
    assert slips.client.post("/lookups", {"code": "CCCCC2"})["tickets"][0]["id"] == ticket["id"]


def test_fr_18_a_number_whose_paper_is_not_proven_is_reported_so(slips: Slips) -> None:
    body = slips.give("CCCCC3")
    body["given"]["printed"] = False
    assert slips.report(body)["print"] == "unproven"


def test_fr_23_reported_in_order_numbers_keep_their_order(slips: Slips) -> None:
    bodies = [slips.give(f"DDDDD{n}", ago_s=60 - n) for n in range(2, 7)]
    tickets = [slips.report(body) for body in bodies]
    seniorities = [t["seniority_at"] for t in tickets]
    assert seniorities == sorted(seniorities)
    assert len({t["number"] for t in tickets}) == 5


def test_fr_23_a_lost_answer_reports_once(slips: Slips) -> None:
    body = {**slips.give("CCCCC4"), "request_id": "reported-twice"}
    assert slips.client.post("/tickets", body) == slips.client.post("/tickets", body)


def test_fr_23_limits_are_reported_and_not_enforced(slips: Slips) -> None:
    """FR-08, FR-09: the number is out, and its holder stands in the hall."""
    house = slips.house
    first = slips.report(slips.give("CCCCC5", person=person(ZHANG)))
    second = slips.report(slips.give("CCCCC6", person=person(ZHANG)))
    assert {first["state"], second["state"]} == {"waiting"}
    (told,) = alarms(house)
    assert (told["ticket"], told["level"]) == (second["id"], "warning")
    assert second["number"] in told["sentence"]["zh"]
    house.client("0801").command(f"/tickets/{second['id']}/cancel")
    assert alarms(house) == []


def test_fr_23_a_slip_taken_in_by_hand_and_reported_later_is_one_ticket(slips: Slips) -> None:
    body = slips.give("CCCCC7", ago_s=90, person=person(LI), priority="elder")
    by_hand = slips.take_in(body)
    assert by_hand["state"] == "waiting"
    before = slips.client.get("/health")["seq"]
    later = slips.report(body)
    assert (later["id"], later["seniority_at"]) == (by_hand["id"], by_hand["seniority_at"])
    told = slips.house.process.operator().get(f"/events?after={before}")["events"]
    types = [e["type"] for e in told if e["actor"] != "system"]
    assert types == ["ticket.granted"], "no second number; what the card proved is added"
    assert desk(slips.house, later["number"])["class"] == "priority"
    mine = slips.client.post("/lookups", {"key": LI})["tickets"]
    assert [t["id"] for t in mine] == [by_hand["id"]]
    assert slips.report(body)["id"] == by_hand["id"], "and once more"


def test_fr_23_a_slip_that_was_reported_is_not_taken_in_again(slips: Slips) -> None:
    body = slips.give("CCCCC8")
    number = slips.report(body)["number"]
    with pytest.raises(Refused) as found:
        slips.take_in(body)
    assert found.value.problem["code"] == "code-taken"
    assert found.value.problem["number"] == number


def test_law_1_a_number_of_another_day_is_not_today_s_of_the_same_name(slips: Slips) -> None:
    body = slips.give("CCCCC9")
    day, _, number = body["given"]["ticket"].rpartition("-")
    body["given"]["ticket"] = f"2026-01-02-{number}"
    assert day != "2026-01-02"
    assert refused(slips, body) == "another-day"


def test_law_1_a_number_that_is_not_this_kiosk_s_is_refused(slips: Slips) -> None:
    house, body = slips.house, slips.give("CCCCCA")
    others = Slips(house, "other kiosk").give("CCCCCC")
    assert refused(slips, others) == "not-leased"
    slips.take_in({**body, "given": {**body["given"], "code": "CCCCCD"}})
    assert refused(slips, body) == "not-leased", "another slip is in with this number"
    body["given"]["ticket"] = body["given"]["ticket"].rpartition("-")[0] + "-R400"
    assert refused(slips, body) == "not-leased"


def test_a_code_that_somebody_has_already_stays_theirs(slips: Slips) -> None:
    first, second = slips.give("CCCCCE"), slips.give("CCCCCE")
    theirs, mine = slips.report(first), slips.report(second)
    assert mine["state"] == "waiting"
    assert desk(slips.house, theirs["number"])["code"] == "CCCCCE"
    assert desk(slips.house, mine["number"])["code"] == ""


def test_only_a_kiosk_reports_what_a_kiosk_gave(slips: Slips) -> None:
    with pytest.raises(Refused) as found:
        slips.house.client("0801").command("/tickets", **slips.give("CCCCCF"))
    assert found.value.problem["code"] == "forbidden"


def test_a_withdrawn_wish_leaves_a_void_number_and_nobody_in_line(slips: Slips) -> None:
    wish = {"request_id": "answer-lost", "items": [OTHER], "person": person("c" * 64)}
    given = slips.client.post("/tickets", wish)["ticket"]
    told = slips.client.command("/tickets/withdraw", wish="answer-lost")["ticket"]
    assert (told["id"], told["state"], told["print"]) == (given["id"], "void", "void")
    again = slips.client.command("/tickets/withdraw", wish="answer-lost")["ticket"]
    assert again["state"] == "void"
    assert slips.client.command("/tickets", items=[OTHER], person=person("c" * 64))["ticket"]


def test_a_wish_that_comes_after_it_was_withdrawn_is_refused_for_ever(slips: Slips) -> None:
    assert slips.client.command("/tickets/withdraw", wish="comes-late")["ticket"] is None
    wish = {"request_id": "comes-late", "items": [OTHER]}
    house = slips.house
    for _ in range(2):
        with pytest.raises(Refused) as found:
            house.client("kiosk").post("/tickets", wish)
        assert found.value.problem["code"] == "request-id-reused"
        house.process.kill()
        house.process.start()
    assert slips.client.command("/tickets/withdraw", wish="comes-late")["ticket"] is None


def test_a_number_whose_paper_is_known_or_that_another_kiosk_gave_is_not_withdrawn(
    slips: Slips,
) -> None:
    wish = {"request_id": "on-paper-already", "items": [OTHER]}
    ticket = slips.client.post("/tickets", wish)["ticket"]
    with pytest.raises(Refused) as found:
        slips.house.client("other kiosk").command("/tickets/withdraw", wish="on-paper-already")
    assert found.value.problem["code"] == "not-your-ticket"
    slips.client.command(f"/tickets/{ticket['id']}/print", outcome="printed")
    told = slips.client.command("/tickets/withdraw", wish="on-paper-already")["ticket"]
    assert (told["state"], told["print"]) == ("waiting", "printed")


@pytest.mark.parametrize("change", [{"ticket": "R951"}, {"code": "7K3"}, {"at": -1}, {"at": None}])
def test_a_report_that_cannot_be_is_refused(slips: Slips, change: Json) -> None:
    body = slips.give("CCCCCG")
    body["given"] |= change
    assert refused(slips, body) == "invalid"


def test_a_kiosk_is_told_what_it_needs_to_be_alone(slips: Slips) -> None:
    day = slips.client.get("/kiosk/day")
    assert {i["code"]: i["series"] for i in day["items"]}[ITEM] == "R"
    assert day["digits"] == 3
    ((opens, closes),) = day["ticketing"]
    assert closes - opens == 24 * 3600 * 1000
    assert opens <= day["at"] < closes
    assert day["purge_at"] is None, "this hall never closes"
    policy = day["policy"]
    assert (policy["lease_numbers"], policy["lease_min"]) == (40, 10)
    assert policy["tickets_per_person"] == 3


def test_a_hall_is_known_by_its_mark_whoever_serves_it(
    house: House, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def mark(found: House) -> str:
        refusal = found.ask("GET", "/devices/me", "nobody's")
        assert refusal.status_code == 401
        return str(refusal.headers["Jiaohao-Hall"])

    place = tmp_path_factory.mktemp("halls")
    mine = mark(house)
    assert len(mine) == 16
    backup, other = Process(place / "backup"), Process(place / "other")
    house.process.kill()
    shutil.copytree(house.process.state, backup.state)
    house.process.start()
    try:
        assert mark(House(backup.start())) == mark(house) == mine
        assert mark(House(other.start())) != mine
    finally:
        backup.stop()
        other.stop()
