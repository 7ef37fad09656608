"""What must fit together in the roster of ``hall.toml``: planned breaks and hours of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.fields import listed, rows, table
from config.opening import span_minutes
from config.problems import Fault

Data = Mapping[str, Any]
Span = tuple[int, int]


def break_faults(data: Data) -> Iterator[Fault]:
    """A window's break lies within hours that the window works."""
    hall = table(data, "hall")
    for n, window in rows(data, "window"):
        hours = _stretches(_hours_of(hall, window.get("no")))
        for m, written in enumerate(listed(window.get("breaks"))):
            span = span_minutes(written)
            if span and not any(start <= span[0] and span[1] <= end for start, end in hours):
                yield Fault(
                    ("window", n, "breaks", m),
                    f'is from "{written[0]}" to "{written[1]}", when this window does not work',
                    "Let it lie within the hours of the hall or of a duty of this window.",
                )


def _hours_of(hall: Data, window: object) -> Iterator[Span]:
    duties = [table(hall, "lunch_duty"), table(hall, "saturday")]
    duties += [row for _, row in rows(hall, "extended")]
    own = [duty for duty in duties if window in listed(duty.get("windows"))]
    for written in [hall, *own]:
        yield from filter(None, map(span_minutes, listed(written.get("hours"))))


def _stretches(hours: Iterator[Span]) -> list[Span]:
    """The same minutes; spans that touch are one stretch of work."""
    joined: list[Span] = []
    for start, end in sorted(hours):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
