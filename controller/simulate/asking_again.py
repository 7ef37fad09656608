"""Does the rule, asked again about a journal's day, decide what it decided then?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from controller.hall.calling import CHOSEN
from controller.hall.events import Event, TicketCalled, TicketOffered
from controller.hall.evolve import evolve
from controller.hall.instants import Instant, Moment
from controller.hall.model import Hall
from controller.hall.moving import CALLED_BACK
from controller.hall.plan import Plan
from controller.hall.port import Choice, Policy

BY_PEOPLE = frozenset({CHOSEN, CALLED_BACK})
"""Reasons of calls that people decided."""

Stored = tuple[int, Instant, Event]
"""Seq, instant and event, as the journal keeps them."""


@dataclass(frozen=True, slots=True)
class Differs:
    """A call or offer that the rule would not make again: the event's seq, who was called with
    which items, and the choice now."""

    seq: int
    ticket: str
    items: tuple[int, ...]
    now: Choice | None


@dataclass(slots=True)
class AskedAgain:
    """How many calls and offers were checked, which differ, and the hall at the end."""

    hall: Hall
    calls: int
    differing: list[Differs]


def asked_again(plan: Plan, events: Iterable[Stored], policy: Policy) -> AskedAgain:
    """Fold the events, from a ``day.opened`` on, into a new hall, and ask the policy again just
    before each call and offer that was its own. `plan` is the configuration that held then."""
    found = AskedAgain(Hall(plan), 0, [])
    for seq, at, event in events:
        if isinstance(event, TicketCalled | TicketOffered) and _of_the_rule(found.hall, event):
            found.calls += 1
            found.differing += _asked(found.hall, seq, at, event, policy)
        evolve(found.hall, event, seq, at)
    return found


def _of_the_rule(hall: Hall, event: TicketCalled | TicketOffered) -> bool:
    """Whether the rule decided it now: not a supervisor or a clerk, nor the rule when it offered
    the ticket."""
    offered = hall.windows[event.window].offer == event.ticket
    return not offered and event.reason.rule not in BY_PEOPLE


def _asked(
    hall: Hall, seq: int, at: Instant, event: TicketCalled | TicketOffered, policy: Policy
) -> list[Differs]:
    now = Moment(at, datetime.fromtimestamp(at / 1_000_000, UTC).replace(tzinfo=None))
    choice = policy.choose(hall, hall.windows[event.window], now)
    if choice is not None and (choice.ticket, choice.items) == (event.ticket, event.items):
        return []
    return [Differs(seq, event.ticket, event.items, choice)]
