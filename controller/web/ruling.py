"""The hall's rules while it works: policy values and who is on duty (值班长)."""

from flask import Blueprint, Response, jsonify
from pydantic import Field

from config.policy import RUNTIME, PolicyError, checked
from controller.deed import Json, Transaction
from controller.hall import commands as c
from controller.identity import Role
from controller.web import errors as x
from controller.web.access import Asked, CommandBody, operation
from controller.web.deeds import SUPERVISOR, deed

api = Blueprint("ruling", __name__, url_prefix="/api/v1")

RULERS = frozenset({Role.SUPERVISOR, Role.ADMIN})


class PolicyBody(CommandBody):
    """A policy value by its configured name."""

    name: str = Field(max_length=40)
    value: bool | int | float | str | None


class RosterBody(CommandBody):
    """The windows that are on duty from now until the roster turns by itself."""

    on: tuple[int, ...] = Field(max_length=999)


@operation(api, "GET", "/policy", RULERS | {Role.AUDITOR}, "The policy values in force")
def policy(asked: Asked) -> Response:
    """See docs/protocol.md."""
    service, configured = asked.ctx.service, asked.ctx.config.policy
    with service.lock:
        changes = dict(service.board.changes)
    values = [
        {
            "name": name,
            "value": changes.get(name, getattr(configured, name)),
            "configured": getattr(configured, name),
            "now": name in RUNTIME,
        }
        for name in type(configured).model_fields
    ]
    return jsonify(seq=service.board.seq, values=values)


@operation(api, "POST", "/policy", RULERS, "Change a policy value now", body=PolicyBody)
def change_policy(asked: Asked) -> Response:
    """See docs/protocol.md."""
    body: PolicyBody = asked.body
    try:
        value = checked(body.name, body.value)
    except PolicyError as error:
        raise x.PolicyRefused(said=error.english(), said_zh=error.chinese()) from None

    def run(tx: Transaction) -> Json:
        tx.do(c.ChangePolicy(body.name, value))
        return {"seq": tx.seq, "name": body.name, "value": value}

    return deed(asked, run)


@operation(
    api, "GET", "/roster", SUPERVISOR | {Role.AUDITOR}, "The duties that are configured 值班"
)
def roster(asked: Asked) -> Response:
    """See docs/protocol.md."""
    lunch = asked.ctx.config.hall.lunch_duty
    windows, hours = (sorted(lunch.windows), lunch.hours) if lunch else ([], [])
    return jsonify(lunch={"windows": windows, "hours": hours})


@operation(api, "POST", "/roster", SUPERVISOR, "Put windows on duty now 值班", body=RosterBody)
def turn_roster(asked: Asked) -> Response:
    """See docs/protocol.md."""
    on = asked.body.on

    def run(tx: Transaction) -> Json:
        tx.do(c.TurnRoster(on))
        return {"seq": tx.seq, "on": sorted(set(on))}

    return deed(asked, run)
