"""What staff should hear of without asking: pure views of the hall, for the list of alarms."""

from dataclasses import dataclass
from enum import StrEnum

from controller.hall.instants import Moment
from controller.hall.model import Hall
from controller.hall.port import Policy
from controller.hall.ticketing import stops_early
from controller.hall.waiting import Kind


class Why(StrEnum):
    """Why nobody calls a waiting ticket."""

    SKILL = "skill"
    """No window that works does what it needs."""
    WINDOWS = "windows"
    """Windows that work could, but not one that it may go to: a low counter, or the one it is
    meant for."""


@dataclass(frozen=True, slots=True)
class Stranded:
    """A waiting ticket that no window which works may call."""

    ticket: str
    why: Why


def stranded(hall: Hall) -> tuple[Stranded, ...]:
    """Everybody who waits in vain until staff do something, the longest waiting first. A window at
    lunch, or that pauses for a while, works; one that is off duty does not."""
    posts = [(w.no, w.skills) for w in hall.windows.values() if not w.gone]
    found = [
        Stranded(ticket, why)
        for kind, tickets in hall.waiting.all_lines()
        if (why := _why(kind, posts)) is not None
        for ticket in tickets
    ]
    return tuple(sorted(found, key=lambda s: _place(hall, s.ticket)))


def crowded(hall: Hall) -> dict[str, int]:
    """The skills for which as many wait as the alarm's limit, or more, and how many (FR-13)."""
    counts = {skill: hall.waiting.count(skill) for skill in hall.plan.skills}
    return {skill: n for skill, n in counts.items() if n >= hall.plan.rules.waiting_alarm}


def stopped_early(hall: Hall, now: Moment, policy: Policy) -> dict[str, tuple[str, ...]]:
    """The skills for which numbers are given no more today since who waits takes until closing,
    with the service items that this concerns (FR-13)."""
    plan, found = hall.plan, dict[str, tuple[str, ...]]()
    if plan.opening is None:
        return found
    for code, service in plan.services.items():
        if stops_early(hall, plan.opening, code, now, policy):
            found[service.skill] = (*found.get(service.skill, ()), code)
    return found


def _why(kind: Kind, posts: list[tuple[int, frozenset[str]]]) -> Why | None:
    if any(kind.fits(no, skills) for no, skills in posts):
        return None
    able = any(kind.fits(None, skills) for _, skills in posts)
    return Why.WINDOWS if able else Why.SKILL


def _place(hall: Hall, ticket: str) -> tuple[int, int]:
    found = hall.tickets[ticket]
    return found.seniority, found.order
