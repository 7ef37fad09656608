"""``announcer.toml``: what speaks the calls of a zone, or of several that hear one loudspeaker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from config.display import Controller
from config.fields import Directory, Identifier, Many, Section, Span, Spans, Text, listed
from config.problems import Fault

Floor = Annotated[int, Field(ge=1, le=99)]
Volume = Annotated[float, Field(gt=0, le=1)]


class Level(Section):
    """``[[level]]``: another volume at these hours of the day."""

    hours: Span
    volume: Volume


class Speaker(Section):
    """``[announcer]``: whom it speaks to, with which clips, and how.

    ``zones``: those that hear this loudspeaker. ``floors``: by zone, where calls to its windows
    name the floor. ``wanted_s``: how old a call may be that was missed and is still said.
    """

    zones: Annotated[Many[Identifier], Field(min_length=1)]
    clips: Directory
    device: Text | None = None  # as `aplay -L` names it; the system's own if not set
    volume: Volume = 1.0
    one: Literal["yao", "yi"] = "yao"  # how the 1 of a ticket is said
    english: bool = False
    times: Annotated[int, Field(ge=1, le=3)] = 2
    once_from: Annotated[int, Field(ge=2, le=40)] = 3  # so many calls: each is said once
    wanted_s: Annotated[int, Field(ge=10, le=3600)] = 180
    silent: Spans | None = None
    floors: dict[Identifier, Floor] = Field(default_factory=dict)
    state_dir: Directory = Path("/var/lib/jiaohao-announcer")

    @classmethod
    def faults(cls, data: Mapping[str, Any]) -> Iterator[Fault]:
        """A zone is named once."""
        zones = listed(data.get("zones"))
        twice = sorted({str(zone) for zone in zones if zones.count(zone) > 1})
        if twice:
            yield Fault(("zones",), f'names "{twice[0]}" twice', "Name each zone once.")


class AnnouncerConfig(Section):
    """The whole of ``announcer.toml``."""

    controller: Controller
    announcer: Speaker
    levels: Many[Level] = Field(default=(), alias="level")
