"""The dispatcher run forward from a picture, many times, with drawn service times and arrivals.

Each run plays the rest of the next hours through the real hall (`HallRoom`) under the hall's own
rule. Service times are lognormal around what the hall has learned of its clerks; the time left of
an item in hand is drawn given how long it already takes.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from statistics import NormalDist

from controller.dispatch.estimates import Estimates, shrunk
from controller.forecast.ghosts import Ghost, GhostRule
from controller.forecast.picture import QUARTER_MIN, Coming, Picture
from controller.forecast.sample import HORIZON_MIN, Sample
from controller.hall.instants import MINUTE, Instant
from controller.hall.knowledge import Knowledge
from controller.hall.model import Hall, Staffing, Ticket, TicketState, WindowState
from controller.hall.plan import Plan
from controller.hall.waiting import WaitingLines
from controller.simulate.live import HallRoom
from controller.simulate.trace import Day, DayBreak, DayTicket, DayWindow, Truth
from controller.simulate.world import Hand, Midway, Visit, World

ROLLOUTS = 30
SPREAD = 0.75
"""The ln-sd of one service time."""
OVERDUE = 2 * MINUTE
"""A pause that should be over lasts about so much longer."""
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Rolled:
    """What the runs from one picture showed: of ghosts (nothing of those whom no window there could
    serve), and of the tickets that wait, by id."""

    at: Instant
    ghosts: dict[Ghost, Sample]
    tickets: dict[str, Sample] = field(default_factory=dict)


class Roller:
    """Makes forecasts; keeps from one picture to the next only what is worked out anew slowly."""

    def __init__(self) -> None:
        self._rule = GhostRule()
        self._plan: tuple[Plan, Plan] | None = None
        self._estimates: tuple[Plan, Knowledge, Estimates] | None = None

    def roll(
        self,
        picture: Picture,
        ghosts: Iterable[Ghost],
        seed: str,
        rollouts: Iterable[int] = range(ROLLOUTS),
        all_tickets: bool = True,
    ) -> Rolled:
        """Run forward from the picture, once for each of `rollouts`; the same seed gives the same
        answer. A run ends when every ghost, and with `all_tickets` everybody who waits now, was
        called."""
        wanted = list(ghosts)
        plan = self._unbounded(picture.plan)
        stage = _Stage(picture, plan, self._known(plan, picture.known))
        self._rule.haunt(wanted, plan, {w.no: w.skills for w in picture.windows})
        watched = {t.id: stage.able(t) for t in stage.waiting} if all_tickets else {}
        runs = [_Run(stage, self._rule, watched, Random(f"{seed}/{n}")).play() for n in rollouts]
        return Rolled(
            picture.at,
            {g: _sample([shown.get(g) for shown, _ in runs if stage.serves(g)]) for g in wanted},
            {t: _sample([called.get(t) for _, called in runs]) for t in watched},
        )

    def _unbounded(self, plan: Plan) -> Plan:
        """The plan without limits that a run could strike."""
        if self._plan is None or self._plan[0] is not plan:
            rules = replace(plan.rules, digits=9, pass_after=0, recall_gap=0)
            self._plan = plan, replace(plan, rules=rules)
        return self._plan[1]

    def _known(self, plan: Plan, known: Knowledge) -> Estimates:
        kept = self._estimates
        if kept is None or kept[0] is not plan or kept[1] is not known:
            kept = self._estimates = plan, known, shrunk(plan.services, known.observed)
        return kept[2]


Seen = tuple[int, int]  # microseconds until the call, how many before


def _sample(seen: Sequence[Seen | None]) -> Sample:
    most = HORIZON_MIN * MINUTE
    return Sample(
        tuple(min(most, most if s is None else s[0]) / MINUTE for s in seen),
        tuple(0 if s is None else s[1] for s in seen),
    )


class _Stage:
    """What all runs from one picture share."""

    def __init__(self, picture: Picture, plan: Plan, estimates: Estimates) -> None:
        self.picture, self.plan, self.estimates = picture, plan, estimates
        self.at = picture.at
        self.waiting = [t for t in picture.tickets if t.state is TicketState.WAITING]
        self.numbers = tuple(w.no for w in picture.windows)
        self.staffing: Staffing = tuple((w.no, w.clerk or "", w.skills) for w in picture.windows)
        self.index = {t.id: n for n, t in enumerate(picture.tickets)}
        self.windows = tuple(DayWindow(w.clerk or "", ()) for w in picture.windows)
        self.clerks = [w.clerk or "" for w in picture.windows]
        clerk_of = {w.no: w.clerk or "" for w in picture.windows}
        self.breaks = tuple(
            DayBreak(clerk_of[b.window], self._minutes(b.begin), (b.end - b.begin) / MINUTE)
            for b in picture.breaks
            if b.window in clerk_of and b.end > self.at
        )
        self.away = tuple(
            (n, max(OVERDUE, (w.until or 0) - self.at))
            for n, w in enumerate(picture.windows)
            if w.state is WindowState.PAUSED and w.ticket is None
        )

    def _minutes(self, at: Instant) -> float:
        return (at - self.at) / MINUTE

    def able(self, ticket: Ticket) -> tuple[int, ...]:
        """The windows that can serve a ticket in part."""
        need = ticket.skills_needed()
        return tuple(w.no for w in self.picture.windows if not w.skills.isdisjoint(need))

    def serves(self, ghost: Ghost) -> bool:
        """Whether a window could serve a ghost in part."""
        need = {self.plan.skill_of(s) for s in ghost.services}
        return any(not w.skills.isdisjoint(need) for w in self.picture.windows)

    def hall(self) -> Hall:
        """The hall as it stands in the picture; runs may change it."""
        lines = WaitingLines()
        for t in self.waiting:
            lines.join(t.id, t.seniority, t.order, t.kind())
        return Hall(
            self.plan,
            tickets={t.id: t for t in self.picture.tickets},
            windows={w.no: w for w in self.picture.windows},
            at_window={w.clerk or "": w.no for w in self.picture.windows},
            waiting=lines,
            staffing=self.staffing,
            known=self.picture.known,
            last_arrival=self.at,
        )

    def minutes(self, window: int, service: str) -> float:
        """The expected time of a service at a window (index)."""
        return self.estimates.minutes(self.clerks[window], service)


class _Run:
    """One run."""

    def __init__(
        self, stage: _Stage, rule: GhostRule, watched: dict[str, tuple[int, ...]], rng: Random
    ) -> None:
        self.stage, self.rule, self.rng = stage, rule, rng
        self.watched = watched
        self.left = set(watched)
        self.called: dict[str, Seen] = {}

    def play(self) -> tuple[dict[Ghost, Seen], dict[str, Seen]]:
        """Play; what the ghosts saw, and when those who wait were called."""
        stage = self.stage
        tickets = [_present(t, self.rng, stage.picture.coming) for t in stage.picture.tickets]
        tickets += arrivals(stage.picture.coming, stage.plan, self.rng)
        day = Day(
            name="",
            closes_min=HORIZON_MIN,
            services=(),
            windows=stage.windows,
            breaks=stage.breaks,
            tickets=tuple(tickets),
            truth=Truth({}, stage.picture.coming.no_show_min),
            groups={},
        )
        self.tickets = tickets
        self.rule.begin(stage.at)
        present = tuple(stage.index)
        room = _Room.midway(day, self.rule, stage.hall(), stage.numbers, present, stage.at)
        assert isinstance(room, _Room)
        room.run = self
        midway = Midway(len(present), tuple(self._hands()), stage.away)
        World(day, room, self._drawn_minutes, midway).play(self._ended)
        shown = {g: (s.after, s.ahead) for g, s in self.rule.shown.items()}
        return shown, self.called

    def note(self, ticket: str, now: int) -> None:
        """A ticket was called; the rule has counted it already."""
        if ticket in self.left:
            self.left.remove(ticket)
            calls = self.rule.calls
            self.called[ticket] = now, sum(calls[no] for no in self.watched[ticket]) - 1

    def _ended(self, now: int) -> bool:
        return now > HORIZON_MIN * MINUTE or not (self.rule.waiting or self.left)

    def _drawn_minutes(self, window: int, ticket: int, item: int) -> float:
        service = self.tickets[ticket].items[item]
        return self.stage.minutes(window, service) * drawn(self.rng)

    def _hands(self) -> Iterable[Hand]:
        stage = self.stage
        for n, window in enumerate(stage.picture.windows):
            if window.ticket is None:
                continue
            place = stage.index[window.ticket]
            ticket = stage.picture.tickets[place]
            items = _in_hand(ticket)
            if not items:
                continue
            mean = stage.minutes(n, ticket.items[items[0]].service)
            age = max(0, stage.at - _began(ticket, stage.at)) / MINUTE
            end = max(1, round(left_of(mean, age, self.rng) * MINUTE))
            yield Hand(n, place, items, end)


class _Room(HallRoom):
    """The real hall's room, with somebody who notes who is called when."""

    run: _Run

    def call(self, window: int, now: int) -> Visit | None:
        """See `Waiting`."""
        visit = super().call(window, now)
        if visit is not None:
            self.run.note(self._ids[visit.ticket], now)
        return visit


# --- what is drawn ---


def drawn(rng: Random, spread: float = SPREAD) -> float:
    """A lognormal factor with mean 1."""
    return math.exp(rng.gauss(-spread * spread / 2, spread))


def left_of(mean: float, age: float, rng: Random, spread: float = SPREAD) -> float:
    """Minutes left of a service of this mean that has taken `age` minutes so far."""
    if age <= 0:
        return mean * drawn(rng, spread)
    middle = math.log(mean) - spread * spread / 2
    passed = _NORMAL.cdf((math.log(age) - middle) / spread)
    at = passed + (1 - passed) * rng.random()
    if at >= 1 - 1e-9:  # far longer than was to be expected: such services end some time
        return mean * rng.random()
    return max(0.0, math.exp(middle + spread * _NORMAL.inv_cdf(max(at, 1e-12))) - age)


def arrivals(coming: Coming, plan: Plan, rng: Random) -> list[DayTicket]:
    """Drawn tickets of the next quarter hours, one item each; minutes from now."""
    found = []
    for service, quarters in coming.arrivals.items():
        if service not in plan.services:
            continue
        for n, expected in enumerate(quarters):
            if expected <= 0:
                continue
            at = rng.expovariate(expected)
            while at < 1:
                found.append(_arrival((n + at) * QUARTER_MIN, service, coming, rng))
                at += rng.expovariate(expected)
    return found


def _arrival(at: float, service: str, coming: Coming, rng: Random) -> DayTicket:
    draw = rng.random()
    cls = "ordinary"
    if draw < coming.priority:
        cls = "priority"
    elif draw < coming.priority + coming.appointment:
        cls = "appointment"
    return DayTicket("", at, cls, None, (service,), rng.random() < coming.no_show, ())


def _present(ticket: Ticket, rng: Random, coming: Coming) -> DayTicket:
    waits = ticket.state is TicketState.WAITING
    return DayTicket(
        id=ticket.id,
        at=0.0,
        cls=str(ticket.cls),
        slot=None,
        items=tuple(i.service for i in ticket.items),
        no_show=waits and rng.random() < coming.no_show,
        noise=(),
    )


def _in_hand(ticket: Ticket) -> tuple[int, ...]:
    """The item in hand and those that follow it here."""
    rest = [i for i in ticket.planned if i in ticket.remaining]
    active = ticket.active
    if active is not None:
        rest = [active, *(i for i in rest if i != active)]
    return tuple(rest)


def _began(ticket: Ticket, now: Instant) -> Instant:
    """Since when the item in hand takes its time."""
    ends = [i.finished_at for i in ticket.items if i.finished_at is not None]
    since = ticket.arrived_at or ticket.called_at or now
    return max([since, *(end for end in ends if end > since)])
