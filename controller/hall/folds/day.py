"""Days, rosters, rules and leased numbers."""

from dataclasses import fields

from controller.hall import day_events as d
from controller.hall.folds.common import Touched
from controller.hall.instants import Instant
from controller.hall.knowledge import Statistics
from controller.hall.learning import knowledge
from controller.hall.model import ANYBODY, Doubts, Hall, first_guess
from controller.hall.numbering import highest, where_numbers_stood
from controller.hall.plan import RULES_OF


def day_opened(hall: Hall, event: d.DayOpened, seq: int, at: Instant) -> Touched:
    plan = hall.tomorrow or hall.plan
    fresh = Hall(plan, event.day, midnight=event.midnight, known=hall.known)
    if hall.tomorrow is not None and not hall.known.statistics.days:
        fresh.known = first_guess(plan)
    for f in fields(Hall):
        setattr(hall, f.name, getattr(fresh, f.name))
    return None, None


def day_learned(hall: Hall, event: d.DayLearned, seq: int, at: Instant) -> Touched:
    learned = Statistics(event.days, event.served, event.issued, event.quarters)
    hall.known = knowledge(learned, hall.plan)
    return None, None


def day_ended(hall: Hall, event: d.DayEnded, seq: int, at: Instant) -> Touched:
    hall.over = True
    return None, None


def roster_turned(hall: Hall, event: d.RosterTurned, seq: int, at: Instant) -> Touched:
    """Clerks who work on do so until the roster means their window again, or a supervisor."""
    on = frozenset(event.on)
    hall.on_duty, hall.by_hand = on, event.why == d.BY_HAND
    hall.roster_at, hall.roster_until = at, event.until
    hall.staying = set() if hall.by_hand else hall.staying - on
    hall.over = hall.over and not on
    return None, None


def policy_changed(hall: Hall, event: d.PolicyChanged, seq: int, at: Instant) -> Touched:
    hall.changes[event.name] = event.value
    if event.name in RULES_OF:  # a later version may have given a value up
        hall.plan = hall.plan.ruled(event.name, event.value)
    return None, None


def numbers_leased(hall: Hall, event: d.NumbersLeased, seq: int, at: Instant) -> Touched:
    _set_aside(hall, event.series, event.first, event.last, event.device)
    return None, None


def numbers_doubted(hall: Hall, event: d.NumbersDoubted, seq: int, at: Instant) -> Touched:
    heard = hall.doubts.heard if hall.doubts is not None else frozenset()
    stood = where_numbers_stood(hall, event.began)
    hall.doubts = Doubts(event.began, stood, heard | {event.digest})
    for block in event.blocks:
        _set_aside(hall, *block, ANYBODY)
    return None, None


def _set_aside(hall: Hall, series: str, first: int, last: int, whose: str) -> None:
    """Nobody gets a number of this block any more. Blocks lie at the end of what is left of a
    series, those in doubt and those of older journals also at its beginning."""
    if last == highest(hall, series):
        hall.ceilings[series] = first - 1
    else:
        hall.ordinals[series] = max(last, hall.ordinals.get(series, 0))
    for ordinal in range(first, last + 1):
        hall.leased[series, ordinal] = whose
