"""What the hall was told to tell everybody (see `events`). Open ones are told again every
morning, so that a restart reads them with the day."""

from dataclasses import dataclass
from typing import ClassVar

from controller.hall.events import Event
from controller.hall.instants import Instant

EXPIRED, TAKEN_BACK = "expired", "withdrawn"


@dataclass(frozen=True, slots=True)
class NoticeEvent(Event):
    """Something happened to a notice, by its id."""

    notice: str


@dataclass(frozen=True, slots=True)
class NoticeWritten(NoticeEvent):
    """Somebody wrote a notice; nobody shows it yet. Long numbers are hidden in `text`."""

    type: ClassVar[str] = "notice.written"
    text: str
    writer: str
    written_at: Instant
    until: Instant


@dataclass(frozen=True, slots=True)
class NoticeReleased(NoticeEvent):
    """Somebody else let it through: from now on the screens show it."""

    type: ClassVar[str] = "notice.released"
    releaser: str


@dataclass(frozen=True, slots=True)
class NoticeEnded(NoticeEvent):
    """It is shown no more, or never will be: its time is over, or somebody took it back."""

    type: ClassVar[str] = "notice.ended"
    why: str


@dataclass(frozen=True, slots=True)
class EmergencyRaised(Event):
    """A supervisor had every screen show an emergency; `kind` says which words."""

    type: ClassVar[str] = "emergency.raised"
    kind: str
    by: str
    since: Instant
    until: Instant
    drill: bool


@dataclass(frozen=True, slots=True)
class EmergencyEnded(Event):
    """The screens show what they showed before."""

    type: ClassVar[str] = "emergency.ended"
    why: str
