"""Stretches of a day: minutes after midnight on the hall's wall, half open, ``[start, end)``."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

Span = tuple[int, int]
DAY_MINUTES = 24 * 60


def minute_of(moment: datetime) -> int:
    """Minutes after midnight."""
    return moment.hour * 60 + moment.minute


def at(day: date, minute: int) -> datetime:
    """The moment so many minutes after a day's midnight."""
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)


def within(spans: Iterable[Span], minute: int) -> Span | None:
    """The span that holds the minute."""
    return next((span for span in spans if span[0] <= minute < span[1]), None)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes in order, spans that overlap or touch joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def common(some: tuple[Span, ...], others: Iterable[Span]) -> Iterator[Span]:
    """The minutes that both have, by the spans of `others`."""
    for low, high in others:
        for start, end in some:
            if max(low, start) < min(high, end):
                yield max(low, start), min(high, end)
