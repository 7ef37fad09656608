"""What the hall tells everybody: notices 通告, which two people let through, and the emergency
slide 紧急提示, which one supervisor raises and whose words are fixed.

Plain text only; whoever shows it never interprets it (T15).
"""

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from controller.hall.instants import Instant

LEAST_TEXT, MOST_TEXT = 2, 60
MOST_OPEN = 10
"""Notices that may stand or wait for release at once: a screen shows them in turn."""
_LAST_HAN = range(0x20000, 0x32000)
"""Beyond the basic plane a screen's font has Chinese characters only."""


class EmergencyKind(StrEnum):
    """What the screens say, in words of their own (FR-51): fire 火警, evacuate 撤离, shelter
    室内避险, suspended 暂停服务."""

    FIRE = "fire"
    EVACUATE = "evacuate"
    SHELTER = "shelter"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Notice:
    """A line for the screens, told until `until`. `writer` wrote it, `releaser`, somebody else, let
    it through; until then nobody sees it but staff. `ended`: ``expired`` or ``withdrawn``."""

    id: str
    text: str
    writer: str
    written_at: Instant
    until: Instant
    releaser: str | None = None
    ended: str | None = None

    @property
    def stands(self) -> bool:
        """Whether the screens show it."""
        return self.releaser is not None and self.ended is None


@dataclass(frozen=True, slots=True)
class Emergency:
    """What fills every screen until somebody ends it, or until `until`. `drill` 演练."""

    kind: EmergencyKind
    by: str
    since: Instant
    until: Instant
    drill: bool = False


@dataclass(slots=True)
class Told:
    """The notices of the day, those that ended too, and the emergency."""

    notices: dict[str, Notice] = field(default_factory=dict)
    emergency: Emergency | None = None

    def open(self) -> list[Notice]:
        """Those that stand or wait for release, the oldest first."""
        return [n for n in self.notices.values() if n.ended is None]

    def standing(self) -> list[Notice]:
        """Those that the screens show, the oldest first."""
        return [n for n in self.notices.values() if n.stands]

    def next_id(self, day: str) -> str:
        """The id of the next notice of a day."""
        return f"{day}-N{1 + sum(1 for known in self.notices if known.startswith(day))}"


def plain(text: str) -> str | None:
    """The text as screens can show it, None if it is none: too short or long, with characters that
    control, hide or turn, or without a letter or digit."""
    text = unicodedata.normalize("NFC", text).strip()
    if not LEAST_TEXT <= len(text) <= MOST_TEXT or not any(c.isalnum() for c in text):
        return None
    return text if all(map(_shows, text)) else None


def _shows(char: str) -> bool:
    if ord(char) > 0xFFFF:
        return ord(char) in _LAST_HAN
    return char == " " or unicodedata.category(char)[0] not in "CZ" or char == "\u3000"
