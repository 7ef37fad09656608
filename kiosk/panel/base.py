"""What a panel can tell, how it can be, and what its lamps can show.  PURE."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Contact(StrEnum):
    """What the panel feels."""

    STAFF_BUTTON = "staff_button"
    """呼叫工作人员"""
    DOOR = "door"
    """Active while the cabinet is open."""
    PRESENCE = "presence"
    """Active while somebody stands in front."""
    TAKEN = "taken"
    """Active while a slip hangs in the printer's mouth."""


class Place(StrEnum):
    """Where a lamp is."""

    READER = "reader_lamp"
    MOUTH = "mouth_lamp"


class Signal(StrEnum):
    """What a lamp says.  A lamp of one colour says it by blinking alone."""

    OFF = "off"
    INVITE = "invite"
    """Here, please: a slow swell of white."""
    BUSY = "busy"
    """At work, do not move: steady white."""
    GOOD = "good"
    """It worked: steady green."""
    TAKE = "take"
    """Take this: green, slowly blinking."""
    BAD = "bad"
    """It did not work: red, blinking."""


class Word(StrEnum):
    """The condition of the panel, in the one word that the controller hears."""

    OK = "ok"
    STARTING = "starting"
    DOOR_OPEN = "door_open"
    NOT_INSTALLED = "not_installed"
    """The library for the pins is missing."""
    NOT_ALLOWED = "not_allowed"
    HELD = "held"
    """A pin is used by another program."""
    GONE = "gone"
    """This machine has no such pins."""


@dataclass(frozen=True, slots=True)
class StaffWanted:
    """The staff button was held for long enough."""


@dataclass(frozen=True, slots=True)
class DoorMoved:
    """The cabinet was opened, or shut."""

    open: bool


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """Somebody has come, or nobody has been there for a while."""

    near: bool


PanelEvent = StaffWanted | DoorMoved | PresenceChanged


class Board(Protocol):
    """The hardware.  Everything but `close` raises `PinsLost`."""

    def levels(self) -> Mapping[Contact, bool]:
        """Every contact that is wired, and whether it is active now."""

    def light(self, at: Place, signal: Signal) -> None:
        """Have a lamp say something; one that is not there says nothing."""

    def buzz(self, on: bool) -> None:
        """Beep, or be silent."""

    def close(self) -> None:
        """Free the pins; lamps go out."""


Felt = Callable[[Contact, bool], None]
"""Hears a contact, and whether it is active; on any thread."""
Open = Callable[[Felt], Board]
"""Opens the pins.  Raises `PinsLost`."""


class PinsLost(Exception):
    """The pins cannot be used now, for `word`."""

    def __init__(self, word: Word, why: str) -> None:
        super().__init__(why)
        self.word = word
