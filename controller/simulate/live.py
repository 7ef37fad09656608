"""The waiting room of the real hall: the same rules, events and dispatcher as the controller's.

Every step is a command that `decide` decides and `evolve` folds, as the service does it, only
that nothing is kept and time is the world's.
"""

from datetime import datetime, timedelta

from controller.hall import commands as c
from controller.hall.days import turn_day
from controller.hall.evolve import Applied, evolve
from controller.hall.instants import Moment
from controller.hall.knowledge import Knowledge, Observed
from controller.hall.lifecycle import decide
from controller.hall.model import DispatchClass, Hall, PauseReason, Result
from controller.hall.plan import Mode, Plan, Rules, Service, Skill, WindowPlan
from controller.hall.port import Policy
from controller.simulate.trace import Day
from controller.simulate.world import Visit, micros

OPENING = datetime(2026, 1, 5, 9, 0)
ZONE = "Z"


def plan_of(day: Day, mode: Mode = Mode.ACCUMULATING, cap: int | None = None) -> Plan:
    """The configuration of a hall like the trace's: every service is a skill of its own."""
    return Plan(
        services={
            s.id: Service(s.id, s.id, s.mean, day.groups.get(s.id, s.id)) for s in day.services
        },
        skills={s.id: Skill(s.id, s.id, ZONE) for s in day.services},
        windows={
            n: WindowPlan(n, ZONE, frozenset(w.skills)) for n, w in enumerate(day.windows, start=1)
        },
        rules=Rules(digits=9, mode=mode, overtaking_cap=cap, recall_gap=0, pass_after=0),
    )


def knowledge_of(day: Day) -> Knowledge:
    """What the trace says the hall knew in the morning."""
    return Knowledge(
        observed={
            w.id: {s: Observed(m, w.n.get(s)) for s, m in w.estimate.items()} for w in day.windows
        },
        expected={s.id: s.expected for s in day.services if s.expected is not None},
    )


class HallRoom:
    """A `Waiting` over a real `Hall`."""

    def __init__(
        self, day: Day, policy: Policy, mode: Mode = Mode.ACCUMULATING, cap: int | None = None
    ) -> None:
        zero = round(OPENING.timestamp()) * 1_000_000
        hall = Hall(plan_of(day, mode, cap), known=knowledge_of(day))
        self._enter(day, policy, hall, tuple(range(1, len(day.windows) + 1)), (), zero)
        for event in turn_day(self.hall, self._clock.at(0)):
            self._fold(event, 0)
        for n, window in enumerate(day.windows, start=1):
            self._do(c.OpenWindow(n, window.id), 0)

    @classmethod
    def midway(
        cls,
        day: Day,
        policy: Policy,
        hall: Hall,
        numbers: tuple[int, ...],
        present: tuple[str, ...],
        zero: int,
    ) -> "HallRoom":
        """A room whose day has begun: `hall` as it stands at the instant `zero`, the numbers of its
        windows and the ids of the tickets that are present, both in the order of `day`."""
        room = cls.__new__(cls)
        room._enter(day, policy, hall, numbers, present, zero)
        return room

    def _enter(
        self,
        day: Day,
        policy: Policy,
        hall: Hall,
        numbers: tuple[int, ...],
        present: tuple[str, ...],
        zero: int,
    ) -> None:
        self.day, self.policy, self.hall = day, policy, hall
        self._ids: list[str] = [*present] + [""] * (len(day.tickets) - len(present))
        self._index: dict[str, int] = {id: n for n, id in enumerate(present)}
        self._numbers = numbers
        self._window = {no: n for n, no in enumerate(numbers)}
        self._seq = 0
        self._clock = _Clock(zero)

    def arrive(self, ticket: int, now: int) -> None:
        """See `Waiting`."""
        one = self.day.tickets[ticket]
        slot = None if one.slot is None else self._clock.instant(micros(one.slot))
        issue = c.Issue(one.items, "kiosk", DispatchClass(one.cls), slot=slot, weight=one.weight)
        (applied,) = self._do(issue, now)
        assert applied.ticket is not None
        self._ids[ticket] = applied.ticket.id
        self._index[applied.ticket.id] = ticket

    def place(self, ticket: int, idle: list[tuple[int, int]]) -> int | None:
        """See `Waiting`."""
        windows = self.hall.windows
        found = self.policy.place(
            self.hall,
            self.hall.tickets[self._ids[ticket]],
            [(windows[self._numbers[w]], self._clock.instant(since)) for w, since in idle],
        )
        return None if found is None else self._window[found]

    def call(self, window: int, now: int) -> Visit | None:
        """See `Waiting`."""
        for applied in self._do(c.CallNext(self._numbers[window], self._clerk(window)), now):
            assert applied.ticket is not None
            return Visit(self._index[applied.ticket.id], applied.ticket.planned)
        return None

    def no_show(self, ticket: int, window: int, now: int) -> None:
        """See `Waiting`."""
        self._do(c.Pass(self._numbers[window], self._clerk(window), ticket=self._ids[ticket]), now)

    def item_done(self, ticket: int, item: int, window: int, now: int) -> bool:
        """See `Waiting`."""
        no, clerk, number = self._numbers[window], self._clerk(window), self._ids[ticket]
        if self.hall.tickets[number].arrived_at is None:
            self._do(c.Arrive(no, clerk, ticket=number), now)
        self._do(c.Finish(no, clerk, ticket=number, item=item, result=Result.DONE), now)
        return number in self.hall.waiting

    def absent(self, window: int, now: int) -> None:
        """See `Waiting`."""
        pause = c.PauseWindow(self._numbers[window], self._clerk(window), reason=PauseReason.REST)
        self._do(pause, now)

    def present(self, window: int, now: int) -> None:
        """See `Waiting`."""
        self._do(c.ResumeWindow(self._numbers[window], self._clerk(window)), now)

    def _clerk(self, window: int) -> str:
        return self.day.windows[window].id

    def _do(self, command: c.Command, now: int) -> list[Applied]:
        moment = self._clock.at(now)
        events = decide(self.hall, command, moment, self.policy)
        return [self._fold(event, moment.at) for event in events]

    def _fold(self, event: object, at: int) -> Applied:
        self._seq += 1
        return evolve(self.hall, event, self._seq, at)  # type: ignore[arg-type]


class _Clock:
    """The hall's moments, from microseconds after opening."""

    def __init__(self, zero: int) -> None:
        self._zero = zero

    def instant(self, now: int) -> int:
        return self._zero + now

    def at(self, now: int) -> Moment:
        return Moment(self._zero + now, OPENING + timedelta(microseconds=now))
