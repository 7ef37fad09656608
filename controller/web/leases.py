"""Numbers for a kiosk that may be alone for a while (FR-23): set aside before, and taken in by a
guide from the slip if the kiosk itself can no longer tell."""

import re

from flask import Blueprint, Response
from pydantic import Field, field_validator, model_validator

from controller.deed import Deed, Json, Transaction
from controller.hall import commands as c
from controller.hall import refusals as r
from controller.hall.day_events import NumbersLeased
from controller.hall.model import ANYBODY, PrintState
from controller.hall.numbering import parse_number
from controller.identity import Role
from controller.journal.base import PersonRow
from controller.persons import written_code
from controller.web.access import Asked, CommandBody, json_text, operation
from controller.web.deeds import KIOSK, deed, items_of, ticket_answer
from controller.web.errors import UnknownSeries

api = Blueprint("leases", __name__, url_prefix="/api/v1")

SHORT_CODE = re.compile(r"[0-9A-Z]{6}")


class LeaseBody(CommandBody):
    """The letter of the numbers."""

    series: str = Field(min_length=1, max_length=4)


class TakeInBody(CommandBody):
    """What stands on a slip that a kiosk printed while it was alone."""

    number: str = Field(max_length=8)
    code: str = Field(max_length=12)
    given_at: int = Field(ge=0, lt=2**45)
    items: tuple[str, ...] = Field(default=(), max_length=20)
    bundle: str | None = Field(default=None, max_length=40)

    @field_validator("code")
    @classmethod
    def _as_printed(cls, code: str) -> str:
        written = written_code(code)
        if not SHORT_CODE.fullmatch(written):
            raise ValueError("the six characters on the slip")
        return written

    @model_validator(mode="after")
    def _one_of_both(self) -> "TakeInBody":
        if bool(self.items) == (self.bundle is not None):
            raise ValueError("give either items or bundle")
        return self


@operation(api, "POST", "/leases", KIOSK, "Set numbers aside 备用号", body=LeaseBody)
def lease(asked: Asked) -> Response:
    """See docs/protocol.md."""
    series = asked.body.series
    if series not in {skill.prefix for skill in asked.ctx.config.skills}:
        raise UnknownSeries(series=series)
    count = asked.ctx.config.policy.lease_numbers

    def run(tx: Transaction) -> Json:
        leased = tx.do(c.Lease(asked.actor.id, series, count))[0].event
        assert isinstance(leased, NumbersLeased)
        return {
            "seq": tx.seq,
            "day": tx.hall.day,
            "series": leased.series,
            "first": leased.first,
            "last": leased.last,
        }

    return deed(asked, run)


@operation(api, "GET", "/leases", KIOSK, "The numbers that are set aside for me")
def my_leases(asked: Asked) -> Response:
    """See docs/protocol.md. The writer answers: leases are no business of screens."""

    def run(tx: Transaction) -> Json:
        whose = (asked.actor.id, ANYBODY)
        mine = sorted(n for n, device in tx.hall.leased.items() if device in whose)
        return {"seq": tx.seq, "day": tx.hall.day, "leases": _runs(mine)}

    return json_text(*asked.ctx.submit(Deed(None, run)))


def _runs(numbers: list[tuple[str, int]]) -> list[Json]:
    """Ascending numbers as blocks without a gap."""
    found: list[Json] = []
    for series, ordinal in numbers:
        last = found[-1] if found else None
        if last and (last["series"], last["last"] + 1) == (series, ordinal):
            last["last"] = ordinal
        else:
            found.append({"series": series, "first": ordinal, "last": ordinal})
    return found


@operation(
    api,
    "POST",
    "/tickets/take-in",
    frozenset({Role.GUIDE}),
    "Take in the slip of a kiosk that died while it was alone 登记备用号",
    body=TakeInBody,
    status=201,
)
def take_in(asked: Asked) -> Response:
    """See docs/protocol.md. The slip in the guide's hand proves that it was printed."""
    body: TakeInBody = asked.body
    items = items_of(asked, body.items, body.bundle)

    def run(tx: Transaction) -> Json:
        _check_code(tx, body.code)
        given = parse_number(body.number, tx.hall.plan.rules.digits)
        device = tx.hall.leased.get(given) if given else None
        if given is None or device is None:
            raise r.NotLeased(number=body.number)
        command = c.Issue(
            items,
            device or asked.actor.id,
            bundle=body.bundle,
            given=given,
            given_at=body.given_at * 1000,
        )
        ticket = tx.do(command)[0].ticket
        assert ticket is not None
        tx.do(c.ConfirmPrint(ticket.id, PrintState.PRINTED))
        tx.keep(PersonRow(ticket.id, tx.hall.day, None, None, body.code))
        return ticket_answer(asked, tx, tx.hall.tickets[ticket.id])

    return deed(asked, run, status=201)


def _check_code(tx: Transaction, code: str) -> None:
    known = tx.hall.tickets.get(tx.ticket_of_code(code) or "")
    if known is not None:
        raise r.CodeTaken(short_code=code, number=known.number, ticket=known.id)
