"""Predictions tried on simulated days: a picture at the arrival of somebody, and what came true."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from controller.dispatch.rule import HallRule
from controller.forecast.ghosts import Ghost
from controller.forecast.picture import QUARTER_MIN, Absence, Coming, Picture, take
from controller.forecast.rollout import ROLLOUTS, Roller
from controller.forecast.sample import Sample, first_of
from controller.hall.model import DispatchClass
from controller.simulate.live import HallRoom
from controller.simulate.trace import Day
from controller.simulate.world import MINUTE, TrueMinutes, Visit, World, micros

QUARTERS_AHEAD = 8
WARM_MIN = 10.0
"""Nobody is asked in the first minutes of a day: everybody is called at once."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One prediction and the truth; minutes. `head`: how long the first in the same line (service
    and class) has waited; `last`: how long the last one called from it had; `share`: people that
    the same windows have to serve × the mean time ÷ those windows."""

    sample: Sample
    actual: float
    head: float
    last: float
    share: float


def profile(days: Iterable[Day]) -> list[float]:
    """The share of a day's arrivals in each of its quarter hours."""
    counts: dict[int, int] = {}
    for day in days:
        for ticket in day.tickets:
            quarter = int(ticket.at // QUARTER_MIN)
            counts[quarter] = counts.get(quarter, 0) + 1
    total = sum(counts.values()) or 1
    return [counts.get(n, 0) / total for n in range(max(counts, default=-1) + 1)]


def tried(day: Day, usual: Sequence[float], samples: int, rollouts: int = ROLLOUTS) -> list[Trial]:
    """Play a day under the hall's rule and predict for `samples` of its tickets as they arrive.
    `usual`: the profile of earlier days."""
    rng = Random(f"{day.name}/samples")
    who = [
        n for n, t in enumerate(day.tickets) if not t.no_show and WARM_MIN <= t.at < day.closes_min
    ]
    chosen = set(rng.sample(who, min(samples, len(who))))
    room = _Watched(day, chosen, usual)
    World(day, room, TrueMinutes(day)).play()
    roller = Roller()
    return [_trial(day, room, roller, n, rollouts) for n in sorted(chosen)]


def _trial(day: Day, room: "_Watched", roller: Roller, n: int, rollouts: int) -> Trial:
    ticket = day.tickets[n]
    picture, head, last, share = room.taken[n]
    cls = DispatchClass.ORDINARY if ticket.cls == "ordinary" else DispatchClass.PRIORITY
    ghosts = [Ghost(cls, (service,)) for service in ticket.items]
    seed = f"{day.name}/{n}"
    rolled = roller.roll(picture, ghosts, seed, range(rollouts), all_tickets=False)
    actual = max(0.0, room.called[n] / MINUTE - ticket.due)
    return Trial(first_of([rolled.ghosts[g] for g in ghosts]), actual, head, last, share)


class _Watched(HallRoom):
    """The room, with somebody who takes pictures at the chosen arrivals."""

    def __init__(self, day: Day, chosen: set[int], usual: Sequence[float]) -> None:
        super().__init__(day, HallRule())
        self.taken: dict[int, tuple[Picture, float, float, float]] = {}
        self.called: dict[int, int] = {}
        self._chosen, self._usual = chosen, usual
        self._last: dict[tuple[str, str], float] = {}
        numbers = {w.id: n for n, w in enumerate(day.windows, start=1)}
        self._breaks = [
            Absence(
                numbers[b.window],
                self._clock.instant(micros(b.at)),
                self._clock.instant(micros(b.at + b.minutes)),
            )
            for b in day.breaks
        ]

    def arrive(self, ticket: int, now: int) -> None:
        """See `Waiting`."""
        if ticket in self._chosen:
            self.taken[ticket] = (self._picture(now), *self._simple(ticket, now))
        super().arrive(ticket, now)

    def call(self, window: int, now: int) -> Visit | None:
        """See `Waiting`."""
        visit = super().call(window, now)
        if visit is not None and visit.ticket not in self.called:
            self.called[visit.ticket] = now
            one = self.day.tickets[visit.ticket]
            self._last[one.cls, one.items[0]] = max(0.0, now / MINUTE - one.due)
        return visit

    def _picture(self, now: int) -> Picture:
        hall = self.hall
        return take(
            self._clock.instant(now),
            hall.plan,
            hall.known,
            hall.windows.values(),
            hall.tickets,
            hall.waiting.tickets(),
            self._breaks,
            Coming(arrivals=self._to_come(now / MINUTE)),
        )

    def _to_come(self, now: float) -> Mapping[str, tuple[float, ...]]:
        shares = ahead(self._usual, now)
        return {
            s.id: tuple((s.expected or 0.0) * share for share in shares) for s in self.day.services
        }

    def _simple(self, ticket: int, now: int) -> tuple[float, float, float]:
        one = self.day.tickets[ticket]
        key = one.cls, one.items[0]
        ages = [0.0]
        hall = self.hall
        able = [w for w in hall.windows.values() if one.items[0] in w.skills]
        queued = 0
        reach = frozenset[str]().union(*(w.skills for w in able))
        for id in hall.waiting.tickets():
            other = hall.tickets[id]
            if (str(other.cls), other.items[0].service) == key:
                ages.append((self._clock.instant(now) - other.seniority) / MINUTE)
            queued += not other.skills_needed().isdisjoint(reach)
        mean = hall.plan.services[one.items[0]].minutes
        return max(ages), self._last.get(key, 0.0), queued * mean / len(able)


def ahead(usual: Sequence[float], now: float) -> list[float]:
    """The shares of the next quarter hours from the minute `now` on, across those of the day."""
    found = []
    for n in range(QUARTERS_AHEAD):
        place = now / QUARTER_MIN + n
        low, part = int(place), place % 1
        this = usual[low] if low < len(usual) else 0.0
        following = usual[low + 1] if low + 1 < len(usual) else 0.0
        found.append(this * (1 - part) + following * part)
    return found
