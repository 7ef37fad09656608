"""Many at once: kiosks that issue, windows that call, and one deed for one press (laws 1, 2)."""

from __future__ import annotations

from tests.controller.service.heart import Together
from tests.controller.web.process import House, events, request_id

KIOSKS = 16
EACH = 6


def test_sixteen_kiosks_issue_at_once_and_every_number_is_given_once(own: House) -> None:
    names = [f"kiosk {n}" for n in range(KIOSKS)]
    for name in names:
        own.device(name)

    def press(name: str) -> list[dict[str, str]]:
        return [own.issue("RS-003", who=name) for _ in range(EACH)]

    answers = Together(*[lambda name=name: press(name) for name in names]).join()
    given = [ticket["id"] for tickets in answers for ticket in tickets]
    assert len(given) == KIOSKS * EACH == len(set(given))
    kept = [e["data"]["ticket"] for e in events(own) if e["type"] == "ticket.issued"]
    assert sorted(kept) == sorted(given)
    numbers = sorted(ticket.rpartition("-")[2] for ticket in given)
    assert numbers == [f"R{n:03d}" for n in range(1, KIOSKS * EACH + 1)], "none is lost"


def test_windows_that_press_at_once_get_different_people_and_nobody_is_called_twice(
    own: House,
) -> None:
    windows = (3, 4, 5, 6, 7, 8)
    clerks = {no: own.clerk(no) for no in windows}
    tickets = [own.issue("RS-003")["id"] for _ in range(len(windows) - 2)]

    def press(no: int) -> str | None:
        called = clerks[no].command(f"/windows/{no}/call")["ticket"]
        return called and called["id"]

    answers = Together(*[lambda no=no: press(no) for no in windows]).join()
    called = [ticket for ticket in answers if ticket is not None]
    assert sorted(called) == sorted(tickets), f"each is called once: {answers}"
    told = [e["data"]["ticket"] for e in events(own) if e["type"] == "ticket.called"]
    assert sorted(told) == sorted(tickets)


def test_one_press_that_is_sent_many_times_is_one_ticket(house: House) -> None:
    house.device("kiosk")
    body = {"items": ["RS-003"], "request_id": request_id()}
    kiosk = house.client("kiosk")
    answers = Together(*[lambda: kiosk.post("/tickets", body) for _ in range(10)]).join()
    assert len({answer["ticket"]["id"] for answer in answers}) == 1


def test_two_clerks_at_one_window_and_one_clerk_at_two_windows_are_refused(house: House) -> None:
    clerk = house.clerk(15, "0815")
    house.staff("0816", "clerk")

    def code(staff_no: str, no: int) -> str:
        answer = house.ask(
            "POST", f"/windows/{no}/open", house.tokens[staff_no], {"request_id": request_id()}
        )
        return str(answer.json()["code"])

    assert code("0816", 15) == "window-taken"
    assert code("0815", 16) == "clerk-elsewhere"
    clerk.command("/windows/15/close")


def test_one_update_changes_one_ticket(house: House) -> None:
    house.device("kiosk")
    guide = house.staff("0830", "guide")
    issued = [house.issue("RS-003")["id"] for _ in range(5)]

    def state() -> dict[str, object]:
        return {t: house.ask("GET", f"/tickets/{t}", guide).json()["ticket"] for t in issued}

    before = state()
    house.client("kiosk").command(f"/tickets/{issued[2]}/cancel")
    after = state()
    assert [t for t in issued if before[t] != after[t]] == [issued[2]]
