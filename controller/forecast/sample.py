"""What the runs showed of one ticket, and what that comes to."""

from collections.abc import Sequence
from dataclasses import dataclass

from controller.simulate.figures import quantile

HORIZON_MIN = 180
AT_ONCE_MIN = 0.5
"""A shorter wait is none."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was seen in each run: minutes until the call (`HORIZON_MIN` if it never came), and how
    many tickets were called before by windows that could have called this one."""

    waits: tuple[float, ...]
    ahead: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Raw:
    """A sample in numbers, minutes: the expected wait (half median, half mean), the wait that one
    run in ten stayed below or above, and whether most runs waited at all."""

    point: float
    low: float
    high: float
    waits: bool


def raw_of(sample: Sample) -> Raw | None:
    """The numbers of a sample; None where hardly a run saw a call."""
    waits = sorted(sample.waits)
    count = len(waits)
    if count == 0 or waits[count // 2] >= HORIZON_MIN:
        return None
    mean = sum(waits) / count
    middle = quantile(waits, 0.5)
    return Raw(
        (mean + middle) / 2, quantile(waits, 0.1), quantile(waits, 0.9), middle > AT_ONCE_MIN
    )


def mixed(parts: Sequence[tuple[Sample, float]]) -> Raw | None:
    """The numbers of somebody who may be any of these, each as often as its weight says; None where
    hardly a run saw a call."""
    seen = sorted(
        (wait, weight / len(sample.waits)) for sample, weight in parts for wait in sample.waits
    )
    whole = sum(weight for _, weight in seen)
    if whole <= 0:
        return None
    low, middle, high = (_reached(seen, share * whole) for share in (0.1, 0.5, 0.9))
    if middle >= HORIZON_MIN:
        return None
    mean = sum(wait * weight for wait, weight in seen) / whole
    return Raw((mean + middle) / 2, low, high, middle > AT_ONCE_MIN)


def _reached(seen: Sequence[tuple[float, float]], weight: float) -> float:
    """The shortest of these waits up to which they weigh so much."""
    so_far = weight * 1e-9  # sums of fractions fall short by less
    for wait, own in seen:
        so_far += own
        if so_far >= weight:
            return wait
    return seen[-1][0]


def ahead_of(sample: Sample) -> int:
    """How many are really expected to be called before: the mean of the runs, rounded."""
    return round(sum(sample.ahead) / len(sample.ahead)) if sample.ahead else 0


def first_of(samples: Sequence[Sample]) -> Sample:
    """Of a ticket with several items: in each run whichever was called first; items that no window
    could do were seen in none."""
    samples = [sample for sample in samples if sample.waits]
    if len(samples) == 1:
        return samples[0]
    runs = range(min((len(s.waits) for s in samples), default=0))
    firsts = [min(samples, key=lambda s, n=n: s.waits[n]) for n in runs]  # type: ignore[misc]
    return Sample(
        tuple(s.waits[n] for n, s in enumerate(firsts)),
        tuple(s.ahead[n] for n, s in enumerate(firsts)),
    )
