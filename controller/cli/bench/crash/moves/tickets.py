"""Numbers: taken, printed, taken back, given a priority, moved, set aside and taken in."""

from __future__ import annotations

import hashlib
from typing import Any

from controller.cli.bench.crash.house import WINDOWS
from controller.cli.bench.crash.moves.mind import Mind, Request, Slip
from controller.cli.client import Json
from controller.hall.visitor import person_key

MASKS = ("张*", "李*三", "欧阳**", "J*")
OUTCOMES = ("printed",) * 8 + ("unproven", "void")
SEEN = ("certificate", "visible", "age", "urgent", "supervisor")
NEEDS = ("low_counter", "help")
CODES = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SLIPS_OF_A_LEASE = 3
"""How many numbers a kiosk gives out of a lease while it is alone; then a guide has its slips."""


def issue(mind: Mind) -> Request:
    """Take a number; at a kiosk mostly with a card, each of another person."""
    chance = mind.chance
    body: Json = {}
    if chance.random() < 0.15:
        body["bundle"] = chance.choice(mind.town.bundles)
    else:
        body["items"] = chance.sample(mind.town.items, chance.choice((1, 1, 1, 1, 2, 3)))
    if chance.random() < 0.15:
        body["priority"] = "elder"
        if not mind.key:  # staff have no card to prove it by
            body["grant"] = "age"
    if chance.random() < 0.1:
        body["needs"] = ["low_counter"]
    if mind.key and chance.random() < 0.9:
        body["person"] = _somebody(mind)
    return Request("/tickets", body)


def _somebody(mind: Mind) -> Json:
    mind.people += 1
    name = hashlib.sha256(f"{id(mind)} {mind.people} {mind.chance.random()}".encode()).hexdigest()
    key = person_key(name, bytes.fromhex(mind.key))
    return {"key": key, "masked": mind.chance.choice(MASKS)}


def issued(mind: Mind, answer: Json) -> None:
    """Another ticket, whose paper is to come out; and what time it is."""
    ticket, mind.at = answer["ticket"]["id"], answer["ticket"]["issued_at"]
    mind.given.append(ticket)
    mind.unprinted.append(ticket)
    mind.town.given.append(ticket)


def print_(mind: Mind) -> Request:
    """Say what became of the paper."""
    ticket = mind.unprinted.popleft()
    return _on(ticket, "print", outcome=mind.chance.choice(OUTCOMES))


def cancel(mind: Mind) -> Request:
    """Take one's own back."""
    return _on(mind.chance.choice(mind.given), "cancel")


def cancel_any(mind: Mind) -> Request:
    """Take anybody's back."""
    return _on(_any(mind), "cancel")


def come_back(mind: Mind) -> Request:
    """Somebody who was passed is here again."""
    return _on(_any(mind, "passed"), "return")


def reprint(mind: Mind) -> Request:
    """Print one's own once more."""
    return _on(mind.chance.choice(mind.given), "reprint")


def reprint_any(mind: Mind) -> Request:
    """Print anybody's once more."""
    return _on(_any(mind), "reprint")


def reprinted(mind: Mind, answer: Json) -> None:
    """Paper is to come out."""
    mind.unprinted.append(answer["ticket"]["id"])


def grant(mind: Mind) -> Request:
    """Let somebody go first, or no longer."""
    group = mind.chance.choice((*mind.town.groups, None))
    return _on(_any(mind), "grant", priority=group, reason=mind.chance.choice(SEEN))


def move(mind: Mind) -> Request:
    """To another matter, to one window, or to any again."""
    if mind.chance.random() < 0.6:
        return _on(_any(mind), "move", to_window=mind.chance.choice((*WINDOWS, None, None)))
    index, code = mind.chance.choice((0, 0, 0, 1)), mind.chance.choice(mind.town.items)
    return _on(_any(mind), "move", item=index, to_item=code)


def needs(mind: Mind) -> Request:
    """Note all the help that somebody needs."""
    chosen = [need for need in NEEDS if mind.chance.random() < 0.5]
    return _on(_any(mind), "needs", needs=chosen)


def lease(mind: Mind) -> Request:
    """Set numbers aside for the time when the line is cut; mostly of one letter, until there are
    enough."""
    letters = tuple(mind.town.series)
    return Request("/leases", {"series": mind.chance.choice((*letters, *letters[:1] * 9))})


def leased(mind: Mind, answer: Json) -> None:
    """Give some of them out while nobody hears of it; a guide gets some of the slips."""
    chance, series = mind.chance, answer["series"]
    numbers = range(answer["first"], answer["last"] + 1)
    for ordinal in chance.sample(numbers, min(SLIPS_OF_A_LEASE, len(numbers))):
        code = "".join(chance.choice(CODES) for _ in range(6))
        item = chance.choice(mind.town.series.get(series) or mind.town.items)
        number = f"{series}{ordinal:03}"
        slip = Slip(f"{answer['day']}-{number}", number, code, mind.at, item)
        mind.slips.append(slip)
        if chance.random() < 0.5:
            mind.town.slips.append(slip)


def report(mind: Mind) -> Request:
    """Tell of a number that was given out alone."""
    slip = mind.slips.popleft()
    told = {"ticket": slip.ticket, "code": slip.code, "at": slip.given_at}
    body: Json = {"items": [slip.item], "given": told | {"printed": mind.chance.random() < 0.8}}
    return Request("/tickets", body, slip.ticket)


def take_in(mind: Mind) -> Request:
    """A slip that a kiosk can no longer report; some are shown twice."""
    slips = mind.town.slips
    slip = slips[0] if mind.chance.random() < 0.1 else slips.popleft()
    body: Json = {"number": slip.number, "code": slip.code, "given_at": slip.given_at}
    return Request("/tickets/take-in", body | {"items": [slip.item]})


def taken_in(mind: Mind, answer: Json) -> None:
    """It is a ticket like any other now."""
    mind.town.given.append(answer["ticket"]["id"])


def _any(mind: Mind, state: str = "waiting") -> str:
    """One that was in this state a moment ago, or any of the last ones."""
    there = mind.there.get(state)
    if there and mind.chance.random() < 0.8:
        return mind.chance.choice(there)
    return mind.chance.choice(mind.town.given)


def _on(ticket: str, deed: str, **body: Any) -> Request:
    return Request(f"/tickets/{ticket}/{deed}", body, ticket)
