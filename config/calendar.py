"""``calendar.toml``: the days on which this hall does not keep its usual week.

Public holidays come from ``public_days``; this file says what differs: make-up days (调休) and
closures of this hall, and whole years whose arrangement the library does not know yet.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from config.fields import Many, Name, Section, listed, rows, table
from config.opening import WORKDAYS, Weekday
from config.problems import Fault


class Day(Section):
    """``[[day]]``: one date. ``like``: the weekday whose hours it keeps; left out, the hours of a
    working day without anybody's extra evening. ``note`` is what people read: "春节"."""

    date: datetime.date
    open: bool
    like: Weekday | None = None
    note: Name | None = None
    note_en: Name | None = None

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A closed day keeps nobody's hours."""
        if data.get("open") is False and data.get("like") is not None:
            yield Fault(
                ("like",), "is set on a day that is not open", "Remove it, or open the day."
            )


class Calendar(Section):
    """The whole of ``calendar.toml``; an empty file, or none, leaves the library's holidays.

    ``complete`` are years that this file tells in full: the library is not asked for them.
    """

    public_holidays: Literal["CN", "none"] = "CN"
    complete: Many[Annotated[int, Field(ge=2024, le=2099)]] = ()
    days: Annotated[Many[Day], Field(alias="day")] = ()

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A date is told once; a complete year has days."""
        seen: dict[Any, int] = {}
        for n, row in rows(data, "day"):
            day = row.get("date")
            if isinstance(day, datetime.date) and day in seen:
                yield Fault(
                    ("day", n, "date"),
                    f"is {day}, already told by day[{seen[day] + 1}]",
                    "Keep one of the two.",
                )
            seen.setdefault(day, n)
        for n, year in enumerate(listed(data.get("complete"))):
            if not any(isinstance(d, datetime.date) and d.year == year for d in seen):
                yield Fault(
                    ("complete", n),
                    f"names {year}, of which no day is written",
                    "Write its holidays and make-up days as [[day]], or remove the year.",
                )


def contradictions(calendar: Calendar, hall: Mapping[str, Any]) -> Iterator[Fault]:
    """Days of ``calendar.toml`` that ``[hall]`` of ``hall.toml`` (as plain data) says otherwise."""
    for n, day in enumerate(calendar.days):
        other = "closed_on" if day.open else "open_on"
        if day.date in (listed_there := listed(hall.get(other))):
            place = f"hall.{other}[{listed_there.index(day.date) + 1}]"
            yield Fault(
                ("day", n, "open"),
                f"is {str(day.open).lower()} for {day.date}, which {place} of hall.toml denies",
                "Keep the day in one of the two files.",
            )
        if day.like is not None and day.like not in _worked(hall):
            yield Fault(
                ("day", n, "like"),
                f'is "{day.like}", a weekday on which hall.toml opens nothing',
                f"Write one of {', '.join(_worked(hall))}.",
            )


def _worked(hall: Mapping[str, Any]) -> list[str]:
    """The weekdays on which some window works."""
    usual = listed(hall.get("weekdays", WORKDAYS))
    late = [row.get("weekday") for _, row in rows(hall, "extended")]
    weekend = ["Sat"] if table(hall, "saturday") else []
    return list(dict.fromkeys([*usual, *late, *weekend]))
