"""Accounts and devices: one-time links, no default password, limits on tries, dead tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.hall.instants import SECOND
from controller.web.errors import TooManyRequests
from controller.web.throttle import MOST_KEYS, Throttle
from tests.controller.service.heart import Together
from tests.controller.web.process import PASSWORD, House, Process, request_id, until


def code(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")  # type: ignore[attr-defined]


def setup(house: House, link: str, staff_no: str, password: str = PASSWORD) -> tuple[int, str]:
    body = {"token": link, "staff_no": staff_no, "password": password}
    return code(house.ask("POST", "/setup", None, body))


def invited(house: House, staff_no: str, role: str = "clerk") -> str:
    made = house.process.operator().command("/staff", staff_no=staff_no, role=role)
    return str(made["setup"]).partition("#")[2]


@pytest.mark.parametrize("password", ["admin", "0001", "password", "123456", ""])
def test_no_account_has_a_default_password(house: House, password: str) -> None:
    for staff_no in ("admin", "0001", "operator"):
        body = {"staff_no": staff_no, "password": password}
        assert code(house.ask("POST", "/session", None, body)) == (401, "wrong-password")


def test_a_set_up_link_works_once_for_whom_it_was_made(house: House) -> None:
    link = invited(house, "0901")
    assert setup(house, link, "0902") == (410, "setup-used")
    assert setup(house, link, "0901", "too short") == (422, "weak-password")
    assert setup(house, link, "0901")[0] == 201
    assert setup(house, link, "0901") == (410, "setup-used")
    assert setup(house, "x" * 43, "0901") == (410, "setup-used")


def test_a_closed_account_cannot_be_opened_with_a_link_from_before(house: House) -> None:
    link = invited(house, "0903")
    house.process.operator().command("/staff/0903/disable")
    assert setup(house, link, "0903") == (410, "setup-used")


def test_the_first_start_prints_a_link_for_the_first_administrator(tmp_path: Path) -> None:
    process = Process(tmp_path / "hall").start()
    house = House(process)
    try:
        first = until(lambda: process.setup_link, "the link")
        process.kill()
        process.start()
        second = until(lambda: process.setup_link, "another link")
        assert setup(house, first, "0001") == (410, "setup-used"), "a newer link kills the older"
        assert setup(house, second, "0001")[0] == 201
        process.kill()
        process.start()
        assert process.setup_link is None
    finally:
        process.kill()


def test_more_than_ten_wrong_passwords_a_minute_are_not_even_looked_at(house: House) -> None:
    body = {"staff_no": "0999", "password": "wrong wrong"}
    tries = Together(*[lambda: code(house.ask("POST", "/session", None, body)) for _ in range(15)])
    found = tries.join()
    assert found.count((401, "wrong-password")) == 10
    assert found.count((429, "too-many-requests")) == 5
    assert house.staff("0904", "clerk"), "others are not held up"


def test_signing_in_rightly_uses_no_try_up() -> None:
    throttle = Throttle(2, 60)
    for _ in range(5):
        throttle.check("0517", 0)
        throttle.count("0517", 0)
        throttle.forgive("0517", 0)
    throttle.count("0517", SECOND)
    throttle.count("0517", SECOND)
    with pytest.raises(TooManyRequests):
        throttle.check("0517", 2 * SECOND)
    throttle.check("0517", 62 * SECOND)


def test_made_up_names_do_not_fill_the_memory() -> None:
    throttle = Throttle(10, 60)
    for n in range(MOST_KEYS + 50):
        throttle.check(str(n), 0)
        throttle.count(str(n), 0)
    for n in range(100):
        throttle.check(f"never counted {n}", 0)
    assert len(throttle._tries) == MOST_KEYS


def test_an_unregistered_or_pending_kiosk_cannot_issue(house: House) -> None:
    house.device("stranger", approve=False)
    body = {"items": ["RS-003"], "request_id": request_id()}
    assert code(house.ask("POST", "/tickets", None, body)) == (401, "unauthenticated")
    assert code(house.ask("POST", "/tickets", house.tokens["stranger"], body)) == (
        403,
        "device-pending",
    )


def test_a_revoked_kiosk_s_token_is_dead_at_once(house: House) -> None:
    house.issue("RS-003", who="stolen")
    house.process.operator().command(f"/devices/{house.devices['stolen']}/revoke")
    body = {"items": ["RS-003"], "request_id": request_id()}
    assert code(house.ask("POST", "/tickets", house.tokens["stolen"], body)) == (
        403,
        "device-revoked",
    )


def test_a_session_ends_when_it_is_signed_out(house: House) -> None:
    token = house.staff("0905", "guide")
    assert house.ask("GET", "/session", token).json()["role"] == "guide"
    assert house.ask("DELETE", "/session", token).status_code == 204
    assert code(house.ask("GET", "/session", token)) == (401, "unauthenticated")
