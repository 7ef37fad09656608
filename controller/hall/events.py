"""What has happened. Past tense, typed, listed; names and fields are the journal's schema.

A class says its wire name in `type` and its schema `version`; a changed field needs a new version
and an upcaster in `controller.journal.codec`.
"""

from dataclasses import dataclass
from typing import ClassVar

from controller.hall.model import Instant, Reason


@dataclass(frozen=True, slots=True)
class Event:
    """Anything that is written to the journal."""

    type: ClassVar[str]
    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class DayOpened(Event):
    """A hall day began: numbers start anew. `midnight` is when it began on the hall's wall; nought
    in journals that did not say so."""

    type: ClassVar[str] = "day.opened"
    version: ClassVar[int] = 2
    day: str
    midnight: Instant = 0


@dataclass(frozen=True, slots=True)
class DayLearned(Event):
    """What is known this morning from the days before (fields: see `knowledge.Statistics`). Right
    after ``day.opened``, so that a restart reads it with the day. Clerks by staff number."""

    type: ClassVar[str] = "day.learned"
    days: int
    served: tuple[tuple[str, str, int, int], ...]
    issued: tuple[tuple[str, int], ...]
    quarters: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TicketEvent(Event):
    """Something happened to a ticket."""

    ticket: str


@dataclass(frozen=True, slots=True)
class TicketIssued(TicketEvent):
    """A number was given out."""

    type: ClassVar[str] = "ticket.issued"
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
    """The person did not come."""

    type: ClassVar[str] = "ticket.passed"
    window: int


@dataclass(frozen=True, slots=True)
class TicketCancelled(TicketEvent):
    """Its owner gave the number back; `window` had called it."""

    type: ClassVar[str] = "ticket.cancelled"
    window: int | None


@dataclass(frozen=True, slots=True)
class TicketDropped(TicketEvent):
    """The hall gave the number up by rule."""

    type: ClassVar[str] = "ticket.dropped"
    why: str
    window: int | None


@dataclass(frozen=True, slots=True)
class WindowEvent(Event):
    """Something happened to a window."""

    window: int


@dataclass(frozen=True, slots=True)
class WindowOpened(WindowEvent):
    """A clerk signed on and the window opened."""

    type: ClassVar[str] = "window.opened"
    clerk: str
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WindowPaused(WindowEvent):
    """The window stopped calling until about `until`."""

    type: ClassVar[str] = "window.paused"
    reason: str
    until: Instant


@dataclass(frozen=True, slots=True)
class WindowResumed(WindowEvent):
    """The pause ended."""

    type: ClassVar[str] = "window.resumed"


@dataclass(frozen=True, slots=True)
class WindowClosed(WindowEvent):
    """The window closed and its clerk signed off."""

    type: ClassVar[str] = "window.closed"


@dataclass(frozen=True, slots=True)
class AdministrativeEvent(Event):
    """Who may do what changed; no effect on the hall. `subject` is a device id or a staff
    number."""

    subject: str


@dataclass(frozen=True, slots=True)
class DeviceRegistered(AdministrativeEvent):
    """A device asked to be enrolled."""

    type: ClassVar[str] = "device.registered"
    kind: str


@dataclass(frozen=True, slots=True)
class DeviceApproved(AdministrativeEvent):
    """An administrator let a device in."""

    type: ClassVar[str] = "device.approved"


@dataclass(frozen=True, slots=True)
class DeviceRevoked(AdministrativeEvent):
    """An administrator shut a device out."""

    type: ClassVar[str] = "device.revoked"


@dataclass(frozen=True, slots=True)
class StaffAdded(AdministrativeEvent):
    """An account was made, or offered to the first administrator."""

    type: ClassVar[str] = "staff.added"
    role: str


@dataclass(frozen=True, slots=True)
class StaffActivated(AdministrativeEvent):
    """The owner of an account set its password."""

    type: ClassVar[str] = "staff.activated"


@dataclass(frozen=True, slots=True)
class StaffDisabled(AdministrativeEvent):
    """An account was closed."""

    type: ClassVar[str] = "staff.disabled"


@dataclass(frozen=True, slots=True)
class StaffSignedIn(AdministrativeEvent):
    """A session began."""

    type: ClassVar[str] = "staff.signed_in"


@dataclass(frozen=True, slots=True)
class StaffSignedOut(AdministrativeEvent):
    """A session ended."""

    type: ClassVar[str] = "staff.signed_out"


def _listed(cls: type[Event]) -> dict[str, type[Event]]:
    found = {cls.type: cls} if "type" in cls.__dict__ else {}
    for sub in cls.__subclasses__():
        found |= _listed(sub)
    return found


EVENTS: dict[str, type[Event]] = _listed(Event)
