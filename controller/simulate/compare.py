"""Policies on identical days: means of daily figures, their ratios, and how sure those are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from controller.simulate.figures import Figures, mean, quantile
from controller.simulate.targets import targets_of

RESAMPLES = 2000
Days = Mapping[str, Sequence[Figures]]
"""Figures by policy; the n-th of each belongs to the same day."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`value`, with its 90 % interval, beside the limit of a target, if there is one. It is held
    if the upper end is not above the limit. `versus` is empty where the value is no ratio."""

    target: str
    figure: str
    policy: str
    versus: str
    value: float
    low: float
    high: float
    limit: float | None

    @property
    def held(self) -> bool | None:
        """Whether the target is held; None without a limit."""
        return None if self.limit is None else self.high <= self.limit + 1e-9


def values(days: Days, policy: str, figure: str) -> list[float]:
    """One figure of every day."""
    return [float(getattr(day, figure)) for day in days[policy]]


def verdicts(days: Days, scenario: str, error: float | None) -> Iterator[Verdict]:
    """The targets of a scenario; where it has none, the plain ratios of ours to the others."""
    count = len(next(iter(days.values())))
    draws = _draws(count)
    for target, limit in targets_of(scenario, error):
        if target.policy in days and (target.versus is None or target.versus in days):
            yield _verdict(
                days, draws, target.name, target.figure, target.policy, target.versus, limit
            )


def ratios(days: Days, ours: Sequence[str] = ("hall",)) -> Iterator[Verdict]:
    """Ours over each other policy, for days that no target speaks of."""
    draws = _draws(len(next(iter(days.values()))))
    for policy in ours:
        for versus in days:
            if versus != policy:
                for figure in ("mean", "p95", "longest"):
                    yield _verdict(days, draws, "", figure, policy, versus, None)


def _draws(count: int) -> list[list[int]]:
    """The resamples of days; the same for every figure, and always the same."""
    rng = Random(f"bootstrap/{count}")
    return [rng.choices(range(count), k=count) for _ in range(RESAMPLES)]


def _verdict(
    days: Days,
    draws: list[list[int]],
    name: str,
    figure: str,
    policy: str,
    versus: str | None,
    limit: float | None,
) -> Verdict:
    over = values(days, policy, figure)
    under = values(days, versus, figure) if versus else [1.0] * len(over)
    found = [_ratio(sum(over[i] for i in draw), sum(under[i] for i in draw)) for draw in draws]
    return Verdict(
        target=name,
        figure=figure,
        policy=policy,
        versus=versus or "",
        value=_ratio(mean(over), mean(under)),
        low=quantile(found, 0.05),
        high=quantile(found, 0.95),
        limit=limit,
    )


def _ratio(over: float, under: float) -> float:
    """Their ratio; nothing over nothing is 1."""
    if under == 0:
        return 1.0 if over == 0 else float("inf")
    return over / under
