"""Breaks at better times: the same minutes for every window, off the peaks, and apart for windows
that share rare skills. From what is known the evening before only (docs/dispatch.md).

Which absences are breaks that may move, and where to:

- An absence from opening on, or one longer than 90 minutes, is no break and stays where it is.
- A break of 30 minutes or more (lunch) begins between 25 % and 65 % of the day.
- A shorter one keeps 30 minutes' distance from opening and closing.
- Between two breaks of one window lie at least 30 minutes, and any break keeps its minutes.

A break for which no such place is free stays where it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from controller.simulate.congestion import BIN, Pool, pools_of
from controller.simulate.profile import Profile, usual
from controller.simulate.trace import Day, DayBreak

LUNCH, ABSENCE, APART = 30.0, 90.0, 30.0
LUNCH_FROM, LUNCH_TO = 0.25, 0.65
STEP = 5.0
COARSE = 15.0
SWEEPS = 3


def proposed(day: Day, profile: Profile | None = None) -> tuple[DayBreak, ...]:
    """The day's breaks at better times, in the order of the day's; the day's own breaks if none
    is better. Of the day, only what was known the evening before is looked at."""
    search = _Search(day, profile or usual(day.closes_min))
    before = search.cost()
    search.run()
    return search.breaks() if search.cost() < before else day.breaks


def movable(one: DayBreak) -> bool:
    """Whether an absence is a break that may be moved."""
    return one.at > 0 and one.minutes <= ABSENCE


@dataclass(slots=True)
class _Search:
    """Local search: every break in turn is taken out and put where it costs least."""

    day: Day
    profile: Profile
    pools: list[Pool] = field(init=False)
    touching: list[list[Pool]] = field(init=False)
    at: list[float] = field(init=False)
    window: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.pools, _ = pools_of(self.day, self.profile)
        number = {w.id: n for n, w in enumerate(self.day.windows)}
        self.touching = [[p for p in self.pools if n in p.part] for n in range(len(number))]
        self.window = [number[b.window] for b in self.day.breaks]
        self.at = [b.at for b in self.day.breaks]
        for n in range(len(self.at)):
            self._take(n, 1.0)

    def cost(self) -> float:
        """The cost of the roster as it stands."""
        return sum(p.cost() for p in self.pools)

    def breaks(self) -> tuple[DayBreak, ...]:
        """The roster as it stands."""
        return tuple(replace(b, at=at) for b, at in zip(self.day.breaks, self.at, strict=True))

    def run(self) -> None:
        """Sweep over all breaks, long ones and scarce windows first, until nothing moves."""
        order = [n for n, b in enumerate(self.day.breaks) if movable(b)]
        order.sort(key=lambda n: (-self.day.breaks[n].minutes, len(self._skills(n)), n))
        for sweep in range(SWEEPS):
            moved = [self._settle(n, COARSE if sweep == 0 else STEP) for n in order]
            if not any(moved):
                return

    def _skills(self, n: int) -> tuple[str, ...]:
        return self.day.windows[self.window[n]].skills

    def _settle(self, n: int, step: float) -> bool:
        before = self.at[n]
        self._take(n, -1.0)
        best = min(self._places(n, step), key=lambda at: (self._price(n, at), at), default=before)
        here = self._price(n, before)
        if not self._allowed(n, before) or self._price(n, best) < here - 1e-9:
            self.at[n] = best
        self._take(n, 1.0)
        return self.at[n] != before

    def _places(self, n: int, step: float) -> Iterator[float]:
        """Where the break may begin."""
        count = int(self.day.closes_min / step) + 1
        near = self.at[n]
        for k in range(count):
            at = k * step
            if step < COARSE and abs(at - near) > COARSE and k % 3:
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
            if m == n or self.window[m] != self.window[n]:
                continue
            gap = max(self.at[m] - (at + minutes), at - (self.at[m] + other.minutes))
            if gap < APART:
                return False
        return True

    def _price(self, n: int, at: float) -> float:
        """What the break costs at a place, on top of the rest."""
        window = self.window[n]
        away = _away(at, self.day.breaks[n].minutes, len(self.pools[0].room))
        return sum(p.cost(_scaled(away, p.part[window])) for p in self.touching[window])

    def _take(self, n: int, sign: float) -> None:
        window = self.window[n]
        away = _away(self.at[n], self.day.breaks[n].minutes, len(self.pools[0].room))
        for pool in self.touching[window]:
            for b, minutes in away.items():
                pool.room[b] -= sign * minutes * pool.part[window]


def _away(at: float, minutes: float, slots: int) -> dict[int, float]:
    """Minutes of absence by slot."""
    found: dict[int, float] = {}
    b = int(at / BIN)
    while b < slots and b * BIN < at + minutes:
        found[b] = min(at + minutes, (b + 1) * BIN) - max(at, b * BIN)
        b += 1
    return found


def _scaled(away: dict[int, float], part: float) -> dict[int, float]:
    return {b: minutes * part for b, minutes in away.items()}
