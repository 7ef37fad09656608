"""Whether a number may be given now (FR-12, FR-13): slots, quotas, and the work till closing."""

from datetime import date, datetime, timedelta

from controller.hall import refusals as r
from controller.hall.instants import MINUTE, Instant, Moment
from controller.hall.model import Hall
from controller.hall.opening import OpeningPlan, next_start
from controller.hall.port import Policy
from controller.hall.roster import work_spans
from controller.hall.slots import Availability, SlotKey, Ticketing, availability, slot_of
from controller.hall.spans import DAY_MINUTES, at, merged, minute_of


def check_ticketing(hall: Hall, items: tuple[str, ...], now: Moment, policy: Policy) -> None:
    """Refuse numbers outside of the items' hours, beyond their quota, and for what could not be
    done before closing any more."""
    plan = hall.plan.opening
    if plan is None:
        return
    taken = taken_quotas(hall)
    for code in dict.fromkeys(items):
        _check_slot(code, availability(plan, code, now.local, taken), now)
        _check_closing(hall, plan, code, now, policy)


def taken_quotas(hall: Hall) -> dict[SlotKey, int]:
    """What was given out of today's quotas, by slot. Copied first: the hall may go on meanwhile."""
    day, quota = date.fromisoformat(hall.day), dict(hall.quota)
    return {(code, at(day, minute)): n for (code, minute), n in quota.items()}


def drawn_quotas(hall: Hall, items: tuple[str, ...], now: Moment) -> tuple[tuple[str, int], ...]:
    """The quotas that a ticket for the items draws on."""
    plan = hall.plan.opening
    if plan is None:
        return ()
    slots = [slot_of(plan, code, now.local) for code in dict.fromkeys(items)]
    limited = [s for s in slots if s is not None and s.quota is not None]
    return tuple((s.service, minute_of(s.start)) for s in limited)


def _check_slot(code: str, found: Availability, now: Moment) -> None:
    following = clock_text(found.next.start if found.next else None, now)
    if found.state is Ticketing.CLOSED:
        raise r.TicketingClosed(why=found.why or "night", next=following)
    if found.state is Ticketing.EXHAUSTED:
        raise r.QuotaExhausted(item=code, next=following)


def _check_closing(hall: Hall, plan: OpeningPlan, code: str, now: Moment, policy: Policy) -> None:
    if stops_early(hall, plan, code, now, policy):
        tonight = at(now.local.date(), DAY_MINUTES - 1)
        raise r.TooManyWaiting(item=code, next=clock_text(next_start(plan, tonight), now))


def stops_early(hall: Hall, plan: OpeningPlan, code: str, now: Moment, policy: Policy) -> bool:
    """Whether who waits now, and one more, would keep the windows for the item beyond the time
    that they still work today (FR-13)."""
    left = _work_left(plan, code, now.local)
    ahead = None if left is None else policy.clears_in(hall, code)
    if left is None or ahead is None:
        return False
    return ahead + round(hall.plan.services[code].minutes * MINUTE) > left


def _work_left(plan: OpeningPlan, code: str, local: datetime) -> Instant | None:
    """How long a window that does the item is still on duty today, breaks for lunch left out; None
    if none is on duty today at all."""
    day = local.date()
    spans = merged(s for w in plan.service(code).windows for s in work_spans(plan, w, day))
    if not spans:
        return None
    rest = [at(day, end) - max(local, at(day, start)) for start, end in spans]
    return sum(max(0, span // timedelta(microseconds=1)) for span in rest)


def clock_text(wall: datetime | None, now: Moment) -> str:
    """A time for a sentence: ``13:30``, or ``11-25 09:00`` on another day; ``-`` if unknown."""
    if wall is None:
        return "-"
    same = wall.date() == now.local.date()
    return wall.strftime("%H:%M" if same else "%m-%d %H:%M")
