"""Which windows the next hours will need: expected work against open windows, and what to open.

Pure: works on what it is given. The work of the skills is split over the windows that can do it as
evenly as skills allow (the same split that the dispatch rule plans with); a skill's load is how
full its windows then are. Work that does not fit into an hour is carried into the next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from controller.dispatch.split import split
from controller.views.roster import Clerk, choices

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
    """Open window `no` for `skill` before hour number `hour` begins; the load without and with, and
    who is free to work there (None: nobody who could do this)."""

    no: int
    skill: str
    hour: int
    before: Load
    after: Load
    clerk: Clerk | None = None


def outlook(hours: Sequence[Hour], works: Iterable[Work], posts: Iterable[Post]) -> Outlook:
    """The loads of the next hours with the windows that are staffed."""
    return _forward(hours, tuple(works), [(p, 0 if p.staffed else len(hours)) for p in posts])


def advise(
    hours: Sequence[Hour],
    works: Iterable[Work],
    posts: Iterable[Post],
    clerks: Iterable[Clerk] = (),
    most: int = MOST_ADVICE,
) -> list[Advice]:
    """Which windows to open and when, the most useful first; each counts on those before it.

    `clerks` are free. Each is counted on once, with the skills that are theirs; a window for which
    nobody is free is advised only when no other helps.
    """
    works, free = tuple(works), list(clerks)
    opens = [(post, 0 if post.staffed else len(hours)) for post in posts]
    found: list[Advice] = []
    while len(found) < most:
        now = _forward(hours, works, opens)
        closed = [post for post, since in opens if since >= len(hours)]
        manned = [(post, clerk) for post in closed for clerk in choices(post.no, post.skills, free)]
        best = _best(hours, works, opens, now, manned) or _best(
            hours, works, opens, now, [(post, None) for post in closed], free
        )
        if best is None:
            break
        found.append(best)
        opens = [_opened(one, best) for one in opens]
        free = [clerk for clerk in free if clerk is not best.clerk]
    return found


def _opened(one: tuple[Post, int], advice: Advice) -> tuple[Post, int]:
    post, _ = one
    return (_with(post, advice.clerk), advice.hour) if post.no == advice.no else one


def _with(post: Post, clerk: Clerk | None) -> Post:
    """The window as this clerk could work at it."""
    return post if clerk is None else replace(post, skills=clerk.at(post.skills))


def _best(
    hours: Sequence[Hour],
    works: tuple[Work, ...],
    opens: list[tuple[Post, int]],
    now: Outlook,
    pairs: Iterable[tuple[Post, Clerk | None]],
    free: Sequence[Clerk] = (),
) -> Advice | None:
    """The pair that takes most of the overload away, opened in the first hour it is needed; none
    for a skill that one of `free` has."""
    best: Advice | None = None
    gained = 0.0
    for closed, clerk in pairs:
        post = _with(closed, clerk)
        first = _first(now, post)
        if first is None or any(first[0] in other.at(post.skills) for other in free):
            continue
        skill, hour = first
        then = [(post, hour) if p.no == post.no else (p, since) for p, since in opens]
        after = _forward(hours, works, then)
        before, with_it = now.loads[skill][hour], after.loads[skill][hour]
        advice = Advice(post.no, skill, hour, before, with_it, clerk)
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
