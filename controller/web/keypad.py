"""The key-pad of a window (FR-42): its keys are the console's, and mean what they mean there."""

from collections.abc import Callable
from enum import StrEnum

from flask import Blueprint, Response

from controller.catalogue import usual_result
from controller.deed import Json, Transaction
from controller.hall import commands as c
from controller.hall import errors as hall_errors
from controller.hall.conditions import known_window
from controller.hall.evolve import Applied
from controller.hall.model import PauseReason, Result, Ticket, TicketState, Window, WindowState
from controller.identity import Role
from controller.rating import follow
from controller.web import errors as x
from controller.web.access import Asked, CommandBody, operation
from controller.web.deeds import deed

api = Blueprint("keypad", __name__, url_prefix="/api/v1")

KEYPAD = frozenset({Role.KEYPAD})
PAUSE_MIN = 10


class Key(StrEnum):
    """The keys of a pad; those of the results finish with that result."""

    CALL = "call"
    RECALL = "recall"
    ARRIVE = "arrive"
    FINISH = "finish"
    HOLD = "hold"
    PASS = "pass"
    PAUSE = "pause"
    HELP = "help"
    UNDO = "undo"
    DONE = "done"
    ACCEPTED = "accepted"
    SUPPLEMENT = "supplement"
    REFUSED = "refused"
    REFERRED = "referred"


RESULTS = {Key(result.value): result for result in Result}


class KeyBody(CommandBody):
    """The key that was pressed: one request id for one press."""

    key: Key


@operation(
    api, "POST", "/windows/<int:no>/key", KEYPAD, "A key of the window's pad 按键", body=KeyBody
)
def press(asked: Asked, no: int) -> Response:
    """See docs/protocol.md. What a key means is decided where the window is known as it is."""
    key: Key = asked.body.key
    if asked.ctx.service.identities.devices[asked.actor.id].room != f"window:{no}":
        raise x.NotTheWindowsKeypad(window=no)

    def run(tx: Transaction) -> Json:
        window = known_window(tx.hall, no)
        if window.clerk is None:
            raise hall_errors.WindowClosedError(window=no)
        applied = tx.do(_command(asked, tx, window, window.clerk, key))
        if key is Key.UNDO or key is Key.FINISH or key in RESULTS:
            follow(tx, applied)
        return {"seq": tx.seq, **_pad(tx, no, applied, key)}

    return deed(asked, run, no=no)


def _pad(tx: Transaction, no: int, applied: list[Applied], key: Key) -> Json:
    """How the window is now, and whether a call found somebody."""
    window = tx.hall.windows[no]
    ticket = tx.hall.tickets.get(window.ticket or "")
    return {
        "number": ticket.number if ticket else None,
        "found": bool(applied) or key is not Key.CALL,
        "state": "serving" if ticket and ticket.state is TicketState.SERVING else str(window.state),
    }


def _command(asked: Asked, tx: Transaction, window: Window, clerk: str, key: Key) -> c.Command:
    """What the console's key would do now."""
    no, free = window.no, _FREE.get(key)
    if free is not None:
        return free(window, clerk)
    if key is Key.HOLD and window.ticket is None and window.held:
        return c.CallBack(no, clerk, ticket=window.held[0])
    if key is Key.PASS and window.ticket is None and window.offer is not None:
        return c.Decline(no, clerk)
    ticket = tx.hall.tickets.get(window.ticket or "")
    if ticket is None:
        raise x.NobodyInHand(window=no)
    if key is Key.ARRIVE and ticket.state is TicketState.SERVING:
        return c.Start(no, clerk, ticket=ticket.id)
    simple = _OF_TICKET.get(key)
    if simple is not None:
        return simple(no, clerk, ticket=ticket.id)
    item = ticket.active if ticket.active is not None else 0
    result = RESULTS.get(key) or _preset(asked, ticket, item)
    return c.Finish(no, clerk, ticket=ticket.id, item=item, result=result)


def _preset(asked: Asked, ticket: Ticket, item: int) -> Result:
    """What F4 records."""
    return usual_result(asked.ctx.catalogue.items[ticket.items[item].service])


def _pause(window: Window, clerk: str) -> c.Command:
    if window.state is WindowState.PAUSED:
        return c.ResumeWindow(window.no, clerk)
    return c.PauseWindow(window.no, clerk, reason=PauseReason.REST, minutes=PAUSE_MIN)


_FREE: dict[Key, Callable[[Window, str], c.Command]] = {
    Key.CALL: lambda window, clerk: c.CallNext(window.no, clerk),
    Key.PAUSE: _pause,
    Key.HELP: lambda window, clerk: c.AskHelp(window.no, clerk),
    Key.UNDO: lambda window, clerk: c.UndoLast(window.no, clerk),
}
"""Keys that need nobody in hand."""

_OF_TICKET: dict[Key, Callable[..., c.Command]] = {
    Key.RECALL: c.Recall,
    Key.ARRIVE: c.Arrive,
    Key.HOLD: c.Hold,
    Key.PASS: c.Pass,
}
"""Keys that speak of the ticket in hand alone."""
