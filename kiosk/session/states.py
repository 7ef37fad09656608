"""What a page shows, how the devices are, how a number ends, and how long all takes.  PURE."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What the page shows."""

    ENROL = "enrol"
    IDLE = "idle"
    CLOSED = "closed"
    READING = "reading"
    PAD = "pad"
    HOME = "home"
    ALL = "all"
    BUNDLES = "bundles"
    ITEM = "item"
    PRINTING = "printing"
    DONE = "done"
    TIMEOUT = "timeout"
    ERROR = "error"
    PRIVACY = "privacy"
    SEARCH = "search"
    """Services by their first letters."""
    FIND = "find"
    """By what an appointment or a number is found: a card, a code, the number."""
    CODE = "code"
    """The pad of letters and digits."""
    ASKING = "asking"
    """The controller looks."""
    BOOKED = "booked"
    """One appointment, and whether its number is given now."""
    NUMBERS = "numbers"
    """Several numbers of one person."""
    NUMBER = "number"
    """One number and where it stands."""
    SURE = "sure"
    """Is the number to be given back?"""


class Lamp(StrEnum):
    """The printer as the page knows it."""

    OK = "ok"
    NEAR_END = "near_end"
    OUT = "out"
    COVER = "cover"
    CUTTER = "cutter"
    OFFLINE = "offline"
    SILENT = "silent"
    NONE = "none"


class ReaderLamp(StrEnum):
    """The reader as the page knows it."""

    OK = "ok"
    OUT = "out"
    NONE = "none"


class Sent(StrEnum):
    """What the printer proved about one job."""

    PRINTED = "printed"
    NOT_SENT = "not_sent"
    UNPROVEN = "unproven"


class Outcome(StrEnum):
    """How a number ended.  Every number issued ends as one of these."""

    PRINTED = "printed"
    UNPROVEN = "unproven"
    """Shown large; sent to the printer without proof, or a kiosk without printer."""
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds.  Large text gets `elder` in place of `idle`, and twice the others."""

    idle: float = 30.0
    elder: float = 60.0
    warning: float = 10.0
    done: float = 8.0
    reading: float = 10.0
    asking: float = 9.0
    printing: float = 25.0
    shown: float = 60.0
    """How long a number that was not proven printed stays on the page."""
    card_left: float = 20.0
