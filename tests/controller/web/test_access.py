"""Who may do what (FR-62): every operation with every role, written out."""

from __future__ import annotations

from typing import Any

import pytest
import requests
import socketio

from controller.web import app as _all_operations_are_declared  # noqa: F401
from controller.web.access import OPERATIONS
from controller.web.live import SOCKET_EVENTS
from tests.controller.web.process import House, events, request_id, until

ROLES = ("kiosk", "screen", "clerk", "guide", "supervisor", "admin", "auditor", "keypad")

# Columns: kiosk screen clerk guide supervisor admin auditor keypad. x: may. P: public.
TABLE = """
POST   /tickets                       x - - x x - - -
POST   /tickets/<ticket>/print        x - - x - - - -
POST   /tickets/<ticket>/cancel       x - - x x - - -
POST   /tickets/<ticket>/return       x - x x x - - -
POST   /tickets/<ticket>/reprint      x - - x x - - -
POST   /tickets/<ticket>/grant        - - - x x - - -
POST   /tickets/<ticket>/needs        - - - x x - - -
POST   /tickets/<ticket>/move         - - - x x - - -
POST   /tickets/take-in               - - - x - - - -
POST   /leases                        x - - - - - - -
POST   /tickets/withdraw              x - - - - - - -
GET    /leases                        x - - - - - - -
POST   /lookups                       x - - x x - - -
GET    /appointments/slots            x - - x x - - -
POST   /appointments                  x - - x x - - -
POST   /appointments/mine             x - - x x - - -
POST   /appointments/check-in         x - - x x - - -
POST   /appointments/<booking>/cancel x - - x x - - -
GET    /appointments                  - - - x x - - -
GET    /absences                      - - - - x - - -
POST   /absences/<booking>/clear      - - - - x - - -
GET    /catalogue                     - - x x x - - -
GET    /desk/tickets                  - - - x x - - -
GET    /grants                        - - - - x - x -
GET    /policy                        - - - - x x x -
POST   /policy                        - - - - x x - -
POST   /roster                        - - - - x - - -
POST   /windows/<int:no>/open         - - x - x - - -
POST   /windows/<int:no>/skills       - - - - x - - -
POST   /windows/<int:no>/call-chosen  - - - - x - - -
POST   /windows/<int:no>/decline      - - x - - - - -
POST   /windows/<int:no>/undo         - - x - - - - -
POST   /windows/<int:no>/start        - - x - - - - -
POST   /windows/<int:no>/drop         - - x - - - - -
POST   /windows/<int:no>/hold         - - x - - - - -
POST   /windows/<int:no>/call-back    - - x - - - - -
POST   /windows/<int:no>/transfer     - - x - - - - -
POST   /windows/<int:no>/accept       - - x - - - - -
POST   /windows/<int:no>/send-back    - - x - - - - -
POST   /windows/<int:no>/pause        - - x - x - - -
POST   /windows/<int:no>/resume       - - x - x - - -
POST   /windows/<int:no>/close        - - x - x - - -
POST   /windows/<int:no>/call         - - x - - - - -
POST   /windows/<int:no>/recall       - - x - - - - -
POST   /windows/<int:no>/arrive       - - x - - - - -
POST   /windows/<int:no>/finish       - - x - - - - -
POST   /windows/<int:no>/pass         - - x - - - - -
POST   /windows/<int:no>/help         - - x - - - - -
POST   /windows/<int:no>/help/withdraw - - x - - - - -
POST   /windows/<int:no>/help/take    - - - - x - - -
GET    /notices                       - - - x x - x -
POST   /notices                       - - - x x - - -
POST   /notices/<notice>/release      - - - - x - - -
POST   /notices/<notice>/withdraw     - - - x x - - -
POST   /emergency                     - - - - x - - -
POST   /emergency/end                 - - - - x - - -
GET    /ratings                       - - - - x - x -
POST   /ratings                       P P P P P P P P
GET    /windows/<int:no>/rating       - x - - - - - -
POST   /windows/<int:no>/rating       - x - - - - - -
POST   /windows/<int:no>/rating/reasons - x - - - - - -
POST   /windows/<int:no>/missing      - - x - - - - -
POST   /windows/<int:no>/key          - - - - - - - x
POST   /windows/<int:no>/papers/<paper> - x - - - - - -
POST   /setup                         P P P P P P P P
POST   /session                       P P P P P P P P
GET    /session                       - - x x x x x -
DELETE /session                       - - x x x x x -
POST   /staff                         - - - - - x - -
GET    /staff                         - - - - - x x -
POST   /staff/<staff_no>/disable      - - - - - x - -
POST   /devices                       P P P P P P P P
GET    /devices/me                    x x - - - - - x
POST   /devices/approve               - - - - - x - -
POST   /devices/<device>/revoke       - - - - - x - -
GET    /devices                       - - - - x x x -
POST   /devices/me/health             x x - - - - - x
POST   /announcements/claim           - x - - - - - -
POST   /announcements/confirm         - x - - - - - -
GET    /forecast                      x x x x x x x x
GET    /kiosk/day                     x - - - - - - -
GET    /tickets/<ticket>              - - - x x - x -
GET    /tickets/<ticket>/why          - - - x x - - -
GET    /decisions                     - - - x x - x -
GET    /staffing                      - - - x x - x -
GET    /slips/<short_code>            x - - x x - - -
GET    /windows                       - - x x x x x -
GET    /roster                        - - - - x - x -
GET    /windows/<int:no>/console      - - x - x - - -
GET    /snapshot                      x x x x x x x x
GET    /events                        - - - - x x x -
GET    /health                        P P P P P P P P
GET    /openapi.json                  P P P P P P P P
"""
ROWS: dict[tuple[str, str], dict[str, str]] = {
    (method, path): dict(zip(ROLES, marks, strict=True))
    for method, path, *marks in (line.split() for line in TABLE.strip().splitlines())
}
PUBLIC = [key for key, marks in ROWS.items() if "P" in marks.values()]
GUARDED = [key for key in ROWS if key not in PUBLIC]
WHILE_PENDING = ("GET", "/devices/me")


@pytest.fixture(scope="module")
def tokens(house: House) -> dict[str, str]:
    """A token of every role, and some that are worth nothing."""
    found = {role: house.staff(f"07{n}", role) for n, role in enumerate(ROLES[2:-1])}
    found["clerk"] = house.staff("0517", "clerk")
    found["kiosk"], found["screen"] = house.device("kiosk"), house.device("screen", "screen")
    found["keypad"] = house.device("pad", "keypad", room="window:5")
    found["pending"] = house.device("not yet", "kiosk", approve=False)
    found["revoked"] = house.device("gone", "kiosk")
    house.process.operator().command(f"/devices/{house.devices['gone']}/revoke")
    found["forged"] = "x" * 43
    return found


def concrete(path: str) -> str:
    return (
        path.replace("<int:no>", "5")
        .replace("<ticket>", "2026-03-17-R999")
        .replace("<staff_no>", "9999")
        .replace("<device>", "k-none")
        .replace("<short_code>", "ZZZZZZ")
        .replace("<notice>", "2026-03-17-N9")
        .replace("<paper>", "none")
        .replace("<booking>", "2026-03-17-1000-9")
    )


def status(house: House, key: tuple[str, str], token: str | None) -> tuple[int, str]:
    """What the door says to a request whose body is wrong, so that nothing happens behind it."""
    method, path = key
    answer = house.ask(method, concrete(path), token, {"nonsense": 1} if method == "POST" else None)
    code = answer.json().get("code", "") if answer.content else ""
    return answer.status_code, code


def test_the_table_names_every_operation() -> None:
    assert {(op.method, op.path) for op in OPERATIONS} == set(ROWS)
    assert {(op.method, op.path) for op in OPERATIONS if op.pending} == {WHILE_PENDING}


@pytest.mark.parametrize("key", GUARDED, ids=" ".join)
def test_an_operation_lets_in_its_roles_and_nobody_else(
    house: House, tokens: dict[str, str], key: tuple[str, str]
) -> None:
    for role in ROLES:
        if key == ("DELETE", "/session") and ROWS[key][role] == "x":
            continue  # it would sign the others' token off; tested with the sessions
        code, problem = status(house, key, tokens[role])
        refused = (code, problem) == (403, "forbidden")
        own_console = key[1].endswith("/console") and role == "clerk"  # not signed on there
        assert refused == (ROWS[key][role] != "x" or own_console), (role, code, problem)
        assert code < 500


@pytest.mark.parametrize("key", GUARDED, ids=" ".join)
def test_an_operation_lets_nobody_in_without_a_good_token(
    house: House, tokens: dict[str, str], key: tuple[str, str]
) -> None:
    assert status(house, key, None) == (401, "unauthenticated")
    assert status(house, key, tokens["forged"]) == (401, "unauthenticated")
    assert status(house, key, tokens["revoked"]) == (403, "device-revoked")
    if key != WHILE_PENDING:
        assert status(house, key, tokens["pending"]) == (403, "device-pending")


@pytest.mark.parametrize("key", PUBLIC, ids=" ".join)
def test_a_public_operation_asks_for_no_token(house: House, key: tuple[str, str]) -> None:
    assert status(house, key, None)[0] in {200, 422}


def test_reading_anything_changes_nothing(house: House, tokens: dict[str, str]) -> None:
    first = events(house)[-1]["seq"]
    read = [op.path for op in OPERATIONS if op.method == "GET"]
    for path in read:
        for token in (None, *tokens.values()):
            assert house.ask("GET", concrete(path), token).status_code < 500, path
    # The hall itself may turn its roster meanwhile; nobody who read has done anything.
    done = [one for one in events(house, after=first) if one["actor"] != "system"]
    assert done == []
    assert len(read) >= 20, "there was something to read"


def test_a_pending_device_may_ask_what_became_of_it(house: House, tokens: dict[str, str]) -> None:
    answer = house.ask("GET", "/devices/me", tokens["pending"]).json()
    assert (answer["state"], len(answer["code"])) == ("pending", 6)


@pytest.mark.parametrize("scheme", ["", "Basic ", "Token "])
def test_a_token_counts_only_as_a_bearer_token(
    house: House, tokens: dict[str, str], scheme: str
) -> None:
    answer = requests.get(
        f"{house.address}/api/v1/windows",
        headers={"Authorization": scheme + tokens["admin"]},
        timeout=30,
    )
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


# --- the live feed -------------------------------------------------------------------------------

# Rooms, in the columns of ROLES; x: may join.
ROOMS = """
hall        x x x x x x x x
zone:B      x x x x x x x x
window:6    x x x x x x x x
console:6   - - - - x - - -
"""
ROOM_ROWS = {
    room: dict(zip(ROLES, marks, strict=True))
    for room, *marks in (line.split() for line in ROOMS.strip().splitlines())
}


def connected(house: House, token: Any) -> socketio.Client:
    client = socketio.Client(reconnection=False)
    client.connect(house.address, auth={"token": token}, transports=["websocket"], wait_timeout=20)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_a_role_joins_its_rooms_and_no_others(
    house: House, tokens: dict[str, str], role: str
) -> None:
    client = connected(house, tokens[role])
    try:
        for room, row in ROOM_ROWS.items():
            for event in ("join", "snapshot"):
                answer = client.call(event, {"room": room}, timeout=20)
                assert answer["ok"] == (row[role] == "x"), (event, room)
                if not answer["ok"]:
                    assert answer["problem"]["code"] == "forbidden"
            assert client.call("leave", {"room": room}, timeout=20) == {"ok": True}
    finally:
        client.disconnect()


def test_the_socket_s_events_are_these_and_no_others() -> None:
    assert set(SOCKET_EVENTS) == {"connect", "join", "snapshot", "leave", "disconnect"}


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("forged", "unauthenticated"),
        ("revoked", "unauthenticated"),
        ("pending", "device-pending"),
        (None, "unauthenticated"),
        (17, "unauthenticated"),
    ],
)
def test_a_socket_without_a_good_token_is_refused_with_a_problem(
    house: House, tokens: dict[str, str], who: Any, code: str
) -> None:
    client, refused = socketio.Client(reconnection=False), []
    client.on("connect_error", refused.append)
    token = tokens.get(who, who) if isinstance(who, str) else who
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(
            house.address, auth={"token": token}, transports=["websocket"], wait_timeout=20
        )
    until(lambda: refused, "the refusal")
    expected = "device-revoked" if who == "revoked" else code
    assert refused[0]["data"]["code"] == expected


def test_a_clerk_joins_the_console_of_the_window_where_they_are_signed_on(
    house: House, tokens: dict[str, str]
) -> None:
    clerk = house.clerk(7, "0517")
    client = connected(house, tokens["clerk"])
    try:
        assert client.call("join", {"room": "console:7"}, timeout=20)["ok"]
        assert not client.call("join", {"room": "console:8"}, timeout=20)["ok"]
    finally:
        client.disconnect()
        clerk.command("/windows/7/close")


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("console:06", "unknown-window"),
        ("window:06", "unknown-window"),
        ("window:99", "unknown-window"),
        ("window:x", "unknown-window"),
        ("zone:Q", "not-found"),
        ("kitchen", "invalid"),
        ("hall\n", "invalid"),
        (7, "invalid"),
        (None, "invalid"),
    ],
)
def test_a_room_that_is_not_there_is_refused_by_name(
    house: House, tokens: dict[str, str], room: Any, code: str
) -> None:
    """A room has one name only: 06 would never hear what 6 is told."""
    client = connected(house, tokens["supervisor"])
    try:
        answer = client.call("join", {"room": room}, timeout=20)
        assert (answer["ok"], answer["problem"]["code"]) == (False, code)
        answer = client.call("join", [room], timeout=20)
        assert answer["problem"]["code"] == "invalid"
    finally:
        client.disconnect()


def test_what_a_client_makes_up_hurts_nobody(house: House, tokens: dict[str, str]) -> None:
    client = connected(house, tokens["screen"])
    try:
        client.emit("events", {"room": "hall", "events": []})
        client.emit("no_such_event", "x" * 2000)
        client.emit("leave", {"room": "console:6"})
        assert client.call("join", {"room": "hall", "more": "x"}, timeout=20)["ok"]
    finally:
        client.disconnect()
    nonce = request_id()
    assert house.client("kiosk").post("/tickets", {"items": ["RS-003"], "request_id": nonce})
