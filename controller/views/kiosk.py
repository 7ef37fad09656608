"""What a kiosk needs: the day's catalogue with people ahead, and the facts for the paper."""

from collections.abc import Callable

from controller.catalogue import Catalogue
from controller.hall.instants import Moment
from controller.hall.model import Hall, Ticket
from controller.hall.slots import Availability, Slot, Ticketing
from controller.openings import Openings
from controller.views.board import Board
from controller.views.wire import Json, ms

Told = tuple[int, tuple[int, int]]
"""How many are expected to be called before, and the printed wait in minutes, from and to."""

Ahead = tuple[tuple[Slot, int | None], ...]
"""A service item's slots of today that are not over, with their numbers to come."""

ALWAYS = Availability(Ticketing.OPEN)


def day_json(
    board: Board,
    catalogue: Catalogue,
    openings: Openings,
    now: Moment,
    key: str,
    booking_keys: list[str],
    told: Callable[[str], Told | None] = lambda code: None,
    given: Callable[[str], Availability] = lambda code: ALWAYS,
    slots: Callable[[str], Ahead | None] = lambda code: None,
) -> Json:
    """The answer of ``GET /api/v1/kiosk/day``; `key` is today's key for hashes of persons,
    `booking_keys` those for appointments, `told` what is foretold of a service item, `given`
    whether numbers are given for it now (FR-12), `slots` when they are today (None: always)."""
    config = catalogue.config
    state = openings.json(now)
    return {
        "day": board.day,
        "at": ms(now.at),
        "seq": board.seq,
        "tz": config.hall.timezone,
        "hall": {
            "name": config.hall.name,
            "name_en": config.hall.name_en,
            "short_name": config.hall.short_name,
            "public_url": config.hall.public_url,
        },
        "zones": list(catalogue.zones_json.values()),
        "items": [
            _item(board, catalogue, code, told(code)) | _given(openings, given(code), slots(code))
            for code in catalogue.items
        ],
        "groups": [
            {"id": s.id, "name": s.name, "name_en": s.name_en, "zone": s.zone}
            for s in config.skills
        ],
        "bundles": [
            {
                "id": b.id,
                "name": b.name,
                "name_en": b.name_en,
                "items": list(b.items),
                "initials": catalogue.initials[b.id],
                "materials": catalogue.materials(b.items, b.id),
                "minutes": b.minutes,
            }
            for b in config.bundles
        ],
        "materials_en": config.materials_en,
        "popular": catalogue.popular,
        "age_groups": [
            {"id": p.id, "name": p.name, "name_en": p.name_en, "min_age": p.min_age}
            for p in config.priorities
            if p.evidence == "card_age"
        ],
        "key": key,
        "booking_keys": booking_keys,
        "open": state["hall_open"],
        "closed_why": state["closed_why"],
        "closed_name": state["closed_name"],
        "closed_name_en": state["closed_name_en"],
        "opens_at": state["opens_at"],
        "hours": openings.text,
        "ticketing": openings.ticketing_ms(board.day),
        "purge_at": openings.purge_at_ms(board.day, config.policy.purge_after_close_min),
        "digits": config.series.digits,
        "waiting_total": len(board.lines),
        "policy": {
            "idle_s": config.policy.idle_s,
            "idle_elder_s": config.policy.idle_elder_s,
            "idle_warning_s": config.policy.idle_warning_s,
            "done_s": config.policy.done_s,
            "pass_after_s": config.policy.pass_after_s,
            "return_within_min": config.policy.return_within_min,
            "return_behind": config.policy.return_behind,
            "reprint_limit": config.policy.reprint_limit,
            "items_per_ticket": config.policy.items_per_ticket,
            "tickets_per_person": board.plan.rules.tickets_per_person,
            "lease_numbers": config.policy.lease_numbers,
            "lease_min": config.policy.lease_min,
        },
    }


def _item(board: Board, catalogue: Catalogue, code: str, told: Told | None) -> Json:
    item = catalogue.items[code]
    return {
        "code": code,
        "name": item.name,
        "name_en": item.name_en,
        "initials": catalogue.initials[code],
        "icon": item.icon or "doc",
        "zone": catalogue.skills[item.skill].zone,
        "windows": catalogue.windows_text[item.skill],
        "ahead": told[0] if told else board.ahead(item.skill),
        "wait": list(told[1]) if told else None,
        "materials": list(item.materials),
        "fee": item.fee,
        "minutes": item.minutes,
        "group": item.skill,
        "series": catalogue.skills[item.skill].prefix,
        "kind": catalogue.skills[item.skill].entry,
        "online": item.online,
        "appointment": item.appointment,
    }


def _given(openings: Openings, found: Availability, ahead: Ahead | None) -> Json:
    """Whether numbers are given for an item, when next if not, and when today: a kiosk that is cut
    off goes by that."""
    following = found.next.start if found.next and found.state is not Ticketing.OPEN else None
    return {
        "ticketing": str(found.state),
        "next_at": openings.ms(following),
        "slots": None
        if ahead is None
        else [[openings.ms(s.start), openings.ms(s.end), n] for s, n in ahead],
    }


def slip_json(
    hall: Hall, catalogue: Catalogue, ticket: Ticket, short_code: str, told: Told | None = None
) -> Json:
    """SLIP: what is printed. `hall` is the state in which the ticket was just issued; `told` what
    is foretold of it. Without that the people ahead are those who wait for the same skill."""
    first = ticket.items[0]
    bundle = None if ticket.bundle is None else catalogue.bundles[ticket.bundle]
    return {
        "number": ticket.number,
        "items": [catalogue.items[i.service].name for i in ticket.items],
        "items_en": [catalogue.items[i.service].name_en for i in ticket.items],
        "bundle": bundle.name if bundle else None,
        "bundle_en": bundle.name_en if bundle else None,
        "zone": catalogue.zones_json[hall.plan.skills[first.skill].zone],
        "windows": catalogue.windows_text[first.skill],
        "ahead": told[0] if told else max(0, hall.waiting.count(first.skill) - 1),
        "wait": list(told[1]) if told else None,
        "issued_at": ms(ticket.issued_at),
        "short_code": short_code,
        "priority": ticket.cls != "ordinary",
        "reprint": ticket.reprints,
    }
