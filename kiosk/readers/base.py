"""What a reader tells the kiosk, and how one is started and stopped.

A reader owns a thread of its own and reports by calling `emit`, never by
returning.  Names and numbers appear in `CardRead` alone and in no `repr`; what
is said about a reader's condition stands in `kiosk.readers.condition`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class DocumentType(StrEnum):
    """What was laid on the reader."""

    RESIDENT = "resident"
    """居民身份证"""
    RESIDENCE_PERMIT = "residence_permit"
    """港澳台居民居住证"""
    FOREIGN_RESIDENT = "foreign_resident"
    """外国人永久居留身份证"""
    SOCIAL_SECURITY = "social_security"
    """社会保障卡: good for a ticket, proof of nothing."""
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
    UNSUPPORTED = "unsupported"
    """A card that this reader cannot read whatever one does: a bank card, an ID card on a
    reader for chip cards."""
    PROTECTED = "protected"
    """A card that wants its PIN first.  It is never asked for and never tried."""
    PULLED_OUT = "pulled_out"
    """A chip card that left while it was being read."""
    MUTE = "mute"
    """A chip card that answers nothing: the wrong way round, dirty, or broken."""


class Down(StrEnum):
    """Why a reader does not work; `kiosk.readers.condition` says what to do about each."""

    STARTING = "starting"
    """It was not heard of yet."""
    GONE = "gone"
    """The port does not exist or was unplugged; no reader is there."""
    HELD = "held"
    """Another program uses it."""
    NOT_ALLOWED = "not_allowed"
    """This program may not open it."""
    SILENT = "silent"
    """It is open and nothing answers."""
    GARBLED = "garbled"
    """Something answers, and it makes no sense."""
    NOT_AUTHORISED = "not_authorised"
    """The security module is not authorised (66)."""
    SELF_TEST = "self_test"
    """The security module failed its self-test (60)."""
    NO_SERVICE = "no_service"
    """The smart card service (pcscd) does not run."""
    NOT_INSTALLED = "not_installed"
    """The library for smart cards is not installed."""
    STUCK = "stuck"
    """Its loop has stopped turning."""


class ReaderKind(StrEnum):
    """What kind of device a reader is."""

    RESIDENT_ID = "resident_id"
    """居民身份证阅读器: certified, on a serial line."""
    CHIP_CARD = "chip_card"
    """社会保障卡读卡器: any reader known to PC/SC."""
    SCANNER = "scanner"
    """扫码器: for the codes on slips and appointments, on a serial line."""


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
class CodeScanned:
    """A code of ours was held before the scanner, in its one written form: a number's or an
    appointment's, which only the controller can tell apart."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeRefused:
    """Something was scanned that is no code of ours; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class ReaderDown:
    """The reader is out of order; `ReaderUp` follows when it answers again."""

    reason: Down


@dataclass(frozen=True, slots=True)
class ReaderUp:
    """The reader answers."""


ReaderEvent = (
    CardSeen
    | CardRead
    | CardRemoved
    | CardUnreadable
    | CodeScanned
    | CodeRefused
    | ReaderDown
    | ReaderUp
)
Emit = Callable[[ReaderEvent], None]
