"""What has happened. Past tense, typed, listed; names and fields are the journal's schema.

Here are tickets and windows; the day has `day_events`, accounts and devices `administration`.
A class says its wire name in `type` and its schema `version`; a changed field needs a new version
and an upcaster in `controller.journal.codec`.
"""

from dataclasses import dataclass
from typing import ClassVar

from controller.hall.instants import Instant
from controller.hall.model import Reason

KEPT, WITHDRAWN = "kept", "withdrawn"
BEYOND_LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Event:
    """Anything that is written to the journal."""

    type: ClassVar[str]
    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class TicketEvent(Event):
    """Something happened to a ticket."""

    ticket: str


@dataclass(frozen=True, slots=True)
class TicketIssued(TicketEvent):
    """A number was given out. `only`: the windows that may call it. `beyond`: what the person has
    it in spite of: ``"limit"`` for a number given out offline, or why staff waived a limit.
    `drawn`: the quotas it counts in, by service and start of the slot in minutes after
    midnight. `granted`: what staff saw when they gave it the right to go first (FR-28)."""

    type: ClassVar[str] = "ticket.issued"
    version: ClassVar[int] = 2
    number: str
    series: str
    ordinal: int
    order: int
    items: tuple[str, ...]
    cls: str
    weight: float
    seniority: Instant
    slot: Instant | None
    bundle: str | None
    issuer: str
    in_order: bool = False
    only: tuple[int, ...] | None = None
    beyond: str | None = None
    drawn: tuple[tuple[str, int], ...] = ()
    granted: str | None = None


@dataclass(frozen=True, slots=True)
class TicketPrinted(TicketEvent):
    """The paper came out, proven by the printer."""

    type: ClassVar[str] = "ticket.printed"


@dataclass(frozen=True, slots=True)
class TicketUnproven(TicketEvent):
    """Something was sent to the printer and no proof came back; the number stands."""

    type: ClassVar[str] = "ticket.unproven"


@dataclass(frozen=True, slots=True)
class TicketVoided(TicketEvent):
    """Nothing was sent to the printer; nobody was given this number."""

    type: ClassVar[str] = "ticket.voided"
    window: int | None


@dataclass(frozen=True, slots=True)
class TicketCalled(TicketEvent):
    """A window called the ticket for the items at the indices `items`."""

    type: ClassVar[str] = "ticket.called"
    window: int
    clerk: str
    items: tuple[int, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class TicketRecalled(TicketEvent):
    """The same window called again."""

    type: ClassVar[str] = "ticket.recalled"
    window: int


@dataclass(frozen=True, slots=True)
class TicketArrived(TicketEvent):
    """The person came to the window."""

    type: ClassVar[str] = "ticket.arrived"
    window: int


@dataclass(frozen=True, slots=True)
class ItemStarted(TicketEvent):
    """Work on an item began."""

    type: ClassVar[str] = "item.started"
    window: int
    item: int


@dataclass(frozen=True, slots=True)
class ItemFinished(TicketEvent):
    """Work on an item ended with a result."""

    type: ClassVar[str] = "item.finished"
    window: int
    item: int
    result: str


@dataclass(frozen=True, slots=True)
class TicketRequeued(TicketEvent):
    """The window did what it could; the ticket waits again, with its seniority, for the rest."""

    type: ClassVar[str] = "ticket.requeued"
    window: int


@dataclass(frozen=True, slots=True)
class TicketFinished(TicketEvent):
    """All items are done."""

    type: ClassVar[str] = "ticket.finished"
    window: int


@dataclass(frozen=True, slots=True)
class TicketPassed(TicketEvent):
    """The person did not come; may come back `until`, nought in journals that did not say so."""

    type: ClassVar[str] = "ticket.passed"
    version: ClassVar[int] = 2
    window: int
    until: Instant = 0


@dataclass(frozen=True, slots=True)
class TicketCancelled(TicketEvent):
    """Its owner gave the number back; `window` had called it."""

    type: ClassVar[str] = "ticket.cancelled"
    window: int | None


@dataclass(frozen=True, slots=True)
class TicketDropped(TicketEvent):
    """The hall gave the number up: by rule (``day-end``, ``closing``, ``not-returned``), or a
    clerk for a reason."""

    type: ClassVar[str] = "ticket.dropped"
    why: str
    window: int | None


@dataclass(frozen=True, slots=True)
class TicketReprinted(TicketEvent):
    """The same number was printed once more."""

    type: ClassVar[str] = "ticket.reprinted"


@dataclass(frozen=True, slots=True)
class TicketGranted(TicketEvent):
    """Staff changed how it goes; `reason` is what they saw. Never the ground."""

    type: ClassVar[str] = "ticket.granted"
    cls: str
    weight: float
    reason: str | None


@dataclass(frozen=True, slots=True)
class TicketOffered(TicketEvent):
    """It was reserved for a window, which calls it at `until` unless its clerk declines."""

    type: ClassVar[str] = "ticket.offered"
    window: int
    items: tuple[int, ...]
    reason: Reason
    until: Instant


@dataclass(frozen=True, slots=True)
class TicketDeclined(TicketEvent):
    """The ticket waits as before: the clerk kept the offer back (``kept``), and is offered none
    until they want one; or it was withdrawn (``withdrawn``) since the window went or calls
    another."""

    type: ClassVar[str] = "ticket.declined"
    window: int
    why: str


@dataclass(frozen=True, slots=True)
class TicketReturned(TicketEvent):
    """The person of a passed ticket is back; stands in line after `behind` calls or at `until`."""

    type: ClassVar[str] = "ticket.returned"
    behind: int
    until: Instant


@dataclass(frozen=True, slots=True)
class TicketRejoined(TicketEvent):
    """It stands in line again, with its seniority."""

    type: ClassVar[str] = "ticket.rejoined"


@dataclass(frozen=True, slots=True)
class TicketHeld(TicketEvent):
    """The window lets the person fetch something, `until` at most."""

    type: ClassVar[str] = "ticket.held"
    window: int
    until: Instant


@dataclass(frozen=True, slots=True)
class TicketLapsed(TicketEvent):
    """Its hold ran out: it counts as passed, and may come back `until`."""

    type: ClassVar[str] = "ticket.lapsed"
    until: Instant


@dataclass(frozen=True, slots=True)
class TicketHanded(TicketEvent):
    """A window handed it to another, which has to accept it `until`."""

    type: ClassVar[str] = "ticket.handed"
    window: int
    clerk: str
    to: int
    until: Instant


@dataclass(frozen=True, slots=True)
class TicketAccepted(TicketEvent):
    """The window it was handed to accepted it."""

    type: ClassVar[str] = "ticket.accepted"
    window: int


@dataclass(frozen=True, slots=True)
class TicketSentBack(TicketEvent):
    """It was not accepted (``declined``, ``timeout``, ``closed``): the window it came from holds it
    until then, or it waits for all if that window has nobody (`window` None)."""

    type: ClassVar[str] = "ticket.sent_back"
    window: int | None
    why: str
    until: Instant


@dataclass(frozen=True, slots=True)
class TicketRedirected(TicketEvent):
    """The item at the index turned out to be another matter: it waits for whoever does that. With
    `window` it was in hand there; else the guide desk said so, and it stays where it is."""

    type: ClassVar[str] = "ticket.redirected"
    window: int | None
    clerk: str
    item: int
    service: str


@dataclass(frozen=True, slots=True)
class TicketArranged(TicketEvent):
    """The guide desk arranged that only the window `to` calls it, or any that can (None)."""

    type: ClassVar[str] = "ticket.arranged"
    clerk: str
    to: int | None


@dataclass(frozen=True, slots=True)
class TicketBound(TicketEvent):
    """Only these windows may call it, since a wheelchair can come to them, or any that can
    (None)."""

    type: ClassVar[str] = "ticket.bound"
    only: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class TicketFreed(TicketEvent):
    """The window it was meant for has gone: any that can may call it."""

    type: ClassVar[str] = "ticket.freed"


@dataclass(frozen=True, slots=True)
class TicketUndone(TicketEvent):
    """A key press was taken back: the ticket is again as it was before it."""

    type: ClassVar[str] = "ticket.undone"
    window: int
    what: str


@dataclass(frozen=True, slots=True)
class WindowEvent(Event):
    """Something happened to a window."""

    window: int


@dataclass(frozen=True, slots=True)
class WindowOpened(WindowEvent):
    """A clerk signed on and the window opened; `stays`: although it is off duty."""

    type: ClassVar[str] = "window.opened"
    version: ClassVar[int] = 2
    clerk: str
    skills: tuple[str, ...]
    stays: bool = False


@dataclass(frozen=True, slots=True)
class WindowPaused(WindowEvent):
    """The window stopped calling until about `until`; `rostered`: the roster will resume it."""

    type: ClassVar[str] = "window.paused"
    version: ClassVar[int] = 2
    reason: str
    until: Instant
    rostered: bool = False


@dataclass(frozen=True, slots=True)
class WindowResumed(WindowEvent):
    """The pause ended."""

    type: ClassVar[str] = "window.resumed"


@dataclass(frozen=True, slots=True)
class WindowClosed(WindowEvent):
    """The window closed and its clerk signed off."""

    type: ClassVar[str] = "window.closed"


@dataclass(frozen=True, slots=True)
class WindowSkilled(WindowEvent):
    """What the window does today changed; `able` is what it does now, with its clerk."""

    type: ClassVar[str] = "window.skilled"
    skills: tuple[str, ...]
    able: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WindowReady(WindowEvent):
    """The clerk of a window that kept an offer back wants numbers again."""

    type: ClassVar[str] = "window.ready"
