"""China's public holidays and make-up days, as the library ``holidays`` knows them.

The law fixes the holidays; which weekend is worked for them (调休) the State Council announces each
year in late autumn. Until a release of the library has it, a year is not `arranged`: its holidays
are those of the law, and no day is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

YEARS = range(2024, 2037)
"""What is looked up: 2024 is the oldest year with today's law, later ones follow with releases."""

_SUBSTITUTED = {"zh_CN": "休息日", "en_US": "Day off"}
_OBSERVED = ("（补假）", " (observed)")
# The eve belongs to the festival that people name.
_FESTIVAL = {"农历除夕": "春节", "Chinese New Year's Eve": "Chinese New Year (Spring Festival)"}
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off, by the name of its festival."""

    day: date
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class PublicDays:
    """Days off and days worked for them, ascending, and the years whose arrangement is known."""

    off: tuple[Holiday, ...]
    worked: tuple[date, ...]
    arranged: tuple[int, ...]


def public_days() -> PublicDays:
    """All of `YEARS`. A weekend that touches a holiday is part of it, as in every announcement."""
    chinese, english = _names("zh_CN"), _names("en_US")
    worked = sorted(day for day in _worked() if day.year in YEARS)
    off = []
    for stretch in _stretches(set(chinese), set(worked)):
        zh, en = _title(stretch, chinese, "、"), _title(stretch, english, ", ")
        off += [Holiday(day, zh, en) for day in stretch]
    return PublicDays(tuple(off), tuple(worked), tuple(sorted({day.year for day in worked})))


def _names(language: str) -> dict[date, str]:
    """The name of each day off; empty for one that is only exchanged for a weekend day."""
    found = {}
    for day, name in holidays.country_holidays("CN", years=YEARS, language=language).items():
        for mark in _OBSERVED:
            name = name.replace(mark, "")
        name = _FESTIVAL.get(name, name)
        found[day] = "" if name.startswith(_SUBSTITUTED[language]) else name
    return found


def _worked() -> set[date]:
    return set(holidays.country_holidays("CN", years=YEARS).weekend_workdays)


def _stretches(off: set[date], worked: set[date]) -> Iterator[list[date]]:
    """The days off with the weekends they touch, each unbroken stretch for itself."""
    reached = date.min
    for day in sorted(off):
        if day <= reached:
            continue
        first = last = day
        while _free(first - _DAY, off, worked):
            first -= _DAY
        while _free(last + _DAY, off, worked):
            last += _DAY
        reached = last
        yield [first + n * _DAY for n in range((last - first).days + 1)]


def _free(day: date, off: set[date], worked: set[date]) -> bool:
    return day in off or (day.weekday() >= _SATURDAY and day not in worked)


def _title(stretch: list[date], names: dict[date, str], between: str) -> str:
    """Its festivals, as in 国庆节、中秋节."""
    named = [names[day] for day in stretch if names.get(day)]
    return between.join(dict.fromkeys(named))
