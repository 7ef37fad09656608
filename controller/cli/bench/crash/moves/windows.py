"""What is done at windows: calls and offers, the number in hand, numbers that come and go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from controller.cli.bench.crash.house import WINDOWS
from controller.cli.bench.crash.moves.mind import Mind, Request, any_of
from controller.cli.client import Json

RESULTS = ("done", "accepted", "supplement", "refused", "referred")
DROPS = ("left", "mismatch", "wish")
REASONS = ("rest", "meal", "meeting", "fault", "other")


def at_window(deed: str, **more: Callable[[Mind], Any]) -> Callable[[Mind], Request]:
    """A deed about the window."""

    def ask(mind: Mind) -> Request:
        body = {name: value(mind) for name, value in more.items()}
        return Request(f"/windows/{mind.no}/{deed}", body, None, mind.no)

    return ask


def in_hand(deed: str, **more: Callable[[Mind], Any]) -> Callable[[Mind], Request]:
    """A deed about the ticket in hand."""

    def ask(mind: Mind) -> Request:
        ticket = str((mind.hand or {}).get("id"))
        body = {"ticket": ticket} | {name: value(mind) for name, value in more.items()}
        return Request(f"/windows/{mind.no}/{deed}", body, ticket, mind.no)

    return ask


def elsewhere(deed: str, **more: Callable[[Mind], Any]) -> Callable[[Mind], Request]:
    """At any window, by somebody with authority over all."""
    ask = at_window(deed, **more)

    def anywhere(mind: Mind) -> Request:
        mind.no = mind.chance.choice(WINDOWS)
        return ask(mind)

    return anywhere


def watch(mind: Mind) -> None:
    """Wait for the hall to call by itself."""


def active(mind: Mind) -> int:
    """The index of the item in hand."""
    states = [item["state"] for item in (mind.hand or {})["items"]]
    return states.index("active")


def _minutes(mind: Mind) -> int:
    return mind.chance.randint(1, 240)


PAUSE: dict[str, Callable[[Mind], Any]] = {"reason": any_of(REASONS), "minutes": _minutes}


def windowed(mind: Mind, answer: Json) -> None:
    """The window is as the answer says, and nothing is reserved for it."""
    mind.state, mind.offered = answer["window"]["state"], False


def handed(mind: Mind, answer: Json) -> None:
    """The ticket of the answer is in hand, if it is here at all."""
    ticket = answer["ticket"]
    mind.idle = ticket is None
    here = ticket is not None and ticket["state"] in ("called", "serving")
    mind.hand = ticket if here else None
    mind.undoable, mind.offered = False, False


def key(mind: Mind, answer: Json) -> None:
    """A key that may be taken back; whoever holds or hands on looks who else waits for it."""
    handed(mind, answer)
    mind.undoable = True
    mind.unsure = answer["ticket"]["state"] in ("held", "handed")


def taken_back(mind: Mind, answer: Json) -> None:
    """Whose ticket it is now has to be looked up."""
    mind.undoable, mind.unsure = False, True


def drop(mind: Mind) -> Request:
    """Of a ticket that another console of the window may hold by now: that event has no window."""
    asked = in_hand("drop", reason=any_of(DROPS))(mind)
    return Request(asked.path, asked.body, asked.ticket)


def one_of(deed: str, which: Callable[[Mind], list[str]]) -> Callable[[Mind], Request]:
    """A deed about a ticket that is held here, or was handed to here."""

    def ask(mind: Mind) -> Request:
        ticket = mind.chance.choice(which(mind))
        no = None if deed == "send-back" else mind.no  # that event names the other window
        return Request(f"/windows/{mind.no}/{deed}", {"ticket": ticket}, ticket, no)

    return ask


def held(mind: Mind) -> list[str]:
    """Who was sent to fetch something."""
    return mind.held


def incoming(mind: Mind) -> list[str]:
    """Who was handed to this window."""
    return mind.incoming


def back_here(mind: Mind, answer: Json) -> None:
    """The ticket is in hand again, and no longer held."""
    handed(mind, answer)
    mind.held = [ticket for ticket in mind.held if ticket != answer["ticket"]["id"]]


def transfer(mind: Mind) -> Request:
    """To another window, or as another matter."""
    to: Json = {"to_item": mind.chance.choice(mind.town.items)}
    if mind.chance.random() < 0.7:
        to = {"to_window": mind.chance.choice([no for no in WINDOWS if no != mind.no])}
    ticket = str((mind.hand or {}).get("id"))
    return Request(f"/windows/{mind.no}/transfer", {"ticket": ticket, **to}, ticket, mind.no)
