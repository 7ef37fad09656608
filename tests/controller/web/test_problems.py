"""Refusals are problem documents (RFC 9457), in both languages, and reading changes nothing."""

from __future__ import annotations

import re
import secrets
import threading
from typing import Any

import pytest
import requests

from controller.web import app as _all_operations_are_declared  # noqa: F401
from controller.web.access import OPERATIONS
from tests.controller.web.process import MOSTLY_DEFAULT, PATIENCE_S, House, events, request_id
from tests.controller.web.test_access import concrete

LATIN_AND_HAN = re.compile(r"[\u4e00-\u9fff]")


def fresh(**more: Any) -> dict[str, Any]:
    return {"request_id": request_id(), **more}


CASES: dict[str, tuple[str, str, str | None, Any, int, str]] = {
    "no JSON": ("POST", "/tickets", "kiosk", b"{", 400, "malformed"),
    "nothing": ("POST", "/tickets", "kiosk", b"", 400, "malformed"),
    "a list": ("POST", "/tickets", "kiosk", b"[]", 400, "malformed"),
    "no UTF-8": ("POST", "/tickets", "kiosk", b'{"items": "\xff"}', 400, "malformed"),
    "unknown field": ("POST", "/tickets", "kiosk", fresh(items=["RS-003"], x=1), 422, "invalid"),
    "no request id": ("POST", "/tickets", "kiosk", {"items": ["RS-003"]}, 422, "invalid"),
    "bad request id": ("POST", "/tickets", "kiosk", {"request_id": "a b"}, 422, "invalid"),
    "neither": ("POST", "/tickets", "kiosk", fresh(), 422, "invalid"),
    "both": ("POST", "/tickets", "kiosk", fresh(items=["RS-003"], bundle="Y-04"), 422, "invalid"),
    "unknown item": ("POST", "/tickets", "kiosk", fresh(items=["XX-9"]), 404, "unknown-item"),
    "unknown bundle": ("POST", "/tickets", "kiosk", fresh(bundle="Y-99"), 404, "unknown-bundle"),
    "unknown ticket": ("POST", "/tickets/x/cancel", "kiosk", fresh(), 404, "unknown-ticket"),
    "unknown window": ("POST", "/windows/99/open", "0895", fresh(), 404, "unknown-window"),
    "closed window": ("POST", "/windows/16/call", "0895", fresh(), 409, "window-closed"),
    "bad minutes": (
        "POST",
        "/windows/16/pause",
        "0895",
        fresh(reason="rest", minutes=0),
        422,
        "invalid",
    ),
    "no such address": ("GET", "/kitchen", None, None, 404, "not-found"),
    "wrong method": ("PUT", "/tickets", "kiosk", fresh(), 405, "method-not-allowed"),
    "too large": ("POST", "/tickets", "kiosk", b" " * 70_000, 413, "too-large"),
    "bad number": ("GET", "/events?after=-1", "0896", None, 422, "invalid"),
    "full name": (
        "POST",
        "/tickets",
        "kiosk",
        fresh(items=["RS-003"], person={"key": "0a" * 32, "masked": "王小明*"}),
        422,
        "invalid",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_refusal_is_a_problem_document(house: House, name: str) -> None:
    house.device("kiosk")
    house.staff("0895", "clerk"), house.staff("0896", "auditor")
    method, path, who, body, status, code = CASES[name]
    answer = house.ask(method, path, house.tokens[who] if who else None, body)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["type"] == f"urn:jiaohao:problem:{code}"
    assert problem["title"]
    assert problem["detail"]
    assert LATIN_AND_HAN.search(problem["zh"]["title"] + problem["zh"]["detail"])
    assert (code == "invalid") == ("errors" in problem)


@pytest.mark.parametrize("masked", ["*", "张*", "张*三", "欧阳**", "J*", "买***提", "阿*·*提"])
def test_every_masked_name_a_kiosk_makes_is_taken(house: House, masked: str) -> None:
    person = {"key": secrets.token_hex(32), "masked": masked}
    assert house.issue("RS-003", person=person)


def test_reading_changes_nothing(house: House) -> None:
    house.device("kiosk")
    supervisor = house.staff("0897", "supervisor")
    before = events(house)[-1]["seq"]
    for op in OPERATIONS:
        if op.method == "GET":
            for token in (supervisor, house.tokens["kiosk"], house.process.operator().token):
                assert house.ask("GET", concrete(op.path), token).status_code < 500
    # The hall itself may turn its roster meanwhile; nobody who read has done anything.
    assert [one for one in events(house, before) if one["actor"] != "system"] == []


def test_the_api_describes_every_one_of_its_routes(house: House) -> None:
    document = house.ask("GET", "/openapi.json", None).json()
    described = {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path))
        for path, methods in document["paths"].items()
        for method in methods
    }
    declared = {(op.method, "/api/v1" + re.sub(r"<[^>]+>", "{}", op.path)) for op in OPERATIONS}
    assert described == declared
    schemas = document["components"]["schemas"]
    referred = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert referred <= set(schemas)


@pytest.mark.timeout(900)
def test_arbitrary_requests_find_no_fault_of_ours(house: House) -> None:
    """Schemathesis against the described API, for a while."""
    import schemathesis
    from hypothesis import HealthCheck, given, settings

    house.device("kiosk")
    tokens = [
        house.tokens["kiosk"],
        house.staff("0517", "clerk"),
        house.staff("0899", "supervisor"),
    ]
    schema = schemathesis.openapi.from_url(f"{house.address}/api/v1/openapi.json")
    skipped = {"/api/v1/session", "/api/v1/setup", "/api/v1/devices"}  # slow or limited
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in skipped:
            continue

        @settings(
            max_examples=6,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def probe(case: Any) -> None:
            for token in tokens:
                asked = {"Authorization": f"Bearer {token}"}
                answer = case.call(headers=asked, timeout=PATIENCE_S)
                assert answer.status_code < 500, (case.method, case.path, answer.text)

        probe()


@MOSTLY_DEFAULT
def test_readers_break_nothing_while_others_write(own: House) -> None:
    own.device("kiosk"), own.device("screen", "screen")
    statuses: list[int] = []
    stop = threading.Event()

    def read() -> None:
        with requests.Session() as session:
            while not stop.is_set():
                answer = session.get(
                    f"{own.address}/api/v1/snapshot?room=hall",
                    headers={"Authorization": f"Bearer {own.tokens['screen']}"},
                    timeout=30,
                )
                statuses.append(answer.status_code)

    readers = [threading.Thread(target=read, daemon=True) for _ in range(4)]
    for reader in readers:
        reader.start()
    for _ in range(40):
        ticket = own.issue("RS-003")
        own.client("kiosk").command(f"/tickets/{ticket['id']}/cancel")
    stop.set()
    for reader in readers:
        reader.join(30)
    assert set(statuses) == {200}
