"""Staff accounts and sessions: set-up by a one-time link, sign-in with argon2, bearer tokens."""

from dataclasses import replace
from typing import Literal

from argon2.exceptions import VerificationError
from flask import Blueprint, Response, jsonify
from pydantic import Field

from controller.deed import Deed, Json, Transaction
from controller.hall import administration as a
from controller.hall.instants import SECOND
from controller.identity import (
    SESSION_HOURS,
    STAFF_ROLES,
    Actor,
    Role,
    fingerprint,
    new_token,
)
from controller.journal.base import SessionRow, SetupRow, StaffRow
from controller.views.wire import ms
from controller.web import errors as x
from controller.web.access import PUBLIC, Asked, Body, CommandBody, json_text, operation
from controller.web.context import Context

api = Blueprint("staff", __name__, url_prefix="/api/v1")

STAFF_NO = r"^[0-9A-Za-z]{2,12}$"
LEAST_PASSWORD = 10
ADMIN = frozenset({Role.ADMIN})


class SetupBody(Body):
    """The owner of an account chooses the password."""

    token: str = Field(min_length=20, max_length=100)
    staff_no: str = Field(pattern=STAFF_NO)
    password: str = Field(max_length=200, repr=False)


class SessionBody(Body):
    """Sign in."""

    staff_no: str = Field(max_length=40)
    password: str = Field(max_length=200, repr=False)


class StaffBody(CommandBody):
    """A new account."""

    staff_no: str = Field(pattern=STAFF_NO)
    role: Literal[Role.CLERK, Role.GUIDE, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR]


@operation(
    api, "POST", "/setup", PUBLIC, "Set the password of an account", body=SetupBody, status=201
)
def setup(asked: Asked) -> Response:
    """See docs/protocol.md."""
    body: SetupBody = asked.body
    if len(body.password) < LEAST_PASSWORD:
        raise x.WeakPassword(least=LEAST_PASSWORD)
    service = asked.ctx.service
    _setup_row(asked.ctx, body)  # before the costly hash; checked again by the writer
    hashed = service.engine.call_blocking(asked.ctx.passwords.hash, body.password)

    def run(tx: Transaction) -> Json:
        link = _setup_row(asked.ctx, body)
        known = tx.identities.staff.get(body.staff_no)
        if known is None:
            known = StaffRow(body.staff_no, str(Role.ADMIN), False, None)
            tx.record(a.StaffAdded(body.staff_no, known.role))
        tx.keep(replace(link, used=True))
        tx.keep(replace(known, active=True, password=hashed))
        tx.record(a.StaffActivated(body.staff_no))
        return {"staff_no": body.staff_no, "role": known.role}

    return json_text(*asked.ctx.submit(Deed(None, run, status=201)))


def _setup_row(ctx: Context, body: SetupBody) -> SetupRow:
    identities = ctx.service.identities
    link = identities.setups.get(fingerprint(body.token))
    if link is None or link.used:
        raise x.SetupUsed()
    if link.staff_no is not None and link.staff_no != body.staff_no:
        raise x.SetupUsed()
    if link.staff_no is None and body.staff_no in identities.staff:
        raise x.StaffExists(staff_no=body.staff_no)
    return link


@operation(api, "POST", "/session", PUBLIC, "Sign in", body=SessionBody, status=201)
def sign_in(asked: Asked) -> Response:
    """See docs/protocol.md."""
    body: SessionBody = asked.body
    ctx, service = asked.ctx, asked.ctx.service
    now = service.clock.instant()
    ctx.sign_ins.check(body.staff_no, now)
    ctx.sign_ins.count(body.staff_no, now)  # before the slow check: many may come at once
    row = service.identities.staff.get(body.staff_no)
    good = service.engine.call_blocking(_verify, ctx, row, body.password)
    if row is None or not good:
        raise x.WrongPassword()
    ctx.sign_ins.forgive(body.staff_no, now)
    token = new_token()

    def run(tx: Transaction) -> Json:
        expires = tx.now.at + SESSION_HOURS * 3600 * SECOND
        tx.keep(SessionRow(fingerprint(token), row.staff_no, expires))
        tx.record(a.StaffSignedIn(row.staff_no))
        return {"staff_no": row.staff_no, "role": row.role, "expires_at": ms(expires)}

    body_text, status = ctx.submit(Deed(Actor(row.staff_no, Role(row.role)), run, status=201))
    # The token is added here: it is in no stored answer and in no journal.
    return json_text(f'{{"token":"{token}",{body_text[1:]}', status)


def _verify(ctx: Context, row: StaffRow | None, password: str) -> bool:
    """Whether the password is right; takes as long for an account that is not there."""
    hashed = row.password if row is not None and row.active else None
    try:
        ctx.passwords.verify(hashed or ctx.decoy, password)
    except (VerificationError, ValueError):
        return False
    return hashed is not None


@operation(api, "GET", "/session", STAFF_ROLES, "Who am I")
def session(asked: Asked) -> Response:
    """See docs/protocol.md."""
    service, actor = asked.ctx.service, asked.actor
    ends = [s.expires_at for s in service.identities.sessions_of(actor.id)]
    window = next((w.no for w in service.board.windows.values() if w.clerk == actor.id), None)
    return jsonify(
        staff_no=actor.id, role=actor.role, expires_at=ms(max(ends, default=None)), window=window
    )


@operation(api, "DELETE", "/session", STAFF_ROLES, "Sign out", status=204)
def sign_out(asked: Asked) -> Response:
    """See docs/protocol.md."""
    staff_no = asked.actor.id

    def run(tx: Transaction) -> Json:
        for row in tx.identities.sessions_of(staff_no):
            tx.keep(replace(row, ended=True))
        tx.record(a.StaffSignedOut(staff_no))
        return {}

    asked.ctx.submit(Deed(asked.actor, run))
    return Response(status=204)


@operation(api, "POST", "/staff", ADMIN, "Make an account", body=StaffBody, status=201)
def add_staff(asked: Asked) -> Response:
    """See docs/protocol.md."""
    body: StaffBody = asked.body
    token = new_token()

    def run(tx: Transaction) -> Json:
        known = tx.identities.staff.get(body.staff_no)
        if known is not None and known.active:
            raise x.StaffExists(staff_no=body.staff_no)
        for old in tx.identities.setups.values():
            if old.staff_no == body.staff_no and not old.used:
                tx.keep(replace(old, used=True))
        tx.keep(StaffRow(body.staff_no, str(body.role), False, None))
        tx.keep(SetupRow(fingerprint(token), body.staff_no))
        tx.record(a.StaffAdded(body.staff_no, str(body.role)))
        return {"staff_no": body.staff_no, "role": body.role, "setup": f"/setup#{token}"}

    request = f"add {body.model_dump_json(exclude={'request_id'})}"
    return json_text(*asked.ctx.submit(Deed(asked.actor, run, body.request_id, request, 201)))


@operation(api, "GET", "/staff", frozenset({Role.ADMIN, Role.AUDITOR}), "All accounts")
def all_staff(asked: Asked) -> Response:
    """See docs/protocol.md."""
    rows = sorted(asked.ctx.service.identities.staff.values(), key=lambda r: r.staff_no)
    return jsonify(staff=[_staff_json(r) for r in rows])


@operation(api, "POST", "/staff/<staff_no>/disable", ADMIN, "Close an account", body=CommandBody)
def disable(asked: Asked, staff_no: str) -> Response:
    """See docs/protocol.md."""

    def run(tx: Transaction) -> Json:
        row = tx.identities.staff.get(staff_no)
        if row is None:
            raise x.UnknownStaff(staff_no=staff_no)
        closed = replace(row, active=False, password=None)
        tx.keep(closed)
        for running in tx.identities.sessions_of(staff_no):
            tx.keep(replace(running, ended=True))
        for link in tx.identities.setups.values():
            if link.staff_no == staff_no and not link.used:
                tx.keep(replace(link, used=True))
        tx.record(a.StaffDisabled(staff_no))
        return _staff_json(closed)

    deed = Deed(asked.actor, run, asked.body.request_id, f"disable {staff_no}")
    return json_text(*asked.ctx.submit(deed))


def _staff_json(row: StaffRow) -> Json:
    return {"staff_no": row.staff_no, "role": row.role, "active": row.active}
