"""Which windows the next hours will need: expected work against open windows, and what to open.

Pure: works on what it is given. The work of the skills is split over the windows that can do it as
evenly as skills allow (the same split that the dispatch rule plans with); a skill's load is how
full its windows then are. Work that does not fit into an hour is carried into the next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from controller.dispatch.split import split

HIGH = 0.9
"""From this load on, waits grow quickly (in M/M/c terms: the knee of the curve)."""
LEAST_GAIN = 0.05
"""An hour is relieved only if its worst load falls by this much, or work fits in that did not."""
MOST_ADVICE = 3
LEAST_WORK_MIN = 5.0
"""Less expected work than this in an hour opens no window."""


@dataclass(frozen=True, slots=True)
class Hour:
    """A piece of the working day, in minutes of the day."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """What one window can work in it."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Work:
    """The work of one skill: people waiting, their minutes, and minutes that come by hour."""

    skill: str
    waiting: int
    backlog: float
    arriving: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A window: `skills` it can do, and whether somebody sits there."""

    no: int
    skills: frozenset[str]
    staffed: bool


@dataclass(frozen=True, slots=True)
class Load:
    """One skill in one hour, in minutes of work. `share` is how full its windows are; None when
    no window can do it."""

    work: float
    capacity: float
    share: float | None

    @property
    def over(self) -> float:
        """Minutes of work above what `HIGH` leaves room for."""
        return self.work - HIGH * self.capacity if self.share is None or self.share > HIGH else 0.0


@dataclass(frozen=True, slots=True)
class Outlook:
    """The loads of every skill by hour, in the order of the hours."""

    hours: tuple[Hour, ...]
    loads: dict[str, tuple[Load, ...]]

    def over(self) -> float:
        """Minutes of work above what there is room for, over all hours."""
        return sum(load.over for row in self.loads.values() for load in row)


@dataclass(frozen=True, slots=True)
class Advice:
    """Open window `no` for `skill` before hour number `hour` begins; the load without and with."""

    no: int
    skill: str
    hour: int
    before: Load
    after: Load


def outlook(hours: Sequence[Hour], works: Iterable[Work], posts: Iterable[Post]) -> Outlook:
    """The loads of the next hours with the windows that are staffed."""
    return _forward(hours, tuple(works), [(p, 0 if p.staffed else len(hours)) for p in posts])


def advise(
    hours: Sequence[Hour], works: Iterable[Work], posts: Iterable[Post], most: int = MOST_ADVICE
) -> list[Advice]:
    """Which windows to open and when, the most useful first; each counts on those before it."""
    works, posts = tuple(works), tuple(posts)
    opens = {post.no: 0 if post.staffed else len(hours) for post in posts}
    found: list[Advice] = []
    while len(found) < most:
        now = _forward(hours, works, [(post, opens[post.no]) for post in posts])
        best = _best(hours, works, posts, opens, now)
        if best is None:
            break
        found.append(best)
        opens[best.no] = best.hour
    return found


def _best(
    hours: Sequence[Hour],
    works: tuple[Work, ...],
    posts: tuple[Post, ...],
    opens: dict[int, int],
    now: Outlook,
) -> Advice | None:
    """The window that takes most of the overload away, opened in the first hour it is needed."""
    best: Advice | None = None
    gained = 0.0
    for post in posts:
        if opens[post.no] < len(hours):
            continue
        first = _first(now, post)
        if first is None:
            continue
        skill, hour = first
        then = {**opens, post.no: hour}
        after = _forward(hours, works, [(p, then[p.no]) for p in posts])
        advice = Advice(post.no, skill, hour, now.loads[skill][hour], after.loads[skill][hour])
        gain = now.over() - after.over()
        if gain > gained + 1e-6 and _helps(advice):
            best, gained = advice, gain
    return best


def _first(now: Outlook, post: Post) -> tuple[str, int] | None:
    """The first hour in which a skill of the window is overloaded, and the worst skill then."""
    for hour in range(len(now.hours)):
        over = [
            (row[hour].over, skill)
            for skill, row in now.loads.items()
            if skill in post.skills and row[hour].over > 0 and row[hour].work >= LEAST_WORK_MIN
        ]
        if over:
            return max(over)[1], hour
    return None


def _helps(advice: Advice) -> bool:
    before, after = advice.before.share, advice.after.share
    return after is not None and (before is None or before - after >= LEAST_GAIN)


def _forward(
    hours: Sequence[Hour], works: tuple[Work, ...], posts: Sequence[tuple[Post, int]]
) -> Outlook:
    """`posts` with the number of the hour from which each is staffed."""
    left = {work.skill: work.backlog for work in works}
    loads: dict[str, list[Load]] = {work.skill: [] for work in works}
    for n, hour in enumerate(hours):
        staffed = [post for post, since in posts if since <= n]
        demand = {work.skill: left[work.skill] + work.arriving[n] for work in works}
        for skill, load in _loads(demand, staffed, hour.minutes).items():
            loads[skill].append(load)
            left[skill] = max(0.0, load.work - load.capacity)
    return Outlook(tuple(hours), {skill: tuple(row) for skill, row in loads.items()})


def _loads(demand: dict[str, float], staffed: list[Post], minutes: int) -> dict[str, Load]:
    able = {s: {p.no: 1.0 for p in staffed if s in p.skills} for s in demand}
    shares = split(demand, able)
    busy: dict[int, float] = {}
    for skill, row in shares.items():
        for no, share in row.items():
            busy[no] = busy.get(no, 0.0) + share * demand[skill]
    found = {}
    for skill, work in demand.items():
        mine = shares.get(skill)
        if not mine:
            found[skill] = Load(work, 0.0, None if work > 0 else 0.0)
            continue
        full = sum(share * busy[no] for no, share in mine.items()) / minutes
        capacity = work / full if full > 0 and work > 0 else float(minutes * len(mine))
        found[skill] = Load(work, capacity, full)
    return found
