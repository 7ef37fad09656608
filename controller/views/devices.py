"""Kiosks and screens as staff see them: what each one's parts say, and since when. PURE.

Times are milliseconds by the controller's clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from controller.dispatch.reason import Words
from controller.views.condition_words import Level, Meaning
from controller.views.conditions import (
    ANOTHER_PART,
    DOCUMENT_READERS,
    LAMP,
    NEVER_HEARD,
    PARTS,
    PENDING,
    SILENT,
    meaning,
)

Json = dict[str, Any]

SILENT_MS = 7_000
"""Three heartbeats that did not come, and a second."""
SLIPS = "slips_left"
"""A figure beside the words: how many more slips the printer's roll holds."""
_WORST = (Level.BAD, Level.WARN, Level.OK, Level.OFF)


@dataclass(frozen=True, slots=True)
class Health:
    """What a device said last, when, and since when each part says so."""

    seen_at: int
    parts: Mapping[str, str]
    since: Mapping[str, int]


def heard(before: Health | None, parts: Mapping[str, str], at: int) -> Health:
    """After a sign of life."""
    known = before.parts if before else {}
    since = {
        part: before.since[part] if before and known.get(part) == word else at
        for part, word in parts.items()
    }
    return Health(at, dict(parts), since)


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled device and what was heard of it."""

    device: str
    kind: str
    name: str
    state: str
    health: Health | None
    room: str = ""
    """What a screen was approved to show."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How one part of a device is. Not `observed`: nothing was ever heard of it."""

    part: str
    word: str
    since_at: int
    meaning: Meaning
    observed: bool = True

    @property
    def name(self) -> Words:
        """What the part is called."""
        return PARTS.get(self.part, ANOTHER_PART)


def silent(device: Device, now: int) -> bool:
    """Whether it was heard of, and too long ago."""
    return device.health is not None and now - device.health.seen_at > SILENT_MS


def conditions(device: Device, now: int, started_at: int) -> list[Condition]:
    """All its parts, the worst first. Of a silent device nothing but its silence is known."""
    if device.state == "revoked":
        return []
    if device.state == "pending":
        return [Condition("contact", "pending", started_at, PENDING, observed=False)]
    if device.health is None:
        return [Condition("contact", "never", started_at, _mild(device, NEVER_HEARD), False)]
    if silent(device, now):
        gone = _mild(device, SILENT)
        return [Condition("contact", "silent", device.health.seen_at, gone)]
    return sorted(_parts(device.health), key=lambda one: _WORST.index(one.meaning.level))


def _parts(health: Health) -> Iterable[Condition]:
    skipped = {SLIPS, LAMP} if DOCUMENT_READERS & health.parts.keys() else {SLIPS}
    for part, word in health.parts.items():
        if part not in skipped:
            means = meaning(part, word, health.parts.get(SLIPS, ""))
            yield Condition(part, word, health.since[part], means)


def _mild(device: Device, means: Meaning) -> Meaning:
    """A screen or a key-pad that is switched off is no emergency; one that never spoke may be a
    closed page."""
    if device.kind == "kiosk":
        return means
    level = Level.OFF if means is NEVER_HEARD else Level.WARN
    return Meaning(level, means.short, means.say)


def level_of(device: Device, found: list[Condition]) -> Level:
    """The worst of its conditions."""
    if device.state == "revoked":
        return Level.OFF
    return min((one.meaning.level for one in found), key=_WORST.index, default=Level.OK)


def device_json(device: Device, now: int, started_at: int) -> Json:
    """DEVICE of docs/protocol.md, without its secret."""
    found = conditions(device, now, started_at)
    health = device.health
    return {
        "device": device.device,
        "kind": device.kind,
        "name": device.name,
        "room": device.room or None,
        "state": device.state,
        "seen_at": health.seen_at if health else None,
        "health": dict(health.parts) if health else {},
        "silent": silent(device, now),
        "level": level_of(device, found).value,
        "conditions": [
            {
                "part": one.part,
                "word": one.word,
                "level": one.meaning.level.value,
                "since_at": one.since_at,
                "name": one.name,
                "short": one.meaning.short,
                "say": one.meaning.say,
            }
            for one in found
        ],
    }
