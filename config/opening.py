"""When the hall is open and when it gives numbers (FR-12, FR-40): pure data, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from config.fields import (
    Identifier,
    Many,
    Name,
    Section,
    Spans,
    Text,
    Timezone,
    Url,
    listed,
    minutes,
    wrong,
)
from config.problems import Fault

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
WORKDAYS: tuple[Weekday, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri")

EARLY_TICKETING_MIN = 60
"""Numbers may be given this long before the windows open, not longer: people would only wait."""

# GB/T 2260 province codes, and 99, which the standard leaves free: demo halls use it.
PROVINCES = frozenset(
    str(code)
    for region in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82, 99),
    )
    for code in region
)


class Opening(Section):
    """Hours of work and, within them or shortly before, hours in which numbers are given."""

    hours: Spans
    ticketing: Spans

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """Every ticketing span must belong to a span of the hours."""
        written_hours = listed(data.get("hours"))
        hours = [span for span in map(span_minutes, written_hours) if span]
        if not hours or len(hours) < len(written_hours):
            return  # the hours themselves are at fault, and told so
        for n, written in enumerate(listed(data.get("ticketing"))):
            span = span_minutes(written)
            if span and not any(_belongs(span, open_span) for open_span in hours):
                start, end = written
                yield Fault(
                    ("ticketing", n),
                    f'gives numbers from "{start}" to "{end}", which fits no span of hours',
                    f"Let it end within one span of hours and start at most "
                    f"{EARLY_TICKETING_MIN} minutes before that span.",
                )


def span_minutes(span: object) -> tuple[int, int] | None:
    """A span as written, in minutes after midnight; None if it is none."""
    if not isinstance(span, list | tuple) or len(span) != 2:
        return None
    start, end = minutes(span[0]), minutes(span[1])
    return None if start is None or end is None or start >= end else (start, end)


def _belongs(ticketing: tuple[int, int], hours: tuple[int, int]) -> bool:
    starts_near = hours[0] - EARLY_TICKETING_MIN <= ticketing[0] < hours[1]
    return starts_near and hours[0] < ticketing[1] <= hours[1]


class Duty(Opening):
    """Extra hours worked by some windows only, on the days when the hall is open."""

    windows: Annotated[Many[int], Field(min_length=1)]


class ExtendedDuty(Duty):
    """Extra hours on one weekday, as on a late evening (错时延时)."""

    weekday: Weekday


def _admin_code(value: str) -> str:
    if not re.fullmatch(r"\d{6}", value):
        raise wrong(f'is "{value}", not six digits', "Write the GB/T 2260 code of the district.")
    if value[:2] not in PROVINCES:
        raise wrong(
            f'is "{value}", but no province has the code {value[:2]}',
            'Write the GB/T 2260 code of the district; a demo writes "999901".',
        )
    return value


class Hall(Opening):
    """The hall itself: its name, place, clock and days."""

    id: Identifier = "hall"
    name: Name
    name_en: Name
    short_name: Annotated[str, Field(min_length=1, max_length=12)]
    admin_code: Annotated[str, AfterValidator(_admin_code)]
    timezone: Timezone = "Asia/Shanghai"
    public_url: Url | None = None  # where people follow their ticket; without it a code alone
    phone: Annotated[str, Field(pattern=r"^[0-9][0-9 -]{2,19}$")] | None = None  # on notices
    notice: Text | None = None  # one calm line for the screens
    weekdays: Annotated[Many[Weekday], Field(min_length=1)] = WORKDAYS
    closed_on: Many[date] = ()  # besides public holidays; calendar.toml gives them names
    open_on: Many[date] = ()  # besides the make-up working days (调休) of public holidays
    lunch_duty: Duty | None = None
    extended: Many[ExtendedDuty] = ()
    saturday: Duty | None = None

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """Ticketing against hours; a day is not both open and closed; Saturday said once."""
        yield from super().faults(data)
        for n, day in enumerate(listed(data.get("open_on"))):
            if day in listed(data.get("closed_on")):
                yield Fault(
                    ("open_on", n),
                    f"names {day}, which closed_on names too",
                    "Keep the day in one of the two lists.",
                )
        if data.get("saturday") and "Sat" in listed(data.get("weekdays")):
            yield Fault(
                ("saturday",),
                'is written although weekdays has "Sat"',
                "Keep one: weekdays opens all windows, [hall.saturday] some.",
            )
