"""FR-52, FR-53, T10: every level can be given, once, by the visitor and by nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from controller.cli.client import Refused
from tests.controller.web.process import (
    MOSTLY_DEFAULT,
    House,
    Patron,
    Process,
    events,
    request_id,
    until,
)
from tests.controller.web.test_live import Watcher

Json = dict[str, Any]
ITEM = "RS-003"
NO = 3
ASKED_S, UNDO_S = 120, 30
"""As long as a busy machine, or one that starts again, may take between two steps of a test."""
RULES = f"recall_limit = 3\nrating_s = {ASKED_S}\nundo_s = {UNDO_S}"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall that asks for a rating for long."""
    process = Process(tmp_path_factory.mktemp("ratings") / "hall").rule("recall_limit = 3", RULES)
    yield House(process.start())
    process.stop()


@pytest.fixture
def own(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Such a hall of a test's own."""
    process = Process(tmp_path_factory.mktemp("own") / "hall", request.param)
    yield House(process.rule("recall_limit = 3", RULES).start())
    process.kill()


class Visits:
    """A hall in which visits end at window 3, whose screen is enrolled."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.clerk = house.clerk(NO)
        enrolled(house, "screen 3", f"window:{NO}")
        house.device("kiosk"), house.device("screen", "screen"), house.staff("0901", "supervisor")

    @property
    def screen(self) -> Patron:
        return self.house.client("screen 3")

    def visit(self) -> tuple[str, str]:
        """Somebody is served at the window: ticket and the code on the slip."""
        made = self.house.client("kiosk").command("/tickets", items=[ITEM])
        ticket, code = made["ticket"]["id"], made["slip"]["short_code"]
        self.house.call(self.clerk, NO, made["ticket"])
        self.clerk.command(f"/windows/{NO}/arrive", ticket=ticket)
        self.finish(ticket)
        return ticket, code

    def finish(self, ticket: str) -> None:
        self.clerk.command(f"/windows/{NO}/finish", ticket=ticket, item=0)

    def token(self) -> str:
        return self.screen.get(f"/windows/{NO}/rating")["rating"]["token"]  # type: ignore[no-any-return]

    def rate(self, token: str, level: int, by: Patron | None = None) -> Json:
        return (by or self.screen).command(f"/windows/{NO}/rating", token=token, level=level)

    def by_code(self, code: str, level: int, token: str | None = None, **more: Any) -> Any:
        body = {"request_id": request_id(), "code": code, "level": level, **more}
        return self.house.ask("POST", "/ratings", token, body)

    def ratings(self) -> Json:
        return self.house.client("0901").get("/ratings")


def enrolled(house: House, name: str, room: str) -> None:
    """A screen that an administrator approved for a room."""
    body = {"kind": "screen", "name": name, "room": room}
    made = house.ask("POST", "/devices", None, body).json()
    house.tokens[name], house.devices[name] = made["secret"], made["device"]
    house.process.operator().command("/devices/approve", code=made["code"])


@pytest.fixture(scope="module")
def visits(house: House) -> Visits:
    return Visits(house)


def refusal(deed: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return str(refused.value.problem["code"])


# --- the window's screen -------------------------------------------------------------------------


@pytest.mark.parametrize("level", [5, 4, 3, 2, 1])
def test_every_level_can_be_given_at_the_window_and_by_the_slip(visits: Visits, level: int) -> None:
    before = visits.ratings()
    visits.visit()
    assert visits.rate(visits.token(), level)["low"] == (level <= 2)
    _, code = visits.visit()
    assert visits.by_code(code, level).status_code == 201
    after = visits.ratings()
    assert after["levels"][str(level)] == before["levels"][str(level)] + 2
    assert (after["rated"], after["by_slip"]) == (before["rated"] + 2, before["by_slip"] + 1)
    assert after["unrated"] == before["unrated"]


def test_a_visit_is_rated_once_whatever_the_channel(visits: Visits) -> None:
    _, code = visits.visit()
    token = visits.token()
    visits.rate(token, 4)
    assert refusal(lambda: visits.rate(token, 5)) == "already-rated"
    assert visits.by_code(code, 5).json()["code"] == "already-rated"
    _, code = visits.visit()
    token = visits.token()
    assert visits.by_code(code, 1, reasons=["wait"]).status_code == 201
    assert refusal(lambda: visits.rate(token, 5)) == "already-rated"


def test_a_rating_whose_answer_was_lost_is_not_given_twice(visits: Visits) -> None:
    visits.visit()
    body = {"request_id": request_id(), "token": visits.token(), "level": 3}
    first, again = (visits.screen.post(f"/windows/{NO}/rating", body) for _ in range(2))
    assert first == again


def test_who_says_nothing_is_not_satisfied(visits: Visits) -> None:
    before = visits.ratings()
    visits.visit()
    after = visits.ratings()
    assert (after["visits"], after["unrated"]) == (before["visits"] + 1, before["unrated"] + 1)
    assert after["levels"] == before["levels"]


def test_only_the_window_s_own_screen_rates_there(visits: Visits) -> None:
    enrolled(visits.house, "screen 4", "window:4")
    visits.visit()
    token = visits.token()
    for name in ("screen", "screen 4"):
        other = visits.house.client(name)
        wrong = "not-the-windows-screen"
        assert refusal(lambda other=other: other.get(f"/windows/{NO}/rating")) == wrong
        assert refusal(lambda other=other: visits.rate(token, 5, other)) == wrong
    for who in ("0503", "kiosk", "0901"):
        staff = visits.house.client(who)
        assert refusal(lambda staff=staff: visits.rate(token, 5, staff)) == "forbidden"
    enrolled(visits.house, "another of 3", f"window:{NO}")
    another = visits.house.client("another of 3")
    assert refusal(lambda: visits.rate(token, 5, another)) == "rating-over", "bound to the device"


@pytest.mark.parametrize("token", ["", "x" * 64, "号" * 20])
def test_a_made_up_token_rates_nothing(visits: Visits, token: str) -> None:
    visits.visit()
    assert refusal(lambda: visits.rate(token, 5)) == "rating-over"


def test_a_token_rates_its_own_visit_and_no_later_one(visits: Visits) -> None:
    visits.visit()
    late = visits.token()
    visits.visit()
    before = visits.ratings()
    assert refusal(lambda: visits.rate(late, 1)) == "rating-over"
    assert visits.ratings() == before


def test_the_next_call_ends_the_asking(visits: Visits) -> None:
    visits.visit()
    token = visits.token()
    visits.house.issue(ITEM)
    ticket = visits.clerk.command(f"/windows/{NO}/call")["ticket"]["id"]
    assert visits.screen.get(f"/windows/{NO}/rating") == {"rating": None}
    assert refusal(lambda: visits.rate(token, 5)) == "rating-over"
    visits.clerk.command(f"/windows/{NO}/arrive", ticket=ticket)
    visits.finish(ticket)


def test_a_finish_that_is_taken_back_revokes_the_token_and_the_code(visits: Visits) -> None:
    ticket, code = visits.visit()
    token = visits.token()
    visits.clerk.command(f"/windows/{NO}/undo")
    assert visits.screen.get(f"/windows/{NO}/rating") == {"rating": None}
    assert refusal(lambda: visits.rate(token, 1)) == "rating-over"
    assert visits.by_code(code, 1).json()["code"] == "not-finished"
    visits.finish(ticket)
    assert refusal(lambda: visits.rate(token, 1)) == "rating-over", "the old one stays dead"
    visits.rate(visits.token(), 2)


def test_a_rating_ends_what_the_clerk_may_take_back(visits: Visits) -> None:
    """FR-45."""
    visits.visit()
    visits.rate(visits.token(), 1)
    undo = lambda: visits.clerk.command(f"/windows/{NO}/undo")  # noqa: E731
    assert refusal(undo) == "nothing-to-undo"


def test_a_low_rating_may_be_explained_once(visits: Visits) -> None:
    visits.visit()
    token = visits.token()
    path = f"/windows/{NO}/rating/reasons"
    explain = lambda: visits.screen.command(path, token=token, reasons=["wait", "speed"])  # noqa: E731
    assert refusal(explain) == "rating-over"
    given = visits.rate(token, 1)["seq"]
    explain()
    assert refusal(explain) == "rating-over"
    last = events(visits.house)[-1]
    assert last["data"] == {"rating": given, "reasons": ["wait", "speed"]}


def test_an_impossibly_quick_rating_is_marked(visits: Visits) -> None:
    before = visits.ratings()["fast"]
    visits.visit()
    visits.rate(visits.token(), 5)
    told = [e["data"] for e in events(visits.house) if e["type"] == "rating.given"][-1]
    assert told["fast"] == (visits.ratings()["fast"] == before + 1)


# --- what is told --------------------------------------------------------------------------------


def test_screens_hear_that_a_window_asks_and_never_what_was_said(visits: Visits) -> None:
    screen = Watcher(visits.house, "screen 3", "hall", f"window:{NO}")
    try:
        ticket, _ = visits.visit()

        def asked() -> Any:
            return [
                e for e in screen.events(f"window:{NO}") if (e.get("window") or {}).get("rating")
            ]

        (event,) = until(asked, "the asking")
        assert event["type"] == "ticket.finished"
        assert event["window"]["rating"]["number"] == ticket[-4:]
        assert 0 < event["window"]["rating"]["until"] - event["at"] <= ASKED_S * 1000
        seq = visits.rate(visits.token(), 1)["seq"]
        until(lambda: screen.seq("hall") >= seq, "the rating")
        told = screen.events("hall")[-1]
        assert set(told) == {"seq", "type", "at", "window"}
        assert told["window"]["rating"] is None
    finally:
        screen.close()


def test_a_rating_in_the_journal_names_nobody(visits: Visits) -> None:
    ticket, code = visits.visit()
    visits.by_code(code, 2, reasons=["explanation"])
    told = [e for e in events(visits.house) if e["type"] == "rating.given"][-1]
    assert told["actor"] == "system"
    assert set(told["data"]) == {"window", "day", "level", "reasons", "channel", "fast"}
    assert ticket not in str(told)
    assert code not in str(told)


# --- the slip ------------------------------------------------------------------------------------


def test_a_code_rates_when_the_visit_is_over(visits: Visits) -> None:
    made = visits.house.client("kiosk").command("/tickets", items=[ITEM])
    code = made["slip"]["short_code"]
    assert visits.by_code(code, 5).json()["code"] == "not-finished"
    ticket = visits.clerk.command(f"/windows/{NO}/call")["ticket"]["id"]
    visits.clerk.command(f"/windows/{NO}/arrive", ticket=ticket)
    visits.finish(ticket)
    assert visits.by_code(f"{code[:3]}-{code[3:]}".lower(), 5).status_code == 201


def test_reasons_come_with_low_levels_only(visits: Visits) -> None:
    _, code = visits.visit()
    assert visits.by_code(code, 4, reasons=["wait"]).json()["code"] == "no-reasons-needed"
    assert visits.by_code(code, 1, reasons=["rude"]).status_code == 422
    assert visits.by_code(code, 1, reasons=["wait", "place"]).status_code == 201


@pytest.mark.parametrize("who", ["0503", "0901"])
def test_a_session_of_staff_rates_nothing(visits: Visits, who: str) -> None:
    _, code = visits.visit()
    answer = visits.by_code(code, 5, visits.house.tokens[who])
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert visits.by_code(code, 5, visits.house.tokens["kiosk"]).status_code == 201


@MOSTLY_DEFAULT
def test_wrong_codes_lock_the_caller_and_a_restart_forgets_no_visit(own: House) -> None:
    visits = Visits(own)
    _, code = visits.visit()
    visits.rate(visits.token(), 5)
    _, second = visits.visit()
    token = visits.token()
    own.process.kill()
    own.process.start()
    assert visits.by_code(code, 1).json()["code"] == "already-rated"
    assert refusal(lambda: visits.rate(token, 1)) == "rating-over", "a token lives in one process"
    visits.rate(visits.token(), 4)
    assert visits.by_code(second, 1).json()["code"] == "already-rated"
    assert visits.ratings()["levels"] == {"5": 1, "4": 1, "3": 0, "2": 0, "1": 0}
    _, third = visits.visit()
    for n in range(5):
        assert visits.by_code(f"ZZZZZ{n}", 5).json()["code"] == "unknown-slip"
    assert visits.by_code(third, 5).json()["code"] == "too-many-requests"


def test_a_screen_is_enrolled_for_rooms_that_are_there(visits: Visits) -> None:
    for room in ("window:99", "kitchen", "console:3", "zone:Q"):
        body = {"kind": "screen", "name": "屏", "room": room}
        assert visits.house.ask("POST", "/devices", None, body).status_code >= 400, room
