"""Learning from day to day: today's tally, and its merger with what was known. Pure.

The numbers of one day are sums, so they may be gathered in any order and merged exactly; a restart
folds the same events and knows the same.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from controller.hall.instants import MINUTE, SECOND, Instant
from controller.hall.knowledge import Knowledge, Observed, Statistics, Tally
from controller.hall.model import Hall, Item
from controller.hall.plan import Plan

HALF_LIFE_DAYS = 20
"""After so many working days, about a month, a day counts half. Own choice: clerks learn and
services change within months, and fewer days would be mostly chance."""
DECAY: float = 0.5 ** (1 / HALF_LIFE_DAYS)
GUESS_DAYS = 2
"""The configuration's items a day count like so many days. Own choice: believed until a few days
say otherwise, and never quite forgotten for what is rarely asked for."""
GUESS = 1.0
"""Items a day of a service for which the configuration tells none."""
SHORTEST, LONGEST = 5 * SECOND, 4 * 60 * MINUTE
"""A service time outside of these is a slip of the keys or a forgotten screen, and not learned."""
QUARTER = 15 * MINUTE
LEAST = 20
"""Thousandths of an observation below which a clerk and a service are forgotten."""
THOUSAND = 1000

K = TypeVar("K")


# --- today ---


def tally_issue(hall: Hall, items: Iterable[str], at: Instant) -> None:
    """A ticket was issued."""
    today = hall.today
    for code in items:
        today.issued[code] = today.issued.get(code, 0) + 1
    if hall.midnight:
        quarter = (at - hall.midnight) // QUARTER
        if 0 <= quarter < 96:
            today.quarters[quarter] = today.quarters.get(quarter, 0) + 1


def tally_service(hall: Hall, clerk: str | None, item: Item, at: Instant) -> None:
    """An item in a clerk's hands was finished."""
    if clerk is None or item.started_at is None:
        return
    took = at - item.started_at
    if SHORTEST <= took <= LONGEST:
        cell = (clerk, item.service)
        count, micros = hall.today.served.get(cell, (0, 0))
        hall.today.served[cell] = count + 1, micros + took


def untally_service(hall: Hall, clerk: str | None, item: Item, at: Instant) -> None:
    """The finish at `at` was a slip of the keys: forget what was learned from it."""
    if clerk is None or item.started_at is None:
        return
    took = at - item.started_at
    if SHORTEST <= took <= LONGEST:
        cell = (clerk, item.service)
        count, micros = hall.today.served[cell]
        if count > 1:
            hall.today.served[cell] = count - 1, micros - took
        else:
            del hall.today.served[cell]


# --- overnight ---


def merged(known: Statistics, today: Tally) -> Statistics:
    """What is known after today. A day on which nothing happened ages nothing."""
    if not today:
        return known
    counts = {(c, s): n * THOUSAND for (c, s), (n, _) in today.served.items()}
    minutes = {cell: m * THOUSAND // MINUTE for cell, (_, m) in today.served.items()}
    n_of = _sums({(c, s): n for c, s, n, _ in known.served}, counts)
    m_of = _sums({(c, s): m for c, s, _, m in known.served}, minutes)
    issued = _sums(dict(known.issued), _thousandths(today.issued))
    quarters = _sums(dict(known.quarters), _thousandths(today.quarters))
    return Statistics(
        round(known.days * DECAY) + THOUSAND,
        tuple((c, s, n, m_of[c, s]) for (c, s), n in sorted(n_of.items()) if n >= LEAST),
        tuple((code, n) for code, n in sorted(issued.items()) if n),
        tuple((quarter, n) for quarter, n in sorted(quarters.items()) if n),
    )


def _thousandths(counts: Mapping[K, int]) -> dict[K, int]:
    return {key: n * THOUSAND for key, n in counts.items()}


def _sums(old: Mapping[K, int], new: Mapping[K, int]) -> dict[K, int]:
    found = {key: round(n * DECAY) for key, n in old.items()}
    for key, n in new.items():
        found[key] = found.get(key, 0) + n
    return found


# --- in the morning ---


def knowledge(statistics: Statistics, plan: Plan) -> Knowledge:
    """What the statistics say about this plan's services."""
    observed: dict[str, dict[str, Observed]] = {}
    for clerk, code, n, minutes in statistics.served:
        observed.setdefault(clerk, {})[code] = Observed(minutes / n, n / THOUSAND)
    days, issued = statistics.days / THOUSAND, dict(statistics.issued)
    expected = {}
    for code, service in plan.services.items():
        guess = GUESS if service.daily is None else service.daily
        seen = issued.get(code, 0) / THOUSAND
        expected[code] = (seen + GUESS_DAYS * guess) / (days + GUESS_DAYS)
    profile = {quarter: n / statistics.days for quarter, n in statistics.quarters}
    return Knowledge(observed, expected, profile, days, statistics)
