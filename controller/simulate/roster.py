"""Breaks at better times: the same minutes for every window, off the peaks, and apart for windows
that share rare skills. From what is known the evening before only (docs/dispatch.md).

Which absences are breaks that may move, and where to:

- An absence from opening on, or one longer than 90 minutes, is no break and stays where it is.
- A break of 30 minutes or more (lunch) begins between 25 % and 50 % of the day.
- A shorter one keeps 30 minutes' distance from opening and closing.
- Between two breaks of one window lie at least 30 minutes, and any break keeps its minutes.
- Of the windows that can do a service, and of all windows, no more than half are away at once
  (one may always be), as far as that can be had.

A break for which no such place is free stays where it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from controller.simulate.congestion import BIN, Pool, pools_of
from controller.simulate.crowd import STEP, Crowd
from controller.simulate.profile import Profile, usual
from controller.simulate.trace import Day, DayBreak

LUNCH, ABSENCE, APART = 30.0, 90.0, 30.0
LUNCH_FROM, LUNCH_TO = 0.25, 0.50
COARSE = 15.0
SWEEPS = 3


def proposed(day: Day, profile: Profile | None = None) -> tuple[DayBreak, ...]:
    """The day's breaks at better times, in the order of the day's; the day's own breaks if none
    is better. Of the day, only what was known the evening before is looked at."""
    search = _Search(day, profile or usual(day.closes_min))
    before = search.price()
    search.run()
    return search.breaks() if search.price() < before else day.breaks


def movable(one: DayBreak) -> bool:
    """Whether an absence is a break that may be moved."""
    return one.at > 0 and one.minutes <= ABSENCE


Price = tuple[float, float]
"""How much too crowded breaks are, then the cost of what waits; the first counts first."""


@dataclass(slots=True)
class _Search:
    """Local search: all breaks are taken out and put back one by one where they cost least; then
    each in turn is moved, until nothing does."""

    day: Day
    profile: Profile
    pools: list[Pool] = field(init=False)
    touching: list[list[Pool]] = field(init=False)
    crowd: Crowd = field(init=False)
    at: list[float] = field(init=False)
    window: list[int] = field(init=False)
    out: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.pools, _ = pools_of(self.day, self.profile)
        number = {w.id: n for n, w in enumerate(self.day.windows)}
        self.touching = [[p for p in self.pools if n in p.part] for n in range(len(number))]
        self.crowd = Crowd(self.day)
        self.window = [number[b.window] for b in self.day.breaks]
        self.at = [b.at for b in self.day.breaks]
        for n in range(len(self.at)):
            self._take(n, 1)

    def price(self) -> Price:
        """The price of the roster as it stands."""
        return self.crowd.total(), sum(p.cost() for p in self.pools)

    def breaks(self) -> tuple[DayBreak, ...]:
        """The roster as it stands."""
        return tuple(replace(b, at=at) for b, at in zip(self.day.breaks, self.at, strict=True))

    def run(self) -> None:
        """Long breaks and windows with few skills first."""
        order = [n for n, b in enumerate(self.day.breaks) if movable(b)]
        order.sort(key=lambda n: (-self.day.breaks[n].minutes, len(self._skills(n)), n))
        for n in order:
            self._take(n, -1)
            self.out.add(n)
        for n in order:
            self._put(n, self._best(n, COARSE))
        for _ in range(SWEEPS):
            moved = False
            for n in order:
                before = self.at[n]
                self._take(n, -1)
                self._put(n, self._best(n, STEP, before))
                moved = moved or self.at[n] != before
            if not moved:
                return

    def _skills(self, n: int) -> tuple[str, ...]:
        return self.day.windows[self.window[n]].skills

    def _put(self, n: int, at: float) -> None:
        self.out.discard(n)
        self.at[n] = at
        self._take(n, 1)

    def _best(self, n: int, step: float, now: float | None = None) -> float:
        """The cheapest place; where it is, if another is no cheaper or there is none."""
        near = self.at[n] if now is not None else None
        places = list(self._places(n, step, near))
        if not places:
            return self.at[n]
        best = min((self._price(n, at), at) for at in places)
        if near is not None and self._allowed(n, near):
            here = self._price(n, near)
            if (here[0], here[1] - 1e-9) <= best[0]:
                return near
        return best[1]

    def _places(self, n: int, step: float, near: float | None) -> Iterator[float]:
        """Where the break may begin: every quarter of an hour, and finer around where it is."""
        for k in range(int(self.day.closes_min / step) + 1):
            at = k * step
            far = near is None or abs(at - near) > COARSE
            if far and at % COARSE:
                continue
            if self._allowed(n, at):
                yield at

    def _allowed(self, n: int, at: float) -> bool:
        minutes, closes = self.day.breaks[n].minutes, self.day.closes_min
        if minutes >= LUNCH:
            if not LUNCH_FROM * closes <= at <= LUNCH_TO * closes:
                return False
        elif at < APART or at + minutes > closes - APART:
            return False
        for m, other in enumerate(self.day.breaks):
            if m == n or m in self.out or self.window[m] != self.window[n]:
                continue
            gap = max(self.at[m] - (at + minutes), at - (self.at[m] + other.minutes))
            if gap < APART:
                return False
        return True

    def _price(self, n: int, at: float) -> Price:
        """What the break costs at a place, on top of the rest."""
        window, minutes = self.window[n], self.day.breaks[n].minutes
        away = _away(at, minutes, len(self.pools[0].room))
        cost = sum(p.cost(away, p.part[window]) for p in self.touching[window])
        return self.crowd.added(window, at, minutes), cost

    def _take(self, n: int, sign: int) -> None:
        window, minutes = self.window[n], self.day.breaks[n].minutes
        self.crowd.take(window, self.at[n], minutes, sign)
        away = _away(self.at[n], minutes, len(self.pools[0].room))
        for pool in self.touching[window]:
            for b, gone in away.items():
                pool.room[b] -= sign * gone * pool.part[window]


def _away(at: float, minutes: float, slots: int) -> dict[int, float]:
    """Minutes of absence by slot."""
    found: dict[int, float] = {}
    b = int(at / BIN)
    while b < slots and b * BIN < at + minutes:
        found[b] = min(at + minutes, (b + 1) * BIN) - max(at, b * BIN)
        b += 1
    return found
