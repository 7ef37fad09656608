"""One's own numbers and appointments, as the controller tells of them.  PURE."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Purpose(StrEnum):
    """What somebody came for who is not known yet."""

    TAKE = "take"
    """取号"""
    BOOKED = "booked"
    """预约取号: a number for an appointment."""
    LOOK = "look"
    """查号: where one's number stands."""


class Due(StrEnum):
    """An appointment against the hall's clock (FR-14)."""

    EARLY = "early"
    """Numbers for it are not given yet."""
    DUE = "due"
    LATE = "late"
    """Its time has begun; it still has its rank."""
    OVER = "over"
    """Too late for its rank: an ordinary number."""
    OTHER_DAY = "other_day"
    ARRIVED = "arrived"
    """Its number was given already."""
    CANCELLED = "cancelled"
    MISSED = "missed"


CHECKS_IN = frozenset({Due.DUE, Due.LATE, Due.OVER})
"""When a number is given for an appointment."""


class Deed(StrEnum):
    """What an owner may ask for a number."""

    RETURN = "return"
    """过号返回"""
    CANCEL = "cancel"
    """取消"""


@dataclass(frozen=True, slots=True)
class Claim:
    """By what somebody's numbers and appointments are found; what is not known is empty.

    A `number` is public and proves nothing; each of the others shows that the owner is here.
    """

    key: str = field(default="", repr=False)
    bookings: tuple[str, ...] = field(default=(), repr=False)
    code: str = field(default="", repr=False)
    number: str = ""

    @property
    def proves(self) -> bool:
        """Whether it shows that the owner is here."""
        return bool(self.key or self.bookings or self.code)


@dataclass(frozen=True, slots=True)
class Standing:
    """A number and where it stands now.  `state` is one of the protocol's; of a number that was
    found by itself alone, no items are told."""

    id: str
    number: str
    state: str
    zone: str = ""
    codes: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    items_en: tuple[str, ...] = ()
    bundle: str = ""
    bundle_en: str = ""
    window: int | None = None
    target: int | None = None
    """The window it was handed to."""
    ahead: int | None = None
    wait: tuple[int, int] | None = None
    deadline_at: int | None = None
    reprints: int = 0
    issued_at: int = 0

    @property
    def ended(self) -> bool:
        """Nothing will come of it any more."""
        return self.state in {"finished", "cancelled", "dropped", "void"}


@dataclass(frozen=True, slots=True)
class Appointment:
    """预约.  `start` and `opens`, from when its number is given, are times on the hall's wall;
    `day` is a date."""

    id: str
    item: str
    name: str
    name_en: str
    day: str
    start: str
    due: Due
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the controller found under a claim, or how it stands after a deed."""

    request_id: str
    numbers: tuple[Standing, ...] = ()
    appointments: tuple[Appointment, ...] = ()


@dataclass(frozen=True, slots=True)
class Seek:
    """Find somebody's numbers, or the appointments; by a code, whichever has it."""

    request_id: str
    purpose: Purpose
    claim: Claim


@dataclass(frozen=True, slots=True)
class Want:
    """Do something with one's own number, and find it again."""

    request_id: str
    deed: Deed
    ticket: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Again:
    """Have the slip of one's own number printed again; the answer is a number (FR-20)."""

    request_id: str
    ticket: str
    claim: Claim


def shown(numbers: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """Those of a person's numbers that matter now: the open ones, else the last."""
    still = tuple(number for number in numbers if not number.ended)
    return (still or numbers[-1:])[-MOST_SHOWN:]


def nearest(appointments: tuple[Appointment, ...]) -> Appointment | None:
    """The appointment that somebody means: today's that is open, else what comes nearest."""
    ranked = sorted(appointments, key=lambda one: (_RANK[one.due], one.day, one.start))
    return ranked[0] if ranked else None


MOST_SHOWN = 4
_RANK = {
    Due.DUE: 0,
    Due.LATE: 0,
    Due.OVER: 1,
    Due.EARLY: 1,
    Due.ARRIVED: 2,
    Due.OTHER_DAY: 3,
    Due.CANCELLED: 4,
    Due.MISSED: 5,
}


@dataclass(frozen=True, slots=True)
class SparesChanged:
    """The series of which the kiosk may give out numbers of its own, were it cut off now."""

    series: frozenset[str]
