"""The usual day of a hall: how many come for what, how long it takes, and when they come.

What the hall has learned from its days counts, and the configuration as far as few were learned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config import HallConfig
from config.fields import minutes
from controller.dispatch.estimates import shrunk
from controller.hall.knowledge import Knowledge
from controller.hall.learning import GUESS_DAYS
from controller.hall.plan import Plan
from controller.views.profile import Slot, share_between, slots

QUARTER_MIN, QUARTERS = 15, 96
NOBODY = ""
"""A clerk of whom nothing is known: the service's own mean counts."""


@dataclass(frozen=True, slots=True)
class Demand:
    """`daily`: items a day, by service; `minutes`: what one of them takes; `day`: which share of
    them comes when. `days`: on how many days it rests, older ones counting less; 0 for the
    configuration alone."""

    daily: Mapping[str, float]
    minutes: Mapping[str, float]
    day: tuple[Slot, ...]
    days: float

    def share(self, start: float, end: float) -> float:
        """The share of a day's items that comes between two minutes of the day."""
        return share_between(self.day, start, end)


class Usual:
    """The demand on this hall, worked out once for what is known."""

    def __init__(self, config: HallConfig) -> None:
        self._config = config
        self._kept: tuple[Plan, Knowledge, Demand] | None = None

    def demand(self, plan: Plan, known: Knowledge) -> Demand:
        """What is to be expected of a day like today."""
        kept = self._kept
        if kept is None or kept[0] is not plan or kept[1] is not known:
            kept = self._kept = plan, known, demand(self._config, plan, known)
        return kept[2]


def demand(config: HallConfig, plan: Plan, known: Knowledge) -> Demand:
    """What is to be expected of a day, by what is known and what is configured."""
    estimates = shrunk(plan.services, known.observed)
    codes = [item.code for item in config.items if item.code in plan.services]
    guess = {item.code: float(item.daily) for item in config.items}
    return Demand(
        daily={code: known.expected.get(code, guess[code]) for code in codes},
        minutes={code: estimates.minutes(NOBODY, code) for code in codes},
        day=_day(config, known),
        days=known.days,
    )


def _day(config: HallConfig, known: Knowledge) -> tuple[Slot, ...]:
    """When people come. As with their number, the plan counts like `GUESS_DAYS`: a first day that
    began at noon does not say that nobody comes in the morning."""
    spans = [(minutes(start) or 0, minutes(end) or 0) for start, end in config.hall.ticketing]
    planned = slots(config.demand.arrival_profile, spans)
    came = sum(known.profile.values())
    if came <= 0:
        return planned
    belief = known.days / (known.days + GUESS_DAYS)
    quarters = []
    for quarter in range(QUARTERS):
        start, end = quarter * QUARTER_MIN, (quarter + 1) * QUARTER_MIN
        learned = known.profile.get(quarter, 0.0) / came
        share = belief * learned + (1 - belief) * share_between(planned, start, end)
        if share > 0:
            quarters.append(Slot(start, end, share))
    return tuple(quarters)
