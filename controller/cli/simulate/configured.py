"""The usual day of a configured hall: windows and items as configured, people as `[demand]` and
each item's `daily` say. Time is open time: hours in which the hall is shut are left out."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click

from config import ConfigError, HallConfig, load_hall
from config.fields import minutes
from controller.simulate.profile import Profile, from_slots, usual
from controller.simulate.trace import Day, DayBreak, DayService, DayTicket, DayWindow, Truth

NOISE = 0.75
"""Spread of one service time (ln-sd), as in the published scenarios."""
LUNCH_AT, REST_AT = 0.40, 0.70
"""Where breaks stand before anybody plans them, as shares of the day."""


@dataclass(frozen=True, slots=True)
class Configured:
    """A hall to draw usual days from. `spans`: open times of the day, minutes after midnight."""

    name: str
    spans: tuple[tuple[int, int], ...]
    services: tuple[DayService, ...]
    windows: tuple[DayWindow, ...]
    breaks: tuple[DayBreak, ...]
    groups: dict[str, str]
    profile: Profile
    priority: float
    appointment: float
    no_show: float

    @property
    def closes(self) -> float:
        """Open minutes of the day."""
        return float(sum(end - start for start, end in self.spans))


def configured(config: HallConfig, lunch: float, rest: float) -> Configured:
    """The usual day of a configuration. Lunch is planned only where the hall stays open over
    noon."""
    spans = tuple((minutes(a) or 0, minutes(b) or 0) for a, b in config.hall.hours)
    closes = float(sum(end - start for start, end in spans))
    skills = {
        w.no: tuple(i.code for i in config.items if i.skill in w.skills and not i.online)
        for w in config.windows
        if w.open_by_default
    }
    seated = {no: codes for no, codes in skills.items() if codes}
    able = {code for codes in seated.values() for code in codes}
    items = [i for i in config.items if i.code in able]
    means = {i.code: float(i.minutes) for i in items}
    starts = {
        _open_minute(spans, minutes(at) or 0): share
        for at, share in config.demand.arrival_profile.items()
    }
    return Configured(
        name=config.hall.id,
        spans=spans,
        services=tuple(DayService(i.code, float(i.minutes), float(i.daily)) for i in items),
        windows=tuple(
            DayWindow(str(no), codes, estimate={c: means[c] for c in codes})
            for no, codes in seated.items()
        ),
        breaks=tuple(_breaks(seated, closes, lunch if len(spans) == 1 else 0.0, rest)),
        groups={i.code: i.skill for i in items},
        profile=from_slots(starts, closes) if starts else usual(closes),
        priority=config.demand.priority_share,
        appointment=config.demand.appointment_share,
        no_show=config.demand.no_show_share,
    )


def profile_in(directory: Path) -> Profile:
    """When people come to a configured hall. Raises a click error that tells what is wrong."""
    try:
        return configured(load_hall(directory), 0, 0).profile
    except ConfigError as error:
        raise click.UsageError(str(error)) from None


def _breaks(
    seated: dict[int, tuple[str, ...]], closes: float, lunch: float, rest: float
) -> list[DayBreak]:
    """Two shifts at noon and a rest in the afternoon, as halls do where nobody plans."""
    found = []
    for n, no in enumerate(seated):
        if lunch:
            found.append(DayBreak(str(no), round(LUNCH_AT * closes) + (n % 2) * lunch, lunch))
        if rest:
            found.append(DayBreak(str(no), round(REST_AT * closes) + (n % 3) * rest, rest))
    return found


def _open_minute(spans: tuple[tuple[int, int], ...], at: int) -> float:
    """Open minutes that have passed at a time of day."""
    return float(sum(max(0, min(at, end) - start) for start, end in spans))


def clock_of(hall: Configured | None) -> Callable[[float], str]:
    """How a minute of the day is told: as a time of day, or as minutes after opening."""
    if hall is None:
        return lambda at: f"{at:.0f}"
    spans = hall.spans

    def told(at: float) -> str:
        left = at
        for start, end in spans:
            if left <= end - start:
                whole = round(start + left)
                return f"{whole // 60:02}:{whole % 60:02}"
            left -= end - start
        return told(hall.closes)

    return told


@dataclass(frozen=True, slots=True)
class ConfiguredSource:
    """Day `number` of a configured hall, from a seed."""

    hall: Configured
    seed: int
    number: int

    @property
    def name(self) -> str:
        """``HALL-SEED-000``."""
        return f"{self.hall.name}-{self.seed}-{self.number:03}"

    def day(self) -> Day:
        """See `Source`."""
        hall, rng = self.hall, Random(f"{self.hall.name}/{self.seed}/{self.number}")
        return Day(
            name=self.name,
            closes_min=hall.closes,
            services=hall.services,
            windows=hall.windows,
            breaks=hall.breaks,
            tickets=tuple(_tickets(hall, rng)),
            truth=Truth({w.id: dict(w.estimate) for w in hall.windows}, 1.0),
            groups=hall.groups,
        )


def _tickets(hall: Configured, rng: Random) -> list[DayTicket]:
    """As many of each item as usually come, in the proportions of the profile."""
    width = 5.0
    shares = hall.profile.shares(width, math.ceil(hall.closes / width))
    daily = [s.expected or 0.0 for s in hall.services]
    expected, came = sum(daily), 0.0
    arrivals = []
    while expected and (came := came + rng.expovariate(1.0)) < expected:
        slot = rng.choices(range(len(shares)), shares)[0]
        arrivals.append(min(hall.closes, (slot + rng.random()) * width))
    return [_ticket(hall, n, at, daily, rng) for n, at in enumerate(sorted(arrivals))]


def _ticket(hall: Configured, n: int, at: float, daily: list[float], rng: Random) -> DayTicket:
    draw = rng.random()
    cls = "priority" if draw < hall.priority else "ordinary"
    if hall.priority <= draw < hall.priority + hall.appointment:
        cls = "appointment"
    return DayTicket(
        id=f"t{n}",
        at=round(at, 4),
        cls=cls,
        slot=None,
        items=(rng.choices(hall.services, daily)[0].id,),
        no_show=rng.random() < hall.no_show,
        noise=(math.exp(rng.gauss(-(NOISE**2) / 2, NOISE)),),
    )
