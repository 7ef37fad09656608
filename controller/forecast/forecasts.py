"""The newest forecast, corrected, for whoever tells a wait: paper, screens, the API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from controller.forecast.calibrate import Calibration, Wait
from controller.forecast.ghosts import Ghost
from controller.forecast.rollout import Rolled
from controller.forecast.sample import Raw, Sample, ahead_of, first_of, mixed, raw_of
from controller.hall.instants import SECOND, Instant
from controller.hall.model import DispatchClass, Ticket

FRESH = 30 * SECOND
"""An older forecast is not told."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """A wait and the number of people really expected to be called before. `raw`: what the runs
    said, before it was corrected."""

    wait: Wait
    ahead: int
    raw: Raw

    @property
    def told(self) -> tuple[int, tuple[int, int]]:
        """What paper and screens say: people ahead, and minutes from and to."""
        return self.ahead, (self.wait.low, self.wait.high)


@dataclass(slots=True)
class Forecasts:
    """What the last runs showed; `confirmed` is the instant at which it was last known to hold."""

    calibration: Calibration = field(default_factory=Calibration)
    rolled: Rolled | None = None
    confirmed: Instant = 0

    def take(self, rolled: Rolled) -> None:
        """Keep a new forecast; its instant is that of its picture."""
        self.rolled, self.confirmed = rolled, rolled.at

    def confirm(self, now: Instant) -> None:
        """Nothing has changed in an empty hall: what was foretold holds for now, too."""
        self.confirmed = max(self.confirmed, now)

    def fresh(self, now: Instant) -> bool:
        """Whether it may be told."""
        return self.rolled is not None and 0 <= now - self.confirmed <= FRESH

    def forget(self) -> None:
        """A new day begins: yesterday's hall says nothing of it."""
        self.rolled, self.confirmed = None, 0

    def newcomer(
        self, services: Sequence[str], cls: DispatchClass, now: Instant
    ) -> Foretold | None:
        """For somebody who comes now. None if nothing fresh is known, or no open window serves
        any of it."""
        rolled = self.rolled
        if rolled is None or not self.fresh(now):
            return None
        like = DispatchClass.ORDINARY if cls is DispatchClass.ORDINARY else DispatchClass.PRIORITY
        found = [rolled.ghosts.get(Ghost(like, (code,))) for code in services]
        return self._told(first_of([sample for sample in found if sample is not None]))

    def among(self, weights: Mapping[str, float], now: Instant) -> Wait | None:
        """For somebody ordinary who comes now for one of these services, each as often as its
        weight says (all alike if nobody comes for any). Services that no window can do do not
        count. None as for a newcomer."""
        rolled = self.rolled
        if rolled is None or not self.fresh(now):
            return None
        even = 0.0 if any(weights.values()) else 1.0
        parts = []
        for code, weight in weights.items():
            sample = rolled.ghosts.get(Ghost(DispatchClass.ORDINARY, (code,)))
            if sample is not None and sample.waits:
                parts.append((sample, weight + even))
        raw = mixed(parts)
        return self.calibration.wait(raw) if raw else None

    def waiting(self, ticket: Ticket, now: Instant) -> Foretold | None:
        """For a ticket that waits: from now on."""
        rolled = self.rolled
        if rolled is None or not self.fresh(now):
            return None
        sample = rolled.tickets.get(ticket.id)
        if sample is None:  # it came after the picture
            return self.newcomer([i.service for i in ticket.items], ticket.cls, now)
        return self._told(sample)

    def _told(self, sample: Sample) -> Foretold | None:
        raw = raw_of(sample)
        if raw is None:
            return None
        return Foretold(self.calibration.wait(raw), ahead_of(sample), raw)
