"""How handlers ask for a change: a deed whose request is known again, and what it answers."""

from collections.abc import Callable
from typing import Any

from flask import Response

from controller.deed import Deed, Json, Transaction
from controller.hall import commands as c
from controller.hall.evolve import Applied
from controller.hall.model import Ticket
from controller.identity import Role
from controller.views.wire import staff_window_json, ticket_json
from controller.web.access import Asked, CommandBody, json_text
from controller.web.errors import UnknownBundle

Then = Callable[[Transaction, list[Applied]], None]
"""What a deed keeps beside its events."""

KIOSK = frozenset({Role.KIOSK})
COUNTERS = frozenset({Role.KIOSK, Role.GUIDE, Role.SUPERVISOR})
GUIDES = frozenset({Role.GUIDE, Role.SUPERVISOR})
DESK = frozenset({Role.CLERK, Role.SUPERVISOR})
CLERK = frozenset({Role.CLERK})
SUPERVISOR = frozenset({Role.SUPERVISOR})


def deed(
    asked: Asked, run: Callable[[Transaction], Json], status: int = 200, **path: object
) -> Response:
    """Submit a deed whose request is the body and the path's values."""
    body: CommandBody = asked.body
    request = f"{type(body).__name__} {path} {body.model_dump_json(exclude={'request_id'})}"
    return json_text(*asked.ctx.submit(Deed(asked.actor, run, body.request_id, request, status)))


def ticket_answer(asked: Asked, tx: Transaction, ticket: Ticket) -> Json:
    """``{"seq", "ticket"}``."""
    ctx = asked.ctx
    return {"seq": tx.seq, "ticket": ticket_json(ctx.service.board, ctx.catalogue, ticket)}


def on_ticket(
    asked: Asked,
    command: c.Command,
    ticket: str,
    no: int | None = None,
    then: Then = lambda tx, applied: None,
) -> Response:
    """Submit a command whose answer is the ticket as it is then; `then` keeps what follows."""

    def run(tx: Transaction) -> Json:
        then(tx, tx.do(command))
        return ticket_answer(asked, tx, tx.hall.tickets[ticket])

    return deed(asked, run, no=no, ticket=ticket, command=type(command).__name__)


def on_window(
    asked: Asked, command: c.Command, no: int, then: Then = lambda tx, applied: None
) -> Response:
    """Submit a command whose answer is the window as it is then; `then` keeps what follows."""

    def run(tx: Transaction) -> Json:
        then(tx, tx.do(command))
        window = staff_window_json(
            asked.ctx.service.board, asked.ctx.catalogue, tx.hall.windows[no]
        )
        return {"seq": tx.seq, "window": window}

    return deed(asked, run, no=no, command=type(command).__name__)


def items_of(asked: Asked, items: tuple[str, ...], bundle: str | None) -> tuple[str, ...]:
    """The service items of a request, or those of its bundle. Raises `UnknownBundle`."""
    if bundle is None:
        return items
    bundles = asked.ctx.catalogue.bundles
    if bundle not in bundles:
        raise UnknownBundle(bundle=bundle)
    return tuple(bundles[bundle].items)


def at(asked: Asked) -> dict[str, Any]:
    """The acting clerk, and whether with a supervisor's authority."""
    actor = asked.actor
    return {"clerk": actor.id, "authority": actor.role is Role.SUPERVISOR}
