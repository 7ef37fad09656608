"""一次性告知单: the one list of all that is missing, printed at the window where it was told
(FR-45)."""

from flask import Blueprint, Response, jsonify
from pydantic import Field, field_validator

from controller.deed import Deed, Json, Transaction
from controller.hall import commands as c
from controller.hall import errors as hall_errors
from controller.hall.conditions import own
from controller.hall.visitor import hide_long_numbers
from controller.web import errors as x
from controller.web.access import Asked, Body, json_text, operation
from controller.web.deeds import CLERK, at
from controller.web.paper_book import Outcome, Paper
from controller.web.ratings import SCREEN, own_window
from controller.web.windows import TicketBody

api = Blueprint("papers", __name__, url_prefix="/api/v1")

MOST_MISSING = 30
LONGEST = 80


class MissingBody(TicketBody):
    """What is missing for which item of the ticket in hand: everything, told once."""

    item: int = Field(ge=0, le=99)
    missing: tuple[str, ...] = Field(min_length=1, max_length=MOST_MISSING)

    @field_validator("missing")
    @classmethod
    def _sayable(cls, missing: tuple[str, ...]) -> tuple[str, ...]:
        said = tuple(dict.fromkeys(" ".join(text.split()) for text in missing))
        if not all(0 < len(text) <= LONGEST and text.isprintable() for text in said):
            raise ValueError(f"each has 1 to {LONGEST} printable characters")
        return tuple(map(hide_long_numbers, said))


class EndBody(Body):
    """How a notice ended at the printer."""

    outcome: Outcome
    word: str = Field(default="", max_length=40)


@operation(
    api,
    "POST",
    "/windows/<int:no>/missing",
    CLERK,
    "Tell what is missing, on paper 一次性告知单",
    body=MissingBody,
    status=201,
)
def tell_missing(asked: Asked, no: int) -> Response:
    """See docs/protocol.md. The request's id is the notice's: sent again, it is printed once."""
    ctx, body = asked.ctx, asked.body

    def run(tx: Transaction) -> Json:
        window = own(tx.hall, c.AtWindow(no, **at(asked)))
        ticket = tx.hall.tickets.get(body.ticket)
        if ticket is None or window.ticket != ticket.id:
            number = ticket.number if ticket else body.ticket
            raise hall_errors.NotYourTicket(number=number, window=no)
        if body.item >= len(ticket.items):
            raise x.Invalid(field="item", message=f"the ticket has {len(ticket.items)} items")
        item = ctx.catalogue.items[ticket.items[body.item].service].name
        told = Paper(body.request_id, no, ticket.number, item, body.missing, tx.now.at)
        return {"seq": tx.seq, "paper": told.json()}

    request = f"missing {no} {body.model_dump_json(exclude={'request_id'})}"
    text, status = ctx.submit(Deed(asked.actor, run, body.request_id, request, 201))
    if status == 201:
        ctx.papers.offer(_restored(text))
    return json_text(text, status)


@operation(
    api,
    "POST",
    "/windows/<int:no>/papers/<paper>",
    SCREEN,
    "How a window's printer got on 打印结果",
    body=EndBody,
)
def paper_ended(asked: Asked, no: int, paper: str) -> Response:
    """See docs/protocol.md."""
    ctx, body = asked.ctx, asked.body
    own_window(ctx, asked.actor, no)
    found = ctx.papers.settle(paper, no, body.outcome, body.word)
    if found is None:
        raise x.UnknownPaper(window=no)
    return jsonify(paper=found.json())


def _restored(text: str) -> Paper:
    """The notice of an answer, also of an earlier one."""
    told = AnswerBody.model_validate_json(text).paper
    return Paper(told.id, told.window, told.number, told.item, told.missing, told.told_at * 1000)


class PaperBody(Body):
    """PAPER of docs/protocol.md."""

    id: str
    window: int
    number: str
    item: str
    missing: tuple[str, ...]
    told_at: int
    outcome: Outcome
    word: str


class AnswerBody(Body):
    """What `tell_missing` answers."""

    seq: int
    paper: PaperBody
