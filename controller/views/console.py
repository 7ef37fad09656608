"""What one clerk sees: the ticket in hand with its masked name, and counts; never who waits."""

from collections.abc import Mapping

from controller.catalogue import Catalogue, usual_result
from controller.dispatch.reason import sentence
from controller.hall.instants import SECOND, Moment
from controller.hall.model import Result, Ticket, TicketState, Window
from controller.hall.moving import CALLED_BACK
from controller.openings import Openings
from controller.views.board import Board
from controller.views.person import Person
from controller.views.wire import Json, ms, staff_window_json


def console_json(
    board: Board,
    catalogue: Catalogue,
    openings: Openings,
    window: Window,
    people: Mapping[str, Person],
    now: Moment,
    printer: str | None = None,
    paper: Json | None = None,
) -> Json:
    """CONSOLE of docs/protocol.md; `people` is what is known of persons, by ticket.

    `printer`: the word of the window's own, `paper`: the notice that was told last there.
    """
    ticket = None if window.ticket is None else board.tickets.get(window.ticket)
    served = board.served.get(window.no)
    hall = catalogue.config.hall
    return {
        "seq": board.seq,
        "window": staff_window_json(board, catalogue, window),
        "ticket": None
        if ticket is None
        else _ticket(board, catalogue, window, ticket, people.get(ticket.id)),
        "offer": _offer(board, window),
        "held": [_brief(board, t, people) for t in window.held],
        "hold_limit": board.plan.rules.hold_limit,
        "incoming": [_brief(board, t, people) for t in board.handed_to(window.no)],
        "outgoing": [_brief(board, t, people) for t in board.handed_by(window.no)],
        "undo": _undo(board, window),
        "skills": [
            {"id": s.id, "name": s.name, "name_en": s.name_en}
            for s in catalogue.skills.values()
            if s.id in window.skills
        ],
        "today": {
            "finished": served.items if served else 0,
            "mean_s": served.micros // served.items // SECOND if served and served.items else None,
        },
        "printer": printer,
        "paper": paper,
        "closes_at": openings.closes_at_ms(now),
        "hall": {"name": hall.name, "short_name": hall.short_name, "phone": hall.phone},
    }


def _ticket(
    board: Board, catalogue: Catalogue, window: Window, t: Ticket, person: Person | None
) -> Json:
    rules = board.plan.rules
    last = t.last_called_at or 0
    active = t.active if t.active is not None else (t.planned[0] if t.planned else None)
    item = None if active is None else catalogue.items[t.items[active].service]
    bundle = None if t.bundle is None else catalogue.bundles[t.bundle]
    return {
        "id": t.id,
        "number": t.number,
        "state": t.state,
        "masked": person.masked if person else None,
        "needs": person.needs.split() if person else [],
        "note": person.note if person else "",
        "bundle": bundle.name if bundle else None,
        "bundle_en": bundle.name_en if bundle else None,
        "items": [
            {
                "code": i.service,
                "name": catalogue.items[i.service].name,
                "name_en": catalogue.items[i.service].name_en,
                "handling": catalogue.items[i.service].handling,
                "state": i.state,
                "result": i.result,
                "finished_at": ms(i.finished_at),
                "here": n in t.planned or i.skill in window.skills,
                "skill_name": catalogue.skills[i.skill].name,
                "skill_name_en": catalogue.skills[i.skill].name_en,
                "zone": board.plan.skills[i.skill].zone,
            }
            for n, i in enumerate(t.items)
        ],
        "active": t.active,
        "preset": usual_result(item) if item is not None else Result.ACCEPTED,
        "materials": list(item.materials) if item else [],
        "flags": _flags(t),
        "class": t.cls,
        "waited_s": max(0, (t.called_at or 0) - t.seniority) // SECOND,
        "called_at": ms(t.called_at),
        "last_called_at": ms(t.last_called_at),
        "arrived_at": ms(t.arrived_at),
        "started": t.active is not None,
        "called_back": t.reason is not None and t.reason.rule == CALLED_BACK,
        "calls": t.calls,
        "recalls_left": max(0, rules.recall_limit - (t.calls - 1)),
        "recall_from": ms(last + rules.recall_gap),
        "pass_from": ms(last + rules.pass_after),
        "expected_min": item.minutes if item else None,
        "p90_min": item.p90 if item else None,
        "reason": sentence(t.reason),
    }


def _offer(board: Board, window: Window) -> Json | None:
    """The number that is reserved for the window; why is said when it is called."""
    ticket = board.tickets.get(window.offer or "")
    if ticket is None:
        return None
    return {"id": ticket.id, "number": ticket.number, "until": ms(ticket.deadline)}


def _brief(board: Board, ticket: str, people: Mapping[str, Person]) -> Json:
    """A ticket that is held here, or on its way to here or from here."""
    t, person = board.tickets[ticket], people.get(ticket)
    return {
        "id": t.id,
        "number": t.number,
        "until": ms(t.deadline),
        "from": t.origin,
        "to": t.target,
        "note": person.note if person else "",
    }


def _undo(board: Board, window: Window) -> Json | None:
    """The key that may still be taken back, and until when."""
    last = window.undo
    if last is None:
        return None
    until = last.at + board.plan.rules.undo_within
    return {"what": last.what, "number": last.ticket.number, "until": ms(until)}


def _flags(t: Ticket) -> list[str]:
    flags = ["bundle"] if t.bundle else (["several"] if len(t.items) > 1 else [])
    if t.cls != "ordinary":
        flags.append(str(t.cls))
    if t.state is TicketState.SERVING and t.calls > 1:
        flags.append("recalled")
    return flags
