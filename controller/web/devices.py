"""Devices: they register themselves, an administrator approves the code they show, tokens can be
revoked."""

from dataclasses import replace
from typing import Literal

from flask import Blueprint, Response, jsonify, request
from pydantic import Field, model_validator

from controller.deed import Deed, Json, Transaction
from controller.hall import administration as a
from controller.identity import (
    DEVICE_ROLES,
    DEVICE_WATCHERS,
    Actor,
    Role,
    fingerprint,
    new_code,
    new_token,
)
from controller.journal.base import DeviceRow
from controller.views.devices import device_json as seen_json
from controller.views.devices import heard
from controller.web import errors as x
from controller.web.access import PUBLIC, Asked, Body, CommandBody, json_text, operation
from controller.web.lineage import HeardBody, forgotten, told
from controller.web.reading import check_room

api = Blueprint("devices", __name__, url_prefix="/api/v1")

ADMIN = frozenset({Role.ADMIN})
PREFIX = {Role.KIOSK: "k", Role.SCREEN: "s", Role.KEYPAD: "p"}


class DeviceBody(Body):
    """A machine that asks to be let in; a screen says what it shows, a key-pad whose it is."""

    kind: Literal[Role.KIOSK, Role.SCREEN, Role.KEYPAD]
    name: str = Field(min_length=1, max_length=40)
    room: str = Field(default="", max_length=28)

    @model_validator(mode="after")
    def _at_a_window(self) -> "DeviceBody":
        if self.kind is Role.KEYPAD and not self.room.startswith("window:"):
            raise ValueError('a keypad stands at a window: give room "window:5"')
        return self


class ApproveBody(CommandBody):
    """The code the device shows; hyphens, blanks and case do not matter."""

    code: str = Field(min_length=6, max_length=12)


class HealthBody(Body):
    """State of the device's parts, in single words; a kiosk also says what it has heard."""

    health: dict[str, str] = Field(max_length=20)
    heard: HeardBody | None = None


def device_json(row: DeviceRow) -> Json:
    """A device, without its secret."""
    return {
        "device": row.device,
        "kind": row.kind,
        "name": row.name,
        "room": row.room or None,
        "state": row.state,
    }


@operation(api, "POST", "/devices", PUBLIC, "Ask to be enrolled", body=DeviceBody, status=201)
def register(asked: Asked) -> Response:
    """See docs/protocol.md."""
    body: DeviceBody = asked.body
    ctx = asked.ctx
    if body.room:
        check_room(ctx, Actor("", Role.SCREEN), body.room)
    now = ctx.service.clock.instant()
    caller = request.remote_addr or ""
    ctx.enrolments.check(caller, now)
    ctx.enrolments.count(caller, now)
    secret = new_token()

    def run(tx: Transaction) -> Json:
        code = new_code()
        while tx.identities.by_code(code) is not None:
            code = new_code()
        device = f"{PREFIX[body.kind]}-{new_code().lower()}"
        while device in tx.identities.devices:
            device = f"{PREFIX[body.kind]}-{new_code().lower()}"
        row = DeviceRow(
            device, str(body.kind), body.name, "pending", code, fingerprint(secret), body.room
        )
        tx.keep(row)
        tx.record(a.DeviceRegistered(device, str(body.kind)))
        return {"device": device, "secret": secret, "code": code}

    return json_text(*ctx.submit(Deed(None, run, status=201)))


@operation(api, "GET", "/devices/me", DEVICE_ROLES, "What became of me", pending=True)
def me(asked: Asked) -> Response:
    """See docs/protocol.md."""
    row = asked.ctx.service.identities.devices[asked.actor.id]
    return jsonify({**device_json(row), "code": row.code if row.state == "pending" else None})


@operation(api, "POST", "/devices/approve", ADMIN, "Let a device in", body=ApproveBody)
def approve(asked: Asked) -> Response:
    """See docs/protocol.md."""
    code = "".join(asked.body.code.upper().replace("-", " ").split())

    def run(tx: Transaction) -> Json:
        row = tx.identities.by_code(code)
        if row is None:
            raise x.UnknownDevice(device=code)
        approved = replace(row, state="approved", code="")
        tx.keep(approved)
        tx.record(a.DeviceApproved(row.device))
        return device_json(approved)

    deed = Deed(asked.actor, run, asked.body.request_id, f"approve {code}")
    return json_text(*asked.ctx.submit(deed))


@operation(api, "POST", "/devices/<device>/revoke", ADMIN, "Shut a device out", body=CommandBody)
def revoke(asked: Asked, device: str) -> Response:
    """See docs/protocol.md."""

    def run(tx: Transaction) -> Json:
        row = tx.identities.devices.get(device)
        if row is None:
            raise x.UnknownDevice(device=device)
        revoked = replace(row, state="revoked", code="")
        tx.keep(revoked)
        tx.record(a.DeviceRevoked(device))
        return device_json(revoked)

    deed = Deed(asked.actor, run, asked.body.request_id, f"revoke {device}")
    return json_text(*asked.ctx.submit(deed))


@operation(api, "GET", "/devices", DEVICE_WATCHERS, "All devices")
def all_devices(asked: Asked) -> Response:
    """See docs/protocol.md."""
    ctx = asked.ctx
    now = ctx.service.clock.instant() // 1000
    listed = [seen_json(device, now, ctx.started_at) for device in ctx.devices()]
    return jsonify(at=now, devices=listed)


@operation(api, "POST", "/devices/me/health", DEVICE_ROLES, "Still here", body=HealthBody)
def health(asked: Asked) -> Response:
    """See docs/protocol.md."""
    ctx = asked.ctx
    now = ctx.service.clock.now()
    parts = {k[:20]: v[:40] for k, v in asked.body.health.items()}
    known = ctx.health.get(asked.actor.id)
    ctx.health[asked.actor.id] = heard(known, parts, now.at // 1000)
    heard_of = asked.body.heard
    lost = heard_of is not None and forgotten(asked, heard_of)
    return jsonify(
        **told(asked),
        forgotten=lost,
        at=now.at // 1000,
        day=ctx.service.board.day,
        hall="open" if ctx.openings.json(now)["hall_open"] else "closed",
    )
