"""One visit at a kiosk: its states, what can happen to it, and what it asks for.  PURE.

Everything about a person stands in `Visit`; forgetting the person is replacing it.
Times are seconds of one monotonic clock, passed in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.day import Day, Zone
from kiosk.panel.base import PanelEvent
from kiosk.readers.base import DocumentType, ReaderEvent
from kiosk.session.own import (
    Again,
    Appointment,
    Claim,
    Found,
    Purpose,
    Seek,
    Standing,
    Want,
)
from kiosk.session.own import SparesChanged as SparesChanged
from kiosk.session.states import Lamp as Lamp
from kiosk.session.states import Outcome as Outcome
from kiosk.session.states import ReaderLamp as ReaderLamp
from kiosk.session.states import Sent as Sent
from kiosk.session.states import State as State
from kiosk.session.states import Timing as Timing


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
    CODE_FOREIGN = "code_foreign"
    CODE_UNKNOWN = "code_unknown"
    CODE_LOCKED = "code_locked"
    NO_ANSWER = "no_answer"
    NO_NUMBER = "no_number"
    NO_BOOKING = "no_booking"
    HELD_ALREADY = "held_already"


class Alert(StrEnum):
    """Why staff are wanted."""

    ASKED = "asked"
    CARD_LEFT = "card_left"
    PRINT = "print"
    DOOR = "door"
    """The cabinet was opened."""


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
    bookings: tuple[str, ...] = field(default=(), repr=False)
    """What appointments know the person by; sent only to ask for one."""


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
    ahead: int | None
    wait: tuple[int, int] | None
    issued_at: int
    short_code: str
    priority: bool
    late: bool | None = None
    """For an appointment: whether it came too late for its rank (FR-14)."""
    alone: bool = False
    """The kiosk gave it out itself while it was cut off."""


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
    why: str = ""
    """The controller's own name for what it refused."""
    ticket: str = ""
    """The number that is in the way."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something the controller is asked for; a number is then printed.  `again`: it is the slip of
    a number that was given before this visit."""

    request_id: str
    reprint: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything about the person in front.  A fresh one knows nobody."""

    state: State
    lang: str = "zh"
    elder: bool = False
    voice: bool = False
    contrast: bool = False
    visitor: Visitor | None = None
    purpose: Purpose = Purpose.TAKE
    came: State = State.HOME
    """Where ITEM goes back to."""
    filter: str = ""
    """In ALL: only items of this kind ("collect", "enquire"); "" shows every item."""
    group: str = ""
    """In ALL: the group whose items are shown; "" shows the groups."""
    page: int = 0
    choice: Choice | None = None
    basket: tuple[str, ...] = ()
    """Items chosen before, for the same number."""
    digits: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    """What was typed on the pads of letters."""
    wrong: bool = False
    claim: Claim | None = None
    numbers: tuple[Standing, ...] = ()
    picked: int = 0
    """Which of `numbers` is meant."""
    booked: Appointment | None = None
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
    timing: Timing = field(default_factory=Timing)
    enrolled: bool = False
    enrol_code: str = ""
    link_up: bool = False
    alone: bool = False
    """Cut off and giving out numbers of its own."""
    spares: frozenset[str] = frozenset()
    """The series of which the kiosk may give out numbers of its own now."""
    day: Day | None = None
    reader: ReaderLamp = ReaderLamp.NONE
    scans: bool = False
    """Whether there is a scanner for codes."""
    speaks: bool = False
    """Whether there is a voice."""
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
    """The controller gave a number, or with `again` the slip of one it gave before."""

    request_id: str
    ticket: Ticket
    again: bool = False


@dataclass(frozen=True, slots=True)
class IssueRefused:
    """The controller said no to what was asked under this id, and why."""

    request_id: str
    words: Words
    code: str = ""
    ticket: str = ""
    """The number that is in the way."""


@dataclass(frozen=True, slots=True)
class IssueLost:
    """No answer came in time, also after repeats."""

    request_id: str


@dataclass(frozen=True, slots=True)
class HeldAlready:
    """The person has a number of this kiosk's own for the same line: it can be printed again."""

    request_id: str
    ticket: Ticket
    printed: bool


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
class Tick:
    """Time has passed."""


Input = (
    Act
    | Issued
    | IssueRefused
    | IssueLost
    | HeldAlready
    | PrintEnded
    | DayChanged
    | LinkChanged
    | SparesChanged
    | PrinterChanged
    | EnrolmentChanged
    | Tick
    | Found
    | ReaderEvent
    | PanelEvent
)


# -- what it asks for -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issue:
    """Ask the controller for a number; with a claim, for that of an appointment."""

    request_id: str
    choice: Choice
    visitor: Visitor | None
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """Print a ticket; `reprint` marks it 补打.  `again` names the printing of a slip that was
    given before this visit, perhaps elsewhere."""

    ticket: Ticket
    reprint: bool
    again: str = ""


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


Effect = Issue | Print | Confirm | AlertStaff | Forget | Seek | Want | Again
Effects = tuple[Effect, ...]
