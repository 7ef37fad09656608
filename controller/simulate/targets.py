"""What the hall's rule must reach on the published scenarios (docs/dispatch.md), as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FIRST_SEVEN = tuple(f"S{n}" for n in range(1, 8))
ALL = (*FIRST_SEVEN, "S8", "S9")
PLANNED = "hall-breaks"
"""The hall's rule on the same days with proposed breaks; not a policy of its own."""


@dataclass(frozen=True, slots=True)
class Target:
    """`figure` of `policy`, divided by that of `versus` if there is one, must not be above the
    scenario's limit. `error`: only where the estimates' spread is at least so much."""

    name: str
    figure: str
    policy: str
    versus: str | None
    limits: Mapping[str, float]
    error: float | None = None


def _all(limit: float, *scenarios: str) -> dict[str, float]:
    return dict.fromkeys(scenarios, limit)


TARGETS = (
    Target("T1", "mean", "hall", "dedicated", _all(0.65, *FIRST_SEVEN)),
    Target(
        "T1", "p95", "hall", "dedicated", {**_all(0.45, *FIRST_SEVEN), **_all(0.60, "S8", "S9")}
    ),
    Target("T2", "mean", "hall", "fifo", {**_all(0.80, *FIRST_SEVEN), **_all(0.82, "S8", "S9")}),
    Target(
        "T2",
        "p95",
        "hall",
        "fifo",
        {**_all(0.81, *FIRST_SEVEN), "S6": 0.60, "S8": 0.80, "S9": 0.86},
    ),
    Target(
        "T2", "mean", "hall-strict", "fifo", {**_all(0.88, *FIRST_SEVEN), **_all(0.90, "S8", "S9")}
    ),
    Target(
        "T2", "p95", "hall-strict", "fifo", {**_all(0.94, *FIRST_SEVEN), **_all(0.97, "S8", "S9")}
    ),
    Target(
        "T3",
        "p95",
        "hall",
        "pooled",
        {
            **_all(1.20, "S1", "S2", "S4"),
            **_all(1.26, "S3", "S6"),
            "S5": 1.48,
            "S7": 1.0,
            "S9": 1.12,
        },
    ),
    Target("T3", "mean", "hall", "pooled", _all(1.05, "S1", "S2", "S3", "S4", "S6", "S7", "S9")),
    Target("T3 stretch", "p95", PLANNED, "pooled", _all(1.05, "S1", "S2", "S4", "S9")),
    Target("T4", "longest", "hall", "fifo", _all(0.80, *FIRST_SEVEN)),
    Target("T5", "priority_p95", "hall", None, _all(11.0, "S1", "S7")),
    Target("T5", "priority_p95", "hall-strict", None, _all(5.0, *FIRST_SEVEN, "S9")),
    Target("T6", "overtaken", "hall", None, {**_all(0.05, *ALL), "S9": 0.055}),
    Target("T6", "overtaken_alike", "hall", None, _all(0.0, *ALL)),
    Target("T7", "p95", "hall", "fifo", {"S2": 0.88}, error=0.6),
    Target("T9", "several_mean", "hall", "fifo", _all(0.75, *FIRST_SEVEN)),
    Target("T10", "p95", PLANNED, "hall", _all(0.97, "S1", "S2")),
)


def targets_of(scenario: str, error: float | None) -> Iterator[tuple[Target, float]]:
    """The targets that hold for a scenario, each with its limit there."""
    for target in TARGETS:
        limit = target.limits.get(scenario)
        if limit is None:
            continue
        if (target.error is None) == (error is None) and (error or 0) >= (target.error or 0):
            yield target, limit
