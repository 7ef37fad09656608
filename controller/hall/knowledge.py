"""What a hall has learned from its earlier days: how long its clerks take, and what to expect."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Observed:
    """The mean of `n` observed service times, in minutes. `n` is None where nobody counted."""

    minutes: float
    n: float | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`observed`: by clerk, then service. `expected`: items a day, by service."""

    observed: Mapping[str, Mapping[str, Observed]] = field(default_factory=dict)
    expected: Mapping[str, float] = field(default_factory=dict)
