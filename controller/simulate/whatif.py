"""The same day in a hall that is staffed differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from controller.simulate.figures import mean
from controller.simulate.trace import Day, DayBreak, DayWindow


class WhatIfError(ValueError):
    """A change that does not fit the day. `path` is its place among the changes."""

    def __init__(self, path: tuple[str | int, ...], what: str) -> None:
        self.path, self.what = path, what
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class WindowChange:
    """A window that is changed, or a new one (`like` another). Skills are service or group ids.
    `clerk_of`: the clerk of that window sits here. Hours are minutes after opening."""

    id: str
    new: bool = False
    closed: bool = False
    like: str | None = None
    clerk_of: str | None = None
    skills: tuple[str, ...] | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    start: float | None = None
    end: float | None = None
    no_breaks: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise. `opens` and `closes` are the whole hall's, minutes after opening."""

    windows: tuple[WindowChange, ...] = ()
    breaks: tuple[DayBreak, ...] = ()
    opens: float = 0.0
    closes: float | None = None


def changed(day: Day, changes: Changes) -> Day:
    """The day with the changes. Raises `WhatIfError`."""
    made = _Changed(day)
    for n, change in enumerate(changes.windows):
        made.apply(change, ("window", n))
    for n, one in enumerate(changes.breaks):
        if one.window not in made.windows:
            raise WhatIfError(("break", n, "window"), f'"{one.window}" is no window of this day')
        made.breaks.append(one)
    for id in made.windows:
        if changes.opens > 0:
            made.breaks.append(DayBreak(id, 0.0, changes.opens))
        if changes.closes is not None and changes.closes < day.closes_min:
            made.breaks.append(DayBreak(id, changes.closes, day.closes_min - changes.closes))
    if not made.windows:
        raise WhatIfError(("window",), "every window is closed")
    made.check()
    return made.day()


class _Changed:
    """A day in the making."""

    def __init__(self, day: Day) -> None:
        self.old = day
        self.windows = {w.id: w for w in day.windows}
        self.breaks = list(day.breaks)
        self.mean = {w: dict(row) for w, row in day.truth.mean.items()}
        self.usual = {
            s.id: mean([row[s.id] for row in day.truth.mean.values() if s.id in row]) or s.mean
            for s in day.services
        }
        self.speed = dict(day.truth.speed)

    def apply(self, change: WindowChange, path: tuple[str | int, ...]) -> None:
        if change.new:
            self._open(change, path)
        window = self._window(change.id, (*path, "id"))
        if change.closed:
            del self.windows[change.id]
            self.breaks = [b for b in self.breaks if b.window != change.id]
            return
        if change.clerk_of is not None:
            self._seat(change, path)
            window = self.windows[change.id]
        skills = list(window.skills)
        if change.skills is not None:
            skills = self._services(change.skills, (*path, "skills"))
        skills += [s for s in self._services(change.add, (*path, "add")) if s not in skills]
        gone = set(self._services(change.remove, (*path, "remove")))
        skills = [s for s in skills if s not in gone]
        if not skills:
            raise WhatIfError(path, "is left without any service; close it instead")
        self._teach(change.id, skills)
        self._hours(change)

    def _window(self, id: str, path: tuple[str | int, ...]) -> DayWindow:
        if id not in self.windows:
            known = ", ".join(self.windows)
            raise WhatIfError(path, f'"{id}" is no window of this day (there are {known})')
        return self.windows[id]

    def _open(self, change: WindowChange, path: tuple[str | int, ...]) -> None:
        if change.id in self.windows:
            raise WhatIfError((*path, "id"), f'"{change.id}" is open already')
        if change.like is not None:
            like = self._window(change.like, (*path, "like"))
            self.windows[change.id] = replace(like, id=change.id)
            self.mean[change.id] = dict(self.mean[like.id])
            self.speed[change.id] = self.speed.get(like.id, 1.0)
            own = [b for b in self.breaks if b.window == like.id]
            self.breaks += [replace(b, window=change.id) for b in own]
        else:
            self.windows[change.id] = DayWindow(change.id, ())
            self.mean[change.id] = {}

    def _seat(self, change: WindowChange, path: tuple[str | int, ...]) -> None:
        """The clerk of another window works here: as fast as there."""
        other = self._window(str(change.clerk_of), (*path, "clerk_of"))
        here = self.windows[change.id]
        pace = self._pace(other.id)
        rows = self.mean[other.id]
        self.mean[change.id] = {s: rows.get(s, self.usual[s] * pace) for s in here.skills}
        self.windows[change.id] = replace(here, estimate=dict(other.estimate), n=dict(other.n))
        self.speed[change.id] = self.speed.get(other.id, 1.0)

    def _services(self, names: Iterable[str], path: tuple[str | int, ...]) -> list[str]:
        found: list[str] = []
        for n, name in enumerate(names):
            services = [s.id for s in self.old.services if s.id == name]
            services += [s for s, group in self.old.groups.items() if group == name]
            if not services:
                raise WhatIfError((*path, n), f'"{name}" is no service and no group of this day')
            found += [s for s in services if s not in found]
        return found

    def _pace(self, id: str) -> float:
        """How long the clerk takes, against the usual."""
        return mean([m / self.usual[s] for s, m in self.mean[id].items()]) or 1.0

    def _teach(self, id: str, skills: Sequence[str]) -> None:
        pace, rows = self._pace(id), self.mean[id]
        for s in skills:
            rows.setdefault(s, self.usual[s] * pace)
        self.windows[id] = replace(self.windows[id], skills=tuple(skills))

    def _hours(self, change: WindowChange) -> None:
        if change.no_breaks:
            self.breaks = [b for b in self.breaks if b.window != change.id]
        if change.start:
            self.breaks.append(DayBreak(change.id, 0.0, change.start))
        if change.end is not None and change.end < self.old.closes_min:
            away = self.old.closes_min - change.end
            self.breaks.append(DayBreak(change.id, change.end, away))

    def check(self) -> None:
        """Everything that is asked for can still be done somewhere."""
        able = {s for w in self.windows.values() for s in w.skills}
        for ticket in self.old.tickets:
            for service in ticket.items:
                if service not in able:
                    raise WhatIfError(("window",), f'nobody could do "{service}" any more')

    def day(self) -> Day:
        """The day as it is now."""
        return replace(
            self.old,
            windows=tuple(self.windows.values()),
            breaks=tuple(b for b in self.breaks if b.window in self.windows),
            truth=replace(self.old.truth, mean=self.mean, speed=self.speed),
        )
