"""The commands of the hall over HTTP: numbers and windows."""

from typing import Any, Literal

from flask import Blueprint, Response
from pydantic import Field, model_validator

from controller.dispatch.reason import sentence
from controller.hall import commands as c
from controller.hall.evolve import Applied
from controller.hall.model import DispatchClass, PauseReason, PrintState, Result, Ticket
from controller.identity import Role, new_code
from controller.journal.base import PersonRow
from controller.service import Deed, Json, Transaction
from controller.views.kiosk import slip_json
from controller.views.wire import staff_window_json, ticket_json
from controller.web.access import Asked, Body, CommandBody, json_text, operation
from controller.web.errors import UnknownBundle

api = Blueprint("commands", __name__, url_prefix="/api/v1")

COUNTERS = frozenset({Role.KIOSK, Role.GUIDE, Role.SUPERVISOR})
DESK = frozenset({Role.CLERK, Role.SUPERVISOR})
CLERK = frozenset({Role.CLERK})


MASKED = r"^[^\s\d*]{0,2}\*[*·]*[^\s\d*]?$"
"""What `visitor.mask_name` makes: at most a surname, stars, and the last character."""


class PersonBody(Body):
    """Who takes the number: a keyed hash and a masked name, never more."""

    key: str = Field(pattern=r"^[0-9a-f]{64}$")
    masked: str = Field(max_length=40, pattern=MASKED)


class IssueBody(CommandBody):
    """Items or a bundle, and for whom."""

    items: tuple[str, ...] = Field(default=(), max_length=20)
    bundle: str | None = Field(default=None, max_length=40)
    cls: DispatchClass = Field(default=DispatchClass.ORDINARY, alias="class")
    person: PersonBody | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "IssueBody":
        if bool(self.items) == (self.bundle is not None):
            raise ValueError("give either items or bundle")
        return self


class PrintBody(CommandBody):
    """What became of the paper."""

    outcome: Literal[PrintState.PRINTED, PrintState.UNPROVEN, PrintState.VOID]


class PauseBody(CommandBody):
    """Why, and for how long."""

    reason: PauseReason
    minutes: int = Field(ge=1, le=240)


class TicketBody(CommandBody):
    """The ticket in hand."""

    ticket: str = Field(min_length=1, max_length=40)


class FinishBody(TicketBody):
    """Which item ended, and how."""

    item: int = Field(ge=0, le=99)
    result: Result = Result.DONE


def _deed(asked: Asked, run: Any, status: int = 200, **path: object) -> Response:
    """Submit a deed whose request is the body and the path's values."""
    body: CommandBody = asked.body
    request = f"{type(body).__name__} {path} {body.model_dump_json(exclude={'request_id'})}"
    return json_text(*asked.ctx.submit(Deed(asked.actor, run, body.request_id, request, status)))


def _ticket(asked: Asked, tx: Transaction, ticket: Ticket) -> Json:
    ctx = asked.ctx
    return {"seq": tx.seq, "ticket": ticket_json(ctx.service.board, ctx.catalogue, ticket)}


def _on_ticket(asked: Asked, command: c.Command, ticket: str, no: int | None = None) -> Response:
    """Submit a command whose answer is the ticket as it is then."""

    def run(tx: Transaction) -> Json:
        tx.do(command)
        return _ticket(asked, tx, tx.hall.tickets[ticket])

    return _deed(asked, run, no=no, ticket=ticket, command=type(command).__name__)


def _on_window(asked: Asked, command: c.Command, no: int) -> Response:
    """Submit a command whose answer is the window as it is then."""

    def run(tx: Transaction) -> Json:
        tx.do(command)
        window = staff_window_json(
            asked.ctx.service.board, asked.ctx.catalogue, tx.hall.windows[no]
        )
        return {"seq": tx.seq, "window": window}

    return _deed(asked, run, no=no, command=type(command).__name__)


def _at(asked: Asked) -> dict[str, Any]:
    """The acting clerk, and whether with a supervisor's authority."""
    actor = asked.actor
    return {"clerk": actor.id, "authority": actor.role is Role.SUPERVISOR}


def _issuer(asked: Asked) -> str | None:
    """A kiosk may only speak of the tickets it gave out itself."""
    return asked.actor.id if asked.actor.role is Role.KIOSK else None


@operation(api, "POST", "/tickets", COUNTERS, "Give out a number 取号", body=IssueBody, status=201)
def issue(asked: Asked) -> Response:
    """See docs/protocol.md."""
    body: IssueBody = asked.body
    catalogue = asked.ctx.catalogue
    items = body.items
    if body.bundle is not None:
        if body.bundle not in catalogue.bundles:
            raise UnknownBundle(bundle=body.bundle)
        items = tuple(catalogue.bundles[body.bundle].items)
    codes = asked.ctx.service.short_codes
    command = c.Issue(items, asked.actor.id, body.cls, body.bundle)

    def run(tx: Transaction) -> Json:
        issued: Applied = tx.do(command)[0]
        ticket = issued.ticket
        assert ticket is not None
        code = new_code()
        while code in codes:
            code = new_code()
        person = body.person
        tx.keep(
            PersonRow(
                ticket.id,
                tx.hall.day,
                person.key if person else None,
                person.masked if person else None,
                code,
            )
        )
        told = asked.ctx.forecasts.newcomer(items, body.cls, tx.now.at)
        slip = slip_json(tx.hall, catalogue, ticket, code, told.told if told else None)
        return {**_ticket(asked, tx, ticket), "slip": slip}

    return _deed(asked, run, status=201)


@operation(
    api,
    "POST",
    "/tickets/<ticket>/print",
    frozenset({Role.KIOSK, Role.GUIDE}),
    "Say what became of the paper",
    body=PrintBody,
)
def confirm_print(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md."""
    command = c.ConfirmPrint(ticket, asked.body.outcome, _issuer(asked))
    return _on_ticket(asked, command, ticket)


@operation(
    api, "POST", "/tickets/<ticket>/cancel", COUNTERS, "Take a number back 取消", body=CommandBody
)
def cancel(asked: Asked, ticket: str) -> Response:
    """See docs/protocol.md."""
    return _on_ticket(asked, c.Cancel(ticket, _issuer(asked)), ticket)


@operation(
    api, "POST", "/windows/<int:no>/open", CLERK, "Sign on and open a window 开窗", body=CommandBody
)
def open_window(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _on_window(asked, c.OpenWindow(no, asked.actor.id), no)


@operation(
    api, "POST", "/windows/<int:no>/pause", DESK, "Stop calling for a while 暂停", body=PauseBody
)
def pause(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    body: PauseBody = asked.body
    command = c.PauseWindow(no, **_at(asked), reason=body.reason, minutes=body.minutes)
    return _on_window(asked, command, no)


@operation(api, "POST", "/windows/<int:no>/resume", DESK, "End a pause 恢复", body=CommandBody)
def resume(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _on_window(asked, c.ResumeWindow(no, **_at(asked)), no)


@operation(
    api,
    "POST",
    "/windows/<int:no>/close",
    DESK,
    "Close a window and sign off 关窗",
    body=CommandBody,
)
def close_window(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    return _on_window(asked, c.CloseWindow(no, **_at(asked)), no)


@operation(
    api, "POST", "/windows/<int:no>/call", CLERK, "Call the next number 叫号", body=CommandBody
)
def call_next(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    command = c.CallNext(no, **_at(asked))

    def run(tx: Transaction) -> Json:
        called = tx.do(command)
        ticket = called[0].ticket if called else None
        if ticket is None:
            return {"seq": tx.seq, "ticket": None, "reason": NOBODY}
        return {**_ticket(asked, tx, ticket), "reason": sentence(ticket.reason)}

    return _deed(asked, run, no=no, command="CallNext")


NOBODY = {"zh": "现在没有本窗口能办的号", "en": "Nobody waits for this window now"}


@operation(api, "POST", "/windows/<int:no>/recall", CLERK, "Call again 重呼", body=TicketBody)
def recall(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    ticket = asked.body.ticket
    return _on_ticket(asked, c.Recall(no, **_at(asked), ticket=ticket), ticket, no=no)


@operation(
    api, "POST", "/windows/<int:no>/arrive", CLERK, "The person is here 到达", body=TicketBody
)
def arrive(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    ticket = asked.body.ticket
    return _on_ticket(asked, c.Arrive(no, **_at(asked), ticket=ticket), ticket, no=no)


@operation(
    api, "POST", "/windows/<int:no>/finish", CLERK, "End the item in hand 办结", body=FinishBody
)
def finish(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    b: FinishBody = asked.body
    command = c.Finish(no, **_at(asked), ticket=b.ticket, item=b.item, result=b.result)
    return _on_ticket(asked, command, b.ticket, no=no)


@operation(
    api, "POST", "/windows/<int:no>/pass", CLERK, "The person did not come 过号", body=TicketBody
)
def pass_ticket(asked: Asked, no: int) -> Response:
    """See docs/protocol.md."""
    ticket = asked.body.ticket
    return _on_ticket(asked, c.Pass(no, **_at(asked), ticket=ticket), ticket, no=no)
