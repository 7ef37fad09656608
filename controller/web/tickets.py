"""Numbers over HTTP: given out, printed, found again, taken back, granted a priority, moved."""

from dataclasses import replace
from typing import Literal

from flask import Blueprint, Response
from pydantic import Field, model_validator

from controller.booking import booking_of_ticket, reopen
from controller.deed import Json, Transaction
from controller.hall import commands as c
from controller.hall import refusals as r
from controller.hall.errors import UnknownTicket
from controller.hall.model import GrantReason, PrintState
from controller.identity import Role
from controller.web.access import Asked, CommandBody, operation
from controller.web.deeds import COUNTERS, GUIDES, deed, items_of, on_ticket, ticket_answer
from controller.web.errors import Forbidden
from controller.web.persons import (
    Need,
    PersonBody,
    ProofBody,
    Waiver,
    check_own,
    keep_person,
    slip_for,
)
from controller.web.reports import GivenBody, take_over

api = Blueprint("tickets", __name__, url_prefix="/api/v1")

RETURNERS = COUNTERS | {Role.CLERK}


class IssueBody(CommandBody):
    """Items or a bundle, and for whom. `priority` is a group of the configuration; unless the card
    proves it, staff say with `grant` what they saw. `given`: the kiosk gave the number out itself
    while it was cut off, and tells it now."""

    items: tuple[str, ...] = Field(default=(), max_length=20)
    bundle: str | None = Field(default=None, max_length=40)
    priority: str | None = Field(default=None, max_length=40)
    grant: GrantReason | None = None
    needs: tuple[Need, ...] = Field(default=(), max_length=4)
    waive: Waiver | None = None
    person: PersonBody | None = None
    given: GivenBody | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "IssueBody":
        if bool(self.items) == (self.bundle is not None):
            raise ValueError("give either items or bundle")
        return self


class PrintBody(CommandBody):
    """What became of the paper."""

    outcome: Literal[PrintState.PRINTED, PrintState.UNPROVEN, PrintState.VOID]


class GrantBody(CommandBody):
    """The group from now on (none: ordinary), and what staff saw."""

    priority: str | None = Field(default=None, max_length=40)
    reason: GrantReason | None = None


class NeedsBody(CommandBody):
    """All the help the person needs from now on; a low counter also binds the ticket."""

    needs: tuple[Need, ...] = Field(max_length=4)


class MoveBody(CommandBody):
    """Another matter instead of one of its items, or the one window that is meant; null: any that
    can again."""

    item: int = Field(default=0, ge=0, le=99)
    to_item: str | None = Field(default=None, max_length=40)
    to_window: int | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "MoveBody":
        if ("to_window" in self.model_fields_set) == (self.to_item is not None):
            raise ValueError("give either to_window or to_item")
        return self


@operation(api, "POST", "/tickets", COUNTERS, "Give out a number 取号", body=IssueBody, status=201)
def issue(asked: Asked) -> Response:
    """See docs/protocol.md."""
    body: IssueBody = asked.body
    items, staff = items_of(asked, body.items, body.bundle), asked.actor.role is not Role.KIOSK
    if not staff and (body.grant or body.waive):
        raise r.StaffOnly()
    if staff and body.priority and body.person is None and body.grant is None:
        raise r.EvidenceNeeded(group=body.priority)  # no card has proven an age here
    if staff and body.given:
        raise Forbidden(role=str(asked.actor.role))

    def run(tx: Transaction) -> Json:
        if body.given is not None:
            return take_over(asked, tx, body.given, items, body.bundle, body.priority, body.person)
        command = c.Issue(
            items,
            asked.actor.id,
            bundle=body.bundle,
            group=body.priority,
            grant=body.grant,
            earlier=tx.tickets_of(body.person.key) if body.person else None,
            waived=body.waive,
            low_counter=Need.LOW_COUNTER in body.needs,
        )
        ticket = tx.do(command)[0].ticket
        assert ticket is not None
        code = keep_person(asked, tx, ticket, body.person, body.priority, body.needs)
        return {**ticket_answer(asked, tx, ticket), "slip": slip_for(asked, tx, ticket, code)}

    return deed(asked, run, status=201)


@operation(
    api,
    "POST",
    "/tickets/<ticket>/print",
    frozenset({Role.KIOSK, Role.GUIDE}),
    "Say what became of the paper",
    body=PrintBody,
)
def confirm_print(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md. An appointment whose number is void is open again."""
    by = asked.actor.id if asked.actor.role is Role.KIOSK else None
    command = c.ConfirmPrint(ticket, asked.body.outcome, by)
    void = asked.body.outcome is PrintState.VOID
    service = asked.ctx.service
    booking = service.ask(lambda journal: booking_of_ticket(journal, ticket)) if void else None

    def run(tx: Transaction) -> Json:
        tx.do(command)
        if booking is not None:
            reopen(tx, booking)
        return ticket_answer(asked, tx, tx.hall.tickets[ticket])

    return deed(asked, run, no=None, ticket=ticket, command=type(command).__name__)


def _by_owner(asked: Asked, command: c.Command, ticket: str) -> Response:
    """Submit what only a ticket's owner may ask for at a kiosk, and staff for anybody."""

    def run(tx: Transaction) -> Json:
        if asked.actor.role is Role.KIOSK:
            check_own(tx, asked.ctx.service, ticket, asked.body, asked.actor.id)
        tx.do(command)
        return ticket_answer(asked, tx, tx.hall.tickets[ticket])

    return deed(asked, run, ticket=ticket, command=type(command).__name__)


@operation(
    api, "POST", "/tickets/<ticket>/cancel", COUNTERS, "Take a number back 取消", body=ProofBody
)
def cancel(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md."""
    return _by_owner(asked, c.Cancel(ticket), ticket)


@operation(
    api,
    "POST",
    "/tickets/<ticket>/return",
    RETURNERS,
    "The person of a passed number is back 过号返回",
    body=ProofBody,
)
def come_back(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md."""
    return _by_owner(asked, c.Return(ticket), ticket)


@operation(
    api, "POST", "/tickets/<ticket>/reprint", COUNTERS, "The same number again 补打", body=ProofBody
)
def reprint(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md."""
    service = asked.ctx.service

    def run(tx: Transaction) -> Json:
        if asked.actor.role is Role.KIOSK:
            check_own(tx, service, ticket, asked.body, asked.actor.id)
        tx.do(c.Reprint(ticket))
        found = tx.hall.tickets[ticket]
        code = tx.person(ticket).short_code
        return {**ticket_answer(asked, tx, found), "slip": slip_for(asked, tx, found, code)}

    return deed(asked, run, ticket=ticket)


@operation(api, "POST", "/tickets/<ticket>/grant", GUIDES, "Grant a priority 优先", body=GrantBody)
def grant(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md. The ground itself is kept with the person's data."""
    body: GrantBody = asked.body

    def run(tx: Transaction) -> Json:
        tx.do(c.Grant(ticket, body.priority, body.reason))
        tx.keep(replace(tx.person(ticket), legal_class=body.priority))
        return ticket_answer(asked, tx, tx.hall.tickets[ticket])

    return deed(asked, run, ticket=ticket)


@operation(
    api, "POST", "/tickets/<ticket>/needs", GUIDES, "Help the person needs 帮办", body=NeedsBody
)
def needs(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md."""
    body: NeedsBody = asked.body

    def run(tx: Transaction) -> Json:
        found = tx.hall.tickets.get(ticket)
        if found is None:
            raise UnknownTicket(ticket=ticket)
        low = Need.LOW_COUNTER in body.needs
        if low != (found.only is not None):
            tx.do(c.LowCounter(ticket, asked.actor.id, low))
        tx.keep(replace(tx.person(ticket), needs=" ".join(sorted(body.needs))))
        return ticket_answer(asked, tx, tx.hall.tickets[ticket])

    return deed(asked, run, ticket=ticket)


@operation(
    api, "POST", "/tickets/<ticket>/move", GUIDES, "To another matter or window", body=MoveBody
)
def move(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md."""
    body: MoveBody = asked.body
    command = c.Move(ticket, asked.actor.id, body.item, body.to_item, body.to_window)
    return on_ticket(asked, command, ticket)
