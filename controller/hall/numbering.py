"""Ticket numbers: a letter and an ordinal per series and hall day, never given twice (FR-22)."""

from controller.hall.errors import SeriesFull
from controller.hall.model import Hall


def format_number(series: str, ordinal: int, digits: int) -> str:
    """The number as printed and called: ``R046``."""
    return f"{series}{ordinal:0{digits}d}"


def capacity(digits: int) -> int:
    """How many numbers a series has in a day; they start at 1."""
    return int(10**digits - 1)


def next_number(hall: Hall, series: str) -> tuple[str, int]:
    """Series and ordinal of the next free number; a full series goes on in a reserve series.

    Raises `SeriesFull` when the reserve is used up, too.
    """
    rules = hall.plan.rules
    for letter in (series, *rules.reserve_series):
        ordinal = hall.ordinals.get(letter, 0) + 1
        if ordinal <= capacity(rules.digits):
            return letter, ordinal
    raise SeriesFull(series=series)
