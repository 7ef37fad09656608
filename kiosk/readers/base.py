"""What a reader tells the kiosk, and how one is started and stopped.

A reader owns a thread of its own and reports by calling `emit`, never by
returning.  Names and numbers appear in `CardRead` alone and in no `repr`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


class DocumentType(StrEnum):
    """What was laid on the reader."""

    RESIDENT = "resident"
    """居民身份证"""
    RESIDENCE_PERMIT = "residence_permit"
    """港澳台居民居住证"""
    FOREIGN_RESIDENT = "foreign_resident"
    """外国人永久居留身份证"""
    TYPED = "typed"
    """A resident's number typed by hand."""


class Unreadable(StrEnum):
    """Why a card gave no person; each has its own words on the page."""

    TRY_AGAIN = "try_again"
    """Moved too early, noise, or a read that failed: lay it again."""
    NOT_VALID = "not_valid"
    """The card and the reader do not trust each other: not a valid document."""
    WRONG_CARD = "wrong_card"
    """Not an identity card."""
    UNKNOWN_LAYOUT = "unknown_layout"
    """A document type this reader software does not know; it never guesses."""


class Down(StrEnum):
    """Why a reader is out of order."""

    GONE = "gone"
    """The port does not exist or was unplugged."""
    SILENT = "silent"
    """The port is open and nothing answers."""
    NOT_AUTHORISED = "not_authorised"
    """The security module is not authorised (66)."""
    SELF_TEST = "self_test"
    """The security module failed its self-test (60)."""


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card lies on the reader and is being read."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """A person's document.  `valid_to` is None for 长期 (no end)."""

    document_type: DocumentType
    name: str = field(repr=False)
    number: str = field(repr=False)
    birth: date = field(repr=False)
    valid_to: date | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card has left the reader."""


@dataclass(frozen=True, slots=True)
class CardUnreadable:
    """The card lies there and could not be read."""

    reason: Unreadable


@dataclass(frozen=True, slots=True)
class ReaderDown:
    """The reader is out of order; `ReaderUp` follows when it answers again."""

    reason: Down


@dataclass(frozen=True, slots=True)
class ReaderUp:
    """The reader answers."""


ReaderEvent = CardSeen | CardRead | CardRemoved | CardUnreadable | ReaderDown | ReaderUp
Emit = Callable[[ReaderEvent], None]


class Reader(Protocol):
    """A device that reads documents.  One kiosk may have several."""

    def start(self, emit: Emit) -> None:
        """Begin to read in a thread of its own.  Returns at once, never raises for a
        missing device: that is reported as `ReaderDown`."""

    def close(self) -> None:
        """End the thread and free the port.  May be called twice."""
