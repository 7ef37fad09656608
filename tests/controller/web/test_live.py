"""The live feed on all three engines: gapless, told when something is missing, and back after a
crash (law 5)."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import socketio

from tests.controller.web.process import House, Json, until

WAIT_S = 60


def in_order(client: socketio.Client) -> socketio.Client:
    """The library hands each message to a thread of its own, and on a busy machine one may
    overtake another. Handlers of this client are called one after the other, as messages came."""
    hand_on = client.eio._trigger_event

    def wait_for_it(event: str, *args: Any, **more: Any) -> Any:
        return hand_on(event, *args, **(more | {"run_async": False}))

    client.eio._trigger_event = wait_for_it
    return client


class Watcher:
    """A client of the feed that keeps everything it hears."""

    def __init__(self, house: House, who: str, *rooms: str, again: bool = False) -> None:
        self.heard: dict[str, list[Json]] = {}
        self.beats: list[Json] = []
        self.consoles: list[Json] = []
        self.joined: dict[str, Json] = {}
        self.rooms = rooms
        self.gone = threading.Event()
        self.socket = in_order(
            socketio.Client(reconnection=again, reconnection_delay=0.05, reconnection_delay_max=0.2)
        )
        self.socket.on("events", lambda m: self.heard.setdefault(m["room"], []).append(m))
        self.socket.on("hb", self.beats.append)
        self.socket.on("console", self.consoles.append)
        self.socket.on("disconnect", lambda *_: self.gone.set())
        self.socket.on("connect", lambda: threading.Thread(target=self._join, daemon=True).start())
        self.socket.connect(
            house.address,
            auth={"token": house.tokens[who]},
            transports=["websocket"],
            wait_timeout=WAIT_S,
        )
        until(lambda: set(self.joined) == set(rooms), "joining")

    def _join(self) -> None:
        for room in self.rooms:
            answer = self.socket.call("join", {"room": room}, timeout=WAIT_S)
            assert answer["ok"], answer
            self.joined[room] = answer

    def snapshot(self, room: str) -> Json:
        answer: Json = self.socket.call("snapshot", {"room": room}, timeout=WAIT_S)
        assert answer["ok"], answer
        snapshot: Json = answer["snapshot"]
        return snapshot

    def events(self, room: str) -> list[Json]:
        return [event for message in list(self.heard.get(room, [])) for event in message["events"]]

    def seq(self, room: str) -> int:
        messages = self.heard.get(room)
        return messages[-1]["seq"] if messages else self.joined[room]["seq"]

    def close(self) -> None:
        self.socket.disconnect()


def assert_chained(watcher: Watcher, room: str) -> None:
    """Every message says truly what the room had before."""
    messages = watcher.heard[room]
    for one, following in itertools.pairwise(messages):
        assert following["prev"] == one["seq"]
    assert messages[0]["prev"] <= watcher.joined[room]["seq"]
    assert all(m["seq"] == m["events"][-1]["seq"] for m in messages)


def cycle(house: House, window: int) -> Json:
    """One person from number to finish."""
    ticket = house.issue("RS-003")
    clerk = house.client(f"05{window:02d}")
    called = clerk.command(f"/windows/{window}/call")
    assert called["ticket"]["id"] == ticket["id"]
    clerk.command(f"/windows/{window}/arrive", ticket=ticket["id"])
    done = clerk.command(f"/windows/{window}/finish", ticket=ticket["id"], item=0)
    assert done["ticket"]["state"] == "finished"
    return done


def test_a_day_on_an_engine(own: House) -> None:
    """One process, one story: the feed, its rooms, a gap, a heartbeat, a revocation, a crash."""
    own.device("kiosk"), own.device("screen", "screen"), own.device("doomed", "screen")
    own.clerk(5)
    screen = Watcher(own, "screen", "hall", "zone:B", "window:5", again=True)
    desk = Watcher(own, "0505", "console:5", "hall")
    doomed = Watcher(own, "doomed", "hall")
    try:
        _the_feed_is_gapless(own, screen)
        _the_console_is_private_and_whole(own, desk, screen)
        _a_snapshot_mends_a_gap(own, screen)
        _the_heart_beats(own, screen)
        _a_revoked_device_is_thrown_out(own, doomed)
        _after_a_crash_everybody_converges(own, screen)
    finally:
        for watcher in (screen, desk, doomed):
            watcher.close()


def _the_feed_is_gapless(own: House, screen: Watcher) -> None:
    last = [cycle(own, 5) for _ in range(4)][-1]["seq"]
    until(lambda: screen.seq("hall") >= last, "the feed")
    start = screen.joined["hall"]["seq"]
    told = [e["seq"] for e in screen.events("hall")]
    # The hall itself may turn its roster meanwhile.
    assert told == list(range(start + 1, max(last, *told) + 1))
    for room in screen.rooms:
        assert_chained(screen, room)
    in_zone = {e["seq"]: e for e in screen.events("zone:B")}
    hall = {e["seq"]: e for e in screen.events("hall")}
    assert all(hall[seq] == event for seq, event in in_zone.items())
    called = {e["seq"] for e in hall.values() if e["type"] == "ticket.called"}
    assert called == {e["seq"] for e in screen.events("window:5") if e["type"] == "ticket.called"}
    assert called <= set(in_zone)


def _the_console_is_private_and_whole(own: House, desk: Watcher, screen: Watcher) -> None:
    person = {"key": "0a" * 32, "masked": "张*三"}
    ticket = own.issue("RS-003", person=person)
    own.client("0505").command("/windows/5/call")

    def shown() -> Any:
        return [c for c in desk.consoles if (c["console"]["ticket"] or {}).get("masked") == "张*三"]

    found = until(shown, "the masked name")[-1]
    assert found["console"]["ticket"]["id"] == ticket["id"]
    assert screen.consoles == []
    assert "张*三" not in str(screen.heard)
    own.client("0505").command("/windows/5/arrive", ticket=ticket["id"])
    own.client("0505").command("/windows/5/finish", ticket=ticket["id"], item=0)


def _a_snapshot_mends_a_gap(own: House, screen: Watcher) -> None:
    assert screen.socket.call("leave", {"room": "zone:B"}, timeout=WAIT_S) == {"ok": True}
    held = screen.seq("zone:B")
    missed = cycle(own, 5)["seq"]
    before = len(screen.heard["zone:B"])
    answer = screen.socket.call("join", {"room": "zone:B"}, timeout=WAIT_S)
    assert answer["seq"] >= missed > held
    assert answer["snapshot"]["calls"][0]["number"]
    last = cycle(own, 5)["seq"]
    until(lambda: screen.seq("zone:B") >= last, "the feed after the gap")
    message = screen.heard["zone:B"][before]
    assert held < message["prev"] <= answer["seq"], "who held on to the old seq sees the gap"


def _the_heart_beats(own: House, screen: Watcher) -> None:
    last = own.client("screen").get("/snapshot?room=hall")["seq"]
    beat = until(
        lambda: [b for b in list(screen.beats) if b["seq"] >= last], "a beat with the newest seq"
    )[-1]
    assert beat["rooms"]["hall"] == beat["seq"]
    assert beat["rooms"]["zone:B"] <= beat["seq"]
    assert beat["at"] > 1_700_000_000_000


def _a_revoked_device_is_thrown_out(own: House, doomed: Watcher) -> None:
    own.process.operator().command(f"/devices/{own.devices['doomed']}/revoke")
    assert doomed.gone.wait(WAIT_S), "its socket was not closed"
    refused = own.ask("GET", "/snapshot", own.tokens["doomed"])
    assert (refused.status_code, refused.json()["code"]) == (403, "device-revoked")


def _after_a_crash_everybody_converges(own: House, screen: Watcher) -> None:
    ticket = own.issue("RS-003")
    last = own.client("0505").command("/windows/5/call")["seq"]
    until(lambda: screen.seq("hall") >= last, "the call")
    screen.joined.clear()
    own.process.kill()
    own.process.start()
    until(lambda: set(screen.joined) == set(screen.rooms), "joining again")
    known = screen.joined["hall"]
    assert known["seq"] >= last
    assert known["snapshot"]["calls"][0]["ticket"] == ticket["id"]
    window = next(w for w in known["snapshot"]["windows"] if w["no"] == 5)
    assert (window["state"], window["number"]) == ("open", ticket["number"])
    more = own.issue("RS-003")
    until(
        lambda: any(e.get("ticket", {}).get("id") == more["id"] for e in screen.events("hall")),
        "the feed after the crash",
    )
    fresh = screen.snapshot("hall")
    over_http = own.client("screen").get("/snapshot?room=hall")["snapshot"]
    passing = {"at", "waits"}
    assert {k: v for k, v in fresh.items() if k not in passing} == {
        k: v for k, v in over_http.items() if k not in passing
    }
    until(lambda: screen.seq("hall") == fresh["seq"], "the last event")


def test_a_clerk_who_signed_out_hears_nothing_more(house: House) -> None:
    house.staff("0790", "clerk")
    watcher = Watcher(house, "0790", "hall")
    try:
        assert house.ask("DELETE", "/session", house.tokens.pop("0790")).status_code == 204
        assert watcher.gone.wait(WAIT_S)
    finally:
        watcher.close()


def test_a_closed_account_s_socket_is_closed(house: House) -> None:
    house.staff("0791", "clerk")
    watcher = Watcher(house, "0791", "hall")
    try:
        house.process.operator().command("/staff/0791/disable")
        assert watcher.gone.wait(WAIT_S)
        assert house.ask("GET", "/session", house.tokens["0791"]).status_code == 401
    finally:
        watcher.close()
