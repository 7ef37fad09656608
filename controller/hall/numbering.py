"""Ticket numbers: a letter and an ordinal per series and hall day, never given twice (FR-22)."""

from controller.hall.errors import SeriesFull
from controller.hall.model import ANYBODY, Hall
from controller.hall.refusals import NotLeased

CODE_LETTERS = "23456789ACDEFGHJKLMNPQRTUVWXYZ"  # nothing that looks like something else
CODE_LENGTH = 6
CODES = len(CODE_LETTERS) ** CODE_LENGTH

UNHEARD = 50
"""So many numbers of a series may have been given out since a kiosk last heard of anything: it
hears every two seconds, and remembers over a reboot what is half a minute old."""


def format_number(series: str, ordinal: int, digits: int) -> str:
    """The number as printed and called: ``R046``."""
    return f"{series}{ordinal:0{digits}d}"


def capacity(digits: int) -> int:
    """How many numbers a series has in a day; they start at 1."""
    return int(10**digits - 1)


def highest(hall: Hall, letter: str) -> int:
    """The last ordinal of a series that is not set aside for a kiosk."""
    return hall.ceilings.get(letter, capacity(hall.plan.rules.digits))


def next_number(hall: Hall, series: str) -> tuple[str, int]:
    """Series and ordinal of the next free number; a full series goes on in a reserve series.

    Raises `SeriesFull` when the reserve is used up, too.
    """
    for letter in (series, *hall.plan.rules.reserve_series):
        ordinal = hall.ordinals.get(letter, 0) + 1
        if ordinal <= highest(hall, letter):
            return letter, ordinal
    raise SeriesFull(series=series)


def lease_numbers(hall: Hall, series: str, count: int) -> tuple[str, int, int]:
    """Series, first and last ordinal of a block for a kiosk that may be alone for a while (FR-23).

    Blocks are taken from the end of a series, so that the numbers people usually get begin at 1;
    the last block of a series may be shorter than `count`. Raises `SeriesFull`.
    """
    letter, next_free = next_number(hall, series)
    last = highest(hall, letter)
    return letter, max(next_free, last - count + 1), last


def where_numbers_stood(hall: Hall, began: int) -> dict[str, tuple[int, int]]:
    """Of every series the last ordinal that was given out, and the last one not set aside, when a
    controller that had started after event `began` first doubted numbers today; now, if it has not.
    """
    if hall.doubts is not None and hall.doubts.began == began:
        return hall.doubts.stood
    return _where_numbers_stand(hall)


def _where_numbers_stand(hall: Hall) -> dict[str, tuple[int, int]]:
    series = {skill.series for skill in hall.plan.skills.values()}
    letters = sorted(series | set(hall.plan.rules.reserve_series))
    return {letter: (hall.ordinals.get(letter, 0), highest(hall, letter)) for letter in letters}


def doubtful_numbers(hall: Hall, heard: int, began: int, spare: int) -> list[tuple[str, int, int]]:
    """Series, first and last ordinal of the numbers that may be out although this hall gave them to
    nobody, and that are not in doubt yet.

    The events from `began` to `heard` are lost, and each number given out is two of them as a rule,
    that it was given and what became of its paper; from the end of the series `spare` may have been
    set aside. All is counted from where the numbers stood when this controller first heard of
    it, so that many kiosks with marks of their own doubt no more than the farthest of them.
    Whatever is lost, a quarter of what was left of a series is for those who come now.
    """
    base, found = where_numbers_stood(hall, began), []
    for letter, (last, top) in _where_numbers_stand(hall).items():
        stood, ceiling = base.get(letter, (last, top))
        left = ceiling - stood
        out = stood + min(max(heard - began, 0) // 2 + UNHEARD, left // 2)
        aside = ceiling - min(spare, left // 4)
        if out > last:
            found.append((letter, last + 1, out))
        if aside < top:
            found.append((letter, aside + 1, top))
    return found


def leased_number(hall: Hall, given: tuple[str, int], by: str) -> tuple[str, int]:
    """A number that was given out of a lease and is reported now by the kiosk that had the lease,
    or by anybody if only a lost journal knew who that was. Raises `NotLeased`."""
    if hall.leased.get(given) not in (by, ANYBODY):
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


def short_code(chance: int) -> str:
    """Six characters to be read aloud and typed, from a random number of any size."""
    left, letters = chance % CODES, []
    for _ in range(CODE_LENGTH):
        left, letter = divmod(left, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[letter])
    return "".join(letters)
