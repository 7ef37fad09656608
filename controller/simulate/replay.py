"""One day under one policy, and what is written of it."""

from dataclasses import dataclass
from typing import Any

from controller.simulate.figures import Figures, calls_by_ticket, figures, quantile, wait_of
from controller.simulate.policies import play
from controller.simulate.trace import Day
from controller.simulate.world import MINUTE, Played


@dataclass(frozen=True, slots=True)
class Replayed:
    """A day that was played. `p99_us`: 99 % of its decisions took no longer, microseconds."""

    day: Day
    policy: str
    played: Played
    figures: Figures
    p99_us: float


def replay(day: Day, policy: str) -> Replayed:
    """Play a day. Raises `TraceError` where it cannot be played so."""
    played = play(day, policy)
    p99 = quantile(played.decisions, 0.99) / 1000
    return Replayed(day, policy, played, figures(day, played), p99)


def record(found: Replayed) -> dict[str, Any]:
    """The line of the output file: every ticket with its calls and its wait, in minutes."""
    day = found.day
    calls = calls_by_ticket(found.played)
    return {
        "trace": day.name,
        "policy": found.policy,
        "decisions_p99_us": round(found.p99_us, 1),
        "tickets": [
            {
                "id": ticket.id,
                "calls": [
                    {
                        "item": c.item,
                        "window": day.windows[c.window].id,
                        "called": c.called / MINUTE,
                        "finished": c.finished / MINUTE,
                    }
                    for c in calls.get(n, ())
                ],
                "wait": wait_of(day, n, calls[n]),
            }
            for n, ticket in enumerate(day.tickets)
        ],
    }
