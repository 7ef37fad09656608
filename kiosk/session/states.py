"""What a page shows, and how the devices are.  PURE."""

from __future__ import annotations

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
