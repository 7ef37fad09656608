"""One visit at a kiosk: its states, what can happen to it, and what it asks for.  PURE.

Everything about a person stands in `Visit`; forgetting the person is replacing it.
Times are seconds of one monotonic clock, passed in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.day import Day, Zone
from kiosk.readers.base import DocumentType, ReaderEvent


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


class Code(StrEnum):
    """Every error a person can meet."""

    CARD_UNREADABLE = "card_unreadable"
    CARD_INVALID = "card_invalid"
    CARD_UNKNOWN = "card_unknown"
    CARD_UNSUPPORTED = "card_unsupported"
    CARD_PROTECTED = "card_protected"
    CARD_PULLED_OUT = "card_pulled_out"
    CARD_MUTE = "card_mute"
    PAPER_OUT = "paper_out"
    PRINTER_COVER = "printer_cover"
    PRINTER_CUTTER = "printer_cutter"
    PRINTER_OFFLINE = "printer_offline"
    PRINTER_SILENT = "printer_silent"
    OFFLINE = "offline"
    REFUSED = "refused"


class Outcome(StrEnum):
    """How a number ended.  Every number issued ends as one of these."""

    PRINTED = "printed"
    UNPROVEN = "unproven"
    """Shown large; sent to the printer without proof, or a kiosk without printer."""
    VOID = "void"


class Sent(StrEnum):
    """What the printer proved about one job."""

    PRINTED = "printed"
    NOT_SENT = "not_sent"
    UNPROVEN = "unproven"


class Alert(StrEnum):
    """Why staff are wanted."""

    ASKED = "asked"
    CARD_LEFT = "card_left"
    PRINT = "print"
    DOOR = "door"


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


@dataclass(frozen=True, slots=True)
class Visitor:
    """What remains of a document after reading it: no name, no number, no birth date."""

    key: str = field(repr=False)
    masked: str = field(repr=False)
    document_type: DocumentType
    elderly: bool = False
    priority: str | None = None
    """The group with a right to go first that the document itself proves (FR-26)."""
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person wants a number for."""

    items: tuple[str, ...]
    bundle: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """An issued number with all that is shown and printed of it."""

    id: str
    number: str
    items: tuple[str, ...]
    items_en: tuple[str, ...]
    bundle: str | None
    zone: Zone
    windows: str
    ahead: int
    wait: tuple[int, int] | None
    issued_at: int
    short_code: str
    priority: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A title and a sentence, Chinese and English."""

    title: str
    title_en: str
    say: str
    say_en: str


@dataclass(frozen=True, slots=True)
class Fault:
    """An error on the page.  `words` are the controller's own, for REFUSED only."""

    code: Code
    words: Words | None = None
    standing: bool = False
    """The kiosk cannot serve anyone while it lasts; it goes away by itself."""


@dataclass(frozen=True, slots=True)
class Job:
    """A number on its way: asked for, then printed."""

    request_id: str
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything about the person in front.  A fresh one knows nobody."""

    state: State
    lang: str = "zh"
    elder: bool = False
    voice: bool = False
    visitor: Visitor | None = None
    came: State = State.HOME
    """Where ITEM goes back to."""
    filter: str = ""
    """In ALL: only items of this kind ("collect", "enquire"); "" shows every item."""
    choice: Choice | None = None
    digits: str = field(default="", repr=False)
    wrong: bool = False
    job: Job | None = None
    ticket: Ticket | None = None
    printed: bool = False
    reprints: int = 0
    fault: Fault | None = None
    tries: int = 0
    """Cards that could not be read, one after the other."""
    staff_called: bool = False
    under: State | None = None
    """The state beneath TIMEOUT."""
    deadline: float | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A kiosk and the visit at it.  `nonce` makes request ids unlike any other start's."""

    nonce: str
    provinces: frozenset[str]
    timing: Timing = Timing()
    enrolled: bool = False
    enrol_code: str = ""
    link_up: bool = False
    day: Day | None = None
    reader: ReaderLamp = ReaderLamp.NONE
    printer: Lamp = Lamp.NONE
    card_on_reader: bool = False
    card_alarm_at: float | None = None
    card_alarmed: bool = False
    """Staff know of the card on the reader."""
    near: bool = True
    """Whether somebody stands before the kiosk; True where no sensor tells."""
    issued: int = 0
    visit: Visit = Visit(State.ENROL)


# -- what can happen --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    """A touch on the page.  `arg` is its one argument as text, never shown in a log."""

    name: str
    arg: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Issued:
    """The controller gave a number."""

    request_id: str
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class IssueRefused:
    """The controller said no, and why."""

    request_id: str
    words: Words


@dataclass(frozen=True, slots=True)
class IssueLost:
    """No answer came in time, also after repeats."""

    request_id: str


@dataclass(frozen=True, slots=True)
class PrintEnded:
    """A print job ended; `printer` is its state then."""

    ticket: str
    sent: Sent
    printer: Lamp
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class DayChanged:
    """Fresh data of the day."""

    day: Day


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The controller answers, or does not."""

    up: bool


@dataclass(frozen=True, slots=True)
class PrinterChanged:
    """The printer's state."""

    lamp: Lamp


@dataclass(frozen=True, slots=True)
class EnrolmentChanged:
    """The controller knows this kiosk, or an administrator must approve `code`."""

    enrolled: bool
    code: str = ""


@dataclass(frozen=True, slots=True)
class DoorChanged:
    """The case was opened or shut."""

    open: bool


@dataclass(frozen=True, slots=True)
class NearChanged:
    """Somebody stands before the kiosk, or nobody does any more."""

    near: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


Input = (
    Act
    | Issued
    | IssueRefused
    | IssueLost
    | PrintEnded
    | DayChanged
    | LinkChanged
    | PrinterChanged
    | EnrolmentChanged
    | DoorChanged
    | NearChanged
    | Tick
    | ReaderEvent
)


# -- what it asks for -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issue:
    """Ask the controller for a number."""

    request_id: str
    choice: Choice
    visitor: Visitor


@dataclass(frozen=True, slots=True)
class Print:
    """Print a ticket; `reprint` marks it 补打."""

    ticket: Ticket
    reprint: bool


@dataclass(frozen=True, slots=True)
class Confirm:
    """Tell the controller how a number ended."""

    ticket: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class AlertStaff:
    """Somebody should come."""

    why: Alert


@dataclass(frozen=True, slots=True)
class Forget:
    """The visit is over: drop whatever still holds something of it."""


Effect = Issue | Print | Confirm | AlertStaff | Forget
Effects = tuple[Effect, ...]
