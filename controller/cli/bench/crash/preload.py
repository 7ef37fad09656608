"""Libraries that are put before all others in a process (LD_PRELOAD) to play tricks on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


class CannotPlay(Exception):
    """A fault cannot be played on this machine; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Preload:
    """A library, and what it reads in the environment."""

    library: Path
    env: Mapping[str, str] = field(default_factory=dict)


def environment(preloads: Iterable[Preload]) -> dict[str, str]:
    """What a process needs in its environment to have these libraries."""
    chosen = list(preloads)
    if not chosen:
        return {}
    found = {"LD_PRELOAD": ":".join(str(preload.library) for preload in chosen)}
    for preload in chosen:
        found |= preload.env
    return found
