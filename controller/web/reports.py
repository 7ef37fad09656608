"""What a kiosk settles that was cut off for a while: the numbers it gave out of its lease (FR-23),
and the wishes for a number whose answer never reached it.

A number that is on paper is taken in whatever the rules say: its holder stands in the hall. It
waits from when it was given out, and limits of the person are reported, not enforced. Refused are
only numbers that this kiosk had no right to give: another day's, another kiosk's, or one that
somebody else has already. A slip that the guide desk has taken in by hand and that the kiosk
reports later is one ticket: number and short code are the same.

A wish whose answer was lost may have been done or not, and may even come later, out of some cable
that was frozen. Its kiosk withdraws it: a number that was given for it is void, and one that was
not will never be. Nobody stands in line twice, and no number that nobody holds is called.
"""

import json
from dataclasses import replace

from flask import Blueprint, Response
from pydantic import Field

from controller.deed import Json, Transaction
from controller.hall import commands as c
from controller.hall import refusals as r
from controller.hall.model import OPEN_STATES, GrantReason, PrintState, Ticket, TicketState
from controller.hall.numbering import parse_number
from controller.journal.base import PersonRow
from controller.web.access import REQUEST_ID, Asked, Body, CommandBody, operation
from controller.web.deeds import KIOSK, deed, ticket_answer
from controller.web.persons import PersonBody

api = Blueprint("reports", __name__, url_prefix="/api/v1")

NOBODY_THERE = frozenset({TicketState.WAITING, TicketState.OFFERED, TicketState.CALLED})
TICKET_ID = r"^\d{4}-\d\d-\d\d-[A-Z]{1,4}\d{1,4}$"
SHORT_CODE = r"^[0-9A-Z]{6}$"


class GivenBody(Body):
    """A number that is out: on which day, with which code on its slip, when, and on paper or not.
    Numbers that never reached anybody are not reported."""

    ticket: str = Field(pattern=TICKET_ID)
    code: str = Field(pattern=SHORT_CODE)
    at: int = Field(ge=0, lt=2**45)
    printed: bool


def take_over(
    asked: Asked,
    tx: Transaction,
    given: GivenBody,
    items: tuple[str, ...],
    bundle: str | None,
    group: str | None,
    person: PersonBody | None,
) -> Json:
    """Let a number that a lone kiosk gave out stand in line; what is answered. Raises
    `AnotherDay` and `NotLeased`."""
    day, _, number = given.ticket.rpartition("-")
    if day != tx.hall.day:
        raise r.AnotherDay(number=number)
    known = tx.hall.tickets.get(given.ticket)
    if known is not None:
        return _taken_in_before(asked, tx, known, given, group, person)
    command = c.Issue(
        items,
        asked.actor.id,
        bundle=bundle,
        group=group,
        earlier=tx.tickets_of(person.key) if person else None,
        given=_out_of_lease(tx, number),
        given_at=given.at * 1000,
    )
    ticket = tx.do(command)[0].ticket
    assert ticket is not None
    outcome = PrintState.PRINTED if given.printed else PrintState.UNPROVEN
    tx.do(c.ConfirmPrint(ticket.id, outcome))
    # nobody's code is taken away by a slip that happens to have the same one
    code = given.code if tx.ticket_of_code(given.code) is None else ""
    key, masked = (person.key, person.masked) if person else (None, None)
    tx.keep(PersonRow(ticket.id, tx.hall.day, key, masked, code, group))
    return ticket_answer(asked, tx, tx.hall.tickets[ticket.id])


def _out_of_lease(tx: Transaction, number: str) -> tuple[str, int]:
    given = parse_number(number, tx.hall.plan.rules.digits)
    if given is None:
        raise r.NotLeased(number=number)
    return given


def _taken_in_before(
    asked: Asked,
    tx: Transaction,
    known: Ticket,
    given: GivenBody,
    group: str | None,
    person: PersonBody | None,
) -> Json:
    """The guide desk was first: what only the kiosk knows of the person is added, also the right
    to go first that the card has proven."""
    row, others = tx.person(known.id), tx.identities.devices.keys() - {asked.actor.id}
    if row.short_code != given.code or known.issuer in others:
        raise r.NotLeased(number=known.number)
    if row.key is not None:
        return ticket_answer(asked, tx, known)
    if group is not None and row.legal_class is None and known.state in OPEN_STATES:
        tx.do(c.Grant(known.id, group, GrantReason.AGE))
        row = replace(row, legal_class=group)
    if person is not None:
        tx.keep(replace(row, key=person.key, masked=person.masked))
    return ticket_answer(asked, tx, tx.hall.tickets[known.id])


class WithdrawBody(CommandBody):
    """The request id of a wish for a number that nobody waits for any more."""

    wish: str = Field(pattern=REQUEST_ID)


@operation(
    api,
    "POST",
    "/tickets/withdraw",
    KIOSK,
    "Nobody waits for the answer to a wish any more",
    body=WithdrawBody,
)
def withdraw(asked: Asked) -> Response:
    """See docs/protocol.md."""
    wish, by = asked.body.wish, asked.actor.id

    def run(tx: Transaction) -> Json:
        stored = tx.answered(wish)
        if stored is None:
            tx.withdraw(wish)
            return {"seq": tx.seq, "ticket": None}
        told = json.loads(stored.answer.body).get("ticket")
        ticket = tx.hall.tickets.get(told["id"]) if isinstance(told, dict) else None
        if ticket is None:
            return {"seq": tx.seq, "ticket": None}
        if ticket.print is PrintState.PENDING and ticket.state in NOBODY_THERE:
            tx.do(c.ConfirmPrint(ticket.id, PrintState.VOID, by))
        return ticket_answer(asked, tx, tx.hall.tickets[ticket.id])

    return deed(asked, run)
