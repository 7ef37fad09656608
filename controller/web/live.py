"""The live feed: durable changes to every screen at once. The only user of flask_socketio.

A client that joins a room gets its snapshot and from then on the room's feed; the service's lock
makes the two meet without a gap. Each message says what the room had before (`prev`), so that a
client sees a loss (law 5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, request
from flask_socketio import ConnectionRefusedError, SocketIO, join_room, leave_room

from controller.deed import Json
from controller.engine import Engine
from controller.hall.administration import DeviceRevoked, StaffDisabled, StaffSignedOut
from controller.hall.day_events import DayOpened
from controller.hall.errors import HallError
from controller.identity import DEVICE_WATCHERS, Actor, Role
from controller.views.board import Change
from controller.views.devices import device_json
from controller.views.problem import problem_document
from controller.views.waits import waits_json
from controller.views.wire import event_json
from controller.web import errors as x
from controller.web.access import identify
from controller.web.context import Context
from controller.web.reading import check_room, console_state, room_state
from controller.web.waits import waits_by_zone

log = structlog.get_logger()

HEARTBEAT_S = 2
LOOK_S = 0.25
"""How often the devices are looked at for something that staff should see."""
WATCHERS = "devices"
"""The room of those who see how each device is; nobody joins it by name."""
SOCKET_EVENTS: dict[str, frozenset[Role]] = {
    "connect": frozenset(Role),
    "join": frozenset(Role),
    "snapshot": frozenset(Role),
    "leave": frozenset(Role),
    "disconnect": frozenset(Role),
}
"""Who may send what; rooms have owners of their own (`check_room`)."""


class Live:
    """The rooms of one hall and who is in them."""

    def __init__(self, app: Flask, ctx: Context, engine: Engine, origins: list[str]) -> None:
        self._ctx = ctx
        self._engine = engine
        self._actors: dict[str, Actor] = {}
        self._members: dict[str, set[str]] = {}
        self._sent: dict[str, int] = {}
        self._started_at = ctx.service.board.seq
        self._devices: list[Json] | None = None
        """What the watchers know; None when somebody of them is new."""
        self.socketio = SocketIO(
            app,
            async_mode=engine.name,
            cors_allowed_origins=Origins(frozenset(origins)),
            ping_interval=10,
            ping_timeout=10,
            serve_client=False,
            max_http_buffer_size=10_000,
            logger=False,
            engineio_logger=False,
        )
        on = self.socketio.on_event
        on("connect", self._connect)
        on("disconnect", self._disconnect)
        on("join", self._join)
        on("snapshot", self._snapshot)
        on("leave", self._leave)
        self._papers: dict[str, set[str]] = {}
        """Which notices each socket of a window's screen was told to print."""
        ctx.service.listen(self.publish)
        ctx.papers.listen(self.paper_changed)

    def start(self) -> None:
        """Begin the heartbeat."""
        self._engine.spawn(self._beat_for_ever)
        self._engine.spawn(self._watch_for_ever)

    # --- from the service -----------------------------------------------------------------------

    def publish(self, changes: list[Change]) -> None:
        """Tell every room what has become durable. Runs in the writer, under the service's lock."""
        if not any(self._members.values()):
            self._sent["hall"] = changes[-1].applied.seq
            self._throw_out(changes)
            return
        board, catalogue = self._ctx.service.board, self._ctx.catalogue
        events = [event_json(board, catalogue, change) for change in changes]
        self._send("hall", events)
        for room in [r for r in self._members if r.startswith(("zone:", "window:"))]:
            mine = [e for e, ch in zip(events, changes, strict=True) if room in self._rooms_of(ch)]
            if mine:
                self._send(room, mine)
        for no in self._consoles(changes):
            self._send_console(no)
        self._throw_out(changes)

    def _send(self, room: str, events: list[Json]) -> None:
        last: int = events[-1]["seq"]
        if self._members.get(room):
            message = {
                "room": room,
                "prev": self._sent.get(room, self._started_at),
                "seq": last,
                "events": events,
            }
            self.socketio.emit("events", message, to=room)
        self._sent[room] = last

    def _rooms_of(self, change: Change) -> set[str]:
        applied, call = change.applied, change.call
        if isinstance(applied.event, DayOpened) or change.told:
            return set(self._members)
        rooms = {f"zone:{zone}" for zone in change.zones}
        numbers = {w.no for w in [applied.window] if w is not None}
        if applied.ticket is not None:
            rooms.add(f"zone:{self._ctx.service.board.zone_of(applied.ticket)}")
            if applied.ticket.window is not None:
                numbers.add(applied.ticket.window)
        if call is not None:
            rooms |= {f"zone:{call.zone}", f"zone:{call.ticket_zone}"}
            numbers.add(call.window)
        windows = self._ctx.service.board.windows
        return (
            rooms | {f"window:{n}" for n in numbers} | {f"zone:{windows[n].zone}" for n in numbers}
        )

    def _consoles(self, changes: Iterable[Change]) -> list[int]:
        """The windows whose console is looked at and has something new to show."""
        watched = [int(r[8:]) for r, m in self._members.items() if m and r.startswith("console:")]
        if not watched:
            return []
        touched: set[int | None] = set()
        for change in changes:
            if isinstance(change.applied.event, DayOpened):
                return watched
            applied, call = change.applied, change.call
            touched |= {
                applied.window.no if applied.window else None,
                *change.desks,
                call.window if call else None,
            }
        return [no for no in watched if no in touched]

    def _send_console(self, no: int) -> None:
        room = f"console:{no}"
        window = self._ctx.service.board.windows[no]
        for sid in list(self._members[room]):
            actor = self._actors[sid]
            if actor.role is Role.CLERK and window.clerk != actor.id:
                self._drop(sid, room)  # signed off, or somebody else signed on
        state = console_state(self._ctx, no)
        message = {"room": room, "seq": state["seq"], "console": state}
        self.socketio.emit("console", message, to=room)

    def _throw_out(self, changes: Iterable[Change]) -> None:
        gone = {
            c.applied.event.subject
            for c in changes
            if isinstance(c.applied.event, DeviceRevoked | StaffDisabled | StaffSignedOut)
        }
        if gone:
            for sid in [s for s, a in self._actors.items() if a.id in gone]:
                self._engine.spawn(self.socketio.server.disconnect, sid)

    def _beat_for_ever(self) -> None:
        while True:
            self._engine.sleep(HEARTBEAT_S)
            try:
                self._beat()
            except Exception:
                log.exception("a heartbeat failed")

    def _beat(self) -> None:
        service = self._ctx.service
        waits = waits_json(waits_by_zone(self._ctx, service.clock.instant()))
        with service.lock:
            beat = {
                "seq": service.board.seq,
                "at": service.clock.instant() // 1000,
                "rooms": dict(self._sent),
                "waits": waits,
            }
            self.socketio.emit("hb", beat)

    def _watch_for_ever(self) -> None:
        while True:
            self._engine.sleep(LOOK_S)
            try:
                self._watch()
                self._tell_printers()
            except Exception:
                log.exception("looking at the devices failed")

    def _watch(self) -> None:
        """Tell the watchers how all devices are, when one has changed or somebody is new."""
        now = self._ctx.service.clock.instant() // 1000
        found = [device_json(one, now, self._ctx.started_at) for one in self._ctx.devices()]
        # a sign of life alone is no news
        news = [{**one, "seen_at": None} for one in found]
        if news != self._devices:
            self._devices = news
            self.socketio.emit("devices", {"at": now, "devices": found}, to=WATCHERS)

    def paper_changed(self, no: int) -> None:
        """The clerk at a window sees how its notice gets on."""
        with self._ctx.service.lock:
            if self._members.get(f"console:{no}"):
                self._send_console(no)

    def _tell_printers(self) -> None:
        """Have windows' screens print what was told there; one that connects anew is told again,
        and prints nothing twice."""
        pending = self._ctx.papers.pending(self._ctx.service.clock.instant())
        devices, hall = self._ctx.service.identities.devices, self._ctx.catalogue.config.hall
        for paper in pending:
            for sid, actor in list(self._actors.items()):
                row = devices.get(actor.id)
                if row is None or row.room != f"window:{paper.window}":
                    continue
                told = self._papers.setdefault(sid, set())
                if paper.id in told:
                    continue
                told.add(paper.id)
                facts = {"hall": hall.name, "phone": hall.phone, "tz": hall.timezone}
                self.socketio.emit("print", {**paper.json(), **facts}, to=sid)

    # --- from the clients -----------------------------------------------------------------------

    def _connect(self, auth: Any = None) -> None:
        token = auth.get("token") if isinstance(auth, dict) else None
        try:
            actor = identify(self._ctx, token if isinstance(token, str) else "")
            if actor.pending:
                code = self._ctx.service.identities.devices[actor.id].code
                raise x.DevicePending(device_code=code)
        except HallError as error:
            raise ConnectionRefusedError(error.title, problem_document(error)) from None
        self._actors[_sid()] = actor
        if actor.role in DEVICE_WATCHERS:
            join_room(WATCHERS)
            self._devices = None

    def _disconnect(self, *_: object) -> None:
        self._actors.pop(_sid(), None)
        self._papers.pop(_sid(), None)
        for members in self._members.values():
            members.discard(_sid())

    def _join(self, asked: Any = None) -> Json:
        return self._answer(asked, joining=True)

    def _snapshot(self, asked: Any = None) -> Json:
        return self._answer(asked, joining=False)

    def _leave(self, asked: Any = None) -> Json:
        room = asked.get("room") if isinstance(asked, dict) else None
        if isinstance(room, str) and _sid() in self._members.get(room, ()):
            self._drop(_sid(), room)
        return {"ok": True}

    def _answer(self, asked: Any, joining: bool) -> Json:
        room = asked.get("room") if isinstance(asked, dict) else None
        try:
            actor = self._actors.get(_sid())
            if actor is None:
                raise x.Unauthenticated()
            if not isinstance(room, str):
                raise x.Invalid(field="room", message="missing")
            check_room(self._ctx, actor, room)
        except HallError as error:
            return {"ok": False, "problem": problem_document(error)}
        with self._ctx.service.lock:
            if joining:
                join_room(room)
                self._members.setdefault(room, set()).add(_sid())
            state = room_state(self._ctx, room)
            return {"ok": True, "seq": state["seq"], "snapshot": state}

    def _drop(self, sid: str, room: str) -> None:
        self._members[room].discard(sid)
        leave_room(room, sid=sid, namespace="/")


@dataclass(frozen=True, slots=True)
class Origins:
    """Pages that may open a socket: the controller's own, those of display agents (which live on
    their machine's loopback), and those configured. The token decides what they may see; there
    are no cookies that a foreign page could use."""

    configured: frozenset[str]

    def __call__(self, origin: str | None, environ: dict[str, Any]) -> bool:
        """Whether a page of `origin` may connect; a client that is no page sends none."""
        if origin is None or origin in self.configured:
            return True
        own = f"{environ.get('wsgi.url_scheme')}://{environ.get('HTTP_HOST')}"
        return origin == own or urlsplit(origin).hostname in {"127.0.0.1", "localhost", "::1"}


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]
