"""Who may do what: roles, actors, and the accounts, sessions and devices behind bearer tokens.

Tokens are 256 random bits; only their SHA-256 is kept. A fast hash is enough for them because,
unlike a password, they cannot be guessed.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from enum import StrEnum

from controller.hall.instants import Instant
from controller.hall.numbering import short_code
from controller.journal.base import (
    DeviceRow,
    Journal,
    Row,
    SessionRow,
    SetupRow,
    StaffRow,
)

SESSION_HOURS = 14


class Role(StrEnum):
    """群众, 屏幕, 按键盘, 窗口, 导办, 值班长, 系统管理, 审计."""

    KIOSK = "kiosk"
    SCREEN = "screen"
    KEYPAD = "keypad"
    CLERK = "clerk"
    GUIDE = "guide"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    AUDITOR = "auditor"


STAFF_ROLES = frozenset({Role.CLERK, Role.GUIDE, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR})
DEVICE_ROLES = frozenset({Role.KIOSK, Role.SCREEN, Role.KEYPAD})
DEVICE_WATCHERS = frozenset({Role.ADMIN, Role.SUPERVISOR, Role.AUDITOR})
"""Who sees how each device is."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who gives a command: a staff number or a device id, and its role."""

    id: str
    role: Role
    pending: bool = False
    """A device that no administrator has approved yet."""

    def __str__(self) -> str:
        return f"{self.role}:{self.id}"


OPERATOR = Actor("operator", Role.ADMIN)
"""Whoever can read the state directory on the controller's machine (the command line)."""


def new_token() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six characters to be read aloud and typed."""
    return short_code(int.from_bytes(secrets.token_bytes(8)))


def fingerprint(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(slots=True)
class Identities:
    """All accounts, sessions and devices, in memory; changed only by rows that are durable."""

    devices: dict[str, DeviceRow] = field(default_factory=dict)
    staff: dict[str, StaffRow] = field(default_factory=dict)
    setups: dict[str, SetupRow] = field(default_factory=dict)
    sessions: dict[str, SessionRow] = field(default_factory=dict)
    operator: str = ""
    _by_secret: dict[str, str] = field(default_factory=dict)

    @classmethod
    def restore(cls, journal: Journal) -> "Identities":
        """What the journal knows."""
        found = cls()
        for kind in (DeviceRow, StaffRow, SetupRow, SessionRow):
            for row in journal.rows(kind):
                found.apply(row)
        return found

    def apply(self, row: Row) -> None:
        """Take over a row that has become durable."""
        match row:
            case DeviceRow():
                self.devices[row.device] = row
                self._by_secret[row.secret] = row.device
            case StaffRow():
                self.staff[row.staff_no] = row
            case SetupRow():
                self.setups[row.token] = row
            case SessionRow(ended=True):
                self.sessions.pop(row.token, None)
            case SessionRow():
                self.sessions[row.token] = row
            case _:
                pass

    def actor(self, token: str, now: Instant) -> Actor | None:
        """Whose token this is at `now`; None if nobody's, or no longer."""
        print_ = fingerprint(token)
        if self.operator and secrets.compare_digest(print_, self.operator):
            return OPERATOR
        session = self.sessions.get(print_)
        if session is not None:
            return self._staff_actor(session, now)
        device = self.devices.get(self._by_secret.get(print_, ""))
        if device is None or device.state == "revoked":
            return None
        return Actor(device.device, Role(device.kind), pending=device.state == "pending")

    def revoked(self, token: str) -> bool:
        """Whether this was the token of a device that has been shut out."""
        device = self.devices.get(self._by_secret.get(fingerprint(token), ""))
        return device is not None and device.state == "revoked"

    def by_code(self, code: str) -> DeviceRow | None:
        """The pending device that shows `code`."""
        return next(
            (d for d in self.devices.values() if d.code == code and d.state == "pending"), None
        )

    def sessions_of(self, staff_no: str) -> list[SessionRow]:
        """The running sessions of an account."""
        return [s for s in self.sessions.values() if s.staff_no == staff_no]

    def _staff_actor(self, session: SessionRow, now: Instant) -> Actor | None:
        row = self.staff.get(session.staff_no)
        if row is None or not row.active or session.expires_at <= now:
            return None
        return Actor(row.staff_no, Role(row.role))
