"""The person behind a ticket, as far as the controller knows one: a keyed hash, a masked name, the
help needed, a word between clerks. Lives beside the journal and is purged after closing."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Literal, get_args

from pydantic import Field

from controller.deed import Json, Transaction
from controller.hall import refusals as r
from controller.hall.errors import UnknownTicket
from controller.hall.model import Ticket
from controller.hall.visitor import hide_long_numbers
from controller.identity import new_code
from controller.journal.base import PersonRow
from controller.service import Service
from controller.views.kiosk import slip_json
from controller.web.access import Asked, Body, CommandBody

MASKED = r"^[^\s\d*]{0,2}\*[*·]*[^\s\d*]?$"
"""What `visitor.mask_name` makes: at most a surname, stars, and the last character."""
KEY = r"^[0-9a-f]{64}$"


class Need(StrEnum):
    """Help that staff give (FR-29, FR-30): 低位窗口, 帮办, 口译, 手语."""

    LOW_COUNTER = "low_counter"
    HELP = "help"
    INTERPRETER = "interpreter"
    SIGN = "sign"


Waiver = Literal["several-matters", "for-another", "lost", "supervisor"]
"""Why staff let somebody have more than the rules allow: 另有事项, 代他人, 号票遗失, 值班长同意."""
WAIVERS: tuple[str, ...] = get_args(Waiver)


class PersonBody(Body):
    """Who takes the number: a keyed hash and a masked name, never more."""

    key: str = Field(pattern=KEY)
    masked: str = Field(max_length=40, pattern=MASKED)


class ProofBody(CommandBody):
    """That a ticket is one's own: the card's keyed hash, or the code on the slip."""

    key: str | None = Field(default=None, pattern=KEY)
    code: str | None = Field(default=None, max_length=12)


def check_own(tx: Transaction, service: Service, ticket: str, proof: ProofBody, by: str) -> None:
    """Refuse a kiosk that speaks of a ticket which it did not give out, without a proof that its
    owner stands there (FR-21)."""
    found = tx.hall.tickets.get(ticket)
    if found is None:
        raise UnknownTicket(ticket=ticket)
    by_card = proof.key is not None and ticket in tx.tickets_of(proof.key)
    by_code = proof.code is not None and service.persons.ticket_of_code(proof.code) == ticket
    if not (by_card or by_code or found.issuer == by):
        raise r.NotYours(number=found.number)


def write_note(tx: Transaction, ticket: str, note: str) -> None:
    """Keep a word for the next clerk; long numbers are hidden."""
    if note:
        tx.keep(replace(tx.person(ticket), note=hide_long_numbers(note)))


def keep_person(
    asked: Asked,
    tx: Transaction,
    ticket: Ticket,
    person: PersonBody | None,
    priority: str | None,
    needs: Iterable[Need],
) -> str:
    """Keep what links a new ticket to its person; the code for the slip."""
    service, code = asked.ctx.service, new_code()
    while code in service.persons.codes or service.bookings.by_code(code) is not None:
        code = new_code()
    key, masked = (person.key, person.masked) if person else (None, None)
    words = " ".join(sorted(needs))
    tx.keep(PersonRow(ticket.id, tx.hall.day, key, masked, code, priority, words))
    return code


def slip_for(asked: Asked, tx: Transaction, ticket: Ticket, code: str) -> Json:
    """SLIP of docs/protocol.md, with the newest forecast."""
    ctx = asked.ctx
    codes = [i.service for i in ticket.items]
    told = ctx.forecasts.newcomer(codes, ticket.cls, tx.now.at)
    return slip_json(tx.hall, ctx.catalogue, ticket, code, told.told if told else None)
