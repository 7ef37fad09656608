"""What a hall has learned from its earlier days: how long its clerks take, and what to expect."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Observed:
    """The mean of `n` observed service times, in minutes. `n` is None where nobody counted."""

    minutes: float
    n: float | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the days came to, older ones counting less; every number in thousandths, whole, so that
    it is written and read back exactly.

    `days`: working days. `served`: clerk, service, how many, and their minutes together. `issued`:
    service and how many. `quarters`: quarter hour of the day (0 to 95) and tickets issued in it.
    """

    days: int = 0
    served: tuple[tuple[str, str, int, int], ...] = ()
    issued: tuple[tuple[str, int], ...] = ()
    quarters: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`observed`: by clerk, then service. `expected`: items a day, by service. `profile`: tickets a
    day by quarter hour, 0 being midnight on the hall's wall. `days`: on how many days it rests,
    older ones counting less. `statistics`: what all this was made from, if it was learned."""

    observed: Mapping[str, Mapping[str, Observed]] = field(default_factory=dict)
    expected: Mapping[str, float] = field(default_factory=dict)
    profile: Mapping[int, float] = field(default_factory=dict)
    days: float = 0.0
    statistics: Statistics = field(default_factory=Statistics)


@dataclass(slots=True)
class Tally:
    """What happened today, as far as something is to be learned from it: `served` counts and
    microseconds by clerk and service, `issued` items by service, tickets by quarter hour."""

    served: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    issued: dict[str, int] = field(default_factory=dict)
    quarters: dict[int, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.served or self.issued)
