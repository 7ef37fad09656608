"""How urgently a waiting ticket should be called to a window, as one comparable number.

    x     = weight of its class × minutes waited + pressure on the service it would be called for
    score = x ** 2.25 × fit ** 5 / minutes ** 0.875

`fit` is how much faster than usual this window is at that service (harmonic mean over windows /
here), `minutes` the time of all of its items that can be done here. Convex cost of waiting ×
speed of the whole visit at this window: a generalised c-mu rule (Mandelbaum and Stolyar, OR 52,
2004) on accumulating priority (Stanford, Taylor and Ziedins, Queueing Systems 77, 2014).

Age is unbounded and all else bounded, so nobody starves. Compared by logarithms first and, where
those are too close to call, exactly by integers: score ** 8 = x ** 18 × fit ** 40 / minutes ** 7.
"""

import math
from dataclasses import dataclass

AGE, FIT, LENGTH = 18, 40, 7
"""The exponents of score ** 8."""
CLOSE = 1e-9
"""Logarithms nearer than this are compared exactly; they are right to about 1e-14."""
MILLI = 1000
"""The unit of x is a thousandth of a microsecond of waiting."""


@dataclass(frozen=True, slots=True)
class Worth:
    """The part of a score that does not age: for one kind at one window.

    `harmonic` / `micros` is the fit and `total` the time of all its items here, in microminutes.
    """

    service: str
    harmonic: int
    micros: int
    total: int
    log: float


def worth(service: str, harmonic: int, micros: int, total: int) -> Worth:
    """Work out the logarithm once."""
    log = FIT * (math.log(harmonic) - math.log(micros)) - LENGTH * math.log(total)
    return Worth(service, harmonic, micros, total, log)


def urgency(weight: float, age: int, pressure: int) -> int:
    """x, in thousandths of a microsecond. `age` in microseconds, `pressure` in microminutes.

    An appointment before its time has a negative age.
    """
    return round(MILLI * weight) * age + MILLI * 60 * pressure


def log_score(x: int, of: Worth) -> float:
    """The logarithm of score ** 8, but for a constant; rises with x below nought, too."""
    if x > 0:
        return AGE * math.log(x) + of.log
    return -AGE * math.log(1 - x) + of.log - EARLY


EARLY = AGE * 2 * math.log(10**18)
"""Any x above nought beats any below: |x| stays under 1e18 for eleven days of waiting."""


def beats(x: int, of: Worth, y: int, other: Worth) -> bool:
    """Whether the score of (x, of) is greater than that of (y, other), exactly."""
    a, b = log_score(x, of), log_score(y, other)
    if abs(a - b) > CLOSE * max(1.0, abs(a)):
        return a > b
    up, down = _powers(x, of)
    other_up, other_down = _powers(y, other)
    return up * other_down > other_up * down


def _powers(x: int, of: Worth) -> tuple[int, int]:
    """score ** 8 as a fraction of integers, by the same constant for all."""
    age_up, age_down = (x**AGE, 1) if x > 0 else (1, (1 - x) ** AGE * 10 ** (36 * AGE))
    return (
        age_up * of.harmonic**FIT,
        age_down * of.micros**FIT * of.total**LENGTH,
    )
