"""Who was called and why, who was not and why, and what lacks windows: over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.controller.web.process import House, Process, until


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall where nobody waits but whom these tests send; each leaves it empty again."""
    process = Process(tmp_path_factory.mktemp("explaining") / "hall").start()
    yield House(process)
    process.stop()


def test_decisions_tell_the_last_calls_with_their_reasons_and_no_person(house: House) -> None:
    person = {"key": "ab" * 32, "masked": "张*三"}
    ticket = house.issue("RS-003", person=person)
    clerk = house.clerk(5)
    called = clerk.command("/windows/5/call")["ticket"]
    house.staff("0710", "auditor")
    found = house.client("0710").get("/decisions?limit=1")
    (newest,) = found["decisions"]
    assert (newest["number"], newest["window"]) == (called["number"], 5)
    assert newest["items"][0]["name"]
    assert newest["reason"]["zh"].endswith("。")
    assert "张" not in str(found)
    assert "05" not in {str(v) for v in newest.values()}
    clerk.command("/windows/5/arrive", ticket=called["id"])
    clerk.command("/windows/5/finish", ticket=called["id"], item=0)
    clerk.command("/windows/5/close")
    assert ticket["id"]


def test_a_skill_that_people_wait_for_without_a_window_is_an_alarm(house: House) -> None:
    ticket = house.issue("RS-003")
    house.staff("0711", "supervisor")
    supervisor = house.client("0711")
    by_skill = {a["skill"]: a for a in supervisor.get("/decisions")["alarms"]}
    (alarm,) = [a for a in by_skill.values() if a["name"] in a["sentence"]["zh"]][:1]
    assert (alarm["level"], alarm["windows"]) == ("alarm", [])
    clerk = house.clerk(5)
    after = {a["skill"]: a["level"] for a in supervisor.get("/decisions")["alarms"]}
    assert after[alarm["skill"]] == "warning"
    clerk.command("/windows/5/close")
    supervisor.command(f"/tickets/{ticket['id']}/cancel")


def test_why_tells_the_guide_what_a_ticket_waits_for(house: House) -> None:
    ticket = house.issue("RS-003")
    house.staff("0712", "guide")
    guide = house.client("0712")
    why = guide.get(f"/tickets/{ticket['id']}/why")["why"]
    assert (why["number"], why["state"], why["answer"]) == (
        ticket["number"],
        "waiting",
        "no-window",
    )
    assert why["missing"][0]["name"] in why["sentence"]["zh"]
    clerk = house.clerk(5)
    why = guide.get(f"/tickets/{ticket['id']}/why")["why"]
    assert (why["answer"], why["windows"][0]["no"]) == ("next", 5)
    assert (why["windows"][0]["state"], why["windows"][0]["mine"]) == ("free", True)
    clerk.command("/windows/5/close")
    guide.command(f"/tickets/{ticket['id']}/cancel")


def test_why_of_a_ticket_that_is_not_there_is_refused(house: House) -> None:
    house.staff("0712", "guide")
    answer = house.ask("GET", "/tickets/2026-01-01-X999/why", house.tokens["0712"])
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-ticket")


def test_a_limit_that_is_no_number_is_refused(house: House) -> None:
    house.staff("0711", "supervisor")
    answer = house.ask("GET", "/decisions?limit=all", house.tokens["0711"])
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_staffing_counts_who_waits_and_names_windows_to_open(house: House) -> None:
    tickets = [house.issue("RS-003") for _ in range(3)]
    house.staff("0711", "supervisor")
    supervisor = house.client("0711")
    found = supervisor.get("/staffing")["staffing"]
    by_skill = {s["skill"]: s for s in found["skills"]}
    row = by_skill["social_ins"]
    assert row["waiting"] >= 3
    assert row["windows"] == []
    assert 23 in row["closed"]
    assert {len(s["loads"]) for s in found["skills"]} == {len(found["hours"])}
    assert row["loads"][0] == {**row["loads"][0], "capacity_min": 0, "load_pct": None}
    assert row["loads"][0]["work_min"] > 0
    assert found["advice"]
    assert all("号窗口" in each["sentence"]["zh"] for each in found["advice"])
    clerk = house.clerk(5)
    after = supervisor.get("/staffing")["staffing"]
    (served,) = [s for s in after["skills"] if s["skill"] == "social_ins"]
    assert served["windows"] == [5]
    assert served["loads"][0]["load_pct"] > 0
    clerk.command("/windows/5/close")
    for ticket in tickets:
        supervisor.command(f"/tickets/{ticket['id']}/cancel")


def test_staffing_says_whose_demand_it_rests_on_and_who_is_free(house: House) -> None:
    tickets = [house.issue("RS-003") for _ in range(3)]
    house.staff("0711", "supervisor")
    supervisor = house.client("0711")
    found = supervisor.get("/staffing")["staffing"]
    assert found["days"] == 0, "no day was learned yet"
    free = {clerk["no"]: clerk["window"] for clerk in found["free"]}
    assert free["0530"] == 23
    named = [each["clerk"]["no"] for each in found["advice"] if each["clerk"]]
    assert len(named) == len(set(named)) > 0
    assert set(named) <= set(free)
    for each in found["advice"]:
        if each["clerk"]:
            assert f"工号 {each['clerk']['no']}" in each["evidence"]["zh"]
            assert f"Clerk {each['clerk']['no']}" in each["evidence"]["en"]
    clerk = house.clerk(5)
    after = supervisor.get("/staffing")["staffing"]
    assert "0505" in free
    assert {"0505", "0529"}.isdisjoint(c["no"] for c in after["free"]), "window 5 is open"
    clerk.command("/windows/5/close")
    for ticket in tickets:
        supervisor.command(f"/tickets/{ticket['id']}/cancel")


def test_staffing_tells_the_wait_of_somebody_who_comes_now(house: House) -> None:
    house.staff("0711", "supervisor")
    supervisor = house.client("0711")
    clerk = house.clerk(5)

    def told() -> Any:
        skills = supervisor.get("/staffing")["staffing"]["skills"]
        waits = {s["skill"]: s["wait"] for s in skills}
        return waits["social_ins"] == [0, 0] and waits

    waits = until(told, "a forecast of the empty hall", 90)
    assert waits["pickup"] is None, "window 5 does not do that"
    assert supervisor.get("/staffing")["staffing"]["waits_at"] is not None
    clerk.command("/windows/5/close")
