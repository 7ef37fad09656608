"""Where days come from: a file, or a scenario and a seed. A source is small; the day it gives is
not, so days are made one at a time, where they are played."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Protocol

from controller.simulate.scenario import SCENARIOS, Layout, day, layout
from controller.simulate.trace import Day, read


class Source(Protocol):
    """Something a day can be had from."""

    @property
    def name(self) -> str:
        """The name of the day, for people and for the output."""

    def day(self) -> Day:
        """The day itself. Raises `TraceError`."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A trace in a file."""

    path: Path

    @property
    def name(self) -> str:
        """The base name of the file."""
        return self.path.name

    def day(self) -> Day:
        """See `Source`."""
        return read(self.path)


@dataclass(frozen=True, slots=True)
class DrawnSource:
    """Day `number` of a published scenario's hall. `error` replaces the spread (ln-sd) of what
    the controller believes of its clerks; the hall and its days stay the same."""

    scenario: str
    seed: int
    number: int
    error: float | None = None

    @property
    def name(self) -> str:
        """``S1-SEED-000``."""
        return f"{self.scenario}-{self.seed}-{self.number:03}"

    def day(self) -> Day:
        """See `Source`."""
        hall = _hall(self.scenario, self.seed, self.error)
        return day(self.name, hall, Random(f"{self.scenario}/{self.seed}/{self.number}"))


@lru_cache(maxsize=16)
def _hall(scenario: str, seed: int, error: float | None) -> Layout:
    shape = SCENARIOS[scenario]
    if error is not None:
        shape = replace(shape, error=error)
    return layout(shape, Random(f"{scenario}/{seed}/layout"))


@dataclass(frozen=True, slots=True)
class ReadySource:
    """A day that was made elsewhere, such as one of the hall's own past."""

    ready: Day

    @property
    def name(self) -> str:
        """The day's own name."""
        return self.ready.name

    def day(self) -> Day:
        """See `Source`."""
        return self.ready
