"""What happens in a hall by itself: deadlines that come, the roster's turns, offers to free
windows, the end of the day's work.

`next_due` returns the events of one such thing; whoever keeps time folds them and asks again until
nothing is due, before every command and after it, and once a second when nobody asks for anything.
"""

from datetime import datetime, timedelta

from controller.hall.announcing import over
from controller.hall.calling import called_as_offered, unoffered
from controller.hall.day_events import BY_ROSTER, DayEnded, RosterTurned
from controller.hall.events import (
    Event,
    TicketDropped,
    TicketLapsed,
    TicketOffered,
    TicketRejoined,
    WindowPaused,
    WindowResumed,
)
from controller.hall.instants import MINUTE, Instant, Moment
from controller.hall.model import (
    ENDED_STATES,
    Hall,
    PauseReason,
    Ticket,
    TicketState,
    Window,
    WindowState,
)
from controller.hall.moving import abandoned, sent_back
from controller.hall.opening import OpeningPlan, last_close
from controller.hall.port import Policy
from controller.hall.roster import Duty, duty, work_spans
from controller.hall.spans import minute_of

S = TicketState
IN_HAND = frozenset({S.CALLED, S.SERVING})
SET_BACK: Instant = MINUTE
"""A clock that jumps back by more has been set: the roster is looked up anew. By less it was put
right, and nothing is told twice."""


def next_due(hall: Hall, now: Moment, policy: Policy) -> list[Event]:
    """The events of the next thing that is due at `now`; an empty list if nothing is."""
    late = hall.deadlines.passed(now.at)
    if late is not None:
        return _deadline(hall, hall.tickets[late], now)
    if hall.returned and (back := _turn_has_come(hall)) is not None:
        return [TicketRejoined(back)]
    if (hall.told.notices or hall.told.emergency) and (ended := over(hall, now)):
        return ended
    if hall.meant and (gone := abandoned(hall, now)):
        return gone
    if hall.plan.opening is not None and (turned := _by_the_clock(hall, hall.plan.opening, now)):
        return turned
    if hall.on_duty is not None and (moved := _on_and_off_duty(hall, hall.on_duty, now)):
        return moved
    if hall.plan.automatic and (offered := _offer(hall, now, policy)):
        return offered
    return []


# --- deadlines ----------------------------------------------------------------------------------


def _deadline(hall: Hall, ticket: Ticket, now: Moment) -> list[Event]:
    """What becomes of a ticket whose time has come."""
    rules = hall.plan.rules
    if ticket.state is S.PASSED:
        return [TicketDropped(ticket.id, "not-returned", None)]
    if ticket.state is S.RETURNED:
        return [TicketRejoined(ticket.id)]
    if ticket.state is S.HELD:
        return [TicketLapsed(ticket.id, now.at + rules.return_within)]
    if ticket.state is S.HANDED:
        return [sent_back(hall, ticket, "timeout", now.at)]
    return [called_as_offered(hall, hall.windows[ticket.origin or 0])]


def _turn_has_come(hall: Hall) -> str | None:
    """A returned ticket before which enough others were called."""
    return next((t for t, behind in sorted(hall.returned.items()) if behind <= 0), None)


# --- the clock on the wall ----------------------------------------------------------------------


def _by_the_clock(hall: Hall, plan: OpeningPlan, now: Moment) -> list[Event]:
    if _roster_is_old(hall, now):
        return [_roster(hall, plan, now)]
    if hall.over or hall.on_duty:
        return []
    closing = last_close(plan, now.local.date())
    if closing is None or now.at < _instant(now, closing) + hall.plan.rules.closing_grace:
        return []
    left = [
        t for t in hall.tickets.values() if t.state not in ENDED_STATES and t.state not in IN_HAND
    ]
    return [*(TicketDropped(t.id, "closing", None) for t in left), DayEnded(len(left))]


def _roster_is_old(hall: Hall, now: Moment) -> bool:
    """Whether the roster has not turned today, its next turn has come, or the clock was set back
    to before the last one."""
    if hall.on_duty is None or 0 < hall.roster_until <= now.at:
        return True
    return now.at < hall.roster_at - SET_BACK


def _roster(hall: Hall, plan: OpeningPlan, now: Moment) -> RosterTurned:
    told = {no: duty(plan, no, now.local) for no in hall.windows}
    on = tuple(sorted(no for no, d in told.items() if d.on))
    today = now.local.date()
    turns = [d.until for d in told.values() if d.until and d.until.date() == today]
    return RosterTurned(on, BY_ROSTER, _instant(now, min(turns)) if turns else 0)


def _instant(now: Moment, wall: datetime) -> Instant:
    """The instant of a time on the hall's wall."""
    return now.at + (wall - now.local) // timedelta(microseconds=1)


def _on_and_off_duty(hall: Hall, on: frozenset[int], now: Moment) -> list[Event]:
    """The next window that the roster resumes, or that goes off duty: open, nobody in hand there,
    and its clerk did not say otherwise."""
    for window in hall.windows.values():
        if window.no in on:
            if window.rostered:
                return [WindowResumed(window.no)]
        elif _leaves(hall, window) and not _needed(hall, window, on, now):
            return [*unoffered(window), _off_duty(hall, window, now)]
    return []


def _leaves(hall: Hall, window: Window) -> bool:
    free = window.state is WindowState.OPEN and window.ticket is None
    return free and window.no not in hall.staying


def _off_duty(hall: Hall, window: Window, now: Moment) -> WindowPaused:
    told = Duty(False)
    if hall.plan.opening is not None and not hall.by_hand:
        told = duty(hall.plan.opening, window.no, now.local)
    until = hall.roster_until if told.until is None else _instant(now, told.until)
    reason = OFF_DUTY.get(told.why or "", PauseReason.ROSTER)
    return WindowPaused(window.no, str(reason), until, rostered=True)


OFF_DUTY = {"lunch": PauseReason.MEAL, "break": PauseReason.REST}
"""What screens say of a window that is off duty, by the roster's word."""


def _needed(hall: Hall, window: Window, on: frozenset[int], now: Moment) -> bool:
    """After its hours of the day a window goes on for those who still wait and whom no window on
    duty can call."""
    plan = hall.plan.opening
    if plan is None or hall.by_hand or hall.over:
        return False
    work = work_spans(plan, window.no, now.local.date())
    if not work or minute_of(now.local) < work[-1][1]:
        return False
    others = [(no, skills) for no, _, skills in hall.staffing if no in on]
    lines = hall.waiting.lines(window.skills, window.no)
    return any(not any(x.kind.fits(no, skills) for no, skills in others) for x in lines)


# --- offers -------------------------------------------------------------------------------------


def _offer(hall: Hall, now: Moment, policy: Policy) -> list[Event]:
    """Reserve a waiting ticket for a free window that takes them by itself (FR-32): of all such
    windows, the one that waits longest chooses whom, and the policy which of them gets the
    ticket."""
    idle = [w for w in hall.windows.values() if hall.plan.windows[w.no].auto and _idle(w)]
    for window in sorted(idle, key=lambda w: (w.free_since, w.no)):
        choice = policy.choose(hall, window, now)
        if choice is None:
            continue
        ticket = hall.tickets[choice.ticket]
        able = [(w, w.free_since) for w in idle if ticket.may_go_to(w.no)]
        no = policy.place(hall, ticket, able)
        found = hall.windows[no] if no is not None else window
        picked = policy.choose(hall, found, now)
        if picked is None or picked.ticket != ticket.id:
            picked, found = choice, window
        until = now.at + hall.plan.rules.offer_grace
        return [TicketOffered(ticket.id, found.no, picked.items, picked.reason, until)]
    return []


def _idle(window: Window) -> bool:
    return (
        window.state is WindowState.OPEN
        and window.ticket is None
        and window.offer is None
        and window.ready
    )
