"""What has happened to appointments; no effect on the hall. No person and no code."""

from dataclasses import dataclass
from typing import ClassVar

from controller.hall.events import Event
from controller.hall.instants import Instant


@dataclass(frozen=True, slots=True)
class AppointmentEvent(Event):
    """Something happened to an appointment, by its id."""

    booking: str


@dataclass(frozen=True, slots=True)
class AppointmentBooked(AppointmentEvent):
    """A time was promised; `slot` is when it begins."""

    type: ClassVar[str] = "appointment.booked"
    day: str
    slot: Instant
    item: str


@dataclass(frozen=True, slots=True)
class AppointmentCancelled(AppointmentEvent):
    """Its owner gave the time back."""

    type: ClassVar[str] = "appointment.cancelled"


@dataclass(frozen=True, slots=True)
class AppointmentArrived(AppointmentEvent):
    """Its owner checked in; `late`: after the time for it, with an ordinary number."""

    type: ClassVar[str] = "appointment.arrived"
    ticket: str
    late: bool


@dataclass(frozen=True, slots=True)
class AppointmentReopened(AppointmentEvent):
    """Its number never reached anybody: its owner may check in once more."""

    type: ClassVar[str] = "appointment.reopened"


@dataclass(frozen=True, slots=True)
class AppointmentMissed(AppointmentEvent):
    """The day ended and nobody had come (FR-15)."""

    type: ClassVar[str] = "appointment.missed"


@dataclass(frozen=True, slots=True)
class AbsencesCleared(AppointmentEvent):
    """A supervisor heard the appeal and cleared the owner's absences; `reason` is why."""

    type: ClassVar[str] = "appointment.absences_cleared"
    reason: str
