"""How good forecasts were: the figures that docs/forecast.md publishes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from controller.forecast.calibrate import Calibration, Pair, Wait, calibrated, covers
from controller.forecast.sample import raw_of
from controller.forecast.trial import Trial

NEAR_MIN = 5.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Minutes, and shares from 0 to 1. `head`, `last`, `share`: the mean absolute error of the
    simple predictors (see `Trial`); `raw_mae`: of the runs before correction."""

    trials: int
    waiting: int
    mae: float
    bias: float
    within_5: float
    coverage: float
    coverage_waiting: float
    width: float
    raw_mae: float
    head_mae: float
    last_mae: float
    share_mae: float

    @property
    def targets(self) -> dict[str, bool]:
        """Which of the published targets hold."""
        return {
            "mae <= 3.0": self.mae <= 3.0,
            "mae <= .65 head of line": self.mae <= 0.65 * self.head_mae,
            "within 5 min >= .80": self.within_5 >= 0.80,
            "coverage .77 to .90": 0.77 <= self.coverage <= 0.90,
            "coverage of those who wait >= .75": self.coverage_waiting >= 0.75,
            "width <= 12": self.width <= 12.0,
            "bias within .5": abs(self.bias) <= 0.5,
        }


def pairs(trials: Sequence[Trial]) -> list[Pair]:
    """What a calibration learns from."""
    raws = [(raw_of(t.sample), t.actual) for t in trials]
    return [Pair(raw, actual) for raw, actual in raws if raw is not None]


def figures(trained: Sequence[Trial], tested: Sequence[Trial]) -> Figures:
    """Correct by one set of trials and judge by another. Raises ValueError without trials."""
    calibration = calibrated(pairs(trained))
    told = [(t, wait) for t in tested if (wait := _wait(calibration, t)) is not None]
    if not told:
        raise ValueError("there is nothing to judge by: no trial had a forecast")
    waited = [(t, wait) for t, wait in told if t.actual > 0]
    return Figures(
        trials=len(told),
        waiting=len(waited),
        mae=_mean([abs(w.minutes - t.actual) for t, w in told]),
        bias=_mean([w.minutes - t.actual for t, w in told]),
        within_5=_mean([float(abs(w.minutes - t.actual) <= NEAR_MIN) for t, w in told]),
        coverage=_mean([float(covers(w.low, w.high, t.actual)) for t, w in told]),
        coverage_waiting=_mean([float(covers(w.low, w.high, t.actual)) for t, w in waited]),
        width=_mean([float(w.high - w.low) for _, w in told]),
        raw_mae=_error(tested, lambda t: raw.point if (raw := raw_of(t.sample)) else 0.0),
        head_mae=_error(tested, lambda t: t.head),
        last_mae=_error(tested, lambda t: t.last),
        share_mae=_error(tested, lambda t: t.share),
    )


def _wait(calibration: Calibration, trial: Trial) -> Wait | None:
    raw = raw_of(trial.sample)
    return None if raw is None else calibration.wait(raw)


def _error(trials: Sequence[Trial], predictor: Callable[[Trial], float]) -> float:
    return _mean([abs(predictor(t) - t.actual) for t in trials])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
