"""Ticket numbers: a letter and an ordinal per series and hall day, never given twice (FR-22)."""

from controller.hall.errors import SeriesFull
from controller.hall.model import Hall
from controller.hall.refusals import NotLeased


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


def lease_numbers(hall: Hall, series: str, count: int) -> tuple[str, int, int]:
    """Series, first and last ordinal of a block for a kiosk that may be alone for a while (FR-23);
    shorter than `count` at the end of a series. Raises `SeriesFull`."""
    letter, first = next_number(hall, series)
    return letter, first, min(first + count - 1, capacity(hall.plan.rules.digits))


def leased_number(hall: Hall, given: tuple[str, int], by: str) -> tuple[str, int]:
    """A number that was given out of a lease and is reported now by the kiosk that had the lease.
    Raises `NotLeased`."""
    if hall.leased.get(given) != by:
        raise NotLeased(number=format_number(*given, hall.plan.rules.digits))
    return given


def parse_number(text: str, digits: int) -> tuple[str, int] | None:
    """Series and ordinal of a number as people write it, ``r046``; None if it cannot be one."""
    written = text.strip().upper()
    series, ordinal = written[:-digits], written[-digits:]
    if not (
        series.isalpha() and ordinal.isascii() and ordinal.isdigit() and len(ordinal) == digits
    ):
        return None
    return series, int(ordinal)
