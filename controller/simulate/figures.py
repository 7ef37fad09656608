"""What a played day comes to: waits, and the figures of the day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from controller.simulate.trace import Day, DayTicket
from controller.simulate.world import MINUTE, Called, Played


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one ticket waited, in minutes, over all its calls."""

    ticket: int
    minutes: float


def calls_by_ticket(played: Played) -> dict[int, list[Called]]:
    """The calls of each ticket, in order."""
    found: dict[int, list[Called]] = {}
    for called in played.calls:
        found.setdefault(called.ticket, []).append(called)
    return found


def waits(day: Day, played: Played) -> list[Wait]:
    """The waits of all who came; in the order of the trace."""
    found = []
    for n, calls in sorted(calls_by_ticket(played).items()):
        if not day.tickets[n].no_show:
            found.append(Wait(n, wait_of(day, n, calls)))
    return found


def wait_of(day: Day, ticket: int, calls: Sequence[Called]) -> float:
    """max(0, first call − max(at, slot)) + Σ (call − finish of the item before)."""
    first = max(0.0, calls[0].called / MINUTE - day.tickets[ticket].due)
    between = sum(b.called - a.finished for a, b in pairwise(calls))
    return first + between / MINUTE


def quantile(values: Sequence[float], q: float) -> float:
    """The q-quantile, linear between neighbours; 0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    at = q * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


@dataclass(frozen=True, slots=True)
class Figures:
    """One day in numbers; minutes, but for `tickets`, `overtaken` and `overtaken_alike` (those two
    per ticket; the latter between tickets with the same items)."""

    tickets: int
    mean: float
    p95: float
    longest: float
    priority_p95: float
    several_mean: float
    overtaken: float
    overtaken_alike: float


def figures(day: Day, played: Played) -> Figures:
    """The figures of a played day; who did not come is left out."""
    found = waits(day, played)
    all_waits = [w.minutes for w in found]
    priority = [w.minutes for w in found if day.tickets[w.ticket].cls == "priority"]
    several = [w.minutes for w in found if len(day.tickets[w.ticket].items) > 1]
    return Figures(
        tickets=len(found),
        mean=mean(all_waits),
        p95=quantile(all_waits, 0.95),
        longest=max(all_waits, default=0.0),
        priority_p95=quantile(priority, 0.95),
        several_mean=mean(several),
        overtaken=overtakings(day, played, lambda t: (t.cls, t.items[0])) / max(1, len(found)),
        overtaken_alike=overtakings(day, played, _alike) / max(1, len(found)),
    )


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def _alike(ticket: DayTicket) -> tuple[object, ...]:
    return ticket.cls, ticket.weight, tuple(sorted(ticket.items))


def overtakings(
    day: Day, played: Played, group_of: Callable[[DayTicket], tuple[object, ...]]
) -> int:
    """Pairs of one group of whom the junior was called while the senior was present and waited
    for its first call."""
    groups: dict[tuple[object, ...], list[tuple[float, float, float]]] = {}
    for n, calls in calls_by_ticket(played).items():
        t = day.tickets[n]
        groups.setdefault(group_of(t), []).append((t.due, t.at, calls[0].called / MINUTE))
    count = 0
    for group in groups.values():
        group.sort()
        for i, (_, senior_at, senior_called) in enumerate(group):
            for _, _, junior_called in group[i + 1 :]:
                if senior_at <= junior_called < senior_called - 1e-6:
                    count += 1
    return count
