"""The board on the wire: the JSON of docs/protocol.md. Public forms hold no name and no item of a
person."""

from typing import Any

from controller.catalogue import Catalogue
from controller.hall.administration import AdministrativeEvent
from controller.hall.appointment_events import AppointmentEvent
from controller.hall.help_events import HelpEvent
from controller.hall.instants import Instant
from controller.hall.model import Help, Ticket, Window
from controller.hall.notices import Emergency, Notice
from controller.views.board import Board, Call, Change

Json = dict[str, Any]


def ms(at: Instant | None) -> int | None:
    """Milliseconds of an instant."""
    return None if at is None else at // 1000


def ticket_json(board: Board, catalogue: Catalogue, t: Ticket) -> Json:
    """TICKET: for the kiosk that issued it and for staff. Without a person."""
    return {
        "id": t.id,
        "number": t.number,
        "state": t.state,
        "window": t.window,
        "zone": board.zone_of(t),
        "items": [
            {
                "code": i.service,
                "name": catalogue.items[i.service].name,
                "name_en": catalogue.items[i.service].name_en,
                "state": i.state,
                "result": i.result,
            }
            for i in t.items
        ],
        "issued_at": ms(t.issued_at),
        "seniority_at": ms(t.seniority),
        "called_at": ms(t.called_at),
        "arrived_at": ms(t.arrived_at),
        "calls": t.calls,
        "print": t.print,
        "reprints": t.reprints,
        "target": t.target,
        "deadline_at": ms(t.deadline),
    }


def window_json(board: Board, catalogue: Catalogue, w: Window) -> Json:
    """WINDOW without its clerk: for every screen. `board` holds the ticket in hand."""
    words = catalogue.windows[w.no]
    ticket = None if w.ticket is None else board.tickets.get(w.ticket)
    asking = board.ratings.asking.get(w.no) if w.ticket is None else None
    return {
        "no": w.no,
        "name": words.name,
        "name_en": words.name_en,
        "zone": w.zone,
        "state": w.state,
        "reason": w.reason,
        "until": ms(w.until),
        "rostered": w.rostered,
        "number": ticket.number if ticket else None,
        "serving": ticket is not None and ticket.state == "serving",
        "rating": {"number": asking.number, "until": ms(asking.until)} if asking else None,
        "services": [s.name for s in catalogue.skills.values() if s.id in w.skills],
        "services_en": [s.name_en for s in catalogue.skills.values() if s.id in w.skills],
    }


def staff_window_json(board: Board, catalogue: Catalogue, w: Window) -> Json:
    """WINDOW with the work number of its clerk and its call for the supervisor: for staff."""
    return {**window_json(board, catalogue, w), "clerk": w.clerk, "help": help_json(w.help)}


def help_json(help_: Help | None) -> Json | None:
    """Since when a window calls for the supervisor, and who comes."""
    if help_ is None:
        return None
    return {"at": ms(help_.asked_at), "by": help_.by, "taken_at": ms(help_.taken_at)}


def call_json(c: Call) -> Json:
    """CALL."""
    return {
        "id": c.id,
        "ticket": c.ticket,
        "number": c.number,
        "window": c.window,
        "zone": c.zone,
        "ticket_zone": c.ticket_zone,
        "state": c.state,
        "times": c.times,
        "called_at": ms(c.called_at),
        "last_called_at": ms(c.last_called_at),
        "arrived_at": ms(c.arrived_at),
    }


def queue_json(board: Board, skill: str) -> Json:
    """How many wait for a skill, and since when."""
    return {"waiting": board.lines.count(skill), "oldest_at": ms(board.lines.oldest(skill))}


def notices_json(board: Board, catalogue: Catalogue) -> list[Json]:
    """What every screen shows: the configured line, and the notices that stand."""
    always = catalogue.config.hall.notice
    fixed: list[Json] = [{"id": None, "text": always, "until": None}] if always else []
    return [*fixed, *(notice_json(n) for n in board.told.standing())]


def notice_json(n: Notice) -> Json:
    """NOTICE."""
    return {"id": n.id, "text": n.text, "until": ms(n.until)}


def emergency_json(e: Emergency | None) -> Json | None:
    """EMERGENCY, or null."""
    if e is None:
        return None
    return {"kind": e.kind, "drill": e.drill, "since": ms(e.since), "until": ms(e.until)}


def event_json(board: Board, catalogue: Catalogue, change: Change) -> Json:
    """EVENT: the public face of a durable event, with whole entities."""
    applied = change.applied
    out: Json = {"seq": applied.seq, "type": applied.event.type, "at": ms(applied.at)}
    if isinstance(applied.event, AdministrativeEvent | AppointmentEvent | HelpEvent):
        return out
    if applied.ticket is not None:
        t = applied.ticket
        out["ticket"] = {
            "id": t.id,
            "number": t.number,
            "state": t.state,
            "zone": board.zone_of(t),
            "window": t.window,
        }
    if change.call is not None:
        out["call"] = call_json(change.call)
    if applied.window is not None:
        out["window"] = window_json(board, catalogue, applied.window)
    if change.told:
        out["notices"] = notices_json(board, catalogue)
        out["emergency"] = emergency_json(board.told.emergency)
    if change.zones:
        out["waiting"] = {zone: board.in_zone.get(zone, 0) for zone in change.zones}
    if change.skills:
        out["queues"] = {skill: queue_json(board, skill) for skill in change.skills}
    return out


def snapshot_json(
    board: Board, catalogue: Catalogue, at: Instant, opening: Json, waits: Json | None
) -> Json:
    """SNAPSHOT of the whole hall; `opening` says whether it is open, `waits` is WAITS."""
    hall = catalogue.config.hall
    return {
        "seq": board.seq,
        "at": ms(at),
        "day": board.day,
        "tz": hall.timezone,
        "hall": {"name": hall.name, "name_en": hall.name_en, "short_name": hall.short_name},
        "zones": [
            {**zone, "silent": catalogue.silent_spans[id_]}
            for id_, zone in catalogue.zones_json.items()
        ],
        "windows": [window_json(board, catalogue, w) for w in board.windows.values()],
        "calls": [call_json(c) for c in reversed(board.calls.values())],
        "waiting": board.waiting(),
        "waits": waits,
        "queues": {skill: queue_json(board, skill) for skill in board.plan.skills},
        "notices": notices_json(board, catalogue),
        "emergency": emergency_json(board.told.emergency),
        **opening,
    }
