"""Proposed breaks (to come)."""

from dataclasses import dataclass

from controller.simulate.trace import Day, DayBreak


@dataclass(frozen=True, slots=True)
class Profile:
    """When people come: shares of a day's tickets in equal slots of `minutes`."""

    minutes: float
    shares: tuple[float, ...]


def proposed(day: Day, profile: Profile) -> tuple[DayBreak, ...]:
    """The day's breaks at better times."""
    return day.breaks
