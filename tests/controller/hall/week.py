"""A small hall's week for tests of opening, roster and slots, and weeks drawn at random."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from controller.hall.opening import DayHours, OpeningPlan, ServiceHours, Shift, SpecialDay
from controller.hall.spans import DAY_MINUTES, Span

MONDAY = date(2026, 3, 16)
MORNING, AFTERNOON, EVENING = (540, 720), (810, 1020), (1020, 1140)

SHIFT = Shift(hours=(MORNING, AFTERNOON), ticketing=((525, 705), (795, 1005)))
LUNCH = Shift(hours=((720, 810),), ticketing=((705, 795),), windows=(1,))
LATE = Shift(hours=(EVENING,), ticketing=((1005, 1125),), windows=(2,))
SATURDAY = Shift(hours=(MORNING,), ticketing=((525, 705),), windows=(2, 3))
DAY = DayHours((SHIFT, LUNCH), working=True)
SHUT = DayHours()
HOLIDAY = SpecialDay(date(2026, 3, 19), SHUT, "清明节", "Tomb-Sweeping Day")
MAKE_UP = SpecialDay(date(2026, 3, 22), DAY)

PLAN = OpeningPlan(
    week=(DAY, DAY, DayHours((SHIFT, LUNCH, LATE), True), DAY, DAY, DayHours((SATURDAY,)), SHUT),
    special=(HOLIDAY, MAKE_UP),
    breaks=((1, ((610, 620), (675, 720))),),
    standby=(3,),
    services=(
        ServiceHours("EVERY", (1, 2, 3)),
        ServiceHours("LATE", (2,), None, 5),
        ServiceHours("NARROW", (1,), ((540, 600), (690, 840)), 2),
    ),
)
"""Window 1 works at noon, 2 late on Wednesday, 3 only if opened or on Saturday with 2; Thursday the
19th is a holiday, Sunday the 22nd is made up."""


def when(text: str) -> datetime:
    """``17 08:45`` of March 2026, the 16th being a Monday."""
    return datetime.fromisoformat(f"2026-03-{text}")


def minutes_from(first: datetime, count: int) -> Iterator[datetime]:
    """So many minutes, one after the other."""
    return (first + timedelta(minutes=n) for n in range(count))


def spans(earliest: int = 0, latest: int = DAY_MINUTES) -> st.SearchStrategy[tuple[Span, ...]]:
    """Up to three spans of a day, in any order, overlapping or not."""
    start = st.integers(earliest, latest - 1)
    length = st.integers(1, 600)
    span = st.builds(lambda s, n: (s, min(s + n, latest)), start, length)
    return st.lists(span, max_size=3).map(tuple)


def days(earliest: int = 0, latest: int = DAY_MINUTES) -> st.SearchStrategy[DayHours]:
    """Days of up to two shifts, the second of some windows."""
    these = spans(earliest, latest)
    some = st.sampled_from([(), (1,), (2, 3)])
    shifts = st.lists(st.builds(Shift, these, these, some), max_size=2).map(tuple)
    return st.builds(DayHours, shifts, st.booleans())


@st.composite
def plans(draw: st.DrawFn, earliest: int = 0, latest: int = DAY_MINUTES) -> OpeningPlan:
    """Weeks with specials in the week of `MONDAY`, breaks, a standby window and two items."""
    day = days(earliest, latest)
    week = tuple(draw(st.lists(day, min_size=7, max_size=7)))
    dates = draw(st.sets(st.integers(0, 9), max_size=3))
    special = [SpecialDay(MONDAY + timedelta(days=n), draw(day)) for n in sorted(dates)]
    own = draw(st.none() | spans(earliest, latest).map(disjoint))
    quota = draw(st.none() | st.integers(1, 3))
    return OpeningPlan(
        week,
        tuple(special),
        ((1, draw(spans(earliest, latest).map(disjoint))),),
        (3,),
        (ServiceHours("ALL", (1, 2, 3)), ServiceHours("SOME", (2,), own, quota)),
    )


def disjoint(drawn: tuple[Span, ...]) -> tuple[Span, ...]:
    """Only those spans that begin after the one before has ended, as configuration demands."""
    kept: list[Span] = []
    for span in sorted(drawn):
        if not kept or kept[-1][1] <= span[0]:
            kept.append(span)
    return tuple(kept)
