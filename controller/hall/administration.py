"""What has happened to accounts and devices; no effect on the hall (see `events`)."""

from dataclasses import dataclass
from typing import ClassVar

from controller.hall.events import Event


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
