"""What single events change on a ticket, and whether they may: calls, offers, keys and moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from controller.cli.bench.crash.checker.chain import Row
from controller.cli.bench.crash.checker.life import SENT_BACK
from controller.cli.bench.crash.checker.nouns import Call, Ticket, Window
from controller.cli.bench.crash.checker.plan import Plan
from controller.cli.bench.crash.checker.records import TWICE_CALLED, UNEXPLAINED, Json


class Hall(Protocol):
    """What a change needs of the hall. The ticket's state is still the one before the event."""

    plan: Plan
    windows: dict[int, Window]
    calls: dict[str, Call]

    def wrong(self, kind: str, text: str) -> None:
        """Say what is wrong with the event."""

    def show(self, call: Call) -> None:
        """A call is the newest."""


Change = Callable[[Hall, Ticket, Row, Json], None]


# --- calls and offers ---------------------------------------------------------------------------


def _taken_by(hall: Hall, ticket: Ticket, body: Json) -> Window | None:
    """The window that calls the ticket or has it reserved, after a look whether it may."""
    window = hall.windows.get(body["window"])
    if window is None:
        hall.wrong(UNEXPLAINED, f"there is no window {body['window']}")
        return None
    if window.hand not in (None, ticket.id):
        hall.wrong(TWICE_CALLED, f"window {window.no} has {window.hand} in hand")
    if window.offer not in (None, ticket.id):
        hall.wrong(TWICE_CALLED, f"window {window.no} has {window.offer} reserved")
    elsewhere = ticket.origin not in (None, window.no)
    if elsewhere or (ticket.state != "held" and not ticket.may_go_to(window.no)):
        hall.wrong(UNEXPLAINED, f"{ticket.number} is meant for another window")
    if window.state != "open":
        hall.wrong(UNEXPLAINED, f"window {window.no} is {window.state}, with {window.clerk}")
    for index in body["items"]:
        skill = hall.plan.skills[ticket.codes[index]]
        if ticket.states[index] != "open" or skill not in window.skills:
            hall.wrong(UNEXPLAINED, f"window {window.no} cannot do item {index + 1}")
    ticket.planned = tuple(body["items"])
    return window


def _offered(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    window = _taken_by(hall, ticket, body)
    if window is None:
        return
    if window.no not in hall.plan.automatic or not window.ready or window.offer is not None:
        hall.wrong(UNEXPLAINED, f"window {window.no} wants no number reserved")
    window.offer, ticket.origin = ticket.id, window.no


def _declined(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    window = hall.windows.get(body["window"])
    if window is None or window.offer != ticket.id or ticket.origin != window.no:
        hall.wrong(UNEXPLAINED, f"{ticket.number} is not reserved for window {body['window']}")
        return
    ticket.planned = ()
    if body["why"] == "kept":
        window.ready = False


def _called(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    window = _taken_by(hall, ticket, body)
    if window is None:
        return
    if window.clerk != body["clerk"]:
        hall.wrong(UNEXPLAINED, f"window {window.no} is {window.state}, with {window.clerk}")
    if row.actor == "system" and (ticket.state != "offered" or row.at < (ticket.deadline or 0)):
        hall.wrong(UNEXPLAINED, "nobody asked for it")
    ticket.calls = 1
    ticket.called_at, ticket.arrived_at = row.at, None
    window.before, window.offer, window.ready = None, None, True
    hall.show(Call(row.seq, ticket.id, ticket.number, window.no))


def _recalled(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    ticket.calls += 1
    call = hall.calls.get(ticket.id)
    if call is not None:
        hall.show(call)


# --- with the number in hand --------------------------------------------------------------------


def _arrived(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    ticket.arrived_at = row.at
    ticket.target = None


def _item_started(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    index = body["item"]
    if ticket.states[index] != "open" or index not in ticket.planned:
        hall.wrong(UNEXPLAINED, f"item {index + 1} of {ticket.number} cannot begin")
    ticket.states[index] = "active"


def _item_finished(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    index = body["item"]
    if ticket.states[index] != "active":
        hall.wrong(UNEXPLAINED, f"item {index + 1} of {ticket.number} was not in hand")
    ticket.states[index], ticket.results[index] = "done", body["result"]


def _requeued(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    if "active" in ticket.states or "open" not in ticket.states:
        hall.wrong(UNEXPLAINED, f"{ticket.number} has nothing to wait for")


def _finished(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    if set(ticket.states) != {"done"}:
        hall.wrong(UNEXPLAINED, f"{ticket.number} is not done: {ticket.states}")


# --- between windows ----------------------------------------------------------------------------


def _held(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    ticket.origin = body["window"]


def _lapsed(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    ticket.origin = None


def _handed(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    ticket.origin, ticket.target = body["window"], body["to"]


def _accepted(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    if body["window"] != ticket.target:
        hall.wrong(UNEXPLAINED, f"{ticket.number} was handed to window {ticket.target}")


def _sent_back(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    if body["window"] not in (None, ticket.origin):
        hall.wrong(UNEXPLAINED, f"{ticket.number} came from window {ticket.origin}")
    ticket.origin, ticket.target = body["window"], None


def _redirected(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    index, codes = body["item"], list(ticket.codes)
    if ticket.states[index] == "done":
        hall.wrong(UNEXPLAINED, f"item {index + 1} of {ticket.number} is done")
    codes[index] = body["service"]
    ticket.codes = tuple(codes)
    ticket.states[index] = "open"
    if body["window"] is not None:
        ticket.target = None


def _arranged(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    if body["to"] == ticket.target:
        hall.wrong(UNEXPLAINED, f"{ticket.number} was meant for window {body['to']} before")
    ticket.target = body["to"]


def _bound(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    only = None if body["only"] is None else tuple(body["only"])
    if only == ticket.only or only not in (None, hall.plan.low):
        hall.wrong(UNEXPLAINED, f"{ticket.number} was bound to {ticket.only}, and is to {only}")
    ticket.only = only


def _freed(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    if ticket.target is None:
        hall.wrong(UNEXPLAINED, f"{ticket.number} was meant for no window")
    ticket.target = None


def _granted(hall: Hall, ticket: Ticket, row: Row, body: Json) -> None:
    if (body["cls"], body["weight"]) == (ticket.cls, ticket.weight) or not body["reason"]:
        hall.wrong(UNEXPLAINED, f"{ticket.number} goes as before, or for no reason")
    ticket.cls, ticket.weight = body["cls"], body["weight"]


CHANGES: Mapping[str, Change] = {
    "ticket.offered": _offered,
    "ticket.declined": _declined,
    "ticket.called": _called,
    "ticket.recalled": _recalled,
    "ticket.arrived": _arrived,
    "item.started": _item_started,
    "item.finished": _item_finished,
    "ticket.requeued": _requeued,
    "ticket.finished": _finished,
    "ticket.held": _held,
    "ticket.lapsed": _lapsed,
    "ticket.handed": _handed,
    "ticket.accepted": _accepted,
    SENT_BACK: _sent_back,
    "ticket.redirected": _redirected,
    "ticket.arranged": _arranged,
    "ticket.bound": _bound,
    "ticket.freed": _freed,
    "ticket.granted": _granted,
}
"""What an event changes beside the state that `life` tells."""
